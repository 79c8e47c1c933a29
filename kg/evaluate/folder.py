"""Finds the gold files of a test set, and reads them so that a broken line is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError

DEVELOPMENT = ("dev", "devel", "development", "val", "valid", "validation")
"""Names of the part of a test set meant for measuring while building; the default split."""


def gold_paths(
    data: Path, *, folder: str, pattern: str, layout: str, split: str | None = None
) -> list[Path]:
    """The files or folders in `data` that match the glob `pattern`, of one split, sorted.

    A split is a file's name without suffix, or a folder's name. Without `split`: the development
    part where there is one, else everything. `data` may also be one such file, or the parent
    that holds `folder`. `layout` tells a user what should have been there.

    Raises `InputError` when there is nothing, `UsageError` for an unknown split.
    """
    if not data.exists():
        raise InputError(f"There is no test set at {data}. {layout}")
    if data.is_file():
        return [data]
    if (data / folder).is_dir() and not list(data.glob(pattern)):
        data = data / folder
    paths = sorted(data.glob(pattern))
    if not paths:
        raise InputError(f"{data} holds nothing like {pattern}. {layout}")
    if split is None:
        return [path for path in paths if _split(path) in DEVELOPMENT] or paths
    chosen = [path for path in paths if _split(path) == split]
    if not chosen:
        known = ", ".join(repr(_split(path)) for path in paths)
        raise UsageError(f"{data} has no split {split!r}. It has: {known}.")
    return chosen


def _split(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of every line, without its end. Raises `InputError` if not UTF-8."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text: {error}. Is it the right file?") from None


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of every line that is not blank."""
    for number, line in lines(path):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise broken(path, number, f"it is no JSON ({error})") from None
        if not isinstance(record, dict):
            raise broken(path, number, "it is no JSON object")
        yield number, record


def broken(path: Path, line: int, why: str) -> InputError:
    """The error for a gold line that cannot be used."""
    return InputError(f"{path}, line {line}: {why}. Mend the line or take it out.")
