"""The graph in the formats other tools read; every one with the same bytes on every run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from kg.errors import InputError, UsageError
from kg.graph.store import Store

Writer = Callable[[Store, IO[bytes]], None]

DIRECT_ONLY = ("turtle", "ntriples", "rdfxml")
"""Formats without named graphs: they carry the direct triples alone."""

FORMATS = {
    "turtle": "the direct triples, readable (.ttl)",
    "trig": "everything, with one named graph per article (.trig)",
    "nquads": "everything, one statement a line; `kg load` reads it back (.nq)",
    "ntriples": "the direct triples, one a line (.nt)",
    "jsonld": "everything, as compact JSON-LD with its @context (.jsonld)",
    "rdfxml": "the direct triples for older tools (.rdf)",
    "rdf12": "everything in RDF 1.2, claims as reifiers (.trig)",
    "graphml": "the network for yEd, Cytoscape or igraph (.graphml)",
    "gexf": "the network for Gephi (.gexf)",
    "csv": "a folder of tables: entities, events, relations, claims (.csv)",
}


def export(store: Store, format: str, out: str | os.PathLike[str] | None = None) -> None:
    """Writes the graph in `format`, one of `FORMATS`, to the file `out` or to standard output.

    `csv` writes a folder, and so needs `out`. A file is only replaced by a complete one. Raises
    `UsageError` for an unknown format, `InputError` when `out` cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"No export format {format!r}. Known: {', '.join(FORMATS)}.")
    try:
        if format == "csv":
            if out is None:
                raise UsageError("csv is a folder of tables; say where with --out FOLDER.")
            from kg.export.tables import write_tables

            write_tables(store, Path(out))
        elif out is None:
            writer(format)(store, sys.stdout.buffer)
        else:
            _write_file(store, writer(format), Path(out))
    except OSError as error:
        where, why = out or "standard output", error.strerror or error
        raise InputError(f"The export cannot be written to {where}: {why}.") from None


def writer(format: str) -> Writer:
    """The function that writes a one-file format."""
    from kg.export import jsonld, networks, rdf
    from kg.graph.turtle import write_trig, write_turtle

    writers: dict[str, Writer] = {
        "turtle": write_turtle,
        "trig": write_trig,
        "nquads": rdf.write_nquads,
        "ntriples": rdf.write_ntriples,
        "jsonld": jsonld.write_jsonld,
        "rdfxml": rdf.write_rdfxml,
        "rdf12": rdf.write_rdf12,
        "graphml": networks.write_graphml,
        "gexf": networks.write_gexf,
    }
    return writers[format]


def _write_file(store: Store, write: Writer, path: Path) -> None:
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            write(store, file)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
