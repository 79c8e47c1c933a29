"""The numbers of a text that count people in events, or money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.quantity.count import Piece
from kg.extract.quantity.money import money
from kg.extract.quantity.people import people
from kg.model import Quantity, Span

_ANY_CUE = re.compile(
    r"\d|[$€£¥₹₽]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens?|"
    r"scores|hundreds?|thousands?|millions?|billions?|an?|another|several)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CountedQuantity:
    """A number with what it counts, and the word that says so.

    `quantity.span` holds the number with its qualifier and the noun it counts; `cue` is the
    word that gives the kind ("killed"), where an event's trigger is most likely to be;
    `sentence` is the sentence around both.
    """

    quantity: Quantity
    cue: Span
    sentence: Span


def find_quantities(
    text: str, *, document: str, sentences: Iterable[Span]
) -> tuple[CountedQuantity, ...]:
    """Every number of `text` that counts people in an event, or money, in text order.

    `sentences` are the spans of `document` to read; nothing crosses their ends.
    """
    found: list[CountedQuantity] = []
    for sentence in sentences:
        words = sentence.of(text)
        if not _ANY_CUE.search(words):
            continue
        pieces = [*people(words), *money(words)]
        for piece in sorted(_without_overlaps(pieces), key=lambda piece: piece.start):
            found.append(_counted(piece, document, sentence))
    return tuple(found)


def _counted(piece: Piece, document: str, sentence: Span) -> CountedQuantity:
    span = Span(document, sentence.start + piece.start, sentence.start + piece.end)
    cue = Span(document, sentence.start + piece.cue_start, sentence.start + piece.cue_end)
    quantity = Quantity(piece.kind, piece.value, piece.bound, span, piece.unit)
    return CountedQuantity(quantity, cue, sentence)


def _without_overlaps(pieces: Sequence[Piece]) -> list[Piece]:
    """The surest reading of each stretch: by rank of its pattern, then the longest.

    One number may be read as two kinds ("20 people were killed and injured"); only of one kind
    it is read once.
    """
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.rank, -(p.end - p.start), p.start, p.kind)):
        clash = any(
            other.start < piece.end
            and piece.start < other.end
            and (other.kind == piece.kind or other.rank < piece.rank)
            for other in kept
        )
        if not clash:
            kept.append(piece)
    return kept
