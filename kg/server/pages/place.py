"""The places of the graph, or of one matter, on a map and as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.graph.store import Store
from kg.inventory import PLACE_TYPES
from kg.server.pages.address import address
from kg.server.pages.catalogue import Entry, catalogue
from kg.server.pages.map import Map, map_of
from kg.view.focus import focus

MOST = 400


@dataclass(frozen=True, slots=True)
class PlacesView:
    """What the page of places shows: `places` with the number of things tied to each."""

    of: Entry | None
    of_address: str
    map: Map | None
    places: tuple[tuple[Entry, str, int], ...]
    total: int


def places(store: Store, of: str = "") -> PlacesView:
    """The places around the thing `of` (an IRI), or all of them."""
    names = catalogue(store)
    centre = names.by_iri.get(of)
    network = focus(names.network, of, hops=2) if centre else names.network
    ties = Counter(end for edge in network.edges for end in (edge.source, edge.target))
    found = sorted(
        (node.id for node in network.nodes if node.type in PLACE_TYPES),
        key=lambda iri: (-ties[iri], iri),
    )
    return PlacesView(
        of=centre,
        of_address=address(of) if centre else "",
        map=map_of(network),
        places=tuple((names.by_iri[iri], address(iri), ties[iri]) for iri in found[:MOST]),
        total=len(found),
    )
