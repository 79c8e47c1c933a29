"""PDFs with a text layer, through pypdf: running headers dropped, broken words and lines joined."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Document
from kg.read.paragraphs import paragraphs
from kg.read.plain import article

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2000
"""More is a book, and no article."""

EDGE = 2
"""Lines at the top and at the bottom of a page among which running headers are looked for."""

REPEATED = 0.5
"""Share of the pages on which a line must stand at the edge to be a running header: those of left
and right pages often differ, so half of them is what one header reaches at most."""

_PAGE_NUMBER = re.compile(r"(?:page )?[-–—|\[ ]*\d{1,4}(?: ?(?:/|of) ?\d{1,4})?[-–—|\] ]*", re.I)
_BROKEN = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, ArithmeticError,
    NotImplementedError, RecursionError, zlib.error,
)  # fmt: skip
"""What pypdf raises, besides its own errors, on files that break the format."""


def parse(data: bytes, id: str, *, published: date | None = None) -> Document:
    """The article in a PDF.

    The publication date is a date line on the page, else `published`, else the day the file was
    made. Raises `InputError` for a broken or encrypted file, and for one without a text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every repair on stderr
    if b"%PDF-" not in data[:1024]:
        raise InputError("is not a PDF, whatever its name says" if data else "is empty")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            raise InputError("is encrypted; save a copy without a password")
        pages = _pages(reader)
        title, author, made = _metadata(reader)
    except (PyPdfError, *_BROKEN) as error:
        raise InputError(f"is a broken PDF ({_told(error)}); save it anew") from None
    lines = paragraphs([line for page in without_running_lines(pages) for line in page])
    if title and title not in lines[:3]:
        title = ""
    return article(
        [part for line in lines for part in (line, "")],
        id=id,
        title=title,
        undated=published or made,
        author=author,
    )


def _opens(reader: PdfReader) -> bool:
    """Whether an encrypted file can be read without a password, as many that forbid printing."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _pages(reader: PdfReader) -> list[list[str]]:
    """The lines of every page. Raises `InputError` when there are none."""
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise InputError(f"has {count} pages, which no article has; split it")
    pages = [page.extract_text().splitlines() for page in reader.pages]
    if not any(line.strip() for page in pages for line in page):
        if any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages):
            raise InputError(
                "has no text layer: it is a scan, only pictures of pages; add one first with a "
                "program for text recognition, such as ocrmypdf"
            )
        raise InputError("holds no text; there is nothing to read")
    return pages


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers, and without lines that repeat at their edges."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    counts = Counter(form for page in stripped for form in {_form(line) for line in _edges(page)})
    running = {
        form for form, count in counts.items() if count >= 2 and count >= REPEATED * len(pages)
    }

    def stays(page: Sequence[str], i: int) -> bool:
        if EDGE <= i < len(page) - EDGE:
            return True
        return _form(page[i]) not in running and not _PAGE_NUMBER.fullmatch(page[i])

    return [
        [line for i, line in enumerate(page) if stays(page, i)] if len(pages) > 1 else page
        for page in stripped
    ]


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:EDGE], *page[EDGE:][-EDGE:]]


def _form(line: str) -> str:
    """The line with its numbers masked, so that "Page 3" is "Page 4"."""
    return re.sub(r"\d+", "0", line.casefold())


def _metadata(reader: PdfReader) -> tuple[str, str, date | None]:
    """Title and author as the file gives them, and the day it was made."""
    about = reader.metadata
    if about is None:
        return "", "", None
    try:
        made = about.creation_date
    except ValueError:
        made = None
    return _one_line(about.title), _one_line(about.author), made.date() if made else None


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _told(error: BaseException) -> str:
    return " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__
