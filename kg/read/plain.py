"""Plain text articles: title, date line and furniture told from the article itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.errors import InputError
from kg.model import Document
from kg.read.dateline import date_of_line, leading_date
from kg.read.furniture import is_furniture
from kg.read.raw import content_id

MAX_TITLE = 200
"""Characters. Headlines in the corpora looked at stay under 180; a first line longer than that
was a paragraph in every case."""

OPENING = 80
"""Characters of the first sentence that stand in for a title where there is none."""

TOP_LINES = 6
"""How many lines from the top a repeated headline or a date line is looked for: page headers are
short, and further down a repeated line is a subheading."""


def parse(text: str, id: str) -> Document:
    """The article in `text`. Raises `InputError` when only furniture is left of it."""
    published, start = leading_date(text)
    return article(text[start:].splitlines(), id=id, published=published)


def article(
    lines: Iterable[str],
    *,
    id: str,
    title: str = "",
    published: date | None = None,
    undated: date | None = None,
    source: str = "",
    url: str = "",
    author: str = "",
) -> Document:
    """The article in `lines` that still have furniture, a repeated headline, a date line.

    `published` is believed, `undated` is the publication date if the lines tell none.
    """
    kept = [line.strip() for line in lines]
    kept = [line for line in kept if not is_furniture(line)]
    kept = _from_repeated_headline(kept)
    kept, dated = _without_date_line(kept)
    return document(
        kept,
        id=id,
        title=title,
        published=published or dated or undated,
        source=source,
        url=url,
        author=author,
    )


def document(
    lines: list[str],
    *,
    id: str,
    title: str = "",
    published: date | None = None,
    source: str = "",
    url: str = "",
    author: str = "",
) -> Document:
    """A document of paragraphs, blank lines collapsed; the title is the first line unless given.

    Shared by all formats, so that the same article gets the same text from each.
    """
    text = _joined(lines)
    if not text:
        raise InputError("holds no text besides web page furniture; there is nothing to read")
    return Document(
        id=id or content_id(text),
        text=text,
        title=title or headline(text),
        published=published,
        source=source,
        url=url,
        author=author,
    )


def headline(text: str) -> str:
    """The headline of an article: its first line, or its opening words when it has no headline."""
    first = text.split("\n", 1)[0]
    if len(first) <= MAX_TITLE and not first.endswith((".", "!”", ".”")):
        return first
    if len(first) <= OPENING:
        return first
    return first[:OPENING].rsplit(" ", 1)[0] + " …"


def _joined(lines: list[str]) -> str:
    """The lines as one text; any run of blank lines becomes a single one."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def _from_repeated_headline(lines: list[str]) -> list[str]:
    """Starts at the headline when a page header stands before it.

    A page repeats its headline (once in the header, once above the text); what comes before the
    first of the two is navigation ("Pakistan Islamabad"), and one of the two is enough.
    """
    top = [(i, line) for i, line in enumerate(lines) if line][:TOP_LINES]
    for position, (i, line) in enumerate(top):
        for j, later in top[position + 1 :]:
            if line == later and len(line.split()) > 3:
                return [line, *lines[i + 1 : j], *lines[j + 1 :]]
    return lines


def _without_date_line(lines: list[str]) -> tuple[list[str], date | None]:
    """The lines without a date line near the top, and that date."""
    top = [i for i, line in enumerate(lines) if line][:TOP_LINES]
    for i in top:
        if day := date_of_line(lines[i]):
            return lines[:i] + lines[i + 1 :], day
    return lines, None
