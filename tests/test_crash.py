"""A build may die at any moment: the folder is the old graph or the new, and no work is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import GraphError, KGError
from kg.knowledge_graph import open_graph
from kg.validate import validate
from tests import tiny
from tests.conftest import heed_interrupts

ROOT = Path(__file__).parents[1]
CALLS = (
    ("Asim Munir", "Hossein Amir"),
    ("Anna Lind", "Jack Straw"),
    ("Hossein Amir", "Jack Straw"),
    ("Anna Lind", "Asim Munir"),
    ("Joschka Fischer", "Anna Lind"),
)
FILES = ("graph.ttl", "graph.trig", "graph.html", "build.json")


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every build of these tests is by the tiny extractor."""
    for module in ("kg.extract", "kg.pipeline", "kg.extract.pool"):
        __import__(module)
        monkeypatch.setattr(f"{module}.extractor", tiny.tiny)


def write(folder: Path, count: int, *, title: str = "") -> Path:
    """As many articles about phone calls, as JSON lines."""
    folder.mkdir(exist_ok=True)
    rows = [
        {"id": f"a{n}", "title": title, "text": f"{left} called {right}. Both were content."}
        for n, (left, right) in enumerate(CALLS[:count])
    ]
    path = folder / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def build(*arguments: object, **options: object) -> object:
    from kg.pipeline import build

    return build(*arguments, **options)  # type: ignore[arg-type]


def files(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in FILES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, the old graph (of two of them) and the new."""
    folder = tmp_path_factory.mktemp("crash")
    with pytest.MonkeyPatch.context() as patch:
        for module in ("kg.extract", "kg.pipeline", "kg.extract.pool"):
            __import__(module)
            patch.setattr(f"{module}.extractor", tiny.tiny)
        build([write(folder / "articles", 2)], folder / "old")
        shutil.copytree(folder / "old", folder / "new")
        build([write(folder / "articles", 5)], folder / "new")
    return folder


@pytest.mark.parametrize("seed", [1])
def test_a_build_killed_at_any_moment_leaves_a_whole_graph_and_goes_on(
    folder: Path, seed: int
) -> None:
    """Also during the load of the store and while the parts are moved; see `tests/crash.py`."""
    kills = int(os.environ.get("NEWSGRAPH_KILLS", "15"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", folder, str(seed), str(kills)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()][1:]
    assert len(reports) == kills
    for report in reports:
        assert report["holds"] in ("old", "new"), report
        assert report["read again"] == [], report
        assert report["complete"], report
        assert report["left behind"] == [], report
    assert sum(report["killed"] for report in reports) >= kills * 2 // 3
    assert {report["holds"] for report in reports} == {"old", "new"}
    assert max(report["kept"] for report in reports) > 2


@pytest.mark.parametrize("name", ["old", "new"])
def test_what_a_kill_leaves_is_valid(folder: Path, name: str) -> None:
    """A kill leaves one of these two, to the byte."""
    with open_graph(folder / name) as graph:
        assert validate(graph.store).ok


def test_a_second_build_is_told_who_holds_the_folder(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "old", tmp_path / "out")
    script = (
        "import sys, time; from kg.graph.folder import GraphFolder\n"
        "with GraphFolder(sys.argv[1]).locked(): print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "out"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(GraphError, match=rf"by process {process.pid} on \S+ since 20\d\d-"):
            build([folder / "articles"], tmp_path / "out")
        with open_graph(tmp_path / "out") as graph:  # reading is not held up
            assert len(graph.manifest.articles) == 2
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    build([folder / "articles"], tmp_path / "out")  # who died holds nothing
    assert files(tmp_path / "out") == files(folder / "new")
    assert not (tmp_path / "out" / ".holder").exists()


def test_a_graph_can_be_read_while_it_is_built_anew(folder: Path, tmp_path: Path) -> None:
    """One opened before stays the old one to the end; one opened at any time is whole."""
    out = tmp_path / "out"
    shutil.copytree(folder / "old", out)
    persons = "SELECT ?p { ?p a kg:Person }"
    with open_graph(out) as before:
        assert len(before.query(persons)) == 4
        script = (
            "import sys; from tests import tiny; tiny.use()\n"
            "from kg.pipeline import build, remove\n"
            "for _ in range(4):\n"
            "    build([sys.argv[1]], sys.argv[2]); remove(sys.argv[2], ['a2', 'a3', 'a4'])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script, folder / "articles", out], cwd=ROOT
        )
        seen = set()
        while process.poll() is None:
            with open_graph(out) as graph:
                seen.add((len(graph.query(persons)), len(graph.network.articles)))
        assert process.returncode == 0
        assert seen <= {(4, 2), (5, 5)}
        assert len(before.query(persons)) == 4


def test_a_reader_needs_no_leave_to_write(folder: Path, tmp_path: Path) -> None:
    with read_only(folder / "old", tmp_path) as place, open_graph(place) as graph:
        assert len(graph.query("SELECT ?p { ?p a kg:Person }")) == 4
        assert validate(graph.store).ok
        with pytest.raises(GraphError, match="cannot be written"):
            build([folder / "articles"], place)


@pytest.mark.parametrize("kilobytes", [40, 120, 300, 600, 1200, 2500])
def test_a_full_disk_leaves_the_old_graph(folder: Path, tmp_path: Path, kilobytes: int) -> None:
    """As much room as is given is left beside the old graph."""
    used = sum(path.stat().st_size for path in (folder / "old").rglob("*")) // 1024
    with mounted(tmp_path / "small", f"size={used + 64 + kilobytes}k") as small:
        shutil.copytree(folder / "old", small / "out")
        before = files(small / "out")
        try:
            build([folder / "articles"], small / "out")
        except (KGError, OSError):
            assert files(small / "out") == before
            with open_graph(small / "out") as graph:
                assert validate(graph.store).ok
            assert not (small / "out" / ".new").exists()
        else:
            assert files(small / "out") == files(folder / "new")
        subprocess.run(["mount", "-o", "remount,size=64m", small], check=True)
        build([folder / "articles"], small / "out")
        assert files(small / "out") == files(folder / "new")


def test_an_interrupted_build_says_so_and_goes_on_where_it_was(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(folder / "old", out)
    rows = [
        {"id": f"s{n}", "title": tiny.SLOW, "text": f"Anna Lind called Jack Straw. Take {n}."}
        for n in range(100)
    ]
    (tmp_path / "slow.jsonl").write_text("\n".join(map(json.dumps, rows)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tiny", "build", tmp_path / "slow.jsonl", "--out", out],
        stderr=subprocess.PIPE, text=True, cwd=ROOT, preexec_fn=heed_interrupts,
    )  # fmt: skip
    archive = out / "extractions.db-wal"
    while process.poll() is None and not (archive.exists() and archive.stat().st_size > 20_000):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.strip() == "kg: interrupted; run the same command again to go on."
    assert files(out) == files(folder / "old")
    kept = len(tiny.tiny().seen)
    build([tmp_path / "slow.jsonl"], out)
    assert 0 < len(tiny.tiny().seen) - kept < 100


# room and rights


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A small file system of its own at `place`; skips the test where none can be had."""
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("mounting a small disk takes root on Linux")
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def read_only(graph: Path, folder: Path) -> Iterator[Path]:
    """A copy of a graph on a file system that cannot be written to."""
    with mounted(folder / "disk", "size=64m") as disk:
        shutil.copytree(graph, disk / "out")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        yield disk / "out"
