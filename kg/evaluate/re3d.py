"""Suites `entities-re3d` and `relations-re3d`: reports on the conflict in Syria and Iraq.

Gold: the Relationship and Entity Extraction Evaluation Dataset (Dstl, 2017): folders, one for
each source, with `documents.json`, `entities.json` and `relations.json`, one object a line.
Annotations that its annotators thought more likely wrong than right (confidence below 0.5) are
left out. A split is a source's folder.

Entities. Scored are Person, Organisation, Location and Nationality; a country may be Location or
Organisation in the gold, by what it does, so several of its types fit one of ours (`ENTITY_TYPES`).
The gold includes descriptions ("the city", "ISIL fighters") and marks them with their article, so
leading articles and final 's are cut off on both sides; pronouns take no part, since only some
are marked. "entities" wants the same span and a fitting type, "overlapping" that gold and
prediction share half the shorter one, each used once.

Relations. `RELATION_TYPES` and `EVENT_RELATIONS` tell which of our predicates and events say the
same. A predicted relation is right when its entities have mentions that match (share half the
shorter of) source and target of a gold relation of a fitting type in the same document; a gold
relation is found when a prediction matches it so. Direction matters where it has a meaning.
Apart, HasAttrOf and IsSynonymOf have no counterpart and take no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.alignment import match_phrases
from kg.evaluate.baseline import SpacyEntities
from kg.evaluate.folder import broken, gold_paths, json_lines
from kg.evaluate.score import Score, Tally
from kg.evaluate.suite import Suite
from kg.inventory import ORGANIZATION_TYPES
from kg.model import Document, Event, Extraction, MentionKind, Span

FOLDER = "re3d"
LAYOUT = (
    "The re3d suites need folders with documents.json, entities.json and relations.json, one "
    "object a line (on GitHub: dstl/re3d)."
)
CONFIDENT = 0.5
"""Annotations below are more likely wrong than right, says the test set."""

ENTITY_TYPES: dict[str, tuple[str, ...]] = {
    "Person": ("Person",),
    **dict.fromkeys(ORGANIZATION_TYPES, ("Organisation",)),
    "Country": ("Location", "Organisation", "Nationality"),
    "Region": ("Location", "Organisation"),
    "City": ("Location", "Organisation"),
    "Facility": ("Location", "Organisation"),
    "PopulationGroup": ("Nationality", "Organisation", "Person"),
}
"""Our types, and the types of the test set that may stand for them. The others take no part."""
SCORED = ("Person", "Organisation", "Location", "Nationality")

RELATION_TYPES: dict[str, tuple[str, ...]] = {
    "locatedIn": ("CoLocated",),
    "basedIn": ("CoLocated",),
    "operatesIn": ("CoLocated",),
    "residesIn": ("CoLocated",),
    "memberOf": ("BelongsTo",),
    "memberOfParty": ("BelongsTo",),
    "employedBy": ("BelongsTo",),
    "partOf": ("BelongsTo",),
    "ownedBy": ("BelongsTo",),
    "affiliatedWith": ("BelongsTo", "AlliesOf"),
    "representative": ("BelongsTo",),
    "leaderOf": ("InChargeOf",),
    "alliedWith": ("AlliesOf",),
    "supports": ("AlliesOf", "Likes"),
    "hostileTo": ("FightingAgainst", "Dislikes"),
}
"""Our predicates, and the relations of the test set that say the same."""

EVENT_RELATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Attack": ("FightingAgainst", ("agent", "target")),
    "MilitaryStrike": ("FightingAgainst", ("agent", "target")),
    "Bombing": ("FightingAgainst", ("agent", "target")),
    "Shooting": ("FightingAgainst", ("agent", "target")),
    "Killing": ("FightingAgainst", ("agent", "victim")),
    "Clash": ("FightingAgainst", ("participant", "participant")),
    "Meeting": ("CommWith", ("participant", "participant")),
    "PhoneCall": ("CommWith", ("participant", "participant")),
    "Negotiation": ("CommWith", ("participant", "participant")),
    "Agreement": ("CommWith", ("participant", "participant")),
    "Cooperation": ("AlliesOf", ("participant", "participant")),
    "Endorsement": ("Likes", ("agent", "recipient")),
    "Condemnation": ("Dislikes", ("agent", "target")),
}
"""Our events that the test set tells as a relation, with the roles of source and target."""

UNDIRECTED = frozenset({"CoLocated", "CommWith", "AlliesOf", "FightingAgainst"})
RELATED = tuple(
    sorted(
        {kind for kinds in RELATION_TYPES.values() for kind in kinds}
        | {kind for kind, _ in EVENT_RELATIONS.values()}
    )
)

_PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs myself"
    " himself herself itself themselves who whom whose which that this these those".split()
)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class Named:
    """A gold entity mention."""

    span: Span
    type: str


@dataclass(frozen=True)
class Related:
    """A gold relation between two spans."""

    type: str
    source: Span
    target: Span


@dataclass(frozen=True)
class ReportGold:
    """A document with its entity mentions and relations."""

    document: Document
    entities: tuple[Named, ...]
    relations: tuple[Related, ...]


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[ReportGold]]:
    """The folders read and the documents in them."""
    if (data / "documents.json").is_file():
        return [data], list(_documents(data))
    found = gold_paths(data, folder=FOLDER, pattern="*/", layout=LAYOUT, split=split)
    paths = [path for path in found if (path / "documents.json").is_file()]
    if not paths:
        raise InputError(f"No folder in {data} holds a documents.json. {LAYOUT}")
    return paths, [gold for path in paths for gold in _documents(path)]


def _documents(folder: Path) -> Iterator[ReportGold]:
    documents = {
        record["_id"]: Document(record["_id"], record["text"])
        for _, record in _records(folder / "documents.json", "_id", "text")
    }
    entities: dict[str, list[Named]] = {name: [] for name in documents}
    relations: dict[str, list[Related]] = {name: [] for name in documents}
    for number, record in _records(folder / "entities.json", "documentId", "begin", "end", "type"):
        document = _document(folder / "entities.json", number, record, documents)
        span = Span(document.id, record["begin"], record["end"])
        if record["type"] in SCORED and _is_confident(record):
            entities[document.id].append(Named(span, record["type"]))
    ends = ("sourceBegin", "sourceEnd", "targetBegin", "targetEnd")
    for number, record in _records(folder / "relations.json", "documentId", "type", *ends):
        document = _document(folder / "relations.json", number, record, documents)
        source, target = (
            Span(document.id, record[f"{end}Begin"], record[f"{end}End"])
            for end in ("source", "target")
        )
        if record["type"] in RELATED and _is_confident(record):
            relations[document.id].append(Related(record["type"], source, target))
    for name, document in sorted(documents.items()):
        yield ReportGold(document, tuple(entities[name]), tuple(relations[name]))


def _records(path: Path, *keys: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if not path.is_file():
        raise InputError(f"{path} is missing. {LAYOUT}")
    for number, record in json_lines(path):
        if missing := [key for key in keys if key not in record]:
            raise broken(path, number, f"it lacks {', '.join(missing)}")
        yield number, record


def _document(
    path: Path, number: int, record: dict[str, Any], documents: dict[str, Document]
) -> Document:
    if record["documentId"] not in documents:
        raise broken(path, number, f"there is no document {record['documentId']!r}")
    return documents[record["documentId"]]


def _is_confident(record: dict[str, Any]) -> bool:
    return float(record.get("confidence", 1)) >= CONFIDENT


def score_entities(
    gold: Sequence[ReportGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Entity mentions, over all documents and by gold type."""
    sums = dict.fromkeys(("entities", "entities, overlapping", *SCORED), Tally())
    for article, extraction in zip(gold, predicted, strict=True):
        text = article.document.text
        wanted = sorted({(trim(named.span, text), named.type) for named in article.entities})
        wanted = [pair for pair in wanted if not _is_pronoun(pair[0], text)]
        found = sorted(_found(extraction))
        exact = _pairs(found, wanted, lambda a, b: a == b)
        sums["entities"] += _tally(len(exact), len(found), len(wanted))
        overlapping = _pairs(found, wanted, match_phrases)
        sums["entities, overlapping"] += _tally(len(overlapping), len(found), len(wanted))
        for kind in SCORED:
            sums[kind] += _tally(
                sum(right[1] == kind for _, right in exact),
                # Of a prediction that fits several types, the one it matched, else the first.
                sum(_counted_as(left, exact) == kind for left in found),
                sum(named_kind == kind for _, named_kind in wanted),
            )
    return {name: tally.score() for name, tally in sums.items()}


Found = tuple[Span, tuple[str, ...]]
Wanted = tuple[Span, str]


def _found(extraction: Extraction) -> set[Found]:
    text = extraction.document.text
    return {
        (trim(mention.span, text), ENTITY_TYPES[entity.type])
        for entity in extraction.entities
        if entity.type in ENTITY_TYPES
        for mention in entity.mentions
        if mention.kind is not MentionKind.PRONOUN and not _is_pronoun(mention.span, text)
    }


def trim(span: Span, text: str) -> Span:
    """The span without a leading article and a final 's."""
    words = span.of(text)
    start, end = span.start, span.end
    if article := _ARTICLE.match(words):
        start += article.end()
    if possessive := _POSSESSIVE.search(words):
        end -= len(possessive.group())
    return Span(span.document, start, end) if start < end else span


def _is_pronoun(span: Span, text: str) -> bool:
    return span.of(text).casefold() in _PRONOUNS


def _pairs(
    found: Sequence[Found], wanted: Sequence[Wanted], match: Callable[[Span, Span], bool]
) -> list[tuple[Found, Wanted]]:
    """One-to-one pairs of fitting type that match, equal spans first, then in text order."""
    fitting = [
        (left[0] != right[0], left, right)
        for left in found
        for right in wanted
        if right[1] in left[1] and match(left[0], right[0])
    ]
    pairs: list[tuple[Found, Wanted]] = []
    used: set[Found | Wanted] = set()
    for _, left, right in sorted(fitting):
        if left not in used and right not in used:
            pairs.append((left, right))
            used |= {left, right}
    return pairs


def _counted_as(left: Found, pairs: Iterable[tuple[Found, Wanted]]) -> str:
    return next((right[1] for found, right in pairs if found == left), left[1][0])


def _tally(hits: float, predicted: float, gold: float) -> Tally:
    return Tally(hits, predicted, hits, gold)


def score_relations(
    gold: Sequence[ReportGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Relations, over all documents and by gold type."""
    sums = dict.fromkeys(("relations", *RELATED), Tally())
    for article, extraction in zip(gold, predicted, strict=True):
        statements = _statements(extraction)
        spans = {
            entity.id: [mention.span for mention in entity.mentions]
            for entity in extraction.entities
        }
        matches = [
            (statement, related)
            for statement in statements
            for related in article.relations
            if related.type in statement.types and _says(statement, related, spans)
        ]
        right = {statement for statement, _ in matches}
        reached = {related for _, related in matches}
        wanted = set(article.relations)
        sums["relations"] += Tally(len(right), len(statements), len(reached), len(wanted))
        for kind in RELATED:
            sums[kind] += Tally(
                sum(statement.types[0] == kind for statement in right),
                sum(statement.types[0] == kind for statement in statements),
                sum(related.type == kind for related in reached),
                sum(related.type == kind for related in wanted),
            )
    return {name: tally.score() for name, tally in sums.items()}


@dataclass(frozen=True, order=True)
class _Statement:
    """What an extraction says in the terms of the test set; ends are entity ids."""

    types: tuple[str, ...]
    source: str
    target: str


def _statements(extraction: Extraction) -> list[_Statement]:
    found = {
        _Statement(RELATION_TYPES[relation.predicate], relation.subject, relation.object)
        for relation in extraction.relations
        if relation.predicate in RELATION_TYPES
    }
    for event in extraction.events:
        found.update(_told(event))
    return sorted(found)


def _told(event: Event) -> Iterator[_Statement]:
    """The relations that an event tells."""
    if event.type not in EVENT_RELATIONS:
        return
    kind, roles = EVENT_RELATIONS[event.type]
    first, second = (
        sorted({a.entity for a in event.arguments if a.role == role and a.entity is not None})
        for role in roles
    )
    pairs = combinations(first, 2) if roles[0] == roles[1] else product(first, second)
    for source, target in pairs:
        yield _Statement((kind,), source, target)


def _says(statement: _Statement, related: Related, spans: Mapping[str, Sequence[Span]]) -> bool:
    def refers(entity: str, span: Span) -> bool:
        return any(match_phrases(mention, span) for mention in spans.get(entity, ()))

    source, target = statement.source, statement.target
    if refers(source, related.source) and refers(target, related.target):
        return True
    turned = refers(target, related.source) and refers(source, related.target)
    return related.type in UNDIRECTED and turned


ENTITIES = Suite(
    read=read,
    score=score_entities,
    baseline=lambda gold, _: score_entities(gold, SpacyEntities().extract_all(gold)),
    baseline_name=SpacyEntities.name,
)
RELATIONS = Suite(
    read=read,
    score=score_relations,
    notes=("Apart, HasAttrOf and IsSynonymOf have no counterpart and are not scored.",),
)
