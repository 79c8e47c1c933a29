"""A text to word states: cut into windows, read by the ONNX encoder, put together again.

Every text is read once, in windows of at most `LONGEST` wordpieces. Windows begin and end at
sentence ends where they can and share words at their seams; a word's state comes from the window
that holds it in its core, so no word is read without words around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.words import Word, shapes_of, words_of
from kg.extract.sentences import sentences_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

LONGEST = 254
"""Wordpieces of a window besides [CLS] and [SEP]: what the encoder was trained on."""
CORE = 214
"""Wordpieces of a window's core: the rest of the window is what its neighbours hold too."""
WORD_PIECES = 16
"""Wordpieces read of one word; longer ones are strings no vocabulary knows."""
CONTEXT = 24
"""Most wordpieces a window reads beyond its core on either side: about a sentence. Reading up to
`LONGEST` takes a third more time; names, events and relations on newsgraph dev then differ by
less than 0.005, which is noise."""
BATCH = 1
"""Windows read at once. One is fastest (no padding, all of it in the processor's cache)."""
CLS, SEP, UNKNOWN = 101, 102, 100


@dataclass(frozen=True)
class Encoding:
    """A text read: words and sentences with offsets, and a state of 384 numbers per word.

    `sentence_of[i]` is the number of the sentence of word i in `sentences`.
    """

    text: str
    words: list[Word]
    sentences: list[tuple[int, int]]
    sentence_of: NDArray[np.int64]
    states: Floats

    @cached_property
    def lower(self) -> list[str]:
        """The words in small letters."""
        return [self.text[word.start : word.end].lower() for word in self.words]

    def shown(self, first: int, last: int) -> str:
        """The text of the words `first` to `last`, inclusive."""
        return self.text[self.words[first].start : self.words[last].end]


def pieces_of(tokenizer: Tokenizer, words: list[str]) -> list[list[int]]:
    """Wordpieces per word; a word the tokeniser drops (a control character) is unknown."""
    if not words:
        return []
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in words]
    for number, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None:
            pieces[word].append(number)
    return [found[:WORD_PIECES] or [UNKNOWN] for found in pieces]


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` are read, words `core_first` to `core_last` kept (ends exclusive)."""

    first: int
    core_first: int
    core_last: int
    last: int


def windows_of(sizes: list[int], starts: set[int]) -> list[Window]:
    """Windows over words of the given piece counts; `starts` are the first words of sentences."""
    total = sum(sizes)
    if total <= LONGEST:
        return [Window(0, 0, len(sizes), len(sizes))] if sizes else []
    target = total / -(-total // CORE)  # cores of about equal size
    cores: list[tuple[int, int]] = []
    first = size = 0
    edge, edge_size = 0, 0
    for index, count in enumerate(sizes):
        if index in starts:
            edge, edge_size = index, size
        if size + count > CORE or (size >= target and index in starts):
            cut = edge if edge > first and edge_size >= target / 3 else index
            cores.append((first, cut))
            size = size - edge_size if cut == edge else 0
            first, edge_size = cut, 0
        size += count
    cores.append((first, len(sizes)))
    return [_widened(sizes, *core) for core in cores]


def _widened(sizes: list[int], core_first: int, core_last: int) -> Window:
    """The core with words of context on both sides, as many as fit."""
    room = min(LONGEST - sum(sizes[core_first:core_last]), 2 * CONTEXT)
    first, last = core_first, core_last
    left = min(CONTEXT, room // 2)
    while first > 0 and sizes[first - 1] <= left:
        first -= 1
        left -= sizes[first]
        room -= sizes[first]
    room = min(room, CONTEXT)
    while last < len(sizes) and sizes[last] <= room:
        room -= sizes[last]
        last += 1
    return Window(first, core_first, core_last, last)


class Encoder:
    """The ONNX encoder with its tokeniser."""

    def __init__(self, session: Any, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    def encode(self, text: str) -> Encoding:
        """Read the text."""
        words: list[Word] = []
        shapes: list[int] = []
        sentence_of: list[int] = []
        starts: set[int] = set()
        sentences = sentences_of(text)
        for number, (start, end) in enumerate(sentences):
            found = words_of(text, start, end)
            if found:
                starts.add(len(words))
                words += found
                shapes += shapes_of(text, found)
                sentence_of += [number] * len(found)
        pieces = pieces_of(self._tokenizer, [text[word.start : word.end] for word in words])
        states = self._states(pieces, shapes, starts)
        return Encoding(text, words, sentences, np.array(sentence_of, dtype=np.int64), states)

    def _states(self, pieces: list[list[int]], shapes: list[int], starts: set[int]) -> Floats:
        windows = windows_of([len(found) for found in pieces], starts)
        states = np.zeros((len(pieces), 384), dtype=np.float32)
        for begin in range(0, len(windows), BATCH):
            group = windows[begin : begin + BATCH]
            rows = [
                (
                    [CLS, *(p for w in range(win.first, win.last) for p in pieces[w]), SEP],
                    [0, *(shapes[w] for w in range(win.first, win.last) for _ in pieces[w]), 0],
                )
                for win in group
            ]
            length = max(len(row) for row, _ in rows)
            numbers = np.zeros((len(rows), length), dtype=np.int64)
            forms = np.zeros((len(rows), length), dtype=np.int64)
            for place, (row, form) in enumerate(rows):
                numbers[place, : len(row)] = row
                forms[place, : len(form)] = form
            (found,) = self._session.run(None, {"pieces": numbers, "shapes": forms})
            for place, win in enumerate(group):
                counts = np.array([len(pieces[w]) for w in range(win.first, win.last)])
                edges = np.concatenate([[0], np.cumsum(counts)[:-1]]) + 1
                row = found[place, : int(counts.sum()) + 1]
                means = np.add.reduceat(row, edges, axis=0) / counts[:, None]
                inside = slice(win.core_first - win.first, win.core_last - win.first)
                states[win.core_first : win.core_last] = means[inside]
        return states
