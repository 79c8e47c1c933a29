"""The acceptance rule, case by case: the table of ontology/README.md."""

from __future__ import annotations

import pytest

from kg.graph.claims import claims
from kg.model import Extraction, Factuality, Status
from tests.factory import A, E, R, V, document, extraction, same

PEOPLE = {
    "Ann": E("e1", "Person", "Ann"),
    "Ben": E("e2", "Person", "Ben"),
    "Acme": E("e3", "Company", "Acme"),
}


def statuses(predicate: str, *extractions: Extraction, events: dict | None = None) -> set[Status]:  # type: ignore[type-arg]
    found = claims(extractions, same(extractions, events))
    return {claim.status for claim in found if claim.predicate == predicate}


def article(text: str, *made: object, id: str = "a1", source: str = "") -> Extraction:
    named = [made for name, made in PEOPLE.items() if name in text]
    return extraction(document(text, id, source=source), [*named, *made])  # type: ignore[list-item]


@pytest.mark.parametrize("factuality", [f for f in Factuality if f is not Factuality.FACTUAL])
def test_what_is_not_told_as_fact_is_unrealized(factuality: Factuality) -> None:
    x = article("Ann leads Acme and Ben.", R("e1", "leaderOf", "e3", factuality=factuality))
    assert statuses("leaderOf", x) == {Status.UNREALIZED}


@pytest.mark.parametrize(("confidence", "status"), [(0.49, "Uncertain"), (0.5, "Accepted")])
def test_an_unsure_claim_is_uncertain(confidence: float, status: str) -> None:
    x = article("Ann leads Acme and Ben.", R("e1", "leaderOf", "e3", confidence=confidence))
    assert statuses("leaderOf", x) == {Status(status)}


def test_a_sentence_must_mention_both_ends() -> None:
    x = article("Ann smiled. Acme and Ben did not.", R("e1", "leaderOf", "e3", sentence=0))
    assert statuses("leaderOf", x) == {Status.UNCERTAIN}


def test_what_everybody_may_report_needs_no_second_source() -> None:
    x = article("Ann leads Acme, says Ben.", R("e1", "leaderOf", "e3", by="e2"))
    assert statuses("leaderOf", x) == {Status.ACCEPTED}


def test_the_article_itself_may_say_what_is_contentious() -> None:
    x = article("Ann supports Acme and Ben.", R("e1", "supports", "e3"))
    assert statuses("supports", x) == {Status.ACCEPTED}


def test_one_speaker_alone_is_not_enough_for_what_is_contentious() -> None:
    x = article("Ann supports Acme, says Ben.", R("e1", "supports", "e3", by="e2"))
    assert statuses("supports", x) == {Status.ATTRIBUTED}


def test_the_actor_may_admit_it() -> None:
    x = article("Ann supports Acme, says Ann, not Ben.", R("e1", "supports", "e3", by="e1"))
    assert statuses("supports", x) == {Status.ACCEPTED}


def test_one_who_speaks_for_the_actor_may_admit_it() -> None:
    x = article(
        "Acme supports Ann, says Ben of Acme.",
        R("e3", "supports", "e1", by="e2"),
        R("e2", "representative", "e3"),
    )
    assert statuses("supports", x) == {Status.ACCEPTED}


def attack(id: str, text: str, *, by: str, source: str = "") -> Extraction:
    return article(text, V("v1", "Attack", "attack", A("agent", "Acme", "e3"), by=by), id=id,
                   source=source)  # fmt: skip


ONE_EVENT = {"attack": [("a1", "v1"), ("a2", "v1")]}


def test_two_speakers_are_two_sources() -> None:
    left = attack("a1", "The attack was by Acme, says Ben.", by="e2")
    right = attack("a2", "It was an attack by Acme, Ann says.", by="e1")
    assert statuses("agent", left, right, events=ONE_EVENT) == {Status.ACCEPTED}


def test_one_speaker_in_two_articles_is_one_source() -> None:
    left = attack("a1", "The attack was by Acme, says Ben.", by="e2")
    right = attack("a2", "It was an attack by Acme, Ben says, not Ann.", by="e2")
    assert statuses("agent", left, right, events=ONE_EVENT) == {Status.ATTRIBUTED}


def test_the_same_sentence_in_two_articles_is_one_source() -> None:
    text = "The attack was by Acme, officials said."
    left, right = attack("a1", text, by="officials"), attack("a2", text, by="officials")
    assert statuses("agent", left, right, events=ONE_EVENT) == {Status.ATTRIBUTED}


def test_unnamed_sources_of_one_publisher_are_one_source() -> None:
    left = attack("a1", "The attack was by Acme, officials said.", by="officials", source="X")
    right = attack("a2", "Police call it an attack by Acme.", by="Police", source="X")
    assert statuses("agent", left, right, events=ONE_EVENT) == {Status.ATTRIBUTED}
