"""The graph that is served now: a read-only checkpoint that outlives a rebuild of its folder.

Everything that answers a request asks `Current` for data:

    profile = await current.run(kg.show.profile, "Iran")

`run` calls a function of the package with the store as its first argument, in a worker process,
under the limits of time and memory. The function must be importable (no lambda, no closure), its
arguments and its result picklable.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from kg.errors import GraphError, KGError
from kg.graph.folder import MANIFEST, GraphFolder, Manifest
from kg.graph.store import Store
from kg.server import checkpoint
from kg.server.client import client
from kg.server.options import Options
from kg.server.pool import Pool

P = ParamSpec("P")
T = TypeVar("T")

INTERVAL = 1.0
"""Seconds between two looks at whether the folder was built again: one `stat` each."""

ATTEMPTS = 5
"""How often a state of the folder is taken anew when a build came in between."""

_log = logging.getLogger("kg.server")


@dataclass(frozen=True)
class _Edition:
    """One state of the folder: its manifest, a checkpoint of its store, workers on that."""

    stamp: tuple[int, ...]
    manifest: Manifest
    path: Path
    store: Store
    pool: Pool

    @classmethod
    def take(cls, folder: GraphFolder, options: Options) -> _Edition:
        """The present state. Raises `GraphError` when there is none, or it keeps changing."""
        for _ in range(ATTEMPTS):
            manifest, stamp = folder.require(), _stamp(folder)
            try:
                path = checkpoint.take(folder.store)
            except (GraphError, RuntimeError) as error:  # Oxigraph's own: files of two builds
                if stamp == _stamp(folder) and not folder.is_moving:
                    raise GraphError(f"{folder.store} cannot be served: {error}") from None
                continue
            if stamp == _stamp(folder) and not folder.is_moving:
                return cls(stamp, manifest, path, Store.open(path), Pool(path, options))
            checkpoint.remove(path)
        raise GraphError(f"{folder.path} is being built again and again; wait for it to end.")

    async def close(self, *, drain: bool = False) -> None:
        await self.pool.close(drain=drain)
        self.store.close()
        checkpoint.remove(self.path)


class Current:
    """Read access to the graph in a folder, whichever edition of it is there now.

    `store` is open read-only in this process, for cheap look-ups; whatever may take long goes
    through `run`. Both may be of another graph after the next `await`.
    """

    def __init__(self, path: str | os.PathLike[str], options: Options | None = None) -> None:
        """Raises `GraphError` when the folder holds no graph."""
        self.folder = GraphFolder(path)
        self.options = options or Options()
        self.folder.require()
        checkpoint.remove_orphans(self.folder.path)
        self._edition = _Edition.take(self.folder, self.options)
        self._watching: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._computed: dict[Any, asyncio.Task[Any]] = {}

    @property
    def path(self) -> Path:
        """The folder that `kg build` wrote."""
        return self.folder.path

    @property
    def manifest(self) -> Manifest:
        """What the graph was built from."""
        return self._edition.manifest

    @property
    def store(self) -> Store:
        """The graph, read-only."""
        return self._edition.store

    @property
    def version(self) -> str:
        """A short digest of the manifest: equal for equal graphs; good for ETags."""
        return hashlib.sha256(self.manifest.to_json().encode()).hexdigest()[:16]

    @property
    def workers(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        return self._edition.pool.pids

    async def start(self) -> None:
        """Starts the workers, and looks out for a new graph from now on."""
        await self._edition.pool.start()
        self._watching = asyncio.create_task(self._watch())

    async def run(
        self,
        function: Callable[Concatenate[Store, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What `function(store, *args, **kwargs)` returns; its `KGError` is raised here.

        Raises `kg.server.failure.ServerError` when a limit is reached or too many ask.
        """
        found: T = await self._edition.pool.run(client.get(), function, args, kwargs)
        return found

    async def run_once(
        self,
        function: Callable[Concatenate[Store, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Like `run`, remembered until the graph changes: for the few things all pages need."""
        edition = self._edition
        key = (edition.stamp, function, args, tuple(sorted(kwargs.items())))
        task = self._computed.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            stale = [old for old in self._computed if old[0] != edition.stamp]
            for old in stale:
                del self._computed[old]
            task = asyncio.create_task(edition.pool.run("", function, args, kwargs))
            self._computed[key] = task
        found: T = await asyncio.shield(task)
        return found

    async def close(self) -> None:
        """Ends the workers and removes the checkpoint."""
        if self._watching:
            self._watching.cancel()
        for task in [*self._leaving, *self._computed.values()]:
            task.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self._edition.close()

    async def _watch(self) -> None:
        told: tuple[int, ...] = ()
        while True:
            await asyncio.sleep(INTERVAL)
            stamp = _stamp(self.folder)
            if not stamp or stamp == self._edition.stamp or self.folder.is_moving:
                continue
            try:
                await self._renew()
            except (KGError, OSError) as error:
                # The old graph is still served; what is wrong with the new one is said once.
                if stamp != told:
                    _log.warning("the new graph in %s is not served yet: %s", self.path, error)
                told = stamp

    async def _renew(self) -> None:
        """Serves the new graph from now on; what is being asked is still answered by the old."""
        fresh = await asyncio.to_thread(_Edition.take, self.folder, self.options)
        try:
            await fresh.pool.start()
        except BaseException:
            await fresh.close()
            raise
        old, self._edition = self._edition, fresh
        leaving = asyncio.create_task(old.close(drain=True))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)


def _stamp(folder: GraphFolder) -> tuple[int, ...]:
    """What changes whenever the folder is built; empty while there is no manifest."""
    try:
        found = folder.part(MANIFEST).stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size)
