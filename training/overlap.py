"""`python -m training.overlap`: which texts of the test sets the training texts repeat.

A text counts when a fifth of its runs of eight words stand in training texts too: a copy or an
edited copy, not two articles on one affair.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from kg.model import Document

from . import corpora
from .facts import knowledgenet

RUN, SHARE = 8, 0.2
TESTS = {
    "newsgraph dev": ("newsgraph", "newsgraph", None),
    "wikievents dev": ("wikievents", "wikievents", None),
    "re3d, UK Government": ("re3d", "re3d", "UK Government"),
    "knowledgenet fold 3": ("knowledgenet", "knowledgenet", "3"),
    "ecbplus": ("identity", "ecbplus", None),
    "meantime": ("identity", "meantime", None),
    "timeline": ("timelines", "timeline", None),
}
"""Test part -> module of its reader in `kg.evaluate`, folder, split."""


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of eight words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def training_texts(data: Path) -> Iterator[tuple[str, str]]:
    """Id and text of everything that trains the model."""
    world, _ = corpora.worldwide(data)
    wiki, _ = corpora.wikievents(data)
    for articles in (
        corpora.newsgraph(data, "train"), world, wiki, corpora.m2e2(data), knowledgenet(data)
    ):  # fmt: skip
        yield from ((article.id, article.text) for article in articles)


def test_texts(data: Path, module: str, folder: str, split: str | None) -> Iterator[Document]:
    """The documents of a test part."""
    _, gold = import_module(f"kg.evaluate.{module}").read(data / folder, split)
    for item in gold:
        if hasattr(item, "document"):
            yield item.document
        else:
            for article in getattr(item, "articles", getattr(item, "documents", ())):
                yield getattr(article, "document", article)


def main() -> None:
    """Print, for each test part, the texts that training repeats."""
    options = argparse.ArgumentParser(prog="python -m training.overlap", description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = options.parse_args().data
    owner = {run: name for name, text in training_texts(data) for run in runs(text)}
    for part, (module, folder, split) in TESTS.items():
        repeated, count = [], 0
        for document in test_texts(data, module, folder, split):
            count += 1
            own = runs(document.text)
            known = [owner[run] for run in own if run in owner]
            if own and len(known) > SHARE * len(own):
                name = max(sorted(set(known)), key=known.count)
                repeated.append(f"  {document.id} stands in {name} ({len(known) / len(own):.0%})")
        print(f"{part}: {len(repeated)} of {count} texts", *repeated, sep="\n", flush=True)


if __name__ == "__main__":
    main()
