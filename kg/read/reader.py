"""Reading many articles: walks paths, picks the format, keeps going past what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError
from kg.model import Document
from kg.read import csv, docx, eml, feed, html, jsonl, language, markdown, pdf, plain
from kg.read.raw import MAX_ARTICLE_BYTES, decode
from kg.read.source import STANDARD_INPUT, Source, sources
from kg.read.web import Web, is_address
from kg.read.zip import members


@dataclass(frozen=True)
class Problem:
    """An article that could not be read, and why, as one sentence."""

    place: str
    message: str


TEXTS: dict[str, Callable[[str, str], Document]] = {
    ".txt": plain.parse,
    ".md": markdown.parse,
}
"""Formats that are text, of one article a file."""

PRINTED = {".pdf": pdf.parse, ".docx": docx.parse}
"""Formats that know when the file was made, which is the last resort for a publication date."""

LARGE = (".pdf", ".docx", ".eml")
"""Formats that hold pictures beside the text, and may therefore be larger."""

MAX_LARGE_BYTES = 100_000_000

Articles = Iterator[tuple[str, Document | str]]


def read(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    web: Web | None = None,
    known: Callable[[Document], bool] = lambda document: False,
) -> Iterator[Document | Problem]:
    """Every article under `paths`, in a stable order.

    A path is a file, a folder (read recursively), an address of the web or `-` for standard
    input. `published` is the publication date of articles that carry none themselves; `web`
    fetches addresses, and refuses private ones unless told otherwise. An article in a language
    other than English, or one that cannot be read, comes as a `Problem`; so does a second article
    that uses the id of an earlier one with another text. Of an article that is `known`, which is
    one that came through here before, the language is not asked again.
    """
    texts: dict[str, bytes] = {}
    for item in _Reader(published, web or Web()).items(paths):
        if isinstance(item, Problem):
            yield item
            continue
        place, document = item
        digest = sha256(document.text.encode("utf-8", "surrogatepass")).digest()
        if document.id in texts:
            if texts[document.id] != digest:
                yield Problem(
                    place,
                    f"has the id {document.id!r} of another article; give each its own id",
                )
            continue
        texts[document.id] = digest
        if published and not document.published:
            document = replace(document, published=published)
        if not known(document) and (foreign := language.other_than_english(document.text)):
            yield Problem(place, f"is in {foreign}; newsgraph reads English, so it was skipped")
            continue
        yield document


class _Reader:
    """Reads sources in the format each has."""

    def __init__(self, published: date | None, web: Web) -> None:
        self.published = published
        self.web = web

    def items(self, paths: Iterable[str | Path]) -> Iterator[tuple[str, Document] | Problem]:
        """The articles at `paths`, each with its place."""
        for path in paths:
            try:
                found = [self.web.source(str(path))] if is_address(path) else sources(path)
            except InputError as error:
                yield Problem(str(path), str(error))
                continue
            for source in found:
                yield from self.source(source)

    def source(self, source: Source) -> Iterator[tuple[str, Document] | Problem]:
        """The articles of one source, with their places in it where it holds several."""
        try:
            if source.suffix == ".zip":
                for member in members(source):
                    if isinstance(member, Source):
                        yield from self.source(member)
                    else:
                        yield Problem(*member)
            elif several := self.several(source):
                for within, result in several:
                    place = f"{source.place}, {within}"
                    if isinstance(result, Document):
                        yield place, result
                    else:
                        yield Problem(place, result)
            else:
                yield source.place, self.article(source)
        except InputError as error:
            yield Problem(source.place, str(error))
        except OSError as error:
            yield Problem(source.place, f"cannot be read: {error.strerror}")

    def several(self, source: Source) -> Articles | None:
        """The articles of a format that holds many."""
        if source.suffix == ".jsonl":
            return jsonl.articles(source)
        if source.suffix == ".csv":
            return csv.articles(source)
        if source.suffix in (".rss", ".atom"):
            return feed.articles(source, self.web)
        return None

    def article(self, source: Source) -> Document:
        """The article of a format that holds one."""
        large = source.suffix in LARGE
        data = source.data(limit=MAX_LARGE_BYTES if large else MAX_ARTICLE_BYTES)
        if source.suffix in PRINTED:
            document = PRINTED[source.suffix](data, source.id, published=self.published)
        elif source.suffix == ".eml":
            document = eml.parse(data, source.id)
        elif source.suffix in TEXTS:
            document = TEXTS[source.suffix](decode(data), source.id)
        else:
            document = html.parse(decode(data), source.id, url=source.url)
        return replace(document, url=document.url or source.url)


__all__ = ["STANDARD_INPUT", "Problem", "read"]
