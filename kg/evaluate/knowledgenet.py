"""Suite `facts-knowledgenet`: facts about people and organisations in short passages.

Gold: KnowledgeNet (Mesquita et al., EMNLP 2019): .jsonl files, one passage a line with `text`,
the `properties` that were annotated for it, and its `facts` (property, subject and object as
[start, end] in the text). A split is a file's name or the number of a fold. Each passage is an
article of its own.

Scored: only the properties a passage was annotated for. `PROPERTIES` tells which of our
predicates say the same; a post held in an organisation also makes its holder a member, and its
chief executive, if the post is called so; years of birth have no counterpart with us and are left
out. A prediction is right when subject and object have mentions that match (share half the
shorter of) those of a gold fact of the property; a gold fact (one for each mention of its
subject, as annotated) is found when a prediction matches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.alignment import match_phrases
from kg.evaluate.folder import broken, gold_paths, json_lines
from kg.evaluate.score import Score, Tally
from kg.evaluate.suite import Suite
from kg.model import Document, Event, Extraction, Span

FOLDER = "knowledgenet"
LAYOUT = (
    "The facts-knowledgenet suite needs .jsonl files with one passage a line: text, properties, "
    "facts with property, subject and object offsets (on GitHub: diffbot/knowledge-net)."
)

PROPERTIES: dict[str, tuple[str, ...]] = {
    "employedBy": ("EMPLOYEE_OR_MEMBER_OF",),
    "memberOf": ("EMPLOYEE_OR_MEMBER_OF",),
    "memberOfParty": ("POLITICAL_AFFILIATION",),
    "leaderOf": ("EMPLOYEE_OR_MEMBER_OF",),
    "citizenOf": ("NATIONALITY",),
    "bornIn": ("PLACE_OF_BIRTH",),
    "residesIn": ("PLACE_OF_RESIDENCE",),
    "educatedAt": ("EDUCATED_AT",),
    "spouse": ("SPOUSE",),
    "childOf": ("CHILD_OF",),
    "basedIn": ("HEADQUARTERS",),
    "foundedBy": ("FOUNDED_BY",),
    "partOf": ("SUBSIDIARY_OF",),
    "ownedBy": ("SUBSIDIARY_OF",),
}
"""Our predicates, and the properties that say the same of the same subject and object."""

DATES = {"Death": ("person", "DATE_OF_DEATH"), "Launch": ("product", "DATE_FOUNDED")}
"""Our events whose time is a property, and the role of its subject (founding is a Launch)."""

CHIEF_EXECUTIVE = re.compile(r"\bCEO\b|\bchief executive\b", re.IGNORECASE)
NAMES = tuple(
    sorted(
        {name for names in PROPERTIES.values() for name in names}
        | {name for _, name in DATES.values()}
        | {"CEO"}
    )
)
"""The properties with a counterpart."""


@dataclass(frozen=True)
class Fact:
    """A property that links two spans of a passage."""

    property: str
    subject: Span
    object: Span


@dataclass(frozen=True)
class PassageGold:
    """A passage, the properties it was annotated for, and its facts."""

    document: Document
    properties: tuple[str, ...]
    facts: tuple[Fact, ...]


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[PassageGold]]:
    """The files read and their passages; `split` may also be a fold ("3")."""
    fold = int(split) if split and split.isdecimal() else None
    paths = gold_paths(
        data,
        folder=FOLDER,
        pattern="*.jsonl",
        layout=LAYOUT,
        split=None if fold is not None else split,
    )
    return paths, [gold for path in paths for gold in _passages(path, fold)]


def _passages(path: Path, fold: int | None) -> Iterator[PassageGold]:
    for number, record in json_lines(path):
        if fold is not None and record.get("fold") != fold:
            continue
        try:
            yield _passage(record)
        except KeyError as error:
            raise broken(path, number, f"it lacks {error}") from None
        except (TypeError, ValueError, InputError) as error:
            raise broken(path, number, str(error)) from None


def _passage(record: dict[str, Any]) -> PassageGold:
    name = f"{record['doc']}_{record.get('start', 0)}"
    text = record["text"]
    facts = []
    for fact in record["facts"]:
        ends = [Span(name, *fact[end]) for end in ("subject", "object")]
        for span in ends:
            if not 0 <= span.start < span.end <= len(text):
                raise InputError(f"span {span.start}-{span.end} lies outside the text")
        facts.append(Fact(fact["property"], *ends))
    properties = tuple(name for name in NAMES if name in record["properties"])
    return PassageGold(
        Document(name, text), properties, tuple(f for f in facts if f.property in properties)
    )


def score(
    gold: Sequence[PassageGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Facts, over all passages and by property."""
    sums = dict.fromkeys(("facts", *NAMES), Tally())
    for passage, extraction in zip(gold, predicted, strict=True):
        said = [claim for claim in _said(extraction) if claim.property in passage.properties]
        matches = [
            (claim, fact) for claim in said for fact in passage.facts if claim.supports(fact)
        ]
        right = {claim for claim, _ in matches}
        reached = {fact for _, fact in matches}
        wanted = set(passage.facts)
        sums["facts"] += Tally(len(right), len(said), len(reached), len(wanted))
        for name in passage.properties:
            sums[name] += Tally(
                sum(claim.property == name for claim in right),
                sum(claim.property == name for claim in said),
                sum(fact.property == name for fact in reached),
                sum(fact.property == name for fact in wanted),
            )
    return {name: tally.score() for name, tally in sums.items()}


@dataclass(frozen=True, order=True)
class _Said:
    """A fact as an extraction says it: the spans that its subject and its object may stand at."""

    property: str
    subject: tuple[Span, ...]
    object: tuple[Span, ...]

    def supports(self, fact: Fact) -> bool:
        return (
            self.property == fact.property
            and any(match_phrases(span, fact.subject) for span in self.subject)
            and any(match_phrases(span, fact.object) for span in self.object)
        )


def _said(extraction: Extraction) -> list[_Said]:
    spans = {
        entity.id: tuple(sorted({mention.span for mention in entity.mentions}))
        for entity in extraction.entities
    }
    found = {
        _Said(name, spans.get(relation.subject, ()), spans.get(relation.object, ()))
        for relation in extraction.relations
        for name in PROPERTIES.get(relation.predicate, ())
    }
    for name, subject, object_ in _posts(extraction):
        found.add(_Said(name, spans.get(subject, ()), spans.get(object_, ())))
    for event in extraction.events:
        found.update(_dated(event, spans))
    return sorted(found)


def _posts(extraction: Extraction) -> Iterator[tuple[str, str, str]]:
    """What holding a post in an organisation says: property, subject and object entity."""
    entities = {entity.id: entity for entity in extraction.entities}
    bodies: dict[str, list[str]] = {}
    for relation in extraction.relations:
        if relation.predicate == "positionOf":
            bodies.setdefault(relation.subject, []).append(relation.object)
    for relation in extraction.relations:
        if relation.predicate not in ("holdsPosition", "formerlyHeldPosition"):
            continue
        post = entities.get(relation.object)
        for body in bodies.get(relation.object, ()):
            yield "EMPLOYEE_OR_MEMBER_OF", relation.subject, body
            if post and CHIEF_EXECUTIVE.search(post.name):
                yield "CEO", body, relation.subject


def _dated(event: Event, spans: dict[str, tuple[Span, ...]]) -> Iterator[_Said]:
    if event.type not in DATES or event.time is None or event.time.span is None:
        return
    role, name = DATES[event.type]
    for argument in event.arguments:
        if argument.role == role:
            subject = spans.get(argument.entity or "", ()) or (argument.span,)
            yield _Said(name, subject, (event.time.span,))


SUITE = Suite(
    read=read,
    score=score,
    notes=("DATE_OF_BIRTH has no counterpart and is not scored.",),
)
