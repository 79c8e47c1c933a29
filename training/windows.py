"""Articles as rows of numbers: wordpieces, shapes, and the label set of every word per layer."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tokenizers import Tokenizer

from kg.extract.neural.words import Word, shapes_of, words_of
from kg.extract.sentences import sentences_of

from .layers import LAYERS, Article, Marked, Patterns

LONGEST = 254
"""Wordpieces of a window besides [CLS] and [SEP]."""
CLS, SEP, UNKNOWN, PADDING = 101, 102, 100, 0


@dataclass
class Encoded:
    """An article cut into words: `pieces[i]` are the wordpiece numbers of word i."""

    article: Article
    words: list[Word]
    sentence_of: list[int]
    starts: list[int]
    pieces: list[list[int]]
    shapes: list[int]
    targets: dict[str, list[int]]


@dataclass
class Window:
    """Words `first` to `last` (end exclusive) of an article."""

    encoded: Encoded
    first: int
    last: int

    @property
    def size(self) -> int:
        """Wordpieces with [CLS] and [SEP]."""
        return 2 + sum(len(piece) for piece in self.encoded.pieces[self.first : self.last])


class Coder:
    """Turns articles into numbers; keeps the label patterns met so far."""

    def __init__(self, tokenizer_file: str) -> None:
        self.tokenizer = Tokenizer.from_file(tokenizer_file)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.patterns = {layer: Patterns(layer) for layer in LAYERS}

    def encode(self, article: Article, text: str | None = None) -> Encoded:
        """The article in numbers; `text` replaces its letters (same offsets) when given."""
        shown = article.text if text is None else text
        words: list[Word] = []
        sentence_of: list[int] = []
        starts: list[int] = []
        shapes: list[int] = []
        for number, (start, end) in enumerate(sentences_of(article.text)):
            found = words_of(shown, start, end)
            if not found:
                continue
            starts.append(len(words))
            words += found
            sentence_of += [number] * len(found)
            shapes += shapes_of(shown, found)
        pieces = pieces_of(self.tokenizer, [shown[w.start : w.end] for w in words])
        targets = {layer: self._targets(article, layer, words) for layer in LAYERS}
        return Encoded(article, words, sentence_of, starts, pieces, shapes, targets)

    def _targets(self, article: Article, layer: str, words: list[Word]) -> list[int]:
        if layer not in article.default:
            return [0] * len(words)
        patterns = self.patterns[layer]
        numbers = [patterns.number("O", article.default[layer])] * len(words)
        taken = [False] * len(words)
        longest_first = sorted(article.marked[layer], key=lambda m: (m.start - m.end, m.start))
        for marked in longest_first:
            first, last = covered(words, marked)
            if first >= last or any(taken[first:last]):
                continue
            for index in range(first, last):
                taken[index] = True
                numbers[index] = patterns.number("B" if index == first else "I", marked.types)
        return numbers


def covered(words: list[Word], marked: Marked) -> tuple[int, int]:
    """The words (first, end exclusive) that lie in the marked characters."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].end <= marked.start:
            low = middle + 1
        else:
            high = middle
    last = low
    while last < len(words) and words[last].start < marked.end:
        last += 1
    return low, last


def pieces_of(tokenizer: Tokenizer, words: list[str]) -> list[list[int]]:
    """Wordpieces per word; a word the tokeniser drops (a control character) is unknown."""
    if not words:
        return []
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in words]
    for number, word in zip(encoding.ids, encoding.word_ids, strict=True):
        pieces[word].append(number)
    return [found[:16] or [UNKNOWN] for found in pieces]


USUAL = 200
"""Wordpieces of a training window: near the runtime's cores, and cheaper than full ones."""


def windows_of(encoded: Encoded, chance: random.Random | None = None) -> list[Window]:
    """Windows at sentence ends, side by side, of about equal size; `chance` varies the size."""
    total = sum(len(piece) for piece in encoded.pieces)
    usual = USUAL if chance is None else chance.randint(USUAL // 2, USUAL)
    target = total / max(1, -(-total // usual))
    bounds = set(encoded.starts)
    found: list[Window] = []
    first = size = edge = edge_size = 0
    for index, piece in enumerate(encoded.pieces):
        if index in bounds:
            edge, edge_size = index, size
        full = size + len(piece) > LONGEST
        if index > first and (full or (size >= target and index in bounds)):
            cut = edge if edge > first else index
            found.append(Window(encoded, first, cut))
            size = size - edge_size if cut == edge else 0
            first, edge_size = cut, 0
        size += len(piece)
    if first < len(encoded.pieces):
        found.append(Window(encoded, first, len(encoded.pieces)))
    return found
