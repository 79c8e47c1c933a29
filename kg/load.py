"""A graph folder from a dump: `kg load DIR FILE` makes what `kg export` wrote queryable again."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, InputError, UsageError
from kg.graph.folder import LOADED, MANIFEST, GraphFolder, Manifest
from kg.graph.resources import ontology_version
from kg.graph.store import fill_store, ontology_quads

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nquads": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ntriples": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".rdfxml": ox.RdfFormat.RDF_XML,
}


def load(out: str | PathLike[str], file: str | PathLike[str]) -> int:
    """Makes the folder `out` a graph of what the dump `file` holds; returns how many statements.

    The ending of the file's name tells its format. Raises `UsageError` for an unknown ending,
    `InputError` for a file that cannot be read or has a syntax error (with line and column),
    `GraphError` when `out` already holds a graph.
    """
    from kg.graph.reading import network
    from kg.graph.turtle import write_trig, write_turtle
    from kg.summary import summarize
    from kg.view.page import render

    path = Path(file)
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            f"{path} has no ending that tells its format. Known: {', '.join(FORMATS)}."
        )
    if not path.is_file():
        raise InputError(f"{path} is no file; give the dump that `kg export` wrote.")
    folder = GraphFolder(out)
    folder.prepare()
    with folder.locked():
        if folder.manifest() is not None:
            raise GraphError(f"{folder.path} already holds a graph; load into another folder.")
        with folder.replacing() as new:
            with fill_store(new / "store", _quads(path)) as store:
                write_turtle(store, new / "graph.ttl")
                write_trig(store, new / "graph.trig")
                page = render(network(store), title=path.name)
                count = len(store)
                counts = summarize(store).to_record()
            (new / "graph.html").write_text(page, "utf-8", newline="\n")
            manifest = Manifest(
                {}, LOADED, version("newsgraph"), ontology=ontology_version(), counts=counts
            )
            (new / MANIFEST).write_text(manifest.to_json(), "utf-8", newline="\n")
    return count


def _quads(path: Path) -> Iterator[ox.Quad]:
    """The statements of the dump, and the ontology, which named queries rely on."""
    try:
        yield from ox.parse(path=path, format=FORMATS[path.suffix.lower()])
    except SyntaxError as error:
        raise InputError(f"{path} has a syntax error: {error.msg.rstrip('.')}.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.") from None
    yield from ontology_quads()
