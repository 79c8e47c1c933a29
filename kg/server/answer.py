"""The answer to a SPARQL query as bytes in the format the client likes best; runs in a worker."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.vocabulary import PREFIXES
from kg.query import Dataset, evaluate
from kg.query.guard import checked
from kg.server.failure import ServerError
from kg.server.negotiation import preferred

TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types for SELECT and ASK, the preferred first, with the format `Result` knows."""

GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
}
"""Media types for CONSTRUCT, DESCRIBE and things, the preferred first."""

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}

BYTES = 64 << 20
"""Size of an answer at most: what the server can hold for a handful of clients at once."""

_COMMENTED = ("text/turtle", "application/n-triples", "application/trig")


@dataclass(frozen=True)
class Answer:
    """An answer ready to send. `notice` tells what is not as asked, "" when nothing is."""

    body: bytes
    media_type: str
    notice: str = ""


class NotAcceptableError(ServerError):
    """The client takes none of the formats there are."""

    status = 406


class TooLargeError(ServerError):
    """The answer is larger than the server sends."""

    status = 400


def answer(
    store: Store, text: str, *, dataset: Dataset, accept: str, most: int, base: str | None = None
) -> Answer:
    """Runs a query and writes the first `most` rows or triples.

    Raises `QueryError` for a query that is malformed or forbidden, `NotAcceptableError` when no
    format fits (before it is run), `TooLargeError` above `BYTES`.
    """
    is_table = checked(text, store).form in ("SELECT", "ASK")
    offered = TABLES if is_table else GRAPHS
    media_type = preferred(accept, tuple(offered))
    if media_type is None:
        raise NotAcceptableError(
            f"None of the formats asked for fits this query; there are: {', '.join(offered)}."
        )
    known = {graph.value for graph in store.named_graphs()} if dataset else set()
    notices = [
        f"There is no graph <{iri}> here; it counts as empty."
        for iri in (*dataset.default, *dataset.named)
        if iri not in known
    ]
    found = evaluate(store, text, dataset=dataset, base=base)
    if isinstance(found, ox.QueryBoolean):
        return Answer(_boolean(found, TABLES[media_type]), media_type, " ".join(notices))
    lines = _Lines(most + 1 if is_table else most)
    complete = lines.read(found, ox.QueryResultsFormat.TSV if is_table else ox.RdfFormat.N_TRIPLES)
    if not complete:
        what = "rows" if is_table else "triples"
        notices.append(f"Cut off after {most} {what}; ask for parts with LIMIT and OFFSET.")
    notice = " ".join(notices)
    write = _table if is_table else _graph
    return Answer(write(lines.text, media_type, notice), media_type, notice)


class _Lines:
    """Takes what Oxigraph writes, up to a number of lines: one a row or triple, all in Rust.

    Reading the rows into Python and writing them there took four times as long.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._taken: list[bytes] = []
        self._size = 0
        self._full = False

    def read(self, found: Any, format: Any) -> bool:
        """Takes the answer; whether that was all of it."""
        try:
            found.serialize(self, format=format)
        except _EnoughError:
            return False
        return True

    @property
    def text(self) -> bytes:
        """The lines taken."""
        return b"".join(self._taken)

    def write(self, data: bytes) -> int:
        """Called by Oxigraph with some bytes of the answer."""
        if self._full and data:
            raise _EnoughError
        count = data.count(b"\n")
        if count >= self._left:
            end = [i for i, byte in enumerate(data) if byte == 10][self._left - 1] + 1
            self._take(data[:end])
            self._full = True
            if end < len(data):
                raise _EnoughError
            return len(data)
        self._left -= count
        self._take(data)
        return len(data)

    def flush(self) -> None:
        """Called by Oxigraph at the end."""

    def _take(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > BYTES:
            raise TooLargeError(
                f"The answer is larger than {BYTES >> 20} MB; ask for parts with LIMIT and OFFSET."
            )
        self._taken.append(data)


class _EnoughError(Exception):
    """As many lines as wanted have been taken."""


def _boolean(found: ox.QueryBoolean, format: str) -> bytes:
    if format in ("csv", "tsv"):
        return b"true\n" if found else b"false\n"
    return found.serialize(format=_RESULTS[format]) or b""


def _table(rows: bytes, media_type: str, notice: str) -> bytes:
    """Rows in TSV, in the format asked for; JSON and XML carry the notice."""
    format = TABLES[media_type]
    if format == "tsv":
        return rows
    parsed: Any = ox.parse_query_results(rows, ox.QueryResultsFormat.TSV)
    written: bytes = parsed.serialize(format=_RESULTS[format]) or b""
    if notice and format == "json":
        return written.replace(
            b'"head":{', b'"head":{"notice":%s,' % json.dumps(notice).encode(), 1
        )
    if notice and format == "xml":
        return written.replace(b"?>", f"?>{_xml_comment(notice)}".encode(), 1)
    return written


def _graph(lines: bytes, media_type: str, notice: str) -> bytes:
    """N-Triples, in the format asked for, each once, sorted."""
    triples = b"\n".join(sorted(set(lines.splitlines())))
    return graph(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES), media_type, notice)


def graph(triples: Iterable[Any], media_type: str, notice: str = "") -> bytes:
    """Triples in one of `GRAPHS`; formats that have comments carry the notice."""
    format = GRAPHS[media_type]
    written = (triple.triple if isinstance(triple, ox.Quad) else triple for triple in triples)
    body: bytes = ox.serialize(written, format=format, prefixes=PREFIXES) or b""
    if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        body = _sorted_prefixes(body)
    if notice and media_type in _COMMENTED:
        return f"# {notice}\n".encode() + body
    if notice and format == ox.RdfFormat.RDF_XML:
        return body.replace(b"?>", f"?>{_xml_comment(notice)}".encode(), 1)
    return body


def _sorted_prefixes(turtle: bytes) -> bytes:
    """Oxigraph declares prefixes in the order of a hash table, another one every time."""
    lines = turtle.split(b"\n")
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _xml_comment(text: str) -> str:
    return f"\n<!-- {text.replace('--', '- -')} -->"
