"""What a suite is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.evaluate.score import Score
from kg.model import Document, Extraction

Scores = Mapping[str, Score]
"""Scores by measure, in the order to show them."""


class Gold(Protocol):
    """An article of a test set with what its annotators found; `repr` must show all of it."""

    @property
    def document(self) -> Document: ...


@dataclass(frozen=True)
class Suite:
    """How to read a test set and how to score on it.

    `read(data, split)` gives the files read and their articles. `score(gold, predicted, detail)`
    compares the articles with as many extractions, in the same order. `baseline(gold,
    predicted)` gives the scores of the baseline called `baseline_name`, where one exists. `notes`
    tell what the scores leave out.
    """

    read: Callable[[Path, str | None], tuple[list[Path], Sequence[Any]]]
    score: Callable[[Sequence[Any], Sequence[Extraction], bool], Scores]
    baseline: Callable[[Sequence[Any], Sequence[Extraction]], Scores] | None = None
    baseline_name: str = ""
    notes: tuple[str, ...] = ()
