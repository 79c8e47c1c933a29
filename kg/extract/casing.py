"""Headlines and text in capitals, given back the letters of running text.

A tagger takes every capitalised word of "Ambassador Verifies Killing Of Nine Pakistanis" for a
name. The remedy here is general: a line in title case or capitals is read in lower case, save
for the words that the article's running text or the gazetteer shows to be names. The length
never changes, so offsets hold; the words of the article itself are never altered, only what the
tagger reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")

TITLE_SHARE = 0.75
"""Share of capitalised long words from which a line counts as title case.

Read off newsgraph train: headlines in title case have 0.8 to 1.0, running text below 0.5."""
LONG_WORD = 4
"""Shorter words keep a small letter even in title case (of, the, and, for)."""
FEWEST_WORDS = 4
"""Shorter lines are names, bylines and datelines as often as headlines."""
CAPITALS_SHARE = 0.7
LONGEST_ACRONYM = 6


def recased(
    text: str, sentences: list[tuple[int, int]], sure: Collection[str]
) -> tuple[str, list[bool]]:
    """The text for the tagger, and for each sentence whether it was a line in title case.

    `sure` are words that keep their capital anywhere.
    """
    headlines = [is_headline(text[start:end]) for start, end in sentences]
    if not any(headlines):
        return text, headlines
    known = _names_in_prose(text, sentences, headlines) | set(sure)
    pieces: list[str] = []
    last = 0
    for (start, end), headline in zip(sentences, headlines, strict=True):
        if headline:
            pieces += [text[last:start], _recase(text[start:end], known)]
            last = end
    pieces.append(text[last:])
    return "".join(pieces), headlines


def is_headline(sentence: str) -> bool:
    """Whether the sentence is set in title case or in capitals."""
    words = _WORD.findall(sentence)
    cased = [word for word in words if word[0].lower() != word[0].upper()]
    if len(cased) < FEWEST_WORDS:
        return False
    if sum(word.isupper() and len(word) > 1 for word in cased) >= CAPITALS_SHARE * len(cased):
        return True
    long = [word for word in cased if len(word) >= LONG_WORD]
    capitalised = sum(word[0].isupper() for word in long)
    return not _END.search(sentence) and capitalised >= max(3, TITLE_SHARE * len(long))


def _names_in_prose(text: str, sentences: list[tuple[int, int]], headlines: list[bool]) -> set[str]:
    """Words more often capitalised inside sentences of running text than small."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for (start, end), headline in zip(sentences, headlines, strict=True):
        if headline:
            continue
        for position, match in enumerate(_WORD.finditer(text, start, end)):
            word = match.group()
            if word[0].islower():
                small[word] += 1
            elif position:
                capital[word] += 1
    return {word for word, count in capital.items() if count > small[_lower(word)]}


def _recase(line: str, known: Collection[str]) -> str:
    shouted = line.isupper() or sum(w.isupper() for w in _WORD.findall(line)) > 0.5 * len(
        _WORD.findall(line)
    )

    def fitting(match: re.Match[str]) -> str:
        word = match.group()
        titled = word[0] + _lower(word[1:])
        if word in known:
            return word
        if titled in known:
            return titled
        if word.isupper() and not shouted and 1 < len(word) <= LONGEST_ACRONYM:
            return word
        return titled if match.start() == 0 else _lower(word)

    return _WORD.sub(fitting, line)


def _lower(word: str) -> str:
    """Lower case without change of length ("İ" has a two-character small form)."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
