"""What a temporal phrase says by itself, before it is placed on the calendar.

A reading keeps what the words give and leaves open what they do not: "January 16" is a month
and a day with no year, "on Monday" a weekday, "two days earlier" a step from some other event.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """What a step is counted from."""

    ANCHOR = "anchor"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day, month or year of the calendar, as far as it is given.

    `weekday` counts from Monday 0. `part` is "early", "mid", "late" or "". `year_offset` is -1
    in "March last year". `direction` is -1 in "last March", 1 in "next March", 0 in "this
    March", None when nothing is said. A numeric date is `ambiguous` where day and month may be
    exchanged; else its `order` ("day/month", "month/day") shows how the text writes such dates.
    `two_digit_year` marks a guessed century.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    year_offset: int | None = None
    direction: int | None = None
    approximate: bool = False
    ambiguous: bool = False
    order: str = ""
    two_digit_year: bool = False
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A season, quarter, half-year, fiscal year, decade or century, or some months of a year.

    `unit` is "season", "quarter", "half", "months", "fiscal year", "decade" or "century";
    `number` is the ordinal within its year, or the first month of a season or of `length` months;
    `name` is the season's.
    """

    unit: str
    number: int = 0
    year: int | None = None
    part: str = ""
    year_offset: int | None = None
    name: str = ""
    direction: int | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class Weekday:
    """A bare weekday. `direction`: -1 "last Monday", 1 "next Monday", 0 "this Monday", None.

    `week` is -1 in "Monday last week", 1 in "Monday next week".
    """

    weekday: int
    direction: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit around the anchor, or one before or after it: "today", "last week", "this year".

    `part` is "earlier" or "later" ("earlier this week"), or "early", "mid", "late".
    """

    unit: str
    amount: int = 0
    part: str = ""
    origin: Origin = Origin.ANCHOR


@dataclass(frozen=True, slots=True)
class Step:
    """A count of units before (negative) or after an origin: "two days ago", "a week later".

    `amount` 0 is an unnamed count ("days later"), for which `backward` tells the direction;
    `within` is set where the count is the most it can be ("less than two weeks ago").
    """

    unit: str
    amount: int
    origin: Origin = Origin.ANCHOR
    within: bool = False
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time just before (negative amount) or after the anchor: "in the last 18 months".

    `amount` 0 is an unnamed number ("in recent years", "over the past few days").
    """

    unit: str
    amount: int
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something lasts; it has no place on the calendar."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day with no date: "at 6pm", "in the early hours"."""


@dataclass(frozen=True, slots=True)
class Vague:
    """A time with no bound but the anchor. `direction`: -1 "recently", 0 "now", 1 "soon"."""

    direction: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A date the calendar does not have ("31 February"); the phrase is kept, with the reason."""

    reason: str


Point = (
    CalendarDate | Period | Weekday | Unit | Step | Stretch | Duration | Clock | Vague | Unreadable
)


@dataclass(frozen=True, slots=True)
class Range:
    """From one point to another, either of which may be open.

    `cue` is the word that makes it a range: "between", "since", "until", "by", "before",
    "after".
    """

    start: Point | None
    end: Point | None
    cue: str


Reading = Point | Range
