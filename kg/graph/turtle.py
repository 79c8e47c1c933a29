"""The graph as Turtle and TriG: in one order, readable, byte-identical between runs.

Subjects go by IRI, and within a subject rdf:type comes first, then predicates and objects by
their text. The files are streamed: at no time more than the subjects of one graph and the
triples of one subject are in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import IO, Any

import pyoxigraph as ox

from kg.graph.store import DEFAULT_GRAPH, Graph, Store
from kg.graph.vocabulary import PREFIXES, RDF_TYPE

Output = str | os.PathLike[str] | IO[bytes]


def write_turtle(store: Store, output: Output) -> None:
    """The direct triples as Turtle."""
    triples = (quad.triple for quad in ordered(store, DEFAULT_GRAPH))
    serialize(triples, output, ox.RdfFormat.TURTLE)


def write_trig(store: Store, output: Output) -> None:
    """The whole graph as TriG: direct triples first, then the named graphs by IRI."""
    serialize(ordered_all(store), output, ox.RdfFormat.TRIG)


def serialize(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad], output: Output, format: ox.RdfFormat
) -> None:
    """Write the statements, in the order given, to a file by path or to an open binary file."""
    ox.serialize(statements, output, format, prefixes=PREFIXES)


def ordered_all(store: Store) -> Iterator[ox.Quad]:
    """Every quad of the store in the canonical order."""
    graphs: list[Graph] = [DEFAULT_GRAPH, *store.named_graphs()]
    for graph in graphs:
        yield from ordered(store, graph)


def ordered(store: Store, graph: Graph) -> Iterator[ox.Quad]:
    """The quads of one graph in the canonical order."""
    for subject in sorted(_subjects(store, graph), key=_key):
        yield from sorted(store.quads(subject=subject, graph=graph), key=_within_subject)


def _subjects(store: Store, graph: Graph) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """Every subject of the graph, once. Asked as a query, so that only subjects are decoded."""
    pattern = "?s ?p ?o" if graph == DEFAULT_GRAPH else f"GRAPH {graph} {{ ?s ?p ?o }}"
    solutions: Any = store.oxigraph.query(f"SELECT DISTINCT ?s WHERE {{ {pattern} }}")
    return (solution["s"] for solution in solutions)


def _key(term: Any) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _within_subject(quad: ox.Quad) -> tuple[bool, str, str]:
    predicate = quad.predicate.value
    return (predicate != RDF_TYPE, predicate, str(quad.object))
