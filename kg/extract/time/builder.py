"""From the words of a matched phrase to its reading: one small function a kind of phrase.

Each takes a match of a pattern of `grammar` with the groups that kind has, and gives the reading,
or None where the words turn out to be something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.number import value_of
from kg.extract.time.calendar import HOLIDAYS, MONTHS, SEASON_START, WEEKDAYS
from kg.extract.time.reading import (
    CalendarDate,
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
Builder = Callable[[_Match], Reading | None]

ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
CENTURIES = {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}
CENTURIES["twenty-first"] = 21
DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950,
    "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip

_DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
_DAY_PARTS = ("night", "morning", "afternoon", "evening")


def direction_of(words: str | None) -> int | None:
    """-1, 0 or 1 for "last", "this", "next" and their like, None for none of them."""
    return _DIRECTIONS.get(words.split()[-1].lower(), 0) if words else None


def part_named(words: str | None) -> str:
    word = (words or "").lower()
    return {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}.get(word, word)


def group(match: _Match, name: str) -> str | None:
    """A named group's words, None too when the pattern has no such group."""
    return match.groupdict().get(name)


def capitalised(match: _Match, *names: str) -> bool:
    """Whether month and weekday names are written as such: "may" and "sat" are verbs."""
    return all(not group(match, name) or match[name][0].isupper() for name in names)


def month_number(match: _Match, name: str = "month") -> int:
    return MONTHS[match[name].lower()]


def year_written(match: _Match) -> tuple[int | None, bool]:
    """The year, and whether its century had to be guessed ("'98")."""
    written = group(match, "year")
    if written:
        return int(written), False
    short = group(match, "short")
    if short is None:
        return None, False
    # POSIX's pivot for two-digit years: 69-99 are 19xx, 00-68 are 20xx.
    return (1900 if int(short) >= 69 else 2000) + int(short), True


def read_calendar_date(match: _Match) -> Reading | None:
    if not capitalised(match, "month", "weekday"):
        return None
    year, guessed = year_written(match)
    day = int(match["day"]) if group(match, "day") else None
    which = group(match, "which")
    weekday = group(match, "weekday")
    reading = CalendarDate(
        year=year,
        month=month_number(match),
        day=day,
        weekday=WEEKDAYS[weekday.lower()] if weekday else None,
        part=part_named(group(match, "part")),
        year_offset=direction_of(group(match, "which_year")),
        direction=direction_of(which),
        two_digit_year=guessed,
    )
    return possible(reading)


def possible(reading: CalendarDate) -> Reading | None:
    """The reading, or why the calendar has no such day."""
    if reading.day is None or reading.month is None:
        return reading
    longest = 29 if reading.month == 2 else 30 if reading.month in (4, 6, 9, 11) else 31
    if 1 <= reading.day <= longest:
        return reading
    if reading.day == 0 or reading.day > 31:
        return None
    return Unreadable(f"the calendar has no such day: month {reading.month}, day {reading.day}")


def read_day_range(match: _Match) -> Reading | None:
    """ "December 13-15, 2022", "3 to 5 May", "25 July - 3 August"."""
    if not capitalised(match, "month", "month2"):
        return None
    year, guessed = year_written(match)
    other = month_number(match, "month2") if group(match, "month2") else month_number(match)
    start = CalendarDate(year, month_number(match), int(match["day"]), two_digit_year=guessed)
    end = CalendarDate(year, other, int(match["day2"]), two_digit_year=guessed)
    if isinstance(possible(start), CalendarDate) and isinstance(possible(end), CalendarDate):
        joined = re.search(r"\band\b|&", match.group()) and not group(match, "between")
        return Range(start, end, "and" if joined else "from")
    return None


def read_iso_date(match: _Match) -> Reading | None:
    month = int(match["month_number"])
    if not 1 <= month <= 12:
        return Unreadable(f"the calendar has no month {month}")
    return possible(CalendarDate(int(match["year"]), month, int(match["day"])))


def read_numeric_date(match: _Match) -> Reading | None:
    """ "03/04/2021": day and month are told apart where only one order is possible."""
    first, second = int(match["first"]), int(match["second"])
    year, guessed = year_written(match)
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
        order="month/day" if second > 12 else "day/month" if first > 12 else "",
    )
    return possible(reading)


def read_bare_month(match: _Match) -> Reading | None:
    if not capitalised(match, "month") or not match["month"][1:].islower():
        return None
    return CalendarDate(month=month_number(match))


def read_year_only(match: _Match) -> Reading | None:
    year, guessed = year_written(match)
    about = bool(group(match, "about"))
    part = part_named(group(match, "part"))
    return CalendarDate(year=year, part=part, approximate=about, two_digit_year=guessed)


def read_year_range(match: _Match) -> Reading | None:
    first = int(match["year"])
    written = match["year2"]
    last = int(str(first)[: 4 - len(written)] + written)
    if last <= first and len(written) == 2 and first % 100 == 99:
        last += 100
    if not first < last <= first + 150:
        return None
    return Range(CalendarDate(year=first), CalendarDate(year=last), "from")


def read_decade(match: _Match) -> Reading | None:
    written = group(match, "decade")
    if written:
        first = int(written)
    elif group(match, "short_decade"):
        short = int(match["short_decade"])
        first = (2000 if short < 30 else 1900) + short
    else:
        first = DECADES[match["decade_word"].lower()]
    return Period("decade", year=first, part=part_named(group(match, "part")))


def read_century(match: _Match) -> Reading | None:
    word = match["century"].lower()
    number = CENTURIES.get(word) or int(re.sub(r"\D", "", word))
    return Period("century", year=(number - 1) * 100 + 1, part=part_named(group(match, "part")))


def read_season(match: _Match) -> Reading | None:
    name = match["season"].lower()
    year, _ = year_written(match)
    return Period(
        "season",
        number=SEASON_START[name],
        year=year,
        part=part_named(group(match, "part")),
        year_offset=direction_of(group(match, "which_year")),
        name="autumn" if name == "fall" else name,
        direction=direction_of(group(match, "which")),
    )


def read_fraction(match: _Match) -> Reading | None:
    """Quarters and half-years."""
    written = (group(match, "ordinal") or group(match, "digit") or "").lower()
    number = ORDINALS.get(written) or (int(written) if written.isdigit() else 0)
    unit = "half" if match["fraction"].lower() in ("half", "h", "semester") else "quarter"
    if not 1 <= number <= (2 if unit == "half" else 4):
        return None
    year, _ = year_written(match)
    which = group(match, "which_year")
    offset = direction_of(which) if which else None
    return Period(unit, number=number, year=year, year_offset=offset)


def read_opening(match: _Match) -> Reading | None:
    """ "the first six months of 2022"."""
    count = count_written(match)
    year, _ = year_written(match)
    if not count or match["unit"].lower() != "month" or count > 12:
        return None
    number = 1 if match["ordinal"].lower() == "first" else 13 - count
    which = group(match, "which_year")
    return Period(
        "months", number, year, year_offset=direction_of(which) if which else None, length=count
    )


def read_fiscal(match: _Match) -> Reading | None:
    year, _ = year_written(match)
    second = group(match, "year2")
    return Period("fiscal year", number=1 if second else 0, year=year)


def read_holiday(match: _Match) -> Reading | None:
    name = match["holiday"].lower().replace("’", "'")
    month, day = HOLIDAYS[name]
    year, _ = year_written(match)
    return CalendarDate(
        year,
        month,
        day,
        year_offset=direction_of(group(match, "which_year")),
        direction=direction_of(group(match, "which")),
        holiday=name,
    )


def read_weekday(match: _Match) -> Reading | None:
    if not capitalised(match, "weekday"):
        return None
    return Weekday(
        WEEKDAYS[match["weekday"].lower()],
        direction=direction_of(group(match, "which")),
        week=direction_of(group(match, "which_week")),
    )


_DAYS = {
    "today": 0, "tonight": 0, "tonite": 0, "yesterday": -1, "tomorrow": 1,
    "the day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip


def read_day(match: _Match) -> Reading | None:
    words = re.sub(r"\s+", " ", match["name"].lower())
    return Unit("day", _DAYS[words])


_TOLD = ("same", "that", "following", "previous")


def read_unit(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    which = re.sub(r"\s+", " ", match["which"].lower())
    direction = direction_of(which) or 0
    told = which.split()[-1] in _TOLD or (which == "the next" and unit not in ("weekend", "year"))
    origin = Origin.EVENT if told else Origin.ANCHOR
    if unit in ("moment", "hour", "minute", "season", "centurie"):
        return None
    if unit == "day" and direction:
        # "the last day" is the one up to now, "the next day" the one after what was told.
        return Unit("day", 1, origin=Origin.EVENT) if direction > 0 else Stretch("day", 1)
    if unit in _DAY_PARTS:
        return Unit("day", direction if direction == -1 or told else 0, origin=origin)
    part = (group(match, "part") or "").lower()
    if part not in ("earlier", "later"):
        part = part_named(part)
    return Unit({"semester": "half"}.get(unit, unit), direction, part, origin)


def read_weekend(match: _Match) -> Reading | None:
    """ "over the weekend": the last one or the next, by tense."""
    return Unit("weekend")


def read_end_of_unit(match: _Match) -> Reading | None:
    """ "the end of the year", "year's end"."""
    unit = match["unit"].lower()
    return Unit(unit, 0, part_named(group(match, "part") or "end"))


def count_written(match: _Match) -> int | None:
    """How many units; None for an unnamed number ("a few", "several", none at all)."""
    words = group(match, "count")
    value = value_of(words) if words else None
    return round(value) if value is not None else None


_BACKWARD = ("ago", "earlier", "before", "prior", "previously")


def read_step(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    cue = match["cue"].lower().split()[0]
    if unit in ("season", "semester", "half", "weekend", "centurie"):
        return None
    if unit in _DAY_PARTS:
        unit = "day"
    count = count_written(match)
    plural = match["unit_end"].lower() == "s"
    if count is None and not group(match, "some") and not plural:
        return None
    backward = cue in _BACKWARD
    origin = Origin.ANCHOR if cue in ("ago", "from") else Origin.EVENT
    about = (group(match, "about") or "").lower()
    amount = -(count or 0) if backward else count or 0
    within = about in ("less than", "just under", "up to") and origin is Origin.ANCHOR
    return Step(unit, amount, origin, within=within, backward=backward)


def read_day_beside(match: _Match) -> Reading | None:
    """ "the day before", "a day after": one unit from another event."""
    sign = -1 if match["cue"].lower() in ("before", "earlier", "prior") else 1
    return Step("day", sign, Origin.EVENT)


def read_stretch(match: _Match) -> Reading | None:
    unit = match["unit"].lower().replace("-", "")
    if unit in _DAY_PARTS or unit in ("weekend", "season", "semester", "half"):
        return None
    forward = match["which"].lower().split()[-1] in ("next", "coming", "following")
    count = count_written(match)
    if count is None and not group(match, "some") and not match.group().rstrip("'’").endswith("s"):
        count = 1
    return Stretch("century" if unit == "centurie" else unit, count or 0, forward=forward)


def read_ahead(match: _Match) -> Reading | None:
    """ "in 120 days", "within a month": counted on from the anchor."""
    unit = match["unit"].lower()
    count = count_written(match)
    if unit in _DAY_PARTS or count is None or unit in ("weekend", "season", "half"):
        return None
    return Stretch(unit, count, forward=True)


def read_vague(direction: int) -> Builder:
    return lambda match: Vague(direction)
