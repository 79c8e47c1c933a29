"""A sentence that supports a statement: its words marked, what stands around it, who says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.network import Article, Evidence
from kg.graph.store import Store
from kg.graph.strength import STATUS_STRENGTH
from kg.server.pages.address import article_address
from kg.server.pages.words import standing
from kg.view.period import period_words

AROUND = 240
"""Characters of the article shown on each side of a sentence: one or two more sentences."""

_TEXT = ox.NamedNode(v.NIF + "isString")


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it is cited; `when` is its date in words."""

    title: str
    publisher: str
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence cut into (text, whether it is marked), and what stands before and after it.

    `source.address` leads to the sentence in its article; `standing` says how far it is from a
    fact ("planned"), "" for one.
    """

    parts: tuple[tuple[str, bool], ...]
    before: str
    after: str
    source: Source
    speaker: str
    standing: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quotes:
    """Some of the sentences behind a statement, and how many there are, in how many articles."""

    shown: tuple[Quote, ...]
    sentences: int
    articles: int

    @property
    def more(self) -> int:
        """How many sentences are not shown."""
        return self.sentences - len(self.shown)


class Quoting:
    """Makes quotes of the evidence in one graph; reads each article's text once."""

    def __init__(self, store: Store, articles: Iterable[Article]) -> None:
        self._store = store
        self._articles: Mapping[str, Article] = {article.id: article for article in articles}
        self._texts: dict[str, str] = {}

    def quotes(self, evidence: Iterable[Evidence], *, most: int = 3) -> Quotes:
        """The first `most` sentences, what articles themselves say first."""
        together = joined(evidence)
        ordered = sorted(together, key=self._order)
        return Quotes(
            tuple(self.quote(item) for item in ordered[:most]),
            len(together),
            len({item.article for item in together}),
        )

    def quote(self, evidence: Evidence) -> Quote:
        """One sentence with its surroundings and its source."""
        text = self._text(evidence.article)
        return Quote(
            parts=marked(evidence.sentence, evidence.highlights),
            before=_tail(text[max(0, evidence.start - AROUND) : evidence.start], evidence.start),
            after=_head(text[evidence.end : evidence.end + AROUND], len(text) - evidence.end),
            source=self.source(evidence.article, evidence.start, evidence.end),
            speaker=evidence.speaker,
            standing=standing(evidence.factuality, evidence.status),
            confidence=evidence.confidence,
        )

    def source(self, id: str, start: int | None = None, end: int | None = None) -> Source:
        """An article, cited at the characters `start` to `end`."""
        article = self._articles[id]
        return Source(
            article.title or id,
            article.source,
            period_words(article.published, article.published),
            article_address(id, start, end),
        )

    def _order(self, evidence: Evidence) -> tuple[bool, str, str, int]:
        published = self._articles[evidence.article].published
        day = published.isoformat() if published else "9999"
        return (bool(evidence.speaker), day, evidence.article, evidence.start)

    def _text(self, id: str) -> str:
        if id not in self._texts:
            node = iri.document(id)
            found: Any = next(self._store.quads(subject=node, predicate=_TEXT, graph=node), None)
            self._texts[id] = str(found.object.value) if found else ""
        return self._texts[id]


def joined(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Evidence of the same sentence, speaker and certainty as one, with all its words marked."""
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for item in evidence:
        key = (item.article, item.start, item.end, item.speaker, item.factuality)
        groups.setdefault(key, []).append(item)
    return [_merged(group) for group in groups.values()]


def _merged(group: Sequence[Evidence]) -> Evidence:

    best = min(group, key=lambda e: (STATUS_STRENGTH.index(e.status), -e.confidence))
    words = sorted({pair for item in group for pair in item.highlights})
    return replace(best, highlights=tuple(words))


def marked(sentence: str, highlights: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The sentence cut at its highlights, which may touch or overlap."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(highlights):
        if end > max(start, at):
            parts += [
                (sentence[at : max(start, at)], False),
                (sentence[max(start, at) : end], True),
            ]
            at = end
    return tuple(part for part in (*parts, (sentence[at:], False)) if part[0])


def _tail(text: str, length: int) -> str:
    """The end of what stands before, from a whole word on; `length` is all there is."""
    if length > len(text):
        text = "… " + re.sub(r"^\S*\s+", "", text)
    return text.lstrip()


def _head(text: str, length: int) -> str:
    """The beginning of what follows, up to a whole word."""
    if length > len(text):
        text = re.sub(r"\s+\S*$", "", text) + " …"
    return text.rstrip()
