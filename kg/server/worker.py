"""A process that answers: it opens the checkpoint and calls functions on it, one at a time.

Oxigraph cannot cancel a query, so a query that must be stopped is stopped by killing the process
it runs in. Workers are forked off a process that has imported all they need and does nothing
else (multiprocessing's fork server), so that a new one is there at once.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
import traceback
from pathlib import Path

import kg.server.answer
import kg.server.api.reading
import kg.server.pages.serving  # noqa: F401
from kg.errors import KGError
from kg.graph.store import Store
from kg.server import frame
from kg.server.failure import InternalError, MemoryLimitError
from kg.server.frame import Job, Reply
from kg.server.pages.catalogue import catalogue

GRACE = 5
"""Seconds after its time limit at which a worker ends itself, should nobody have ended it."""

_PR_SET_PDEATHSIG = 1


def main(path: str, memory: int, connection: socket.socket) -> None:
    """Answers the jobs that come in on `connection` until that is closed.

    `path` is the checkpoint, `memory` the bytes of address space to live with (0: any).
    """
    _settle(memory)
    stream = connection.makefile("rwb")
    store = Store.open(Path(path))
    frame.write(stream, Reply(os.getpid()))
    while (job := frame.read(stream)) is not None:
        # The default action of SIGALRM ends the process whatever it is doing.
        signal.alarm(int(job.seconds) + GRACE)
        reply = _done(store, job, memory)
        signal.alarm(0)
        try:
            frame.write(stream, reply)
        except MemoryError:
            frame.write(stream, Reply(error=_too_big(memory)))


def prepare(store: Store) -> None:
    """Reads what every page needs, for which the first one would otherwise wait."""
    catalogue(store).find("a")


def _settle(memory: int) -> None:
    """Limits the process, and ties its life to that of the server."""
    os.setsid()  # Ctrl-C goes to the server alone
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":  # elsewhere the end of the connection and the alarm do
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _done(store: Store, job: Job, memory: int) -> Reply:
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
