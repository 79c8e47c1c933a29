"""The word lists of `kg/extract/data`: what a user may read and extend without touching code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import ExtractorError


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`.

    Raises `ExtractorError` naming the file and the line when it is no valid TOML.
    """
    path = files("kg.extract") / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ExtractorError(f"The word list {path} cannot be read: {error}. Mend it.") from None


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """The list under `keys` of a word list, as a set."""
    found: Any = lexicon(name)
    for key in keys:
        found = found[key]
    return frozenset(found)
