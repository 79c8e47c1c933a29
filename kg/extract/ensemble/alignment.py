"""Which entity or event of one reader is which of the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.ensemble.posts import POSITION
from kg.model import Entity, Event, Extraction, MentionKind, Span


def same_entities(model: Sequence[Entity], rules: Iterable[Entity]) -> Mapping[str, str]:
    """For each entity of the rules, the one of the model that shares most of its names.

    A name counts whole where both read the same words, and half where one read more of them
    ("Sistan-Baluchestan" and "Sistan-Baluchestan province").
    """
    posts = {entity.id for entity in model if entity.type == POSITION}
    names = [
        (mention.span, entity.id)
        for entity in model
        for mention in entity.mentions
        if mention.kind in (MentionKind.NAME, MentionKind.DEMONYM)
    ]
    at: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    for span, id in names:
        for place in range(span.start, span.end):
            at[place].append((span, id))
    same = {}
    for entity in rules:
        votes: Counter[str] = Counter()
        for mention in entity.mentions:
            touching = {
                pair
                for place in range(mention.span.start, mention.span.end)
                for pair in at.get(place, ())
            }
            for span, id in touching:
                if (id in posts) != (entity.type == POSITION):
                    continue  # "Iranian" in "Iranian Foreign Minister" is Iran, not the post
                if span == mention.span:
                    votes[id] += 2
                elif span.start == mention.span.start or span.end == mention.span.end:
                    votes[id] += 1
        if votes:
            same[entity.id] = min(votes, key=lambda id: (-votes[id], id))
    return same


def twin_of(event: Event, others: Iterable[Event]) -> Event | None:
    """The event that shares a trigger with `event`, one of its type first."""
    sharing = [
        other
        for other in others
        if any(a.overlaps(b) for a in event.triggers for b in other.triggers)
    ]
    return min(sharing, key=lambda other: (other.type != event.type, other.id), default=None)


def nearest(trigger: Span, events: Iterable[Event], extraction: Extraction) -> Event:
    """The event one of whose triggers is closest to `trigger`, in its sentence if there is one."""
    sentence = extraction.sentence_at(trigger)

    def distance(event: Event) -> tuple[bool, int, str]:
        apart, length = min(
            (not sentence.contains(own), abs(trigger.start - own.start)) for own in event.triggers
        )
        return apart, length, event.id

    return min(events, key=distance)
