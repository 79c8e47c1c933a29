"""What an evaluation found: rows of measures, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.evaluate.score import Score

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: the extractor's score, and the baseline's where there is one."""

    measure: str
    score: Score
    baseline: Score | None = None


@dataclass(frozen=True)
class Report:
    """The scores of one extractor on one test set.

    `gold` is a hash of the articles and their gold, so that two reports can be compared; `files`
    are the gold files read; `notes` tell what the table leaves out.
    """

    suite: str
    extractor: str
    baseline: str
    files: tuple[str, ...]
    articles: int
    gold: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, measure: str) -> Score:
        """The score of one measure; KeyError lists the measures there are."""
        for row in self.rows:
            if row.measure == measure:
                return row.score
        raise KeyError(f"{measure!r}; measured are: {', '.join(row.measure for row in self.rows)}")

    def table(self) -> Table:
        """The rows as a Rich table, in percent."""
        from rich.box import SIMPLE
        from rich.table import Table

        title = f"{self.suite}: {self.extractor}, {self.articles} articles, percent"
        table = Table(title=title, box=SIMPLE, padding=0, pad_edge=False, collapse_padding=True)
        table.add_column("measure", no_wrap=True)
        for heading in ("P", "R", "F1"):
            table.add_column(heading, justify="right")
        baselines = any(row.baseline for row in self.rows)
        if baselines:
            for heading in ("P", "R", "F1"):
                table.add_column(heading, justify="right", style="dim")
            table.caption = f"right: baseline {self.baseline}"
        for row in self.rows:
            shown = [*_percent(row.score), *(_percent(row.baseline) if baselines else ())]
            table.add_row(row.measure, *shown)
        return table

    def to_record(self) -> dict[str, Any]:
        """The report as plain JSON data; scores are rounded to four decimals."""
        return {
            "suite": self.suite,
            "extractor": self.extractor,
            "baseline": self.baseline,
            "files": list(self.files),
            "articles": self.articles,
            "gold": self.gold,
            "rows": [
                {
                    "measure": row.measure,
                    **_record(row.score),
                    "baseline": _record(row.baseline) if row.baseline else None,
                }
                for row in self.rows
            ],
            "notes": list(self.notes),
        }


def rows(scores: Mapping[str, Score], baseline: Mapping[str, Score]) -> tuple[Row, ...]:
    """Rows in the order of `scores`, each beside the baseline's score of the same measure.

    Where the baseline predicts nothing at all it has no score.
    """
    return tuple(
        Row(measure, score, _attempted(baseline.get(measure))) for measure, score in scores.items()
    )


def _attempted(score: Score | None) -> Score | None:
    return None if score and score.tally and not score.tally.predicted else score


def _percent(score: Score | None) -> tuple[str, str, str]:
    if score is None:
        return "", "", ""
    return f"{100 * score.precision:.1f}", f"{100 * score.recall:.1f}", f"{100 * score.f1:.1f}"


def _record(score: Score) -> dict[str, float]:
    record = {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }
    if score.tally:
        record["gold_count"] = round(score.tally.gold, 4)
        record["predicted_count"] = round(score.tally.predicted, 4)
    return record
