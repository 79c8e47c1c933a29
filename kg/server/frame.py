"""Messages between the server and its workers: a length of eight bytes, then a pickle.

Both ends are this program, over sockets that nobody else holds; no byte of a request is unpickled.
"""

from __future__ import annotations

import asyncio
import io
import pickle
import struct
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError


@dataclass(frozen=True)
class Job:
    """A call `function(store, *args, **kwargs)` and the seconds it may take."""

    function: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class Reply:
    """What a job came to: `value`, or the `error` to raise."""

    value: Any = None
    error: KGError | None = None


_LENGTH = struct.Struct(">Q")


def packed(message: Any) -> bytes:
    """The frame of a message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def write(stream: io.BufferedRWPair, message: Any) -> None:
    """Writes one message."""
    stream.write(packed(message))
    stream.flush()


def read(stream: io.BufferedRWPair) -> Any:
    """The next message; None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return pickle.loads(stream.read(_LENGTH.unpack(head)[0]))  # noqa: S301


async def receive(stream: asyncio.StreamReader) -> Any:
    """The next message. Raises `asyncio.IncompleteReadError` when the stream ends before it."""
    head = await stream.readexactly(_LENGTH.size)
    return pickle.loads(await stream.readexactly(_LENGTH.unpack(head)[0]))  # noqa: S301
