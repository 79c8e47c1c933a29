"""A network small enough to know by heart."""

from __future__ import annotations

from datetime import date

from kg.graph.network import Article, Edge, Evidence, Network, Node, Value
from kg.model import Bound, Factuality, Status

ENT = "https://w3id.org/newsgraph/entity/"
EV = "https://w3id.org/newsgraph/event/"

DAILY = Article("a1", "Police station attacked", date(2023, 12, 16), "Daily", "https://x.example/1")
WEEKLY = Article("a2", "After the attack", date(2023, 12, 20), "Weekly")

ATTACK_SENTENCE = "Jaish al-Adl attacked a police station in Rask, killing 11 officers."
STRIKE_SENTENCE = "Iran may strike the group, an official said."


def said(
    sentence: str,
    words: str = "",
    *,
    article: Article = DAILY,
    speaker: str = "",
    factuality: Factuality = Factuality.FACTUAL,
    status: Status = Status.ACCEPTED,
) -> Evidence:
    """A sentence with `words` of it marked."""
    at = sentence.find(words)
    marked = ((at, at + len(words)),) if words else ()
    return Evidence(
        article.id, sentence, 10, 10 + len(sentence), marked, speaker, factuality, status, 0.93
    )


def network() -> Network:
    """An attack with disputed deaths, a possible strike, a denied visit, and who took part."""
    attack = said(ATTACK_SENTENCE, "attacked")
    possible = {"factuality": Factuality.POSSIBLE, "status": Status.UNREALIZED}
    denied = {"factuality": Factuality.DENIED, "status": Status.UNREALIZED}
    strike = said(STRIKE_SENTENCE, "strike", article=WEEKLY, speaker="an official", **possible)
    visit = said("There was no visit to Quetta.", "visit", article=WEEKLY, **denied)
    group = f"{ENT}Jaish_al-Adl"
    nodes = (
        Node(
            group,
            "entity",
            "ArmedGroup",
            "Jaish al-Adl",
            ("Jaish ul-Adl", "Army of Justice"),
            mentions=(said(ATTACK_SENTENCE, "Jaish al-Adl"),),
        ),
        Node(f"{ENT}Iran", "entity", "Country", "Iran", ("Iranian",), mentions=(strike,)),
        Node(f"{ENT}Rask", "entity", "City", "Rask", mentions=(said(ATTACK_SENTENCE, "Rask"),)),
        Node(f"{ENT}Quetta", "entity", "City", "Quetta", mentions=(visit,)),
        Node(f"{ENT}Zahra_Omid", "entity", "Person", "Zahra Omid", mentions=(visit,)),
        Node(
            f"{EV}Attack_2023-12-15_Rask",
            "event",
            "Attack",
            "Attack, Rask, 15 Dec 2023",
            earliest=date(2023, 12, 15),
            latest=date(2023, 12, 15),
            values=(
                Value("deaths", "11", Bound.EXACT, True, (said(ATTACK_SENTENCE, "11"),)),
                Value(
                    "deaths",
                    "12",
                    Bound.EXACT,
                    False,
                    (said("Twelve died, the union said.", "Twelve", article=WEEKLY),),
                ),
            ),
            mentions=(attack,),
        ),
        Node(
            f"{EV}MilitaryStrike_2024-01",
            "event",
            "MilitaryStrike",
            "Military strike, Jan 2024",
            factuality=Factuality.POSSIBLE,
            earliest=date(2024, 1, 1),
            latest=date(2024, 1, 31),
            mentions=(strike,),
        ),
        Node(
            f"{EV}Visit_Quetta",
            "event",
            "Visit",
            "Visit, Quetta",
            factuality=Factuality.DENIED,
            mentions=(visit,),
        ),
    )
    attack_id, strike_id, visit_id = (node.id for node in nodes[5:])
    edges = (
        Edge(group, f"{ENT}Iran", "hostileTo", evidence=(said(ATTACK_SENTENCE),)),
        Edge(
            group,
            f"{ENT}Iran",
            "operatesIn",
            status=Status.ATTRIBUTED,
            evidence=(
                said(
                    "The group operates in Iran, Iran says.",
                    "operates",
                    speaker="Iran",
                    status=Status.ATTRIBUTED,
                ),
            ),
        ),
        Edge(f"{ENT}Rask", f"{ENT}Iran", "locatedIn", evidence=(said(ATTACK_SENTENCE, "in Rask"),)),
        Edge(attack_id, group, "agent", evidence=(attack,)),
        Edge(attack_id, f"{ENT}Rask", "place", evidence=(attack,)),
        Edge(strike_id, f"{ENT}Iran", "agent", evidence=(strike,), **possible),
        Edge(strike_id, group, "target", evidence=(strike,), **possible),
        Edge(visit_id, f"{ENT}Quetta", "place", evidence=(visit,), **denied),
        Edge(visit_id, f"{ENT}Iran", "agent", evidence=(visit,), **denied),
    )
    return Network(
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda edge: (edge.source, edge.predicate, edge.target))),
        (DAILY, WEEKLY),
    )
