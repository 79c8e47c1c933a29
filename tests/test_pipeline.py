"""A graph is a function of its articles: order and grouping of what came in leave no trace."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph.folder import GraphFolder
from kg.pipeline import build, remove

ARTICLES = {
    "a": "Iranian Foreign Minister Hossein Amirabdollahian met Asim Munir in Islamabad on Monday.",
    "b": "Jaish al-Adl attacked a police station in Rask on 15 December 2023, killing 11 people.",
    "c": "Hossein Amir-Abdollahian, the foreign minister of Iran, condemned the attack in Rask.",
    "d": "Jaish ul-Adl killed 11 police officers in an attack in Rask on 15 December 2023.",
}


def write(folder: Path, names: list[str]) -> list[Path]:
    paths = []
    for name in names:
        path = folder / f"{name}.txt"
        path.write_text(ARTICLES[name])
        paths.append(path)
    return paths


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in ("graph.ttl", "graph.trig", "graph.html")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the graph of all articles, built at once."""
    folder = tmp_path_factory.mktemp("whole")
    build(write(folder, list(ARTICLES)), folder / "out")
    return files(folder / "out")


orders = st.permutations(sorted(ARTICLES)).flatmap(
    lambda order: st.lists(st.integers(1, 3), max_size=2).map(lambda cuts: (order, sorted(cuts)))
)


@settings(max_examples=6, deadline=None)
@given(orders)
def test_order_and_grouping_leave_no_trace(
    whole: dict[str, bytes], plan: tuple[list[str], list[int]]
) -> None:
    order, cuts = plan
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bounds = [0, *cuts, len(order)]
        for start, end in pairwise(bounds):
            if start < end:
                build(write(folder, order[start:end]), folder / "out")
        assert files(folder / "out") == whole


@settings(max_examples=4, deadline=None)
@given(st.sets(st.sampled_from(sorted(ARTICLES)), min_size=1, max_size=3))
def test_removing_leaves_what_would_have_been_built_without(gone: set[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(write(folder, list(ARTICLES)), folder / "both")
        remove(folder / "both", gone)
        build(write(folder, sorted(set(ARTICLES) - gone)), folder / "less")
        assert files(folder / "both") == files(folder / "less")


def test_a_changed_article_replaces_its_old_version(tmp_path: Path) -> None:
    build(write(tmp_path, ["a", "b"]), tmp_path / "out")
    (tmp_path / "a.txt").write_text("Turkish President Recep Tayyip Erdogan visited Baku.")
    outcome = build([tmp_path / "a.txt"], tmp_path / "out")
    assert (outcome.articles, outcome.extracted) == (2, 1)
    turtle = (tmp_path / "out" / "graph.ttl").read_text()
    assert "Erdogan" in turtle
    assert "Munir" not in turtle


def test_fresh_forgets_what_was_there(tmp_path: Path) -> None:
    build(write(tmp_path, ["a", "b"]), tmp_path / "out")
    assert build(write(tmp_path, ["c"]), tmp_path / "out", fresh=True).articles == 1


def test_two_processes_give_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    build(write(tmp_path, list(ARTICLES)), tmp_path / "out", jobs=2)
    assert files(tmp_path / "out") == whole


def test_removing_what_is_not_there_removes_nothing(tmp_path: Path) -> None:
    build(write(tmp_path, ["a", "b"]), tmp_path / "out")
    before = files(tmp_path / "out")
    with pytest.raises(GraphError, match="kg documents"):
        remove(tmp_path / "out", ["a", "zebra"])
    assert files(tmp_path / "out") == before


def test_a_crash_while_moving_is_finished_by_whoever_comes_next(tmp_path: Path) -> None:
    """Half of the new graph's parts are in place, the rest still in `.ready`."""
    build(write(tmp_path, ["a"]), tmp_path / "old")
    build(write(tmp_path, ["b"]), tmp_path / "new")
    expected = files(tmp_path / "new")
    ready = tmp_path / "old" / ".ready"
    ready.mkdir()
    for name in ("graph.trig", "graph.html", "build.json"):
        shutil.copy(tmp_path / "new" / name, ready / name)
    shutil.copytree(tmp_path / "new" / "store", ready / "store")
    (tmp_path / "new" / "graph.ttl").replace(tmp_path / "old" / "graph.ttl")
    GraphFolder(tmp_path / "old").require()
    assert files(tmp_path / "old") == expected
    assert not ready.exists()
