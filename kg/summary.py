"""What a graph holds, counted: printed after every build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from shlex import quote
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import ENTITY_TYPES, words
from kg.model import Status


@dataclass(frozen=True)
class Summary:
    """Counts of a graph; `entities` by type in the order of the inventory, `claims` by status.

    `central` is the label of the entity most is claimed about, countries aside: they are in
    everything. `extractors` tells how many articles each has read; `published` are the first and
    the last publication date (ISO, "" for none), `publishers` how many there are.
    """

    articles: int
    entities: dict[str, int]
    events: int
    unrealized: int
    claims: dict[str, int]
    central: str
    extractors: dict[str, int]
    published: tuple[str, str]
    publishers: int

    def to_record(self) -> dict[str, Any]:
        """As written to disk."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Summary | None:
        """As read from disk; None when it was written by another version of newsgraph."""
        if set(record) != {field.name for field in fields(cls)}:
            return None
        first, last = record["published"]
        return cls(**{**record, "published": (first, last)})


def summarize(store: Store) -> Summary:
    """Counts what `store` holds."""
    things: dict[str, set[str]] = {}
    for quad in store.quads(predicate=ox.NamedNode(v.RDF_TYPE), graph=DEFAULT_GRAPH):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            things.setdefault(quad.subject.value, set()).add(quad.object.value.removeprefix(v.KG))
    events = [types for iri, types in things.items() if iri.startswith(v.EV)]
    entities = Counter(
        kind
        for iri, types in things.items()
        if iri.startswith(v.ENT)
        for kind in types & set(ENTITY_TYPES)
    )
    statuses = Counter(
        quad.object.value.removeprefix(v.KG)
        for quad in store.quads(predicate=ox.NamedNode(v.KG + "status"))
        if isinstance(quad.object, ox.NamedNode)
    )
    articles = [
        quad.subject
        for quad in store.quads(
            predicate=ox.NamedNode(v.RDF_TYPE), value=ox.NamedNode(v.SCHEMA + "NewsArticle")
        )
        if isinstance(quad.subject, ox.NamedNode)
    ]
    days = sorted(_values(store, v.SCHEMA + "datePublished"))
    readers = Counter(
        quad.object.value
        for article in articles
        for quad in store.quads(
            subject=article, predicate=ox.NamedNode(v.KG + "extractor"), graph=article
        )
        if isinstance(quad.object, ox.Literal)
    )
    return Summary(
        articles=len(articles),
        entities={kind: entities[kind] for kind in ENTITY_TYPES if entities[kind]},
        events=len(events),
        unrealized=sum(v.UNREALIZED_EVENT in types for types in events),
        claims={status.value: statuses[status.value] for status in Status},
        central=_central(store, things),
        extractors=dict(sorted(readers.items())),
        published=(days[0], days[-1]) if days else ("", ""),
        publishers=len(set(_values(store, v.SCHEMA + "publisher"))),
    )


def _values(store: Store, predicate: str) -> Iterator[str]:
    """The literals that are values of a predicate, repetitions included."""
    for quad in store.quads(predicate=ox.NamedNode(predicate)):
        if isinstance(quad.object, ox.Literal):
            yield quad.object.value


def _central(store: Store, things: dict[str, set[str]]) -> str:
    ends = Counter(
        quad.object.value
        for end in ("subject", "object")
        for quad in store.quads(predicate=ox.NamedNode(v.RDF + end))
        if isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(v.ENT)
        and not things.get(quad.object.value, set()) & {"Country", "Position"}
    )
    if not ends:
        return ""
    best = min(ends, key=lambda iri: (-ends[iri], iri))
    labels = store.quads(subject=ox.NamedNode(best), predicate=ox.NamedNode(v.PREF_LABEL))
    return next((q.object.value for q in labels if isinstance(q.object, ox.Literal)), "")


def lines(summary: Summary, path: Path, *, extracted: int) -> Iterator[str]:
    """The summary for a person, with what to do next; `path` is the graph's folder."""
    new = f", {extracted} newly read" if extracted != summary.articles else ""
    yield f"{path}: {summary.articles} article{'s' if summary.articles != 1 else ''}{new}"
    total = sum(summary.entities.values())
    kinds = ", ".join(f"{count} {words(kind)}" for kind, count in summary.entities.items())
    yield f"  entities  {total:>6}   {kinds}"
    told = f"{summary.unrealized} planned, possible or denied" if summary.unrealized else ""
    yield f"  events    {summary.events:>6}   {told}".rstrip()
    standing = ", ".join(f"{n} {name.lower()}" for name, n in summary.claims.items() if n)
    yield f"  claims    {sum(summary.claims.values()):>6}   {standing}".rstrip()
    yield f"  look at   {path / 'graph.html'}"
    yield ""
    yield "Try next:"
    yield (
        f"  kg show {path} {quote(summary.central)}"
        if summary.central
        else f"  kg documents {path}"
    )
    yield f"  kg query {path} --name contacts"
    yield f"  kg validate {path}"
