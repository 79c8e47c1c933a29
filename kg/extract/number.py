"""Numbers in running text, digits or words: what "two dozen", "1.5 million" and "11" are worth.

Patterns are written for text matched without regard to case; `NUMBER` contains no capturing
group, so that it can be built into larger patterns.
"""

from __future__ import annotations

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SMALL = _UNITS | _TENS | {"fourty": 40}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
}
"""What a scale word multiplies by. The one-letter ones are read only where money is meant."""

_SCALE_WORDS = "hundred|thousand|lakh|lac|million|crore|billion|trillion"
_SMALL_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_GROUPED = r"\d{1,3}(?:(?:,\d{3})+|(?:,[  ]\d{3})+)(?![,\d])(?:\.\d+)?"
_DIGITS = rf"(?:{_GROUPED}|\d+(?:\.\d+)?)"
_ONE_WORD = rf"(?:{_SMALL_WORDS})"
_COUNT_WORD = rf"(?:{_ONE_WORD}|hundred|thousand|million|billion|lakh|crore|trillion|dozens?)\b"
_WORDS = (
    rf"(?:(?:an?\s+)?half\s+an?\s+(?:dozen|million|billion)"
    rf"|an?\s+(?:dozen|hundred|thousand|million|billion|couple)\b(?:\s+of\b(?=\s))?"
    rf"|{_ONE_WORD}\b(?:(?:[-\s]|\s+and\s+){_COUNT_WORD})*)"
)
NUMBER = rf"(?:{_DIGITS}(?:[\s-](?:{_SCALE_WORDS}|dozen)\b)*|{_WORDS})"
"""A number in digits or words, with its scale words: "11", "2,500", "1.5 million", "two dozen"."""

SMALL_NUMBER = rf"(?:\d{{1,4}}|an?\s+couple\s+of|couple\s+of|{_ONE_WORD}(?:-{_ONE_WORD})?|an?)"
"""A count of days, weeks or years: "3", "two", "twenty-one", "a"."""


def value_of(words: str) -> float | None:
    """The value of a number phrase as `NUMBER` or `SMALL_NUMBER` finds it, or None."""
    text = re.sub(r"(?<=\d),[  ]?(?=\d{3})", "", words.lower().strip())
    tokens = [token for token in re.split(r"[\s-]+", text) if token not in ("and", "of", "")]
    if not tokens:
        return None
    if len(tokens) > 1 and tokens[0] in ("a", "an"):
        tokens = tokens[1:]
    if "half" in tokens:
        scale = next((_scale(token) for token in tokens if _scale(token)), None)
        return scale / 2 if scale else 0.5
    total, current, seen = 0.0, 0.0, False
    for token in tokens:
        scale = _scale(token)
        if scale:
            current = (current if seen else 1.0) * scale
            if scale >= 1e3:
                total, current = total + current, 0.0
            seen = True
            continue
        value = _single(token)
        if value is None:
            return None
        current += value
        seen = True
    return total + current


def _scale(token: str) -> float | None:
    return 12.0 if token in ("dozen", "dozens") else SCALES.get(token)


def _single(word: str) -> float | None:
    if word in ("a", "an"):
        return 1.0
    if word == "couple":
        return 2.0
    if word in _SMALL:
        return float(_SMALL[word])
    return float(word) if re.fullmatch(r"\d+(?:\.\d+)?", word, re.ASCII) else None
