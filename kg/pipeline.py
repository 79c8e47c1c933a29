"""From articles to a graph on disk: read, extract, resolve, graph, view, in that order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from os import PathLike
from typing import TYPE_CHECKING

from kg.errors import GraphError, InputError
from kg.extract import DEFAULT_EXTRACTOR, extractor
from kg.extract.archive import Archive, key_of
from kg.extract.pool import extract_all
from kg.graph.folder import CORRECTIONS, LOADED, MANIFEST, GraphFolder, Manifest
from kg.graph.resources import ontology_version
from kg.model import Corrected, Correction, Document, Extraction
from kg.read import Problem, read
from kg.read.web import Web
from kg.resolve.correction import digest, in_force, read_corrections, to_lines

if TYPE_CHECKING:
    from kg.diff import Difference
    from kg.graph.store import Store

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Outcome:
    """What a build did: articles in the graph now, newly extracted, and those left out.

    `corrections` are those in force with what they came to; empty when nothing was written.
    `changes` tell what is other than in the graph before; None where there was none, or none
    was written.
    """

    articles: int
    extracted: int
    problems: tuple[Problem, ...]
    changed: bool
    corrections: tuple[Corrected, ...] = ()
    changes: Difference | None = None


@dataclass(frozen=True)
class _Written:
    """What came of writing a graph: the corrections in force, and what changed."""

    corrected: tuple[Corrected, ...] = ()
    changes: Difference | None = None


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

    Only articles that are new or changed are extracted, in `jobs` processes; `fresh` forgets what
    `out` holds, `web` fetches those at addresses. An article that cannot be read or extracted
    comes back as a problem, the others are built (of one that changed, the old version stays).
    `out` is the old graph until the new one is complete. Raises `GraphError` when `out` cannot be
    written or is being built by another process, `InputError` when there is nothing to build.
    """
    folder = GraphFolder(out)
    folder.prepare()
    with folder.locked():
        corrections = read_corrections(folder.corrections)
        before = None if fresh else folder.manifest()
        if before and before.extractor == LOADED:
            raise GraphError(
                f"{folder.path} was loaded from a dump and holds no articles to add to; build "
                "into another folder, or replace it with --fresh"
            )
        tool = extractor(extractor_name)
        with Archive(folder.archive) as archive:
            keys: dict[str, str] = {}
            todo: list[Document] = []
            problems: list[Problem] = []
            filed = archive.keys()
            asked: dict[str, str] = {}

            def known(document: Document) -> bool:
                asked[document.id] = key_of(document, tool.name)
                return asked[document.id] in filed

            for item in read(map(str, paths), published=published, web=web, known=known):
                if isinstance(item, Problem):
                    problems.append(item)
                    continue
                keys[item.id] = asked[item.id]
                if fresh or keys[item.id] not in filed:
                    todo.append(item)
            failed = _extract(
                todo, keys, archive, name=extractor_name, jobs=jobs, progress=progress
            )
            problems += (failed[id] for id in sorted(failed))
            done = {id: key for id, key in keys.items() if id not in failed}
            articles = {**(before.articles if before else {}), **done}
            if not articles:
                raise InputError(_nothing_to_build(problems))
            reader = tool.name if keys or not before else before.extractor
            manifest = _manifest(articles, reader, corrections)
            changed = manifest != before
            written = _Written()
            if changed:
                written = _write(folder, manifest, archive, corrections, progress)
    return Outcome(
        articles=len(articles),
        extracted=len(todo) - len(failed),
        problems=tuple(problems),
        changed=changed,
        corrections=written.corrected,
        changes=written.changes if before else None,
    )


def publish(
    out: str | PathLike[str],
    url: str,
    *,
    progress: Progress = lambda stage, done, total: None,
) -> int:
    """Makes the SPARQL server at `url` hold the graph in the folder `out`; how many graphs that is.

    What newsgraph published there before is replaced, data of others stays. Raises `GraphError`
    when the server cannot be reached or refuses.
    """
    from kg.graph.remote import RemoteStore
    from kg.graph.store import Store

    folder = GraphFolder(out)
    folder.require()
    with RemoteStore(url) as remote, Store.open(folder.store) as store:
        return remote.publish(
            store, progress=lambda done, total: progress("publishing", done, total)
        )


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
    folder.require()
    gone = set(documents)
    with folder.locked(), Archive(folder.archive) as archive:
        before = folder.require()
        if unknown := sorted(gone - set(before.articles)):
            raise GraphError(
                f"{folder.path} holds no article {unknown[0]!r}; see: kg documents {folder.path}"
            )
        corrections = read_corrections(folder.corrections)
        kept = {id: key for id, key in before.articles.items() if id not in gone}
        manifest = _manifest(kept, before.extractor, corrections)
        written = _write(folder, manifest, archive, corrections, progress)
    return Outcome(len(kept), 0, (), True, written.corrected, written.changes)


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
        manifest = _manifest(before.articles, before.extractor, corrections)
        written = _write(folder, manifest, archive, corrections, progress, save_corrections=True)
    outcome = Outcome(len(manifest.articles), 0, (), True, written.corrected, written.changes)
    return correction, outcome


def _nothing_to_build(problems: list[Problem]) -> str:
    if len(problems) == 1:
        return f"{problems[0].place} {problems[0].message}."
    found = "".join(f"\n  {problem.place} {problem.message}" for problem in problems)
    return f"No article could be read, so there is nothing to build:{found}"


def _extract(
    todo: list[Document],
    keys: Mapping[str, str],
    archive: Archive,
    *,
    name: str,
    jobs: int,
    progress: Progress,
) -> dict[str, Problem]:
    """Files what is found in each document in the archive as it gets done; what failed, by id."""
    failed = {}
    results = extract_all(todo, name=name, jobs=min(jobs, len(todo)))
    with closing(results):
        for done, (document, found) in enumerate(results, 1):
            if isinstance(found, Extraction):
                archive.add(keys[document.id], found)
            else:
                failed[document.id] = Problem(f"article {document.id!r}", found)
            progress("extracting", done, len(todo))
    return failed


def _manifest(
    articles: Mapping[str, str], extractor: str, corrections: tuple[Correction, ...]
) -> Manifest:
    """What a graph of `articles` is built from, by this version of newsgraph."""
    return Manifest(
        articles=articles,
        extractor=extractor,
        version=version("newsgraph"),
        corrections=digest(corrections),
        ontology=ontology_version(),
    )


def _write(
    folder: GraphFolder,
    manifest: Manifest,
    archive: Archive,
    corrections: tuple[Correction, ...],
    progress: Progress,
    *,
    save_corrections: bool = False,
) -> _Written:
    """Resolves all articles of `manifest` and puts the graph they make into the folder.

    With `save_corrections`, so are the corrections. Returns what these came to, and what changed.
    """
    from kg.diff import changes_to
    from kg.graph.claims import claims
    from kg.graph.corrections import with_rejections
    from kg.graph.reading import network
    from kg.graph.store import build_store
    from kg.graph.turtle import write_trig, write_turtle
    from kg.resolve import resolve
    from kg.resolve.division import divided
    from kg.summary import summarize
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
            counts = summarize(store).to_record()
            changes = changes_to(folder.path, new, store)
        (new / "graph.html").write_text(page, "utf-8", newline="\n")
        whole = replace(manifest, counts=counts)
        (new / MANIFEST).write_text(whole.to_json(), "utf-8", newline="\n")
        if save_corrections:
            (new / CORRECTIONS).write_text(to_lines(corrections), "utf-8", newline="\n")
    archive.keep_only(articles.values())
    progress("done", len(stages), len(stages))
    return _Written(with_rejections(identities, statements), changes)


def _title(extractions: list[Extraction]) -> str:
    """What graph.html is called: how many articles, and from when."""
    days = sorted(e.document.published for e in extractions if e.document.published)
    count = f"{len(extractions)} article{'s' if len(extractions) != 1 else ''}"
    if not days:
        return count
    span = f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return f"{count}, {span}"
