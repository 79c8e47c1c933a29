"""What is served, told in RDF: the endpoint (SPARQL 1.1 Service Description) and the data (VoID).

Both functions run in a worker. https://www.w3.org/TR/sparql11-service-description/,
https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import Store
from kg.server.answer import GRAPHS, graph

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
DCTERMS = "http://purl.org/dc/terms/"

_RESULT_FORMATS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV "
    "Turtle N-Triples TriG JSON-LD RDF_XML"
).split()

_CLASSES = """SELECT ?term (COUNT(*) AS ?count) WHERE { ?thing a ?term }
GROUP BY ?term ORDER BY ?term"""
_PROPERTIES = """SELECT ?term (COUNT(*) AS ?count) WHERE { ?thing ?term ?value }
GROUP BY ?term ORDER BY ?term"""


MOST_GRAPHS = 1000
"""Named graphs that the description lists; the query that it answers to finds them all."""


def endpoint_description(store: Store, *, base: str, media_type: str) -> bytes:
    """The service description of the endpoint under `base`, with the data set it serves."""
    endpoint, dataset = ox.NamedNode(f"{base}sparql"), ox.NamedNode(f"{base}.well-known/void")
    service, graphs, default = ox.BlankNode("service"), ox.BlankNode("graphs"), ox.BlankNode("all")
    triples = [
        _t(service, v.RDF_TYPE, _n(SD + "Service")),
        _t(service, SD + "endpoint", endpoint),
        _t(service, SD + "supportedLanguage", _n(SD + "SPARQL11Query")),
        _t(service, SD + "feature", _n(SD + "UnionDefaultGraph")),
        _t(service, SD + "feature", _n(SD + "EmptyGraphs")),
        _t(service, SD + "defaultDataset", graphs),
        _t(graphs, v.RDF_TYPE, _n(SD + "Dataset")),
        _t(graphs, SD + "defaultGraph", default),
        _t(default, v.RDF_TYPE, _n(SD + "Graph")),
        _t(default, VOID + "triples", _count(len(store))),
        _t(default, v.RDFS + "seeAlso", dataset),
    ]
    triples += [
        _t(service, SD + "resultFormat", _n(FORMATS + format)) for format in _RESULT_FORMATS
    ]
    for number, name in enumerate(store.named_graphs()[:MOST_GRAPHS]):
        entry = ox.BlankNode(f"graph{number}")
        triples += [
            _t(graphs, SD + "namedGraph", entry),
            _t(entry, v.RDF_TYPE, _n(SD + "NamedGraph")),
            _t(entry, SD + "name", name),
        ]
    return graph(triples, media_type)


def void_description(store: Store, *, base: str, media_type: str) -> bytes:
    """The VoID description of the data: how much of what, in which vocabularies, and where."""
    return graph(_void(store, base), media_type)


def _void(store: Store, base: str) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(f"{base}.well-known/void#dataset")
    yield _t(ox.NamedNode(f"{base}.well-known/void"), v.RDF_TYPE, _n(VOID + "DatasetDescription"))
    yield _t(dataset, v.RDF_TYPE, _n(VOID + "Dataset"))
    yield _t(dataset, DCTERMS + "title", ox.Literal("newsgraph"))
    yield _t(dataset, VOID + "sparqlEndpoint", ox.NamedNode(f"{base}sparql"))
    yield _t(dataset, VOID + "uriSpace", ox.Literal(v.BASE))
    yield _t(dataset, VOID + "uriLookupEndpoint", ox.NamedNode(f"{base}api/v1/search?q="))
    yield _t(dataset, VOID + "triples", _count(len(store)))
    yield _t(dataset, VOID + "documents", _count(_articles(store)))
    for vocabulary in sorted({v.KG, v.RDF, v.RDFS, v.SKOS, v.PROV, v.SCHEMA, v.NIF}):
        yield _t(dataset, VOID + "vocabulary", _n(vocabulary))
    for media_type in dict.fromkeys(GRAPHS):
        yield _t(dataset, DCTERMS + "format", ox.Literal(media_type))
    for name in store.named_graphs()[:1]:
        yield _t(dataset, VOID + "exampleResource", name)
    for number, (term, count) in enumerate(_counted(store, _CLASSES)):
        part = ox.BlankNode(f"class{number}")
        yield _t(dataset, VOID + "classPartition", part)
        yield _t(part, VOID + "class", term)
        yield _t(part, VOID + "entities", _count(count))
    for number, (term, count) in enumerate(_counted(store, _PROPERTIES)):
        part = ox.BlankNode(f"property{number}")
        yield _t(dataset, VOID + "propertyPartition", part)
        yield _t(part, VOID + "property", term)
        yield _t(part, VOID + "triples", _count(count))


def _articles(store: Store) -> int:
    return sum(1 for _ in store.quads(predicate=_n(v.RDF_TYPE), value=_n(v.SCHEMA + "NewsArticle")))


def _counted(store: Store, text: str) -> Iterator[tuple[Any, int]]:
    """Terms of the default graph, which holds what is taken as fact, and how often each is used."""
    rows: Any = store.oxigraph.query(text)
    for row in rows:
        yield row["term"], int(row["count"].value)


def _n(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _t(subject: Any, predicate: str, value: Any) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _count(number: int) -> ox.Literal:
    return ox.Literal(number)
