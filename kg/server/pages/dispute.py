"""Which events are told with figures that cannot all be true, without reading their sentences.

The same test as on the event's own page (`kg.view.disagreement`), on the values alone: of the
hundreds of events with several figures most agree, and their evidence need not be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.network import Node, Value
from kg.graph.store import Store
from kg.inventory import QUANTITY_KINDS
from kg.model import Bound, Status
from kg.view.disagreement import disputed

_BOUNDS = (v.DATE_EARLIEST, v.DATE_LATEST)
_SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(v.RDF + name) for name in ("subject", "predicate", "object")
)
_BOUND, _STATUS = ox.NamedNode(v.KG + "bound"), ox.NamedNode(v.KG + "status")
_EVIDENCE = (ox.NamedNode(v.DERIVED_FROM), ox.NamedNode(v.KG + "expressedBy"))
_REJECTED = v.KG + Status.REJECTED.value

Told = tuple[Any, str]
"""A claim, and the value it gives."""


def disputed_events(store: Store) -> tuple[str, ...]:
    """The events with disputed figures, sorted by IRI."""
    told: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for name in (*QUANTITY_KINDS, *_BOUNDS):
        for claim in _claims(store, name):
            for subject, value in zip(
                _objects(store, claim, _SUBJECT), _objects(store, claim, _OBJECT), strict=False
            ):
                told[subject][name].append((claim, value))
    several = (
        iri
        for iri, by_name in told.items()
        if any(len({value for _, value in claims}) > 1 for claims in by_name.values())
    )
    return tuple(sorted(iri for iri in several if disputed(_figures(store, iri, told[iri]))))


def _figures(store: Store, iri: str, told: dict[str, list[Told]]) -> Node:
    """The event with its numbers and dates, and nothing else."""
    values = [
        Value(name, value, _bound(store, claim))
        for name in QUANTITY_KINDS
        for claim, value in told.get(name, ())
        if not _rejected(store, claim)
    ]
    values += [Value(v.DATE, interval) for interval in sorted(set(_intervals(store, told)))]
    return Node(iri, "event", "", "", values=tuple(values))


def _intervals(store: Store, told: dict[str, list[Told]]) -> Iterator[str]:
    """The intervals claimed: the two bounds of one time phrase share their evidence."""
    phrases: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for name in _BOUNDS:
        for claim, value in told.get(name, ()):
            if not _rejected(store, claim):
                spans = (span for link in _EVIDENCE for span in _objects(store, claim, link))
                phrases[tuple(sorted(spans))][name] = value
    for pair in phrases.values():
        yield "/".join(pair.get(name, "..") for name in _BOUNDS)


def _claims(store: Store, predicate: str) -> Iterable[Any]:
    quads: Iterable[Any] = store.quads(predicate=_PREDICATE, value=ox.NamedNode(v.KG + predicate))
    return (quad.subject for quad in quads if quad.subject.value.startswith(v.CLAIM))


def _bound(store: Store, claim: Any) -> Bound | None:
    return next((Bound(iri.removeprefix(v.KG)) for iri in _objects(store, claim, _BOUND)), None)


def _rejected(store: Store, claim: Any) -> bool:
    return _REJECTED in _objects(store, claim, _STATUS)


def _objects(store: Store, subject: Any, predicate: ox.NamedNode) -> list[str]:
    quads: Iterable[Any] = store.quads(subject=subject, predicate=predicate)
    return [quad.object.value for quad in quads]
