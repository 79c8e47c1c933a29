"""Paragraphs out of lines that were broken to fit a page: of PDFs and of e-mails.

Sentences must not end where a page did, or nothing in them is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles

SHORT = 0.75
"""A line that ends a sentence ends its paragraph too, if it fills less than this share of the
column. Lines set ragged right fill more unless the next word is very long."""

NARROW = 30
"""Characters. Columns of newspapers hold more; lines of a text that never get there are a list."""

LONGEST_WORD = 60
"""Characters of a word that may be broken; keeps joining linear in the length of a paragraph."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BULLET = re.compile(r"(?:[•‣▪●*–-]|\(?\d{1,2}[.)])\s")
_BROKEN = re.compile(r"(?P<left>[^\W\d_]+)[-\u00ad‐]$")
_CONTINUED = re.compile(r"[^\W\d_]+")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs that `lines` make; words broken at the ends of lines are whole again.

    A paragraph ends at a blank line, before a bullet, after a line that ends a sentence short of
    the column, and around a heading (a short line without an end that follows a paragraph).
    """
    cleaned = [re.sub(r"[ \t\u00a0]+", " ", line.translate(_LIGATURES)).strip() for line in lines]
    width = _width(cleaned)
    compounds = _compounds(cleaned)
    found: list[str] = []
    current, size = "", 0
    for i, line in enumerate(cleaned):
        if size and (
            not line
            or _BULLET.match(line)
            or _ends(cleaned[i - 1], width)
            or (size == 1 and _is_heading(cleaned[i - 1], line, width))
        ):
            found.append(current)
            current, size = "", 0
        if line:
            current, size = _joined(current, line, compounds), size + 1
    return [*found, current] if current else found


def _width(lines: Sequence[str]) -> float:
    """Characters that fill the column: what one line in ten reaches."""
    lengths = [len(line) for line in lines if line]
    return max(NARROW, quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0)


def _ends(line: str, width: float) -> bool:
    """Whether `line` is the last of its paragraph: it ends a sentence, short of the column."""
    return len(line) < SHORT * width and bool(re.search(r"[.!?:…][\"'”’)\]]*$", line))


def _is_heading(line: str, after: str, width: float) -> bool:
    """Whether `line`, the first of its paragraph, is a heading over `after`."""
    open_end = line.endswith((",", "-", ";", "\u00ad"))
    return len(line) < SHORT * width and not open_end and not after[:1].islower()


def _joined(text: str, line: str, compounds: frozenset[str]) -> str:
    """`line` put after `text`, a word broken between the two made whole."""
    line = line if _BROKEN.search(line) else line.replace("\u00ad", "")
    if not text or not line:
        return text + line
    broken, rest = _BROKEN.search(text[-LONGEST_WORD:]), _CONTINUED.match(line)
    if not broken or not rest:
        return f"{text} {line}"
    if text[-1] == "\u00ad":
        return text[:-1] + line
    whole = f"{broken['left']}-{rest[0]}".lower()
    if whole in compounds or not rest[0][0].islower():
        return text + line
    return text[:-1] + line


def _compounds(lines: Sequence[str]) -> frozenset[str]:
    """Words that the text writes with a hyphen within a line, folded: "cease-fire"."""
    return frozenset(word for line in lines for word in _hyphenated(line))


def _hyphenated(line: str) -> Iterator[str]:
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)+", line):
        parts = match[0].lower().split("-")
        yield from (f"{left}-{right}" for left, right in pairwise(parts))
