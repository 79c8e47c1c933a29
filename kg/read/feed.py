"""RSS and Atom feeds, through feedparser: one article an entry.

An entry is read as the feed gives it, in full or as a summary. Only when asked (`Web.follow`), and
only for feeds that were themselves fetched, are the pages fetched that summaries link to: a file
never makes newsgraph go online.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from time import struct_time
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Document
from kg.read import html
from kg.read.fragment import lines_of
from kg.read.plain import article
from kg.read.raw import decode
from kg.read.source import Source
from kg.read.web import id_of_address, is_address

if TYPE_CHECKING:
    from kg.read.web import Web

MAX_FEED_BYTES = 100_000_000
MAX_FOLLOWED = 200
"""Pages fetched for one feed. Feeds hold the newest ten to a hundred entries."""


def articles(source: Source, web: Web) -> Iterator[tuple[str, Document | str]]:
    """The place of each entry ("entry 3") with its article, or with what is wrong with it.

    Raises `InputError` when `source` is no feed; of a broken one the entries that can be made out
    come first.
    """
    import feedparser  # type: ignore[import-untyped]

    data = source.data(limit=MAX_FEED_BYTES)
    if not data.strip():
        raise InputError("is empty; there is nothing to read")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    if not feed.entries and not feed.version:
        raise InputError("is no RSS or Atom feed that can be read")
    if not feed.entries and not feed.bozo:
        raise InputError("is a feed without entries; there is nothing to read")
    followed = 0
    name = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        place, found = f"entry {number}", _entry(entry, name)
        if web.follow and source.url and not entry.get("content") and is_address(_link(entry)):
            followed += 1
            if followed > MAX_FOLLOWED:
                web_page: Document | str = f"was read as the feed gives it, past {MAX_FOLLOWED}"
            else:
                web_page = _page(entry, web, name)
            if isinstance(web_page, Document):
                found = web_page
            else:
                yield place, f"{_link(entry)} {web_page}"
        yield place, found
    if feed.bozo and isinstance(feed.bozo_exception, _syntax_errors()):
        raise InputError(
            f"is a broken feed ({feed.bozo_exception}): {len(feed.entries)} entries could be made "
            "out and were read, others may be missing"
        )


def _syntax_errors() -> tuple[type[Exception], ...]:
    """What tells that a feed is broken, not merely sent with a wrong type or encoding."""
    from xml.sax import SAXException

    return (SAXException, UnicodeError)


def _entry(entry: Any, feed_name: str) -> Document | str:
    """The article as the feed gives it."""
    bodies = [body.get("value", "") for body in entry.get("content") or ()]
    body = max([*bodies, ""], key=len) or entry.get("summary") or ""
    title = _line(entry.get("title"))
    lines = lines_of(body)
    if title and title not in lines[:1]:
        lines = [title, *lines]
    if not lines:
        return "has neither a title nor a text"
    link = _link(entry)
    try:
        return article(
            [part for line in lines for part in (line, "")],
            id=id_of_address(link) if is_address(link) else "",
            title=title,
            published=_published(entry),
            source=_source(entry, feed_name),
            url=link if is_address(link) else "",
            author=_line(entry.get("author")),
        )
    except InputError as error:
        return str(error)


def _page(entry: Any, web: Web, feed_name: str) -> Document | str:
    """The article on the page that the entry links to; title and date of the feed are surer."""
    link = _link(entry)
    try:
        answer = web.fetch(link)
        if answer.type not in ("text/html", "application/xhtml+xml"):
            return f"leads to {answer.type or 'an unknown type'}, not to a page"
        page = html.parse(decode(answer.content), id_of_address(link), url=answer.url)
    except InputError as error:
        return str(error)
    return replace(
        page,
        title=page.title or _line(entry.get("title")),
        published=_published(entry) or page.published,
        source=page.source or _source(entry, feed_name),
        author=page.author or _line(entry.get("author")),
    )


def _link(entry: Any) -> str:
    return str(entry.get("link") or "").strip()


def _source(entry: Any, feed_name: str) -> str:
    return _line((entry.get("source") or {}).get("title")) or feed_name


def _line(markup: str | None) -> str:
    return " ".join(lines_of(markup or ""))


def _published(entry: Any) -> date | None:
    """The day as the publisher wrote it, in its own time zone; else in universal time."""
    for key in ("published", "updated", "created"):
        text = entry.get(key) or ""
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            pass
        try:
            return parsedate_to_datetime(text).date()
        except (ValueError, TypeError, IndexError):
            pass
        parsed = entry.get(f"{key}_parsed")
        if isinstance(parsed, struct_time):
            return date(*parsed[:3])
    return None
