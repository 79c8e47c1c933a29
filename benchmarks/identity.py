"""Resolving entities and places: how its time grows with the number of articles.

The articles are the project's annotated news, as an extractor would give them, over and over. In
every copy two of three people get another name of the same length (consonants shifted), so that
copies bring new people and meet the old places, bodies and presidents again, as news does.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from benchmarks.results import table
from kg.extract.record import from_record
from kg.model import Entity, Extraction, Span

FILE = Path(__file__).parents[2] / "shared" / "data" / "newsgraph" / "train.jsonl"
SIZES, SIZES_FULL = (500, 1_000, 2_000), (1_000, 2_000, 5_000, 10_000)
CONSONANTS = "bcdfghjklmnpqrstvwxz"


def run(*, full: bool = False) -> list[str]:
    """Each size in a process of its own."""
    rows: list[tuple[object, ...]] = []
    before = 0.0
    for size in SIZES_FULL if full else SIZES:
        command = [sys.executable, "-m", "benchmarks.identity", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        local, things, places, seconds, memory = json.loads(done.stdout.splitlines()[-1])
        growth = seconds / before if before else "-"
        rows.append((size, local, things, places, seconds, 1000 * seconds / size, growth, memory))
        before = seconds
        print(rows[-1], flush=True)
    headings = (
        "articles", "local entities", "things", "linked places", "processor seconds",
        "ms an article", "times the row above", "peak memory, MB",
    )  # fmt: skip
    return table(headings, rows)


def made(size: int) -> Iterator[Extraction]:
    """`size` different articles."""
    base = []
    for line in FILE.read_text("utf-8").splitlines():
        record = json.loads(line)
        if len(record.get("published") or "2000-01-01") == 10:
            try:
                base.append(from_record(record))
            except Exception as error:
                if "isoformat" not in str(error):
                    raise
    endless = (renamed(article, copy) for copy in count() for article in base)
    return islice(endless, size)


def renamed(article: Extraction, copy: int) -> Extraction:
    """The article under an id of its own, with other people in it (none in copy 0)."""
    id = f"{article.document.id}~{copy}"
    text = article.document.text
    entities: list[Entity] = []
    for entity in article.entities:
        turn = copy if entity.type == "Person" and _digest(entity.name) % 3 else 0
        for mention in entity.mentions:
            span = mention.span
            text = text[: span.start] + shifted(span.of(text), turn) + text[span.end :]
        mentions = tuple(
            replace(mention, span=Span(id, mention.span.start, mention.span.end))
            for mention in entity.mentions
        )
        entities.append(replace(entity, name=shifted(entity.name, turn), mentions=mentions))
    document = replace(article.document, id=id, text=text)
    return replace(article, document=document, entities=tuple(entities), sentences=(), events=())


def _digest(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def shifted(name: str, turn: int) -> str:
    """The name with its consonants moved on by a number that depends on the turn."""
    step = turn * 7 % len(CONSONANTS)

    def letter(position: int, old: str) -> str:
        if old.lower() not in CONSONANTS:
            return old
        place = CONSONANTS.index(old.lower()) + step + (turn // len(CONSONANTS)) * position
        new = CONSONANTS[place % len(CONSONANTS)]
        return new.upper() if old.isupper() else new

    return "".join(letter(position, old) for position, old in enumerate(name))


def main() -> None:
    """Resolves as many articles as the argument says, and prints what it took."""
    from kg.resolve import entities, toponyms
    from kg.resolve.local import locals_of

    articles = sorted(made(int(sys.argv[1])), key=lambda article: article.document.id)
    start = time.process_time()
    found = locals_of(articles)
    places = toponyms.link(found)
    sets, _ = entities.cluster(found, places)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([len(found), len(sets), len(places), seconds, memory]))


if __name__ == "__main__":
    main()
