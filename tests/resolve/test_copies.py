"""A wire report printed by several papers is one source; two reports of one matter are two."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.acceptance import Sources
from kg.graph.claims import claims
from kg.graph.store import build_store
from kg.model import Document, Extraction
from kg.resolve import resolve
from kg.resolve.copies import copies
from tests.factory import E, R, document, extraction

WIRE = (
    "Gunmen attacked a police station in Rask on Friday and killed eleven officers, the deputy "
    "governor of the province said. The attackers came at two in the morning and fled across the "
    "border, Alireza Marhamati told state television, adding that several of them were wounded. "
)
DAY = date(2023, 12, 15)
FIRST = Document("first", WIRE + "The group claimed the attack.", published=DAY)
CUT = Document("cut", "Eleven killed in Rask\n" + WIRE, published=date(2023, 12, 16))
OWN = Document(
    "own",
    "Eleven Iranian policemen died when militants of Jaish al-Adl stormed their post in the south-"
    "east, officials say. It was the worst such raid for years, and families gathered in Zahedan.",
    published=DAY,
)
LATER = replace(FIRST, id="later", published=date(2024, 3, 1))


def test_a_copy_leads_to_the_first_and_another_report_is_none() -> None:
    assert copies([OWN, CUT, FIRST]) == {"cut": "first"}


def test_a_form_filled_in_months_later_is_no_copy() -> None:
    assert copies([FIRST, LATER]) == {}


def test_short_and_empty_articles_are_no_copies() -> None:
    assert (
        copies([Document("a", "He said so."), Document("b", "He said so."), Document("c", "")])
        == {}
    )


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_leaves_no_trace(chance: random.Random) -> None:
    articles = [FIRST, CUT, OWN, replace(CUT, id="third", published=None)]
    chance.shuffle(articles)
    assert copies(articles) == {"cut": "first", "third": "first"}


def told(id: str, publisher: str, text: str) -> Extraction:
    return extraction(
        document(text, id, published="2023-12-15", source=publisher),
        [E("e1", "Country", "Iran"), E("e2", "ArmedGroup", "Jaish al-Adl"),
         R("e1", "hostileTo", "e2")],
    )  # fmt: skip


def test_copies_count_as_one_source_and_are_linked_in_the_graph() -> None:
    text = "Iran fights Jaish al-Adl. " + WIRE
    articles = [
        told("p1", "Dawn", text),
        told("p2", "Daily", "Iran now fights Jaish al-Adl. " + WIRE),
    ]
    found = resolve(articles)
    assert found.copies == (("p2", "p1"),)
    stated = [c for c in claims(articles, found) if c.predicate == "hostileTo"]
    assert len(stated) == 2
    assert Sources(articles).independent(stated) == 2
    assert Sources(articles, found.copies).independent(stated) == 1
    with build_store(None, articles, found, stated) as store:
        assert store.query("ASK { GRAPH doc:p2 { doc:p2 kg:copyOf doc:p1 } }")
