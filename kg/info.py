"""What a graph folder holds, and what made it: versions, counts, sizes, the last change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any

from kg.graph.folder import (
    ARCHIVE,
    CORRECTIONS,
    FORMAT,
    LOADED,
    MANIFEST,
    PARTS,
    GraphFolder,
    Manifest,
)
from kg.graph.resources import ontology_version
from kg.graph.store import Store
from kg.summary import Summary, summarize


@dataclass(frozen=True)
class Info:
    """A graph folder: `sizes` are bytes by part, `changed` the time of its last change.

    `outdated` tells in words what of it is not of this version of newsgraph.
    """

    path: Path
    manifest: Manifest
    summary: Summary
    sizes: dict[str, int]
    corrections: int
    changed: datetime
    outdated: tuple[str, ...]

    def to_record(self) -> dict[str, Any]:
        """As plain data, for programs."""
        return {
            "path": str(self.path),
            "newsgraph": self.manifest.version,
            "format": self.manifest.format,
            "ontology": self.manifest.ontology,
            "extractor": self.manifest.extractor,
            "changed": self.changed.isoformat(timespec="seconds"),
            "outdated": list(self.outdated),
            "corrections": self.corrections,
            "sizes": self.sizes,
            **self.summary.to_record(),
        }


def info(path: str | PathLike[str]) -> Info:
    """What the folder at `path` holds. Raises `GraphError` when it holds no graph."""
    folder = GraphFolder(path)
    manifest = folder.require()
    corrected = folder.corrections
    return Info(
        path=folder.path,
        manifest=manifest,
        summary=summary_of(path),
        sizes={
            name: size
            for name in (*PARTS, ARCHIVE, CORRECTIONS)
            if (size := _size(folder.path / name))
        },
        corrections=len(corrected.read_text("utf-8").splitlines()) if corrected.is_file() else 0,
        changed=datetime.fromtimestamp(folder.part(MANIFEST).stat().st_mtime, UTC),
        outdated=tuple(_outdated(manifest)),
    )


def summary_of(path: str | PathLike[str]) -> Summary:
    """The counts of a graph, as they were written with it; counted anew where they were not."""
    folder = GraphFolder(path)
    if written := Summary.from_record(folder.require().counts):
        return written
    with Store.open(folder.store) as store:
        return summarize(store)


def _outdated(manifest: Manifest) -> Iterator[str]:
    here = version("newsgraph")
    if manifest.version != here:
        yield f"newsgraph {manifest.version} made it, this is {here}"
    if manifest.format != FORMAT:
        yield f"its format is {manifest.format}, the present one {FORMAT}"
    if manifest.ontology != ontology_version():
        known = manifest.ontology or "of unknown version"
        yield f"its ontology is {known}, the present one {ontology_version()}"


def _size(path: Path) -> int:
    """Bytes of a file, or of all in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def lines(found: Info) -> Iterator[str]:
    """All of it for a person."""
    summary, manifest = found.summary, found.manifest
    articles = f"{summary.articles} article{'s' if summary.articles != 1 else ''}"
    days = f", published {' to '.join(dict.fromkeys(summary.published))}" * any(summary.published)
    sources = f", of {summary.publishers} named publishers" if summary.publishers else ""
    yield f"{found.path}: {articles}{days}{sources}"
    yield (
        f"  holds       {sum(summary.entities.values()):,} entities, {summary.events:,} events, "
        f"{sum(summary.claims.values()):,} claims"
    )
    loaded = "a dump, not articles" if manifest.extractor == LOADED else ""
    readers = ", ".join(f"{name} ({count:,})" for name, count in summary.extractors.items())
    yield f"  read by     {loaded or readers or manifest.extractor}"
    yield (
        f"  made by     newsgraph {manifest.version}, format {manifest.format}, ontology "
        f"{manifest.ontology or 'unknown'}"
    )
    yield f"  changed     {found.changed:%Y-%m-%d %H:%M} UTC"
    if found.corrections:
        yield f"  corrected   {found.corrections} times"
    total = sum(found.sizes.values())
    parts = ", ".join(f"{name} {_told(size)}" for name, size in found.sizes.items())
    yield f"  size        {_told(total)}: {parts}"
    for reason in found.outdated:
        yield f"  outdated    {reason}"
    if found.outdated and manifest.extractor != LOADED:
        yield f"  update with kg build --out {found.path}"


def _told(size: int) -> str:
    for unit, bytes in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)):
        if size >= bytes:
            return f"{size / bytes:.1f} {unit}"
    return f"{size} bytes"
