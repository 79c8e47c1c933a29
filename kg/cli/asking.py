"""Commands that answer in text: documents, info, diff, query, queries, show, timeline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.option import directory, format_option, out_option, store_option
from kg.cli.output import deliver, opened, print_result
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import Result


@click.command()
@directory
@format_option
def documents(directory: Path, format: str | None) -> None:
    """List the articles of the graph in DIR: id, date, source, title."""
    from kg.query import named_query

    with opened(directory) as graph:
        print_result(graph.query(named_query("articles").text), format)


@click.command()
@directory
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Text for people, JSON for programs.")  # fmt: skip
def info(directory: Path, format: str) -> None:
    """Tell what DIR holds and what made it: versions, counts, sizes, the last change."""
    import json

    from kg.info import info as found
    from kg.info import lines

    known = found(directory)
    if format == "json":
        click.echo(json.dumps(known.to_record(), indent=1, ensure_ascii=False))
        return
    for line in lines(known):
        click.echo(line)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Tell in words what is other in the graph NEW than in OLD: things, facts, disagreements.

    Each is a graph folder or its graph.ttl. + is new, - is gone, ~ is other than before.
    """
    from kg.diff import diff as compared
    from kg.diff import lines

    for line in lines(compared(old, new)):
        click.echo(line)


@click.command()
@click.argument("directory", metavar="[DIR]", required=False)
@click.argument("query", metavar="[QUERY]", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), metavar="F",
              help="Read the query from this file (- for standard input).")  # fmt: skip
@click.option("--name", metavar="NAME", help="Ask a named query; `kg queries` lists them.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE",
              help="Give a variable of the query a value, as often as needed.")  # fmt: skip
@store_option("Ask this SPARQL server, to which a graph was published, instead of DIR.")
@format_option
def query(
    directory: str | None,
    query: str | None,
    path: Path | None,
    name: str | None,
    settings: tuple[str, ...],
    store: str | None,
    format: str | None,
) -> None:
    """Ask the graph in DIR a SPARQL query.

    The prefixes kg: ent: ev: doc: rdf: rdfs: skos: xsd: prov: schema: nif: wgs84: gn: are
    declared. A value for --set is the name of an entity, a date, a number, or a "text in
    quotes"; it is bound as a term. Example:  kg query out --name contacts --set who=Iran
    """
    if store is not None:
        if query is not None:
            raise UsageError("With --store there is no DIR: kg query --store URL QUERY.")
        directory, query = None, directory
    elif directory is None:
        raise UsageError("Give the DIR of a graph, or --store URL.")
    text = _query_text(query, path, name)
    parameters = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r} has no value; write --set NAME=VALUE.")
        parameters[key.strip()] = value
    print_result(_asked(directory, store, text, parameters), format)


def _asked(
    directory: str | None, store: str | None, text: str, parameters: dict[str, str]
) -> Result:
    """The answer of the graph in the folder, or of that in the server."""
    if store is None:
        with opened(Path(str(directory))) as graph:
            return graph.query(text, parameters=parameters)
    from kg.graph.remote import RemoteStore
    from kg.query import query as ask

    with RemoteStore(store) as remote:
        return ask(remote, text, parameters=parameters)


def _query_text(query: str | None, path: Path | None, name: str | None) -> str:
    """The one query that was given, in whichever of the three ways."""
    from kg.query import named_query

    given = [way for way in (query, path, name) if way is not None]
    if len(given) != 1:
        raise UsageError("Give one query: as text, with --file, or with --name (see kg queries).")
    if name is not None:
        return named_query(name).text
    if path is not None:
        try:
            return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
        except UnicodeDecodeError:
            raise UsageError(f"{path} is not text in UTF-8, so it cannot hold a query.") from None
    return str(query)


@click.command()
def queries() -> None:
    """List the named queries, what they answer, and the values they take."""
    from rich.console import Console
    from rich.table import Table

    from kg.query import named_queries

    table = Table("name", "answers", "takes", show_edge=False, pad_edge=False)
    for named in named_queries():
        takes = ", ".join(
            f"{parameter.name} (optional)" if parameter.optional else parameter.name
            for parameter in named.parameters
        )
        table.add_row(named.name, named.description, takes)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


@click.command()
@directory
@click.argument("name")
def show(directory: Path, name: str) -> None:
    """Print what is claimed about the entity or event NAME, by whom, in which sentence."""
    from kg.show import lines

    with opened(directory) as graph:
        for line in lines(graph.show(name)):
            click.echo(line)


@click.command()
@directory
@click.argument("names", metavar="[NAME...]", nargs=-1)
@click.option("--format", type=click.Choice(["table", "csv", "json", "html"]), default="table",
              show_default=True, help="Table for people; html is a page to print.")  # fmt: skip
@out_option
def timeline(directory: Path, names: tuple[str, ...], format: str, out: Path | None) -> None:
    """Print events in order, with dates as precise as known and the number of sources.

    With NAMEs, only the events in which all of them take part.
    """
    from kg.graph.lookup import lookup
    from kg.timeline import render
    from kg.timeline import timeline as events

    with opened(directory) as graph:
        entries = events(graph.network, [lookup(graph.store, name).value for name in names])
    deliver(render(entries, format, title=" and ".join(names) or "Timeline"), out)
