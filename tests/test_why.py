"""`kg why` tells the reasons that stand in the graph, and the parts of a score."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.why import lines, why


def test_a_merge_has_its_reasons(seed_graph: Path) -> None:
    answer = why(seed_graph, ["Hossein Amir Abdollahian"])
    assert answer.steps
    assert all(step.reason for step in answer.steps)
    assert any(step.same for step in answer.steps)


def test_two_things_are_compared_part_by_part(seed_graph: Path, tmp_path: Path) -> None:
    chart = tmp_path / "chart.html"
    answer = why(seed_graph, ["Asim Munir", "Qamar Bajwa"], chart=chart)
    pair = answer.comparison
    assert pair is not None
    assert sum(weight for _, weight in pair.parts) == pytest.approx(pair.weight, abs=0.1)
    assert {"Asim Munir", "Qamar Bajwa"} <= {pair.left.split(" (")[0], pair.right.split(" (")[0]}
    assert "<html" in chart.read_text("utf-8").lower()
    assert any("bits" in line for line in lines(answer))


def test_a_chart_needs_two_names(seed_graph: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="both"):
        why(seed_graph, ["Iran"], chart=tmp_path / "chart.html")


def test_an_unknown_name_is_told(seed_graph: Path) -> None:
    with pytest.raises(QueryError, match="Nothing in the graph"):
        why(seed_graph, ["Zzyzx Qwerty"])
