"""What the pair heads see besides the encoder's states: distances, counts, pronouns, quotes.

Training and extraction both compute them here, so the two can never differ.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_DISTANCES = np.array([1, 2, 3, 4, 5, 7, 10, 15, 25, 50, 100])
_COUNTS = np.array([1, 2, 3, 5, 9])

TOKEN_BUCKETS = 2 * len(_DISTANCES) + 1
SENTENCE_BUCKETS = 15
COUNT_BUCKETS = len(_COUNTS) + 1

PRONOUNS: dict[str, int] = {}
for _number, _forms in enumerate(
    (
        "he him his himself",
        "she her hers herself",
        "it its itself",
        "they them their theirs themselves",
        "i me my mine myself",
        "we us our ours ourselves",
        "you your yours yourself",
        "who whom whose",
    ),
    start=1,
):
    PRONOUNS.update(dict.fromkeys(_forms.split(), _number))
PRONOUN_CLASSES = 9
"""Pronoun classes, 0 for anything that is no pronoun."""


def token_bucket(delta: Ints) -> Ints:
    """Signed distance in words to a bucket: 0 is the same place."""
    size = np.searchsorted(_DISTANCES, np.abs(delta), side="right")
    return np.asarray(np.where(delta < 0, size + len(_DISTANCES), size), dtype=np.int64)


def sentence_bucket(delta: Ints) -> Ints:
    """Signed distance in sentences: exact to 3, then 4-5, 6-9, 10-19, 20 and more."""
    size = np.abs(delta)
    small = np.searchsorted(np.array([1, 2, 3, 4, 6, 10, 20]), size, side="right")
    return np.asarray(np.where(delta < 0, small + 7, small), dtype=np.int64)


def count_bucket(count: Ints) -> Ints:
    """A count to a bucket: 0, 1, 2, 3-4, 5-8, 9 and more."""
    return np.asarray(np.searchsorted(_COUNTS, count, side="right"), dtype=np.int64)


def pronoun_class(word: str) -> int:
    """The class of a personal or relative pronoun, 0 for other words; "US" and "IT" are none."""
    if word in ("US", "IT", "i"):
        return 0
    return PRONOUNS.get(word.lower(), 0)


def between(marks: Ints, left: Ints, right: Ints) -> Ints:
    """How many of the sorted positions `marks` lie strictly between each left and right."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    return np.asarray(
        np.maximum(
            0, np.searchsorted(marks, high, side="left") - np.searchsorted(marks, low, side="right")
        ),
        dtype=np.int64,
    )


GAPS, BESIDES = 4096, 1024
"""Buckets for the words between two spans, and for a word beside one; 0: none or too far."""
GAP_WORDS = 4
"""Most words between two spans that are looked at as words."""


def _bucket(text: str, size: int) -> int:
    return 1 + zlib.crc32(text.encode()) % (size - 1)


def beside(words: Sequence[str], first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """For each span the buckets of the word before it and of the word after it."""
    buckets = np.zeros(len(words) + 2, dtype=np.int64)
    buckets[1:-1] = [_bucket(word, BESIDES) for word in words]
    return buckets[first], buckets[last + 2]


def gaps(words: Sequence[str], first: Ints, last: Ints, i: Ints, j: Ints) -> Ints:
    """The bucket of the words between the spans i and j, and of their order; 0 if far apart.

    `words` are in small letters; `first` and `last` (inclusive) belong to all spans.
    """
    return gaps_between(words, first[i], last[i], first[j], last[j])


def gaps_between(
    words: Sequence[str], first: Ints, last: Ints, other_first: Ints, other_last: Ints
) -> Ints:
    """As `gaps`, for spans given pair by pair."""
    result = np.zeros(len(first), dtype=np.int64)
    ahead = other_first - last - 1
    behind = first - other_last - 1
    touching = (ahead < 0) & (behind < 0)
    near = np.flatnonzero(
        ((ahead >= 0) & (ahead <= GAP_WORDS)) | ((behind >= 0) & (behind <= GAP_WORDS))
    )
    result[touching] = _bucket("within", GAPS)
    for pair in near.tolist():
        if ahead[pair] >= 0:
            text = "> " + " ".join(words[int(last[pair]) + 1 : int(other_first[pair])])
        else:
            text = "< " + " ".join(words[int(other_last[pair]) + 1 : int(first[pair])])
        result[pair] = _bucket(text, GAPS)
    return result


_OPEN, _CLOSE = "“«„", "”»"


def quoted(text: str, starts: list[int], sentences: list[int]) -> NDArray[np.bool_]:
    """For each word (its start offset) whether it stands inside quotation marks.

    `sentences` numbers the sentence of each word; a straight quote left open is closed after
    three sentences, so that one stray mark does not turn the rest of an article into speech.
    """
    inside = np.zeros(len(starts), dtype=np.bool_)
    opened = -1
    for index, start in enumerate(starts):
        character = text[start]
        if opened >= 0 and sentences[index] - opened > 3:
            opened = -1
        if character in _OPEN or (character == '"' and opened < 0):
            opened = sentences[index]
        elif character in _CLOSE or character == '"':
            opened = -1
        inside[index] = opened >= 0
    return inside


_STOP = re.compile(r"\b(?:of|in|for|who|which|that|from|at|on|with|to|by|and)\b|,")


def head_noun(phrase: str) -> str:
    """The last word of a noun phrase before its first preposition, in small letters."""
    match = _STOP.search(phrase, 1)
    core = phrase[: match.start()] if match and match.start() > 3 else phrase
    words = re.findall(r"\w+", core.lower())
    return words[-1] if words else ""


def head_matches(phrases: list[str], nominal: list[bool]) -> Ints:
    """For each nominal (row) and phrase (column): 1 if the head noun is a word of the phrase."""
    found = np.zeros((len(phrases), len(phrases)), dtype=np.int64)
    words = [set(phrase.lower().split()) for phrase in phrases]
    for row, (phrase, wanted) in enumerate(zip(phrases, nominal, strict=True)):
        noun = head_noun(phrase) if wanted else ""
        if len(noun) > 2:
            found[row] = [noun in inner for inner in words]
    return found


def stem(word: str) -> str:
    """A rough stem: the first five letters, small ("attacked" and "attacks" agree)."""
    return word.lower()[:5]
