"""Extraction spread over processes: the same result, and a dead process costs one article."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import ExtractorError
from kg.extract.pool import extract_all
from kg.model import Document
from tests import tiny

ROOT = Path(__file__).parents[2]
TEXT = "Anna Lind called Jack Straw."


def write(path: Path, titles: dict[str, str]) -> Path:
    """Articles as JSON lines: titles by id."""
    rows = [{"id": id, "title": title, "text": TEXT} for id, title in titles.items()]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def kg(*arguments: object) -> subprocess.Popen[str]:
    """`kg` with the tiny extractor, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.tiny", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes it has started, those that only watch over memory aside."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [
        int(pid)
        for pid in told.split()
        if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_costs_the_article_it_was_reading(tmp_path: Path, jobs: int) -> None:
    titles = {f"a{n}": "" for n in range(8)} | {"bad1": tiny.DEADLY, "bad2": tiny.DEADLY}
    path = write(tmp_path / "a.jsonl", dict(sorted(titles.items(), key=lambda item: item[0][1:])))
    process = kg("build", path, "--out", tmp_path / "out", "--jobs", jobs)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "8 articles" in out
    lines = err.splitlines()
    assert [line.split(" was left out")[0] for line in lines] == [
        "kg: article 'bad1'", "kg: article 'bad2'",
    ]  # fmt: skip
    assert "killed" in lines[0]
    write(path, dict.fromkeys(titles, ""))
    again = kg("build", path, "--out", tmp_path / "out")
    assert "10 articles, 2 newly read" in again.communicate(timeout=300)[0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_extractor_costs_the_article(tmp_path: Path, jobs: int) -> None:
    path = write(tmp_path / "a.jsonl", {"a": "", "bad": tiny.FAULTY, "c": ""})
    process = kg("build", path, "--out", tmp_path / "out", "--jobs", jobs)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "2 articles" in out
    assert err.startswith("kg: article 'bad' made the extractor fail (ZeroDivisionError")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes the way Linux shows them")
def test_whoever_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {f"a{n}": tiny.SLOW for n in range(500)})
    process = kg("build", path, "--out", tmp_path / "out", "--jobs", 2)
    try:
        deadline = time.monotonic() + 120
        while len(started := children(process)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        os.kill(process.pid, signal.SIGKILL)
        while any(map(alive, started)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(started) == 2
        assert not any(map(alive, started))
    finally:
        process.kill()
        process.communicate()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_extractor_that_cannot_be_loaded_is_said_at_once(jobs: int) -> None:
    documents = [Document(f"a{n}", TEXT) for n in range(3)]
    with pytest.raises(ExtractorError, match="is not installed"):
        list(extract_all(documents, name="spacy:no_such_pipeline", jobs=jobs))


def test_no_more_processes_than_documents() -> None:
    assert list(extract_all([], name="spacy", jobs=4)) == []
