"""From articles to a graph on disk: read, extract, resolve, graph, view, in that order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from os import PathLike
from typing import TYPE_CHECKING

from kg.errors import GraphError, InputError
from kg.extract import DEFAULT_EXTRACTOR, Extractor, extractor
from kg.extract.archive import Archive, key_of
from kg.graph.folder import CORRECTIONS, LOADED, MANIFEST, GraphFolder, Manifest
from kg.model import Corrected, Correction, Document, Extraction
from kg.read import Problem, read
from kg.read.web import Web
from kg.resolve.correction import digest, in_force, read_corrections, to_lines

if TYPE_CHECKING:
    from kg.graph.store import Store

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Outcome:
    """What a build did: articles in the graph now, newly extracted, and those left out.

    `corrections` are those in force with what they came to; empty when nothing was written.
    """

    articles: int
    extracted: int
    problems: tuple[Problem, ...]
    changed: bool
    corrections: tuple[Corrected, ...] = ()


def build(
    paths: Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    published: date | None = None,
    extractor_name: str = DEFAULT_EXTRACTOR,
    jobs: int = 1,
    fresh: bool = False,
    web: Web | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Outcome:
    """Adds the articles at `paths` to the graph in the folder `out`, and writes it anew.

    Only articles that are new or changed are extracted; `fresh` forgets what `out` holds, `web`
    fetches those at addresses. An
    article that cannot be read comes back as a problem, the others are built. `out` is the old
    graph until the new one is complete. Raises `GraphError` when `out` cannot be written or is
    being built by another process, `InputError` when there is nothing to build at all.
    """
    folder = GraphFolder(out)
    folder.prepare()
    with folder.locked():
        corrections = read_corrections(folder.corrections)
        documents, problems = _sort_out(read(map(str, paths), published=published, web=web))
        before = None if fresh else folder.manifest()
        if before and before.extractor == LOADED:
            raise GraphError(
                f"{folder.path} was loaded from a dump and holds no articles to add to; build "
                "into another folder, or replace it with --fresh"
            )
        if not documents and not (before and before.articles):
            raise InputError(_nothing_to_build(problems))
        with Archive(folder.archive) as archive:
            tool = extractor(extractor_name)
            fresh_keys = {document.id: key_of(document, tool.name) for document in documents}
            todo = [d for d in documents if fresh or not archive.holds(fresh_keys[d.id])]
            for document, extraction in _extracted(todo, tool, extractor_name, jobs, progress):
                archive.add(fresh_keys[document.id], extraction)
            manifest = Manifest(
                articles={**(before.articles if before else {}), **fresh_keys},
                extractor=tool.name,
                version=version("newsgraph"),
                corrections=digest(corrections),
            )
            changed = manifest != before
            corrected: tuple[Corrected, ...] = ()
            if changed:
                corrected = _write(folder, manifest, archive, corrections, progress)
    return Outcome(len(manifest.articles), len(todo), tuple(problems), changed, corrected)


def remove(
    out: str | PathLike[str],
    documents: Iterable[str],
    *,
    progress: Progress = lambda stage, done, total: None,
) -> Outcome:
    """Takes articles and all that rests on them alone out of the graph in the folder `out`.

    Raises `GraphError` for an id that is not there; then nothing is removed.
    """
    folder = GraphFolder(out)
    before = folder.require()
    gone = set(documents)
    if unknown := sorted(gone - set(before.articles)):
        raise GraphError(
            f"{folder.path} holds no article {unknown[0]!r}; see: kg documents {folder.path}"
        )
    with folder.locked(), Archive(folder.archive) as archive:
        corrections = read_corrections(folder.corrections)
        kept = {id: key for id, key in before.articles.items() if id not in gone}
        manifest = Manifest(kept, before.extractor, version("newsgraph"), digest(corrections))
        corrected = _write(folder, manifest, archive, corrections, progress)
    return Outcome(len(kept), 0, (), changed=True, corrections=corrected)


def correct(
    out: str | PathLike[str],
    make: Callable[[Store, tuple[Correction, ...]], Correction],
    *,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[Correction, Outcome]:
    """Adds to the corrections of the folder `out` the one that `make` makes, and applies it.

    `make` gets the open graph and the corrections made so far; what it raises is passed on, and
    nothing is changed. The correction and the graph that follows from it appear together. Raises
    `GraphError` for a folder that holds no graph of articles, or is being built.
    """
    from kg.graph.store import Store

    folder = GraphFolder(out)
    if folder.require().extractor == LOADED:
        raise GraphError(
            f"{folder.path} was loaded from a dump and holds no articles to build anew; correct "
            "the graph that the dump was written from"
        )
    with folder.locked(), Archive(folder.archive) as archive:
        before = folder.require()
        made = read_corrections(folder.corrections)
        with Store.open(folder.store) as store:
            correction = make(store, made)
        corrections = (*made, correction)
        manifest = replace(before, version=version("newsgraph"), corrections=digest(corrections))
        corrected = _write(folder, manifest, archive, corrections, progress, save_corrections=True)
    outcome = Outcome(len(manifest.articles), 0, (), changed=True, corrections=corrected)
    return correction, outcome


def _sort_out(
    items: Iterator[Document | Problem],
) -> tuple[list[Document], list[Problem]]:
    documents: list[Document] = []
    problems: list[Problem] = []
    for item in items:
        if isinstance(item, Document):
            documents.append(item)
        else:
            problems.append(item)
    return documents, problems


def _nothing_to_build(problems: list[Problem]) -> str:
    if len(problems) == 1:
        return f"{problems[0].place} {problems[0].message}."
    found = "".join(f"\n  {problem.place} {problem.message}" for problem in problems)
    return f"No article could be read, so there is nothing to build:{found}"


def _extracted(
    documents: list[Document], tool: Extractor, name: str, jobs: int, progress: Progress
) -> Iterator[tuple[Document, Extraction]]:
    """Each document with what is found in it, in order, as they get done."""
    if jobs > 1 and len(documents) > 1:
        with ProcessPoolExecutor(
            max_workers=jobs, mp_context=get_context("spawn"), initializer=partial(_load, name)
        ) as pool:
            for done, pair in enumerate(
                zip(documents, pool.map(_extract, documents), strict=True), 1
            ):
                progress("extracting", done, len(documents))
                yield pair
    else:
        for done, document in enumerate(documents, 1):
            yield document, tool.extract(document)
            progress("extracting", done, len(documents))


_worker: dict[str, Extractor] = {}
"""The extractor of a worker process, loaded once."""


def _load(name: str) -> None:
    _worker["extractor"] = extractor(name)


def _extract(document: Document) -> Extraction:
    return _worker["extractor"].extract(document)


def _write(
    folder: GraphFolder,
    manifest: Manifest,
    archive: Archive,
    corrections: tuple[Correction, ...],
    progress: Progress,
    *,
    save_corrections: bool = False,
) -> tuple[Corrected, ...]:
    """Resolves all articles of `manifest` and puts the graph they make into the folder.

    With `save_corrections`, so are the corrections. Returns what these came to.
    """
    from kg.graph.claims import claims
    from kg.graph.corrections import with_rejections
    from kg.graph.reading import network
    from kg.graph.store import build_store
    from kg.graph.turtle import write_trig, write_turtle
    from kg.resolve import resolve
    from kg.resolve.division import divided
    from kg.view.page import render

    stages = ("resolving", "building the graph", "writing graph.ttl", "writing graph.trig",
              "drawing graph.html")  # fmt: skip
    steps = iter(enumerate(stages))

    def next_stage() -> None:
        done, stage = next(steps)
        progress(stage, done, len(stages))

    next_stage()
    articles: Mapping[str, str] = dict(sorted(manifest.articles.items()))
    extractions = divided(archive.extractions(articles.values()), in_force(corrections))
    identities = resolve(extractions, corrections)
    with folder.replacing() as new:
        next_stage()
        statements = claims(extractions, identities)
        with build_store(new / "store", extractions, identities, statements) as store:
            next_stage()
            write_turtle(store, new / "graph.ttl")
            next_stage()
            write_trig(store, new / "graph.trig")
            next_stage()
            page = render(network(store), title=_title(extractions))
        (new / "graph.html").write_text(page, "utf-8", newline="\n")
        (new / MANIFEST).write_text(manifest.to_json(), "utf-8", newline="\n")
        if save_corrections:
            (new / CORRECTIONS).write_text(to_lines(corrections), "utf-8", newline="\n")
    archive.keep_only(articles.values())
    progress("done", len(stages), len(stages))
    return with_rejections(identities, statements)


def _title(extractions: list[Extraction]) -> str:
    """What graph.html is called: how many articles, and from when."""
    days = sorted(e.document.published for e in extractions if e.document.published)
    count = f"{len(extractions)} article{'s' if len(extractions) != 1 else ''}"
    if not days:
        return count
    span = f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return f"{count}, {span}"
