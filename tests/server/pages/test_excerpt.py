"""What a page reads for a few things is what the drawing of the whole graph says of them."""

from __future__ import annotations

import pytest

from kg.graph.reading import network
from kg.graph.vocabulary import ENT, EV
from kg.server.pages.entity import entity
from kg.server.pages.event import event
from kg.server.pages.excerpt import Excerpt, claims_from, claims_to
from kg.server.pages.surroundings import happenings, surroundings
from tests import affair

STORE = affair.store()
WHOLE = network(STORE)
NODES = {node.id: node for node in WHOLE.nodes}


@pytest.mark.parametrize("node", WHOLE.nodes, ids=lambda node: node.label)
def test_a_thing_and_its_ties_are_read_as_in_the_whole(node) -> None:
    part = surroundings(STORE, [node.id], mentions=True).network
    assert next(n for n in part.nodes if n.id == node.id) == node
    own = [edge for edge in WHOLE.edges if node.id in (edge.source, edge.target)]
    assert [edge for edge in part.edges if node.id in (edge.source, edge.target)] == own
    assert {n.id: n.label for n in part.nodes}.items() <= {
        n.id: n.label for n in NODES.values()
    }.items()


def test_surroundings_tell_who_else_takes_part() -> None:
    part = surroundings(STORE, [f"{ENT}Jaish_al_Adl"]).network
    labels = {node.label for node in part.nodes}
    assert {"Jaish al-Adl", "Iran", "Pakistan", "Rask"} <= labels
    # Jilani accused the group; whom he met is none of its business.
    assert "Jalil Abbas Jilani" in labels
    assert "Hossein Amir-Abdollahian" not in labels


def test_events_alone_bring_their_figures() -> None:
    attack = f"{EV}Rask_attack"
    part = happenings(STORE, [attack])
    assert next(n for n in part.nodes if n.id == attack).values == NODES[attack].values


def test_more_claims_than_fit_are_counted() -> None:
    iran = f"{ENT}Iran"
    claims = {*claims_from(STORE, iran), *claims_to(STORE, iran)}
    excerpt = Excerpt(STORE)
    assert excerpt.take_claims(claims, most=2) == len(claims) - 2


def test_what_the_graph_does_not_know_has_no_view() -> None:
    assert entity(STORE, f"{ENT}Nobody") is None
    assert event(STORE, f"{EV}Nothing") is None
