"""Where articles disagree on a single-valued fact: the value to prefer, and who disputes whom."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from kg.graph.acceptance import Sources
from kg.graph.vocabulary import DATE_EARLIEST, DATE_LATEST
from kg.inventory import QUANTITY_KINDS
from kg.model import Bound, Claim, Span, Status

ABOUT = 0.1
"""How far "about 300" may be off before another number contradicts it: a tenth, the rounding
news style allows itself ("nearly 300" for 280)."""


def preferred_number(claims: Sequence[Claim], sources: Sources) -> Claim:
    """The claim whose number is preferred: most independent sources, then latest, then greatest.

    `claims` are accepted claims on one quantity of one event, at least one.
    """
    by_value: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_value[claim.object].append(claim)

    def rank(group: Iterable[Claim]) -> tuple[int, str, str]:
        group = list(group)
        latest = max(sources.published(claim) for claim in group)
        return (sources.independent(group), latest, _sortable(group[0].object))

    return min(max(by_value.values(), key=rank), key=lambda claim: claim.id)


def preferred_interval(
    claims: Sequence[Claim], sources: Sources
) -> tuple[date | None, date | None] | None:
    """The bounds of an event's time: (earliest, latest), either may be unknown; None without any.

    `claims` are the accepted time claims on one event. Preferred is the interval that agrees
    (overlaps) with those of most independent sources, then the narrowest, then the one published
    last, then the earliest.
    """
    intervals = _intervals(claims)
    if not intervals:
        return None

    def rank(item: tuple[tuple[date, date], list[Claim]]) -> tuple[int, int, str, int]:
        (start, end), group = item
        agreeing = [
            claim
            for (other_start, other_end), others in intervals.items()
            if start <= other_end and other_start <= end
            for claim in others
        ]
        latest = max(sources.published(claim) for claim in group)
        width = (end - start).days
        return (sources.independent(agreeing), -width, latest, -start.toordinal())

    (start, end), _ = max(intervals.items(), key=rank)
    return (None if start == date.min else start, None if end == date.max else end)


def disputes(claims: Iterable[Claim]) -> tuple[tuple[Claim, Claim], ...]:
    """Pairs of accepted claims that cannot both be true: other numbers or days for one event.

    "At least 11" and "12" agree, "11" and "12" do not; two times contradict each other when their
    intervals do not meet. Every claim is paired with the first one that gives each contradicting
    value, so that a thousand reports do not make a million pairs.
    """
    claims = list(claims)
    return (*_disputed_numbers(claims), *_disputed_times(claims))


def _disputed_numbers(claims: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
    by_fact: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in QUANTITY_KINDS and claim.status is Status.ACCEPTED:
            by_fact[claim.subject, claim.predicate].append(claim)
    pairs = []
    for group in by_fact.values():
        first: dict[object, Claim] = {}
        for claim in sorted(group, key=lambda claim: claim.id):
            first.setdefault((claim.object, claim.bound), claim)
        pairs += [(c, other) for c in group for other in first.values() if not _agree(c, other)]
    return pairs


def _disputed_times(claims: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
    by_event: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in (DATE_EARLIEST, DATE_LATEST) and claim.status is Status.ACCEPTED:
            by_event[claim.subject].append(claim)
    pairs = []
    for group in by_event.values():
        # An interval is told by two claims; the one on its beginning, if any, speaks for both.
        spokesmen = {
            interval: sorted(
                (claim for claim in told if claim.predicate == _speaking(interval)),
                key=lambda claim: claim.id,
            )
            for interval, told in _intervals(group).items()
        }
        for interval, told in spokesmen.items():
            against = [
                others[0]
                for other, others in spokesmen.items()
                if others and (interval[1] < other[0] or other[1] < interval[0])
            ]
            pairs += [(claim, other) for claim in told for other in against]
    return pairs


def _speaking(interval: tuple[date, date]) -> str:
    return DATE_LATEST if interval[0] == date.min else DATE_EARLIEST


def _intervals(claims: Iterable[Claim]) -> dict[tuple[date, date], list[Claim]]:
    """The intervals claimed, with their claims; an open end is `date.min` or `date.max`."""
    bounds: dict[tuple[str, tuple[Span, ...]], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.predicate in (DATE_EARLIEST, DATE_LATEST):
            # The two bounds of one time phrase share their evidence.
            bounds[claim.document, claim.evidence][claim.predicate] = claim
    intervals: dict[tuple[date, date], list[Claim]] = defaultdict(list)
    for pair in bounds.values():
        start = pair[DATE_EARLIEST].object if DATE_EARLIEST in pair else date.min
        end = pair[DATE_LATEST].object if DATE_LATEST in pair else date.max
        if isinstance(start, date) and isinstance(end, date):
            intervals[start, end] += pair.values()
    return intervals


def _agree(left: Claim, right: Claim) -> bool:
    if isinstance(left.object, str) or isinstance(right.object, str):
        return left.object == right.object  # amounts with a unit are compared as they stand
    (low, high), (other_low, other_high) = _range(left), _range(right)
    return low <= other_high and other_low <= high


def _range(claim: Claim) -> tuple[float, float]:
    value = claim.object
    assert isinstance(value, int | float)  # noqa: S101 - the caller has dealt with strings
    match claim.bound:
        case Bound.AT_LEAST:
            return (value, math.inf)
        case Bound.AT_MOST:
            return (-math.inf, value)
        case Bound.ABOUT:
            return (value - abs(value) * ABOUT, value + abs(value) * ABOUT)
        case _:
            return (value, value)


def _sortable(value: object) -> str:
    return f"{value:030.6f}" if isinstance(value, int | float) else str(value)
