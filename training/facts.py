"""KnowledgeNet passages for the relation head: facts about people and organisations.

The corpus marks the two ends of each fact of the properties a passage was annotated for, and
nothing else. So a passage teaches the relation head only, and of it only the predicates that
`kg.evaluate.knowledgenet.PROPERTIES` maps to those properties; where a property may be any of
several predicates, the loss wants at least one. The other names of a passage, and the types of
all, are those the network itself finds: they are what the head meets at run time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate.knowledgenet import PROPERTIES
from kg.extract.neural import features
from kg.inventory import PREDICATES

from .gold import PERMITTED, PREDICATE, TYPE, Gold, gold_of
from .layers import Article, Marked
from .splits import KNOWLEDGENET_HELD_OUT
from .windows import Encoded, covered

ANSWERS: dict[str, frozenset[int]] = {
    name: frozenset(PREDICATE[ours] for ours, names in PROPERTIES.items() if name in names)
    for name in {name for names in PROPERTIES.values() for name in names}
}
"""The predicates that say a property."""

USUAL_ENDS = {
    "POLITICAL_AFFILIATION": ("Person", "PoliticalParty"),
    "NATIONALITY": ("Person", "Country"),
    "PLACE_OF_BIRTH": ("Person", "City"),
    "PLACE_OF_RESIDENCE": ("Person", "City"),
    "SPOUSE": ("Person", "Person"),
    "CHILD_OF": ("Person", "Person"),
    "EDUCATED_AT": ("Person", "Organization"),
    "EMPLOYEE_OR_MEMBER_OF": ("Person", "Organization"),
    "HEADQUARTERS": ("Organization", "City"),
    "FOUNDED_BY": ("Organization", "Person"),
    "SUBSIDIARY_OF": ("Company", "Company"),
}
"""Types of subject and object where the network sees no name (a pronoun, a description)."""


def knowledgenet(data: Path) -> list[Article]:
    """The passages of the training folds that were annotated for a property of ours."""
    found = []
    with (data / "knowledgenet" / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["fold"] == KNOWLEDGENET_HELD_OUT or not ANSWERS.keys() & record["properties"]:
                continue
            name = f"kn_{record['doc']}_{record.get('start', 0)}"
            found.append(Article(name, "knowledgenet", record["text"], gold=record))
    return found


def fact_gold(encoded: Encoded, names: list[tuple[int, int, str]]) -> Gold:
    """What a passage teaches, given the `names` (first word, end, type) seen in it."""
    passage = encoded.article.gold
    assert passage is not None
    ends = _ends(encoded, passage, names)
    spans = sorted({*((first, stop) for first, stop, _ in names), *ends})
    types = {(first, stop): kind for first, stop, kind in names}
    entities = [
        _entity(encoded, number, span, types.get(span) or ends[span])
        for number, span in enumerate(spans)
    ]
    record = {"entities": entities, "events": [], "relations": []}
    article = Article(encoded.article.id, "knowledgenet", encoded.article.text, gold=record)
    shown = Encoded(
        article, encoded.words, encoded.sentence_of, encoded.starts, encoded.pieces,
        encoded.shapes, encoded.targets,
    )  # fmt: skip
    gold = gold_of(shown, len(encoded.words))
    gold.asked = frozenset().union(*(ANSWERS.get(name, ()) for name in passage["properties"]))
    number = {span: index for index, span in enumerate(spans)}
    for name, subject, thing in _facts(encoded, passage, names):
        left, right = number[subject], number[thing]
        kinds = gold.entity_type[left], gold.entity_type[right]
        fitting = [answer for answer in ANSWERS[name] if PERMITTED[kinds][answer]]
        if fitting:
            gold.either.setdefault((left, right), []).append(frozenset(fitting))
            for answer in fitting:
                if PREDICATES[list(PREDICATES)[answer]].symmetric:
                    gold.either.setdefault((right, left), []).append(frozenset({answer}))
    return gold


def _facts(
    encoded: Encoded, passage: dict, names: list[tuple[int, int, str]]
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """The facts of our properties, their ends as the words of a name where one is seen."""
    for fact in passage["facts"]:
        if fact["property"] in ANSWERS and fact["property"] in passage["properties"]:
            ends = [_words(encoded, fact[end], names) for end in ("subject", "object")]
            if all(first < stop for first, stop in ends) and ends[0] != ends[1]:
                yield fact["property"], ends[0], ends[1]


def _ends(
    encoded: Encoded, passage: dict, names: list[tuple[int, int, str]]
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for name, *ends in _facts(encoded, passage, names):
        for span, usual in zip(ends, USUAL_ENDS[name], strict=True):
            found.setdefault(span, usual)
    return found


def _words(
    encoded: Encoded, offsets: list[int], names: list[tuple[int, int, str]]
) -> tuple[int, int]:
    first, stop = covered(encoded.words, Marked(offsets[0], offsets[1], frozenset()))
    for begin, end, _ in names:
        shared = min(stop, end) - max(first, begin)
        if shared > 0 and 2 * shared >= min(stop - first, end - begin):
            return begin, end
    return first, stop


def _entity(encoded: Encoded, number: int, span: tuple[int, int], kind: str) -> dict:
    first, stop = span
    start, end = encoded.words[first].start, encoded.words[stop - 1].end
    text = encoded.article.text[start:end]
    spoken = "pronoun" if stop - first == 1 and features.pronoun_class(text) else "name"
    assert kind in TYPE
    mention = {"start": start, "end": end, "kind": spoken}
    return {"id": f"e{number}", "type": kind, "mentions": [mention]}
