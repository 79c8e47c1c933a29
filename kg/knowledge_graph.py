"""A built graph in Python: query it, walk it with networkx, hand it to rdflib, show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.extract import DEFAULT_EXTRACTOR
from kg.graph.folder import GraphFolder
from kg.graph.store import Store

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.graph.network import Network
    from kg.query import Result
    from kg.read import Problem
    from kg.show import Profile


ATTEMPTS = 5
"""To open a store that a build replaces meanwhile. A build takes seconds, opening milliseconds."""


class KnowledgeGraph:
    """The graph in a folder that `kg build` wrote. Read-only; a context manager."""

    def __init__(self, path: str | PathLike[str], *, problems: tuple[Problem, ...] = ()) -> None:
        """Opens the graph in the folder `path`. Raises `GraphError` when there is none.

        `problems` are the articles that the build left out, for the caller of `build`.
        """
        self.folder = GraphFolder(path)
        self.manifest = self.folder.require()
        self.problems = problems

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.folder.path} of {len(self.manifest.articles)} articles>"

    def _repr_html_(self) -> str:
        from kg.view.page import frame

        return frame(self.html())

    @cached_property
    def store(self) -> Store:
        """The open store, of one build also when another takes its place at this moment."""
        for _ in range(ATTEMPTS):
            generation = self.folder.generation
            failure: Exception | None = None
            try:
                store = Store.open(self.folder.store)
            except (GraphError, RuntimeError) as error:  # Oxigraph's own: files of two builds
                failure = error
            if self.folder.generation == generation:
                break
            self.manifest = self.folder.require()
        if failure is None:
            return store
        if isinstance(failure, GraphError):
            raise failure
        raise GraphError(
            f"{self.folder.store} is damaged ({failure}); build the graph again with --fresh"
        ) from None

    def close(self) -> None:
        """Lets go of the store."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]

    def query(self, text: str, *, parameters: Mapping[str, str] | None = None) -> Result:
        """The answer to a SPARQL query, or to a named query of `kg queries`.

        The usual prefixes are declared. `parameters` are bound as terms, never spliced into the
        text. Raises `QueryError`.
        """
        from kg.query import query

        return query(self.store, text, parameters=parameters or {})

    def show(self, name: str) -> Profile:
        """What is claimed about the entity or event called `name`, with the sentences."""
        from kg.show import profile

        return profile(self.store, name)

    @cached_property
    def network(self) -> Network:
        """All nodes and edges with their evidence, as plain data."""
        from kg.graph.reading import network

        return network(self.store)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The graph for networkx: nodes are IRIs with their attributes, edges have predicates."""
        from kg.graph.network import to_networkx

        return to_networkx(self.network)

    def rdflib(self) -> rdflib.Dataset:
        """The whole graph as an rdflib dataset in memory. For large graphs prefer `query`."""
        from kg.graph.reading import to_rdflib

        return to_rdflib(self.store)

    def html(self) -> str:
        """The interactive page as one file without outside resources."""
        return self.folder.part("graph.html").read_text("utf-8")


def open_graph(path: str | PathLike[str]) -> KnowledgeGraph:
    """The graph in the folder `path`. Raises `GraphError` when there is none."""
    return KnowledgeGraph(path)


def build_graph(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    out: str | PathLike[str] = "out",
    published: date | None = None,
    extractor: str = DEFAULT_EXTRACTOR,
    jobs: int = 1,
    fresh: bool = False,
) -> KnowledgeGraph:
    """Builds the graph of the articles at `paths` in the folder `out`, and opens it.

    The same as `kg build`: articles that `out` already holds stay, unless `fresh`. Articles that
    could not be read are in the result's `problems`.
    """
    from kg.pipeline import build

    many = [paths] if isinstance(paths, str | PathLike) else list(paths)
    outcome = build(
        many, out, published=published, extractor_name=extractor, jobs=jobs, fresh=fresh
    )
    return KnowledgeGraph(Path(out), problems=outcome.problems)
