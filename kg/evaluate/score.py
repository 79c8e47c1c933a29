"""Precision, recall and F1, and the tallies they are made from."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """What adds up over documents: hits and totals, seen from the predictions and from the gold.

    Most measures count the same hits from both sides; coreference metrics do not, and count
    fractions. `Tally() + t == t`, so tallies sum to the micro average.
    """

    predicted_hits: float = 0.0
    predicted: float = 0.0
    gold_hits: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.predicted_hits + other.predicted_hits,
            self.predicted + other.predicted,
            self.gold_hits + other.gold_hits,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """The share of predictions that are right; 0 when nothing was predicted."""
        return self.predicted_hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 when there is no gold."""
        return self.gold_hits / self.gold if self.gold else 0.0

    def score(self) -> Score:
        """Precision, recall and their harmonic mean."""
        return Score(self.precision, self.recall, harmonic(self.precision, self.recall), self)


@dataclass(frozen=True, slots=True)
class Score:
    """Three numbers between 0 and 1. `tally` is None for an average of several scores."""

    precision: float
    recall: float
    f1: float
    tally: Tally | None = None


def harmonic(precision: float, recall: float) -> float:
    """F1: the harmonic mean, 0 when both are 0."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def mean(scores: Collection[Score]) -> Score:
    """The plain (macro) average of each of the three numbers; zero for no scores."""
    if not scores:
        return Score(0.0, 0.0, 0.0)
    return Score(
        sum(score.precision for score in scores) / len(scores),
        sum(score.recall for score in scores) / len(scores),
        sum(score.f1 for score in scores) / len(scores),
    )


def exact(predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> Tally:
    """Exact matching of two sets; what is predicted twice counts once."""
    found, wanted = set(predicted), set(gold)
    hits = len(found & wanted)
    return Tally(hits, len(found), hits, len(wanted))


def per_class(pairs: Iterable[tuple[str, str]]) -> dict[str, Tally]:
    """A tally for each class of (predicted, gold) label pairs, for macro averages and accuracy.

    Classes that neither side uses have no tally.
    """
    tallies: dict[str, Tally] = {}
    for predicted, gold in pairs:
        hit = float(predicted == gold)
        tallies[predicted] = tallies.get(predicted, Tally()) + Tally(hit, 1, 0, 0)
        tallies[gold] = tallies.get(gold, Tally()) + Tally(0, 0, hit, 1)
    return dict(sorted(tallies.items()))
