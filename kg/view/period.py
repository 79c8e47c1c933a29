"""Dates as people write them, no more exact than they are."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # strftime follows the locale


def period_words(earliest: date | None, latest: date | None) -> str:
    """The time between two days: "15 Dec 2023", "Dec 2023", "2012", "3 Jan 2024 – 9 Feb 2024".

    An unknown end reads "until ..." or "from ..."; nothing known is "".
    """
    if earliest is None and latest is None:
        return ""
    if earliest is None:
        return f"until {_day(latest)}"
    if latest is None:
        return f"from {_day(earliest)}"
    if earliest == latest:
        return _day(earliest)
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return (
            f"{earliest.year}"
            if earliest.year == latest.year
            else f"{earliest.year} – {latest.year}"
        )
    last_day = monthrange(latest.year, latest.month)[1]
    if (earliest.year, earliest.month, earliest.day, latest.day) == (
        latest.year,
        latest.month,
        1,
        last_day,
    ):
        return f"{_MONTHS[earliest.month - 1]} {earliest.year}"
    return f"{_day(earliest)} – {_day(latest)}"


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
