"""Names made comparable: folded, split, and reduced to what survives transliteration.

"Raisi" and "Raeisi", "Balochistan" and "Baluchestan", "Amir-Abdollahian" and "Amirabdollahian"
are one name each, spelt after different ears. Vowels and doubled letters are what differs; the
skeleton leaves them out, and a likeness of the spelt forms guards against chance.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

HONORIFICS = frozenset(
    "mr mrs ms dr prof sir dame lord lady sheikh shaikh shaykh sayyid sayyed seyyed syed seyed "
    "haji hajj ayatollah mullah maulana imam gen general lt col colonel maj major capt captain sgt "
    "adm admiral brig brigadier president minister senator sen rep gov judge justice "
    "hon rev father pope king queen prince princess crown".split()
)
"""Words before a person's name that are no part of it when names are compared."""

PARTICLES = {"ul": "al", "el": "al", "ol": "al", "ad": "al", "as": "al", "ar": "al", "ud": "al"}
"""Spellings of the Arabic article inside names."""

_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ck]h"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"[dt]h"), "t"),
    (re.compile(r"ts?ch"), "c"),
    (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"y"), "i"),
    (re.compile(r"[aeiouy]+h?(?![aeiou])|[aeiouy]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)

LIKENESS = 0.66
"""Least likeness (matching characters over all, 0 to 1) of two spellings with one skeleton.
Raisi/Raeisi has 0.91, Mohammed/Muhammad 0.75, Hussein/Hossain 0.71, Beirut/Bayrut 0.67, while
chance pairs such as Mali/Malaya (0.60) stay below."""

SHORT = 5
"""Letters up to which two spellings must also begin with the same letter: Iran is not Oran."""


@cache
def fold(name: str) -> str:
    """Lower case, no accents, no punctuation, no "the" in front, no possessive: for equality."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"['’]s\b|s['’](?=\s|$)", lambda m: "s" if m[0][0] == "s" else "", text)
    text = re.sub(r"['’`ʿʾ.]", "", text)
    text = re.sub(r"[^\w]+", " ", text).strip()
    return re.sub(r"^the (?=.)", "", text)


@cache
def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name, the Arabic article in one spelling."""
    words = fold(name).split()
    return tuple(PARTICLES.get(w, w) if 0 < i < len(words) - 1 else w for i, w in enumerate(words))


@cache
def person_tokens(name: str) -> tuple[str, ...]:
    """The words of a person's name without honorifics in front (all of them if nothing else)."""
    words = tokens(name)
    start = 0
    while start < len(words) - 1 and words[start] in HONORIFICS:
        start += 1
    return words[start:]


@cache
def skeleton(text: str) -> str:
    """What different transliterations of `text` have in common; word boundaries do not count."""
    text = text.replace(" ", "")
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


@cache
def alike(left: str, right: str) -> float:
    """Likeness of two folded names, 0 to 1, the same in both directions."""
    left, right = sorted((left.replace(" ", ""), right.replace(" ", "")))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def spelt_alike(left: str, right: str) -> bool:
    """Whether two folded names may be two spellings of one name."""
    if min(len(left), len(right)) <= SHORT and left[:1] != right[:1]:
        return False
    return skeleton(left) == skeleton(right) and alike(left, right) >= LIKENESS


def slug(name: str) -> str:
    """`name` as a readable local name of an IRI: letters and digits of any script, and _."""
    text = unicodedata.normalize("NFC", name)
    text = re.sub(r"['’]s\b|['’.]", "", text)
    return re.sub(r"[^\w-]+", "_", text).strip("_-") or "unnamed"
