"""Paths of pages lead back to the thing, whatever it is called; bad addresses are no links."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import iri
from kg.server.pages.address import address, iri_of, long, outside, short


@given(st.text(min_size=1))
def test_a_path_leads_back_to_its_thing(id: str) -> None:
    for thing, kind in ((iri.entity(id), "entity"), (iri.event(id), "event")):
        path = address(thing.value)
        _, first, rest = path.split("/")
        assert (first, iri_of(kind, unquote(rest))) == (kind, thing.value)
        assert long(short(thing.value)) == thing.value


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
        "vbscript:x", "//evil.example", "/local", "file:///etc/passwd", "http:", "http://[", "",
        "\x01javascript:alert(1)", "java\nscript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert outside(url) == ""


def test_web_addresses_are_links() -> None:
    assert outside("https://x.example/a?b=c") == "https://x.example/a?b=c"
