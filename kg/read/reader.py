"""Reading many articles: walks paths, picks the format, keeps going past what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.errors import InputError
from kg.model import Document
from kg.read import html, jsonl, language, markdown, plain
from kg.read.raw import MAX_ARTICLE_BYTES, decode
from kg.read.source import STANDARD_INPUT, Source, sources


@dataclass(frozen=True)
class Problem:
    """An article that could not be read, and why, as one sentence."""

    place: str
    message: str


Parse = Callable[[str, str], Document]
PARSERS: dict[str, Parse] = {
    ".txt": plain.parse,
    ".md": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
}


def read(
    paths: Iterable[str | Path], *, published: date | None = None
) -> Iterator[Document | Problem]:
    """Every article under `paths`, in a stable order.

    A path is a file, a folder (read recursively) or `-` for standard input. `published` is the
    publication date of articles that carry none themselves. An article in a language other than
    English, or one that cannot be read, comes as a `Problem`; so does a second article that uses
    the id of an earlier one with another text.
    """
    texts: dict[str, str] = {}
    for item in _items(paths):
        if isinstance(item, Problem):
            yield item
            continue
        place, document = item
        if document.id in texts:
            if texts[document.id] != document.text:
                yield Problem(
                    place,
                    f"has the id {document.id!r} of another article; give each its own id",
                )
            continue
        texts[document.id] = document.text
        if foreign := language.other_than_english(document.text):
            yield Problem(place, f"is in {foreign}; newsgraph reads English, so it was skipped")
            continue
        yield replace(document, published=document.published or published)


def _items(paths: Iterable[str | Path]) -> Iterator[tuple[str, Document] | Problem]:
    for path in paths:
        try:
            found = sources(path)
        except InputError as error:
            yield Problem(str(path), str(error))
            continue
        for source in found:
            yield from _articles(source)


def _articles(source: Source) -> Iterator[tuple[str, Document] | Problem]:
    """The articles of one source, numbered by line where a file holds several."""
    try:
        if source.suffix == ".jsonl":
            for line, result in jsonl.lines(source):
                place = f"{source.place}, line {line}"
                if isinstance(result, Document):
                    yield place, result
                else:
                    yield Problem(place, result)
        else:
            yield source.place, _article(source)
    except InputError as error:
        yield Problem(source.place, str(error))
    except OSError as error:
        yield Problem(source.place, f"cannot be read: {error.strerror}")


def _article(source: Source) -> Document:
    data = source.data(limit=MAX_ARTICLE_BYTES)
    parse = PARSERS[source.suffix]
    return parse(decode(data), source.id)


__all__ = ["STANDARD_INPUT", "Problem", "read"]
