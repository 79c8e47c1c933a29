"""Suite `newsgraph`: everything an extractor finds, against the project's own annotated news.

Gold: files in the format of `kg extract`, one article a line. Entities and events of prediction
and gold are aligned by their words first (`kg.evaluate.alignment`). Then, in one article:

* names: exact span and type of the mentions that name an entity, demonyms included; with the 16
  types, with coarse types (`COARSE`), and the span alone.
* coreference: all mentions (names, phrases, pronouns), and names alone.
* relations: triples (subject, predicate, object) of aligned entities; symmetric predicates in
  either order; the same triple given twice counts once. Triples about entities without a gold
  counterpart are wrong.
* triggers: exact spans; with type. events: aligned events; with type: of equal type.
* arguments: role and filler of aligned events. Two entities fill alike when they are aligned;
  where one side gives a phrase, when the phrases share half the shorter. An argument of an event
  without a counterpart is wrong.
* dates: of aligned events, first and last day equal ("exact") or with a day in common
  ("overlapping"); dates of events without a counterpart are wrong. The same among shared events
  only: leaves out events that only one side has.
* quantities: kind and value, of aligned events.
* factuality: macro F1 of the four values over shared events and shared triples.
* attribution: of shared events and shared triples, who says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import InputError
from kg.evaluate import coreference
from kg.evaluate.alignment import Alignment, align, clusters, match_phrases
from kg.evaluate.baseline import SpacyEntities
from kg.evaluate.coreference import conll
from kg.evaluate.folder import broken, gold_paths, json_lines
from kg.evaluate.score import Score, Tally, exact, mean, per_class
from kg.evaluate.suite import Suite
from kg.extract.record import Record, from_record
from kg.inventory import ORGANIZATION_TYPES, PREDICATES
from kg.model import Event, EventTime, Extraction, MentionKind, Relation, Span, Speaker

FOLDER = "newsgraph"
LAYOUT = (
    "The newsgraph suite needs .jsonl files with one annotated article a line, in the format of "
    "`kg extract`; score your own gold by putting it into such a file."
)
COARSE = {
    **dict.fromkeys(ORGANIZATION_TYPES, "Organization"),
    **dict.fromkeys(("Country", "Region", "City"), "Location"),
}
NAMING = frozenset({MentionKind.NAME, MentionKind.DEMONYM})

Triple = tuple[str, str, str]


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[Extraction]]:
    """The files read and the gold of every article."""
    paths = gold_paths(data, folder=FOLDER, pattern="*.jsonl", layout=LAYOUT, split=split)
    return paths, [gold for path in paths for gold in _gold(path)]


def _gold(path: Path) -> Iterable[Extraction]:
    for number, record in json_lines(path):
        try:
            yield from_record({**record, "published": _day(record)}, extractor="gold")
        except InputError as error:
            raise broken(path, number, str(error).rstrip(".")) from None


def _day(record: Record) -> str | None:
    """The publication date; None when the gold gives no calendar day ("2008-11")."""
    try:
        return date.fromisoformat(record.get("published") or "").isoformat()
    except ValueError:
        return None


def score(
    gold: Sequence[Extraction], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """All measures over all articles; `detail` adds one for each type, predicate and role."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for wanted, found in zip(gold, predicted, strict=True):
        for measure, tally in compare(found, wanted).items():
            sums[measure] += tally
    scores = {measure: tally.score() for measure, tally in sums.items()}
    for name in ("coreference", "coreference of names"):
        scores[f"{name}, CoNLL"] = conll(
            {metric: sums[f"{name}, {metric}"] for metric in coreference.METRICS}
        )
    by_class = [
        tally.score() for measure, tally in sums.items() if measure.startswith("factuality ")
    ]
    if by_class:
        scores["factuality, macro"] = mean(by_class)
    shown = [*MEASURES, *(sorted(set(scores) - {*MEASURES, *HIDDEN}) if detail else ())]
    return {measure: scores[measure] for measure in shown if measure in scores}


MEASURES = (
    "names",
    "names, coarse types",
    "names, span only",
    "coreference, CoNLL",
    "coreference, MUC",
    "coreference, B3",
    "coreference, CEAFe",
    "coreference, LEA",
    "coreference of names, CoNLL",
    "relations",
    "triggers",
    "triggers with type",
    "events",
    "events with type",
    "arguments",
    "arguments that are entities",
    "dates, exact",
    "dates, overlapping",
    "dates, exact, of shared events",
    "quantities",
    "factuality, macro",
    "attribution",
)
"""In the order shown. With details there are also `relation holdsPosition` and the like."""
HIDDEN = tuple(f"coreference of names, {metric}" for metric in coreference.METRICS)


def compare(predicted: Extraction, gold: Extraction) -> dict[str, Tally]:
    """The tallies of one article, for each measure and each detail."""
    alignment = align(predicted, gold)
    return {
        **_names(predicted, gold),
        **_coreference(predicted, gold),
        **_relations(predicted, gold, alignment),
        **_triggers(predicted, gold),
        **_events(predicted, gold, alignment),
        **_arguments(predicted, gold, alignment),
        **_dates(predicted, gold, alignment),
        **_quantities(predicted, gold, alignment),
        **_factuality(predicted, gold, alignment),
        **_attribution(predicted, gold, alignment),
    }


def _each(
    what: str, found: Iterable[tuple[str, Hashable]], wanted: Iterable[tuple[str, Hashable]]
) -> dict[str, Tally]:
    """Details: exact matching for each class, the first of each pair."""
    found, wanted = set(found), set(wanted)
    return {
        f"{what} {name}": exact(
            {item for item in found if item[0] == name},
            {item for item in wanted if item[0] == name},
        )
        for name in sorted({name for name, _ in found | wanted})
    }


def _names(predicted: Extraction, gold: Extraction) -> dict[str, Tally]:
    found, wanted = _named(predicted), _named(gold)
    return {
        "names": exact(found, wanted),
        "names, coarse types": exact(_coarse(found), _coarse(wanted)),
        "names, span only": exact((span for _, span in found), (span for _, span in wanted)),
        **_each("name", found, wanted),
    }


def _named(extraction: Extraction) -> set[tuple[str, Span]]:
    return {
        (entity.type, mention.span)
        for entity in extraction.entities
        for mention in entity.mentions
        if mention.kind in NAMING
    }


def _coarse(named: Iterable[tuple[str, Span]]) -> set[tuple[str, Span]]:
    return {(COARSE.get(kind, kind), span) for kind, span in named}


def _coreference(predicted: Extraction, gold: Extraction) -> dict[str, Tally]:
    result = {}
    for name, kinds in (("coreference", MentionKind), ("coreference of names", NAMING)):
        pair = clusters(predicted.entities, gold.entities, kinds=frozenset(kinds))
        for metric, tally in coreference.tallies(*pair).items():
            result[f"{name}, {metric}"] = tally
    return result


def _relations(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    found, wanted = _triples(predicted, alignment), _triples(gold)
    return {
        "relations": exact(found, wanted),
        **_each("relation", map(_by_predicate, found), map(_by_predicate, wanted)),
    }


def _by_predicate(triple: Triple) -> tuple[str, Triple]:
    return triple[1], triple


def _triples(extraction: Extraction, alignment: Alignment | None = None) -> dict[Triple, Relation]:
    """The relations by their triple of gold entity ids (of own ids when nothing is aligned)."""
    result: dict[Triple, Relation] = {}
    for relation in extraction.relations:
        ends = [_counterpart(end, alignment) for end in (relation.subject, relation.object)]
        predicate = PREDICATES.get(relation.predicate)
        if predicate and predicate.symmetric:
            ends.sort()
        result.setdefault((ends[0], relation.predicate, ends[1]), relation)
    return result


def _counterpart(entity: str, alignment: Alignment | None) -> str:
    if alignment is None:
        return entity
    return alignment.entities.get(entity, f"{entity} (without counterpart)")


def _triggers(predicted: Extraction, gold: Extraction) -> dict[str, Tally]:
    found, wanted = _triggering(predicted), _triggering(gold)
    return {
        "triggers": exact((span for _, span in found), (span for _, span in wanted)),
        "triggers with type": exact(found, wanted),
    }


def _triggering(extraction: Extraction) -> set[tuple[str, Span]]:
    return {(event.type, span) for event in extraction.events for span in event.triggers}


def _shared(
    predicted: Extraction, gold: Extraction, alignment: Alignment
) -> list[tuple[Event, Event]]:
    """The pairs of aligned events."""
    by_id = {event.id: event for event in gold.events}
    return [
        (event, by_id[alignment.events[event.id]])
        for event in predicted.events
        if event.id in alignment.events
    ]


def _events(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    shared = _shared(predicted, gold, alignment)
    totals = (len(predicted.events), len(gold.events))
    result = {
        "events": _tally(len(shared), *totals),
        "events with type": _tally(sum(a.type == b.type for a, b in shared), *totals),
    }
    for kind in sorted({event.type for event in (*predicted.events, *gold.events)}):
        result[f"event {kind}"] = _tally(
            sum(a.type == b.type == kind for a, b in shared),
            sum(event.type == kind for event in predicted.events),
            sum(event.type == kind for event in gold.events),
        )
    return result


def _tally(hits: float, predicted: float, gold: float) -> Tally:
    return Tally(hits, predicted, hits, gold)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A role of an event and what fills it; event and entity are gold ids where aligned."""

    event: str
    role: str
    entity: str | None
    span: Span

    @property
    def key(self) -> Hashable:
        """Equal keys are the same statement."""
        return self.event, self.role, self.entity or self.span


def _arguments(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    found, wanted = _filled(predicted, alignment), _filled(gold)
    pairs = _matches(found, wanted)
    found_entities = [filled for filled in found if filled.entity]
    wanted_entities = [filled for filled in wanted if filled.entity]
    both_entities = sum(left.entity is not None and left.key == right.key for left, right in pairs)
    result = {
        "arguments": _tally(len(pairs), len(found), len(wanted)),
        "arguments that are entities": _tally(
            both_entities, len(found_entities), len(wanted_entities)
        ),
    }
    for role in sorted({filled.role for filled in (*found, *wanted)}):
        result[f"argument {role}"] = _tally(
            sum(left.role == role for left, _ in pairs),
            sum(filled.role == role for filled in found),
            sum(filled.role == role for filled in wanted),
        )
    return result


def _filled(extraction: Extraction, alignment: Alignment | None = None) -> list[_Filled]:
    """All arguments of an article, each statement once."""
    result: dict[Hashable, _Filled] = {}
    for event in extraction.events:
        event_id = event.id
        if alignment is not None:
            event_id = alignment.events.get(event.id, f"{event.id} (without counterpart)")
        for argument in event.arguments:
            entity = argument.entity and _counterpart(argument.entity, alignment)
            filled = _Filled(event_id, argument.role, entity, argument.span)
            result.setdefault(filled.key, filled)
    return list(result.values())


def _matches(found: Sequence[_Filled], wanted: Sequence[_Filled]) -> list[tuple[_Filled, _Filled]]:
    """One-to-one pairs: equal statements first, then phrases that match, in order of the text."""
    by_key = {filled.key: filled for filled in wanted}
    pairs = [(filled, by_key.pop(filled.key)) for filled in found if filled.key in by_key]
    matched = {filled.key for filled, _ in pairs}
    open_places: dict[tuple[str, str], list[_Filled]] = defaultdict(list)
    for filled in by_key.values():
        open_places[filled.event, filled.role].append(filled)
    for filled in found:
        candidates = open_places[filled.event, filled.role]
        for candidate in candidates if filled.key not in matched else ():
            both_entities = filled.entity is not None and candidate.entity is not None
            if not both_entities and match_phrases(filled.span, candidate.span):
                pairs.append((filled, candidate))
                candidates.remove(candidate)
                break
    return pairs


def _dates(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    shared = [(a.time, b.time) for a, b in _shared(predicted, gold, alignment)]
    dated = [(a, b) for a, b in shared if a and b and _is_dated(a) and _is_dated(b)]
    totals = [
        sum(event.time is not None and _is_dated(event.time) for event in extraction.events)
        for extraction in (predicted, gold)
    ]
    shared_totals = [
        sum(pair[side] is not None and _is_dated(pair[side]) for pair in shared) for side in (0, 1)
    ]
    same = sum((a.earliest, a.latest) == (b.earliest, b.latest) for a, b in dated)
    return {
        "dates, exact": _tally(same, *totals),
        "dates, overlapping": _tally(sum(_overlap(a, b) for a, b in dated), *totals),
        "dates, exact, of shared events": _tally(same, *shared_totals),
    }


def _is_dated(time: EventTime | None) -> bool:
    return time is not None and (time.earliest is not None or time.latest is not None)


def _overlap(time: EventTime, other: EventTime) -> bool:
    """Whether the intervals have a day in common; an unknown end is open."""
    return (time.earliest or date.min) <= (other.latest or date.max) and (
        other.earliest or date.min
    ) <= (time.latest or date.max)


def _quantities(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    found = {
        (alignment.events.get(event.id, f"{event.id} (without counterpart)"), q.kind, q.value)
        for event in predicted.events
        for q in event.quantities
    }
    wanted = {(event.id, q.kind, q.value) for event in gold.events for q in event.quantities}
    return {"quantities": exact(found, wanted)}


Statement = Event | Relation


def _shared_statements(
    predicted: Extraction, gold: Extraction, alignment: Alignment
) -> list[tuple[Statement, Statement]]:
    """Pairs of predicted and gold: aligned events, and relations with the same triple."""
    found, wanted = _triples(predicted, alignment), _triples(gold)
    return [
        *_shared(predicted, gold, alignment),
        *((found[triple], wanted[triple]) for triple in found if triple in wanted),
    ]


def _factuality(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    pairs = _shared_statements(predicted, gold, alignment)
    tallies = per_class((a.factuality.value, b.factuality.value) for a, b in pairs)
    return {f"factuality {name}": tally for name, tally in tallies.items()}


def _attribution(predicted: Extraction, gold: Extraction, alignment: Alignment) -> dict[str, Tally]:
    pairs = _shared_statements(predicted, gold, alignment)
    hits = sum(
        _same_speaker(a.attributed_to, b.attributed_to, gold, alignment)
        for a, b in pairs
        if a.attributed_to is not None and b.attributed_to is not None
    )
    found = sum(a.attributed_to is not None for a, _ in pairs)
    wanted = sum(b.attributed_to is not None for _, b in pairs)
    return {"attribution": _tally(hits, found, wanted)}


def _same_speaker(
    predicted: Speaker | None, gold: Speaker | None, article: Extraction, alignment: Alignment
) -> bool:
    """Entities must be aligned; phrases must match, a phrase and an entity by a mention of it."""
    if isinstance(predicted, str) and isinstance(gold, str):
        return _counterpart(predicted, alignment) == gold
    if isinstance(predicted, Span) and isinstance(gold, Span):
        return match_phrases(predicted, gold)
    entity = _counterpart(predicted, alignment) if isinstance(predicted, str) else gold
    phrase = predicted if isinstance(predicted, Span) else gold
    return isinstance(phrase, Span) and any(
        match_phrases(phrase, mention.span)
        for candidate in article.entities
        if candidate.id == entity
        for mention in candidate.mentions
    )


SUITE = Suite(
    read=read,
    score=score,
    baseline=lambda gold, _: score(gold, SpacyEntities().extract_all(gold)),
    baseline_name=SpacyEntities.name,
)
