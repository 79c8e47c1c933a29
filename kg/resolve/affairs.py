"""Which articles are about the same affair: likeness of their words, rare ones first.

The first question of event coreference across articles is whether the articles are about one
affair at all: "an earthquake" in two articles is one event mostly when the articles share names,
numbers and circumstances. Clustering articles by content before events is the strongest step
known for it (Cybulska and Vossen, "Bag of events", LREC 2014; Barhom et al., ACL 2019).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from kg.model import Document
from kg.resolve.name import fold
from kg.resolve.stem import stem

TERMS = 80
"""Words of an article that count, the weightiest: beyond these, long articles add general words."""

KEYS = 20
"""Of these the ones by which like articles are found; two articles of one affair share several."""

MAX_SHARING = 200
"""A word of more articles than this finds none: others do, and the cost stays near-linear."""

UNKNOWN = 4
"""In how many background articles a word counts as standing that the list does not hold (it
leaves out those of fewer than eight)."""


class Affairs:
    """The words of `documents`, weighed by how rare they are in news and in these articles."""

    def __init__(self, documents: Sequence[Document]) -> None:
        bags = {document.id: Counter(content_words(document.text)) for document in documents}
        self._count = Counter(word for bag in bags.values() for word in bag)
        self._articles = len(bags)
        self._vectors = {id: self._vector(bag) for id, bag in sorted(bags.items())}

    def likeness(self, left: str, right: str) -> float:
        """How alike two articles are, by id: cosine of their weighed words, 0 to 1."""
        one, other = self._vectors[left], self._vectors[right]
        if len(other) < len(one):
            one, other = other, one
        return sum(weight * other[word] for word, weight in one.items() if word in other)

    def pairs(self, least: float) -> Iterator[tuple[str, str]]:
        """Pairs of articles at least that alike, each once, found by shared weighty words."""
        sharing: dict[str, list[str]] = defaultdict(list)
        for id, vector in self._vectors.items():
            for word in list(vector)[:KEYS]:
                sharing[word].append(id)
        seen: set[tuple[str, str]] = set()
        for ids in sharing.values():
            if len(ids) > MAX_SHARING:
                continue
            for i, left in enumerate(ids):
                for right in ids[i + 1 :]:
                    if (left, right) not in seen:
                        seen.add((left, right))
                        if self.likeness(left, right) >= least:
                            yield left, right

    def _vector(self, bag: Mapping[str, int]) -> dict[str, float]:
        """The weightiest words with their weights, heaviest first, of length 1 together."""
        weighed = {word: (1 + math.log(n)) * self._rarity(word) for word, n in bag.items()}
        top = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
        length = math.sqrt(sum(weight * weight for _, weight in top)) or 1.0
        return {word: weight / length for word, weight in top}

    def _rarity(self, word: str) -> float:
        """The logarithm of how many articles there are for one that has the word."""
        articles, counts = background()
        count = counts.get(word, UNKNOWN) + self._count[word]
        return math.log((articles + self._articles) / count)


_WORD = re.compile(r"[^\W_]{2,}")


def content_words(text: str) -> Iterable[str]:
    """Stems of the words of a text, and its numbers. Small words weigh next to nothing."""
    return (stem(word) for word in _WORD.findall(fold(text)))


@cache
def background() -> tuple[int, Mapping[str, int]]:
    """How many articles were counted, and in how many of them each word stands."""
    text = files("kg.resolve").joinpath("data/word_counts.txt").read_text("utf-8")
    head, *lines = text.splitlines()
    counts = {}
    for line in lines:
        word, _, count = line.rpartition(" ")
        counts[word] = int(count)
    return int(re.findall(r"\d+", head)[0]), counts
