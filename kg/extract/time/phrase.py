"""Phrases joined as they belong together: prepositions, ranges, a day with its time of day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.extract.time.grammar import Found
from kg.extract.time.reading import (
    CalendarDate,
    Clock,
    Duration,
    Period,
    Point,
    Range,
    Reading,
    Step,
    Stretch,
    Unit,
    Unreadable,
    Vague,
    Weekday,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole phrase: offsets in its sentence, how it reads, and for "today (July 28, 2022)"
    how many days after the day of writing its date lies."""

    start: int
    end: int
    reading: Reading
    days_off: int | None = None


_CUE = re.compile(
    r"(?<![\w-])(?P<cue>between|from|ever\s+since|since|until|till|up\s+to|by|before|prior\s+to|"
    r"after|following|as\s+of|starting|beginning|effective)"
    r"(?:\s+(?:at\s+least|about|around|late|sometime|on|in|as\s+early\s+as))?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?<![\w-])(?:(?:as\s+)?(?:early|late)\s+)?(?:as\s+)?(?:in|on|at|during|over|throughout|"
    r"around|about|late|early|"
    r"for|of|within|through|sometime)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*,?\s*(?:on|of|at|in|the|early|late)?(?:\s+the)?\s*,?\s*", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:-|–|—|to|until|till|through|and\s+ending(?:\s+on)?)\s*(?:the\s+|early\s+|late\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:and|&|or)\s*(?:on\s+|in\s+)?(?:the\s+)?", re.IGNORECASE)


def joined(words: str, found: Sequence[Found]) -> list[Phrase]:
    """Neighbouring phrases as one where they form one, with the preposition before them."""
    phrases = [Phrase(piece.start, piece.end, piece.reading) for piece in found]
    ranged = _merged(words, _merged(words, phrases, _one_point), _one_range)
    return [_with_lead(words, phrase) for phrase in ranged]


_Join = Callable[[str, Phrase, Phrase], Phrase | None]


def _merged(words: str, phrases: Sequence[Phrase], join: _Join) -> list[Phrase]:
    """The phrases with every pair of neighbours that `join` takes together made one."""
    merged: list[Phrase] = []
    for phrase in phrases:
        one = join(words, merged[-1], phrase) if merged else None
        if one is not None:
            merged[-1] = one
        else:
            merged.append(phrase)
    return merged


def _one_point(words: str, left: Phrase, right: Phrase) -> Phrase | None:
    """A time of day with its day, or a relative day with its date beside it."""
    gap = words[left.end : right.start]
    first, second = left.reading, right.reading
    if isinstance(first, Clock) or isinstance(second, Clock):
        if not _GAP.fullmatch(gap) or isinstance(first, Range) or isinstance(second, Range):
            return None
        kept = right if isinstance(first, Clock) else left
        return replace(kept, start=left.start, end=right.end)
    relative = isinstance(first, Weekday) or (isinstance(first, Unit) and first.unit == "day")
    if not (relative and isinstance(second, CalendarDate) and second.month and second.day):
        return None
    days_off = first.amount if isinstance(first, Unit) else None
    closing = re.match(r"\s*\)", words[right.end :])
    if re.fullmatch(r"\s*\(\s*", gap) and closing:
        return Phrase(left.start, right.end + closing.end(), second, days_off)
    if re.fullmatch(r"\s*,\s*(?:the\s+|on\s+)?", gap):
        return Phrase(left.start, right.end, second, days_off)
    return None


_RANGEABLE = (CalendarDate, Weekday, Period, Unit)


def _one_range(words: str, left: Phrase, right: Phrase) -> Phrase | None:
    """ "between X and Y", "from X to Y", "X - Y", "X and Y"."""
    first, second = left.reading, right.reading
    if not isinstance(first, _RANGEABLE) or not isinstance(second, _RANGEABLE):
        return None
    gap, before = words[left.end : right.start], words[: left.start]
    between = re.search(r"\bbetween\s+(?:the\s+)?$", before, re.IGNORECASE)
    if between and _AND.fullmatch(gap):
        return Phrase(between.start(), right.end, Range(first, second, "between"))
    opened = re.search(r"\bfrom\s+(?:the\s+)?$", before, re.IGNORECASE)
    alike = type(first) is type(second)
    if _TO.fullmatch(gap) and (opened or alike):
        start = opened.start() if opened else left.start
        return Phrase(start, right.end, Range(first, second, "from"))
    years = isinstance(first, CalendarDate) and first.month is None
    if _AND.fullmatch(gap) and alike and not isinstance(first, Unit) and not years:
        return Phrase(left.start, right.end, Range(first, second, "and"))
    return None


_OPENING = {
    "since",
    "ever since",
    "from",
    "as of",
    "starting",
    "beginning",
    "effective",
    "after",
    "following",
}
_CLOSING = {"until", "till", "up to", "by", "before", "prior to"}


def _with_lead(words: str, phrase: Phrase) -> Phrase:
    """The phrase with its preposition, which may open a range ("since", "until", "by")."""
    reading, before = phrase.reading, words[: phrase.start]
    cue = _CUE.search(before)
    if cue:
        word = re.sub(r"\s+", " ", cue["cue"].lower())
        if isinstance(reading, Range):
            if reading.cue == "from" and word in ("from", "between"):
                return replace(phrase, start=cue.start())
        elif not isinstance(reading, (Duration, Clock, Vague, Unreadable)):
            opened = _opened(reading, word)
            if opened is not None:
                return replace(phrase, start=cue.start(), reading=opened)
    lead = _LEAD.search(before)
    return replace(phrase, start=lead.start()) if lead else phrase


def _opened(reading: Point, word: str) -> Range | None:
    if isinstance(reading, (Step, Stretch)) and word in ("by", "following", "between"):
        return None
    if word in _OPENING:
        cue = "after" if word in ("after", "following") else "since"
        return Range(reading, None, cue)
    if word in _CLOSING:
        cue = "until" if word in ("until", "till", "up to") else "by"
        return Range(None, reading, cue)
    return None
