"""Names: what is found, in which order, and what is offered to one who mistyped."""

from __future__ import annotations

from datetime import date

from kg.graph.reading import network
from kg.graph.vocabulary import ENT, EV
from kg.server.pages.catalogue import catalogue
from kg.server.pages.timeline import Choice, timeline
from kg.view.disagreement import disputed
from tests import affair

STORE = affair.store()
NAMES = catalogue(STORE)


def labels(text: str) -> list[str]:
    return [hit.entry.label for hit in NAMES.find(text)]


def test_the_name_itself_comes_first_then_what_begins_so() -> None:
    assert labels("iran")[0] == "Iran"
    assert labels("jal")[0] == "Jalil Abbas Jilani"


def test_words_in_any_order_without_accents_or_hyphens() -> None:
    assert labels("abdollahian hossein")[0] == "Hossein Amir-Abdollahian"
    assert labels("JAISH AL ADL")[0] == "Jaish al-Adl"


def test_another_name_says_which() -> None:
    (hit, *_) = NAMES.find("Iranian")
    assert (hit.entry.label, hit.alias) == ("Iran", "Iranian")


def test_nothing_is_found_for_nothing() -> None:
    assert NAMES.find("") == NAMES.find("  ") == NAMES.find("zzzz") == []


def test_close_names() -> None:
    assert [entry.label for entry in NAMES.close("Jaish al-Adel")] == ["Jaish al-Adl"]


def test_every_node_of_the_graph_is_there() -> None:
    assert {entry.iri for entry in NAMES.entries} == {node.id for node in network(STORE).nodes}


def test_disputed_are_the_events_that_the_drawing_says_so_of() -> None:
    known = {node.id for node in network(STORE).nodes if disputed(node)}
    assert known
    assert set(NAMES.disputed) == known


def test_the_timeline_is_in_order_and_filters() -> None:
    whole = timeline(STORE, Choice())
    days = [event.day or "9999" for event in whole.events]
    assert days == sorted(days)
    both = timeline(STORE, Choice(who=(f"{ENT}Iran", f"{ENT}Pakistan")))
    assert {event.type for event in both.events} >= {"military strike", "agreement"}
    january = timeline(STORE, Choice(date_from=date(2024, 1, 1), date_to=date(2024, 1, 17)))
    assert [event.type for event in january.events] == ["military strike"]
    planned = timeline(STORE, Choice(certainty="Planned"))
    assert [event.certainty for event in planned.events] == ["planned"]
    assert timeline(STORE, Choice(group="Culture")).events == ()


def test_a_choice_is_an_address_and_back() -> None:
    choice = Choice(who=(f"{ENT}Iran", f"{EV}x&y"), group="Conflict", date_from=date(2024, 1, 1))
    assert choice.address() == (
        "/timeline?with=ent%3AIran&with=ev%3Ax%26y&kind=Conflict&from=2024-01-01"
    )
    assert choice.address(kind="", from_="2023-01-01").endswith("x%26y&from=2023-01-01")
