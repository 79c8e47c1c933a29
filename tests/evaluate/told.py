"""Builds extractions from words, for tests that state what an extractor found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import (
    Argument,
    Document,
    Entity,
    Event,
    EventTime,
    Extraction,
    Mention,
    MentionKind,
    Relation,
    Span,
)


class Article:
    """One document, in which `span("words")` finds the first place of the words."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.relations: list[Relation] = []
        self.events: list[Event] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(self.document.id, start, start + len(words))

    def entity(self, kind: str, *words: str, id: str = "") -> str:
        name = id or f"e{len(self.entities)}"
        mentions = tuple(Mention(self.span(w), MentionKind.NAME) for w in words)
        self.entities.append(Entity(name, kind, words[0], mentions))
        return name

    def relation(self, subject: str, predicate: str, target: str) -> None:
        self.relations.append(Relation(subject, predicate, target, ()))

    def event(
        self,
        kind: str,
        *triggers: str,
        time: EventTime | None = None,
        entities: Mapping[str, Iterable[str]] | None = None,
        phrases: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """`entities` and `phrases` give the fillers of each role, ids and words."""
        mentions = {e.id: e.mentions[0].span for e in self.entities}
        arguments = [
            Argument(role, mentions[e], e) for role, ids in (entities or {}).items() for e in ids
        ]
        arguments += [
            Argument(role, self.span(w)) for role, words in (phrases or {}).items() for w in words
        ]
        self.events.append(
            Event(
                f"v{len(self.events)}",
                kind,
                tuple(self.span(t) for t in triggers),
                arguments=tuple(arguments),
                time=time,
            )
        )

    def extraction(self) -> Extraction:
        return Extraction(
            self.document,
            "told",
            sentences=(Span(self.document.id, 0, len(self.document.text)),),
            entities=tuple(self.entities),
            relations=tuple(self.relations),
            events=tuple(self.events),
        )
