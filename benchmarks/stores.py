"""Loading a graph and asking it eight of the named queries: Oxigraph beside rdflib.

Both get the same N-Quads file and the same query text; rdflib's evaluator gets `LIMIT_S` seconds
for a query and is then stopped. Seconds are of processor time, so that other programs on the
machine do not disturb them.
"""

from __future__ import annotations

import resource
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.graph import QUESTIONS, article, tie
from benchmarks.results import table

SIZES, SIZES_FULL = (20_000,), (100_000, 1_000_000)
STATEMENTS_AN_ARTICLE = 475
"""What the made-up articles come to, about."""
ASKED = (
    "contacts",
    "attacks",
    "disagreements",
    "blame",
    "promises",
    "between",
    "posts",
    "about",
)
LIMIT_S = 60


def run(*, full: bool = False) -> list[str]:
    """A table for each size."""
    lines: list[str] = []
    for size in SIZES_FULL if full else SIZES:
        lines += _compared(size)
        lines.append("")
    return lines


def _compared(size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        file, statements = _made(size, Path(name))
        oxigraph, loaded_ox = _timed(lambda: _load_oxigraph(file, Path(name) / "loaded"))
        rdflib, loaded_rdflib = _timed(lambda: _load_rdflib(file))
        rows: list[tuple[object, ...]] = [
            ("load", loaded_ox, loaded_rdflib, loaded_rdflib / loaded_ox)
        ]
        for query in ASKED:
            answers, fast = _timed(lambda query=query: _ask_oxigraph(oxigraph, query))
            slow = _ask_rdflib(rdflib, query)
            times = f"over {LIMIT_S / fast:,.0f}" if slow is None else slow / fast
            shown = f"over {LIMIT_S}" if slow is None else slow
            rows.append((f"{query} ({answers} rows)", fast, shown, times))
            print(rows[-1], flush=True)
    headings = ("processor seconds", "Oxigraph, on disk", "rdflib, in memory", "rdflib / Oxigraph")
    return [f"{statements:,} statements, made-up articles.", "", *table(headings, rows)]


def _timed(work: Any) -> tuple[Any, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _made(size: int, folder: Path) -> tuple[Path, int]:
    """A graph of about `size` statements as N-Quads."""
    from kg.export import export
    from kg.graph.claims import claims
    from kg.graph.store import build_store

    extractions = [article(number) for number in range(size // STATEMENTS_AN_ARTICLE)]
    identities = tie(extractions)
    statements = claims(extractions, identities)
    file = folder / "graph.nq"
    with build_store(folder / "store", extractions, identities, statements) as store:
        export(store, "nquads", file)
        return file, len(store)


def _load_oxigraph(file: Path, folder: Path) -> Any:
    import pyoxigraph as ox

    store = ox.Store(folder)
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    return store


def _load_rdflib(file: Path) -> Any:
    from rdflib import Dataset

    graph = Dataset(default_union=True)
    graph.parse(file, format="nquads")
    return graph


def _ask_oxigraph(store: Any, query: str) -> int:
    import pyoxigraph as ox

    from kg.graph.vocabulary import PREFIXES
    from kg.query import named_query

    answer = store.query(
        named_query(query).text,
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
        substitutions={
            ox.Variable(name): ox.NamedNode(_iri(term)) for name, term in QUESTIONS[query].items()
        },
    )
    return sum(1 for _ in answer)


def _ask_rdflib(graph: Any, query: str) -> float | None:
    """Seconds a query takes, or None past the limit; in a child, which the system stops."""
    context = get_context("fork")  # shares the loaded graph
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_ask_in_child, args=(graph, query, sender))
    child.start()
    sender.close()
    try:
        seconds: float | None = receiver.recv()
    except EOFError:
        seconds = None
    child.join()
    return seconds


def _ask_in_child(graph: Any, query: str, sender: Connection) -> None:
    from rdflib import URIRef

    from kg.graph.vocabulary import PREFIXES
    from kg.query import named_query

    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S + 1))
    bindings = {name: URIRef(_iri(term)) for name, term in QUESTIONS[query].items()}
    start = time.process_time()
    for _ in graph.query(named_query(query).text, initNs=PREFIXES, initBindings=bindings):
        pass
    sender.send(time.process_time() - start)


def _iri(term: str) -> str:
    from kg.graph.vocabulary import PREFIXES

    prefix, _, local = term.partition(":")
    return PREFIXES[prefix] + local
