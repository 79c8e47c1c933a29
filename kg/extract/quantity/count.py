"""How large a number is, and how exactly it is meant: "at least 11", "dozens", "nearly 300"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.number import NUMBER, value_of
from kg.model import Bound

DEATHS, INJURED, DETAINED, PARTICIPANTS, AMOUNT = (
    "deaths",
    "injured",
    "detained",
    "participants",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A number in a sentence: offsets there of the whole phrase and of the cue."""

    kind: str
    start: int
    end: int
    value: float
    bound: Bound
    cue_start: int
    cue_end: int
    unit: str = ""
    rank: int = 0


_AT_LEAST = (
    r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|well\s+over|"
    r"not\s+less\s+than|"
    r"a\s+minimum\s+of|in\s+excess\s+of|exceeding|above"
)
_AT_MOST = (
    r"up\s+to|at\s+most|as\s+many\s+as|as\s+much\s+as|no\s+more\s+than|fewer\s+than|less\s+than|"
    r"under|"
    r"a\s+maximum\s+of|not\s+more\s+than|below"
)
_ABOUT = (
    r"about|around|approximately|roughly|nearly|almost|some|close\s+to|an?\s+estimated|"
    r"an?\s+reported|circa|just\s+(?:over|under)|approx\.?"
)
QUALIFIER = rf"(?:(?P<qualifier>{_AT_LEAST}|{_AT_MOST}|{_ABOUT})\s+|[~≈]\s?)"
VAGUE_NUMBERS = {
    "hundreds of thousands": 2e5,
    "tens of thousands": 2e4,
    "hundreds of millions": 2e8,
    "tens of millions": 2e7,
    "millions": 2e6,
    "thousands": 2e3,
    "hundreds": 2e2,
    "scores": 40,
    "dozens": 24,
    "several hundred": 2e2,
    "several thousand": 2e3,
    "several dozen": 24,
    "a few dozen": 24,
    "a handful": 3,
}
"""The least that a plural of a round number says: two of them."""
VAGUE = "|".join(word.replace(" ", r"\s+") for word in VAGUE_NUMBERS)
GUARD = r"(?<![\w$€£¥₹/:.,-])"
COUNT = (
    rf"{QUALIFIER}?{GUARD}(?:(?P<vague>{VAGUE})(?:\s+of\b)?|(?P<number>{NUMBER}))"
    r"(?![\d%:/]|[.,-]\d|\s*(?:%|percent\b|per\s*cent\b)|(?:st|nd|rd|th)\b)(?P<plus>\+|"
    r"\s+or\s+more\b)?"
)


def count_value(words: str) -> float | None:
    vague = re.sub(r"\s+", " ", words.lower())
    value = VAGUE_NUMBERS.get(vague) or value_of(words)
    return float(value) if value is not None else None


def bound_of(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    qualifier = groups.get("qualifier") or ""
    if groups.get("plus") or groups.get("vague"):
        return Bound.AT_LEAST
    if re.fullmatch(_AT_LEAST, qualifier, re.IGNORECASE):
        return Bound.AT_LEAST
    if re.fullmatch(_AT_MOST, qualifier, re.IGNORECASE):
        return Bound.AT_MOST
    if qualifier or match.group().lstrip().startswith(("~", "≈")):
        return Bound.ABOUT
    return Bound.EXACT
