"""The graph in an Oxigraph store: written once, then read and queried."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph import vocabulary as v
from kg.graph.acceptance import Sources
from kg.graph.corrections import correction_quads
from kg.graph.direct import direct_triples
from kg.graph.places import place_quads
from kg.graph.rdf import article_quads, copy_quads, dispute_quads, identity_quads
from kg.graph.resources import ontology_file
from kg.model import Claim, Extraction, Identities

DEFAULT_GRAPH = ox.DefaultGraph()

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Readable(Protocol):
    """What a graph is read through, on disk (`Store`) or in a server (`RemoteStore`)."""

    def __len__(self) -> int: ...

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        union: bool = True,
        base: str | None = None,
    ) -> Any:
        """The answer to a query, with the prefixes of the vocabulary declared."""

    def named_graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted by IRI."""

    def quads(
        self,
        *,
        subject: Any = None,
        predicate: ox.NamedNode | None = None,
        value: Any = None,
        graph: Graph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches anything."""


class Store:
    """A graph: direct triples in the default graph, one named graph per article, and three more.

    The three more are the identity decisions, the corrections and the ontology. Use it as a
    context manager, or `close` it: a store on disk is locked while it is open for writing.
    """

    def __init__(self, oxigraph: ox.Store, path: Path | None = None) -> None:
        self._oxigraph: ox.Store | None = oxigraph
        self.path = path

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, read_only: bool = True) -> Store:
        """The store in the folder `path`. Raises `GraphError` when there is none or it is locked.

        Read-only opening takes no lock; the folder must not be written to meanwhile.
        """
        folder = Path(path)
        if not (folder / "CURRENT").is_file():
            raise GraphError(f"No graph store in {folder}; make one with `kg build`.")
        try:
            oxigraph = ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
        except OSError as error:
            raise GraphError(
                f"The graph store {folder} cannot be opened ({error}); if another program has it "
                "open, close that, else build it again with `kg build`."
            ) from None
        return cls(oxigraph, folder)

    @property
    def oxigraph(self) -> ox.Store:
        """The pyoxigraph store itself. Raises `GraphError` after `close`."""
        if self._oxigraph is None:
            raise GraphError("This graph store is closed; open it again.")
        return self._oxigraph

    def close(self) -> None:
        """Let go of the files and the lock. Closing twice does no harm."""
        self._oxigraph = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.oxigraph)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        union: bool = True,
        base: str | None = None,
    ) -> Any:
        """What Oxigraph answers to `text`, over the union of all graphs, prefixes predeclared.

        For the package's own queries; what users type goes through `kg.query.query`, which
        checks it first. `bindings` gives values to variables, by name. Without `union` the
        query's own FROM or the graphs given here choose what is asked; `base` is what relative
        IRIs are relative to.
        """
        return self.oxigraph.query(
            text,
            base_iri=base,
            prefixes=v.PREFIXES,
            use_default_graph_as_union=union,
            default_graph=_nodes(default_graphs),
            named_graphs=_nodes(named_graphs),
            substitutions={ox.Variable(name): term for name, term in (bindings or {}).items()},
        )

    def named_graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted by IRI."""
        named = (graph for graph in self.oxigraph.named_graphs())
        return sorted(
            (graph for graph in named if isinstance(graph, ox.NamedNode)),
            key=lambda graph: graph.value,
        )

    def quads(
        self,
        *,
        subject: Any = None,
        predicate: ox.NamedNode | None = None,
        value: Any = None,
        graph: Graph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches anything."""
        return iter(self.oxigraph.quads_for_pattern(subject, predicate, value, graph))

    def dump(self, path: str | os.PathLike[str]) -> None:
        """Write everything as N-Quads in the store's own order: the fastest complete copy."""
        self.oxigraph.dump(os.fspath(path), ox.RdfFormat.N_QUADS)

    def snapshot(self, path: str | os.PathLike[str]) -> None:
        """Write a copy into the folder `path` that opens like this store, by hard links.

        It stays as it is whatever happens to this one. Raises `OSError` when it cannot be made.
        """
        self.oxigraph.backup(os.fspath(path))


def _nodes(iris: Sequence[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def build_store(
    path: str | os.PathLike[str] | None,
    extractions: Sequence[Extraction],
    identities: Identities,
    claims: Sequence[Claim],
) -> Store:
    """A fresh store with the graph of these articles, in the folder `path` or in memory.

    A store already at `path` is replaced when the new one is complete.
    """
    return fill_store(path, _quads(extractions, identities, claims))


def fill_store(path: str | os.PathLike[str] | None, quads: Iterator[ox.Quad]) -> Store:
    """A fresh store that holds `quads`, in the folder `path` or in memory."""
    if path is None:
        store = ox.Store()
        store.bulk_extend(quads)
        return Store(store)
    folder = Path(path)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        store = ox.Store(str(fresh))
        store.bulk_extend(quads)
        store.flush()
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise GraphError(f"The graph store cannot be written to {folder}: {error}.") from None
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    del store  # lets go of the lock, so that the folder can be moved
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return Store.open(folder)


def _quads(
    extractions: Sequence[Extraction], identities: Identities, claims: Sequence[Claim]
) -> Iterator[ox.Quad]:
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.document].append(claim)
    for subject, predicate, value in direct_triples(
        identities, claims, Sources(extractions, identities.copies)
    ):
        yield ox.Quad(subject, predicate, value, DEFAULT_GRAPH)
    for extraction in extractions:
        yield from article_quads(extraction, identities, by_article[extraction.document.id])
    yield from dispute_quads(claims)
    yield from copy_quads(identities)
    yield from identity_quads(identities)
    yield from place_quads(identities)
    yield from correction_quads(identities, claims)
    yield from ontology_quads()


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology as a named graph."""
    graph = ox.NamedNode(v.ONTOLOGY_GRAPH)
    for quad in ox.parse(path=ontology_file("newsgraph.ttl"), format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
