"""The times of a document's events, in the order it tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.time.anchor import DocumentTime
from kg.extract.time.attachment import attach_time, describes, holds
from kg.extract.time.calendar import Interval
from kg.extract.time.document import document_time, month_first, reported
from kg.extract.time.expression import TimeExpression, find_times
from kg.extract.time.placement import interval_of, resolve
from kg.extract.time.reading import CalendarDate, Origin, Point, Range, Reading, Step
from kg.model import Document, EventTime, Span


@dataclass(frozen=True)
class Narrative:
    """The temporal expressions of a document, each placed where the telling stands then.

    `times` go with `expressions`, one for one; `written` is the document time.
    """

    expressions: tuple[TimeExpression, ...]
    times: tuple[EventTime, ...]
    written: DocumentTime
    text: str

    @classmethod
    def of(cls, document: Document, sentences: Sequence[Span]) -> Narrative:
        """Reads and places all expressions of `document`."""
        text = document.text
        expressions = find_times(text, document=document.id, sentences=sentences)
        written = document_time(text, expressions, published=document.published)
        return cls(expressions, _placed(expressions, written), written, text)

    def event_times(
        self,
        events: Sequence[Sequence[Span]],
        *,
        looks_ahead: Sequence[bool | None] = (),
    ) -> tuple[EventTime | None, ...]:
        """When each event was, None where the text does not say.

        `events` are the triggers of each; `looks_ahead` tells for each whether it is still to
        come (None or missing: judged by the tense around the phrase).
        """
        ahead = [*looks_ahead, *[None] * (len(events) - len(looks_ahead))]
        everyone = [trigger for triggers in events for trigger in triggers]
        chosen = []
        for triggers in events:
            others = [trigger for trigger in everyone if trigger not in triggers]
            chosen.append(attach_time(self.expressions, triggers, text=self.text, others=others))
        first = [
            self._time_of(expression, triggers, looks_ahead=forward)
            for expression, triggers, forward in zip(chosen, events, ahead, strict=True)
        ]
        return tuple(
            self._counted_from(expression, time, events, first)
            for expression, time in zip(chosen, first, strict=True)
        )

    def _time_of(
        self,
        expression: TimeExpression | None,
        triggers: Sequence[Span],
        *,
        looks_ahead: bool | None,
    ) -> EventTime | None:
        if expression is None:
            return None
        time = self.times[self.expressions.index(expression)]
        inner = _end_given(expression.reading)
        if inner and any(describes(expression, trigger, self.text) for trigger in triggers):
            # In "after the April 15 bombing" the bombing itself was on April 15.
            return self._resolved(replace(expression, reading=inner), time, looks_ahead)
        if looks_ahead is not None and looks_ahead != expression.looks_ahead:
            return self._resolved(expression, time, looks_ahead)
        return time

    def _resolved(
        self, expression: TimeExpression, time: EventTime, looks_ahead: bool | None
    ) -> EventTime:
        """The expression placed once more, if that places it at all."""
        again = resolve(expression, document=self.written, looks_ahead=looks_ahead)
        return again if again.earliest or again.latest else time

    def _counted_from(
        self,
        expression: TimeExpression | None,
        time: EventTime | None,
        events: Sequence[Sequence[Span]],
        times: Sequence[EventTime | None],
    ) -> EventTime | None:
        """ "three days after the attack": counted from the attack, not from what was told last."""
        reading = expression.reading if expression else None
        if expression is None or not isinstance(reading, Step) or reading.origin is Origin.ANCHOR:
            return time
        after = expression.span.end
        for triggers, other in zip(events, times, strict=True):
            close = any(
                0 <= trigger.start - after <= NAMED_REACH
                and holds(expression.sentence, trigger)
                and _NAMES.fullmatch(self.text, after, trigger.start)
                for trigger in triggers
            )
            if close and other is not None and other.span != expression.span:
                return resolve(expression, document=self.written, reference=other)
        return time


NAMED_REACH = 40
"""Characters within which "after" names the event it counts from ("after the deadly attack")."""
_NAMES = re.compile(r"\s+(?:(?:the|a|an|this|that|its|their|his|her)\s+)?(?:[\w'’-]+\s+){0,3}")


def _end_given(reading: Reading) -> Point | None:
    """The one end of an open range."""
    if isinstance(reading, Range) and (reading.start is None) != (reading.end is None):
        return reading.start or reading.end
    return None


NEAR_SENTENCES = 2
"""How many sentences back a date with its year still gives the year to a date without one."""


def _placed(expressions: Sequence[TimeExpression], written: DocumentTime) -> tuple[EventTime, ...]:
    order = month_first(expressions)
    undated = written.day is None
    evidence = reported(expressions) if undated else None
    years = reported(expressions, bare_years=True) if undated else None
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
            context=near or (years if _has_weekday(expression) else evidence),
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


def _has_weekday(expression: TimeExpression) -> bool:
    reading = expression.reading
    return isinstance(reading, CalendarDate) and reading.weekday is not None


def _names_its_year(expression: TimeExpression) -> bool:
    reading = expression.reading
    return (
        isinstance(reading, CalendarDate)
        and reading.year is not None
        and reading.month is not None
        and not expression.adjectival
    )
