"""Timelines: in order, honest about what is not known, safe to open."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from kg.errors import UsageError
from kg.graph.network import Article, Edge, Evidence, Network, Node
from kg.model import Factuality
from kg.timeline import render, timeline

IRAN = "https://example.org/Iran"


def network() -> Network:
    def event(id: str, label: str, first: str | None, last: str | None, **fields: object) -> Node:
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        return Node(id, "event", "Attack", label, earliest=days[0], latest=days[1], **fields)  # type: ignore[arg-type]

    def told(event: str, article: str, sentence: str) -> Edge:
        return Edge(event, IRAN, "agent", evidence=(Evidence(article, sentence, 0, 9),))

    return Network(
        nodes=(
            Node(IRAN, "entity", "Country", "Iran"),
            event("e1", "Attack, Rask", "2023-12-01", "2023-12-31"),
            event("e2", "Strike", "2024-01-16", "2024-01-16"),
            event("e3", "Visit <b>", None, None, factuality=Factuality.PLANNED),
            event("e4", "Elsewhere", "2020-01-01", "2020-12-31"),
        ),
        edges=(
            told("e2", "a1", "Iran struck on 16 January."),
            told("e2", "a2", "Iran launched missiles."),
            told("e2", "a3", "Missiles were launched."),
            told("e1", "a1", "Iran was attacked in December."),
            told("e3", "a1", "Iran plans <script>alert(1)</script>."),
        ),
        articles=(Article("a1", "One", source="IRNA"), Article("a2", "Two", source="IRNA"),
                  Article("a3", "Three", source="Dawn")),
    )  # fmt: skip


def test_events_come_in_order_and_undated_ones_last() -> None:
    assert [entry.id for entry in timeline(network())] == ["e4", "e1", "e2", "e3"]
    assert [entry.when for entry in timeline(network())] == ["2020", "Dec 2023", "16 Jan 2024", ""]


def test_only_events_with_all_that_is_asked_for() -> None:
    assert [entry.id for entry in timeline(network(), [IRAN])] == ["e1", "e2", "e3"]
    assert timeline(network(), [IRAN, "https://example.org/Peru"]) == ()


def test_articles_of_one_publisher_are_one_source() -> None:
    assert {entry.id: entry.sources for entry in timeline(network(), [IRAN])}["e2"] == 2


def test_formats() -> None:
    entries = timeline(network())
    rows = list(csv.DictReader(render(entries, "csv").splitlines()))
    assert [row["from"] for row in rows] == ["2020-01-01", "2023-12-01", "2024-01-16", ""]
    assert json.loads(render(entries, "json"))[2]["who"] == ["Iran"]
    assert render(entries, "table").startswith("2020         Elsewhere  (0 sources)")
    with pytest.raises(UsageError, match="csv"):
        render(entries, "pdf")


def test_the_page_shows_hostile_words_as_text() -> None:
    page = render(timeline(network()), "html", title="<i>Iran</i>")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;i&gt;Iran" in page
    assert "default-src 'none'" in page
