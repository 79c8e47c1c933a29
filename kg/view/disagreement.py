"""Where the values given for one thing cannot all be true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from kg.graph.network import Node, Value
from kg.graph.preference import ABOUT
from kg.inventory import QUANTITY_KINDS
from kg.model import Bound

_DATE = "date"

Range = tuple[float | str, float | str]


def disputed(node: Node) -> tuple[str, ...]:
    """The numbers and dates of `node` on which its sources contradict each other, sorted.

    "At least 11" and "12" agree, "11" and "12" do not; dates contradict each other when their
    intervals do not meet. Phrases never do: two descriptions can both be right.
    """
    groups: dict[str, list[Value]] = defaultdict(list)
    for value in node.values:
        if value.predicate in QUANTITY_KINDS or value.predicate == _DATE:
            groups[value.predicate].append(value)
    return tuple(sorted(name for name, values in groups.items() if _contradict(values)))


def _contradict(values: Sequence[Value]) -> bool:
    return any(not _meet(_range(left), _range(right)) for left, right in combinations(values, 2))


def _meet(left: Range, right: Range) -> bool:
    numbers = [end for end in (*left, *right) if not isinstance(end, str)]
    if len(numbers) == 4:
        low, high, other_low, other_high = numbers
        return low <= other_high and other_low <= high
    return str(left[0]) <= str(right[1]) and str(right[0]) <= str(left[1])


def _range(value: Value) -> Range:
    """The least and the greatest that `value` allows; an amount with a unit stands for itself."""
    if value.predicate == _DATE:
        start, _, end = value.value.partition("/")
        end = end or start
        # ISO dates compare as text; "..", an open end, is put before or after all of them.
        return ("" if start == ".." else start, "~" if end == ".." else end)
    try:
        number = float(value.value)
    except ValueError:
        return (value.value, value.value)
    match value.bound:
        case Bound.AT_LEAST:
            return (number, math.inf)
        case Bound.AT_MOST:
            return (-math.inf, number)
        case Bound.ABOUT:
            return (number - abs(number) * ABOUT, number + abs(number) * ABOUT)
        case _:
            return (number, number)
