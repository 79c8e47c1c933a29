"""A newsgraph article as the index lists the pair heads are trained on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kg.extract.neural import features
from kg.inventory import ENTITY_TYPES, EVENT_TYPES, PREDICATES, ROLES

from .layers import Marked
from .pairs import FACTUALITIES, KINDS, PHRASES
from .windows import Encoded, covered

TYPE = {name: index for index, name in enumerate(ENTITY_TYPES)}
EVENT = {name: index for index, name in enumerate(EVENT_TYPES)}
ROLE = {name: index for index, name in enumerate(ROLES)}
PREDICATE = {name: index for index, name in enumerate(PREDICATES)}
PHRASE = {name: index for index, name in enumerate(PHRASES)}

PERMITTED = np.zeros((len(ENTITY_TYPES), len(ENTITY_TYPES), len(PREDICATES)), dtype=bool)
"""Which predicates may hold between two entity types."""
for _name, _predicate in PREDICATES.items():
    for _subject in _predicate.subjects:
        for _object in _predicate.objects:
            PERMITTED[TYPE[_subject], TYPE[_object], PREDICATE[_name]] = True


@dataclass
class Mentions:
    """Mentions in text order: word indices (last inclusive), kind, type, entity (-1: none)."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    type: list[int] = field(default_factory=list)
    entities: list[set[int]] = field(default_factory=list)


@dataclass
class Gold:
    """Everything the pair heads learn from one article."""

    encoded: Encoded
    mentions: Mentions
    entity_type: list[int]
    trigger_first: list[int]
    trigger_last: list[int]
    trigger_type: list[int]
    trigger_event: list[int]
    roles: dict[tuple[int, int], int]
    sources: dict[tuple[int, int], bool]
    phrases: list[list[tuple[int, int, int]]]
    factuality: list[int]
    relations: dict[tuple[int, int], set[int]]
    quoted: np.ndarray
    sentence: np.ndarray
    word_limit: int
    lower: list[str]
    asked: frozenset[int] | None = None
    """The predicates a corpus of facts was annotated for; such an article teaches nothing else."""
    either: dict[tuple[int, int], list[frozenset[int]]] = field(default_factory=dict)
    """Facts that may be any of several predicates, between two entities."""


def gold_of(encoded: Encoded, limit: int) -> Gold:
    """The lists of an article, as far as its first `limit` words."""
    record = encoded.article.gold
    assert record is not None
    words, text = encoded.words, encoded.article.text
    number = {entity["id"]: index for index, entity in enumerate(record["entities"])}
    found: dict[tuple[int, int], tuple[int, int, set[int]]] = {}
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            first, stop = covered(words, Marked(mention["start"], mention["end"], frozenset()))
            if first >= stop or stop > limit:
                continue
            key = (first, stop - 1)
            kind, kind_type, entities = found.get(
                key, (KINDS.index(mention["kind"]), TYPE[entity["type"]], set())
            )
            found[key] = (kind, kind_type, entities | {number[entity["id"]]})
    for index in range(min(limit, len(words))):
        word = text[words[index].start : words[index].end]
        if features.pronoun_class(word) and (index, index) not in found:
            found[index, index] = (KINDS.index("pronoun"), len(ENTITY_TYPES), set())
    mentions = Mentions()
    for (first, last), (kind, kind_type, entities) in sorted(found.items()):
        mentions.first.append(first)
        mentions.last.append(last)
        mentions.kind.append(kind)
        # A pronoun or nominal has the type of no entity before it is resolved.
        mentions.type.append(kind_type if kind == 0 else len(ENTITY_TYPES))
        mentions.entities.append(entities)
    gold = Gold(
        encoded,
        mentions,
        [TYPE[entity["type"]] for entity in record["entities"]],
        [],
        [],
        [],
        [],
        {},
        {},
        [],
        [],
        {},
        features.quoted(text, [word.start for word in words], encoded.sentence_of),
        np.array(encoded.sentence_of),
        limit,
        [text[word.start : word.end].lower() for word in words],
    )
    for index, event in enumerate(record["events"]):
        _add_event(gold, index, event, number)
    for relation in record["relations"]:
        if relation["factuality"] == "Denied":
            continue
        pair = (number[relation["subject"]], number[relation["object"]])
        gold.relations.setdefault(pair, set()).add(PREDICATE[relation["predicate"]])
        if PREDICATES[relation["predicate"]].symmetric:
            gold.relations.setdefault(pair[::-1], set()).add(PREDICATE[relation["predicate"]])
    return gold


def _add_event(gold: Gold, index: int, event: dict, number: dict[str, int]) -> None:
    words = gold.encoded.words
    gold.factuality.append(FACTUALITIES.index(event["factuality"]))
    spans: list[tuple[int, int, int]] = []
    for argument in event["arguments"]:
        if argument["entity"] is not None:
            gold.roles[index, number[argument["entity"]]] = ROLE[argument["role"]]
        else:
            spans.append((argument["start"], argument["end"], PHRASE[argument["role"]]))
    if event.get("time") and event["time"].get("start") is not None:
        spans.append((event["time"]["start"], event["time"]["end"], PHRASE["time"]))
    for quantity in event.get("quantities") or []:
        if quantity.get("start") is not None:
            spans.append((quantity["start"], quantity["end"], PHRASE[quantity["kind"]]))
    speaker = event["attributed_to"]
    if isinstance(speaker, str):
        gold.sources[index, number[speaker]] = True
    elif isinstance(speaker, dict):
        spans.append((speaker["start"], speaker["end"], PHRASE["source"]))
    phrases = []
    for start, end, kind in spans:
        first, stop = covered(words, Marked(start, end, frozenset()))
        if first < stop <= gold.word_limit:
            phrases.append((first, stop, kind))
    gold.phrases.append(phrases)
    for trigger in event["triggers"]:
        first, stop = covered(words, Marked(trigger["start"], trigger["end"], frozenset()))
        if first < stop <= gold.word_limit:
            gold.trigger_first.append(first)
            gold.trigger_last.append(stop - 1)
            gold.trigger_type.append(EVENT[event["type"]])
            gold.trigger_event.append(index)
