"""Builds that are killed: `python -m tests.crash FOLDER SEED KILLS` prints what each left behind.

FOLDER holds `articles`, `old` (a graph) and `new` (what building the articles into it gives). Each
build works on a copy of `old` in a process of its own and is killed there: just before a change to
a file, at a statement it loads into the store, or after some time. Then one line of JSON tells what
the copy holds, and what the same build makes of it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.extract.archive import Archive
from kg.graph import store as graph_store
from kg.graph.folder import GraphFolder
from kg.model import Document
from kg.pipeline import build
from tests import tiny

CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "open")
FILES = ("graph.ttl", "graph.trig", "graph.html", "build.json")


class Point:
    """A moment of a build: passing it is counted, and kills the process at passage `fatal`."""

    def __init__(self, fatal: int = 0) -> None:
        self.passed = 0
        self.fatal = fatal

    def here(self) -> None:
        """Counts, and perhaps kills."""
        self.passed += 1
        if self.passed == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_changes(self, out: Path) -> None:
        """Be passed just before each change to a file in `out`."""

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event in CHANGES and str(arguments[0]).startswith(str(out)):
                mode = arguments[1] if event == "open" else "w"
                if isinstance(mode, str) and mode[0] != "r":
                    self.here()

        sys.addaudithook(hook)

    def watch_statements(self) -> None:
        """Be passed just before each statement that is loaded into the store."""
        genuine = graph_store._quads

        def quads(*arguments: Any) -> Iterator[Any]:
            for quad in genuine(*arguments):
                self.here()
                yield quad

        graph_store._quads = quads


def warm_up(folder: Path) -> None:
    """Imports all and loads all lists once, here, so that not every build has to.

    Without a store on disk: its threads would not live on in other processes.
    """
    from kg.graph.claims import claims
    from kg.graph.reading import network
    from kg.graph.turtle import write_trig, write_turtle
    from kg.read import read
    from kg.resolve import resolve
    from kg.view.page import render

    documents = [item for item in read([folder / "articles"]) if isinstance(item, Document)]
    extractions = [tiny.TinyExtractor().extract(document) for document in documents]
    identities = resolve(extractions)
    statements = claims(extractions, identities)
    with graph_store.build_store(None, extractions, identities, statements) as store:
        for write in (write_turtle, write_trig):
            write(store, folder / "warm")
        render(network(store), title="warm")


def in_child(work: Callable[[], Any], *, kill_after: float | None = None) -> tuple[int, Any]:
    """Does `work` in a process of its own: the signal that ended it, and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told = work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent tells it
            told = {"error": repr(error)}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status), json.loads(told) if told else None


def contents(out: Path) -> list[str]:
    """The graph in `out`, by all that a reader may look at."""
    GraphFolder(out).require()
    with graph_store.Store.open(out / "store") as store:
        quads = sorted(map(str, store.quads()))
    return [*((out / name).read_text("utf-8") for name in FILES), *quads]


def archived(out: Path) -> set[str]:
    """The ids of the articles whose extraction is on disk."""
    with Archive(out / "extractions.db") as archive:
        keys = [key for (key,) in archive._db.execute("SELECT key FROM extraction")]
        return {item.document.id for item in archive.extractions(keys)}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def rehearsal(folder: Path, out: Path) -> dict[str, float]:
    """How often a whole build passes each point, and how many seconds it takes."""
    changes, statements = Point(), Point()
    changes.watch_changes(out)
    statements.watch_statements()
    start = time.monotonic()
    build([folder / "articles"], out)
    seconds = time.monotonic() - start
    return {"change": changes.passed, "statement": statements.passed, "time": seconds}


def killed(folder: Path, out: Path, kind: str, number: int) -> None:
    """A build that is killed at passage `number` of a point; not at all for another kind."""
    point = Point(number)
    if kind == "change":
        point.watch_changes(out)
    elif kind == "statement":
        point.watch_statements()
    build([folder / "articles"], out)


def checked(folder: Path, out: Path) -> dict[str, Any]:
    """What a killed build left, and what the same build makes of it."""
    found = contents(out)
    old, new = contents(folder / "old"), contents(folder / "new")
    before = archived(out)
    build([folder / "articles"], out)
    return {
        "holds": "old" if found == old else "new" if found == new else "neither",
        "kept": len(before),
        "read again": sorted(before & set(tiny.tiny().seen)),
        "complete": contents(out) == new,
        "left behind": sorted(names(out) - names(folder / "new")),
    }


def main(folder: Path, seed: int, kills: int) -> None:
    """Kills as often as asked, at moments drawn from `seed`: half of them changes of files."""
    tiny.use()
    warm_up(folder)
    draw = random.Random(seed)
    out = folder / "out"
    shutil.copytree(folder / "old", out)
    _, most = in_child(lambda: rehearsal(folder, out))
    print(json.dumps(most), flush=True)
    for number in range(kills):
        kind = ("change", "statement", "change", "time")[number % 4]
        at = draw.uniform(0, most[kind]) if kind == "time" else draw.randint(1, most[kind])
        shutil.rmtree(out)
        shutil.copytree(folder / "old", out)
        delay = at if kind == "time" else None
        ended_by, _ = in_child(
            lambda kind=kind, at=at: killed(folder, out, kind, int(at)), kill_after=delay
        )
        _, report = in_child(lambda: checked(folder, out))
        told = {"kind": kind, "at": at, "killed": ended_by == signal.SIGKILL, **report}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
