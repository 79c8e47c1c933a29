"""Who may ask, and what a browser may do with the answer."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Served, serving


@pytest.fixture(scope="module")
def locked(graph: Path) -> Iterator[Served]:
    """A server that asks for a token and lets pages of one other origin ask."""
    options = ("--auth-token", "sesame", "--cors", "https://example.org", "--jobs", "1")
    with serving(graph, *options) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/api/v1/graph", "/nothing"])
def test_every_answer_is_strict_with_browsers(server: Served, path: str) -> None:
    headers = server.http.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"].partition("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_a_strange_host_is_refused(server: Served) -> None:
    answer = server.http.get("/api/v1/graph", headers={"host": "rebound.example.org"})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/api/v1/graph", "/id/entity/Iran"])
def test_nothing_without_the_token(locked: Served, path: str) -> None:
    assert locked.http.get(path).status_code == 401
    assert "Bearer" in locked.http.get(path).text
    wrong = locked.http.get(path, headers={"authorization": "Bearer Sesame"})
    assert wrong.status_code == 401
    garbage = locked.http.get(path, headers={"authorization": "Basic %%%"})
    assert garbage.status_code == 401


def test_the_token_as_bearer_or_as_password(locked: Served) -> None:
    bearer = {"authorization": "Bearer sesame"}
    assert locked.http.get("/api/v1/graph", headers=bearer).status_code == 200
    assert locked.http.get("/api/v1/graph", auth=("anyone", "sesame")).status_code == 200


def test_other_origins_only_as_told(locked: Served) -> None:
    preflight = {"access-control-request-method": "GET"}
    friend = locked.http.options("/sparql", headers={**preflight, "origin": "https://example.org"})
    assert friend.headers["access-control-allow-origin"] == "https://example.org"
    stranger = locked.http.options("/sparql", headers={**preflight, "origin": "https://evil.org"})
    assert "access-control-allow-origin" not in stranger.headers


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *arguments], capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def test_a_folder_that_is_no_graph(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        outcome = serve(str(folder))
        assert outcome.returncode == 1
        assert "kg build" in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_a_port_that_is_taken(graph: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        outcome = serve(str(graph), "--port", str(other.getsockname()[1]))
    assert outcome.returncode == 1
    assert "taken by another program" in outcome.stderr
    assert "--port" in outcome.stderr


def test_an_address_that_is_not_ours(graph: Path) -> None:
    outcome = serve(str(graph), "--host", "192.0.2.1")
    assert outcome.returncode == 2
    assert "no address of this machine" in outcome.stderr
