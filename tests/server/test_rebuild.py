"""The graph is built again while it is served."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.load import load
from kg.server.checkpoint import PREFIX
from tests.server.conftest import serving

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"


def dump(path: Path, triples: int) -> Path:
    path.write_text("".join(f"<urn:s{i}> <urn:p> <urn:o> <urn:g> .\n" for i in range(triples)))
    return path


def replace(folder: Path, triples: int) -> None:
    """Builds another graph into the folder, the way a build does."""
    from kg.graph.folder import PARTS, GraphFolder

    other = folder.with_name(f"other{triples}")
    load(other, dump(folder.with_name("other.nq"), triples))
    target = GraphFolder(folder)
    with target.locked(), target.replacing() as new:
        for name in PARTS:
            (other / name).rename(new / name)
    shutil.rmtree(other)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    load(tmp_path / "graph", dump(tmp_path / "data.nq", 3))
    return tmp_path / "graph"


def test_the_new_graph_is_served_and_no_request_lost(folder: Path) -> None:
    with serving(folder, "--jobs", "2") as served:
        counts: list[str] = []
        failures: list[str] = []
        enough = threading.Event()

        def ask() -> None:
            while not enough.is_set():
                answer = served.select(COUNT)
                if answer.status_code == 200:
                    counts.append(answer.json()["results"]["bindings"][0]["n"]["value"])
                else:
                    failures.append(answer.text)

        askers = [threading.Thread(target=ask) for _ in range(4)]
        for asker in askers:
            asker.start()
        replace(folder, 5)
        deadline = time.monotonic() + 60
        while "5" not in counts[-4:] and time.monotonic() < deadline:
            time.sleep(0.1)
        enough.set()
        for asker in askers:
            asker.join()
        assert not failures
        assert set(counts) == {"3", "5"}
        assert served.select(COUNT).json()["results"]["bindings"][0]["n"]["value"] == "5"
        deadline = time.monotonic() + 30
        while len(list(folder.glob(f"{PREFIX}*"))) > 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(list(folder.glob(f"{PREFIX}*"))) == 1
    assert not list(folder.glob(f"{PREFIX}*")), "the checkpoints are gone with the server"


def test_a_server_killed_during_a_rebuild_leaves_the_folder_usable(folder: Path) -> None:
    with serving(folder) as served:
        builder = threading.Thread(target=replace, args=(folder, 5))
        builder.start()
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
        builder.join()
    query = [sys.executable, "-m", "kg", "query", str(folder), COUNT, "--format", "csv"]
    assert subprocess.run(query, capture_output=True, text=True, check=True).stdout == "n\n5\n"
    with serving(folder) as served:
        assert served.select(COUNT).json()["results"]["bindings"][0]["n"]["value"] == "5"
        left = [path.name for path in folder.glob(f"{PREFIX}*")]
        assert len(left) == 1, "what the killed server left behind is gone"
        assert str(served.process.pid) in left[0]


def test_no_process_outlives_a_killed_server(folder: Path) -> None:
    import psutil

    with serving(folder) as served:
        family = psutil.Process(served.process.pid).children(recursive=True)
        assert family
        served.process.send_signal(signal.SIGKILL)
        _, alive = psutil.wait_procs(family, timeout=20)
        assert not alive


def test_a_folder_that_cannot_be_written_to_is_served(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder.chmod(0o555)
    try:
        with serving(folder) as served:
            assert served.select("ASK {}").status_code == 200
    finally:
        folder.chmod(0o755)
