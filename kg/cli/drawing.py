"""Commands that hand the graph to people and tools: view, report, export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.option import DATE, directory, out_option
from kg.cli.output import deliver, opened


@click.command()
@directory
@click.option("--focus", metavar="NAME", help="Only what is near this entity or event.")
@click.option("--hops", type=click.IntRange(min=0), default=2, show_default=True, metavar="N",
              help="How many ties away from NAME.")  # fmt: skip
@click.option(
    "--from", "date_from", type=DATE, metavar="DATE", help="Only events from this day on."
)
@click.option("--to", "date_to", type=DATE, metavar="DATE", help="Only events up to this day.")
@out_option
def view(
    directory: Path,
    focus: str | None,
    hops: int,
    date_from: datetime | None,
    date_to: datetime | None,
    out: Path | None,
) -> None:
    """Draw the graph in DIR, or one matter of it, as a single page that needs no network.

    Writes NAME.html (or view.html) unless --out says where. The whole graph is DIR/graph.html.
    """
    from kg.graph.lookup import lookup
    from kg.resolve.name import slug
    from kg.view import focus as narrow
    from kg.view import render

    with opened(directory) as graph:
        centre = lookup(graph.store, focus).value if focus else None
        network = narrow(
            graph.network,
            centre,
            hops=hops,
            date_from=date_from.date() if date_from else None,
            date_to=date_to.date() if date_to else None,
        )
    path = out or Path(f"{slug(focus) if focus else 'view'}.html")
    path.write_text(render(network, title=focus or "newsgraph"), "utf-8", newline="\n")
    click.echo(f"{path}: {len(network.nodes)} nodes, {len(network.edges)} edges")


@click.command()
@directory
@click.option("--title", default="newsgraph", show_default=True, help="Heading of the report.")
@out_option
def report(directory: Path, title: str, out: Path | None) -> None:
    """Write the graph in DIR as a page to read and print, without scripts.

    Key actors, timeline, map sketch, disagreements, what is only claimed, and sources.
    """
    from kg.view import report as page

    with opened(directory) as graph:
        deliver(page(graph.network, title=title), out)


@click.command()
@directory
@click.option("--format", required=True, metavar="FORMAT", help="One of those named above.")
@out_option
def export(directory: Path, format: str, out: Path | None) -> None:
    """Write the graph in DIR in a format other tools read.

    trig, nquads, jsonld and rdf12 carry everything, with one named graph per article; turtle,
    ntriples and rdfxml the direct triples; graphml and gexf the network for yEd or Gephi; csv a
    folder of tables for a spreadsheet.
    """
    from kg.export import export as write

    with opened(directory) as graph:
        write(graph.store, format, out)
