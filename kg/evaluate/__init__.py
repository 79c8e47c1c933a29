"""Scores on public test sets: how good is what an extractor finds, and what does it add?

`evaluate` runs one suite of `SUITES` with any extractor and gives a `Report`, in which a simple
baseline stands beside every score. How each suite counts is told at the top of its module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.evaluate.report import Report, Row, rows
from kg.evaluate.score import Score
from kg.evaluate.suite import Gold, Suite
from kg.extract import Extractor

__all__ = ["SUITES", "Report", "Row", "Score", "articles", "evaluate"]

SUITES: Mapping[str, str] = {
    "names": "names of people, organisations, places, facilities in news of the whole world",
    "entities-re3d": "entities in reports on the conflict in Syria and Iraq",
    "relations-re3d": "relations in the same reports",
    "events": "events and their arguments in news of attacks (WikiEvents)",
    "facts-knowledgenet": "facts about people and organisations in single sentences (KnowledgeNet)",
    "identity": "which mentions in many articles are one entity or event (ECB+, MEANTIME)",
    "timelines": "dated and ordered events of a person or organisation (SemEval-2015 task 4)",
    "newsgraph": "everything an extractor finds, against the project's own annotated news",
}
"""Each suite in one line."""

_PLACES = {
    "names": "names:SUITE",
    "entities-re3d": "re3d:ENTITIES",
    "relations-re3d": "re3d:RELATIONS",
    "events": "wikievents:SUITE",
    "facts-knowledgenet": "knowledgenet:SUITE",
    "identity": "identity:SUITE",
    "timelines": "timelines:SUITE",
    "newsgraph": "newsgraph:SUITE",
}
"""Module and name of each suite; they are imported when used."""

Progress = Callable[[int, int], None]
"""Called after each article with the number done and the number of all."""


def evaluate(
    suite: str,
    *,
    data: Path,
    extractor: Extractor,
    split: str | None = None,
    only: Collection[str] | None = None,
    detail: bool = False,
    baseline: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Score `extractor` on the test set in the folder `data`.

    `split` picks a part of the test set (the name of a file without suffix, or of a folder);
    without it the development part is taken, or all where there is none. `only` keeps the
    articles with these ids. `detail` adds rows for single types, predicates and roles. Without
    `baseline` its column is left out and half the time saved.

    Raises `UsageError` for an unknown suite or split, `InputError` when the data is missing or
    broken.
    """
    chosen = _suite(suite)
    paths, gold = chosen.read(Path(data), split)
    if only is not None:
        gold = [article for article in gold if article.document.id in only]
    if not gold:
        raise InputError(f"No article of {data} was chosen. Do the ids, the split and it agree?")
    predicted = []
    for done, article in enumerate(gold, 1):
        predicted.append(extractor.extract(article.document))
        if progress:
            progress(done, len(gold))
    scores = chosen.score(gold, predicted, detail)
    return Report(
        suite=suite,
        extractor=extractor.name,
        baseline=chosen.baseline_name if baseline else "",
        files=tuple(str(path) for path in paths),
        articles=len(gold),
        gold=digest(gold),
        rows=rows(scores, chosen.baseline(gold, predicted) if baseline and chosen.baseline else {}),
        notes=chosen.notes,
    )


def articles(suite: str, *, data: Path, split: str | None = None) -> list[str]:
    """The ids of the articles `evaluate` would score; errors as there."""
    return [article.document.id for article in _suite(suite).read(Path(data), split)[1]]


def _suite(name: str) -> Suite:
    if name not in SUITES:
        raise UsageError(f"No suite is called {name!r}. Known: {', '.join(SUITES)}.")
    module, _, attribute = _PLACES[name].partition(":")
    suite = getattr(import_module(f"kg.evaluate.{module}"), attribute)
    assert isinstance(suite, Suite)  # noqa: S101 - the table above is ours
    return suite


def digest(gold: Sequence[Gold]) -> str:
    """A hash of articles with their gold (16 hex digits), to tell whether two scores compare."""
    return hashlib.sha256("\n".join(map(repr, gold)).encode()).hexdigest()[:16]
