"""What counts as a contradiction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph.network import Value
from kg.model import Bound
from kg.view.disagreement import disputed
from tests.view import small

NODE = replace(small.network().nodes[0], values=())


@pytest.mark.parametrize(
    ("predicate", "values", "contradict"),
    [
        ("deaths", [("11", Bound.EXACT), ("12", Bound.EXACT)], True),
        ("deaths", [("11", Bound.AT_LEAST), ("12", Bound.EXACT)], False),
        ("deaths", [("11", Bound.AT_MOST), ("12", Bound.EXACT)], True),
        ("deaths", [("300", Bound.ABOUT), ("285", Bound.EXACT)], False),
        ("deaths", [("11", Bound.EXACT), ("11", Bound.AT_LEAST)], False),
        ("amount", [("3 USD", Bound.EXACT), ("4 USD", Bound.EXACT)], True),
        ("date", [("2023-12-15", None), ("2023-12-01/2023-12-31", None)], False),
        ("date", [("2023-12-15", None), ("2024-01-01/2024-01-31", None)], True),
        ("date", [("../2023-12-31", None), ("2023-12-15/..", None)], False),
        ("topic", [("border", None), ("trade", None)], False),
    ],
)
def test_values_contradict_each_other_only_when_both_cannot_be_true(
    predicate: str, values: list, contradict: bool
) -> None:
    node = replace(NODE, values=tuple(Value(predicate, text, bound) for text, bound in values))
    assert disputed(node) == ((predicate,) if contradict else ())
