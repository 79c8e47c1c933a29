"""What a server can be told: limits, and who may ask."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

TIMEOUT = 20.0
"""Seconds a query may run: the named queries on a graph of a million triples stay below one."""

MEMORY = 2 << 30
"""Bytes of address space a worker may use: ten times what a two-hop query on a million triples
needs, and little enough that all workers of a laptop fit into 16 GB."""

ROWS = 100_000
"""Rows or triples of one answer: more than a person reads, less than makes a browser stall."""


def default_jobs() -> int:
    """Worker processes unless told: one a core, two at least so that one can be slow."""
    return max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to serve a graph.

    `timeout` is in seconds; `auth_token` "" asks for none; `cors` is the one other origin whose
    pages may ask ("" for none, "*" for any); `jobs` worker processes answer; `memory` caps each
    of them in bytes; `rows` caps an answer. `host` is what the server listens on: on loopback,
    requests that name another host are refused.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = TIMEOUT
    auth_token: str = field(default="", repr=False)
    cors: str = ""
    jobs: int = field(default_factory=default_jobs)
    memory: int = MEMORY
    rows: int = ROWS

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")
