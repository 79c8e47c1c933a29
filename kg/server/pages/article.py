"""An article as it was read, every name and event in it leading to the graph; and all articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import Store
from kg.server.pages.address import address, outside
from kg.server.pages.catalogue import Catalogue, Entry, catalogue
from kg.view.period import period_words

PAGE = 50
"""Articles on one page of the list."""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in the list; `claims` counts the statements found in it."""

    iri: str
    id: str
    title: str
    publisher: str
    published: str
    when: str
    url: str
    claims: int = 0

    @property
    def address(self) -> str:
        """The article's page."""
        return address(self.iri)

    @property
    def link(self) -> str:
        """The article's own address when it can be a link."""
        return outside(self.url)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text inside a sentence. `entry` is the thing it mentions, if any."""

    text: str
    entry: Entry | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces. `start` and `end` are its characters; None between sentences."""

    pieces: tuple[Piece, ...]
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the page of an article shows."""

    article: ArticleEntry
    sentences: tuple[Sentence, ...]
    things: tuple[tuple[Entry, int], ...]
    left: ArticleEntry | None
    right: ArticleEntry | None


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """One page of the list of articles. `number` counts from 1."""

    articles: tuple[ArticleEntry, ...]
    total: int
    number: int
    pages: int
    text: str


def articles(store: Store, text: str = "", number: int = 1) -> ArticlesView:
    """The articles whose title or publisher holds `text`, by date, in portions."""
    wanted = text.casefold().strip()
    found = [
        entry
        for entry in listed(store)
        if wanted in entry.title.casefold() or wanted in entry.publisher.casefold()
    ]
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    return ArticlesView(
        tuple(_counted(store, entry) for entry in shown), len(found), number, pages, text
    )


def article(store: Store, iri: str) -> ArticleView | None:
    """The view of the article `iri`; None when the graph does not know it."""
    every = listed(store)
    place = next((n for n, entry in enumerate(every) if entry.iri == iri), None)
    if place is None:
        return None
    graph = ox.NamedNode(iri)
    text = _one(store, graph, v.NIF + "isString")
    spans = _Spans(store, graph, catalogue(store))
    counts = spans.counts()
    return ArticleView(
        article=_counted(store, every[place]),
        sentences=tuple(_sentences(text, spans)),
        things=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].label))),
        left=every[place - 1] if place else None,
        right=every[place + 1] if place + 1 < len(every) else None,
    )


def listed(store: Store) -> list[ArticleEntry]:
    """All articles in order of their dates, those without one last."""
    class_ = ox.NamedNode(v.SCHEMA + "NewsArticle")
    quads = store.quads(predicate=ox.NamedNode(v.RDF_TYPE), value=class_)
    entries = [_entry(store, quad.subject) for quad in quads]
    return sorted(entries, key=lambda entry: (entry.published or "9999", entry.id))


def _entry(store: Store, node: Any) -> ArticleEntry:

    published = _one(store, node, v.SCHEMA + "datePublished")
    day = date.fromisoformat(published) if published else None
    id = _one(store, node, v.SCHEMA + "identifier")
    return ArticleEntry(
        iri=node.value,
        id=id,
        title=_one(store, node, v.SCHEMA + "headline") or id,
        publisher=_one(store, node, v.SCHEMA + "publisher"),
        published=published,
        when=period_words(day, day),
        url=_one(store, node, v.SCHEMA + "url"),
    )


def _counted(store: Store, entry: ArticleEntry) -> ArticleEntry:

    graph = ox.NamedNode(entry.iri)
    claims = store.quads(predicate=ox.NamedNode(v.KG + "status"), graph=graph)
    return replace(entry, claims=sum(1 for _ in claims))


class _Spans:
    """The spans of one article: its sentences, and what is mentioned where."""

    def __init__(self, store: Store, graph: ox.NamedNode, names: Catalogue) -> None:
        self._store, self._graph, self._names = store, graph, names
        self._begin = self._numbers("beginIndex")
        self._end = self._numbers("endIndex")
        sentence = ox.NamedNode(v.NIF + "Sentence")
        self.sentences = sorted(
            self._place(quad.subject.value)
            for quad in self._quads(v.RDF_TYPE, sentence)
            if quad.subject.value in self._begin
        )
        self.mentions = sorted(
            {*self._entities(), *self._events()}, key=lambda item: (item[0], item[1], item[2].iri)
        )

    def counts(self) -> dict[Entry, int]:
        """How often each thing is mentioned."""
        found: dict[Entry, int] = {}
        for _, _, entry in self.mentions:
            found[entry] = found.get(entry, 0) + 1
        return found

    def _entities(self) -> Iterator[tuple[int, int, Entry]]:
        for quad in self._quads(v.KG + "refersTo"):
            entry = self._names.by_iri.get(quad.object.value)
            if entry:
                yield (*self._place(quad.subject.value), entry)

    def _events(self) -> Iterator[tuple[int, int, Entry]]:
        """The trigger words: what expresses the claim that an event is of its type."""
        for quad in self._quads(v.RDF + "predicate", ox.NamedNode(v.RDF_TYPE)):
            subject = _one(self._store, quad.subject, v.RDF + "subject")
            entry = self._names.by_iri.get(subject)
            if entry and entry.category == "event":
                words = ox.NamedNode(v.KG + "expressedBy")
                expressions: Iterator[Any] = self._store.quads(
                    subject=quad.subject, predicate=words
                )
                for expressed in expressions:
                    yield (*self._place(expressed.object.value), entry)

    def _quads(self, predicate: str, value: Any = None) -> Iterator[Any]:
        return self._store.quads(predicate=ox.NamedNode(predicate), value=value, graph=self._graph)

    def _numbers(self, name: str) -> dict[str, int]:
        return {quad.subject.value: int(quad.object.value) for quad in self._quads(v.NIF + name)}

    def _place(self, span: str) -> tuple[int, int]:
        return self._begin[span], self._end[span]


def _sentences(text: str, spans: _Spans) -> Iterator[Sentence]:
    """The whole text in order: sentences, and what stands between them."""
    at = 0
    for start, end in spans.sentences:
        if start < at:
            continue  # evidence that spans sentences is a "sentence" too; its parts are there
        if start > at:
            yield Sentence((Piece(text[at:start]),))
        inside = [item for item in spans.mentions if start <= item[0] and item[1] <= end]
        yield Sentence(tuple(_pieces(text, start, end, inside)), start, end)
        at = end
    if at < len(text):
        yield Sentence((Piece(text[at:]),))


def _pieces(
    text: str, start: int, end: int, mentions: Iterable[tuple[int, int, Entry]]
) -> Iterator[Piece]:
    """The sentence cut where mentions begin and end; the shortest mention around a piece wins.

    Links cannot hold links: in "Foreign Minister of Pakistan" the last word leads to the
    country, the others to the post.
    """
    mentions = list(mentions)
    cuts = sorted({start, end, *(place for item in mentions for place in item[:2])})
    for left, right in pairwise(cuts):
        around = [item for item in mentions if item[0] <= left and right <= item[1]]
        best = min(around, key=lambda item: (item[1] - item[0], item[2].iri), default=None)
        entry = best[2] if best else None
        yield Piece(text[left:right], entry, address(entry.iri) if entry else "")


def _one(store: Store, node: Any, predicate: str) -> str:
    quad: Any = next(store.quads(subject=node, predicate=ox.NamedNode(predicate)), None)
    return str(quad.object.value) if quad else ""
