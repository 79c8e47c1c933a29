"""Counts in how many articles each word stands: `kg/resolve/data/word_counts.txt`.

    python -m training.word_counts DATA

DATA is the folder of corpora: the training splits of ECB+, WikiEvents and our own annotation
(news), and every eighth press release of the US Senate (politics). Words of fewer than `LEAST`
articles are left out; `kg.resolve.affairs` takes them for that rare.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate.mentions import read
from kg.resolve.affairs import content_words

LEAST = 8
OUT = Path(__file__).parents[1] / "kg" / "resolve" / "data" / "word_counts.txt"


def texts(data: Path) -> Iterator[str]:
    """The text of every article."""
    yield from (article.document.text for article in read(data / "ecbplus", "train")[1])
    for line in (data / "wikievents" / "train.jsonl").read_text("utf-8").splitlines():
        yield " ".join(json.loads(line)["tokens"])
    for line in (data / "newsgraph" / "train.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield str(record.get("text") or record["document"]["text"])
    with gzip.open(data / "scale" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % 8 == 0:
                yield str(json.loads(line)["text"])


def main() -> None:
    """Writes the file."""
    counts: Counter[str] = Counter()
    articles = 0
    for text in texts(Path(sys.argv[1])):
        articles += 1
        counts.update(set(content_words(text)))
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    lines = [f"# in how many of {articles} articles a word stands; see training/word_counts.py"]
    lines += [f"{word} {count}" for word, count in kept]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{articles} articles, {len(kept)} words")


if __name__ == "__main__":
    main()
