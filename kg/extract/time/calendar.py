"""Intervals of days, and the units the calendar cuts them into.

Every interval is inclusive at both ends; an end that is None is open. Weeks run from Monday to
Sunday (ISO 8601); seasons are the meteorological ones of the northern hemisphere, in which the
news of the training articles is written.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb", "febr"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tues", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thurs", "thur", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SEASON_CODE = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF level 1 writes a season in place of the month."""

HOLIDAYS = {
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "armistice day": (11, 11),
    "nowruz": (3, 21),
}
"""Holidays with a fixed day, in one country or in all that keep them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `earliest` to `latest`, both inclusive, None when open, and their unit."""

    earliest: date | None
    latest: date | None
    granularity: str

    def contains(self, day: date) -> bool:
        """Whether the day lies inside; an open end excludes nothing."""
        return (self.earliest is None or self.earliest <= day) and (
            self.latest is None or day <= self.latest
        )

    def until(self, day: date) -> Interval:
        """The part up to and including `day`."""
        return replace(self, latest=min(self.latest or day, day))

    def since(self, day: date) -> Interval:
        """The part from `day` on."""
        return replace(self, earliest=max(self.earliest or day, day))


def day_of(year: int, month: int, day: int) -> Interval | None:
    """One day, or None for a date that does not exist (31 February)."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Interval(only, only, "day")


def month_of(year: int, month: int) -> Interval | None:
    """A whole month; `month` may lie outside 1-12 and then counts into other years."""
    year, index = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return Interval(date(year, index, 1), date(year, index, monthrange(year, index)[1]), "month")


def months_of(year: int, month: int, count: int, granularity: str) -> Interval | None:
    """`count` months from `month` of `year` on."""
    first, last = month_of(year, month), month_of(year, month + count - 1)
    return Interval(first.earliest, last.latest, granularity) if first and last else None


def year_of(year: int, count: int = 1, granularity: str = "year") -> Interval | None:
    """A year, or `count` years from it on."""
    return months_of(year, 1, 12 * count, granularity)


def shifted(day: date, days: int) -> date | None:
    """`day` moved by a number of days, None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def unit_around(day: date, unit: str, amount: int = 0) -> Interval | None:
    """The day, week, weekend, month, quarter, season, half-year, year, decade or century that
    lies `amount` units after the one `day` belongs to."""
    if unit == "day":
        moved = shifted(day, amount)
        return Interval(moved, moved, "day") if moved else None
    if unit in ("week", "weekend"):
        return _week_around(day, unit, amount)
    if unit == "fortnight":
        return _week_around(day, "week", 2 * amount)
    months = {"month": 1, "quarter": 3, "half": 6}.get(unit)
    if months:
        index = (day.month - 1) // months + amount
        return months_of(day.year, index * months + 1, months, unit)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    first = (day.year // years + amount) * years + (1 if unit == "century" else 0)
    return year_of(first, years, unit)


def _week_around(day: date, unit: str, amount: int) -> Interval | None:
    monday = shifted(day, -day.weekday() + 7 * amount)
    first = shifted(monday, 5) if monday and unit == "weekend" else monday
    last = shifted(monday, 6) if monday else None
    return Interval(first, last, unit) if first and last else None


_STEP_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_STEP_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def stepped(day: date, unit: str, amount: int) -> Interval | None:
    """What "three weeks ago" means: the day counted off in days and weeks, in months the month
    arrived at, in years and more the year."""
    if unit in ("hour", "minute"):
        return Interval(day, day, "day")
    if unit in _STEP_DAYS:
        moved = shifted(day, amount * _STEP_DAYS[unit])
        return Interval(moved, moved, "day") if moved else None
    if unit == "weekend":
        return _week_around(day, unit, amount)
    if unit in ("month", "quarter", "half"):
        return month_of(day.year, day.month + amount * _STEP_MONTHS[unit])
    year = day.year + amount * _STEP_MONTHS[unit] // 12
    return year_of(year)


def part_of(interval: Interval, part: str) -> Interval:
    """The early, middle or late part: thirds, counted in days of a month, in months of a year,
    in years of a decade or century.

    Thirds were read off the annotated training articles ("late June" from the 20th, "mid-2006"
    May to August, "late 2006" from September); a vague word gets no sharper bound.
    """
    first, last = interval.earliest, interval.latest
    if not part or first is None or last is None:
        return interval
    if interval.granularity == "month":
        days = {"early": (1, 10), "mid": (10, 20), "late": (20, last.day)}[part]
        return Interval(first.replace(day=days[0]), first.replace(day=days[1]), "part of month")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if interval.granularity == "day" or months < 3:
        return interval
    third = months // 3
    start = {"early": 0, "mid": third, "late": months - third}[part]
    cut = months_of(first.year, first.month + start, third, f"part of {interval.granularity}")
    return cut or interval


def last_weekday(day: date, weekday: int, *, before: bool = False) -> date | None:
    """The last such weekday on `day` or earlier; strictly earlier if `before`."""
    back = (day.weekday() - weekday) % 7
    return shifted(day, -(back or 7) if before else -back)


def next_weekday(day: date, weekday: int, *, after: bool = False) -> date | None:
    """The first such weekday on `day` or later; strictly later if `after`."""
    ahead = (weekday - day.weekday()) % 7
    return shifted(day, (ahead or 7) if after else ahead)


def edtf_of(interval: Interval) -> str:
    """The interval in the Extended Date/Time Format (ISO 8601-2), "" when it has no end at all.

    A whole day, month, year, decade or century is written as such ("2024-01", "198X"), anything
    else as an interval of days ("2024-01-10/2024-01-20"); an open end is "..".
    """
    first, last = interval.earliest, interval.latest
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first.isoformat()
    if (last.month, last.day) == (12, 31) and (first.month, first.day) == (1, 1):
        return _edtf_years(first.year, last.year)
    if (first.year, first.month) == (last.year, last.month) and interval == month_of(
        first.year, first.month
    ):
        return f"{first.year:04}-{first.month:02}"
    if interval.granularity in SEASON_CODE:
        return f"{first.year:04}-{SEASON_CODE[interval.granularity]}"
    return f"{first}/{last}"


def _edtf_years(first: int, last: int) -> str:
    if first == last:
        return f"{first:04}"
    if first % 10 == 0 and last == first + 9:
        return f"{first // 10:03}X"
    if first % 100 == 0 and last == first + 99:
        return f"{first // 100:02}XX"
    return f"{first:04}/{last:04}"
