"""Commands that measure: extract, validate, evaluate."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from kg.cli.option import directory, extractor_option, published_option, web_options
from kg.cli.output import complain, opened, progress_bar


@click.command()
@click.argument("files", metavar="FILE.jsonl...", nargs=-1, required=True)
@published_option
@extractor_option
@web_options
def extract(
    files: tuple[str, ...],
    published: datetime | None,
    extractor: str | None,
    follow: bool,
    allow_private: bool,
) -> int:
    """Print what is found in each article as one line of JSON; builds no graph.

    Takes all that `kg build` takes. Every offset counts characters of the "text" on the same
    line, end exclusive.
    """
    import json

    from kg.extract import DEFAULT_EXTRACTOR
    from kg.extract import extractor as load
    from kg.extract.record import to_record
    from kg.read import Problem, read
    from kg.read.web import Web

    tool = load(extractor or DEFAULT_EXTRACTOR)
    failed = False
    web = Web(follow=follow, allow_private=allow_private)
    for item in read(files, published=published.date() if published else None, web=web):
        if isinstance(item, Problem):
            complain(item.place, item.message)
            failed = True
        else:
            click.echo(json.dumps(to_record(tool.extract(item)), ensure_ascii=False))
    return 1 if failed else 0


@click.command()
@directory
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
              help="Findings of one rule to print at most.")  # fmt: skip
def validate(directory: Path, most: int) -> int:
    """Check every statement of the graph in DIR against the words it rests on.

    Runs the SHACL shapes, the whole-graph rules and the evidence contract: every direct triple
    has an accepted claim, every claim has a span, every span is the text at its offsets. The
    exit code is 1 when something is violated; warnings are for a person to look at.
    """
    from kg.validate import validate as check

    with opened(directory) as graph:
        report = check(graph.store)
    for line in report.lines(most=most):
        click.echo(line)
    return 0 if report.ok else 1


@click.command()
@click.argument("suite")
@click.option("--data", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder of the test set.")  # fmt: skip
@extractor_option
@click.option(
    "--split", metavar="NAME", help="Part of the test set. [default: its dev part, or all]"
)
@click.option("--detail", is_flag=True, help="Rows for single types, predicates and roles too.")
@click.option("--baseline/--no-baseline", default=True, help="Score the baseline beside it.")
@click.option("--format", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="Table for people, JSON for programs.")  # fmt: skip
def evaluate(
    suite: str,
    data: Path,
    extractor: str | None,
    split: str | None,
    detail: bool,
    baseline: bool,
    format: str,
) -> None:
    """Score an extractor on a public test set, with a simple baseline beside it.

    Suites: names, entities-re3d, relations-re3d, events, facts-knowledgenet, identity,
    timelines, newsgraph.
    """
    import json

    from rich.console import Console

    from kg.evaluate import evaluate as score
    from kg.extract import DEFAULT_EXTRACTOR
    from kg.extract import extractor as load

    with progress_bar() as progress:
        report = score(
            suite,
            data=data,
            extractor=load(extractor or DEFAULT_EXTRACTOR),
            split=split,
            detail=detail,
            baseline=baseline,
            progress=lambda done, total: progress("scoring", done, total),
        )
    if format == "json":
        click.echo(json.dumps(report.to_record(), indent=1))
    else:
        Console(width=None if sys.stdout.isatty() else 100).print(report.table())
        for note in report.notes:
            click.echo(note)
