"""The grammar of temporal phrases: what a stretch of words reads as.

`readings(text)` finds the phrases that stand for themselves ("16 January", "last week"); how
neighbouring ones join ("between ... and ...", "on the morning of ...") is `expression`'s matter.
An own grammar rather than a library: see the measurement in `benchmarks/time.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.number import SMALL_NUMBER, value_of
from kg.extract.time.calendar import HOLIDAYS, MONTHS, SEASON_START, WEEKDAYS
from kg.extract.time.reading import (
    CalendarDate,
    Clock,
    Duration,
    Origin,
    Period,
    Range,
    Reading,
    Step,
    Stretch,
    Unit,
    Unreadable,
    Vague,
    Weekday,
)

_Match = re.Match[str]
_Builder = Callable[[_Match], Reading | None]


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
    r"(?P<unit>moment|minute|hour|day|night|morning|afternoon|evening|week-?end|week|fortnight|month|"
    r"quarter|semester|half|year|decade|century|centurie|season)"
)
_UNITS = rf"{_UNIT}(?P<unit_end>s?)\b(?!-)"
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_CENTURIES = {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}
_CENTURIES["twenty-first"] = 21
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950,
    "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_HOLIDAY = "|".join(re.escape(name).replace("'", "['’]") for name in HOLIDAYS)

_DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
_DAY_PARTS = ("night", "morning", "afternoon", "evening")


def _direction(words: str | None) -> int | None:
    """-1, 0 or 1 for "last", "this", "next" and their like, None for none of them."""
    return _DIRECTIONS.get(words.split()[-1].lower(), 0) if words else None


def _part(words: str | None) -> str:
    word = (words or "").lower()
    return {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(word, word)


def _group(match: _Match, name: str) -> str | None:
    """A named group's words, None too when the pattern has no such group."""
    return match.groupdict().get(name)


def _capital(match: _Match, *names: str) -> bool:
    """Whether month and weekday names are written as such: "may" and "sat" are verbs."""
    return all(not _group(match, name) or match[name][0].isupper() for name in names)


def _month(match: _Match, name: str = "month") -> int:
    return MONTHS[match[name].lower()]


def _year(match: _Match) -> tuple[int | None, bool]:
    """The year, and whether its century had to be guessed ("'98")."""
    written = _group(match, "year")
    if written:
        return int(written), False
    short = _group(match, "short")
    if short is None:
        return None, False
    # POSIX's pivot for two-digit years: 69-99 are 19xx, 00-68 are 20xx.
    return (1900 if int(short) >= 69 else 2000) + int(short), True


def _calendar_date(match: _Match) -> Reading | None:
    if not _capital(match, "month", "weekday"):
        return None
    year, guessed = _year(match)
    day = int(match["day"]) if _group(match, "day") else None
    which = _group(match, "which")
    weekday = _group(match, "weekday")
    reading = CalendarDate(
        year=year,
        month=_month(match),
        day=day,
        weekday=WEEKDAYS[weekday.lower()] if weekday else None,
        part=_part(_group(match, "part")),
        year_offset=_direction(_group(match, "which_year")),
        direction=_direction(which),
        two_digit_year=guessed,
    )
    return _possible(reading)


def _possible(reading: CalendarDate) -> Reading | None:
    """The reading, or why the calendar has no such day."""
    if reading.day is None or reading.month is None:
        return reading
    longest = 29 if reading.month == 2 else 30 if reading.month in (4, 6, 9, 11) else 31
    if 1 <= reading.day <= longest:
        return reading
    if reading.day == 0 or reading.day > 31:
        return None
    return Unreadable(f"the calendar has no such day: month {reading.month}, day {reading.day}")


def _day_range(match: _Match) -> Reading | None:
    """ "December 13-15, 2022", "3 to 5 May", "25 July - 3 August"."""
    if not _capital(match, "month", "month2"):
        return None
    year, guessed = _year(match)
    other = _month(match, "month2") if _group(match, "month2") else _month(match)
    start = CalendarDate(year, _month(match), int(match["day"]), two_digit_year=guessed)
    end = CalendarDate(year, other, int(match["day2"]), two_digit_year=guessed)
    if isinstance(_possible(start), CalendarDate) and isinstance(_possible(end), CalendarDate):
        joined = re.search(r"\band\b|&", match.group()) and not _group(match, "between")
        return Range(start, end, "and" if joined else "from")
    return None


def _iso_date(match: _Match) -> Reading | None:
    month = int(match["month_number"])
    if not 1 <= month <= 12:
        return Unreadable(f"the calendar has no month {month}")
    return _possible(CalendarDate(int(match["year"]), month, int(match["day"])))


def _numeric_date(match: _Match) -> Reading | None:
    """ "03/04/2021": day and month are told apart where only one order is possible."""
    first, second = int(match["first"]), int(match["second"])
    year, guessed = _year(match)
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return Unreadable(f"the calendar has no such day: {match.group()}")
    # Kept as day/month; `resolve` turns it where the document's own dates say month/day.
    day, month = (second, first) if second > 12 else (first, second)
    reading = CalendarDate(
        year,
        month,
        day,
        two_digit_year=guessed,
        ambiguous=first <= 12 and second <= 12 and first != second,
    )
    return _possible(reading)


def _bare_month(match: _Match) -> Reading | None:
    if not _capital(match, "month") or not match["month"][1:].islower():
        return None
    return CalendarDate(month=_month(match))


def _year_only(match: _Match) -> Reading | None:
    year, guessed = _year(match)
    about = bool(_group(match, "about"))
    part = _part(_group(match, "part"))
    return CalendarDate(year=year, part=part, approximate=about, two_digit_year=guessed)


def _year_range(match: _Match) -> Reading | None:
    first = int(match["year"])
    written = match["year2"]
    last = int(str(first)[: 4 - len(written)] + written)
    if last <= first and len(written) == 2 and first % 100 == 99:
        last += 100
    if not first < last <= first + 150:
        return None
    return Range(CalendarDate(year=first), CalendarDate(year=last), "from")


def _decade(match: _Match) -> Reading | None:
    written = _group(match, "decade")
    if written:
        first = int(written)
    elif _group(match, "short_decade"):
        short = int(match["short_decade"])
        first = (2000 if short < 30 else 1900) + short
    else:
        first = _DECADES[match["decade_word"].lower()]
    return Period("decade", year=first, part=_part(_group(match, "part")))


def _century(match: _Match) -> Reading | None:
    word = match["century"].lower()
    number = _CENTURIES.get(word) or int(re.sub(r"\D", "", word))
    return Period("century", year=(number - 1) * 100 + 1, part=_part(_group(match, "part")))


def _season(match: _Match) -> Reading | None:
    name = match["season"].lower()
    year, _ = _year(match)
    return Period(
        "season",
        number=SEASON_START[name],
        year=year,
        part=_part(_group(match, "part")),
        year_offset=_direction(_group(match, "which_year")),
        name="autumn" if name == "fall" else name,
        direction=_direction(_group(match, "which")),
    )


def _fraction(match: _Match) -> Reading | None:
    """Quarters and half-years."""
    written = (_group(match, "ordinal") or _group(match, "digit") or "").lower()
    number = _ORDINALS.get(written) or (int(written) if written.isdigit() else 0)
    unit = "half" if match["fraction"].lower() in ("half", "h", "semester") else "quarter"
    if not 1 <= number <= (2 if unit == "half" else 4):
        return None
    year, _ = _year(match)
    which = _group(match, "which_year")
    offset = _direction(which) if which else None
    return Period(unit, number=number, year=year, year_offset=offset)


def _opening(match: _Match) -> Reading | None:
    """ "the first six months of 2022"."""
    count = _count(match)
    year, _ = _year(match)
    if not count or match["unit"].lower() != "month" or count > 12:
        return None
    number = 1 if match["ordinal"].lower() == "first" else 13 - count
    which = _group(match, "which_year")
    return Period(
        "months", number, year, year_offset=_direction(which) if which else None, length=count
    )


def _fiscal(match: _Match) -> Reading | None:
    year, _ = _year(match)
    second = _group(match, "year2")
    return Period("fiscal year", number=1 if second else 0, year=year)


def _holiday(match: _Match) -> Reading | None:
    name = match["holiday"].lower().replace("’", "'")
    month, day = HOLIDAYS[name]
    year, _ = _year(match)
    return CalendarDate(
        year,
        month,
        day,
        year_offset=_direction(_group(match, "which_year")),
        direction=_direction(_group(match, "which")),
        holiday=name,
    )


def _weekday(match: _Match) -> Reading | None:
    if not _capital(match, "weekday"):
        return None
    return Weekday(
        WEEKDAYS[match["weekday"].lower()],
        direction=_direction(_group(match, "which")),
        week=_direction(_group(match, "which_week")),
    )


_DAYS = {
    "today": 0, "tonight": 0, "tonite": 0, "yesterday": -1, "tomorrow": 1,
    "the day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip


def _day(match: _Match) -> Reading | None:
    words = re.sub(r"\s+", " ", match["name"].lower())
    return Unit("day", _DAYS[words])


_TOLD = ("same", "that", "following", "previous")


def _unit(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    which = re.sub(r"\s+", " ", match["which"].lower())
    direction = _direction(which) or 0
    told = which.split()[-1] in _TOLD or (which == "the next" and unit not in ("weekend", "year"))
    origin = Origin.EVENT if told else Origin.ANCHOR
    if unit in ("moment", "hour", "minute", "season", "centurie"):
        return None
    if unit == "day" and direction:
        # "the last day" is the one up to now, "the next day" the one after what was told.
        return Unit("day", 1, origin=Origin.EVENT) if direction > 0 else Stretch("day", 1)
    if unit in _DAY_PARTS:
        return Unit("day", direction if direction == -1 or told else 0, origin=origin)
    part = (_group(match, "part") or "").lower()
    if part not in ("earlier", "later"):
        part = _part(part)
    return Unit({"semester": "half"}.get(unit, unit), direction, part, origin)


def _weekend(match: _Match) -> Reading | None:
    """ "over the weekend": the last one or the next, by tense."""
    return Unit("weekend")


def _end_of_unit(match: _Match) -> Reading | None:
    """ "the end of the year", "year's end"."""
    unit = match["unit"].lower()
    return Unit(unit, 0, _part(_group(match, "part") or "end"))


def _count(match: _Match) -> int | None:
    """How many units; None for an unnamed number ("a few", "several", none at all)."""
    words = _group(match, "count")
    value = value_of(words) if words else None
    return round(value) if value is not None else None


_BACKWARD = ("ago", "earlier", "before", "prior", "previously")


def _step(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    cue = match["cue"].lower().split()[0]
    if unit in ("season", "semester", "half", "weekend", "centurie"):
        return None
    if unit in _DAY_PARTS:
        unit = "day"
    count = _count(match)
    plural = match["unit_end"].lower() == "s"
    if count is None and not _group(match, "some") and not plural:
        return None
    backward = cue in _BACKWARD
    origin = Origin.ANCHOR if cue in ("ago", "from") else Origin.EVENT
    about = (_group(match, "about") or "").lower()
    amount = -(count or 0) if backward else count or 0
    within = about in ("less than", "just under", "up to") and origin is Origin.ANCHOR
    return Step(unit, amount, origin, within=within, backward=backward)


def _day_beside(match: _Match) -> Reading | None:
    """ "the day before", "a day after": one unit from another event."""
    sign = -1 if match["cue"].lower() in ("before", "earlier", "prior") else 1
    return Step("day", sign, Origin.EVENT)


def _stretch(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    if unit in _DAY_PARTS or unit in ("weekend", "season", "semester", "half"):
        return None
    forward = match["which"].lower().split()[-1] in ("next", "coming", "following")
    count = _count(match)
    if count is None and not _group(match, "some") and not match.group().rstrip("'’").endswith("s"):
        count = 1
    return Stretch("century" if unit == "centurie" else unit, count or 0, forward=forward)


def _ahead(match: _Match) -> Reading | None:
    """ "in 120 days", "within a month": counted on from the anchor."""
    unit = match["unit"].lower()
    count = _count(match)
    if unit in _DAY_PARTS or count is None or unit in ("weekend", "season", "half"):
        return None
    return Stretch(unit, count, forward=True)


def _vague(direction: int) -> _Builder:
    return lambda match: Vague(direction)


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

_PATTERNS: tuple[tuple[str, _Builder], ...] = (
    # Dates of the calendar.
    (rf"{_NOT_AFTER_NUMBER}(?P<year>[12]\d{{3}})(?P<sep>[-/.])(?P<month_number>\d{{1,2}})(?P=sep)"
     r"(?P<day>\d{1,2})(?![\d])(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", _iso_date),
    (rf"{_NOT_AFTER_NUMBER}(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep)"
     r"(?:(?P<year>(?:1[0-9]|20)\d\d)|(?P<short>\d\d))(?![\d%]|[-/.,:]\d)", _numeric_date),
    (rf"{_NOT_AFTER_NUMBER}{_OPT_WEEKDAY}(?:the{_S})?{_DAY}(?:{_S}day)?{_O}(?:of{_S}|-)?{_MONTH}"
     rf"(?:{_O}[,-]?{_O}(?:of{_S})?{_YEAR}|{_S}['’](?P<short>\d\d)\b|{_O},?{_S}{_WHICH_YEAR})?",
     _calendar_date),
    (rf"(?:{_WHICH}{_S})?\b{_OPT_WEEKDAY}{_MONTH}{_O}(?:the{_S})?{_DAY}{_NOT_NUMBER}{_PAREN_WEEKDAY}"
     rf"(?:{_O},?{_O}{_YEAR}|{_O},?{_S}{_WHICH_YEAR})?", _calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH}(?:{_O},?{_O}(?:of{_S})?|-){_YEAR}", _calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH}{_S}['’](?P<short>\d\d)\b", _calendar_date),
    (rf"(?:the{_S})?{_PART}?\b{_MONTH},?{_S}{_WHICH_YEAR}", _calendar_date),
    (rf"(?:the{_S})?{_PART}?(?:{_WHICH}{_S})\b{_MONTH}(?!{_S}\d)", _calendar_date),
    (rf"(?:the{_S})?{_PART}\b{_MONTH}(?!{_S}\d{{1,2}}\b)", _calendar_date),
    (rf"\b{_MONTH}(?!{_O}\d)", _bare_month),
    (rf"\b{_MONTH}{_O}{_DAY}{_O}{_DASH}{_O}(?:{_MONTH2}{_O})?{_DAY2}{_NOT_NUMBER}"
     rf"(?:{_O},?{_O}{_YEAR})?", _day_range),
    (rf"{_NOT_AFTER_NUMBER}(?P<between>between{_S})?(?:the{_S})?{_DAY}{_O}{_DASH}{_O}(?:the{_S})?"
     rf"{_DAY2}{_O}(?:of{_S})?{_MONTH}(?:{_O},?{_O}{_YEAR})?", _day_range),
    (rf"(?:{_WHICH}{_S})?\b(?P<holiday>{_HOLIDAY})\b(?:{_O},?{_O}{_YEAR}|{_S}{_WHICH_YEAR})?", _holiday),
    # Years and longer.
    (rf"{_NOT_AFTER_NUMBER}(?:the{_S})?{_PART}?\b(?:(?P<about>around|circa|c\.){_S})?{_YEAR}", _year_only),
    (rf"{_NOT_AFTER_NUMBER}(?:the{_S})?\b(?P<year>(?:1[0-9]|20)\d\d){_O}[-–—/]{_O}(?P<year2>(?:1[0-9]|20)\d\d|\d{{1,2}})"
     r"(?![\d%]|[-/.,:]\d)", _year_range),
    (rf"(?:the{_S})?{_PART}?\b(?P<decade>(?:1[0-9]|20)\d0){_O}['’]?s\b", _decade),
    (rf"the{_S}{_PART}?['’]?(?P<short_decade>[2-9]0){_O}['’]?s\b", _decade),
    (rf"the{_S}{_PART}?(?P<decade_word>{'|'.join(_DECADES)})\b", _decade),
    (rf"(?:the{_S})?{_PART}?\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_CENTURIES)})"
     rf"[\s-]century\b", _century),
    (rf"(?:the{_S})?{_PART}?\b(?P<season>{'|'.join(SEASON_START)}){_O},?{_O}(?:of{_S})?"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", _season),
    (rf"{_PART}?{_WHICH}{_S}(?P<season>{'|'.join(SEASON_START)})\b", _season),
    (rf"(?<=\bin ){_PART}?(?:the{_S})?(?P<season>spring|summer|autumn|winter)\b", _season),
    (rf"(?<=\bin )the{_S}(?P<season>fall)\b(?!{_S}of{_S}(?!{_YEAR}))", _season),
    (rf"(?<=\bsince )the{_S}(?P<season>spring|summer|autumn|winter)\b", _season),
    (rf"(?:the{_S})?(?P<ordinal>{'|'.join(_ORDINALS)}){_S}(?:financial{_S}|fiscal{_S})?"
     rf"(?P<fraction>quarter|half|semester){_S}(?:of{_S})?(?:the{_S}(?:fiscal{_S})?year{_S})?"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", _fraction),
    (rf"(?:the{_S})?(?P<ordinal>{'|'.join(_ORDINALS)}){_S}"
     rf"(?P<fraction>quarter|half|semester){_S}of{_S}(?P<which_year>the){_S}year\b", _fraction),
    (rf"(?:the{_S})?(?P<ordinal>first|last){_S}{_COUNT}{_S}(?P<unit>week|month)s{_S}of{_S}"
     rf"(?:{_YEAR}|{_WHICH_YEAR})", _opening),
    (rf"\b(?P<fraction>[QH])(?P<digit>[1-4]){_O}(?:of{_S})?{_YEAR}", _fraction),
    (rf"\b(?:the{_S})?(?:(?:fiscal|financial)(?:{_S}year)?{_S}|FY{_O})(?P<year>(?:1[0-9]|20)\d\d)"
     rf"(?:{_O}[-–/]{_O}(?P<year2>\d{{4}}|\d\d))?(?!\d)", _fiscal),
    # Relative to the day of writing.
    (rf"(?:(?:earlier|later|late|early){_S})?\b(?P<name>the{_S}day{_S}before{_S}yesterday|"
     rf"the{_S}day{_S}after{_S}tomorrow|today|tonight|tonite|yesterday|tomorrow)\b{_TIME_OF_DAY}", _day),
    (rf"(?:(?:{_WHICH}|of){_S})?\b{_WEEKDAY}{_TIME_OF_DAY}(?:(?:{_S}of)?{_S}(?P<which_week>last|this|next){_S}week\b)?",
     _weekday),
    (rf"(?:(?:the{_S})?\b(?P<part>earlier|later|early|late|mid|middle|beginning|start|end)"
     rf"(?:-|{_S})(?:(?:of|in|on){_S})?)?\b{_WHICH}{_S}{_UNIT}\b(?!{_S}(?:ago|later|earlier)\b)", _unit),
    (rf"\b(?:over|during|at|for){_S}the{_S}(?:holiday{_S}|long{_S})?week-?end\b", _weekend),
    (rf"(?:the{_S})?(?P<part>beginning|start|end|middle){_S}of{_S}the{_S}(?P<unit>week|month|year|decade)\b",
     _end_of_unit),
    (r"\b(?P<unit>year|month|week)[-'’]?s?[\s-]end\b", _end_of_unit),
    (rf"(?:{_ABOUT}{_S})*(?:(?P<some>a{_S}few|several|many|some){_S}|{_COUNT}{_S})?{_UNITS}{_S}"
     rf"(?P<cue>ago|earlier|later|before|prior|after(?:wards?)?|previously|from{_S}now|on(?=[,.]))\b", _step),
    (rf"\b(?:just{_S})?(?:the|a|one){_S}(?:day|night|morning|evening){_S}(?P<cue>before|earlier|prior|after)\b",
     _day_beside),
    (rf"(?:(?:in|over|during|for|within|throughout){_S})?(?:the{_S})(?P<which>last|past|previous|next|"
     rf"coming|following){_S}(?:(?P<some>few|several|couple{_S}of){_S}|{_COUNT}{_S}|)(?P<adj>){_UNITS}",
     _stretch),
    (rf"(?:in|over|during|for|of){_S}(?P<some>)(?P<which>recent|past|coming){_S}{_UNITS}", _stretch),
    (rf"\b(?:in|within){_S}(?:the{_S}next{_S})?(?:{_ABOUT}{_S})?{_COUNT}{_S}{_UNITS}", _ahead),
    (rf"\bfor{_S}(?:{_ABOUT}{_S})*(?:(?:(?:a{_S}few|several|many|some|{_COUNT}|the){_S})(?:consecutive{_S}|straight{_S})?)?"
     rf"{_UNITS}(?!{_S}(?:ago|earlier|later))", lambda match: Duration()),
    (r"\b(?:recently|lately|of\s+late|a\s+(?:few|short)\s+(?:moments?|while)\s+ago)\b", _vague(-1)),
    (r"\b(?:currently|at\s+present|at\s+the\s+moment|nowadays|presently)\b", _vague(0)),
    (r"\b(?:(?:very\s+)?soon|in\s+the\s+(?:near|coming)\s+future|shortly(?=[.,]))\b(?!\s+after)", _vague(1)),
    # Times of day.
    (rf"(?:(?:at|around|about|by){_S})?(?:exactly{_S}|about{_S}|around{_S})?"
     r"(?<![\d.:$])\d{1,2}(?:[:.]\s?\d\d)?\s?(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
     r"(?:\s+(?:local\s+time|GMT|UTC|[A-Z]{2,4}\b))?", lambda match: Clock()),
    (r"(?<![\d.:$])\b[012]?\d[:.][0-5]\d\s?(?:hours|hrs|local\s+time|GMT|UTC|IST|ET)\b", lambda match: Clock()),
    (rf"(?:in|during|at|on){_S}the{_S}(?:early|wee|small|late|pre-dawn|predawn)?{_O}(?:hours|morning|"
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
