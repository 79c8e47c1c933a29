"""The commands. Each checks its options, calls one function of the package, and prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.pipeline import Outcome, Progress
    from kg.query import Result

F = TypeVar("F", bound=Callable[..., Any])

DATE = click.DateTime(["%Y-%m-%d"])
directory = click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))


def extractor_option(command: F) -> F:
    """`--extractor`, the same on every command that extracts."""
    return click.option(
        "--extractor",
        metavar="NAME",
        default=None,
        help="What reads the articles; `kg extractors` lists the names.",
    )(command)


def published_option(command: F) -> F:
    """`--published`, the same on every command that reads articles."""
    return click.option(
        "--published",
        type=DATE,
        metavar="DATE",
        help="Publication date (YYYY-MM-DD) of articles that carry none.",
    )(command)


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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsgraph", prog_name="kg")
def kg() -> None:
    """Reads news articles into a knowledge graph in which every statement leads to its sentence.

    Start with:  kg build ARTICLES --out out
    """


@kg.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder of the graph; made if missing, added to if it holds one.")  # fmt: skip
@published_option
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Processes that extract in parallel.")  # fmt: skip
@extractor_option
@click.option("--fresh", is_flag=True, help="Forget what DIR holds and start anew.")
def build(
    paths: tuple[str, ...],
    out: Path,
    published: datetime | None,
    jobs: int,
    extractor: str | None,
    fresh: bool,
) -> int:
    """Read articles and build their graph in DIR.

    PATH is a file, a folder (read recursively), or - for standard input; kinds: .txt .md .html
    .jsonl. Only new or changed articles are read. An article that cannot be read is named and
    left out; the exit code is then 1.
    """
    from kg.extract import DEFAULT_EXTRACTOR
    from kg.pipeline import build as build_graph

    with progress_bar() as progress:
        outcome = build_graph(
            paths,
            out,
            published=published.date() if published else None,
            extractor_name=extractor or DEFAULT_EXTRACTOR,
            jobs=jobs,
            fresh=fresh,
            progress=progress,
        )
    return _report(out, outcome)


@kg.command()
@directory
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
def remove(directory: Path, documents: tuple[str, ...]) -> int:
    """Take articles, and all that rests on them alone, out of the graph in DIR.

    DOCUMENT is an id that `kg documents DIR` lists.
    """
    from kg.pipeline import remove as remove_articles

    with progress_bar() as progress:
        outcome = remove_articles(directory, documents, progress=progress)
    return _report(directory, outcome)


@kg.command()
@directory
@format_option
def documents(directory: Path, format: str | None) -> None:
    """List the articles of the graph in DIR: id, date, source, title."""
    from kg.query import named_query

    with _opened(directory) as graph:
        _print_result(graph.query(named_query("articles").text), format)


@kg.command()
@directory
@click.argument("query", metavar="[QUERY]", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), metavar="F",
              help="Read the query from this file (- for standard input).")  # fmt: skip
@click.option("--name", metavar="NAME", help="Ask a named query; `kg queries` lists them.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE",
              help="Give a variable of the query a value, as often as needed.")  # fmt: skip
@format_option
def query(
    directory: Path,
    query: str | None,
    path: Path | None,
    name: str | None,
    settings: tuple[str, ...],
    format: str | None,
) -> None:
    """Ask the graph in DIR a SPARQL query.

    The prefixes kg: ent: ev: doc: rdf: rdfs: skos: xsd: prov: schema: nif: are declared. A value
    for --set is the name of an entity, a date, a number, or a "text in quotes"; it is bound as a
    term. Example:  kg query out --name contacts --set who=Iran
    """
    text = _query_text(query, path, name)
    parameters = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r} has no value; write --set NAME=VALUE.")
        parameters[key.strip()] = value
    with _opened(directory) as graph:
        _print_result(graph.query(text, parameters=parameters), format)


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


@kg.command()
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


@kg.command()
@directory
@click.argument("name")
def show(directory: Path, name: str) -> None:
    """Print what is claimed about the entity or event NAME, by whom, in which sentence."""
    from kg.show import lines

    with _opened(directory) as graph:
        for line in lines(graph.show(name)):
            click.echo(line)


@kg.command()
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

    with _opened(directory) as graph:
        entries = events(graph.network, [lookup(graph.store, name).value for name in names])
    _deliver(render(entries, format, title=" and ".join(names) or "Timeline"), out)


@kg.command()
@click.argument("files", metavar="FILE.jsonl...", nargs=-1, required=True)
@published_option
@extractor_option
def extract(files: tuple[str, ...], published: datetime | None, extractor: str | None) -> int:
    """Print what is found in each article as one line of JSON; builds no graph.

    Takes all that `kg build` takes. Every offset counts characters of the "text" on the same
    line, end exclusive.
    """
    import json

    from kg.extract import DEFAULT_EXTRACTOR
    from kg.extract import extractor as load
    from kg.extract.record import to_record
    from kg.read import Problem, read

    tool = load(extractor or DEFAULT_EXTRACTOR)
    failed = False
    for item in read(files, published=published.date() if published else None):
        if isinstance(item, Problem):
            _complain(item.place, item.message)
            failed = True
        else:
            click.echo(json.dumps(to_record(tool.extract(item)), ensure_ascii=False))
    return 1 if failed else 0


@kg.command()
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

    with _opened(directory) as graph:
        report = check(graph.store)
    for line in report.lines(most=most):
        click.echo(line)
    return 0 if report.ok else 1


@kg.command()
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

    with _opened(directory) as graph:
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


@kg.command()
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

    with _opened(directory) as graph:
        write(graph.store, format, out)


@kg.command()
@directory
@click.argument("file", type=click.Path(path_type=Path))
def load(directory: Path, file: Path) -> None:
    """Make a graph folder DIR from a dump FILE that `kg export` wrote elsewhere.

    .nq, .trig and .jsonld hold everything; .ttl, .nt and .rdf the direct triples alone. The
    folder can be queried, shown, drawn and validated, but not added to: it holds no articles.
    """
    from kg.load import load as read_dump

    click.echo(f"{directory}: {read_dump(directory, file):,} statements from {file}")


@kg.command()
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


@contextmanager
def _opened(directory: Path) -> Iterator[KnowledgeGraph]:
    from kg.knowledge_graph import open_graph

    with open_graph(directory) as graph:
        yield graph


def _print_result(result: Result, format: str | None) -> None:
    """Prints rows: a table on a terminal, CSV (Turtle for triples) into a pipe."""
    if format is None and sys.stdout.isatty():
        from rich.console import Console

        Console().print(result.table())
        click.echo(f"{len(result)} row{'s' if len(result) != 1 else ''}")
        return
    if format is None:
        format = "turtle" if result.triples is not None else "csv"
    click.echo(result.render(format), nl=False)


def _deliver(text: str, out: Path | None) -> None:
    """Writes a result to the file `out`, or to standard output."""
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8", newline="\n")


def _complain(place: str, message: str) -> None:
    click.echo(f"kg: {place} {message}.", err=True)


def _report(out: Path, outcome: Outcome) -> int:
    """Prints what the graph holds now and what to do with it; the exit code."""
    for problem in outcome.problems:
        _complain(problem.place, problem.message)
    from kg.summary import lines, summarize

    with _opened(out) as graph:
        for line in lines(summarize(graph.store), out, extracted=outcome.extracted):
            click.echo(line)
    return 1 if outcome.problems else 0


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
