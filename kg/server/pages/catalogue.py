"""All names of a graph in memory: for suggestions, lists and counts, read once a graph."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.lookup import CLOSE, MAX_SUGGESTIONS, folded
from kg.graph.network import Edge, Network, Node
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import ENTITY_TYPES, EVENT_TYPES, PREDICATES, ROLES
from kg.model import Factuality, Status
from kg.server.pages.dispute import disputed_events
from kg.view.style import category_of

_MAKING = Lock()
_KNOWN: WeakKeyDictionary[Store, Catalogue] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing as lists show it. `weight` is the number of things it is directly tied to."""

    iri: str
    label: str
    type: str
    category: str
    aliases: tuple[str, ...] = ()
    weight: int = 0
    earliest: date | None = None
    latest: date | None = None
    factuality: Factuality = Factuality.FACTUAL


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by name; `alias` is the other name that matched, "" for its main name."""

    entry: Entry
    alias: str = ""


class Catalogue:
    """The names, types, dates and ties that are taken as fact, without any evidence."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.network = Network(*_nodes_and_edges(store), ())
        weights = _weights(self.network.edges)
        self.entries = tuple(_entry(node, weights.get(node.id, 0)) for node in self.network.nodes)
        self.by_iri = {entry.iri: entry for entry in self.entries}

    def find(self, text: str, *, most: int = 12) -> list[Hit]:
        """The things whose names hold all words of `text`: whole names and word starts first."""
        words = folded(text).split()
        if not words:
            return []
        whole = " ".join(words)
        best: dict[str, tuple[int, int, str]] = {}
        for key, iri, alias in self._names:
            if all(word in key for word in words):
                rank = (_closeness(key, whole, words), bool(alias), alias)
                if iri not in best or rank < best[iri]:
                    best[iri] = rank
        ranked = sorted(
            best, key=lambda iri: (best[iri][0], -self.by_iri[iri].weight, self.by_iri[iri].label)
        )
        return [Hit(self.by_iri[iri], best[iri][2]) for iri in ranked[:most]]

    def close(self, text: str) -> list[Entry]:
        """Things whose names are spelt alike, for one who mistyped."""
        by_key: dict[str, str] = {}
        for key, iri, _ in self._names:
            by_key.setdefault(key, iri)
        keys = difflib.get_close_matches(folded(text), by_key, n=MAX_SUGGESTIONS, cutoff=CLOSE)
        return [self.by_iri[iri] for iri in dict.fromkeys(by_key[key] for key in keys)]

    def top(self, *categories: str, types: Iterable[str] = ()) -> list[Entry]:
        """The things of these categories or types, the most connected first."""
        wanted = set(types)
        found = [e for e in self.entries if e.category in categories or e.type in wanted]
        return sorted(found, key=lambda entry: (-entry.weight, entry.label, entry.iri))

    @cached_property
    def events(self) -> tuple[Entry, ...]:
        """All events in order of time, those without a date last."""
        events = (entry for entry in self.entries if entry.category == "event")
        return tuple(sorted(events, key=_in_time))

    @cached_property
    def events_of(self) -> dict[str, set[str]]:
        """The events in which an entity plays a role, by entity."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.network.edges:
            if edge.predicate in ROLES:
                found[edge.target].add(edge.source)
        return found

    @cached_property
    def articles(self) -> int:
        """The number of articles."""
        class_ = ox.NamedNode(v.SCHEMA + "NewsArticle")
        quads = self._store.quads(predicate=ox.NamedNode(v.RDF_TYPE), value=class_)
        return sum(1 for _ in quads)

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """The events whose sources give numbers or dates that cannot all be true."""
        return disputed_events(self._store)

    @cached_property
    def _names(self) -> tuple[tuple[str, str, str], ...]:
        """(name as compared, IRI, the alias it comes from or "")."""
        return tuple(
            (folded(name), entry.iri, alias)
            for entry in self.entries
            for name, alias in ((entry.label, ""), *((a, a) for a in entry.aliases))
        )


def catalogue(store: Store) -> Catalogue:
    """The catalogue of `store`, made when first asked for and kept as long as the store."""
    with _MAKING:
        found = _KNOWN.get(store)
        if found is None:
            found = _KNOWN[store] = Catalogue(store)
    return found


def _nodes_and_edges(store: Store) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    types = _types(store)
    labels = {**_values(store, v.PREF_LABEL), **_values(store, v.LABEL)}
    aliases: dict[str, list[str]] = defaultdict(list)
    for iri, alias in _pairs(store, v.ALT_LABEL):
        aliases[iri].append(alias)
    earliest = _values(store, v.KG + v.DATE_EARLIEST)
    latest = _values(store, v.KG + v.DATE_LATEST)
    factuality = _values(store, v.KG + "factuality")
    nodes = tuple(
        Node(
            id=iri,
            kind="event" if iri.startswith(v.EV) else "entity",
            type=type_name,
            label=labels.get(iri, iri.rsplit("/", 1)[-1]),
            aliases=tuple(sorted(aliases.get(iri, ()))),
            factuality=Factuality(factuality.get(iri, "Factual").removeprefix(v.KG)),
            earliest=_day(earliest.get(iri)),
            latest=_day(latest.get(iri)),
        )
        for iri, type_name in sorted(types.items())
    )
    return nodes, tuple(_edges(store, types))


def _edges(store: Store, known: dict[str, str]) -> Iterator[Edge]:
    """Relations and roles among the direct triples, each once."""
    ties = {
        (source, predicate, target)
        for predicate in (*PREDICATES, *ROLES)
        for source, target in _pairs(store, v.KG + predicate)
        if source in known and target in known
    }
    acting = {(source, target) for source, predicate, target in ties if predicate != "participant"}
    for source, predicate, target in sorted(ties):
        relation = PREDICATES.get(predicate)
        mirrored = relation and relation.symmetric and target < source
        implied = predicate == "participant" and (source, target) in acting
        if not (mirrored or implied):
            yield Edge(source, target, predicate, status=Status.ACCEPTED)


def _types(store: Store) -> dict[str, str]:
    found = {}
    for predicate in (v.RDF_TYPE, v.KG + "eventType"):
        for iri, class_ in _pairs(store, predicate):
            name = class_.removeprefix(v.KG)
            if name in (EVENT_TYPES if iri.startswith(v.EV) else ENTITY_TYPES):
                found[iri] = name
    return found


def _pairs(store: Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads(predicate=ox.NamedNode(predicate), graph=DEFAULT_GRAPH):
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode):
            yield _text(quad.subject), _text(quad.object)


def _values(store: Store, predicate: str) -> dict[str, str]:
    return dict(_pairs(store, predicate))


def _text(term: Any) -> str:
    return str(term.value)


def _weights(edges: Iterable[Edge]) -> dict[str, int]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    return {iri: len(others - {iri}) for iri, others in near.items()}


def _entry(node: Node, weight: int) -> Entry:
    return Entry(
        iri=node.id,
        label=node.label,
        type=node.type,
        category=category_of(node.kind, node.type).name,
        aliases=node.aliases,
        weight=weight,
        earliest=node.earliest,
        latest=node.latest,
        factuality=node.factuality,
    )


def _in_time(entry: Entry) -> tuple[date, date, str]:
    start = entry.earliest or entry.latest or date.max
    return (start, entry.latest or start, entry.iri)


def _closeness(key: str, whole: str, words: list[str]) -> int:
    """0 the name itself, 1 it begins so, 2 every word begins a word of it, 3 inside words."""
    if key == whole:
        return 0
    if key.startswith(whole):
        return 1
    return 2 if all(f" {word}" in f" {key}" for word in words) else 3


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
