"""Articles to measure on: press releases of the US Senate (public domain), drawn repeatably."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "shared" / "data" / "scale" / "articles.jsonl.gz"


def draw(count: int) -> list[dict[str, Any]]:
    """`count` articles in our JSONL format, those whose ids have the smallest hashes.

    The same articles on every machine; a larger draw holds every smaller one.
    """
    if not FILE.exists():
        sys.exit(
            f"The articles are not at {FILE}: a gzipped file with one article a line, as JSON with "
            "id and text (any large set will do)."
        )
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    articles.sort(key=lambda article: hashlib.sha256(article["id"].encode()).hexdigest())
    return articles[:count]


def write_articles(count: int, path: Path) -> int:
    """Write a draw as one .jsonl file; returns its number of words."""
    articles = draw(count)
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return sum(len(article["text"].split()) for article in articles)
