"""Commands that give reasons: why."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.option import directory


@click.command()
@directory
@click.argument("name")
@click.argument("other", required=False)
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="With two names: write the waterfall of their score as a page.")  # fmt: skip
def why(directory: Path, name: str, other: str | None, chart: Path | None) -> None:
    """Print why mentions are taken as the one thing NAME, or how NAME and OTHER compare.

    Each decision is shown with its score and reason. Of two things the parts of the score are
    listed in bits: ten bits make a thousand times as likely.
    """
    from kg.why import lines
    from kg.why import why as reasons

    for line in lines(reasons(directory, [name, *filter(None, [other])], chart=chart)):
        click.echo(line)
    if chart:
        click.echo(f"{chart}: the chart")
