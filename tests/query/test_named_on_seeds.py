"""The named queries on the five sample articles: the rows a reader of them would expect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.query import named_query

Row = dict[str, str]


@pytest.fixture(scope="module")
def graph(seed_graph: Path) -> Iterator[kg.KnowledgeGraph]:
    with kg.open(seed_graph) as opened:
        yield opened


def rows(graph: kg.KnowledgeGraph, name: str, **parameters: str) -> list[Row]:
    """The answer; terms by what they are called: labels, or the last part of an IRI."""
    labels = {
        str(row["thing"]): str(row["label"])
        for row in graph.query(
            "SELECT ?thing ?label { ?thing skos:prefLabel|rdfs:label|schema:headline ?label }"
        ).records()
    }
    return [
        {
            key: labels.get(value, value.removeprefix("kg:"))
            for key, value in row.items()
            if value is not None
        }
        for row in graph.query(named_query(name).text, parameters=parameters).records()
    ]


def test_articles(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "articles")
    assert len(found) == 5
    assert [row["published"] for row in found if "published" in row] == ["2023-12-20"]
    assert any(row["title"].startswith("Iran, Pakistan won’t allow") for row in found)


def test_about(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "about", about="Rask")
    assert len({row["article"] for row in found}) >= 2
    assert any("martyred at least 11 Iranian police officers" in row["sentence"] for row in found)


def test_attacks(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "attacks", where="Iran")
    (attackers,) = {
        (row["attacker"], row["deaths"]) for row in found
        if row["place"] == "Rask" and row.get("deaths") == "11"
    }  # fmt: skip
    assert attackers[0].casefold() == "jaish al-adl"


def test_between(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "between", one="Iran", other="Pakistan")
    assert {"phone call", "meeting"} <= {row["type"] for row in found}


def test_blame(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "blame")
    assert any(
        row["blamer"] == "Jalil Abbas Jilani" and "attack" in row["sentence"] for row in found
    )


def test_contacts(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "contacts", who="Jilani")
    assert any(
        row["contact"] == "phone call" and "Abdollahian" in row["whom"] for row in found
    )  # fmt: skip


def test_disagreements(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "disagreements")
    deaths = {row["value"] for row in found if row["quantity"] == "deaths"}
    assert {"1", "11"} <= deaths
    assert any("11 Iranian security personnel" in row["sentence"] for row in found)


def test_paths(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "paths", **{"from": "Jilani", "to": "Asim Munir"})
    assert any("Abdollahian" in value for row in found for value in row.values())


def test_plover(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "plover", one="Iran", other="Pakistan")
    assert "AGREE" in {row["code"] for row in found}


def test_promises(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "promises")
    assert any(row["type"] == "visit" and "travel to Islamabad" in row["sentence"] for row in found)


def test_reprisals(graph: kg.KnowledgeGraph) -> None:
    answered = [
        (row["striker"], row["day"], row["answerer"], row["answerDay"])
        for row in rows(graph, "reprisals")
    ]
    assert ("Iran", "2024-01-16", "Pakistan", "2024-01-17") in answered


def test_support(graph: kg.KnowledgeGraph) -> None:
    found = rows(graph, "support")
    assert any(
        row["predicate"] == "deaths" and row["object"] == "11" and int(row["articles"]) >= 2
        for row in found
    )
