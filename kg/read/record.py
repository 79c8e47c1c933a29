"""An article as a record with the keys id, title, text, published, source, url and author.

The text is kept to the letter: whoever sends records has already decided what the article is,
and offsets must fit the text that was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.model import Document
from kg.read.plain import headline
from kg.read.raw import content_id

KEYS = ("id", "title", "text", "published", "source", "url", "author")
_STRINGS = ("title", "source", "url", "author")


def article(record: Mapping[str, Any]) -> Document | str:
    """The article that `record` describes, or what is wrong with it; only `text` is required."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return "has no text: 'text' must hold the article"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "holds half a character (a lone surrogate); fix the program that wrote it"
    for key in _STRINGS:
        if not isinstance(record.get(key) or "", str):
            return f"has a {key!r} that is not a string"
    published = record.get("published")
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except (TypeError, ValueError):
        return f"has the publication date {published!r}; write it as YYYY-MM-DD"
    return Document(
        id=str(record.get("id") or "") or content_id(text),
        text=text,
        title=record.get("title") or headline(text.strip()),
        published=day,
        source=record.get("source") or "",
        url=record.get("url") or "",
        author=record.get("author") or "",
    )
