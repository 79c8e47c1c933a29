"""A process that answers: it opens the checkpoint and calls functions on it, one at a time.

Oxigraph cannot cancel a query, so a query that must be stopped is stopped by killing the process
it runs in. Started as `python -m kg.server.worker STORE MEMORY`; jobs come in on standard input,
answers go out on standard output, both as frames (see `kg.server.frame`).
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KGError
from kg.server import frame
from kg.server.failure import InternalError, MemoryLimitError
from kg.server.frame import Job, Reply

GRACE = 5
"""Seconds after its time limit at which a worker ends itself, should nobody have ended it."""

_PR_SET_PDEATHSIG = 1


def main(path: str, memory: int) -> None:
    """Answers jobs until standard input ends."""
    jobs, replies = _private_streams()
    _end_with_parent()
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from kg.graph.store import Store

    _warm_up()
    store = Store.open(Path(path))
    frame.write(replies, Reply())
    while (job := frame.read(jobs)) is not None:
        # The default action of SIGALRM ends the process whatever it is doing.
        signal.alarm(int(job.seconds) + GRACE)
        reply = _done(store, job, memory)
        signal.alarm(0)
        try:
            frame.write(replies, reply)
        except MemoryError:
            frame.write(replies, Reply(error=_too_big(memory)))


def _done(store: Any, job: Job, memory: int) -> Reply:
    try:
        return Reply(job.function(store, *job.args, **job.kwargs))
    except KGError as error:
        return Reply(error=error)
    except MemoryError:
        return Reply(error=_too_big(memory))
    except Exception as error:  # noqa: BLE001  a fault in one answer must not end the process
        traceback.print_exc()
        return Reply(error=InternalError(f"The server failed ({type(error).__name__}: {error})."))


def _too_big(memory: int) -> MemoryLimitError:
    return MemoryLimitError(
        f"The query was stopped: it needed more than the {memory / (1 << 30):.3g} GB of memory "
        "that a query may use. Ask for less: a LIMIT, a subject, fewer variables."
    )


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes; a library that prints writes to standard error instead."""
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return jobs, replies


def _end_with_parent() -> None:
    """On Linux, be killed when the server dies; elsewhere the end of input and the alarm do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _warm_up() -> None:
    """Imports what the first query would otherwise wait for."""
    import pyoxigraph  # noqa: F401
    from rdflib.plugins.sparql import parser

    import kg.query
    import kg.server.answer  # noqa: F401

    parser.parseQuery("ASK {}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
