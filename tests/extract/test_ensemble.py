"""Model and rules put together: what either is surer of is kept, and no word is invented."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extractor
from kg.extract.ensemble import combine
from kg.extract.record import from_record, to_record
from kg.model import Document, Extraction, Factuality, Span
from tests.factory import A, E, R, V, document, extraction

TEXT = "Iran attacked Rask on Monday. The militant group Jaish al-Adl denied it. Pakistan agreed."


def found(*made: object) -> Extraction:
    return extraction(document(TEXT), made)  # type: ignore[arg-type]


def test_the_rules_know_countries_and_armed_groups_better() -> None:
    model = found(E("e1", "Person", "Jaish al-Adl"), E("e2", "City", "Rask"))
    rules = found(E("x1", "ArmedGroup", "Jaish al-Adl"), E("x2", "Region", "Rask"))
    both = combine(model, rules, extractor="both")
    assert [(entity.id, entity.type) for entity in both.entities] == [
        ("e1", "ArmedGroup"),
        ("e2", "City"),
    ]


def test_relations_of_both_stand_once() -> None:
    names = [E("e1", "Country", "Iran"), E("e2", "City", "Rask")]
    model = found(*names, R("e2", "locatedIn", "e1", confidence=0.6))
    rules = found(E("x2", "City", "Rask"), E("x1", "Country", "Iran"), R("x2", "locatedIn", "x1"))
    (relation,) = combine(model, rules, extractor="both").relations
    assert (relation.subject, relation.object) == ("e2", "e1")
    assert relation.confidence > 0.6


def test_the_rules_decide_what_an_event_is_and_whether_it_happened() -> None:
    names = [E("e1", "Country", "Iran"), E("e2", "City", "Rask")]
    model = found(
        *names,
        V("v1", "Bombing", "attacked", A("target", "Iran", "e1"), A("place", "Rask", "e2")),
    )
    rules = found(
        E("x1", "Country", "Iran"),
        V("w1", "Attack", "attacked", A("agent", "Iran", "x1"), factuality=Factuality.POSSIBLE),
    )
    (event,) = combine(model, rules, extractor="both").events
    assert (event.type, event.factuality) == ("Attack", Factuality.POSSIBLE)
    assert {(a.role, a.entity) for a in event.arguments} == {("agent", "e1"), ("place", "e2")}


def test_events_the_rules_tell_apart_stay_apart() -> None:
    model = found(V("v1", "Attack", "attacked"))
    (event,) = model.events
    both_triggers = (event.triggers[0], found(V("v2", "Attack", "agreed")).events[0].triggers[0])
    joined = Extraction(
        model.document,
        model.extractor,
        model.sentences,
        events=(type(event)("v1", "Attack", both_triggers),),
    )
    rules = found(V("w1", "Attack", "attacked"), V("w2", "Agreement", "agreed"))
    events = combine(joined, rules, extractor="both").events
    assert [event.type for event in events] == ["Attack", "Agreement"]
    assert len({event.id for event in events}) == 2


def test_a_headline_makes_no_entity_that_nothing_else_confirms() -> None:
    text = "Pakistan and Iran Forge Agreement to Enhance Security Coordination\n\nThey met."
    model = extraction(
        document(text),
        [E("e1", "Country", "Pakistan"), E("e2", "Agreement", "Iran Forge Agreement")],
    )
    title = Span("a1", 0, text.index("\n"))
    model = Extraction(model.document, "m", (title,), entities=model.entities)
    rules = extraction(document(text), [E("x1", "Country", "Pakistan")])
    assert [e.name for e in combine(model, rules, extractor="both").entities] == ["Pakistan"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["Iran ", "attacked ", "Mr. Khan ", "\n", "🙂", "ﬁ", ". ", "KABUL "]))
)
def test_offsets_hold_in_any_text(pieces: list[str]) -> None:
    made = extractor("newsgraph").extract(Document("a1", "".join(pieces)))
    record = to_record(made)
    assert to_record(from_record(record)) == record
