"""Where articles lie: files, folders, archives, the web, standard input; each with the id its
article gets."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from kg.errors import InputError

STANDARD_INPUT = "-"
SUFFIXES = (
    ".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml",
    ".jsonl", ".csv", ".rss", ".atom", ".zip",
)  # fmt: skip
ABOUT = ("readme", "license", "licence", "changelog", "notice")
"""Names of files that tell about a folder and are no articles in it."""


@dataclass(frozen=True)
class Source:
    """One readable thing: a file at `path`, or `content` already at hand (a page of the web, a
    member of an archive); standard input when it has neither.

    `place` is how messages call it. `id` is what an article in it is called, made from its path
    below the folder given, so that a file keeps its id when its text changes; "" lets the content
    decide. `suffix` tells its format; `url` is where it was fetched from.
    """

    place: str
    id: str
    suffix: str
    path: Path | None = None
    content: bytes | None = None
    url: str = ""

    def open(self) -> IO[bytes]:
        """The bytes as a stream. Standard input is not closed with it."""
        if self.content is not None:
            return io.BytesIO(self.content)
        return self.path.open("rb") if self.path else sys.stdin.buffer

    def data(self, *, limit: int) -> bytes:
        """All bytes. Raises `InputError` for more than `limit`, of a file before reading it."""
        size = self.path.stat().st_size if self.path else len(self.content or b"")
        if size <= limit:
            with self.open() as stream:
                data = stream.read(limit + 1)
            if len(data) <= limit:
                return data
        raise InputError(
            f"is larger than {limit // 1_000_000} MB, which no single article is; "
            "split it, or give many articles as .jsonl"
        )


def sources(path: str | Path) -> list[Source]:
    """The readable files at `path`, sorted by name.

    A folder is walked recursively; other kinds of files in it are passed over, and so are hidden
    ones and those about the folder itself (README, LICENSE). Symbolic links to folders are not
    followed. Raises `InputError` when there is nothing to read.
    """
    if str(path) == STANDARD_INPUT:
        return [_standard_input()]
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if is_article(file.relative_to(path)))
        # A link that leads nowhere or in a circle is kept: reading it tells what is wrong.
        files = [file for file in files if file.is_file() or not file.exists()]
        if not files:
            raise InputError(f"holds no article; newsgraph reads {_kinds()}")
        return [_source(file, below=path) for file in files]
    if path.is_symlink() and not path.exists():
        raise InputError("is a symbolic link that leads nowhere or in a circle")
    if not path.exists():
        raise InputError("does not exist; check the spelling")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"is of a kind newsgraph does not read; it reads {_kinds()}")
    if not path.is_file():
        raise InputError("is no file that can be read to its end, but a device or a pipe")
    return [_source(path, below=path.parent)]


def is_article(file: PurePath) -> bool:
    """Whether a file found in a folder looks like an article, by its name alone."""
    hidden = any(part.startswith(".") for part in file.parts)
    return not hidden and file.suffix.lower() in SUFFIXES and file.stem.lower() not in ABOUT


def id_of(name: str) -> str:
    """A document id made from a path: letters, digits, dots and hyphens."""
    return re.sub(r"[^\w.-]+", "-", name)


def _kinds() -> str:
    return ", ".join(suffix for suffix in SUFFIXES if suffix != ".htm")


def _source(file: Path, *, below: Path) -> Source:
    return Source(
        place=str(file),
        id=id_of(file.relative_to(below).with_suffix("").as_posix()),
        suffix=file.suffix.lower(),
        path=file,
    )


def _standard_input() -> Source:
    """Standard input holds JSON lines when it starts with a brace, else one plain article."""
    stream = sys.stdin.buffer
    first = stream.peek(64).lstrip() if isinstance(stream, io.BufferedReader) else b""
    suffix = ".jsonl" if first.startswith(b"{") else ".txt"
    return Source(place="standard input", id="", suffix=suffix)
