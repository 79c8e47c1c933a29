"""Listens on an address and runs the application there."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import GraphError, UsageError
from kg.server.app import make_app
from kg.server.options import Options
from kg.server.protocol import LONGEST

if TYPE_CHECKING:
    from fastapi import FastAPI


def run(folder: str | os.PathLike[str], options: Options) -> None:
    """Serves the graph in `folder` until interrupted.

    Raises `GraphError` when `folder` is no graph or the port is taken, `UsageError` for an
    address that is not this machine's.
    """
    listening = _socket(options)
    try:
        server = _Server(_config(make_app(folder, options=options)), folder, options)
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return  # how a server is meant to be stopped
    finally:
        listening.close()
    if not server.started:
        raise GraphError(
            f"The server of {folder} did not start; what went wrong stands above. Try the graph "
            f"with: kg validate {folder}"
        )


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        http="h11",
        h11_max_incomplete_event_size=LONGEST + (1 << 16),
        timeout_graceful_shutdown=5,
    )


class _Server(uvicorn.Server):
    """Says where it serves as soon as it does."""

    def __init__(
        self, config: uvicorn.Config, folder: str | os.PathLike[str], options: Options
    ) -> None:
        super().__init__(config)
        self._folder = folder
        self._options = options

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not (self.started and sockets):
            return
        host, port = sockets[0].getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        lines = [f"kg: serving {self._folder} at http://{shown}:{port}/  (Ctrl-C stops it)"]
        if not self._options.is_loopback and not self._options.auth_token:
            lines.append(
                "kg: anyone who reaches this address can read the graph; --auth-token asks for a "
                "token"
            )
        print(*lines, sep="\n", file=sys.stderr, flush=True)


def _socket(options: Options) -> socket.socket:
    """A socket bound before anything is served, so that a taken port is one plain sentence."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except socket.gaierror:
        raise UsageError(f"--host {options.host!r} is no address; try 127.0.0.1.") from None
    except OSError as error:
        raise _refused(options, error) from None
    return bound


def _refused(options: Options, error: OSError) -> GraphError | UsageError:
    if error.errno == errno.EADDRINUSE:
        return GraphError(
            f"Port {options.port} on {options.host} is taken by another program; choose another "
            "with --port (0 takes a free one)."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"--host {options.host} is no address of this machine; try 127.0.0.1.")
    return GraphError(
        f"Port {options.port} on {options.host} cannot be opened: {error.strerror}; choose another "
        "with --port."
    )
