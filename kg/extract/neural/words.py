"""Words of a text with their offsets, and the shape of each: what an uncased encoder misses.

A word is a run of letters and digits (cut after 40, so that a text without a space stays
bounded) or one other visible character. White space belongs to no word. This is the same
cutting the encoder's own tokeniser does, so every wordpiece lies inside one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"\w{1,40}|[^\w\s]")

LOWER, TITLE, UPPER, CAPITAL, MIXED, DIGITS, ALNUM, MARK, CASELESS, SHOUT = range(1, 11)
SHAPES = 11 * 6
"""Number of shape codes: 11 letter forms x space before (2) x sentence start (3); 0 is padding."""

SHOUT_SHARE = 0.6
"""Share of upper-case words from which a sentence counts as all in capitals (not tuned)."""
SHOUT_WORDS = 3
"""Fewest cased words for that: two capital words may be a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: characters `start` to `end` of the text, end exclusive."""

    start: int
    end: int


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]`, with offsets into `text`."""
    stop = len(text) if end is None else end
    return [Word(match.start(), match.end()) for match in WORD.finditer(text, start, stop)]


def letter_form(word: str) -> int:
    """The letter form of one word, one of the constants of this module."""
    if not (word[0].isalnum() or word[0] == "_"):
        return MARK
    if word.isdigit():
        return DIGITS
    if any(character.isdigit() for character in word):
        return ALNUM
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    if word[0].isupper() and word[1:].islower():
        return TITLE
    return MIXED if word.lower() != word.upper() else CASELESS


def shapes_of(text: str, words: list[Word]) -> list[int]:
    """The shape codes of the words of one sentence, in order."""
    forms = [letter_form(text[word.start : word.end]) for word in words]
    cased = sum(form in (LOWER, TITLE, UPPER, MIXED) for form in forms)
    upper = sum(form == UPPER for form in forms)
    if cased >= SHOUT_WORDS and upper >= SHOUT_SHARE * cased:
        forms = [SHOUT if form in (UPPER, CAPITAL) else form for form in forms]
    codes = []
    for position, (form, word) in enumerate(zip(forms, words, strict=True)):
        spaced = word.start == 0 or text[word.start - 1].isspace()
        if position:
            place = 0
        else:
            place = 2 if word.start == 0 or "\n" in text[max(0, word.start - 3) : word.start] else 1
        codes.append((form * 2 + spaced) * 3 + place)
    return codes
