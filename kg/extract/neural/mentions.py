"""Mentions of one article in one table: names, descriptions and pronouns, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural import features
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.entities import Group
from kg.extract.neural.heads import Floats, Heads, sigmoid
from kg.extract.neural.labels import Labelled
from kg.inventory import ENTITY_TYPES

Ints = NDArray[np.int64]

NAME, NOMINAL, PRONOUN = 0, 1, 2
UNKNOWN = len(ENTITY_TYPES)
REACH = 40
"""Sentences between a pronoun or description and what it may mean. In newsgraph train all of
them have a mention of what they mean that near; the bound keeps long texts linear."""


MOST_NAMES = 100
"""Names on either side, and resolved mentions before, that one is compared with. The bound keeps
long lists of names fast; scores on newsgraph dev are the same without it."""


@dataclass
class Mentions:
    """Mentions as columns, in text order; `entity` is -1 for what refers to nothing named.

    `certainty` is the probability that the mention means its entity.
    """

    first: Ints
    last: Ints
    kind: Ints
    entity: Ints
    certainty: Floats

    def of_entities(self) -> Ints:
        """The rows that belong to an entity."""
        return np.flatnonzero(self.entity >= 0)


def candidates(encoding: Encoding, groups: list[Group], nominals: list[Labelled]) -> Mentions:
    """All mentions, names with their entity, the others still without."""
    rows: dict[tuple[int, int], tuple[int, int]] = {}
    for number, group in enumerate(groups):
        for name in group.names:
            rows[name.first, name.last] = (NAME, number)
    for nominal in nominals:
        rows.setdefault((nominal.first, nominal.last), (NOMINAL, -1))
    inside_name = np.zeros(len(encoding.words), dtype=np.bool_)
    for (first, last), (kind, _) in rows.items():
        if kind == NAME:
            inside_name[first : last + 1] = True
    for index, word in enumerate(encoding.words):
        shown = encoding.text[word.start : word.end]
        if features.pronoun_class(shown) and not inside_name[index]:
            rows[index, index] = (PRONOUN, -1)
    ordered = sorted(rows)
    return Mentions(
        np.array([first for first, _ in ordered], dtype=np.int64),
        np.array([last for _, last in ordered], dtype=np.int64),
        np.array([rows[place][0] for place in ordered], dtype=np.int64),
        np.array([rows[place][1] for place in ordered], dtype=np.int64),
        np.ones(len(ordered), dtype=np.float32),
    )


def rows_of(heads: Heads, encoding: Encoding, mentions: Mentions, types: Ints) -> Floats:
    """The span rows of the mentions with the given types."""
    return heads.spans(
        "mentions", encoding.states, mentions.first, mentions.last, types, mentions.kind
    )


def resolve(
    heads: Heads, encoding: Encoding, mentions: Mentions, groups: list[Group], *, bias: float
) -> None:
    """Give every pronoun and description the entity it most probably means, or none.

    `bias` is added to the score of meaning nothing named.
    """
    anaphors = np.flatnonzero(mentions.kind != NAME)
    named = np.flatnonzero(mentions.kind == NAME)
    if not len(anaphors) or not len(named):
        return
    types = np.array(
        [groups[e].type if e >= 0 else UNKNOWN for e in mentions.entity], dtype=np.int64
    )
    rows = rows_of(heads, encoding, mentions, types)
    scores = _Scores(heads, encoding, mentions, groups, rows)
    nothing = heads.linear("nothing", rows[anaphors])[:, 0] + bias
    earlier: list[int] = []
    for place, anaphor in enumerate(anaphors):
        near = scores.near(int(anaphor), named, earlier)
        totals: dict[int, float] = {}
        if len(near):
            for row, score in zip(near, scores.of(int(anaphor), near), strict=True):
                entity = int(mentions.entity[row])
                known = totals.get(entity)
                totals[entity] = (
                    float(score) if known is None else float(np.logaddexp(known, score))
                )
        if totals:
            best = max(sorted(totals), key=lambda entity: totals[entity])
            everything = np.logaddexp.reduce([*totals.values(), float(nothing[place])])
            if totals[best] > nothing[place]:
                mentions.entity[anaphor] = best
                mentions.certainty[anaphor] = np.exp(totals[best] - everything)
                earlier.append(int(anaphor))


class _Scores:
    """Scores of (anaphor, mention) pairs."""

    def __init__(
        self,
        heads: Heads,
        encoding: Encoding,
        mentions: Mentions,
        groups: list[Group],
        rows: Floats,
    ) -> None:
        self._heads, self._mentions, self._rows = heads, mentions, rows
        self._sentence = encoding.sentence_of[mentions.first]
        starts = [word.start for word in encoding.words]
        inside = features.quoted(encoding.text, starts, encoding.sentence_of.tolist())
        self._quoted = inside[mentions.first].astype(np.int64)
        shown = [
            encoding.shown(int(first), int(last))
            for first, last in zip(mentions.first, mentions.last, strict=True)
        ]
        self._shown = shown
        self._words = [set(text.lower().split()) for text in shown]
        self._count = np.array([len(group.names) for group in groups], dtype=np.int64)
        self._class = np.array(
            [
                features.pronoun_class(text) if kind == PRONOUN else 0
                for text, kind in zip(shown, mentions.kind, strict=True)
            ],
            dtype=np.int64,
        )

    def near(self, anaphor: int, named: Ints, earlier: list[int]) -> Ints:
        """The rows the anaphor may mean: names anywhere near, resolved mentions before it."""
        place = int(np.searchsorted(named, anaphor))
        names = named[max(0, place - MOST_NAMES) : place + MOST_NAMES]
        resolved = np.array(earlier[-MOST_NAMES:], dtype=np.int64)
        rows = np.concatenate([names, resolved])
        close = np.abs(self._sentence[rows] - self._sentence[anaphor]) <= REACH
        return np.asarray(rows[close], dtype=np.int64)

    def of(self, anaphor: int, rows: Ints) -> Floats:
        """The scores of the anaphor with each of the rows."""
        mentions = self._mentions
        i = np.full(len(rows), anaphor, dtype=np.int64)
        noun = ""
        if mentions.kind[anaphor] == NOMINAL:
            noun = features.head_noun(self._shown[anaphor])
        match = [len(noun) > 2 and noun in self._words[row] for row in rows]
        given = [
            features.token_bucket(mentions.first[rows] - mentions.first[i]),
            features.sentence_bucket(self._sentence[rows] - self._sentence[i]),
            np.array(match, dtype=np.int64),
            features.count_bucket(self._count[mentions.entity[rows]]),
            self._class[i],
            self._quoted[i] * 2 + self._quoted[rows],
        ]
        zero = np.zeros(len(rows), dtype=np.int64)
        found = self._heads.pairs(
            "antecedent",
            self._rows[anaphor : anaphor + 1],
            self._rows[rows],
            zero,
            np.arange(len(rows)),
            given,
        )
        return np.asarray(found[:, 0])


__all__ = ["Mentions", "candidates", "resolve", "rows_of", "sigmoid"]
