"""Real servers: `kg serve` in a process of its own, on a free port of the loopback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.graph.claims import claims
from kg.graph.folder import MANIFEST, GraphFolder, Manifest
from kg.graph.store import build_store
from tests import affair


@dataclass(frozen=True)
class Served:
    """A running server: where it is, its process, and a client that talks to it."""

    url: str
    process: subprocess.Popen[str]
    http: httpx.Client

    def select(self, query: str, **headers: str) -> httpx.Response:
        """Asks a query by GET."""
        return self.http.get("/sparql", params={"query": query}, headers=headers)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Serves `folder` until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"http://\S+?(?=/ )", first)
        assert found, first + process.stderr.read()
        with httpx.Client(base_url=found[0], timeout=120) as http:
            yield Served(found[0], process, http)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stderr.close()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with the affair."""
    folder = GraphFolder(tmp_path_factory.mktemp("affair") / "graph")
    folder.path.mkdir()
    extractions, identities = affair.extractions(), affair.identities()
    said = claims(extractions, identities)
    build_store(folder.store, extractions, identities, said).close()
    manifest = Manifest({item.document.id: "" for item in extractions}, "hand 1", "0")
    folder.part(MANIFEST).write_text(manifest.to_json(), "utf-8")
    return folder.path


@pytest.fixture(scope="session")
def server(graph: Path) -> Iterator[Served]:
    """That graph, served; not to be killed."""
    with serving(graph, "--timeout", "60") as served:
        yield served
