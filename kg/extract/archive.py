"""Extractions already made, kept on disk, so that no article is read twice.

An extraction is a pure function of document and extractor, so it is filed under the hash of the
two. The file is an SQLite database: each finished article is safe at once, whatever happens to
the rest of a build.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kg.errors import GraphError
from kg.extract.record import from_record, to_record
from kg.model import Document, Extraction

FORMAT = "1"
"""Changes whenever a record is written differently; older entries are then never found."""


def key_of(document: Document, extractor: str) -> str:
    """What an extraction is filed under: all that it depends on."""
    parts = [
        FORMAT,
        extractor,
        document.id,
        document.title,
        document.text,
        document.published.isoformat() if document.published else "",
        document.source,
        document.url,
        document.language,
        *([document.author] if document.author else []),
    ]
    data = json.dumps(parts).encode("utf-8")
    return hashlib.sha256(data).hexdigest()


class Archive:
    """The extractions of one graph folder. A context manager; close it to release the file."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the archive at `path`. Raises `GraphError` for a damaged file."""
        self._path = path
        try:
            self._db = sqlite3.connect(path)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS extraction (key TEXT PRIMARY KEY, record BLOB)"
            )
            self._db.commit()
        except sqlite3.OperationalError as error:
            raise GraphError(
                f"{path} cannot be written ({error}); make room, or choose another folder"
            ) from None
        except sqlite3.DatabaseError as error:
            raise GraphError(
                f"{path} is damaged ({error}); delete it and build again, every article will be "
                "read anew"
            ) from None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Releases the file."""
        self._db.close()

    def keys(self) -> set[str]:
        """All keys that there is an extraction under."""
        return {key for (key,) in self._db.execute("SELECT key FROM extraction")}

    def add(self, key: str, extraction: Extraction) -> None:
        """Files `extraction` under `key`, durably."""
        data = json.dumps(to_record(extraction), ensure_ascii=False).encode("utf-8")
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO extraction VALUES (?, ?)", (key, zlib.compress(data))
            )

    def extractions(self, keys: Iterable[str]) -> Iterator[Extraction]:
        """The extractions under `keys`, in that order. Raises `GraphError` for a missing one."""
        for key in keys:
            row = self._db.execute("SELECT record FROM extraction WHERE key = ?", (key,)).fetchone()
            if row is None:
                raise GraphError(
                    f"{self._path} lacks an article of its graph; build the folder again from "
                    "the articles with --fresh"
                )
            yield from_record(json.loads(zlib.decompress(row[0])))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drops every extraction that is under none of `keys`."""
        unused = sorted(self.keys() - set(keys))
        with self._writing():
            self._db.executemany("DELETE FROM extraction WHERE key = ?", [(key,) for key in unused])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction. Raises `GraphError` when it cannot be written, as on a full disk."""
        try:
            with self._db:
                yield
        except sqlite3.OperationalError as error:
            raise GraphError(
                f"{self._path} cannot be written ({error}); make room and run the same command "
                "again, the articles read so far are kept"
            ) from None
