"""Relations of one article: what the best pair of mentions of two entities says of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural import features
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.heads import Floats, Heads, sigmoid
from kg.extract.neural.mentions import Mentions
from kg.extract.neural.settings import Settings
from kg.inventory import ENTITY_TYPES, PREDICATES

Ints = NDArray[np.int64]

NEAR = 1
"""Sentences between the two mentions of a relation (95 % of newsgraph train have such a pair)."""
MOST_PARTNERS = 25
"""Mentions looked at on each side of one: a list of hundreds of names says nothing in pairs."""

_TYPE = {name: number for number, name in enumerate(ENTITY_TYPES)}
_NAMES = tuple(PREDICATES)
PERMITTED = np.zeros((len(ENTITY_TYPES), len(ENTITY_TYPES), len(_NAMES)), dtype=np.bool_)
"""Which predicates may hold between two entity types."""
for _number, _predicate in enumerate(PREDICATES.values()):
    for _subject in _predicate.subjects:
        for _object in _predicate.objects:
            PERMITTED[_TYPE[_subject], _TYPE[_object], _number] = True


@dataclass(frozen=True)
class Tie:
    """A relation between two entities (numbers), and the two mentions (rows) that say it."""

    subject: int
    predicate: str
    object: int
    probability: float
    subject_row: int
    object_row: int


def relations_of(
    heads: Heads,
    encoding: Encoding,
    mentions: Mentions,
    rows: Floats,
    types: Ints,
    settings: Settings,
) -> list[Tie]:
    """The relations; `types` are the entities' types."""
    named = mentions.of_entities()
    i, j = _pairs(encoding, mentions, named, types)
    if not len(i):
        return []
    first, last = mentions.first, mentions.last
    at = encoding.sentence_of
    overlap = (first[i] <= last[j]) & (first[j] <= last[i])
    given = [
        features.token_bucket(first[j] - first[i]),
        features.sentence_bucket(at[first[j]] - at[first[i]]),
        features.count_bucket(features.between(np.sort(first[named]), first[i], first[j])),
        overlap.astype(np.int64),
        features.gaps(encoding.lower, first, last, i, j),
        features.beside(encoding.lower, first, last)[0][i],
        features.beside(encoding.lower, first, last)[1][j],
    ]
    scores = heads.pairs("relation", rows, rows, i, j, given)
    scores[~PERMITTED[types[mentions.entity[i]], types[mentions.entity[j]]]] = -30.0
    best: dict[tuple[int, int, int], tuple[float, int, int]] = {}
    found_pairs, found_predicates = np.nonzero(sigmoid(scores) >= settings.relation)
    for pair, predicate in zip(found_pairs.tolist(), found_predicates.tolist(), strict=True):
        key = (int(mentions.entity[i[pair]]), predicate, int(mentions.entity[j[pair]]))
        score = float(scores[pair, predicate])
        if key not in best or score > best[key][0]:
            best[key] = (score, int(i[pair]), int(j[pair]))
    ties = []
    for (subject, predicate, object_), (score, a, b) in sorted(best.items()):
        if _NAMES[predicate] in _SYMMETRIC and subject > object_:
            if (object_, predicate, subject) in best:
                continue
            subject, object_, a, b = object_, subject, b, a
        probability = float(sigmoid(np.array([score], dtype=np.float32))[0])
        ties.append(Tie(subject, _NAMES[predicate], object_, probability, a, b))
    return ties


_SYMMETRIC = frozenset(name for name, predicate in PREDICATES.items() if predicate.symmetric)


def _pairs(encoding: Encoding, mentions: Mentions, named: Ints, types: Ints) -> tuple[Ints, Ints]:
    """Ordered pairs of mentions of two entities that stand near and may be related."""
    at = encoding.sentence_of[mentions.first[named]]
    possible = np.asarray(PERMITTED.any(axis=-1), dtype=np.bool_)
    left, right = [], []
    for place, row in enumerate(named.tolist()):
        low = int(np.searchsorted(at, at[place] - NEAR, side="left"))
        high = int(np.searchsorted(at, at[place] + NEAR, side="right"))
        low, high = max(low, place - MOST_PARTNERS), min(high, place + MOST_PARTNERS)
        others = named[low:high]
        entity, others_entity = mentions.entity[row], mentions.entity[others]
        fits = (others_entity != entity) & possible[types[entity], types[others_entity]]
        found = others[fits].tolist()
        left += [row] * len(found)
        right += found
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
