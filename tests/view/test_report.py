"""The report: everything said leads to its source, and nothing runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from kg.graph.network import Edge, Network, Node
from kg.view import report
from kg.view.coordinates import coordinates
from kg.view.period import period_words
from kg.view.sketch import sketch
from tests.view import small


@pytest.fixture(scope="module")
def text() -> str:
    """The words of the report of the small network."""
    return words(report(small.network(), title="Rask"))


def words(page: str) -> str:
    without_style = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", without_style)))


def test_the_timeline_tells_when_what_and_how_certain(text: str) -> None:
    attack, strike = (
        text.index("Attack, Rask, 15 Dec 2023"),
        text.index("Military strike, Jan 2024"),
    )
    assert attack < strike
    assert "15 Dec 2023" in text[:attack]
    assert "possible" in text[strike : strike + 60]
    assert "deaths: 11" in text
    assert "1 event has no date" in text


def test_sentences_stand_with_the_number_of_their_source(text: str) -> None:
    assert f"{small.ATTACK_SENTENCE} [1]" in text
    assert f"{small.STRIKE_SENTENCE} [2] said by an official possible" in text
    assert "Police station attacked, Daily, 16 Dec 2023" in text


def test_disagreements_give_all_values_the_accepted_first(text: str) -> None:
    part = text[text.index("Where sources disagree") :]
    assert part.index("11 taken as the fact") < part.index("12")
    assert "Twelve died, the union said." in part


def test_what_is_only_claimed_is_listed_apart(text: str) -> None:
    part = text[text.index("Claimed, not taken as fact") :]
    assert "Jaish al-Adl operates in Iran" in part
    assert "said by Iran" in part


def test_key_actors_with_their_ties(text: str) -> None:
    part = text[text.index("Key actors") : text.index("Timeline")]
    assert "Jaish al-Adl" in part
    assert "hostile to Iran" in part
    assert "agent in 1" in part


def test_it_asks_for_nothing_and_runs_nothing() -> None:
    page = report(small.network())
    assert "<script" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.findall(r"(?:src|action)=", page)
    assert all(link.startswith("#source-") for link in re.findall(r'href="([^"]*)"', page))
    assert page == report(small.network())


def test_hostile_text_is_text() -> None:
    bad = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"
    network = small.network()
    nodes = tuple(replace(node, label=bad, aliases=(bad,)) for node in network.nodes)
    articles = tuple(replace(a, title=bad, source=bad, url=bad) for a in network.articles)
    page = report(Network(nodes, network.edges, articles), title=bad)
    assert "<script" not in page
    assert "<img" not in page
    assert bad in words(page) or "alert(1)" in words(page)


def test_a_report_of_nothing() -> None:
    assert "No event has a date" in report(Network((), (), ()))


# --- the map sketch ----------------------------------------------------------------------------


def place(name: str, type_name: str = "City") -> Node:
    return Node(f"{small.ENT}{name}", "entity", type_name, name)


def located(city: str, country: str) -> Edge:
    return Edge(f"{small.ENT}{city}", f"{small.ENT}{country}", "locatedIn")


def test_a_city_is_placed_in_the_country_the_graph_puts_it_in() -> None:
    nodes = (place("Birmingham"), place("United Kingdom", "Country"))
    edges = (located("Birmingham", "United Kingdom"),)
    latitude, longitude = coordinates(Network(nodes, edges, ()))[f"{small.ENT}Birmingham"]
    assert (round(latitude), round(longitude)) == (52, -2)


def test_a_city_with_namesakes_is_not_guessed() -> None:
    assert f"{small.ENT}Birmingham" not in coordinates(Network((place("Birmingham"),), (), ()))
    assert f"{small.ENT}Tehran" in coordinates(Network((place("Tehran"),), (), ()))


def test_places_stand_as_on_a_map() -> None:
    nodes = (place("Iran", "Country"), place("Islamabad"), place("Pakistan", "Country"))
    nodes += (place("Tehran"),)
    edges = (located("Islamabad", "Pakistan"), located("Tehran", "Iran"))
    drawn = sketch(Network(nodes, edges, ()))
    assert drawn
    spots = {spot.label: spot for spot in drawn.spots}
    assert spots["Tehran"].x < spots["Islamabad"].x
    assert spots["Iran"].y > spots["Tehran"].y
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)


def test_fewer_than_two_places_make_no_map() -> None:
    assert sketch(Network((place("Tehran"),), (), ())) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, ""),
        (date(2023, 12, 15), date(2023, 12, 15), "15 Dec 2023"),
        (date(2023, 12, 1), date(2023, 12, 31), "Dec 2023"),
        (date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        (date(2012, 1, 1), date(2012, 12, 31), "2012"),
        (date(1960, 1, 1), date(1969, 12, 31), "1960 – 1969"),
        (date(2024, 1, 3), date(2024, 2, 9), "3 Jan 2024 – 9 Feb 2024"),
        (None, date(2024, 2, 9), "until 9 Feb 2024"),
        (date(2024, 2, 9), None, "from 9 Feb 2024"),
    ],
)
def test_periods_are_no_more_exact_than_they_are(
    earliest: date | None, latest: date | None, expected: str
) -> None:
    assert period_words(earliest, latest) == expected
