"""The grammar of temporal phrases: what a stretch of words reads as.

`readings(text)` finds the phrases that stand for themselves ("16 January", "last week"); how
neighbouring ones join ("between ... and ...", "on the morning of ...") is `expression`'s matter.
An own grammar rather than a library: given the annotated phrases of dated training articles,
dateparser 1.5 places 45 % of them exactly (120 of 264; it gives one day, so never a month or a
year) and none of 50; this one 79 % (221 of 279, phrases to be found first), as intervals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.number import SMALL_NUMBER
from kg.extract.time.builder import (
    CENTURIES,
    DECADES,
    ORDINALS,
    Builder,
    read_ahead,
    read_bare_month,
    read_calendar_date,
    read_century,
    read_day,
    read_day_beside,
    read_day_range,
    read_decade,
    read_end_of_unit,
    read_fiscal,
    read_fraction,
    read_holiday,
    read_iso_date,
    read_numeric_date,
    read_opening,
    read_season,
    read_step,
    read_stretch,
    read_unit,
    read_vague,
    read_weekday,
    read_weekend,
    read_year_only,
    read_year_range,
)
from kg.extract.time.calendar import HOLIDAYS, MONTHS, SEASON_START, WEEKDAYS
from kg.extract.time.reading import Clock, Duration, Reading


def _names(table: dict[str, int]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_S = r"[\s ]+"
_O = r"[\s ]*"
_STOP = r"(?:(?<![a-z]{5})\.(?=\s*[\w,(]))?"  # after an abbreviation, not at a sentence's end
_MONTH = rf"(?P<month>{_names(MONTHS)})\b{_STOP}"
_MONTH2 = rf"(?P<month2>{_names(MONTHS)})\b{_STOP}"
_WEEKDAY = rf"(?P<weekday>{_names(WEEKDAYS)})\b{_STOP}"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\d%]|[,.]\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_DAY2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?\b"
_DASH = r"(?:-|–|—|to|and|&|through|until|till)"
_PART = rf"(?:(?P<part>early|mid|middle|late|beginning|start|end)(?:-|{_S}(?:(?:of|in){_S})?))"
_WHICH = (
    r"(?P<which>this past|this coming|the past|the coming|the previous|the current|the next|"
    r"the last|the following|last|this|next|past|previous|coming|current|following|"
    r"the same|that same|same|that)"
)
_UNIT = (
    r"(?P<unit>moment|minute|hour|day|night|morning|afternoon|evening|week-?end|week|fortnight|"
    r"month|"
    r"quarter|semester|half|year|decade|century|centurie|season)"
)
_UNITS = rf"{_UNIT}(?P<unit_end>s?)\b(?!-)"
_HOLIDAY = "|".join(re.escape(name).replace("'", "['’]") for name in HOLIDAYS)

_ABOUT = (
    r"(?P<about>about|around|some|roughly|approximately|almost|nearly|over|more than|less than|"
    r"at least|up to|just over|just under|well over)"
)
_COUNT = rf"(?P<count>{SMALL_NUMBER})"
_WHICH_YEAR = (
    r"(?:(?:of|in)\s+)?(?P<which_year>last|this|next|the previous|the following|the same|"
    r"the current|the past|the coming)\s+year\b"
)
_TIME_OF_DAY = (
    rf"(?:{_S}(?:early{_S}|late{_S})?(?:in{_S}the{_S})?"
    r"(?:morning|afternoon|evening|night|midnight|noon|midday)\b)?"
)
_OPT_WEEKDAY = rf"(?:{_WEEKDAY}{_TIME_OF_DAY}{_O},?{_O}(?:the{_S})?)?"
_PAREN_WEEKDAY = rf"(?:{_O}\(\s*(?:{_names(WEEKDAYS)})\.?\s*\))?"
_NOT_NUMBER = r"(?![\d%]|[,.:]\d)"
_NOT_AFTER_NUMBER = r"(?<![\d$€£¥#/])(?<!\d[.,:-])"

_PATTERNS: tuple[tuple[str, Builder], ...] = (
    # Dates of the calendar.
    (rf"{_NOT_AFTER_NUMBER}(?P<year>[12]\d{{3}})(?P<sep>[-/.])(?P<month_number>\d{{1,2}})(?P=sep)"
     r"(?P<day>\d{1,2})(?![\d])(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|"
     r"[+-]\d\d:?\d\d)?)?", read_iso_date),
    (rf"{_NOT_AFTER_NUMBER}(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep)"
     r"(?:(?P<year>(?:1[0-9]|20)\d\d)|(?P<short>\d\d))(?![\d%]|[-/.,:]\d)", read_numeric_date),
    (rf"{_NOT_AFTER_NUMBER}{_OPT_WEEKDAY}(?:the{_S})?{_DAY}(?:{_S}day)?{_O}(?:of{_S}|-)?{_MONTH}"
     rf"(?:{_O}[,-]?{_O}(?:of{_S})?{_YEAR}|{_S}['’](?P<short>\d\d)\b|{_O},?{_S}{_WHICH_YEAR})?",
     read_calendar_date),
    (rf"(?:{_WHICH}{_S})?\b{_OPT_WEEKDAY}{_MONTH}{_O}"
     rf"(?:the{_S})?{_DAY}{_NOT_NUMBER}{_PAREN_WEEKDAY}"
     rf"(?:{_O},?{_O}{_YEAR}|{_O},?{_S}{_WHICH_YEAR})?", read_calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH}(?:{_O},?{_O}(?:of{_S})?|-){_YEAR}", read_calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH}{_S}['’](?P<short>\d\d)\b", read_calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH},?{_S}{_WHICH_YEAR}", read_calendar_date),
    (rf"(?:the{_S})?{_PART}?(?:{_WHICH}{_S})\b{_MONTH}(?!{_S}\d)", read_calendar_date),
    (rf"(?:the{_S})?{_PART}\b{_MONTH}(?!{_S}\d{{1,2}}\b)", read_calendar_date),
    (rf"\b{_MONTH}(?!{_O}\d)", read_bare_month),
    (rf"\b{_MONTH}{_O}{_DAY}{_O}{_DASH}{_O}(?:{_MONTH2}{_O})?{_DAY2}{_NOT_NUMBER}"
     rf"(?:{_O},?{_O}{_YEAR})?", read_day_range),
    (rf"{_NOT_AFTER_NUMBER}(?P<between>between{_S})?(?:the{_S})?{_DAY}{_O}{_DASH}{_O}(?:the{_S})?"
     rf"{_DAY2}{_O}(?:of{_S})?{_MONTH}(?:{_O},?{_O}{_YEAR})?", read_day_range),
    (rf"(?:{_WHICH}{_S})?\b(?P<holiday>{_HOLIDAY})\b(?:{_O},?{_O}{_YEAR}|"
     rf"{_S}{_WHICH_YEAR})?", read_holiday),
    # Years and longer.
    (rf"{_NOT_AFTER_NUMBER}(?:the{_S})?{_PART}?\b(?:(?P<about>around|circa|"
     rf"c\.){_S})?{_YEAR}", read_year_only),
    (rf"{_NOT_AFTER_NUMBER}(?:the{_S})?\b(?P<year>(?:1[0-9]|"
     rf"20)\d\d){_O}[-–—/]{_O}(?P<year2>(?:1[0-9]|20)\d\d|\d{{1,2}})"
     r"(?![\d%]|[-/.,:]\d)", read_year_range),
    (rf"(?:the{_S})?{_PART}?\b(?P<decade>(?:1[0-9]|20)\d0){_O}['’]?s\b", read_decade),
    (rf"the{_S}{_PART}?['’]?(?P<short_decade>[2-9]0){_O}['’]?s\b", read_decade),
    (rf"the{_S}{_PART}?(?P<decade_word>{'|'.join(DECADES)})\b", read_decade),
    (rf"(?:the{_S})?{_PART}?\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(CENTURIES)})"
     rf"[\s-]century\b", read_century),
    (rf"(?:the{_S})?{_PART}?\b(?P<season>{'|'.join(SEASON_START)}){_O},?{_O}(?:of{_S})?"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", read_season),
    (rf"{_PART}?{_WHICH}{_S}(?P<season>{'|'.join(SEASON_START)})\b", read_season),
    (rf"(?<=\bin ){_PART}?(?:the{_S})?(?P<season>spring|summer|autumn|winter)\b", read_season),
    (rf"(?<=\bin )the{_S}(?P<season>fall)\b(?!{_S}of{_S}(?!{_YEAR}))", read_season),
    (rf"(?<=\bsince )the{_S}(?P<season>spring|summer|autumn|winter)\b", read_season),
    (rf"(?:the{_S})?(?P<ordinal>{'|'.join(ORDINALS)}){_S}(?:financial{_S}|fiscal{_S})?"
     rf"(?P<fraction>quarter|half|semester){_S}(?:of{_S})?(?:the{_S}(?:fiscal{_S})?year{_S})?"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", read_fraction),
    (rf"(?:the{_S})?(?P<ordinal>{'|'.join(ORDINALS)}){_S}"
     rf"(?P<fraction>quarter|half|semester){_S}of{_S}(?P<which_year>the){_S}year\b", read_fraction),
    (rf"(?:the{_S})?(?P<ordinal>first|last){_S}{_COUNT}{_S}(?P<unit>week|month)s{_S}of{_S}"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", read_opening),
    (rf"\b(?P<fraction>[QH])(?P<digit>[1-4]){_O}(?:of{_S})?{_YEAR}", read_fraction),
    (rf"\b(?:the{_S})?(?:(?:fiscal|financial)(?:{_S}year)?{_S}|FY{_O})(?P<year>(?:1[0-9]|20)\d\d)"
     rf"(?:{_O}[-–/]{_O}(?P<year2>\d{{4}}|\d\d))?(?!\d)", read_fiscal),
    # Relative to the day of writing.
    (rf"(?:(?:earlier|later|late|early){_S})?\b(?P<name>the{_S}day{_S}before{_S}yesterday|"
     rf"the{_S}day{_S}after{_S}tomorrow|today|tonight|tonite|yesterday|"
     rf"tomorrow)\b{_TIME_OF_DAY}", read_day),
    (rf"(?:(?:{_WHICH}|of){_S})?\b{_WEEKDAY}{_TIME_OF_DAY}(?:(?:{_S}of)?{_S}(?P<which_week>last|"
     rf"this|next){_S}week\b)?",
     read_weekday),
    (rf"(?:(?:the{_S})?\b(?P<part>earlier|later|early|late|mid|middle|beginning|start|end)"
     rf"(?:-|{_S})(?:(?:of|in|on){_S})?)?\b{_WHICH}{_S}{_UNIT}\b(?!{_S}(?:ago|later|"
     rf"earlier)\b)", read_unit),
    (rf"\b(?:over|during|at|for){_S}the{_S}(?:holiday{_S}|long{_S})?week-?end\b", read_weekend),
    (rf"(?:the{_S})?(?P<part>beginning|start|end|middle){_S}of{_S}the{_S}(?P<unit>week|month|"
     rf"year|decade)\b",
     read_end_of_unit),
    (r"\b(?P<unit>year|month|week)[-'’]?s?[\s-]end\b", read_end_of_unit),
    (rf"(?:{_ABOUT}{_S})*(?:(?P<some>a{_S}few|several|many|some){_S}|{_COUNT}{_S})?{_UNITS}{_S}"
     rf"(?P<cue>ago|earlier|later|before|prior|after(?:wards?)?|previously|from{_S}now|"
     rf"on(?=[,.]))\b", read_step),
    (rf"\b(?:just{_S})?(?:the|a|one){_S}(?:day|night|morning|evening){_S}(?P<cue>before|earlier|"
     rf"prior|after)\b",
     read_day_beside),
    (rf"(?:(?:in|over|during|for|within|throughout){_S})?(?:the{_S})(?P<which>last|past|previous|"
     rf"next|"
     rf"coming|following){_S}(?:(?P<some>few|several|couple{_S}of){_S}|{_COUNT}{_S}|"
     rf")(?P<adj>){_UNITS}",
     read_stretch),
    (rf"(?:in|over|during|for|of){_S}(?P<some>)(?P<which>recent|past|"
     rf"coming){_S}{_UNITS}", read_stretch),
    (rf"\b(?:in|within){_S}(?:the{_S}next{_S})?(?:{_ABOUT}{_S})?{_COUNT}{_S}{_UNITS}", read_ahead),
    (rf"\bfor{_S}(?:{_ABOUT}{_S})*(?:(?:(?:a{_S}few|several|many|some|{_COUNT}|"
     rf"the){_S})(?:consecutive{_S}|straight{_S})?)?"
     rf"{_UNITS}(?!{_S}(?:ago|earlier|later))", lambda match: Duration()),
    (r"\b(?:recently|lately|of\s+late|a\s+(?:few|short)\s+(?:moments?|"
     r"while)\s+ago)\b", read_vague(-1)),
    (r"\b(?:currently|at\s+present|at\s+the\s+moment|nowadays|presently)\b", read_vague(0)),
    (r"\b(?:(?:very\s+)?soon|in\s+the\s+(?:near|coming)\s+future|"
     r"shortly(?=[.,]))\b(?!\s+after)", read_vague(1)),
    # Times of day.
    (rf"(?:(?:at|around|about|by){_S})?(?:exactly{_S}|about{_S}|around{_S})?"
     r"(?<![\d.:$])\d{1,2}(?:[:.]\s?\d\d)?\s?(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
     r"(?:\s+(?:local\s+time|GMT|UTC|[A-Z]{2,4}\b))?", lambda match: Clock()),
    (r"(?<![\d.:$])\b[012]?\d[:.][0-5]\d\s?(?:hours|hrs|local\s+time|GMT|UTC|IST|"
     r"ET)\b", lambda match: Clock()),
    (rf"(?:in|during|at|on){_S}the{_S}(?:early|wee|small|late|pre-dawn|predawn)?{_O}(?:hours|"
     rf"morning|"
     r"afternoon|evening|night|eve)\b", lambda match: Clock()),
    (rf"(?<![\w-])the{_S}(?:early|wee|small){_S}hours\b", lambda match: Clock()),
    (r"\b(?:at\s+(?:dawn|noon|midnight|midday|dusk|night)|overnight)\b", lambda match: Clock()),
)  # fmt: skip

# What a sentence must hold for a pattern with such a group to match at all. Looking for these
# first halves the time of reading, as most sentences hold few of them.
_NEEDS = {
    "month": re.compile(rf"\b(?:{_names(MONTHS)})\b", re.IGNORECASE),
    "weekday": re.compile(rf"\b(?:{_names(WEEKDAYS)})\b", re.IGNORECASE),
    "season": re.compile(rf"\b(?:{'|'.join(SEASON_START)})\b", re.IGNORECASE),
    "unit": re.compile(
        r"(?:minute|hour|da|night|morning|afternoon|evening|end|week|fortnight|month|quarter|"
        r"semester|half|year|decade|centur|moment)(?:y|ie)?s?\b",
        re.IGNORECASE,
    ),
    "fraction": re.compile(r"(?:quarter|half|semester|[QH][1-4])", re.IGNORECASE),
    "holiday": re.compile(r"(?:day|christmas|eve|fourth|halloween|nowruz)", re.IGNORECASE),
    "year": re.compile(r"\d"),
    "decade": re.compile(r"\d"),
}


def _need(pattern: str) -> str:
    return next((name for name in _NEEDS if f"(?P<{name}>" in pattern), "")


_GROUPED = tuple(
    (_need(pattern), re.compile(pattern, re.IGNORECASE), build) for pattern, build in _PATTERNS
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at `start`:`end` of the text, and how it reads."""

    start: int
    end: int
    reading: Reading


def readings(text: str) -> tuple[Found, ...]:
    """The phrases of `text` that read as times, in order, not overlapping; the longest wins."""
    candidates = sorted(
        _candidates(text), key=lambda found: (found[0].start, -found[0].end, found[1])
    )
    chosen: list[Found] = []
    for found, _ in candidates:
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
        elif found.end - found.start > chosen[-1].end - chosen[-1].start:
            chosen[-1] = found
    return tuple(chosen)


def _candidates(text: str) -> Iterator[tuple[Found, int]]:
    holds = {name: need.search(text) is not None for name, need in _NEEDS.items()} | {"": True}
    for rank, (need, pattern, build) in enumerate(_GROUPED):
        if not holds[need]:
            continue
        for match in pattern.finditer(text):
            reading = build(match)
            if reading is not None:
                yield Found(match.start(), match.end(), reading), rank
