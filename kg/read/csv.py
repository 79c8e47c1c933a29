"""Articles as a table: one a row, columns named like the keys of our JSON lines.

Comma, semicolon or tab, as the first line shows; UTF-8 with or without byte order mark, UTF-16
with one, else Windows-1252, as spreadsheets write it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.raw import MAX_ARTICLE_BYTES
from kg.read.record import KEYS, article
from kg.read.source import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1_000_000


def articles(source: Source) -> Iterator[tuple[str, Document | str]]:
    """The place of each row ("line 3") with the article in it, or with what is wrong with it.

    Columns of other names are passed over. Raises `InputError` when there is no column `text`,
    and where the quoting breaks so that no later row can be trusted.
    """
    encoding = _encoding(source)
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding, errors="strict", newline="")
        lines = _lines(text)
        first = next(lines, "")
        if not first.strip():
            raise InputError("is empty; there is nothing to read")
        delimiter = max(",;\t", key=first.count)
        header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
        if "text" not in header:
            raise InputError(
                f"has no column 'text' in its first line, only {', '.join(header)[:80]!r}; "
                f"name the columns {', '.join(KEYS)}"
            )
        if repeated := sorted(name for name in KEYS if header.count(name) > 1):
            raise InputError(f"has two columns {repeated[0]!r}; keep one of them")
        before = csv.field_size_limit(MAX_ARTICLE_BYTES)
        try:
            yield from _rows(lines, header, delimiter)
        finally:
            csv.field_size_limit(before)


def _rows(
    lines: Iterator[str], header: list[str], delimiter: str
) -> Iterator[tuple[str, Document | str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = 2
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"is broken from line {start} on ({error}); the rows before it were read, check "
                "the quotes"
            ) from None
        if any(cell.strip() for cell in row):
            yield f"line {start}", _article(header, row)
        start = reader.line_num + 2


def _article(header: list[str], row: list[str]) -> Document | str:
    if len(row) != len(header):
        return (
            f"has {len(row)} cells where the first line has {len(header)}; put text that holds "
            "the separator in double quotes"
        )
    return article({key: cell for key, cell in zip(header, row, strict=True) if key in KEYS})


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none of them longer than an article may be. Null characters are an error."""
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(MAX_ARTICLE_BYTES + 1)
        except UnicodeError:
            raise InputError(f"cannot be read as {text.encoding} from line {number} on") from None
        if not line:
            return
        if len(line) > MAX_ARTICLE_BYTES:
            limit = MAX_ARTICLE_BYTES // 1_000_000
            raise InputError(f"has a line {number} longer than {limit} MB, which no article is")
        if "\0" in line:
            raise InputError(f"is not a table of text: line {number} holds binary data")
        yield line


def _encoding(source: Source) -> str:
    """The encoding of the whole table. Only what can be read twice is looked through."""
    if source.path is None and source.content is None:
        return "utf-8-sig"
    with source.open() as stream:
        first = stream.read(4)
        for mark, encoding in _MARKS:
            if first.startswith(mark):
                return encoding
        if b"\0" in first:
            raise InputError("is not a table of text, but binary data")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(first)
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
