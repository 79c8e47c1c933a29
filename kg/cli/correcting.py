"""Corrections by hand: kg correct DIR merge, split, rename, retype, reject, undo, list."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.option import F, directory
from kg.cli.output import print_notes, progress_bar

if TYPE_CHECKING:
    from kg.correct import Author, Made
    from kg.pipeline import Progress


@click.group()
@directory
@click.pass_context
def correct(context: click.Context, directory: Path) -> None:
    """Correct the graph in DIR; what you decide outranks what was read, and is never lost.

    Things are named as in `kg show`: by a name, an alias, an IRI or an id such as ent:Iran. Each
    correction is kept in DIR/corrections.jsonl with its author and reason, applied at once and at
    every later build, and can be undone. Example:

      kg correct out merge "Asim Munir" "General Munir" --by "R. Kahn" --because "same post"
    """
    context.obj = directory


def author_options(command: F) -> F:
    """`--by` and `--because`, the same on every correction."""
    because = click.option(
        "--because", default="", metavar="TEXT", help="Why: shown beside the correction."
    )
    by = click.option(
        "--by", metavar="NAME", envvar="KG_AUTHOR", default=None,
        help="Who corrects: shown in the graph. [default: $KG_AUTHOR, else your login name]",
    )  # fmt: skip
    return by(because(command))


def _carry_out(by: str | None, because: str, act: Callable[[Author, Progress], Made]) -> None:
    """Corrects, and says what was done and which correction no longer holds."""
    from kg.correct import Author, described

    author = Author(by if by is not None else getpass.getuser(), because)
    with progress_bar() as progress:
        correction, outcome = act(author, progress)
    click.echo(f"correction {correction.number}: {described(correction)}")
    print_notes(outcome)


@correct.command()
@click.argument("things", metavar="A B...", nargs=-1, required=True)
@author_options
@click.pass_obj
def merge(directory: Path, things: tuple[str, ...], by: str | None, because: str) -> None:
    """Make A and B one thing. It keeps the IRI of A."""
    from kg.correct import merge

    if len(things) < 2:
        raise click.UsageError("Give at least two things to merge: A B.")
    _carry_out(by, because, lambda a, p: merge(directory, things, a, progress=p))


@correct.command()
@click.argument("thing", metavar="A")
@click.argument("mentions", metavar="MENTION...", nargs=-1, required=True)
@author_options
@click.pass_obj
def split(
    directory: Path, thing: str, mentions: tuple[str, ...], by: str | None, because: str
) -> None:
    """Make some mentions of A speak of something else, which gets an IRI of its own.

    MENTION is an article (its id or title: all mentions of A in it), words by which A is
    mentioned, or one place: span:ARTICLE_START_END.
    """
    from kg.correct import split

    _carry_out(by, because, lambda a, p: split(directory, thing, mentions, a, progress=p))


@correct.command()
@click.argument("thing", metavar="A")
@click.argument("name")
@author_options
@click.pass_obj
def rename(directory: Path, thing: str, name: str, by: str | None, because: str) -> None:
    """Give A the main name NAME. Its IRI stays, its old name becomes an alias."""
    from kg.correct import rename

    _carry_out(by, because, lambda a, p: rename(directory, thing, name, a, progress=p))


@correct.command()
@click.argument("thing", metavar="A")
@click.argument("type")
@author_options
@click.pass_obj
def retype(directory: Path, thing: str, type: str, by: str | None, because: str) -> None:
    """Give A the type TYPE, one of those in ontology/README.md: ArmedGroup, Attack ..."""
    from kg.correct import retype

    _carry_out(by, because, lambda a, p: retype(directory, thing, type, a, progress=p))


@correct.command()
@click.argument("claim")
@author_options
@click.pass_obj
def reject(directory: Path, claim: str, by: str | None, because: str) -> None:
    """Take CLAIM as wrong. It stays, marked as rejected, and states no fact any more.

    `kg show DIR NAME` prints the ids of claims: claim:8a1f03c2d4e5b697.
    """
    from kg.correct import reject

    _carry_out(by, because, lambda a, p: reject(directory, claim, a, progress=p))


@correct.command()
@click.argument("number", type=click.IntRange(min=1))
@author_options
@click.pass_obj
def undo(directory: Path, number: int, by: str | None, because: str) -> None:
    """Take correction NUMBER back. Undoing an undo restores it."""
    from kg.correct import undo

    _carry_out(by, because, lambda a, p: undo(directory, number, a, progress=p))


@correct.command(name="list")
@click.pass_obj
def list_corrections(directory: Path) -> None:
    """List all corrections ever made, undone ones too: what, who, when, why, and how it stands."""
    from kg.correct import corrections, described

    for item in corrections(directory):
        correction = item.correction
        by = f" by {correction.by}" if correction.by else ""
        why = f": {correction.because}" if correction.because else ""
        click.echo(f"{correction.number}  {described(correction)}  [{item.state}]")
        click.echo(f"   {correction.at:%Y-%m-%d %H:%M}{by}{why}")
