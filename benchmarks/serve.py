"""A served graph under load and faults: many clients, a runaway query beside them, killed workers.

    python -m benchmarks.serve --claims 20000 --clients 50 --seconds 30

Everything stays on the loopback; every client has an address of its own there (127.0.1.1 and so
on), as clients elsewhere would, so that the server shares itself out among them. Each client asks
one short question after the other. The last column compares: a two-hop query's 99th percentile is
to stay below ten times its median, and below twice of that while a runaway query runs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import psutil

from benchmarks.graph import CLAIMS_AN_ARTICLE, PEOPLE, PLACES, article, tie
from benchmarks.results import table
from kg.graph.claims import claims
from kg.graph.folder import LOADED, MANIFEST, GraphFolder, Manifest
from kg.graph.store import build_store

TIMEOUT = 10
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TWO_HOP = (
    "SELECT DISTINCT ?other { ?event kg:participant ent:Person_%d ; kg:place ?place . "
    "?again kg:place ?place ; kg:participant ?other } LIMIT 100"
)
QUESTIONS = {
    "two hops": lambda dice: TWO_HOP % dice.randrange(PEOPLE),
    "one thing": lambda dice: f"DESCRIBE ent:City_{dice.randrange(PLACES)}",
    "by name": lambda dice: f'SELECT ?s {{ ?s skos:prefLabel "Person {dice.randrange(PEOPLE)}" }}',
}


@dataclass
class Load:
    """What clients saw: seconds of every answer by question, and the statuses that are no 200."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, question: str) -> tuple[object, ...]:
        """The line of the table for one question."""
        times = self.seconds[question]
        if len(times) < 2:
            return (name, question, len(times), "", "", "")
        middle, late = median(times) * 1000, quantiles(times, n=100)[-1] * 1000
        return (name, question, len(times), middle, late, late / middle)


def main() -> None:
    """Builds the graph, serves it, and puts it under load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "graph"
        statements = make_graph(folder, asked.claims)
        print(f"{statements:,} statements, {asked.clients} clients, {asked.seconds:g} s each\n")
        with serving(folder) as (url, process):
            asyncio.run(measure(url, process, asked.clients, asked.seconds))


def make_graph(folder: Path, wanted: int) -> int:
    """A graph folder with a made-up graph of about so many claims; how many statements it has."""
    extractions = [article(number) for number in range(wanted // CLAIMS_AN_ARTICLE)]
    identities = tie(extractions)
    target = GraphFolder(folder)
    target.prepare()
    with target.locked(), target.replacing() as new:
        said = claims(extractions, identities)
        with build_store(new / "store", extractions, identities, said) as store:
            count = len(store)
        (new / MANIFEST).write_text(Manifest({}, LOADED, "benchmark").to_json(), "utf-8")
    return count


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`kg serve` on a free port; its address and process."""
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--timeout", str(TIMEOUT)], stderr=subprocess.PIPE, text=True
    )
    try:
        begun = time.perf_counter()
        found = re.search(r"http://\S+?(?=/ )", process.stderr.readline() if process.stderr else "")
        if found is None:
            sys.exit("the server did not start")
        print(f"ready after {time.perf_counter() - begun:.1f} s")
        yield found[0], process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


async def measure(url: str, process: subprocess.Popen[str], clients: int, seconds: float) -> None:
    """The three parts, and the table they give."""
    await under_load(url, clients, 2)  # warms up
    calm = await under_load(url, clients, seconds)
    runaway = asyncio.create_task(run_away(url, seconds + 2))
    await asyncio.sleep(2)
    beside = await under_load(url, clients, seconds)
    stopped = await runaway
    killing = asyncio.create_task(kill_workers(process.pid, 3, seconds / 4))
    killed = await under_load(url, clients, seconds)
    count = await killing
    rows = [
        load.row(name, question)
        for name, load in (("calm", calm), ("beside a runaway", beside), ("workers killed", killed))
        for question in QUESTIONS
    ]
    heads = ("load", "question", "answers", "median ms", "99th percentile ms", "times the median")
    print("\n".join(table(heads, rows)))
    print()
    print(f"answers a second, calm: {sum(map(len, calm.seconds.values())) / seconds:.0f}")
    print(f"failures, calm: {dict(calm.failures) or 'none'}")
    print(f"failures beside a runaway: {dict(beside.failures) or 'none'}")
    print(f"the runaway queries were answered: {dict(stopped)}")
    late = [quantiles(load.seconds["two hops"], n=100)[-1] for load in (calm, beside)]
    print(
        f"99th percentile of two hops beside a runaway: {late[1] / late[0]:.2f} times the calm one"
    )
    print(f"{count} workers killed; failures: {dict(killed.failures) or 'none'}")
    resident = sum(p.memory_info().rss for p in family(process.pid)) / (1 << 20)
    print(f"memory of all processes (shared pages counted in each): {resident:.0f} MB")


class Client:
    """One keep-alive connection from an address of its own; httpx took longer than the server."""

    def __init__(self, url: str, address: str) -> None:
        self._host, _, port = url.removeprefix("http://").partition(":")
        self._port, self._address = int(port), address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str) -> tuple[int, bytes]:
        """Status and body of the answer to a query."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                self._host, self._port, local_addr=(self._address, 0)
            )
        reader, writer = self._streams
        body = urlencode({"query": query})
        writer.write(
            f"POST /sparql HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        status = int(head.split()[1])
        return status, await reader.readexactly(int(length[1]) if length else 0)

    def close(self) -> None:
        """Closes the connection."""
        if self._streams is not None:
            self._streams[1].close()


async def under_load(url: str, clients: int, seconds: float) -> Load:
    """So many clients, each asking one question after the other for so long."""
    load = Load({question: [] for question in QUESTIONS})
    end = time.perf_counter() + seconds

    async def ask(number: int) -> None:
        dice = random.Random(number)
        client = Client(url, f"127.0.{1 + number // 200}.{1 + number % 200}")
        while time.perf_counter() < end:
            question = dice.choices(list(QUESTIONS), (6, 2, 2))[0]
            begun = time.perf_counter()
            status, body = await client.ask(QUESTIONS[question](dice))
            if status == 200:
                load.seconds[question].append(time.perf_counter() - begun)
            else:
                load.failures[f"{status} {body[:60].decode()}"] += 1
        client.close()

    await asyncio.gather(*(ask(number) for number in range(clients)))
    return load


async def run_away(url: str, seconds: float) -> Counter[int]:
    """One client that asks nothing but queries without end, two at a time."""
    statuses: Counter[int] = Counter()
    end = time.perf_counter() + seconds

    async def ask() -> None:
        client = Client(url, "127.0.9.9")
        while time.perf_counter() < end:
            statuses[(await client.ask(RUNAWAY))[0]] += 1
        client.close()

    await asyncio.gather(ask(), ask())
    return statuses


async def kill_workers(server: int, count: int, pause: float) -> int:
    """Kills one worker every `pause` seconds; how many it were."""
    killed = 0
    for _ in range(count):
        await asyncio.sleep(pause)
        workers = [child for child in family(server) if child.ppid() != server]
        if workers:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed += 1
    return killed


def family(server: int) -> list[psutil.Process]:
    """The processes that the server consists of, but for itself."""
    return psutil.Process(server).children(recursive=True)


if __name__ == "__main__":
    main()
