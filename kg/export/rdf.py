"""The RDF syntaxes beside Turtle and TriG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from kg.graph.store import DEFAULT_GRAPH, Store
from kg.graph.turtle import ordered, ordered_all, serialize
from kg.graph.vocabulary import CLAIM, RDF

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_REIFIES = ox.NamedNode(RDF + "reifies")
_SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object")
)


def write_nquads(store: Store, output: IO[bytes]) -> None:
    """Everything, one statement a line, in canonical order."""
    serialize(ordered_all(store), output, ox.RdfFormat.N_QUADS)


def write_ntriples(store: Store, output: IO[bytes]) -> None:
    """The direct triples, one a line, in canonical order."""
    serialize(_direct(store), output, ox.RdfFormat.N_TRIPLES)


def write_rdfxml(store: Store, output: IO[bytes]) -> None:
    """The direct triples as RDF/XML. Characters that XML cannot hold become U+FFFD."""
    serialize(map(_for_xml, _direct(store)), output, ox.RdfFormat.RDF_XML)


def write_rdf12(store: Store, output: IO[bytes]) -> None:
    """Everything as TriG of RDF 1.2: `claim:x rdf:reifies <<( s p o )>>` for each claim."""
    serialize(_reified(ordered_all(store)), output, ox.RdfFormat.TRIG)


def xml_text(text: str) -> str:
    """The text with what XML cannot hold replaced by U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _direct(store: Store) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ordered(store, DEFAULT_GRAPH))


def _for_xml(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or not _NOT_IN_XML.search(value.value):
        return triple
    clean = ox.Literal(xml_text(value.value), datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, clean)


def _reified(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with the three statement properties of a claim joined into one reified triple.

    The quads of a subject come together, so only those of one claim are held back.
    """
    parts: dict[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    claim: ox.Quad | None = None
    for quad in quads:
        if claim and quad.subject != claim.subject:
            yield from _reifier(claim, parts)
            claim, parts = None, {}
        is_claim = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CLAIM)
        if is_claim and quad.predicate in (_SUBJECT, _PREDICATE, _OBJECT):
            claim = quad
            parts[quad.predicate] = quad.object
        else:
            yield quad
    if claim:
        yield from _reifier(claim, parts)


def _reifier(
    claim: ox.Quad,
    parts: dict[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple],
) -> Iterator[ox.Quad]:
    subject, predicate, value = (parts.get(part) for part in (_SUBJECT, _PREDICATE, _OBJECT))
    if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value:
        said = ox.Triple(subject, predicate, value)
        yield ox.Quad(claim.subject, _REIFIES, said, claim.graph_name)
    else:  # no whole statement: leave it as it stands
        for part, object in parts.items():
            yield ox.Quad(claim.subject, part, object, claim.graph_name)
