"""What it costs to keep a graph: to build it again with nothing new, and to add one article.

The graph is large but its articles need no extraction: some are extracted once, and each stands for
many, its names turned letter by letter into other names of the same length. So every copy is about
other people and bodies, and only countries, cities and posts are shared, as among real articles.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.articles import draw
from benchmarks.results import table
from kg.extract import extractor
from kg.extract.archive import Archive, key_of
from kg.model import Document, Extraction, MentionKind

SIZES, SIZES_FULL = (200, 1_000), (200, 1_000, 10_000)
EXTRACTOR = "spacy"
EXTRACTED = 250
"""Articles that are extracted; more would take longer and vary little."""

TURNED = ("Person", "Organization", "Company", "ArmedGroup", "Facility")

CHILD = """
import json, resource, sys, time
from kg.pipeline import build
stages, start = {}, time.process_time()
last = [start, "reading"]
def progress(stage, done, total):
    now = time.process_time()
    stages[last[1]] = stages.get(last[1], 0) + now - last[0]
    last[:] = [now, stage]
build([sys.argv[1]], sys.argv[2], extractor_name=sys.argv[3], progress=progress)
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([seconds, peak, stages]))
"""
"""Runs in a process of its own, so that its peak memory is that of one build."""


def turned(extraction: Extraction, by: int) -> Extraction:
    """The same article about others: letters of names moved on in the alphabet `by` places."""
    document = extraction.document
    text = list(document.text)
    for entity in extraction.entities:
        if entity.type in TURNED:
            for mention in entity.mentions:
                if mention.kind is MentionKind.NAME:
                    span = mention.span
                    text[span.start : span.end] = _moved(span.of(document.text), by)
    whole = "".join(text)
    id = f"{document.id}-{by}"
    made = replace(document, id=id, text=whole, title=whole.split("\n", 1)[0][:200])
    moved: Extraction = _for_document(extraction, made)
    entities = tuple(
        replace(entity, name=_moved(entity.name, by) if entity.type in TURNED else entity.name)
        for entity in moved.entities
    )
    return replace(moved, entities=entities)


def _for_document(extraction: Extraction, document: Document) -> Extraction:
    """The same offsets in another document of the same length."""
    from kg.extract.record import from_record, to_record

    record = to_record(replace(extraction, document=document))
    return from_record(json.loads(json.dumps(record)))


def _moved(name: str, by: int) -> str:
    def one(char: str) -> str:
        for first in ("a", "A"):
            if first <= char <= chr(ord(first) + 25):
                return chr((ord(char) - ord(first) + by) % 26 + ord(first))
        return char

    return "".join(map(one, name))


def extractions() -> list[Extraction]:
    """The articles that are extracted, in a stable order."""
    tool = extractor(EXTRACTOR)
    made = []
    for article in draw(EXTRACTED):
        document = Document(
            id=article["id"], text=article["text"], title=article.get("title") or ""
        )
        made.append(tool.extract(document))
    return made


def many(base: list[Extraction], count: int) -> Iterator[Extraction]:
    """`count` of them and their likes."""
    for number in range(count):
        yield turned(base[number % len(base)], number // len(base))


def run(*, full: bool = False) -> list[str]:
    """Builds the graph, builds it again, adds one article; each in a process of its own."""
    rows = []
    base = extractions()
    for count in SIZES_FULL if full else SIZES:
        with tempfile.TemporaryDirectory() as name:
            rows.append(_life(base, count, Path(name)))
        print(rows[-1], flush=True)
    headings = ("articles", "whole graph, s", "peak memory, MB", "nothing new, s", "wall, s",
                "peak memory, MB", "one more article, s", "wall, s", "peak memory, MB")  # fmt: skip
    return table(headings, rows)


def _life(base: list[Extraction], count: int, folder: Path) -> tuple[object, ...]:
    out = folder / "out"
    out.mkdir()
    name = extractor(EXTRACTOR).name
    with Archive(out / "extractions.db") as archive, (folder / "all.jsonl").open("w") as lines:
        for number, extraction in enumerate(many(base, count + 1)):
            archive.add(key_of(extraction.document, name), extraction)
            line = _line(extraction.document)
            if number < count:
                lines.write(line)
            else:
                (folder / "one.jsonl").write_text(line)
                spare = extraction
    whole = _build(folder / "all.jsonl", out)
    again = _build(folder / "all.jsonl", out)
    with Archive(out / "extractions.db") as archive:  # what no article uses was thrown away
        archive.add(key_of(spare.document, name), spare)
    more = _build(folder / "one.jsonl", out)
    print(json.dumps({"articles": count, "whole": whole, "again": again, "more": more}), flush=True)
    return (count, *whole[:2], again[0], again[2], again[1], more[0], more[2], more[1])


def _line(document: Document) -> str:
    fields = {"id": document.id, "title": document.title, "text": document.text}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _build(articles: Path, out: Path) -> tuple[float, int, float, dict[str, float]]:
    """Processor seconds, peak memory in MB, wall seconds of the whole command, and its stages."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, articles, out, EXTRACTOR],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    wall = time.monotonic() - start
    seconds, peak, stages = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak, wall, stages
