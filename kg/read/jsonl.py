"""Articles as JSON lines: `{"id", "title", "text", "published", "source", "url"}`, `text` required.

The text is kept to the letter: whoever sends JSON has already decided what the article is, and
offsets must fit the text that was sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.model import Document
from kg.read.plain import headline
from kg.read.raw import MAX_ARTICLE_BYTES, content_id
from kg.read.source import Source

_STRINGS = ("title", "source", "url")


def lines(source: Source) -> Iterator[tuple[int, Document | str]]:
    """Line numbers (from 1) with the article on the line, or with what is wrong with it."""
    with source.open() as stream:
        number = 0
        while data := stream.readline(MAX_ARTICLE_BYTES + 1):
            number += 1
            if len(data) > MAX_ARTICLE_BYTES:
                _skip_line(stream, data)
                limit = MAX_ARTICLE_BYTES // 1_000_000
                yield number, f"is longer than {limit} MB, which no single article is"
            elif data.strip():
                yield number, _article(data)


def _skip_line(stream: Any, data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = stream.readline(MAX_ARTICLE_BYTES)


def _article(data: bytes) -> Document | str:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return f"is not valid UTF-8 (byte {error.start}); save the file as UTF-8"
    except json.JSONDecodeError as error:
        return f"is not valid JSON: {error.msg} at column {error.colno}"
    except RecursionError:
        return "is nested too deeply to be an article"
    if not isinstance(record, dict):
        return "is not a JSON object with a key 'text'"
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return "has no text: the key 'text' must hold the article"
    return _document(record, text)


def _document(record: dict[str, Any], text: str) -> Document | str:
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
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
    )
