"""Which predicted entity stands for which gold one, and which predicted event for which.

Local ids mean nothing outside their extraction, so relations, arguments and speakers are compared
after the things they link have been aligned by their words in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.coreference import Cluster, partition
from kg.model import Entity, Event, Extraction, MentionKind, Span


@dataclass(frozen=True)
class Alignment:
    """Predicted local ids to gold local ids, of one article."""

    entities: Mapping[str, str]
    events: Mapping[str, str]


def align(predicted: Extraction, gold: Extraction) -> Alignment:
    """Both alignments of one article."""
    return Alignment(
        align_entities(predicted.entities, gold.entities),
        align_events(predicted.events, gold.events),
    )


def align_entities(predicted: Sequence[Entity], gold: Sequence[Entity]) -> dict[str, str]:
    """Each predicted entity to the gold entity whose mentions it shares most.

    First counted are mentions with equal spans, then whether the names are the same (in any
    case; the gold has a few entities that are only implied and have no mention), then characters
    shared by overlapping mentions; of equals, the gold entity first in the file. The type plays
    no part. Several predicted entities may go to one gold entity: that they should have been one
    is charged by coreference, not a second time by every relation. An entity that shares neither
    name nor character has no counterpart.
    """
    return {
        entity.id: best for entity in predicted if (best := _most_shared(entity, gold)) is not None
    }


def _most_shared(entity: Entity, gold: Sequence[Entity]) -> str | None:
    spans = {mention.span for mention in entity.mentions}
    best, most = None, (0, False, 0)
    for candidate in gold:
        others = {mention.span for mention in candidate.mentions}
        same_name = candidate.name.casefold() == entity.name.casefold()
        shared = (len(spans & others), same_name, _shared_characters(spans, others))
        if shared > most:
            best, most = candidate.id, shared
    return best


def _shared_characters(spans: Iterable[Span], others: Collection[Span]) -> int:
    return sum(
        max(0, min(span.end, other.end) - max(span.start, other.start))
        for span in spans
        for other in others
    )


def align_events(predicted: Sequence[Event], gold: Sequence[Event]) -> dict[str, str]:
    """Predicted to gold events one to one, by overlapping triggers.

    Pairs are taken greedily: first those of the same type, then those with most equal triggers,
    then most overlapping ones, then fewest triggers that do not overlap, then in the order of the
    text. An event without a free counterpart is left out.
    """
    pairs = []
    for left in predicted:
        for right in gold:
            shared = sum(any(a.overlaps(b) for b in right.triggers) for a in left.triggers)
            if shared:
                equal = len(set(left.triggers) & set(right.triggers))
                surplus = len(left.triggers) + len(right.triggers) - 2 * shared
                worth = (left.type != right.type, -equal, -shared, surplus)
                pairs.append((worth, left.triggers, left.id, right.triggers, right.id))
    aligned: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, left_id, _, right_id in sorted(pairs):
        if left_id not in aligned and right_id not in taken:
            aligned[left_id] = right_id
            taken.add(right_id)
    return aligned


def match_phrases(span: Span, other: Span) -> bool:
    """Whether two phrases mean the same thing: they share half the characters of the shorter.

    Annotators and parsers end phrases at different words ("officers", "11 police officers"), so
    that equal spans would be too much to ask.
    """
    shared = min(span.end, other.end) - max(span.start, other.start)
    shorter = min(span.end - span.start, other.end - other.start)
    return span.document == other.document and 0 < shared >= shorter / 2


def clusters(
    predicted: Iterable[Entity], gold: Iterable[Entity], *, kinds: Collection[MentionKind]
) -> tuple[list[Cluster], list[Cluster]]:
    """The mention spans of predicted and gold entities as partitions, for coreference.

    Phrases that the gold puts under several entities ("both men") are taken out on both sides,
    since the scores of coreference want each mention in one cluster; a span predicted for several
    entities stays with the first.
    """
    wanted = [_spans(entity, kinds) for entity in gold]
    owners = Counter(span for spans in wanted for span in spans)
    shared = {span for span, count in owners.items() if count > 1}
    return (
        partition(_spans(entity, kinds) - shared for entity in predicted),
        partition(spans - shared for spans in wanted),
    )


def _spans(entity: Entity, kinds: Collection[MentionKind]) -> frozenset[Span]:
    return frozenset(mention.span for mention in entity.mentions if mention.kind in kinds)
