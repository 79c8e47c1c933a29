"""Commands that make and change a graph: build, remove, load."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.option import (
    directory,
    extractor_option,
    published_option,
    store_option,
    web_options,
)
from kg.cli.output import print_summary, progress_bar
from kg.errors import UsageError


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder of the graph; made if missing, added to if it holds one.")  # fmt: skip
@published_option
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Processes that extract in parallel.")  # fmt: skip
@extractor_option
@click.option("--fresh", is_flag=True, help="Forget what DIR holds and start anew.")
@web_options
@store_option("Publish the graph to this SPARQL server as well.")
def build(
    paths: tuple[str, ...],
    out: Path,
    published: datetime | None,
    jobs: int,
    extractor: str | None,
    fresh: bool,
    follow: bool,
    allow_private: bool,
    store: str | None,
) -> int:
    """Read articles and build their graph in DIR.

    PATH is a file, a folder (read recursively), an address (http, https), or - for standard
    input; kinds: .txt .md .html .pdf .docx .eml .jsonl .csv .rss .atom .zip. Only new or changed
    articles are read. An article that cannot be read is named and left out; the exit code is
    then 1. Only addresses given here are ever fetched, robots.txt permitting. Without a PATH,
    a graph that an older newsgraph built is brought up to date.
    """
    from kg.extract import DEFAULT_EXTRACTOR
    from kg.graph.folder import GraphFolder
    from kg.pipeline import build as build_graph
    from kg.read.web import Web

    if not paths and (fresh or not GraphFolder(out).exists):
        raise UsageError("Give the articles to build from: kg build PATH... --out DIR.")
    with progress_bar() as progress:
        outcome = build_graph(
            paths,
            out,
            published=published.date() if published else None,
            extractor_name=extractor or DEFAULT_EXTRACTOR,
            jobs=jobs,
            fresh=fresh,
            web=Web(follow=follow, allow_private=allow_private),
            progress=progress,
        )
        if store:
            from kg.pipeline import publish

            publish(out, store, progress=progress)
    return print_summary(out, outcome)


@click.command()
@directory
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
def remove(directory: Path, documents: tuple[str, ...]) -> int:
    """Take articles, and all that rests on them alone, out of the graph in DIR.

    DOCUMENT is an id that `kg documents DIR` lists.
    """
    from kg.pipeline import remove as remove_articles

    with progress_bar() as progress:
        outcome = remove_articles(directory, documents, progress=progress)
    return print_summary(directory, outcome)


@click.command()
@directory
@click.argument("file", type=click.Path(path_type=Path))
def load(directory: Path, file: Path) -> None:
    """Make a graph folder DIR from a dump FILE that `kg export` wrote elsewhere.

    .nq, .trig and .jsonld hold everything; .ttl, .nt and .rdf the direct triples alone. The
    folder can be queried, shown, drawn and validated, but not added to: it holds no articles.
    """
    from kg.load import load as read_dump

    click.echo(f"{directory}: {read_dump(directory, file):,} statements from {file}")
