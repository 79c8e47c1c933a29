"""What a phrase is placed with and by: the setting it stands in, and the day of writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.extract.time.anchor import PUBLISHED, UNKNOWN, DocumentTime
from kg.extract.time.calendar import Interval


@dataclass(frozen=True, slots=True)
class Placed:
    """An interval, or None where the evidence does not fix one, with the reasons."""

    interval: Interval | None
    granularity: str
    basis: tuple[str, ...] = ()
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where a phrase stands.

    `document` is the day of writing, `context` the dated passage a partial date belongs to
    (its year), `reference` the event a step is counted from, `told_day` the day an undated text
    tells of, `month_first` the order of numeric dates if the document shows it.
    """

    document: DocumentTime = UNKNOWN
    context: Interval | None = None
    context_basis: str = ""
    reference: Interval | None = None
    told_day: date | None = None
    looks_ahead: bool = False
    month_first: bool | None = None


def against(
    setting: Setting, granularity: str, at: Callable[[date], Interval | None], *basis: str
) -> Placed:
    """What `at` makes of the day of writing: where that is only bounded, both ends must agree."""
    document = setting.document
    if document.day is not None:
        found = at(document.day)
        reasons = (*basis, *(() if document.basis == PUBLISHED else (document.basis,)))
        return placed_as(found, granularity, reasons, document.day)
    if document.earliest is not None and document.latest is not None:
        found = at(document.earliest)
        if found is not None and found == at(document.latest):
            return placed_as(found, granularity, (*basis, document.basis))
    return Placed(None, granularity, ("no publication date",))


def placed_as(
    interval: Interval | None,
    granularity: str,
    basis: tuple[str, ...] = (),
    anchor: date | None = None,
) -> Placed:
    return Placed(interval, interval.granularity if interval else granularity, basis, anchor)
