"""Days, months and years of the calendar, and where a date without a year takes it from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.extract.time.calendar import (
    WEEKDAY_NAMES,
    Interval,
    day_of,
    month_of,
    part_of,
    shifted,
    year_of,
)
from kg.extract.time.reading import CalendarDate
from kg.extract.time.setting import Placed, Setting, against, placed_as


def place_calendar_date(reading: CalendarDate, setting: Setting) -> Placed:
    reading, basis = _oriented(reading, setting)
    granularity = _granularity(reading)
    if reading.year is not None:
        return _in_year(reading, reading.year, basis)
    if reading.month is None:
        return Placed(None, granularity)
    if reading.year_offset is not None:
        offset = reading.year_offset
        return against(
            setting, granularity, lambda day: _date_in(reading, day.year + offset), *basis
        )
    if reading.direction:
        forward = reading.direction > 0
        return against(
            setting, granularity, lambda day: _beside(reading, day, forward=forward), *basis
        )
    if setting.context_basis or setting.document.day is None:
        placed = _near_context(reading, setting, basis)
        if placed is not None:
            return placed
    return against(
        setting,
        granularity,
        lambda day: _so_far(_by_tense(reading, day, ahead=setting.looks_ahead), day, setting),
        *basis,
        f"year from {setting.document.basis}",
    )


def _so_far(found: Interval | None, day: date, setting: Setting) -> Interval | None:
    """What has happened in a month that is not over happened up to the day of writing."""
    if found is None or not found.contains(day) or setting.looks_ahead:
        return found
    return found.until(day)


def _granularity(reading: CalendarDate) -> str:
    unit = "day" if reading.day else "month" if reading.month else "year"
    return f"part of {unit}" if reading.part and unit != "day" else unit


def _oriented(reading: CalendarDate, setting: Setting) -> tuple[CalendarDate, tuple[str, ...]]:
    """A numeric date with day and month in the order the document uses."""
    basis: list[str] = []
    if reading.two_digit_year:
        basis.append(f"two-digit year read as {reading.year}")
    if reading.ambiguous:
        order = "month/day" if setting.month_first else "day/month"
        if setting.month_first is None:
            basis.append("read as day/month, the order of most countries; month/day is possible")
        else:
            basis.append(f"read as {order}, the order of another date in the document")
        if setting.month_first:
            reading = replace(reading, month=reading.day, day=reading.month)
    return reading, tuple(basis)


def _date_in(reading: CalendarDate, year: int) -> Interval | None:
    """The date in that year; None where it does not exist or falls on another weekday."""
    if reading.month is None:
        whole = year_of(year)
        return part_of(whole, reading.part) if whole else None
    if reading.day is None:
        month = month_of(year, reading.month)
        return part_of(month, reading.part) if month else None
    found = day_of(year, reading.month, reading.day)
    if found is None or found.earliest is None:
        return None
    if reading.weekday is not None and found.earliest.weekday() != reading.weekday:
        return None
    return found


def _in_year(reading: CalendarDate, year: int, basis: tuple[str, ...]) -> Placed:
    found = _date_in(reading, year)
    if found is None and reading.weekday is not None:
        # A wrong weekday beside a full date is a slip; the date is what the writer looked up.
        found = _date_in(replace(reading, weekday=None), year)
        name = WEEKDAY_NAMES[reading.weekday]
        basis = (*basis, f"the text says {name}, which the date is not")
    if found is None:
        return Placed(None, _granularity(reading), (*basis, "the calendar has no such day"))
    if reading.approximate:
        widened = year_of(year - 1, 3)
        found = replace(widened, granularity="year") if widened else found
        basis = (*basis, "approximate: a year more on either side")
    return placed_as(found, _granularity(reading), basis)


def occurrences(reading: CalendarDate, year: int, reach: int) -> list[Interval]:
    """The date in the years around `year`, in order."""
    found = (_date_in(reading, near) for near in range(year - reach, year + reach + 1))
    return [interval for interval in found if interval is not None]


def _reach(reading: CalendarDate) -> int:
    """A date with its weekday recurs after up to 11 years, 29 February after up to 8."""
    return 11 if reading.weekday is not None else 8 if reading.day == 29 else 1


def _beside(reading: CalendarDate, day: date, *, forward: bool) -> Interval | None:
    """The occurrence that ended before `day`, or the next to begin after it."""
    found = occurrences(reading, day.year, _reach(reading))
    if forward:
        return next((i for i in found if i.earliest and i.earliest > day), None)
    return next((i for i in reversed(found) if i.latest and i.latest < day), None)


PAST_SLACK_DAYS = 60
AHEAD_SLACK_DAYS = 130
"""How far against its tense a date without a year may lie from the day of writing.

Tense is read off the nearest verb and often misses ("the launch, on October 12, ..."), while a
date without a year is close to the day of writing: a farther one is told with "last" or "next".
Both values are those with the most dates right in the training articles."""


def _by_tense(reading: CalendarDate, day: date, *, ahead: bool) -> Interval | None:
    """The last occurrence up to `day`, or, if the clause looks ahead, the first from it on."""
    found = occurrences(reading, day.year, _reach(reading))
    fixed = reading.weekday is not None
    if ahead:
        floor = shifted(day, 0 if fixed else -AHEAD_SLACK_DAYS) or day
        return next((i for i in found if i.latest and i.latest >= floor), None)
    ceiling = shifted(day, 0 if fixed else PAST_SLACK_DAYS) or day
    return next((i for i in reversed(found) if i.earliest and i.earliest <= ceiling), None)


def _near_context(reading: CalendarDate, setting: Setting, basis: tuple[str, ...]) -> Placed | None:
    """The occurrence nearest to the dated passage around it, if one is clearly the nearest."""
    context = setting.context
    if context is None or context.earliest is None or context.latest is None:
        return None
    reasons = (*basis, setting.context_basis or "year from another date in the text")
    if reading.weekday is not None:
        return _year_by_weekday(reading, context.earliest.year, basis)
    found = occurrences(reading, context.earliest.year, _reach(reading))
    inside = [i for i in found if i.earliest and context.contains(i.earliest)]
    if len(inside) == 1 and context.granularity in ("year", "day"):
        return placed_as(inside[0], _granularity(reading), reasons)
    distances = sorted((_distance(i, context), n) for n, i in enumerate(found))
    if not distances or distances[0][0] > CONTEXT_DAYS:
        return None
    return placed_as(found[distances[0][1]], _granularity(reading), reasons)


def _year_by_weekday(reading: CalendarDate, since: int, basis: tuple[str, ...]) -> Placed | None:
    """The first year from the text's latest on in which the date falls on that weekday.

    It recurs after five or six years at the soonest, so of the first five years at most one fits.
    """
    for year in range(since, since + 5):
        found = _date_in(reading, year)
        if found is not None and reading.weekday is not None:
            name = WEEKDAY_NAMES[reading.weekday]
            reason = f"the first year from {since}, the latest in the text, where it is a {name}"
            return placed_as(found, "day", (*basis, reason))
    return None


CONTEXT_DAYS = 150
"""How far a partial date may lie from the dated passage that gives its year: under five months,
so that the same date a year earlier or later is clearly farther (at least seven)."""


def _distance(one: Interval, other: Interval) -> int:
    """Days between two intervals, 0 when they overlap."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return 10**9
    return max(0, (one.earliest - other.latest).days, (other.earliest - one.latest).days)
