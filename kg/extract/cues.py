"""Names told by a word in them: "Ministry of Foreign Affairs", "Pakistani government"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.gazetteer import gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.name import CUE, LONGEST_NAME, Name
from kg.extract.parse import Parse
from kg.extract.trim import ARTICLE_FORMS, droppable_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def cued_names(parse: Parse, barred: frozenset[int]) -> Iterator[Name]:
    """Runs of capitalised words that hold a cue word: "Ministry of Foreign Affairs"."""
    doc = parse.doc
    for start, end in _runs(parse, barred):
        while start < end and droppable_before(doc[start], ""):
            start += 1
        start = _past_plain_of(doc, start, end)
        tokens = [token.text for token in doc[start:end]]
        kind = cue_type(tokens)
        if kind and 1 < len(tokens) <= LONGEST_NAME:
            yield Name(start, end, doc[start:end].text, kind, CUE)


def _past_plain_of(doc: Doc, start: int, end: int) -> int:
    """The start of the name without "X of the" when only what follows is told by a cue:
    "Mario Cimoli of the Economic Commission"."""
    for position in range(end - 1, start, -1):
        if doc[position].lower_ in ("of", "for"):
            left = [token.text for token in doc[start:position]]
            if not any(_is_cue(word) for word in left):
                return position + 2 if doc[position + 1].lower_ == "the" else position + 1
    return start


def _is_cue(word: str) -> bool:
    return any(word in cues for kinds in _cues().values() for cues in kinds.values())


def body_names(parse: Parse) -> Iterator[Name]:
    """Bodies of a country: "Pakistani government", "US security forces"."""
    doc = parse.doc
    bodies = lexicon("types")["bodies"]
    places = gazetteer()
    for token in doc[1:]:
        pair = f"{token.lower_} {doc[token.i + 1].lower_}" if token.i + 1 < len(doc) else ""
        width = 2 if pair in bodies else 1 if token.lower_ in bodies else 0
        if not width or parse.in_headline(token):
            continue
        start = token.i - 1
        if not places.country_of(doc[start].text) and start:
            start -= 1
        if places.country_of(doc[start : token.i].text):
            end = token.i + width
            kind = bodies[pair if width == 2 else token.lower_]
            yield Name(start, end, doc[start:end].text, kind, CUE)


def _runs(parse: Parse, barred: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Capitalised words in a row, joined by "of (the)" and "for", in running text."""
    doc = parse.doc
    start = None
    position = 0
    while position < len(doc):
        token = doc[position]
        if _capitalised(token) and position not in barred and not parse.in_headline(token):
            start = position if start is None else start
            position += 1
            continue
        if start is not None:
            step = _joint(doc, position)
            if step and _capitalised(doc[position + step]) and position + step not in barred:
                position += step
                continue
            yield start, position
            start = None
        position += 1
    if start is not None:
        yield start, len(doc)


def _capitalised(token: Token) -> bool:
    return token.text[0].isupper() and not (token.is_sent_start and token.pos_ != "PROPN")


def _joint(doc: Doc, position: int) -> int:
    """Tokens of a joint inside a name at `position`: "of", "of the", "for", "and", "-"."""
    if position + 1 >= len(doc):
        return 0
    token = doc[position]
    if token.text == "-" and not token.whitespace_ and not doc[position - 1].whitespace_:
        return 1
    if token.lower_ in ARTICLE_FORMS and doc[position + 1].text == "-":
        return 2 if position + 2 < len(doc) else 0
    if token.lower_ not in ("of", "for"):
        return 0
    wide = doc[position + 1].lower_ == "the" and position + 2 < len(doc)
    return 2 if wide else 1


PLACES_OF_CUES = ("sure", "last", "first", "any")


def cue_type(tokens: list[str]) -> str | None:
    """The type that a cue word in a name of several words gives it."""
    if len(tokens) < 2:
        return None
    for place in PLACES_OF_CUES:
        for kind, cues in _cues()[place].items():
            if place == "last" and _before_of(tokens)[-1] in cues and len(_before_of(tokens)) > 1:
                return kind
            if place == "last" and tokens[-1] in cues:
                return kind
            if place == "first" and tokens[0] in cues:
                return kind
            if place in ("sure", "any") and not cues.isdisjoint(tokens):
                return kind
    return None


def _before_of(tokens: list[str]) -> list[str]:
    """The part of a name before "of": the head of "Supreme Court of India" ends it."""
    for position, token in enumerate(tokens):
        if token in ("of", "for") and position:
            return tokens[:position]
    return tokens


@cache
def _cues() -> dict[str, dict[str, frozenset[str]]]:
    entries = lexicon("types")
    return {
        place: {kind: frozenset(entry[place]) for kind, entry in entries.items() if place in entry}
        for place in PLACES_OF_CUES
    }
