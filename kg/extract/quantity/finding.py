"""The numbers of a text that count people in events, or money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.quantity.count import Piece
from kg.extract.quantity.money import CURRENCIES, CURRENCY_NAMES, money
from kg.extract.quantity.people import people
from kg.model import Quantity, Span

_ANY_CUE = re.compile(
    r"\d|[$€£¥₹₽]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"\w+ty|dozens?|"
    r"scores|hundreds?|thousands?|millions?|billions?|an?|another|several)\b",
    re.IGNORECASE,
)


# What a sentence must hold before the slower patterns are tried on it.
_PEOPLE = re.compile(
    r"kill|dead|die|dying|death|toll|slain|slay|martyr|murder|execut|assassin|massacr|behead|"
    r"perish|"
    r"drown|gunned|hanged|lynch|li(?:fe|ves)\b|succumb|fatalit|injur|wound|hurt|maim|hospital|"
    r"detain|arrest|captur|jailed|imprison|apprehend|nabb|custody|rounded|seized|remand|held|"
    r"detention|took|taken|tak(?:es?|ing)\s+part|participa|attend|gather|protest|march|rall|"
    r"demonstrat|join|turn|visit|arriv|depart|signed|compet|assembl|converg|deploy|aboard|board|"
    r"crowd|group|delegat|team|attract|drew|draw|involving|runners|athletes|spectators|left|leav|"
    r"cost|claim|slew",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"[{re.escape(''.join(sign for sign in CURRENCIES if not sign.isalpha() and len(sign) == 1))}"
    r"]|"
    rf"\b(?:{'|'.join(sorted({name.split()[-1] for name in CURRENCY_NAMES}))})\b|"
    rf"(?-i:\b(?:[A-Z]{{3}}|Rs|Re|RM|Tk|SR|QR|KD|BD|Dhs?|Ksh|T?Sh|USh|R|P)\b)",
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
        pieces = people(words) if _PEOPLE.search(words) else []
        pieces += money(words) if _MONEY.search(words) else []
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
