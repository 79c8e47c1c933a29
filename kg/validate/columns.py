"""The graph by property: each is read once, and every check shares it.

Reading a statement from the store costs some ten microseconds; joining in memory next to
nothing. Measured on 100,000 statements, this halves what the same checks take as SELECTs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.vocabulary import RDF_TYPE, RDFS

Term = Any


class Columns:
    """The values of every property, over all graphs; subjects by IRI."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, dict[str, list[Term]]] = {}

    def of(self, predicate: str) -> Mapping[str, list[Term]]:
        """Subject -> the distinct values of the property, as pyoxigraph terms."""
        if predicate not in self._read:
            column: dict[str, list[Term]] = defaultdict(list)
            for quad in self.store.quads(predicate=ox.NamedNode(predicate)):
                values = column[_text(quad.subject)]
                if quad.object not in values:
                    values.append(quad.object)
            self._read[predicate] = dict(column)
        return self._read[predicate]

    def texts(self, predicate: str) -> dict[str, str]:
        """Subject -> the text of one value."""
        return {subject: _text(values[0]) for subject, values in self.of(predicate).items()}

    def instances(self, name: str) -> set[str]:
        """Everything that has the class or one below it."""
        classes = {ox.NamedNode(iri) for iri in self.with_subclasses(name)}
        return {
            subject
            for subject, types in self.of(RDF_TYPE).items()
            if any(type in classes for type in types)
        }

    def with_subclasses(self, name: str) -> set[str]:
        """The class and everything below it in the ontology."""
        found = self.store.query(f"SELECT ?sub {{ ?sub <{RDFS}subClassOf>+ <{name}> }}")
        return {name, *(solution["sub"].value for solution in found)}


def _text(term: Any) -> str:
    return str(term.value)
