"""What a client likes best is what it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.negotiation import preferred

OFFERED = ("text/turtle", "application/ld+json", "application/rdf+xml")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("TEXT/Turtle; charset=utf-8", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=nonsense", None),
        ("text/turtle;q=nan", None),
        (",,;q=1,/", None),
    ],
)
def test_the_best_of_what_is_offered(accept: str, expected: str | None) -> None:
    assert preferred(accept, OFFERED) == expected


@given(st.text(max_size=60))
def test_no_header_breaks_it(accept: str) -> None:
    assert preferred(accept, OFFERED) in (*OFFERED, None)
