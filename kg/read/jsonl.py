"""Articles as JSON lines: one `{"id", "title", "text", "published", "source", "url"}` a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.model import Document
from kg.read.raw import MAX_ARTICLE_BYTES
from kg.read.record import article
from kg.read.source import Source


def articles(source: Source) -> Iterator[tuple[str, Document | str]]:
    """The place of each line ("line 3") with the article on it, or with what is wrong with it."""
    with source.open() as stream:
        number = 0
        while data := stream.readline(MAX_ARTICLE_BYTES + 1):
            number += 1
            if len(data) > MAX_ARTICLE_BYTES:
                _skip_line(stream, data)
                limit = MAX_ARTICLE_BYTES // 1_000_000
                yield f"line {number}", f"is longer than {limit} MB, which no single article is"
            elif data.strip():
                yield f"line {number}", _article(data)


def _skip_line(stream: IO[bytes], data: bytes) -> None:
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
    return article(record)
