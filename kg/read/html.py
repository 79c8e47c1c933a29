"""Web pages: article text, title, date, author and publisher through trafilatura."""

from __future__ import annotations

from datetime import date

from kg.errors import InputError
from kg.model import Document
from kg.read.furniture import is_furniture
from kg.read.plain import document


def parse(text: str, id: str, *, url: str = "") -> Document:
    """The article in the page `text`, which was fetched from `url` if that is given. Raises
    `InputError` when the page holds none."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    page = bare_extraction(
        text, url=url or None, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(page, Page) or not page.text:
        raise InputError("holds no article text that can be told from the page around it")
    lines = [line.strip() for line in page.text.splitlines()]
    lines = [line for line in lines if not is_furniture(line)]
    title = (page.title or "").strip()
    if title and title not in lines[:3]:
        lines = [title, *lines]
    return document(
        [part for line in lines for part in (line, "")],
        id=id,
        title=title,
        published=date.fromisoformat(page.date) if page.date else None,
        source=page.sitename or page.hostname or "",
        url=page.url or url,
        author=page.author or "",
    )
