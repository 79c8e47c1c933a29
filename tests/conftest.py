"""What tests share: the graph of the seed articles, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of seeds/, built as a user builds it. Not to be written to."""
    from kg.pipeline import build

    out = tmp_path_factory.mktemp("seeds") / "out"
    outcome = build([ROOT / "seeds"], out)
    assert not outcome.problems
    return out
