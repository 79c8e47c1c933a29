"""From a place in an article to the entity or event that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.model import EntityRef, Event, EventRef, Extraction, LocalId, Quote, Span


class Places:
    """Finds what corrections point at; articles are indexed when first asked about."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self.extractions = {item.document.id: item for item in extractions}
        self._entities: dict[str, dict[Span, str]] = {}
        self._events: dict[str, dict[Span, str]] = {}

    @cached_property
    def events(self) -> dict[LocalId, Event]:
        """Every local event."""
        return {
            LocalId(document, event.id): event
            for document, extraction in self.extractions.items()
            for event in extraction.events
        }

    def find(self, quote: Quote, kind: type[EntityRef] | type[EventRef]) -> LocalId | None:
        """The local thing whose mention stands at `quote`: exactly there, or else over it.

        None when the article is not there or says something else at these offsets.
        """
        extraction = self.extractions.get(quote.span.document)
        if extraction is None or quote.span.of(extraction.document.text) != quote.words:
            return None
        mentions = self._mentions(extraction, kind)
        if quote.span in mentions:
            return LocalId(quote.span.document, mentions[quote.span])
        over = [span for span in mentions if span.overlaps(quote.span)]
        if not over:
            return None
        best = max(over, key=lambda span: (_shared(span, quote.span), -span.start, -span.end))
        return LocalId(quote.span.document, mentions[best])

    def _mentions(
        self, extraction: Extraction, kind: type[EntityRef] | type[EventRef]
    ) -> dict[Span, str]:
        index, id = (
            (self._entities if kind is EntityRef else self._events),
            extraction.document.id,
        )
        if id not in index:
            index[id] = {}
            for owner, spans in _spans(extraction, kind):
                for span in spans:
                    index[id].setdefault(span, owner)
        return index[id]


def _spans(
    extraction: Extraction, kind: type[EntityRef] | type[EventRef]
) -> Iterable[tuple[str, Sequence[Span]]]:
    if kind is EntityRef:
        return ((e.id, [mention.span for mention in e.mentions]) for e in extraction.entities)
    return ((event.id, event.triggers) for event in extraction.events)


def _shared(left: Span, right: Span) -> int:
    return min(left.end, right.end) - max(left.start, right.start)
