"""Listens on an address and runs the application there."""

from __future__ import annotations

import errno
import os
import socket
import sys

from kg.errors import GraphError, UsageError
from kg.server.app import make_app
from kg.server.options import Options


def run(folder: str | os.PathLike[str], options: Options) -> None:
    """Serves the graph in `folder` until interrupted.

    Raises `GraphError` when `folder` is no graph or the port is taken, `UsageError` for an
    address that is not this machine's.
    """
    import uvicorn

    app = make_app(folder, options=options)
    listening = _socket(options)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"kg: serving {folder} at http://{shown}:{port}/  (Ctrl-C stops it)", file=sys.stderr)
    if not options.is_loopback and not options.auth_token:
        print(
            "kg: anyone who reaches this address can read the graph; --auth-token asks for a token",
            file=sys.stderr,
        )
    sys.stderr.flush()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=1 << 20,
        timeout_graceful_shutdown=5,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # how a server is meant to be stopped
    finally:
        listening.close()


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
