"""The heads in numpy: linear word layers, span rows, pair scores (as in `training/pairs.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CHUNK = 20_000
"""Pairs scored at once: bounds memory to some tens of megabytes on articles of any length."""


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Probabilities of single decisions."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


class Heads:
    """All heads, by the names their parameters have in the network."""

    def __init__(self, parameters: Mapping[str, Floats]) -> None:
        self._p = {name: np.asarray(value, dtype=np.float32) for name, value in parameters.items()}

    def layer(self, name: str, states: Floats) -> Floats:
        """Label scores of a word layer."""
        return self.linear(f"heads.{name}", states)

    def linear(self, name: str, rows: Floats) -> Floats:
        """One linear map."""
        result = rows @ self._p[f"{name}.weight"].T
        bias = self._p.get(f"{name}.bias")
        return result if bias is None else result + bias

    def spans(
        self, name: str, states: Floats, first: Ints, last: Ints, types: Ints, kinds: Ints
    ) -> Floats:
        """A row of 160 numbers per span of words (`last` inclusive)."""
        size = last + 1 - first
        mean = states[first].astype(np.float64)
        for step in range(1, int(size.max(initial=1))):
            longer = np.flatnonzero(size > step)
            mean[longer] += states[first[longer] + step]
        mean /= size[:, None]
        mixed = (
            self.linear(f"{name}.first", states[first])
            + self.linear(f"{name}.last", states[last])
            + self.linear(f"{name}.mean", mean.astype(np.float32))
            + self._p[f"{name}.types.weight"][types]
            + self._p[f"{name}.kinds.weight"][kinds]
        )
        return np.asarray(np.tanh(mixed), dtype=np.float32)

    def pairs(
        self, name: str, left: Floats, right: Floats, i: Ints, j: Ints, given: Sequence[Ints]
    ) -> Floats:
        """Scores of the pairs (left[i], right[j]) with the numbered features `given`."""
        one, two = self.linear(f"{name}.left", left), self.linear(f"{name}.right", right)
        tables = [self._p[f"{name}.features.{place}.weight"] for place in range(len(given))]
        product = self._p.get(f"{name}.product.weight")
        width = self._p[f"{name}.out.weight"].shape[0]
        result = np.zeros((len(i), width), dtype=np.float32)
        for begin in range(0, len(i), CHUNK):
            part = slice(begin, begin + CHUNK)
            hidden = one[i[part]] + two[j[part]]
            if product is not None:
                hidden += (left[i[part]] * right[j[part]]) @ product.T
            for table, values in zip(tables, given, strict=True):
                hidden += table[values[part]]
            result[part] = self.linear(f"{name}.out", np.maximum(hidden, 0.0))
        return result
