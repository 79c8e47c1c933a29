"""Reading the time of writing off the text itself, where no publication date is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.extract.time.anchor import UNKNOWN, DocumentTime
from kg.extract.time.calendar import Interval, shifted
from kg.extract.time.expression import TimeExpression
from kg.extract.time.placement import interval_of, resolve
from kg.extract.time.reading import CalendarDate, Range, Reading
from kg.model import Span

HEAD_CHARS = 400
"""How far into the text a dateline may stand: title, byline and place come before it."""

_DATELINE = re.compile(
    r"(?:^|\n|[.!?”\"]\s)[^\n]{0,60}?\b[A-Z][A-Z .,'’/-]{2,40}[A-Z][^\n]{0,40}?[,:(\s—–-]\s*$"
)
_AFTER_DATELINE = re.compile(
    r"\s*(?:[,.]?\s*\([A-Z][\w /.]{1,30}\)|,?\s+[A-Z]{2,12})?\s*(?:-{1,2}|—|–|:)"
)
_DATE_CUE = re.compile(
    r"\b(?:published|posted|updated|date|dated|last\s+modified|issued)\b[^\n.]{0,25}$",
    re.IGNORECASE,
)


def document_time(
    text: str, expressions: Sequence[TimeExpression], *, published: date | None = None
) -> DocumentTime:
    """When `text` was written: `published` if given, else what the text shows, else unknown.

    In this order: a relative day with its date beside it ("today (July 28, 2022)"), a dateline
    or date line at the head, and last the dates the text reports, which bound the day of writing
    from below, and from above if there are dates without a year (they are less than a year old).
    """
    if published is not None:
        return DocumentTime.published(published)
    return (
        _from_apposition(expressions)
        or _from_dateline(text, expressions)
        or _from_dates(text, expressions)
        or UNKNOWN
    )


def month_first(expressions: Sequence[TimeExpression]) -> bool | None:
    """Whether the text's numeric dates put the month first; None when none of them shows it."""
    orders = {
        point.order
        for expression in expressions
        for point in _points(expression.reading)
        if isinstance(point, CalendarDate) and point.order
    }
    return orders == {"month/day"} if len(orders) == 1 else None


def _points(reading: Reading) -> tuple[Reading, ...]:
    if not isinstance(reading, Range):
        return (reading,)
    return tuple(end for end in (reading.start, reading.end) if end is not None)


def _day_of(expression: TimeExpression) -> date | None:
    placed = resolve(expression)
    return placed.earliest if placed.earliest == placed.latest else None


def _from_apposition(expressions: Sequence[TimeExpression]) -> DocumentTime | None:
    for expression in expressions:
        if expression.days_off is not None and isinstance(expression.reading, CalendarDate):
            day = _day_of(expression)
            written = shifted(day, -expression.days_off) if day else None
            if written is not None:
                return DocumentTime(
                    written, written, "date beside a relative day in the text", expression.span
                )
    return None


def _from_dateline(text: str, expressions: Sequence[TimeExpression]) -> DocumentTime | None:
    context = reported(expressions)
    for expression in expressions:
        span, reading = expression.span, expression.reading
        if span.start > HEAD_CHARS:
            break
        if not isinstance(reading, CalendarDate) or reading.day is None:
            continue
        if not _stands_as_dateline(text, span):
            continue
        found = resolve(expression, context=context)
        if found.earliest is not None and found.earliest == found.latest:
            basis = "dateline" if reading.year else f"dateline, {found.basis}"
            return DocumentTime(found.earliest, found.earliest, basis, span)
    return None


def _stands_as_dateline(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 120) : span.start]
    if _DATE_CUE.search(before):
        return True
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if len(line.strip()) <= span.end - span.start + 12 and (line_start or line_end > 0):
        return True
    return bool(_AFTER_DATELINE.match(text, span.end) and _DATELINE.search(before))


def reported(expressions: Sequence[TimeExpression], *, bare_years: bool = False) -> Interval | None:
    """The latest month or day with its year that the text gives and does not place in the future.

    A bare year ("since 2012") is mostly background. It counts only with `bare_years`, which is
    enough where a weekday must fit as well: of the training articles' dates without a year that
    a bare year alone could complete, 14 would have come out right and 37 wrong.
    """
    latest: Interval | None = None
    for expression in expressions:
        reading: Reading | None = expression.reading
        if isinstance(reading, Range):
            # "since 2009" is background, it tells little about when the text was written.
            reading = reading.end
        if not isinstance(reading, CalendarDate) or reading.year is None:
            continue
        if expression.looks_ahead or not (reading.month or bare_years):
            continue
        found = interval_of(resolve(replace(expression, reading=reading)))
        if found is None or found.latest is None or found.earliest is None:
            continue
        if latest is None or latest.earliest is None or _key(found) > _key(latest):
            latest = found
    return latest


def _key(interval: Interval) -> tuple[int, int, int]:
    """Later first, and of two in one year the more exact."""
    first = interval.earliest or date.min
    exact = {"year": 0, "month": 1}.get(interval.granularity, 2)
    return first.year, exact, first.toordinal()


def _from_dates(text: str, expressions: Sequence[TimeExpression]) -> DocumentTime | None:
    context = reported(expressions)
    if context is None or context.earliest is None:
        return None
    latest = context.earliest
    partial: list[date] = []
    for expression in expressions:
        reading = expression.reading
        if isinstance(reading, CalendarDate) and reading.year is None and reading.day:
            found = resolve(expression, context=context)
            if found.earliest is not None and not expression.looks_ahead:
                partial.append(found.earliest)
    if partial:
        latest = max(latest, *partial)
    ceiling = shifted(min(partial), 364) if partial else None
    if ceiling is not None and ceiling < latest:
        ceiling = None
    return DocumentTime(latest, ceiling, "document time inferred from the dates in the text")
