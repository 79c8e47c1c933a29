"""Options that several commands share: each declared once, with its default and its help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DATE = click.DateTime(["%Y-%m-%d"])
directory = click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))


def extractor_option(command: F) -> F:
    """`--extractor`, the same on every command that extracts."""
    return click.option(
        "--extractor",
        metavar="NAME",
        default=None,
        help="What reads the articles: newsgraph (trained model and rules), model, spacy (rules), "
        "or spacy:PIPELINE for any installed one. [default: newsgraph]",
    )(command)


def published_option(command: F) -> F:
    """`--published`, the same on every command that reads articles."""
    return click.option(
        "--published",
        type=DATE,
        metavar="DATE",
        help="Publication date (YYYY-MM-DD) of articles that carry none.",
    )(command)


def web_options(command: F) -> F:
    """`--follow` and `--allow-private`, the same on every command that reads articles."""
    follow = click.option(
        "--follow",
        is_flag=True,
        help="Fetch the pages that a feed given by its address links to, where the feed itself "
        "holds only summaries.",
    )
    allow_private = click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from private addresses, too (127.0.0.1, 10.0.0.0/8 ...).",
    )
    return follow(allow_private(command))


def out_option(command: F) -> F:
    """`--out` for commands that may write their result to a file."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=True),
        metavar="FILE",
        help="Write to this file (or folder, for csv) instead of standard output.",
    )(command)


def format_option(command: F) -> F:
    """`--format` for commands that print rows."""
    return click.option(
        "--format",
        metavar="FORMAT",
        default=None,
        help="table, csv, tsv, json or xml; turtle for CONSTRUCT. "
        "[default: table on a terminal, else csv]",
    )(command)


def store_option(meaning: str) -> Callable[[F], F]:
    """`--store`, with what it means for the command."""
    return click.option(
        "--store",
        metavar="URL",
        default=None,
        help=f"{meaning} URL is where it takes queries, http://USER:PASSWORD@HOST/... if it asks "
        "for them.",
    )
