"""The SPARQL page: the named queries, a field to write in, and the answer as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError
from kg.graph import vocabulary as v
from kg.graph.store import Store
from kg.query import named_queries, query
from kg.query.named import declared_parameters
from kg.query.result import compact
from kg.server.pages.address import address, outside

MOST_ROWS = 1000
"""Rows of a table on the page; all of them are at the endpoint."""

EXAMPLE = """SELECT ?person ?name ?post WHERE {
  ?person a kg:Person ;
    skos:prefLabel ?name .
  OPTIONAL { ?person kg:holdsPosition/skos:prefLabel ?post }
}
ORDER BY ?name"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table: what it is called, its page ("" for none), and what it is in SPARQL."""

    text: str
    address: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query as a table, or why there is none."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    error: str = ""


def prefixes() -> str:
    """The declarations to stand above a query; they are predeclared, an editor wants them."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in v.PREFIXES.items())


def chosen(name: str, text: str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The query to run, and the values of the parameters it declares."""
    if not text and name:
        text = next((query.text for query in named_queries() if query.name == name), "")
    declared = {parameter.name for parameter in declared_parameters(text)}
    return text, {key: value for key, value in values.items() if key in declared and value.strip()}


def answer(store: Store, text: str, values: Mapping[str, str]) -> Answer:
    """The answer as a table; an error that the asker can mend is part of the page."""
    try:
        result = query(store, text, parameters=dict(values))
    except KGError as error:
        return Answer(error=str(error))
    if result.boolean is not None:
        return Answer(("answer",), ((Cell("yes" if result.boolean else "no"),),), 1)
    rows: Any = result.rows
    columns = result.columns
    if result.triples is not None:
        columns = ("subject", "predicate", "object")
        rows = [(triple.subject, triple.predicate, triple.object) for triple in result.triples]
    shown = tuple(tuple(_cell(store, term) for term in row) for row in rows[:MOST_ROWS])
    return Answer(columns, shown, len(rows))


def _cell(store: Store, term: Any) -> Cell:
    import pyoxigraph as ox

    if term is None:
        return Cell("")
    if isinstance(term, ox.NamedNode):
        name = compact(term.value)
        if term.value.startswith((v.ENT, v.EV, v.DOC)):
            return Cell(_label(store, term) or name, address(term.value), name)
        return Cell(name)
    if isinstance(term, ox.Literal):
        is_address = term.datatype.value == v.XSD + "anyURI"
        return Cell(term.value, outside(term.value) if is_address else "")
    return Cell(str(term))


def _label(store: Store, node: Any) -> str:
    import pyoxigraph as ox

    for predicate in (v.PREF_LABEL, v.LABEL, v.SCHEMA + "headline"):
        quads: Any = store.quads(subject=node, predicate=ox.NamedNode(predicate))
        for quad in quads:
            return str(quad.object.value)
    return ""
