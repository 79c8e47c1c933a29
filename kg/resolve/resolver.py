"""Resolution as a whole: entities first, then the posts they hold, then events."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Identities
from kg.resolve import entities, events, positions
from kg.resolve.canonical import canonical_entities
from kg.resolve.local import locals_of


def resolve(extractions: Iterable[Extraction]) -> Identities:
    """Which local entities and events of `extractions` are the same, and why."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    found = locals_of(ordered)
    sets, decisions = entities.cluster(found)
    first = {local.id: members[0].id for members in sets for local in members}
    posts, post_decisions = positions.cluster(found, ordered, first)
    things = canonical_entities([*sets, *posts])
    happenings, event_decisions = events.cluster(ordered, things)
    return Identities(
        entities=things,
        events=happenings,
        decisions=(*decisions, *post_decisions, *event_decisions),
    )
