"""The graph that is served now: a read-only checkpoint that outlives a rebuild of its folder.

Everything that answers a request asks `Current` for data:

    profile = await current.run(kg.show.profile, "Iran")

`run` calls a function of the package with the store as its first argument, away from the event
loop and under the time limit. The function must be importable (no lambda, no closure); its
arguments and its result must be picklable: in a server with workers it runs in another process.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from kg.graph.folder import GraphFolder, Manifest
from kg.graph.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class Current:
    """Read access to the graph in a folder.

    `store` is opened read-only, for cheap look-ups; whatever may take long goes through `run`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.folder = GraphFolder(path)
        self.manifest: Manifest = self.folder.require()
        self.store = Store.open(self.folder.store)

    @property
    def path(self) -> Path:
        """The folder that `kg build` wrote."""
        return self.folder.path

    async def run(
        self,
        function: Callable[Concatenate[Store, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What `function(store, *args, **kwargs)` returns; its `KGError` is raised here."""
        return await asyncio.to_thread(function, self.store, *args, **kwargs)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
