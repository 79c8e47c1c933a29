"""The file itself: the same bytes every time, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from kg.graph.network import Network
from kg.view import frame, render
from tests.view import small
from tests.view.networks import generated


def test_the_same_network_gives_the_same_bytes_under_any_hash_seed() -> None:
    program = (
        "import hashlib; from kg.view import render; from tests.view.networks import generated;"
        "print(hashlib.sha256(render(generated(150)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1


def test_only_the_scripts_and_styles_of_the_page_are_allowed_and_they_are() -> None:
    page = render(small.network())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    blocks = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert [name for name, _ in blocks] == ["style", "script", "script"]
    for _, text in blocks:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in html.unescape(policy[1])


def test_nothing_points_outside() -> None:
    page = render(small.network())
    outside_scripts = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.findall(r"(?:src|href|action|data)=", outside_scripts)
    assert "sourceMappingURL" not in page
    assert not re.search(r"@import|url\(", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0])


def test_the_title_is_text() -> None:
    page = render(small.network(), title='"><script>alert(1)</script>')
    assert "<script>alert" not in page


def test_an_empty_network_is_a_page_too() -> None:
    assert "<!doctype html>" in render(Network((), (), ()))


def test_a_lone_surrogate_does_not_cost_the_page() -> None:
    network = small.network()
    broken = replace(network.nodes[0], label="half \ud800 a pair")
    assert render(replace(network, nodes=(broken, *network.nodes[1:])))


def test_5000_nodes_stay_under_4_megabytes() -> None:
    assert len(render(generated(5000)).encode()) < 4_000_000


def test_a_frame_holds_the_page_as_an_attribute() -> None:
    page = render(small.network(), title='a "quoted" title')
    inline = frame(page, height=500)
    match = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" width="100%" height="500" [^<>]*></iframe>', inline
    )
    assert match


@pytest.mark.parametrize("limit", [1, 5])
def test_at_most_so_many_nodes_at_first_still_renders(limit: int) -> None:
    assert render(small.network(), first=limit)
