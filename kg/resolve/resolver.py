"""Resolution as a whole: entities first, then the posts they hold, then events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import CanonicalEntity, CanonicalEvent, Correction, Extraction, Identities, LocalId
from kg.resolve import entities, events, positions, toponyms
from kg.resolve.affairs import Affairs
from kg.resolve.canonical import canonical_entities
from kg.resolve.copies import copies
from kg.resolve.event_name import canonical_events
from kg.resolve.local import locals_of
from kg.resolve.replay import Replay
from kg.resolve.report import reports_of


def resolve(
    extractions: Iterable[Extraction], corrections: Sequence[Correction] = ()
) -> Identities:
    """Which local entities and events of `extractions` are the same, and why.

    `corrections` outrank all that follows from the articles. Those that part the mentions of one
    article are to be applied to the extractions first (`kg.resolve.division.divided`).
    """
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    replay = Replay(ordered, corrections)
    found = locals_of(ordered)
    places = toponyms.link(found)
    sets, decisions = entities.cluster(found, places)
    first = {local.id: members[0].id for members in sets for local in members}
    posts, post_decisions = positions.cluster(found, ordered, first)
    by_id = {local.id: local for local in found}

    def entity(members: Sequence[LocalId]) -> CanonicalEntity:
        chosen = sorted((by_id[id] for id in members), key=lambda local: local.order)
        return canonical_entities([chosen], places)[0]

    things = replay.entities(canonical_entities([*sets, *posts], places), entity)
    names = {thing.id: thing.name for thing in things}
    reports = reports_of(ordered, things)
    affairs = Affairs([extraction.document for extraction in ordered])
    happenings, event_decisions = events.cluster(reports, names, affairs)
    report_of = {report.id: report for report in reports}

    def event(members: Sequence[LocalId]) -> CanonicalEvent:
        return canonical_events([[report_of[id] for id in members]], names)[0]

    happenings = replay.events(happenings, event)
    return Identities(
        entities=things,
        events=happenings,
        decisions=replay.decisions((*decisions, *post_decisions, *event_decisions)),
        corrections=replay.outcome(),
        copies=tuple(copies(extraction.document for extraction in ordered).items()),
    )
