"""From bytes to text, and from text to a document id."""

from __future__ import annotations

import hashlib
import unicodedata

from kg.errors import InputError

MAX_ARTICLE_BYTES = 10_000_000
"""Far above any article (the longest in twelve thousand press releases has 80 kB), far below
what would exhaust memory in the extractor."""

BINARY_SAMPLE = 8192


def decode(data: bytes) -> str:
    """The text that `data` holds, in whatever encoding, with line ends as "\\n".

    UTF-8 is tried first (byte order marks are honoured and dropped), then the encoding is
    detected. Raises `InputError` for binary data and for nothing at all.
    """
    if not data.strip():
        raise InputError("is empty; there is nothing to read")
    text = _utf(data)
    if text is None:
        if b"\0" in data[:BINARY_SAMPLE]:
            raise InputError("is not text but binary data; newsgraph reads articles as text")
        text = _detected(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf(data: bytes) -> str | None:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    if b"\0" in data[:BINARY_SAMPLE]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _detected(data: bytes) -> str:
    """The text in the likeliest encoding; Western European where that is as likely as any, since
    the articles are English and their accents those of Western names more often than others."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise InputError("has no encoding that can be made out; save it as UTF-8")
    western = [match for match in matches if "cp1252" in match.could_be_from_charset]
    if western and western[0].chaos <= best.chaos:
        best = western[0]
    return str(best)


def content_id(text: str) -> str:
    """An id for an article that brings none: the same text always gets the same one."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass"))
    return f"article-{digest.hexdigest()[:12]}"
