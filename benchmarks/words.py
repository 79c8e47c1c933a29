"""Words a second of each stage, and of spaCy's pipeline alone on the same text.

Seconds are of processor time, so that other programs on the machine do not disturb them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.articles import write_articles
from benchmarks.results import table

T = TypeVar("T")

ARTICLES, ARTICLES_FULL = 60, 400


def run(*, full: bool = False) -> list[str]:
    """Every stage on the same articles, models loaded and warm."""
    from kg.evaluate.baseline import spacy_pipeline
    from kg.extract import extractor
    from kg.graph.claims import claims
    from kg.graph.reading import network
    from kg.graph.store import build_store
    from kg.graph.turtle import write_trig, write_turtle
    from kg.model import Document
    from kg.read import read
    from kg.resolve import resolve
    from kg.view import render

    reader = extractor()
    spacy = spacy_pipeline()
    warm = Document("warm", "The minister met the president in Paris on Monday.")
    reader.extract(warm)
    spacy(warm.text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = ARTICLES_FULL if full else ARTICLES
        words = write_articles(count, folder / "articles.jsonl")
        seconds: dict[str, float] = {}

        def timed(stage: str, work: Callable[[], T]) -> T:
            start = time.process_time()
            result = work()
            seconds[stage] = time.process_time() - start
            return result

        items = timed("read", lambda: list(read([str(folder / "articles.jsonl")])))
        documents = [item for item in items if isinstance(item, Document)]
        timed("spaCy alone", lambda: [spacy(document.text) for document in documents])
        extractions = timed("extract", lambda: [reader.extract(d) for d in documents])
        identities = timed("resolve", lambda: resolve(extractions))

        def build() -> None:
            statements = claims(extractions, identities)
            with build_store(folder / "store", extractions, identities, statements) as store:
                write_turtle(store, folder / "graph.ttl")
                write_trig(store, folder / "graph.trig")
                (folder / "graph.html").write_text(render(network(store)), encoding="utf-8")

        timed("graph, files and view", build)
    alone = seconds.pop("spaCy alone")
    everything = sum(seconds.values())
    rows = [
        (stage, taken, words / taken, taken / alone)
        for stage, taken in {"spaCy alone": alone, **seconds, "all of it": everything}.items()
    ]
    return [
        f"{len(documents)} articles, {words:,} words, extractor `{reader.name}`, one process.",
        "",
        *table(("stage", "processor seconds", "words a second", "times spaCy alone"), rows),
    ]
