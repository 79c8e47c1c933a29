"""From what a phrase says to when it was: readings placed on the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.extract.time.anchor import UNKNOWN, DocumentTime
from kg.extract.time.calendar import (
    SEASON_CODE,
    WEEKDAY_NAMES,
    Interval,
    edtf_of,
    last_weekday,
    month_of,
    months_of,
    next_weekday,
    part_of,
    shifted,
    stepped,
    unit_around,
    year_of,
)
from kg.extract.time.expression import TimeExpression
from kg.extract.time.partial_date import occurrences, place_calendar_date
from kg.extract.time.reading import (
    CalendarDate,
    Clock,
    Duration,
    Origin,
    Period,
    Point,
    Range,
    Reading,
    Step,
    Stretch,
    Unit,
    Unreadable,
    Vague,
    Weekday,
)
from kg.extract.time.setting import Placed, Setting, against, placed_as
from kg.model import EventTime


def resolve(
    expression: TimeExpression,
    *,
    document: DocumentTime | date | None = None,
    looks_ahead: bool | None = None,
    reference: EventTime | None = None,
    context: Interval | None = None,
    context_basis: str = "",
    told_day: date | None = None,
    month_first: bool | None = None,
) -> EventTime:
    """When the expression places an event, as exactly as the words and the setting allow.

    `document` is the publication date or the document time; `looks_ahead` overrides the tense
    the expression was found with; `reference` is the time of the event that "two days later"
    is counted from; `context` an interval whose year a partial date may take, for the reason
    `context_basis`; `told_day` the day an undated text tells of, which its own weekday means.
    """
    if isinstance(document, date):
        document = DocumentTime.published(document)
    setting = Setting(
        document=document or UNKNOWN,
        context=context,
        context_basis=context_basis,
        told_day=told_day,
        reference=interval_of(reference) if reference else None,
        looks_ahead=expression.looks_ahead if looks_ahead is None else looks_ahead,
        month_first=month_first,
    )
    placed = place(expression.reading, setting)
    interval = placed.interval
    return EventTime(
        span=expression.span,
        earliest=interval.earliest if interval else None,
        latest=interval.latest if interval else None,
        granularity=placed.granularity,
        anchor=placed.anchor,
        basis="; ".join(placed.basis),
        edtf=edtf_of(_season_named(interval, expression.reading)) if interval else "",
    )


def interval_of(time: EventTime) -> Interval | None:
    """The bounds of an event's time, None when it has none."""
    if time.earliest is None and time.latest is None:
        return None
    return Interval(time.earliest, time.latest, time.granularity)


def _season_named(interval: Interval, reading: Reading) -> Interval:
    """EDTF has a code for each season, so its writer must know which one it is."""
    if isinstance(reading, Period) and reading.name in SEASON_CODE and not reading.part:
        return replace(interval, granularity=reading.name)
    return interval


def place(reading: Reading, setting: Setting) -> Placed:
    """The reading on the calendar."""
    match reading:
        case CalendarDate():
            return place_calendar_date(reading, setting)
        case Period():
            return _period(reading, setting)
        case Weekday():
            return _weekday(reading, setting)
        case Unit():
            return _unit(reading, setting)
        case Step():
            return _step(reading, setting)
        case Stretch():
            return _stretch(reading, setting)
        case Range():
            return _range(reading, setting)
        case Vague():
            return _vague(reading, setting)
        case Unreadable():
            return Placed(None, "day", (reading.reason,))
        case Clock():
            return _clock(setting)
        case Duration():
            return Placed(None, "duration")


def _period(reading: Period, setting: Setting) -> Placed:
    if reading.year is not None:
        found = _period_in(reading, reading.year)
        basis = (FISCAL,) if reading.unit == "fiscal year" else ()
        return placed_as(found, reading.unit, basis)
    if reading.year_offset is not None:
        offset = reading.year_offset
        return against(setting, reading.unit, lambda day: _period_in(reading, day.year + offset))
    ahead = reading.direction == 1 or (reading.direction is None and setting.looks_ahead)

    def near(day: date) -> Interval | None:
        found = [_period_in(reading, year) for year in range(day.year - 2, day.year + 2)]
        real = [interval for interval in found if interval is not None]
        if ahead:
            return next((i for i in real if i.latest and i.latest >= day), None)
        return next((i for i in reversed(real) if i.earliest and i.earliest <= day), None)

    return against(setting, reading.unit, near, f"year from {setting.document.basis}")


FISCAL = "fiscal years begin between April of the year before and April, by country"


def _period_in(reading: Period, year: int) -> Interval | None:
    match reading.unit:
        case "decade":
            found = year_of(year, 10, "decade")
        case "century":
            found = year_of(year, 100, "century")
        case "quarter":
            found = months_of(year, 3 * reading.number - 2, 3, "quarter")
        case "half":
            found = months_of(year, 6 * reading.number - 5, 6, "half")
        case "months":
            found = months_of(year, reading.number, reading.length, "part of year")
        case "fiscal year":
            # "2022-23" (number 1) begins in 2022; a single year may be its first or its last.
            first = year if reading.number else year - 1
            found = months_of(first, 4, 24 if not reading.number else 21, "fiscal year")
        case _:
            found = months_of(year, reading.number, 3, "season")
    return part_of(found, reading.part) if found and reading.part else found


def _weekday(reading: Weekday, setting: Setting) -> Placed:
    ahead = setting.looks_ahead

    def near(day: date) -> Interval | None:
        if reading.week is not None:
            week = unit_around(day, "week", reading.week)
            found = shifted(week.earliest, reading.weekday) if week and week.earliest else None
        elif reading.direction == 1:
            found = next_weekday(day, reading.weekday, after=True)
        elif reading.direction == -1:
            found = last_weekday(day, reading.weekday, before=True)
        elif ahead:
            found = next_weekday(day, reading.weekday)
        else:
            found = last_weekday(day, reading.weekday)
        return Interval(found, found, "day") if found else None

    name = WEEKDAY_NAMES[reading.weekday]
    told = setting.told_day
    if told is not None and told.weekday() == reading.weekday and not reading.direction:
        return placed_as(Interval(told, told, "day"), "day", (f"the {name} the text tells of",))
    if reading.direction or reading.week is not None:
        return against(setting, "day", near)
    rule = f"the {name} {'on or after' if ahead else 'on or before'} {setting.document.basis}"
    return against(setting, "day", near, rule)


def _unit(reading: Unit, setting: Setting) -> Placed:
    if reading.origin is Origin.EVENT:
        return _unit_of_event(reading, setting)
    ahead = setting.looks_ahead

    def near(day: date) -> Interval | None:
        amount = reading.amount
        if reading.unit == "weekend" and amount == 0 and not ahead and day.weekday() < 5:
            amount = -1
        found = unit_around(day, reading.unit, amount)
        if found is None:
            return None
        if reading.part in ("early", "mid", "late"):
            return part_of(found, reading.part)
        if reading.part == "later":
            return found.since(day)
        if reading.part == "earlier" or (amount == 0 and not ahead and found.contains(day)):
            return found.until(day)
        return found

    return against(setting, reading.unit, near)


def _unit_of_event(reading: Unit, setting: Setting) -> Placed:
    """ "the next day", "that month": the unit of the event told before, or one beside it."""
    reference = setting.reference
    if reference is None or reference.earliest is None or reference.latest is None:
        return Placed(None, reading.unit, ("relative to an event without a date",))
    found = unit_around(reference.earliest, reading.unit, reading.amount)
    if found is None or found != unit_around(reference.latest, reading.unit, reading.amount):
        return Placed(None, reading.unit, ("relative to an event dated less exactly",))
    return placed_as(found, reading.unit, (_relative_to(reference),))


def _relative_to(reference: Interval) -> str:
    if reference.earliest == reference.latest:
        return f"relative to the event of {reference.earliest}"
    return f"relative to the event of {reference.earliest}/{reference.latest}"


def _step(reading: Step, setting: Setting) -> Placed:
    def counted(day: date) -> Interval | None:
        if reading.amount == 0:
            return Interval(None, day, reading.unit)
        found = stepped(day, reading.unit, reading.amount)
        if found is not None and reading.within:
            return (
                found.until(day)
                if reading.amount > 0
                else Interval(found.earliest, day, reading.unit)
            )
        return found

    if reading.origin is Origin.ANCHOR:
        return against(setting, reading.unit, counted)
    reference = setting.reference
    if reference is None or reference.earliest is None or reference.latest is None:
        return Placed(None, reading.unit, ("relative to an event without a date",))
    if reading.amount == 0:
        if reading.backward:
            interval = Interval(None, reference.latest, reading.unit)
        else:
            interval = Interval(reference.earliest, None, reading.unit)
        return placed_as(interval, reading.unit, (_relative_to(reference),))
    first = stepped(reference.earliest, reading.unit, reading.amount)
    last = stepped(reference.latest, reading.unit, reading.amount)
    if first is None or last is None:
        return Placed(None, reading.unit)
    interval = Interval(first.earliest, last.latest, first.granularity)
    written = setting.document.latest or setting.document.earliest
    if written and interval.earliest and interval.earliest > written and not setting.looks_ahead:
        return Placed(None, reading.unit, ("counted from another event than the one before it",))
    return placed_as(interval, reading.unit, (_relative_to(reference),))


def _stretch(reading: Stretch, setting: Setting) -> Placed:
    def near(day: date) -> Interval | None:
        if reading.amount == 0:
            return (
                Interval(day, None, reading.unit)
                if reading.forward
                else Interval(None, day, reading.unit)
            )
        amount = reading.amount if reading.forward else -reading.amount
        end = _counted_off(day, reading.unit, amount)
        if end is None:
            return None
        return Interval(min(day, end), max(day, end), reading.unit)

    return against(setting, reading.unit, near)


def _counted_off(day: date, unit: str, amount: int) -> date | None:
    """The day exactly `amount` units away; the month's last day where it has no such day."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is None:
        return shifted(day, amount * {"week": 7, "fortnight": 14, "day": 1}.get(unit, 0))
    target = month_of(day.year, day.month + months * amount)
    if target is None or target.earliest is None or target.latest is None:
        return None
    return target.earliest.replace(day=min(day.day, target.latest.day))


def _range(reading: Range, setting: Setting) -> Placed:
    start, end = _years_shared(reading, setting)
    first = place(start, setting) if start is not None else None
    last = _range_end(end, first, setting) if end is not None else None
    known = last or first
    if known is None or (first and not first.interval) or (last and not last.interval):
        lacking = first if first and not first.interval else known
        return lacking or Placed(None, "day")
    if first is not None and first.interval and last is None and isinstance(end, type(None)):
        return _open_range(reading, first, setting)
    if last is not None and first is None:
        return _closed_range(last, setting)
    return _whole_range(first, last)


def _whole_range(first: Placed | None, last: Placed | None) -> Placed:
    if first is None or last is None or first.interval is None or last.interval is None:
        return Placed(None, "day")
    earliest, latest = first.interval.earliest, last.interval.latest
    if earliest is not None and latest is not None and earliest > latest:
        return Placed(None, last.granularity, ("the range ends before it begins",))
    interval = Interval(earliest, latest, last.granularity)
    basis = tuple(dict.fromkeys((*first.basis, *last.basis)))
    return Placed(interval, last.granularity, basis, last.anchor or first.anchor)


def _open_range(reading: Range, first: Placed, setting: Setting) -> Placed:
    """ "since", "after", "from": up to the day of writing, if the event is not still to come."""
    interval = first.interval
    day = setting.document.day
    earliest = interval.earliest if interval else None
    past = day is not None and earliest is not None and earliest <= day
    latest = day if past and not setting.looks_ahead else None
    return replace(first, interval=Interval(earliest, latest, first.granularity))


def _closed_range(last: Placed, setting: Setting) -> Placed:
    """ "by", "before", "until": from the day of writing on, if that end is still to come."""
    latest = last.interval.latest if last.interval else None
    day = setting.document.day
    ahead = day is not None and latest is not None and day < latest
    return replace(last, interval=Interval(day if ahead else None, latest, last.granularity))


def _years_shared(reading: Range, setting: Setting) -> tuple[Point | None, Point | None]:
    """The range's ends, a start without a year taking the year of its end."""
    start, end = reading.start, reading.end
    if not (isinstance(start, CalendarDate) and isinstance(end, CalendarDate)):
        return start, end
    if start.year is not None or start.month is None or start.year_offset is not None:
        return start, end
    year = end.year
    if year is None and end.month is not None:
        placed = place(end, setting).interval
        year = placed.earliest.year if placed and placed.earliest else None
        end = replace(end, year=year)
    if year is None:
        return start, end
    later = (start.month, start.day or 0) > (end.month or 12, end.day or 31)
    return replace(start, year=year - 1 if later else year), end


def _range_end(end: Point, first: Placed | None, setting: Setting) -> Placed:
    """The end of a range, which is the first such day from its start on."""
    begun = first.interval.earliest if first and first.interval else None
    if begun is not None and isinstance(end, Weekday):
        day = next_weekday(begun, end.weekday, after=True)
        if day is not None:
            return Placed(Interval(day, day, "day"), "day", (), first.anchor if first else None)
    if begun is not None and isinstance(end, CalendarDate) and end.year is None and end.month:
        found = occurrences(end, begun.year, 1)
        later = next((i for i in found if i.latest and i.latest >= begun), None)
        if later is not None:
            return Placed(later, later.granularity)
    return place(end, setting)


def _vague(reading: Vague, setting: Setting) -> Placed:
    def near(day: date) -> Interval | None:
        return Interval(
            day if reading.direction >= 0 else None, day if reading.direction <= 0 else None, "day"
        )

    return replace(against(setting, "vague", near), granularity="vague")


def _clock(setting: Setting) -> Placed:
    """A time of day belongs to the day told before, if that is a single day."""
    reference = setting.reference
    if reference and reference.earliest and reference.earliest == reference.latest:
        return Placed(replace(reference, granularity="day"), "day", (_relative_to(reference),))
    return Placed(None, "time of day", ("no day given",))
