"""Names of one article: found by the encoder, completed by what the article itself shows.

A string that names something in one place mostly names it everywhere in the article, so missed
occurrences can be added (`Settings.name_sure`; on newsgraph dev it changes nothing, and is off),
and all occurrences of a string vote on its type (`entities.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kg.extract.neural.encoder import Encoding
from kg.extract.neural.heads import Floats
from kg.extract.neural.labels import Labelled


@dataclass(frozen=True)
class Name:
    """A name at words `first` to `last` (inclusive).

    `types` are log scores of the entity types where it stands; `demonym` tells that it is an
    adjective or noun for a people ("Iranian"), `bracketed` that it stands alone in brackets.
    """

    first: int
    last: int
    surface: str
    types: Floats
    confidence: float
    demonym: bool
    bracketed: bool = False


def names_of(
    encoding: Encoding, found: list[Labelled], adjectives: Floats, *, sure: float
) -> list[Name]:
    """The names in text order; `adjectives` is the probability of each word being a demonym.

    Names of confidence `sure` or more are names wherever else they stand; above 1: none are.
    """
    names = [_name(encoding, item, adjectives) for item in found]
    taken = np.zeros(len(encoding.words), dtype=np.bool_)
    for name in names:
        taken[name.first : name.last + 1] = True
    return sorted([*names, *_repeated(encoding, names, taken, adjectives, sure)], key=_place)


def _place(name: Name) -> tuple[int, int]:
    return name.first, name.last


def _name(encoding: Encoding, item: Labelled, adjectives: Floats) -> Name:
    return Name(
        item.first,
        item.last,
        encoding.shown(item.first, item.last),
        item.types,
        item.confidence,
        bool(adjectives[item.first : item.last + 1].mean() > 0.5),
        _bracketed(encoding, item.first, item.last),
    )


def _bracketed(encoding: Encoding, first: int, last: int) -> bool:
    if first == 0 or last + 1 >= len(encoding.words):
        return False
    before, after = encoding.words[first - 1].start, encoding.words[last + 1].start
    return encoding.text[before] == "(" and encoding.text[after] == ")"


def _repeated(
    encoding: Encoding,
    names: list[Name],
    taken: np.ndarray[tuple[int], np.dtype[np.bool_]],
    adjectives: Floats,
    sure: float,
) -> list[Name]:
    """Further occurrences of the sure names, longest first."""
    best: dict[tuple[str, ...], Name] = {}
    shown = [encoding.text[word.start : word.end] for word in encoding.words]
    for name in names:
        key = tuple(shown[name.first : name.last + 1])
        proper = any(word[:1].isupper() for word in key) and len(name.surface) > 1
        if name.confidence >= sure and proper:
            known = best.get(key)
            if known is None or name.confidence > known.confidence:
                best[key] = name
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(best, key=lambda key: (-len(key), key)):
        starts[key[0]].append(key)
    added: list[Name] = []
    for index, word in enumerate(shown):
        for key in starts.get(word, ()):
            stop = index + len(key)
            inside = slice(index, stop)
            if taken[inside].any() or tuple(shown[inside]) != key or stop > len(shown):
                continue
            if encoding.sentence_of[index] != encoding.sentence_of[stop - 1]:
                continue
            source = best[key]
            taken[inside] = True
            added.append(
                Name(
                    index,
                    stop - 1,
                    encoding.shown(index, stop - 1),
                    source.types,
                    source.confidence * 0.9,
                    bool(adjectives[inside].mean() > 0.5),
                )
            )
            break
    return added
