"""A graph on disk: the folder that `kg build` writes and everything else reads.

The folder is either the old graph or the new one. A new graph is written whole into `.new`; one
rename to `.ready` makes it the truth; its parts are then moved into place, and whoever opens the
folder after a crash finishes the moving.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.errors import GraphError

FORMAT = 2
"""Layout of the folder; a folder of another format is refused, never misread.

1: without the version of the ontology and the counts. 2: with them.
"""

READABLE = (1, FORMAT)
"""Formats that can be read; the next build brings a folder of an older one up to date."""

MANIFEST = "build.json"
ARCHIVE = "extractions.db"
LOCK = ".lock"
HOLDER = ".holder"
"""Who holds the lock: the file that is locked cannot be read for it everywhere."""

PARTS = ("graph.ttl", "graph.trig", "graph.html", "store", MANIFEST)
CORRECTIONS = "corrections.jsonl"
"""What people corrected. No build writes or deletes it; it outlives the graph around it."""

LOADED = "loaded"
"""Stands for the extractor of a graph that came from a dump, not from articles."""

MOVING = 10.0
"""Seconds that a reader waits for a build to move its parts into place: five renames."""

_NEW, _READY, _OLD = ".new", ".ready", ".old"


@dataclass(frozen=True)
class Manifest:
    """What the folder was built from: `articles` leads from document ids to archive keys.

    `version` is that of newsgraph, `ontology` that of the ontology; `corrections` is a digest of
    those in force, "" for none. `counts` tell what the graph holds (see `kg.summary`); they follow
    from the rest.
    """

    articles: Mapping[str, str]
    extractor: str
    version: str
    corrections: str = ""
    ontology: str = ""
    format: int = FORMAT
    counts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def to_json(self) -> str:
        """As written to disk; sorted, so that equal graphs have equal files."""
        fields: dict[str, Any] = {
            "format": FORMAT,
            "newsgraph": self.version,
            "ontology": self.ontology,
            "extractor": self.extractor,
            "articles": dict(sorted(self.articles.items())),
        }
        if self.corrections:
            fields["corrections"] = self.corrections
        fields["counts"] = dict(self.counts)
        return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


class GraphFolder:
    """The paths of a graph folder, and the way a new graph gets into it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    @property
    def store(self) -> Path:
        """The Oxigraph store."""
        return self.path / "store"

    @property
    def archive(self) -> Path:
        """The extractions the graph was made from."""
        return self.path / ARCHIVE

    @property
    def corrections(self) -> Path:
        """What people corrected; there is no such file before the first correction."""
        return self.path / CORRECTIONS

    def part(self, name: str) -> Path:
        """The path of `name`, one of `PARTS`."""
        return self.path / name

    @property
    def exists(self) -> bool:
        """Whether there is a graph at all, or one that is being put in place."""
        return self.is_moving or self.part(MANIFEST).is_file()

    @property
    def is_moving(self) -> bool:
        """Whether a new graph is complete but not all of it in place yet."""
        return (self.path / _READY).is_dir()

    @property
    def generation(self) -> int:
        """A number that changes whenever a build puts another store in place; 0 for no store."""
        try:
            return self.store.stat().st_ino
        except OSError:
            return 0

    def require(self) -> Manifest:
        """The manifest of a finished graph. Raises `GraphError` when there is none to read."""
        self._settle()
        if not self.path.exists():
            raise GraphError(
                f"{self.path} does not exist; build a graph with: kg build ARTICLES --out "
                f"{self.path}"
            )
        if not self.part(MANIFEST).is_file():
            raise GraphError(
                f"{self.path} holds no graph; build one with: kg build ARTICLES --out {self.path}"
            )
        return self._manifest()

    def manifest(self) -> Manifest | None:
        """The manifest, or None for a folder that holds no graph yet."""
        self._finish_moving()
        return self._manifest() if self.part(MANIFEST).is_file() else None

    def _manifest(self) -> Manifest:
        try:
            fields = json.loads(self.part(MANIFEST).read_text("utf-8"))
            found = fields["format"]
            manifest = Manifest(
                articles=fields["articles"],
                extractor=fields["extractor"],
                version=fields["newsgraph"],
                corrections=fields.get("corrections", ""),
                ontology=fields.get("ontology", ""),
                format=found,
                counts=fields.get("counts", {}),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GraphError(
                f"{self.part(MANIFEST)} is damaged ({error}); build the graph again with --fresh"
            ) from None
        if found not in READABLE:
            raise GraphError(
                f"{self.path} was built by newsgraph {manifest.version} in the format {found}, "
                f"this is {version('newsgraph')} with the format {FORMAT}; build it again with: "
                f"kg build ARTICLES --out {self.path} --fresh"
            )
        return manifest

    def prepare(self) -> None:
        """Makes the folder, and refuses one that holds something else than a graph."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = sorted(
                entry.name
                for entry in self.path.iterdir()
                if entry.name
                not in (*PARTS, CORRECTIONS, ARCHIVE, LOCK, HOLDER, _NEW, _READY, _OLD)
                and not entry.name.startswith(f"{ARCHIVE}-")
            )
        except OSError as error:
            raise GraphError(
                f"{self.path} cannot be written: {error.strerror}; choose another --out"
            ) from None
        known = any(self.part(name).exists() for name in (MANIFEST, ARCHIVE, LOCK))
        if foreign and not known:
            raise GraphError(
                f"{self.path} holds other files ({', '.join(foreign[:3])} ...); choose an empty "
                "or new folder for --out"
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other builds out; the folder is settled. Raises `GraphError` if one is at work."""
        from filelock import FileLock, Timeout

        try:
            lock = FileLock(self.path / LOCK, timeout=0)
            lock.acquire()
        except Timeout:
            raise self._held() from None
        except OSError as error:
            raise GraphError(
                f"{self.path} cannot be written: {error.strerror}; choose another --out"
            ) from None
        try:
            self._sign()
            self._finish_moving()
            shutil.rmtree(self.path / _NEW, ignore_errors=True)  # left by one that was killed
            yield
        finally:
            (self.path / HOLDER).unlink(missing_ok=True)
            lock.release()

    def _sign(self) -> None:
        """Leaves word of who is building, for those who come meanwhile."""
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        word = f"process {os.getpid()} on {socket.gethostname()} since {since}"
        # On a full disk the word is lost, and only those who come meanwhile miss it.
        with suppress(OSError):
            (self.path / HOLDER).write_text(word, "utf-8")

    def _held(self) -> GraphError:
        """What those are told who come while somebody builds."""
        try:
            holder = (self.path / HOLDER).read_text("utf-8").strip() or "another process"
        except OSError:
            holder = "another process"
        return GraphError(f"{self.path} is being built by {holder}; wait for it to end")

    @contextmanager
    def replacing(self) -> Iterator[Path]:
        """A fresh folder to write the parts of a new graph into; taken over if all goes well."""
        self._finish_moving()
        new = self.path / _NEW
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        try:
            yield new
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        _flush(new)
        new.rename(self.path / _READY)
        self._finish_moving()

    def _settle(self) -> None:
        """Lets a build that is moving its parts finish, or finishes for one that was killed.

        What is waited for is the end of the moving, not of the build: its lock may be held on,
        or taken by the next one at once.
        """
        from filelock import FileLock, Timeout

        deadline = time.monotonic() + MOVING
        while self.is_moving:
            try:
                with FileLock(self.path / LOCK, timeout=0):
                    self._finish_moving()
            except Timeout:
                if time.monotonic() > deadline:
                    raise self._held() from None
                time.sleep(0.01)

    def _finish_moving(self) -> None:
        """Moves the parts of a complete new graph into place; also after a crash halfway."""
        ready = self.path / _READY
        if not ready.is_dir():
            return
        old = self.path / _OLD
        for name in (CORRECTIONS, *PARTS):
            if not (ready / name).exists():
                continue
            if (ready / name).is_dir() and self.part(name).exists():
                # A folder cannot take the place of another at once. Renaming needs no room on the
                # disk, which may be full by now.
                shutil.rmtree(old, ignore_errors=True)
                self.part(name).rename(old)
            (ready / name).replace(self.part(name))
        shutil.rmtree(old, ignore_errors=True)
        ready.rmdir()


def _flush(folder: Path) -> None:
    """Has the disk hold every file of `folder`, so that no power cut leaves an empty one."""
    for path in (*folder.rglob("*"), folder):
        if path.is_file() or os.name == "posix":  # Windows cannot open folders
            handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
