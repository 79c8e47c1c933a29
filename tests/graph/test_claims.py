"""What claims say, and on which words they rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph.claims import claims, merge_evidence
from kg.model import Claim, EntityRef, EventRef, Factuality, Identities, Span, Status
from tests import affair
from tests.factory import A, E, R, V, extraction, same

EXTRACTIONS = affair.extractions()
CLAIMS = claims(EXTRACTIONS, affair.identities())
TEXTS = {item.document.id: item.document.text for item in EXTRACTIONS}


def find(predicate: str, document: str, subject: str) -> list[Claim]:
    return [
        claim
        for claim in CLAIMS
        if (claim.predicate, claim.document, claim.subject.id) == (predicate, document, subject)
    ]


def words(claim: Claim) -> list[str]:
    return [span.of(TEXTS[claim.document]) for span in claim.evidence]


def test_a_relation_rests_on_its_sentence() -> None:
    (claim,) = find("locatedIn", "a1", "Rask")
    assert claim.object == EntityRef("Iran")
    assert words(claim) == ["Gunmen attacked a police station in Rask in Iran on 15 December 2023."]


def test_an_argument_rests_on_its_sentence_and_shows_its_words() -> None:
    (claim,) = find("agent", "a1", "Rask_attack")
    assert words(claim) == [
        "Jaish al-Adl was behind the attack, the Iranian police said.",
        "Jaish al-Adl",
        "the attack",
    ]


def test_a_phrase_is_an_argument_too() -> None:
    (claim,) = find("target", "a1", "Rask_attack")
    assert claim.object == "a police station"


def test_time_gives_bounds_and_a_day_only_when_exact() -> None:
    exact = {c.predicate for c in CLAIMS if c.document == "a1" and "date" in c.predicate}
    month = {c.predicate for c in CLAIMS if c.subject == EventRef("Rask_attack")
             and c.document == "a2" and c.predicate.startswith("date")}  # fmt: skip
    assert exact == {"date", "dateEarliest", "dateLatest"}
    assert month == {"dateEarliest", "dateLatest"}


def test_a_planned_visit_stays_planned() -> None:
    visit = [claim for claim in CLAIMS if claim.subject == EventRef("a2_v4")]
    assert {claim.factuality for claim in visit} == {Factuality.PLANNED}
    assert {claim.status for claim in visit} == {Status.UNREALIZED}


def test_every_claim_has_its_own_id() -> None:
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)


@settings(max_examples=10, deadline=None)
@given(st.permutations(EXTRACTIONS))
def test_the_order_of_articles_leaves_no_trace(shuffled: list) -> None:  # type: ignore[type-arg]
    assert claims(shuffled, affair.identities()) == CLAIMS


def test_a_relation_said_twice_is_one_claim_with_both_sentences() -> None:
    x = extraction(
        "Ann leads Acme. Ann heads Acme.",
        [
            E("e1", "Person", "Ann"),
            E("e2", "Company", "Acme"),
            R("e1", "leaderOf", "e2", sentence=0),
            R("e1", "leaderOf", "e2", sentence=1, confidence=0.6),
        ],
    )
    (claim,) = [c for c in claims([x], same([x])) if c.predicate == "leaderOf"]
    assert len(claim.evidence) == 2
    assert claim.confidence == 1.0


def test_evidence_puts_sentences_before_words() -> None:
    sentence, word = Span("a", 10, 30), Span("a", 12, 15)
    assert merge_evidence([word, sentence, word]) == (sentence, word)


def test_an_argument_understood_from_elsewhere_shows_where() -> None:
    x = extraction(
        "Ann spoke. A visit followed.",
        [E("e1", "Person", "Ann"), V("v1", "Visit", "visit", A("agent", "visit", "e1"))],
    )
    (claim,) = [c for c in claims([x], same([x])) if c.predicate == "agent"]
    assert [span.of(x.document.text) for span in claim.evidence][:2] == [
        "Ann spoke.",
        "A visit followed.",
    ]
    assert claim.status is Status.ACCEPTED


def test_an_entity_without_identity_is_an_error() -> None:
    x = extraction("Ann spoke.", [E("e1", "Person", "Ann")])
    with pytest.raises(GraphError, match="No identity was given to entity 'e1'"):
        claims([x], Identities())
