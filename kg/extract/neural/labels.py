"""Reading spans off B-, I- and O scores: the best labelling in which no I stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.heads import Floats


@dataclass(frozen=True)
class Labelled:
    """Words `first` to `last` (inclusive) of one type; `types` is the log score of every type."""

    first: int
    last: int
    type: int
    confidence: float
    types: Floats


def labelled(
    scores: Floats, sentence_of: NDArray[np.int64], *, outside: float = 0.0
) -> list[Labelled]:
    """The spans of a layer; `outside` is added to the score of O (more precision if positive)."""
    if not len(scores):
        return []
    shifted = scores.copy()
    shifted[:, 0] += outside
    top = shifted.max(-1, keepdims=True)
    logs = shifted - top - np.log(np.exp(shifted - top).sum(-1, keepdims=True))
    labels = logs.argmax(-1)
    edges = np.flatnonzero(np.diff(sentence_of, prepend=-1, append=-1))
    found: list[Labelled] = []
    for begin, end in pairwise(edges.tolist()):
        row = labels[begin:end]
        if not row.any():
            continue
        if not _valid(row):
            row = _viterbi(logs[begin:end])
        found += _spans(row, logs, begin)
    return found


def _valid(row: NDArray[np.int64]) -> bool:
    before = np.concatenate([[0], row[:-1]])
    inner = (row > 0) & (row % 2 == 0)
    return bool(np.all(~inner | (before == row) | (before == row - 1)))


def _viterbi(logs: Floats) -> NDArray[np.int64]:
    """The best labels under the rule that I-x follows B-x or I-x."""
    length, width = logs.shape
    inner = np.arange(2, width, 2)
    best = logs[0].copy()
    best[inner] = -1e9
    back = np.zeros((length, width), dtype=np.int64)
    for step in range(1, length):
        top = int(best.argmax())
        score = np.full(width, best[top], dtype=np.float32)
        back[step] = top
        from_begin = best[inner - 1] >= best[inner]
        score[inner] = np.where(from_begin, best[inner - 1], best[inner])
        back[step, inner] = np.where(from_begin, inner - 1, inner)
        best = score + logs[step]
    labels = np.zeros(length, dtype=np.int64)
    labels[-1] = int(best.argmax())
    for step in range(length - 1, 0, -1):
        labels[step - 1] = back[step, labels[step]]
    return labels


def _spans(row: NDArray[np.int64], logs: Floats, offset: int) -> list[Labelled]:
    found = []
    index = 0
    while index < len(row):
        if row[index] == 0:
            index += 1
            continue
        stop = index + 1
        kind = (int(row[index]) - 1) // 2
        while stop < len(row) and row[stop] == 2 + 2 * kind:
            stop += 1
        inside = logs[offset + index : offset + stop]
        types = inside[0, 1::2] + inside[1:, 2::2].sum(0)
        confidence = float(np.exp(types[kind] / (stop - index)))
        found.append(Labelled(offset + index, offset + stop - 1, kind, confidence, types))
        index = stop
    return found
