"""Do relations tie what they may tie? Their domain and range are in the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import PREDICATES
from kg.query.result import compact
from kg.validate.report import Finding

_DOMAIN = (v.RDFS + "domain", v.SCHEMA + "domainIncludes")
_RANGE = (v.RDFS + "range", v.SCHEMA + "rangeIncludes")


def check_ends(store: Store) -> Iterator[Finding]:
    """A warning for every entity of a type that its relation does not take."""
    types = _types(store)
    for name in PREDICATES:
        relation = ox.NamedNode(v.KG + name)
        allowed = [_classes(store, relation, side) for side in (_DOMAIN, _RANGE)]
        for quad in store.quads(predicate=relation, graph=DEFAULT_GRAPH):
            for end, classes in zip((quad.subject, quad.object), allowed, strict=True):
                if not (isinstance(end, ox.NamedNode) and types[end.value] & classes):
                    iri = end.value if isinstance(end, ox.NamedNode) else str(end)
                    message = (
                        f"{compact(iri)} is of a type that kg:{name} does not take, in "
                        f"{' '.join(_shown(term) for term in quad.triple)}"
                    )
                    yield Finding("relation-ends", compact(iri), message, warning=True)


def _types(store: Store) -> dict[str, set[str]]:
    """The classes of everything in the direct triples, superclasses included."""
    above: dict[str, set[str]] = defaultdict(set)
    for solution in store.query("SELECT ?class ?above { ?class rdfs:subClassOf+ ?above }"):
        above[solution["class"].value] |= {solution["class"].value, solution["above"].value}
    types: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads(predicate=ox.NamedNode(v.RDF_TYPE), graph=DEFAULT_GRAPH):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            types[quad.subject.value] |= above.get(quad.object.value, {quad.object.value})
    return types


def _classes(store: Store, relation: ox.NamedNode, side: tuple[str, str]) -> set[str]:
    return {
        quad.object.value
        for predicate in side
        for quad in store.quads(subject=relation, predicate=ox.NamedNode(predicate))
        if isinstance(quad.object, ox.NamedNode)
    }


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)
