"""One article's entity or event taken apart: some of its mentions speak of something else.

What an article says with the mentions that go, goes with them: the arguments at these words, and
the relations, speakers, times and numbers of sentences in which only these mentions stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kg.model import (
    Action,
    Argument,
    Correction,
    Entity,
    EntityRef,
    Event,
    Extraction,
    MentionKind,
    Quote,
    Span,
)


def divided(
    extractions: Iterable[Extraction], corrections: Iterable[Correction]
) -> list[Extraction]:
    """The extractions, with the local things divided whose mentions a split parts.

    A mention that is not there is passed over; one that takes all of its local thing along
    divides nothing. The order of the extractions stays.
    """
    wanted: dict[str, list[tuple[Correction, list[Quote]]]] = defaultdict(list)
    for correction in corrections:
        if correction.action is Action.SPLIT:
            by_article: dict[str, list[Quote]] = defaultdict(list)
            for quote in correction.quotes:
                by_article[quote.span.document].append(quote)
            for document, quotes in by_article.items():
                wanted[document].append((correction, quotes))
    result = []
    for extraction in extractions:
        for correction, quotes in wanted.get(extraction.document.id, ()):
            extraction = _divide(extraction, correction, quotes)
        result.append(extraction)
    return result


def _divide(extraction: Extraction, correction: Correction, quotes: Sequence[Quote]) -> Extraction:
    text = extraction.document.text
    gone = {quote.span for quote in quotes if quote.span.of(text) == quote.words}
    if isinstance(correction.targets[0].ref, EntityRef):
        for entity in extraction.entities:
            spans = {mention.span for mention in entity.mentions}
            if gone & spans and spans - gone:
                extraction = _divide_entity(extraction, entity, gone, correction.number)
        return extraction
    for event in extraction.events:
        if gone & set(event.triggers) and set(event.triggers) - gone:
            extraction = _divide_event(extraction, event, gone, correction.number)
    return extraction


def _divide_entity(
    extraction: Extraction, entity: Entity, gone: Collection[Span], number: int
) -> Extraction:
    """`entity` keeps what is not in `gone`; the rest is an entity of its own."""
    text = extraction.document.text
    left = tuple(mention for mention in entity.mentions if mention.span not in gone)
    taken = tuple(mention for mention in entity.mentions if mention.span in gone)
    other = f"{entity.id}.{number}"

    def name(kept: Sequence[object]) -> str:
        names = [m.span.of(text) for m in entity.mentions if m in kept and _is_name(m.kind)]
        words = [m.span.of(text) for m in entity.mentions if m in kept]
        return max(names or words, key=len)

    sides = _Sides([m.span for m in left], [m.span for m in taken])

    def owner(id: str, places: Sequence[Span]) -> str:
        return other if id == entity.id and sides.takes(places) else id

    def speaker(said_by: str | Span | None, places: Sequence[Span]) -> str | Span | None:
        return owner(said_by, places) if isinstance(said_by, str) else said_by

    def argument(item: Argument) -> Argument:
        at_words = any(item.span.overlaps(mention.span) for mention in taken)
        stays = any(item.span.overlaps(mention.span) for mention in left)
        moves = item.entity == entity.id and at_words and not stays
        return replace(item, entity=other) if moves else item

    kept_name = entity.name if entity.name in {m.span.of(text) for m in left} else name(left)
    return replace(
        extraction,
        entities=tuple(
            half
            for item in extraction.entities
            for half in (
                (
                    replace(entity, name=kept_name, mentions=left),
                    Entity(other, entity.type, name(taken), taken, entity.confidence),
                )
                if item is entity
                else (item,)
            )
        ),
        relations=tuple(
            replace(
                relation,
                subject=owner(relation.subject, relation.evidence),
                object=owner(relation.object, relation.evidence),
                attributed_to=speaker(relation.attributed_to, relation.evidence),
            )
            for relation in extraction.relations
        ),
        events=tuple(
            replace(
                event,
                arguments=tuple(argument(item) for item in event.arguments),
                attributed_to=speaker(
                    event.attributed_to, [extraction.sentence_at(t) for t in event.triggers]
                ),
            )
            for event in extraction.events
        ),
    )


def _is_name(kind: MentionKind) -> bool:
    return kind is MentionKind.NAME


def _divide_event(
    extraction: Extraction, event: Event, gone: Collection[Span], number: int
) -> Extraction:
    """`event` keeps the triggers not in `gone`; the rest is an event of its own."""
    left = tuple(trigger for trigger in event.triggers if trigger not in gone)
    taken = tuple(trigger for trigger in event.triggers if trigger in gone)
    sides = _Sides(left, taken)

    def goes(span: Span | None) -> bool:
        return span is not None and sides.takes([extraction.sentence_at(span)])

    time_goes = event.time is not None and goes(event.time.span)
    halves = (
        replace(
            event,
            triggers=left,
            arguments=tuple(item for item in event.arguments if not goes(item.span)),
            time=None if time_goes else event.time,
            quantities=tuple(item for item in event.quantities if not goes(item.span)),
        ),
        replace(
            event,
            id=f"{event.id}.{number}",
            triggers=taken,
            arguments=tuple(item for item in event.arguments if goes(item.span)),
            time=event.time if time_goes else None,
            quantities=tuple(item for item in event.quantities if goes(item.span)),
        ),
    )
    return replace(
        extraction,
        events=tuple(
            half for item in extraction.events for half in (halves if item is event else (item,))
        ),
    )


class _Sides:
    """The mentions that stay and those that go."""

    def __init__(self, left: Sequence[Span], taken: Sequence[Span]) -> None:
        self.left, self.taken = left, taken

    def takes(self, places: Sequence[Span]) -> bool:
        """Whether of the mentions in `places` (sentences) all are among those that go."""

        def inside(spans: Sequence[Span]) -> bool:
            return any(place.contains(span) for place in places for span in spans)

        return inside(self.taken) and not inside(self.left)
