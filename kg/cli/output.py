"""How commands print: results to standard output, complaints and progress to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.diff import Difference
    from kg.knowledge_graph import KnowledgeGraph
    from kg.pipeline import Outcome, Progress
    from kg.query import Result


@contextmanager
def opened(directory: Path) -> Iterator[KnowledgeGraph]:
    """The graph in `directory`, closed afterwards."""
    from kg.knowledge_graph import open_graph

    with open_graph(directory) as graph:
        yield graph


def print_result(result: Result, format: str | None) -> None:
    """Prints rows: a table on a terminal, CSV (Turtle for triples) into a pipe."""
    if format is None and sys.stdout.isatty():
        from rich.console import Console

        Console().print(result.table())
        click.echo(f"{len(result)} row{'s' if len(result) != 1 else ''}")
        return
    if format is None:
        format = "turtle" if result.triples is not None else "csv"
    click.echo(result.render(format), nl=False)


def deliver(text: str, out: Path | None) -> None:
    """Writes a result to the file `out`, or to standard output."""
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8", newline="\n")


def complain(place: str, message: str) -> None:
    """Says what is wrong with an input, as one sentence."""
    click.echo(f"kg: {place} {message}.", err=True)


def print_summary(out: Path, outcome: Outcome) -> int:
    """Prints what the graph holds now and what to do with it; the exit code."""
    for problem in outcome.problems:
        complain(problem.place, problem.message)
    if outcome.corrections:
        print_notes(outcome)
    from kg.info import summary_of
    from kg.summary import lines

    for line in lines(summary_of(out), out, extracted=outcome.extracted):
        click.echo(line)
    if outcome.changes is not None:
        print_changes(outcome.changes, most=CHANGES)
    return 1 if outcome.problems else 0


CHANGES = 12
"""Changes told after a build: half a terminal of 24 lines."""


def print_changes(changes: Difference, *, most: int | None = None) -> None:
    """Prints what is other than before, at most `most` of it."""
    from kg.diff import lines

    click.echo("\nWhat changed:" if changes.changes else "\nNothing else changed.")
    for line in lines(changes, most=most):
        click.echo(f"  {line}")


def print_notes(outcome: Outcome) -> None:
    """Says which corrections are without effect, and why."""
    from kg.correct import notes

    for note in notes(outcome.corrections):
        click.echo(f"kg: note: {note}.", err=True)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error, if that is a terminal; else nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield show
