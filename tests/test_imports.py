"""The data flow is the layout: imports point one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

RANKS = {
    "errors": 0,
    "model": 0,
    "inventory": 0,
    "read": 1,
    "extract": 2,
    "resolve": 3,
    "graph": 4,
    "query": 5,
    "validate": 6,
    "view": 5,
    "export": 6,
    "load": 7,
    "disagreement": 5,
    "show": 6,
    "why": 6,
    "timeline": 5,
    "evaluate": 5,
    "summary": 6,
    "diff": 6,
    "info": 7,
    "pipeline": 7,
    "correct": 8,
    "knowledge_graph": 8,
    "__init__": 9,
    "cli": 10,
    "server": 9,
    "__main__": 11,
}
"""A module may import what ranks lower, and its own package."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The package or module of `kg` that a file belongs to."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            pieces = name.split(".")
            if pieces[0] == "kg" and len(pieces) > 1:
                yield pieces[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = part(path)
    assert own in RANKS, f"{own} has no place in the flow; give it one in RANKS"
    for other in imported(ast.parse(path.read_text())):
        if other != own and other in RANKS:
            assert RANKS[other] < RANKS[own], f"{path.name} ({own}) imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 500
    assert path.stem not in ("utils", "helpers", "common", "misc")
