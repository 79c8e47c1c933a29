"""Where articles lie: files, folders and standard input, each with the id its article gets."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import InputError

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
ABOUT = ("readme", "license", "licence", "changelog", "notice")
"""Names of files that tell about a folder and are no articles in it."""


@dataclass(frozen=True)
class Source:
    """One readable thing. `path` is None for standard input; `place` is how messages call it.

    `id` is what an article in it is called, made from its path below the folder given, so that
    a file keeps its id when its text changes; "" lets the content decide.
    """

    path: Path | None
    place: str
    id: str
    suffix: str

    def open(self) -> IO[bytes]:
        """The bytes as a stream. Standard input is not closed with it."""
        return self.path.open("rb") if self.path else sys.stdin.buffer

    def data(self, *, limit: int) -> bytes:
        """All bytes. Raises `InputError` for more than `limit`, which no article needs."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(
                f"is larger than {limit // 1_000_000} MB, which no single article is; "
                "split it, or give many articles as .jsonl"
            )
        return data


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
        files = sorted(file for file in path.rglob("*") if _is_article(file.relative_to(path)))
        files = [file for file in files if file.is_file()]
        if not files:
            raise InputError(f"holds no article; newsgraph reads {_kinds()}")
        return [_source(file, below=path) for file in files]
    if not path.exists():
        raise InputError("does not exist; check the spelling")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"is of a kind newsgraph does not read; it reads {_kinds()}")
    return [_source(path, below=path.parent)]


def _is_article(file: Path) -> bool:
    """Whether a file found in a folder looks like an article, by its name alone."""
    hidden = any(part.startswith(".") for part in file.parts)
    return not hidden and file.suffix.lower() in SUFFIXES and file.stem.lower() not in ABOUT


def _kinds() -> str:
    return ", ".join(suffix for suffix in SUFFIXES if suffix != ".htm")


def _source(file: Path, *, below: Path) -> Source:
    name = file.relative_to(below).with_suffix("").as_posix()
    return Source(
        path=file,
        place=str(file),
        id=re.sub(r"[^\w.-]+", "-", name),
        suffix=file.suffix.lower(),
    )


def _standard_input() -> Source:
    """Standard input holds JSON lines when it starts with a brace, else one plain article."""
    stream = sys.stdin.buffer
    first = stream.peek(64).lstrip() if isinstance(stream, io.BufferedReader) else b""
    suffix = ".jsonl" if first.startswith(b"{") else ".txt"
    return Source(path=None, place="standard input", id="", suffix=suffix)
