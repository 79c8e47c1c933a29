"""Who is next: a limited number of places, shared out among clients in turn.

A client that sends a thousand requests waits behind its own requests, not before everyone
else's: of the clients that wait, the one that was served longest ago is served next.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kg.server.failure import BusyError, TooManyError


class Lane:
    """`places` requests at a time, `share(client)` of them of one client; the others wait in turn.

    At most `waiting` requests of one client wait, and eight times as many in all.
    """

    def __init__(self, places: int, *, share: Callable[[str], int], waiting: int) -> None:
        self.places = places
        self.share = share
        self.waiting = waiting
        self._inside: dict[str, int] = {}
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def place(self, client: str, *, patience: float) -> AsyncIterator[None]:
        """A place, as soon as it is this client's turn.

        Raises `TooManyError` when the client has too many waiting already, `BusyError` when all
        together have, or when there is no place within `patience` seconds.
        """
        await self._enter(client, patience)
        try:
            yield
        finally:
            self.leave(client)

    def try_enter(self, client: str) -> bool:
        """Takes a place if there is one right now; give it back with `leave`."""
        if not self._has_room(client):
            return False
        self._inside[client] = self._inside.get(client, 0) + 1
        return True

    @property
    def is_waited_for(self) -> bool:
        """Whether anybody waits for a place."""
        return bool(self._queues)

    def knows(self, client: str) -> bool:
        """Whether the client has a place, or waits for one."""
        return client in self._inside or client in self._queues

    def leave(self, client: str) -> None:
        """Gives a place back, and lets the next one in."""
        self._inside[client] -= 1
        if not self._inside[client]:
            del self._inside[client]
        self._admit()

    async def _enter(self, client: str, patience: float) -> None:
        queue = self._queues.get(client)
        if not queue and self.try_enter(client):
            return
        if queue and len(queue) >= self.waiting:
            raise TooManyError(
                f"{self.waiting} requests of yours are waiting already; wait for their answers."
            )
        if sum(map(len, self._queues.values())) >= 8 * self.waiting:
            raise BusyError("Too many requests are waiting; ask again in a few seconds.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(client, deque()).append(turn)
        self._admit()
        try:
            await asyncio.wait_for(asyncio.shield(turn), patience)
        except TimeoutError:
            self._give_up(client, turn)
            raise BusyError(
                f"No process was free to answer within {patience:g} seconds; ask again later."
            ) from None
        except asyncio.CancelledError:
            self._give_up(client, turn)
            raise

    def _give_up(self, client: str, turn: asyncio.Future[None]) -> None:
        if turn.done():  # the place was given in the same moment
            self.leave(client)
            return
        queue = self._queues[client]
        queue.remove(turn)
        if not queue:
            del self._queues[client]

    def _has_room(self, client: str) -> bool:
        return sum(self._inside.values()) < self.places and self._inside.get(
            client, 0
        ) < self.share(client)

    def _admit(self) -> None:
        """Lets in as many as there is room for; a client let in goes to the end of the line."""
        for client in list(self._queues):
            queue = self._queues[client]
            if not self.try_enter(client):
                continue
            queue.popleft().set_result(None)
            if queue:
                self._queues.move_to_end(client)
            else:
                del self._queues[client]
