"""What the graph says about one IRI, as RDF; runs in a worker."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.graph.store import Store
from kg.server.answer import graph

MOST = 5000
"""Triples of one thing: only countries in a very large graph have more, and SPARQL gives those."""


def description(store: Store, iri: str, *, media_type: str) -> bytes:
    """The triples about `iri`, and of those that point to it the direct ones.

    Raises `UnknownNameError` when there are none.
    """
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise UnknownNameError(f"{iri!r} is no IRI.") from None
    found = {quad.triple: None for quad in store.quads(subject=node)}
    for quad in store.quads(value=node, graph=ox.DefaultGraph()):
        if len(found) >= MOST:
            break
        found[quad.triple] = None
    if not found:
        raise UnknownNameError(f"The graph says nothing about <{iri}>.{_close(store, iri)}")
    left_out = "" if len(found) < MOST else f"Cut off after {MOST} triples; /sparql gives the rest."
    return graph(sorted(found, key=str), media_type, left_out)


def _close(store: Store, iri: str) -> str:
    from urllib.parse import unquote

    from kg.server.pages.search import close_names

    name = unquote(iri.rsplit("/", 1)[-1])[:200]
    labels = dict.fromkeys(hit.entry.label for hit, _ in close_names(store, name))
    return f" Close: {', '.join(labels)}." if labels else ""
