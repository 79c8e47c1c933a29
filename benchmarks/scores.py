"""Scores on all public test sets, beside the baselines.

    python -m benchmarks scores              a table in RESULTS.md
    python -m benchmarks.scores --readme     the table of the README too, from the same run

Each suite is measured on its development part, or on what `training/splits.py` keeps out of
training (for the names a folder that `python -m training.held_out` writes). Some texts also stand
in our own training set, annotated our way; `seen` says so in the table.
"""

from __future__ import annotations

import argparse
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import table, write

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
HELD_OUT = ROOT / "build" / "held-out"
README = ROOT / "README.md"
TITLE = "accuracy on public test sets"
MARKS = ("<!-- scores -->", "<!-- end of scores -->")


@dataclass(frozen=True)
class Measured:
    """A test set and the measures shown of it."""

    suite: str
    folder: str
    what: str
    measures: tuple[str, ...]
    split: str | None = None
    seen: str = "unseen"

    @property
    def command(self) -> str:
        """What reproduces the scores."""
        split = f" --split {shlex.quote(self.split)}" if self.split else ""
        return f"kg evaluate {self.suite} --data {self.folder}{split}"


MEASURED = (
    Measured(
        "names",
        str(HELD_OUT.relative_to(ROOT)),
        "news of the whole world (Worldwide Newswire)",
        ("names", "Person", "Organization", "Location", "Facility"),
    ),
    Measured(
        "newsgraph",
        "../shared/data/newsgraph",
        "our own gold",
        (
            "names",
            "names, coarse types",
            "coreference, CoNLL",
            "relations",
            "events with type",
            "arguments",
            "dates, exact",
            "factuality, macro",
            "attribution",
        ),
        split="dev",
    ),
    Measured(
        "entities-re3d",
        "../shared/data/re3d",
        "conflict reports (re3d)",
        ("entities", "entities, overlapping"),
        split="UK Government",
        seen="unseen",
    ),
    Measured(
        "relations-re3d",
        "../shared/data/re3d",
        "conflict reports (re3d)",
        ("relations",),
        split="UK Government",
        seen="unseen",
    ),
    Measured(
        "events",
        "../shared/data/wikievents",
        "attacks (WikiEvents)",
        ("triggers", "triggers with type", "arguments"),
        split="dev",
    ),
    Measured(
        "facts-knowledgenet",
        "../shared/data/knowledgenet",
        "single sentences (KnowledgeNet)",
        ("facts",),
        split="3",
    ),
    Measured(
        "identity",
        "../shared/data/ecbplus",
        "across articles (ECB+)",
        (
            "entities, gold mentions, CoNLL",
            "entities, found mentions, CoNLL",
            "entities, predicted mentions, CoNLL",
            "events, gold mentions, CoNLL",
            "events, found mentions, CoNLL",
            "events, predicted mentions, CoNLL",
        ),
        split="val",
    ),
    Measured(
        "identity",
        "../shared/data/meantime",
        "across articles (MEANTIME)",
        (
            "entities, gold mentions, CoNLL",
            "entities, found mentions, CoNLL",
            "entities, predicted mentions, CoNLL",
        ),
        seen="34 texts seen, with our annotation",
    ),
    Measured(
        "timelines",
        "../shared/data/timeline",
        "SemEval-2015 task 4",
        ("timelines", "order", "dates"),
        seen="14 texts seen, with our annotation",
    ),
)


def run(*, full: bool = False) -> list[str]:
    """The table, and below it the commands that give each part of it. There is no larger size."""
    from kg.evaluate import evaluate
    from kg.extract import extractor
    from training import held_out

    held_out.write(DATA, HELD_OUT)
    reader = extractor()
    rows: list[tuple[object, ...]] = []
    commands = []
    for measured in MEASURED:
        report = evaluate(
            measured.suite,
            data=ROOT / measured.folder,
            extractor=reader,
            split=measured.split,
        )
        shown = {row.measure: row for row in report.rows}
        what = f"{measured.what}, {report.articles} texts ({measured.seen})"
        for name in (name for name in measured.measures if name in shown):
            score, baseline = shown[name].score, shown[name].baseline
            rows.append(
                (
                    what,
                    name,
                    *(f"{100 * part:.1f}" for part in (score.precision, score.recall, score.f1)),
                    f"{100 * baseline.f1:.1f}" if baseline else "",
                )
            )
            print(*rows[-1], flush=True)
            what = ""
        beside = f" (baseline: {report.baseline})" if report.baseline else ""
        commands.append(f"- `{measured.command}`{beside}")
    headings = ("test set", "measure", "P", "R", "F1", "baseline F1")
    return [f"Extractor `{reader.name}`; percent.", "", *table(headings, rows), "", *commands]


def into_readme(lines: list[str]) -> None:
    """Put the table between the marks of the README."""
    text = README.read_text(encoding="utf-8")
    first, last = MARKS
    inner = "\n".join([first, "", *lines, "", last])
    pattern = re.compile(f"{re.escape(first)}.*{re.escape(last)}", re.DOTALL)
    README.write_text(pattern.sub(lambda _: inner, text), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--readme", action="store_true", help="write the README's table as well")
    arguments = parser.parse_args()
    found = run()
    write("scores", TITLE, found, full=False)
    if arguments.readme:
        into_readme(found)
