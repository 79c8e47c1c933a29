"""Places are shared out in turn: nobody starves behind one who asks a lot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.server.failure import BusyError, TooManyError
from kg.server.lane import Lane


def finished(main: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run `main` in a thread of its own: a browser's driver keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(main())).result()


def test_clients_take_turns() -> None:
    served: list[str] = []

    async def ask(lane: Lane, client: str) -> None:
        async with lane.place(client, patience=5):
            served.append(client)
            await asyncio.sleep(0.001)

    async def main() -> None:
        lane = Lane(1, share=lambda client: 1, waiting=64)
        greedy = [asyncio.create_task(ask(lane, "greedy")) for _ in range(20)]
        await asyncio.sleep(0)
        modest = [asyncio.create_task(ask(lane, "modest")) for _ in range(2)]
        await asyncio.gather(*greedy, *modest)

    finished(main)
    assert served.index("modest") <= 2
    assert len(served) == 22


def test_one_client_has_its_share_only() -> None:
    async def main() -> None:
        lane = Lane(3, share=lambda client: 2, waiting=4)
        assert [lane.try_enter("a") for _ in range(3)] == [True, True, False]
        assert lane.try_enter("b")
        assert not lane.try_enter("c"), "all places are taken"
        lane.leave("a")
        assert lane.try_enter("c")
        assert lane.knows("b")
        lane.leave("b")
        assert not lane.knows("b")

    finished(main)


def test_too_many_waiting_are_told_so() -> None:
    async def wait(lane: Lane, client: str) -> None:
        async with lane.place(client, patience=5):
            pass

    async def main() -> None:
        lane = Lane(1, share=lambda client: 1, waiting=2)
        assert lane.try_enter("a")
        waiting = [asyncio.create_task(wait(lane, "a")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyError, match="2 requests of yours are waiting"):
            await wait(lane, "a")
        lane.leave("a")
        await asyncio.gather(*waiting)
        assert lane.try_enter("a"), "every place was given back"

    finished(main)


def test_nobody_waits_for_ever() -> None:
    async def main() -> None:
        lane = Lane(1, share=lambda client: 1, waiting=2)
        assert lane.try_enter("a")
        with pytest.raises(BusyError, match=r"within 0\.01 seconds"):
            async with lane.place("b", patience=0.01):
                pass
        lane.leave("a")
        assert lane.try_enter("b"), "who gave up holds no place"

    finished(main)
