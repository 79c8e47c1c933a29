"""What the articles cannot all be right about, as `kg show` prints it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.graph.claims import claims
from kg.graph.store import Store, build_store
from kg.model import Bound, Extraction
from kg.resolve import resolve
from kg.show import lines, profile
from tests.factory import A, E, Q, R, T, V, document, extraction, same


def store_of(articles: Sequence[Extraction]) -> Store:
    identities = resolve(articles)
    return build_store(None, articles, identities, claims(articles, identities))


def report(
    name: str,
    text: str,
    *items: object,
    source: str = "",
) -> Extraction:
    place = E("p", "City", "Rask")
    return extraction(document(text, name, source=source, published="2023-12-16"), [place, *items])


def attack(name: str, deaths: str, day: str, *, bound: Bound = Bound.EXACT) -> Extraction:
    return report(
        name,
        f"Gunmen of Jaish al-Adl attacked police in Rask on 15 December 2023, killing {deaths}, "
        f"correspondent {name} writes.",
        E("j", "ArmedGroup", "Jaish al-Adl"),
        V(
            "v", "Attack", "attacked", A("agent", "Jaish al-Adl", "j"), A("place", "Rask", "p"),
            time=T("on 15 December 2023", day),
            quantities=[Q("deaths", int(deaths), deaths, bound)],
        ),
        source=f"Paper {name}",
    )  # fmt: skip


def shown(articles: Sequence[Extraction], name: str) -> list[str]:
    with store_of(articles) as store:
        return list(lines(profile(store, name)))


def test_the_value_that_most_sources_give_stands_first_with_a_star() -> None:
    articles = [
        attack("a1", "12", "2023-12-15"),
        attack("a2", "11", "2023-12-15"),
        attack("a3", "11", "2023-12-15"),
    ]
    printed = shown(articles, "Attack, Rask, 15 Dec 2023")
    start = printed.index("sources disagree (* what the graph takes as fact)")
    assert printed[start + 1 : start + 3] == ["  deaths", "    11 *  2 sources  in a2, a3"]
    assert printed[start + 4] == "    12    1 source   in a1"
    assert "killing 12," in printed[start + 5]


def test_one_report_printed_twice_is_one_source() -> None:
    articles = [attack("a1", "12", "2023-12-15"), attack("a2", "11", "2023-12-15")]
    text = articles[1].document.text
    again = report(
        "a3",
        text,
        E("j", "ArmedGroup", "Jaish al-Adl"),
        V(
            "v", "Attack", "attacked", A("agent", "Jaish al-Adl", "j"), A("place", "Rask", "p"),
            time=T("on 15 December 2023", "2023-12-15"), quantities=[Q("deaths", 11, "11")],
        ),
        source="Paper a3",
    )  # fmt: skip
    printed = shown([*articles, again], "Attack, Rask, 15 Dec 2023")
    assert "1 source   in a2, a3" in "".join(printed)


def test_values_that_agree_are_no_disagreement() -> None:
    articles = [
        attack("a1", "11", "2023-12-15"),
        attack("a2", "11", "2023-12-15", bound=Bound.AT_LEAST),
    ]
    assert not any("disagree" in line for line in shown(articles, "Attack, Rask, 15 Dec 2023"))


def test_two_days_for_one_event_are_shown() -> None:
    articles = [
        attack("a1", "11", "2023-12-15"),
        attack("a2", "11", "2023-12-15"),
        attack("a3", "11", "2023-12-16"),
    ]
    told = [("a1", "v"), ("a2", "v"), ("a3", "v")]
    identities = same(articles, {"Rask_attack": told})
    with build_store(None, articles, identities, claims(articles, identities)) as store:
        printed = list(lines(profile(store, "Rask_attack")))
    start = printed.index("  date")
    assert printed[start + 1].startswith("    2023-12-15 *  2 sources")
    assert printed[start + 3].startswith("    2023-12-16    1 source")


@pytest.mark.parametrize("order", [1, -1])
def test_two_people_in_one_post_are_shown_with_their_sentences(order: int) -> None:
    def minister(name: str, person: str) -> Extraction:
        return report(
            name,
            f"{person} is the Mayor of Rask.",
            E("h", "Person", person),
            E("m", "Position", "Mayor of Rask"),
            R("h", "holdsPosition", "m"),
            R("m", "positionOf", "p"),
        )

    articles = [minister("a1", "Ali Karimi"), minister("a2", "Reza Daneshvar")][::order]
    printed = shown(articles, "Mayor of Rask")
    start = printed.index("  holder")
    assert printed[start + 1].startswith("    Ali Karimi")
    assert printed[start + 3].startswith("    Reza Daneshvar")


def test_a_voice_apart_from_the_others_is_marked() -> None:
    def told(name: str, confidence: float) -> Extraction:
        return report(
            name,
            f"Jaish al-Adl operates in Rask, correspondent {name} writes.",
            E("j", "ArmedGroup", "Jaish al-Adl"),
            R("j", "operatesIn", "p", confidence=confidence),
        )

    printed = shown([told("a1", 0.9), told("a2", 0.2)], "Jaish al-Adl")
    places = [line for line in printed if " at 0" in line]
    assert [line.endswith("[uncertain]") for line in places] == [False, True]
