"""The times of a document's events, in the order it tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.time.anchor import DocumentTime
from kg.extract.time.attachment import attach_time
from kg.extract.time.calendar import Interval
from kg.extract.time.document import document_time, month_first, reported
from kg.extract.time.expression import TimeExpression, find_times
from kg.extract.time.placement import interval_of, resolve
from kg.extract.time.reading import CalendarDate
from kg.model import Document, EventTime, Span


@dataclass(frozen=True)
class Narrative:
    """The temporal expressions of a document, each placed where the telling stands then.

    `times` go with `expressions`, one for one; `written` is the document time.
    """

    expressions: tuple[TimeExpression, ...]
    times: tuple[EventTime, ...]
    written: DocumentTime

    @classmethod
    def of(cls, document: Document, sentences: Sequence[Span]) -> Narrative:
        """Reads and places all expressions of `document`."""
        expressions = find_times(document.text, document=document.id, sentences=sentences)
        written = document_time(document.text, expressions, published=document.published)
        return cls(expressions, _placed(expressions, written), written)

    def time_of(
        self,
        triggers: Sequence[Span],
        *,
        text: str,
        others: Sequence[Span] = (),
        looks_ahead: bool | None = None,
    ) -> EventTime | None:
        """When the event with these `triggers` was, None if the text does not say."""
        expression = attach_time(self.expressions, triggers, text=text, others=others)
        if expression is None:
            return None
        return self.times[self.expressions.index(expression)]


NEAR_SENTENCES = 2
"""How many sentences back a date with its year still gives the year to a date without one."""


def _placed(
    expressions: Sequence[TimeExpression], written: DocumentTime
) -> tuple[EventTime, ...]:
    order = month_first(expressions)
    evidence = reported(expressions) if written.day is None else None
    exact = evidence is not None and evidence.earliest == evidence.latest
    told_day = evidence.earliest if evidence and exact else None
    times: list[EventTime] = []
    previous: EventTime | None = None
    told: tuple[TimeExpression, Interval] | None = None
    for expression in expressions:
        near = told[1] if told and _is_near(told[0], expression) else None
        local = near is not None and _other_year(near, written)
        time = resolve(
            expression,
            document=written,
            reference=previous,
            context=near or evidence,
            context_basis="year from the date before it" if local else "",
            told_day=told_day,
            month_first=order,
        )
        times.append(time)
        interval = interval_of(time)
        if interval and _names_its_year(expression):
            told = (expression, interval)
        if time.earliest is not None and time.earliest == time.latest:
            previous = time
    return tuple(times)


def _is_near(before: TimeExpression, after: TimeExpression) -> bool:
    return after.sentence.start - before.sentence.end < 200 * NEAR_SENTENCES


def _other_year(interval: Interval, written: DocumentTime) -> bool:
    """Whether a passage is set in another year than the one the text was written in."""
    if written.day is None or interval.earliest is None:
        return False
    return abs(interval.earliest.year - written.day.year) > 1


def _names_its_year(expression: TimeExpression) -> bool:
    reading = expression.reading
    return (
        isinstance(reading, CalendarDate)
        and reading.year is not None
        and reading.month is not None
        and not expression.adjectival
    )
