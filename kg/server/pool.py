"""The worker processes of one checkpoint, and the rule by which requests get them.

Two lanes, as operating systems schedule. Every request starts in the fast lane, which has one
worker a place. What is not done within `PATIENCE` goes on in the slow lane, with low priority
for the processor, and its place is filled with a fresh worker: so a slow query delays nobody.
A client has a part of the slow lane only; when that is taken, its next slow query is put back
and started anew when its turn comes. What exceeds the time limit is killed.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.server import frame
from kg.server.failure import MemoryLimitError, TimedOutError, WorkerDiedError
from kg.server.frame import Job, Reply
from kg.server.lane import Lane
from kg.server.options import Options
from kg.server.worker import main, prepare

PATIENCE = 1.0
"""Seconds of processor time after which a request counts as slow: pages and named queries are
done by then. On a busy machine that may be five times as long by the clock."""

WAITING = 64
"""Requests of one client that may wait: ten times what a page of the explorer asks at once."""

PREPARATION = 120
"""Seconds a worker may take to read what pages need: names and ties of the whole graph."""

LOW_PRIORITY = 10
"""Niceness of slow queries: a tenth of the processor's time when somebody else wants it."""

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["kg.server.preload"])

_log = logging.getLogger("kg.server")


class Worker:
    """One worker process, seen from the server."""

    def __init__(self, process: BaseProcess, memory: int) -> None:
        self._process = process
        self._memory = memory
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.is_prepared = False

    @classmethod
    async def start(cls, store: Path, memory: int) -> Worker:
        """A process that has opened `store` and is ready to answer."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = _CONTEXT.Process(target=main, args=(str(store), memory, theirs), daemon=True)
            try:
                await asyncio.to_thread(process.start)
            except BaseException:
                ours.close()
                raise
        worker = cls(process, memory)
        try:
            worker._streams = await asyncio.open_connection(sock=ours)
            await worker._receive()
        except BaseException:
            worker.kill()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid or 0

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.is_alive()

    @property
    def processor_seconds(self) -> float:
        """The processor time the process has used; 0 where the system, unlike Linux, hides it."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def ask(self, job: Job) -> Reply:
        """The reply to a job. Raises `WorkerDiedError` or `MemoryLimitError` if none comes."""
        assert self._streams is not None  # noqa: S101  set before anyone gets the worker
        try:
            self._streams[1].write(frame.packed(job))
            await self._streams[1].drain()
        except (BrokenPipeError, ConnectionResetError):
            raise WorkerDiedError("The process that was to answer had ended; ask again.") from None
        return await self._receive()

    async def _receive(self) -> Reply:
        assert self._streams is not None  # noqa: S101  set before anyone gets the worker
        try:
            reply: Reply = await frame.receive(self._streams[0])
        except (asyncio.IncompleteReadError, ConnectionResetError):
            raise await self._cause_of_death() from None
        return reply

    async def _cause_of_death(self) -> WorkerDiedError | MemoryLimitError:
        await self.gone()
        code = self._process.exitcode
        _log.warning("worker %s ended with %s", self.pid, code)
        if code == -signal.SIGABRT:  # Rust ends a process that gets no memory
            return MemoryLimitError(
                "The query was stopped: it needed more than the "
                f"{self._memory / (1 << 30):.3g} GB of memory that a query may use. Ask for less: "
                "a LIMIT, a subject, fewer variables."
            )
        return WorkerDiedError(f"The process that was answering ended ({code}); ask again.")

    def demote(self) -> None:
        """Gives the process a low priority."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, LOW_PRIORITY)

    def kill(self) -> None:
        """Ends the process at once, whatever it does."""
        self._process.kill()
        if self._streams is not None:
            self._streams[1].close()

    async def gone(self) -> None:
        """Waits until the process has ended."""
        await asyncio.to_thread(self._process.join)


class Pool:
    """Workers on the store in the folder `store`, which must not change."""

    def __init__(self, store: Path, options: Options) -> None:
        self.store = store
        self._options = options
        jobs = options.jobs
        part = max(1, jobs - 1)
        self._slow = Lane(jobs, share=lambda client: part, waiting=WAITING)
        # Who has slow queries already may well send more: they do not take all of the fast lane.
        self._fast = Lane(
            jobs, share=lambda client: part if self._slow.knows(client) else jobs, waiting=WAITING
        )
        self._idle: list[Worker] = []
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._running = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that run."""
        return tuple(sorted(worker.pid for worker in self._workers if worker.is_alive))

    async def start(self) -> None:
        """Starts the workers; returns when all are ready."""

        async def start() -> None:
            await self._prepare(await self._new())

        await asyncio.gather(*(start() for _ in range(self._options.jobs)))

    async def run(
        self, client: str, function: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> Any:
        """What `function(store, *args, **kwargs)` returns in a worker; its `KGError` is raised.

        Raises a `ServerError` when the time or memory limit is reached, the worker dies, or too
        many ask.
        """
        self._running += 1
        self._quiet.clear()
        try:
            reply = await self._reply(client, Job(function, args, kwargs, self._options.timeout))
        finally:
            self._running -= 1
            if not self._running:
                self._quiet.set()
        if reply.error is not None:
            raise reply.error
        return reply.value

    async def close(self, *, drain: bool = False) -> None:
        """Ends all processes; with `drain`, after what is being asked has been answered."""
        if drain:
            await self._quiet.wait()
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*(worker.gone() for worker in list(self._workers)))

    async def _reply(self, client: str, job: Job) -> Reply:
        limit = self._options.timeout
        async with self._fast.place(client, patience=limit):
            worker = await self._ready()
            asking = asyncio.create_task(worker.ask(job))
            try:
                waited = await self._quickly(worker, asking)
            except asyncio.CancelledError:
                self._end(worker, asking)
                raise
            if asking.done():
                self._give_back(worker)
                return asking.result()
            if waited >= limit:
                self._end(worker, asking)
                raise self._timed_out()
            moved = self._slow.try_enter(client)
            if not moved:
                self._end(worker, asking)
                self._refill()
        if moved:
            try:
                return await self._slowly(worker, asking, limit - waited)
            finally:
                self._slow.leave(client)
        async with self._slow.place(client, patience=limit):
            worker = await self._new()
            return await self._slowly(worker, asyncio.create_task(worker.ask(job)), limit)

    async def _quickly(self, worker: Worker, asking: asyncio.Task[Reply]) -> float:
        """Waits for a reply as long as the job is not slow; how many seconds it waited."""
        clock = asyncio.get_running_loop().time
        begun, used = clock(), worker.processor_seconds
        longest = min(5 * PATIENCE if used else PATIENCE, self._options.timeout)
        spent = 0.0
        while spent < PATIENCE and (left := longest - (clock() - begun)) > 0:
            # It cannot have used up its time before that time has passed by the clock.
            await asyncio.wait({asking}, timeout=min(left, max(PATIENCE - spent, 0.05)))
            if asking.done():
                break
            spent = worker.processor_seconds - used
        return clock() - begun

    async def _slowly(self, worker: Worker, asking: asyncio.Task[Reply], seconds: float) -> Reply:
        """The reply to a slow job; its worker is not used again, for it cannot be promoted."""
        worker.demote()
        self._refill()
        try:
            done, _ = await asyncio.wait({asking}, timeout=seconds)
            if not done:
                raise self._timed_out()
            return asking.result()
        finally:
            self._end(worker, asking)

    def _timed_out(self) -> TimedOutError:
        return TimedOutError(
            f"The query was stopped after {self._options.timeout:g} seconds. Make it cheaper: "
            "start from a known subject, add a LIMIT, aggregate in a subselect; or ask the "
            "operator of this server for a longer --timeout."
        )

    # workers

    async def _new(self) -> Worker:
        worker = await Worker.start(self.store, self._options.memory)
        if self._closed:
            worker.kill()
        self._workers.add(worker)
        return worker

    async def _ready(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._workers.discard(worker)
        return await self._new()

    async def _prepare(self, worker: Worker) -> None:
        """Has a worker read what pages need, and lets it wait for work."""
        reply = await worker.ask(Job(prepare, (), {}, PREPARATION))
        if reply.error is not None:
            raise reply.error
        worker.is_prepared = True
        self._give_back(worker)

    def _give_back(self, worker: Worker) -> None:
        """Lets a worker wait for work; one that is not prepared gets so when nobody waits."""
        if not worker.is_alive or len(self._idle) >= self._options.jobs:
            self._end(worker, None)
            self._refill()
        elif worker.is_prepared or self._fast.is_waited_for:
            self._idle.append(worker)
        else:
            self._in_background(self._prepare(worker))

    def _end(self, worker: Worker, asking: asyncio.Task[Reply] | None) -> None:
        worker.kill()
        self._workers.discard(worker)
        if asking is not None:
            asking.cancel()
            asking.add_done_callback(_seen)

    def _refill(self) -> None:
        """Starts a worker in the background, so that the next request finds one ready."""

        async def refill() -> None:
            await self._prepare(await self._new())

        if len(self._idle) + len(self._tasks) < self._options.jobs:
            self._in_background(refill())

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        async def told() -> None:
            try:
                await work
            except KGError as error:
                _log.warning("a worker could not be made ready: %s", error)

        if self._closed:
            work.close()
            return
        task = asyncio.create_task(told())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _seen(task: asyncio.Task[Reply]) -> None:
    """Takes note of how a task ended, so that asyncio does not complain that nobody did."""
    if not task.cancelled():
        task.exception()
