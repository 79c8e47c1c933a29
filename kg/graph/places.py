"""What GeoNames knows of the places in the graph: in a graph of its own, since no article says it.

The evidence contract holds for the default graph; background knowledge stands apart in
`<https://w3id.org/newsgraph/places>`, in the terms of GeoNames and the W3C's WGS84 vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.rdf import TYPE, decimal_degrees
from kg.model import Identities, Place

_SAME_AS = NamedNode(v.OWL + "sameAs")
_LATITUDE, _LONGITUDE = NamedNode(v.WGS84 + "lat"), NamedNode(v.WGS84 + "long")
_FEATURE, _NAME = NamedNode(v.GEONAMES + "Feature"), NamedNode(v.GEONAMES + "name")
_CODE, _PARENT = NamedNode(v.GEONAMES + "countryCode"), NamedNode(v.GEONAMES + "parentFeature")


def place_quads(identities: Identities) -> Iterator[Quad]:
    """Every linked place with its GeoNames id, position and country, and what contains it.

    An entity lies in (`kg:locatedIn`) those entities of this graph that are a larger place of its
    chain in GeoNames; the chain itself, up to the country, is `gn:parentFeature`.
    """
    graph = NamedNode(v.PLACES_GRAPH)
    entity_of = {
        entity.place.geonames: iri.entity(entity.id)
        for entity in reversed(identities.entities)
        if entity.place
    }
    described: set[int] = set()
    for entity in identities.entities:
        if entity.place is None:
            continue
        node, place = iri.entity(entity.id), entity.place
        yield Quad(node, _SAME_AS, feature(place), graph)
        for predicate, degrees in ((_LATITUDE, place.latitude), (_LONGITUDE, place.longitude)):
            if degrees is not None:
                yield Quad(node, predicate, decimal_degrees(degrees), graph)
        above: Place | None = place
        while above:
            if above.geonames not in described:
                described.add(above.geonames)
                yield from _described(above, graph)
            above = above.within
            if above and above.geonames in entity_of:
                yield Quad(node, iri.term("locatedIn"), entity_of[above.geonames], graph)


def feature(place: Place) -> NamedNode:
    """The place in GeoNames."""
    return NamedNode(f"https://sws.geonames.org/{place.geonames}/")


def _described(place: Place, graph: NamedNode) -> Iterator[Quad]:
    node = feature(place)
    yield Quad(node, TYPE, _FEATURE, graph)
    yield Quad(node, _NAME, Literal(place.name), graph)
    if place.country:
        yield Quad(node, _CODE, Literal(place.country), graph)
    if place.within:
        yield Quad(node, _PARENT, feature(place.within), graph)
