"""A read-only copy of a store for one server, at the cost of some hard links.

The folder may be rebuilt while it is served: the build moves a new store to where the old one
was. So the server and its workers never open the store itself but a checkpoint of it, which
stays as it is until the server lets go of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

from kg.errors import GraphError
from kg.graph.store import Store

PREFIX = ".serving-"
"""Checkpoints are folders of the graph folder, called by the server's process id: hard links need
one file system, and a later server knows which ones nobody uses any more."""

_numbers = count(1)


def take(store: Path) -> Path:
    """A checkpoint of the store at `store`. Raises `GraphError` when it cannot be read.

    It lies beside the store, or in a temporary folder when that cannot be written to.
    """
    name = f"{PREFIX}{os.getpid()}-{next(_numbers)}"
    path = store.parent / name
    if not os.access(store.parent, os.W_OK):
        path = Path(tempfile.mkdtemp(prefix="newsgraph-")) / name
    with Store.open(store) as opened:
        try:
            opened.snapshot(path)
        except OSError as error:
            shutil.rmtree(path, ignore_errors=True)
            raise GraphError(
                f"No checkpoint of {store} can be made ({error}); is the disk full?"
            ) from None
    return path


def remove(path: Path) -> None:
    """Removes a checkpoint, and the temporary folder it may lie in."""
    shutil.rmtree(path, ignore_errors=True)
    if path.parent.name.startswith("newsgraph-"):
        shutil.rmtree(path.parent, ignore_errors=True)


def remove_orphans(folder: Path) -> None:
    """Removes the checkpoints in a graph folder of servers that were killed."""
    for path in folder.glob(f"{PREFIX}*"):
        pid = path.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not _is_running(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
