"""The drawing of what surrounds some things: the data of the viewer, read for these alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.graph.store import Store
from kg.server.pages.address import address, article_address
from kg.server.pages.catalogue import catalogue
from kg.server.pages.surroundings import surroundings
from kg.view.payload import Payload

MOST_CENTRES = 30
"""Things that can be opened in one drawing; with more of them nothing can be told apart."""

START = 3
"""What a drawing begins with when nothing is chosen: the most connected things that act."""


def centres_of(store: Store, chosen: Sequence[str]) -> tuple[str, ...]:
    """The things to draw: those chosen and known, or the most connected ones."""
    names = catalogue(store)
    known = tuple(dict.fromkeys(iri for iri in chosen if iri in names.by_iri))[:MOST_CENTRES]
    if known or chosen:
        return known
    return tuple(entry.iri for entry in names.top("person", "organization")[:START])


def drawing(store: Store, centres: Sequence[str]) -> dict[str, Any]:
    """The viewer's data (`kg/view/assets/data.js`) for what surrounds `centres`.

    Beyond what a drawing in a file has, nodes and articles carry the path of their `page`, and
    nodes `ties`, the number of things they are tied to in the whole graph.
    """
    names = catalogue(store)
    payload = Payload(surroundings(store, centres).network)
    for node in payload.nodes:
        entry = names.by_iri.get(node["iri"])
        node["page"] = address(node["iri"])
        node["ties"] = entry.weight if entry else 0
    for article in payload.tables["articles"]:
        article["page"] = article_address(article["id"])
    nodes = payload.nodes
    edges = [{**edge, "from": edge["source"], "to": edge["target"]} for edge in payload.edges]
    return {"nodes": nodes, "edges": edges, "tables": payload.tables}
