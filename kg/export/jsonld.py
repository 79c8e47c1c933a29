"""The graph as compact JSON-LD: a programmer reads it without knowing RDF.

Keys are the plain names of the vocabulary, ids are short (`ent:Iran`), and the `@context` that
makes it RDF stands at the top of the file. It is also shipped as `ontology/context.jsonld`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox

from kg.graph.resources import ontology_file
from kg.graph.store import DEFAULT_GRAPH, Graph, Store
from kg.graph.turtle import ordered
from kg.graph.vocabulary import KG, PREFIXES, RDF_TYPE, XSD

_NAMESPACES = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def write_jsonld(store: Store, output: IO[bytes]) -> None:
    """Everything: the direct triples as top nodes, each named graph as a node with `@graph`."""
    context = json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))["@context"]
    writer = _Writer(context)
    head = json.dumps(context, ensure_ascii=False, indent=1)
    output.write(f'{{"@context": {head},\n"@graph": [\n'.encode())
    for count, node in enumerate(writer.top(store)):
        text = json.dumps(node, ensure_ascii=False, indent=1)
        output.write((",\n" if count else "").encode() + text.encode("utf-8", "replace"))
    output.write(b"\n]}\n")


class _Writer:
    """Writes terms as the context reads them."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.keys: dict[str, str] = {}
        self.types: dict[str, str] = {}
        for key, meaning in context.items():
            if isinstance(meaning, dict):
                iri = _expand(meaning["@id"]) if "@id" in meaning else KG + key
                self.keys[iri] = key
                self.types[iri] = meaning.get("@type", "")

    def top(self, store: Store) -> Iterator[dict[str, Any]]:
        """The members of the outermost `@graph`, one at a time."""
        yield from self.nodes(store, DEFAULT_GRAPH)
        for graph in store.named_graphs():
            yield {"@id": _compact(graph.value), "@graph": [*self.nodes(store, graph)]}

    def nodes(self, store: Store, graph: Graph) -> Iterator[dict[str, Any]]:
        for subject, quads in groupby(ordered(store, graph), key=lambda quad: quad.subject):
            node: dict[str, Any] = {"@id": _id(subject)}
            for predicate, same in groupby(quads, key=lambda quad: quad.predicate.value):
                objects = [quad.object for quad in same]
                if predicate == RDF_TYPE:
                    node["@type"] = _one_or_all([_vocabulary(item) for item in objects])
                else:
                    key = self.keys.get(predicate) or _plain(predicate) or _compact(predicate)
                    values = [self.value(item, self.types.get(predicate, "")) for item in objects]
                    node[key] = _one_or_all(values)
            yield node

    def value(self, term: Any, coerced: str) -> Any:
        """A value as short as the coercion of its key allows."""
        if not isinstance(term, ox.Literal):
            if coerced == "@id":
                return _id(term)
            return _vocabulary(term) if coerced == "@vocab" else {"@id": _id(term)}
        datatype = term.datatype.value
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if coerced and datatype == _expand(coerced):
            return term.value
        if not coerced and datatype == XSD + "string":
            return term.value
        if not coerced and datatype == XSD + "integer":
            return int(term.value)
        return {"@value": term.value, "@type": _compact(datatype)}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _id(term: Any) -> str:
    return _compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _vocabulary(term: Any) -> str:
    """A kg: term by its plain name, anything else as an id."""
    return _plain(term.value) or _id(term)


def _plain(iri: str) -> str:
    name = iri.removeprefix(KG)
    return name if name != iri and name.isidentifier() else ""


def _compact(iri: str) -> str:
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
