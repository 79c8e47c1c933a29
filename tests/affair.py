"""A small affair told by three articles: the graph that many tests ask about.

Iran strikes bases of Jaish al-Adl, Pakistan answers two days later; two articles give other
numbers of dead in Rask; one says who did it on somebody's word alone; a visit is planned.
"""

from __future__ import annotations

from functools import cache

from kg.graph.claims import claims
from kg.graph.store import Store, build_store
from kg.model import Bound, Extraction, Factuality, Identities
from tests.factory import A, E, Q, R, T, V, document, extraction, same

IRAN, PAKISTAN = E("e1", "Country", "Iran", "Iranian"), E("e2", "Country", "Pakistan")
RASK = E("e3", "City", "Rask")
JAISH = E("e4", "ArmedGroup", "Jaish al-Adl")
JILANI = E("e5", "Person", "Jalil Abbas Jilani", "Jilani", pronouns=("He",))
AMIR = E("e6", "Person", "Hossein Amir-Abdollahian")
POST = E("e7", "Position", "Foreign Minister of Pakistan")


@cache
def extractions() -> tuple[Extraction, ...]:
    """The three articles."""
    first = extraction(
        document(
            "Gunmen attacked a police station in Rask in Iran on 15 December 2023. "
            "The attack killed 11 officers. "
            "Jaish al-Adl was behind the attack, the Iranian police said. "
            "Jalil Abbas Jilani, Foreign Minister of Pakistan, met Hossein Amir-Abdollahian.",
            "a1",
            published="2023-12-16",
            source="Tehran Times",
            title="Attack in Rask",
        ),
        [
            IRAN, PAKISTAN, RASK, JAISH, JILANI, AMIR, POST,
            R("e3", "locatedIn", "e1"),
            R("e5", "holdsPosition", "e7", sentence=3),
            R("e7", "positionOf", "e2", sentence=3),
            V(
                "v1", "Attack", "attacked", A("place", "Rask", "e3"),
                A("target", "a police station"),
                time=T("on 15 December 2023", "2023-12-15"), quantities=[Q("deaths", 11, "11")],
            ),
            V("v2", "Attack", "the attack", A("agent", "Jaish al-Adl", "e4"), by="Iranian police"),
            V(
                "v3", "Meeting", "met", A("participant", "Jalil Abbas Jilani", "e5"),
                A("participant", "Hossein Amir-Abdollahian", "e6"),
            ),
        ],
    )  # fmt: skip
    second = extraction(
        document(
            "The attack in Rask in December 2023 killed 12 people. "
            "On 16 January 2024, Iran struck Jaish al-Adl in Pakistan. "
            "Pakistan struck targets in Iran on 18 January 2024. "
            "Jilani will visit Iran. He pledged to fight terrorism.",
            "a2",
            published="2024-01-20",
            source="Dawn",
            title="Strikes",
        ),
        [
            IRAN, PAKISTAN, RASK, JAISH, JILANI,
            V(
                "v1", "Attack", "attack", A("place", "Rask", "e3"),
                time=T("in December 2023", "2023-12-01", "2023-12-31"),
                quantities=[Q("deaths", 12, "12")],
            ),
            V(
                "v2", "MilitaryStrike", "struck", A("agent", "Iran", "e1"),
                A("target", "Jaish al-Adl", "e4"), A("place", "Pakistan", "e2"),
                time=T("On 16 January 2024", "2024-01-16"),
            ),
            V(
                "v3", "MilitaryStrike", "struck targets", A("agent", "Pakistan", "e2"),
                A("place", "Iran", "e1"), time=T("on 18 January 2024", "2024-01-18"),
            ),
            V(
                "v4", "Visit", "visit", A("agent", "Jilani", "e5"), A("destination", "Iran", "e1"),
                factuality=Factuality.PLANNED,
            ),
            V("v5", "Pledge", "pledged", A("agent", "He", "e5"), A("topic", "fight terrorism")),
        ],
    )  # fmt: skip
    third = extraction(
        document(
            "At least 11 people died in the attack in Rask. "
            "Jalil Abbas Jilani accused Jaish al-Adl. "
            "Iran and Pakistan signed an agreement.",
            "a3",
            published="2024-01-21",
            source="Daily",
        ),
        [
            IRAN, PAKISTAN, RASK, JAISH, JILANI,
            V(
                "v1", "Attack", "attack", A("place", "Rask", "e3"),
                quantities=[Q("deaths", 11, "11", Bound.AT_LEAST)],
            ),
            V("v2", "Accusation", "accused", A("agent", "Jilani", "e5"),
              A("target", "Jaish al-Adl", "e4")),
            V("v3", "Agreement", "agreement", A("participant", "Iran", "e1"),
              A("participant", "Pakistan", "e2")),
        ],
    )  # fmt: skip
    return first, second, third


RASK_ATTACK = (("a1", "v1"), ("a1", "v2"), ("a2", "v1"), ("a3", "v1"))


@cache
def identities() -> Identities:
    """Entities by name; the four reports of the attack in Rask are one event."""
    return same(extractions(), {"Rask_attack": RASK_ATTACK})


def store() -> Store:
    """The graph of the affair, in memory."""
    found = extractions()
    return build_store(None, found, identities(), claims(found, identities()))
