"""The network that is drawn: nodes, edges, and the sentences behind them."""

from __future__ import annotations

from datetime import date

from kg.graph.network import Node, to_networkx
from kg.graph.reading import network
from kg.model import Factuality, Status
from tests import affair

NETWORK = network(affair.store())
NODES = {node.id.rsplit("/", 1)[-1]: node for node in NETWORK.nodes}
EDGES = {
    (e.source.rsplit("/", 1)[-1], e.predicate, e.target.rsplit("/", 1)[-1]): e
    for e in NETWORK.edges
}


def values(node: Node, predicate: str) -> list[tuple[str, bool]]:
    return [(v.value, v.preferred) for v in node.values if v.predicate == predicate]


def test_an_event_has_its_time_and_all_numbers_with_the_preferred_one() -> None:
    attack = NODES["Rask_attack"]
    assert (attack.earliest, attack.latest) == (date(2023, 12, 15), date(2023, 12, 15))
    assert values(attack, "deaths") == [("11", True), ("11", True), ("12", False)]
    assert values(attack, "date") == [("2023-12-01/2023-12-31", False), ("2023-12-15", True)]
    assert values(attack, "target") == [("a police station", True)]


def test_a_planned_event_keeps_its_type_and_tells_that_it_is_planned() -> None:
    visit = NODES["a2_v4"]
    assert (visit.type, visit.factuality) == ("Visit", Factuality.PLANNED)
    assert EDGES["a2_v4", "destination", "Iran"].status is Status.UNREALIZED


def test_an_edge_quotes_its_sentence_and_points_at_the_words() -> None:
    (evidence,) = EDGES["Rask", "locatedIn", "Iran"].evidence
    marked = [evidence.sentence[start:end] for start, end in evidence.highlights]
    assert marked == ["Rask", "Iran"]
    assert evidence.article == "a1"


def test_an_attributed_edge_names_its_speaker() -> None:
    edge = EDGES["Rask_attack", "agent", "Jaish_al_Adl"]
    assert edge.status is Status.ATTRIBUTED
    assert {evidence.speaker for evidence in edge.evidence} == {"Iranian police"}


def test_quotes_are_the_article_at_their_offsets() -> None:
    texts = {item.document.id: item.document.text for item in affair.extractions()}
    for node in NETWORK.nodes:
        for quote in node.mentions:
            assert texts[quote.article][quote.start : quote.end] == quote.sentence


def test_networkx_gets_labels_types_and_weights() -> None:
    graph = to_networkx(NETWORK)
    assert graph.nodes[NODES["Rask"].id]["label"] == "Rask"
    place = graph.edges[NODES["Rask_attack"].id, NODES["Rask"].id, "place"]
    assert place["weight"] == 3
