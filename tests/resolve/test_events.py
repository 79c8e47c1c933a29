"""The same event told twice is one event; what time, place or partners forbid stays apart."""

from __future__ import annotations

from kg.model import Extraction, Factuality, Identities, LocalId
from kg.resolve import resolve
from tests.factory import A, E, Q, T, V, document, extraction


def attack(
    id: str,
    *,
    city: str = "Rask",
    deaths: int = 11,
    day: str | None = None,
    factuality: Factuality = Factuality.FACTUAL,
) -> Extraction:
    text = f"The Army of Justice attacked a police station in {city} on that day, killing {deaths}."
    time = T("on that day", day) if day else None
    return extraction(
        document(text, id),
        [
            E("e1", "ArmedGroup", "Army of Justice"),
            E("e2", "City", city),
            V("v1", "Attack", "attacked", A("agent", "Army of Justice", "e1"),
              A("target", "police station"), A("place", city, "e2"), time=time,
              quantities=[Q("deaths", deaths, str(deaths))], factuality=factuality),
        ],
    )  # fmt: skip


def call(id: str, other: str, day: str | None = None) -> Extraction:
    text = f"Jalil Jilani called {other} on that day."
    return extraction(
        document(text, id),
        [
            E("e1", "Person", "Jalil Jilani"),
            E("e2", "Person", other),
            V("v1", "PhoneCall", "called", A("participant", "Jalil Jilani", "e1"),
              A("participant", other, "e2"), time=T("on that day", day) if day else None),
        ],
    )  # fmt: skip


def are_one(found: Identities, *documents: str) -> bool:
    return len({found.event_of[LocalId(document, "v1")].id for document in documents}) == 1


def test_two_reports_of_one_attack() -> None:
    found = resolve([attack("a1"), attack("a2")])
    assert are_one(found, "a1", "a2")
    assert any("place" in decision.reason for decision in found.decisions)


def test_numbers_may_differ_where_the_day_is_the_same() -> None:
    assert are_one(
        resolve([attack("a1", day="2023-12-15"), attack("a2", deaths=12, day="2023-12-15")]),
        "a1",
        "a2",
    )


def test_another_day_or_another_city_is_another_event() -> None:
    other_day = [attack("a1", day="2023-12-15"), attack("a2", day="2024-01-10")]
    assert not are_one(resolve(other_day), "a1", "a2")
    assert not are_one(resolve([attack("a1"), attack("a2", city="Zahedan")]), "a1", "a2")


def test_what_is_denied_is_not_what_happened() -> None:
    denied = attack("a2", factuality=Factuality.DENIED)
    assert not are_one(resolve([attack("a1"), denied]), "a1", "a2")


def test_a_third_report_does_not_join_what_contradicts() -> None:
    reports = [attack("a1", day="2023-12-15"), attack("a2"), attack("a3", day="2024-01-10")]
    found = resolve(reports)
    assert not are_one(found, "a1", "a3")


def test_calls_of_the_same_two_stay_apart_without_a_hint_of_time() -> None:
    found = resolve([call("a1", "Hossein Amirabdollahian"), call("a2", "Hossein Amirabdollahian")])
    assert not are_one(found, "a1", "a2")


def test_a_call_on_the_same_day_is_one_and_with_another_person_is_not() -> None:
    one_day = [call("a1", "Hossein Amirabdollahian", "2024-01-19"),
               call("a2", "Hossein Amirabdollahian", "2024-01-19")]  # fmt: skip
    assert are_one(resolve(one_day), "a1", "a2")
    other = [one_day[0], call("a3", "Hakan Fidan", "2024-01-19")]
    assert not are_one(resolve(other), "a1", "a3")


def test_the_label_and_the_id_can_be_read() -> None:
    (event,) = resolve([attack("a1", day="2023-12-15")]).events
    assert event.label == "Attack, Rask, 15 Dec 2023"
    assert event.id == "Attack_2023-12-15_Rask"


def test_two_events_of_one_name_get_two_ids() -> None:
    found = resolve([call("a1", "Hakan Fidan"), call("a2", "Hakan Fidan")])
    assert {event.id for event in found.events} == {
        "PhoneCall_Jalil_Jilani_Hakan_Fidan",
        "PhoneCall_Jalil_Jilani_Hakan_Fidan_2",
    }


AFFAIR = (
    "Menlo Park police said the bodyguard of singer Ferrara smashed windows of the Blue Lantern. "
    "Ferrara apologised to guests of the Lantern on Twitter, the owner Delgado told reporters. "
)
OTHER = (
    "Farmers near Kisumu lost maize when the river Nzoia overflowed, the Red Cross in Kenya wrote. "
    "Flood gauges at Rwambwa broke and roads to Budalangi stayed closed for lorries. "
)


def arrest(id: str, around: str, person: str = "") -> Extraction:
    who = person or "A man"
    made = [E("e1", "Person", person)] if person else []
    actor = [A("person", person, "e1")] if person else []
    told = document(f"{around}{who} was arrested.", id)
    return extraction(told, [*made, V("v1", "Arrest", "arrested", *actor)])


def test_what_articles_of_one_affair_call_the_same_is_one_event() -> None:
    found = resolve([arrest("a1", AFFAIR), arrest("a2", AFFAIR + "It rained."), arrest("b", OTHER)])
    assert are_one(found, "a1", "a2")
    assert not are_one(found, "a1", "b")
    (decision,) = [d for d in found.decisions if d.left.id == "v1"]
    assert "affair" in decision.reason
    assert "word" in decision.reason


def test_other_people_are_other_events_within_one_affair_too() -> None:
    found = resolve([arrest("a1", AFFAIR, "Omar Diaz"), arrest("a2", AFFAIR, "Lena Brook")])
    assert not are_one(found, "a1", "a2")
