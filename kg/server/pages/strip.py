"""When events happened, as a strip of bars: one a day, month or year, each a link to its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.server.pages.catalogue import Entry
from kg.view.period import period_words

MOST_BARS = 60
"""On a phone a bar is then still five pixels wide."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The events that began in a period; `height` is in percent of the highest."""

    start: str
    end: str
    words: str
    number: int
    height: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars in order of time without gaps, and the words for all of it."""

    bars: tuple[Bar, ...]
    words: str


def strip(events: Iterable[Entry]) -> Strip | None:
    """The strip of the dated ones among `events`; None when they are all of one time."""
    days = sorted(day for entry in events if (day := entry.earliest or entry.latest))
    if not days:
        return None
    for floor, following in _UNITS:
        starts = [floor(days[0])]
        while len(starts) <= MOST_BARS and (coming := following(starts[-1])) <= days[-1]:
            starts.append(coming)
        if len(starts) <= MOST_BARS:
            break
    else:
        return None
    if len(starts) < 2:
        return None
    counts = Counter(floor(day) for day in days)
    most = max(counts.values())
    bars = tuple(_bar(start, following(start), counts[start], most) for start in starts)
    return Strip(bars, period_words(days[0], days[-1]))


def _bar(start: date, following: date, number: int, most: int) -> Bar:
    end = following - timedelta(days=1)
    # The square root keeps single events visible beside a busy month.
    height = round(100 * (number / most) ** 0.5)
    return Bar(start.isoformat(), end.isoformat(), period_words(start, end), number, height)


def _next_month(day: date, months: int = 1) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


_UNITS = (
    (lambda day: day, lambda day: day + timedelta(days=1)),
    (_week, lambda day: day + timedelta(days=7)),
    (lambda day: day.replace(day=1), _next_month),
    (
        lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        lambda day: _next_month(day, 3),
    ),
    (lambda day: date(day.year, 1, 1), lambda day: date(day.year + 1, 1, 1)),
    (
        lambda day: date(max(1, day.year // 10 * 10), 1, 1),
        lambda day: date(day.year + 10, 1, 1),
    ),
)
