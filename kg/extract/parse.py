"""A document as spaCy reads it: one pass, one `Doc` whose token offsets are the document's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.casing import recased
from kg.extract.gazetteer import gazetteer
from kg.extract.sentences import sentences_of
from kg.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

PIECE = 20_000
"""Characters given to the pipeline at a time; far below spaCy's `max_length`, and the parser's
memory grows with it."""
_LINE = re.compile(r"(?<=[^\n])\n(?=[^\n])")
WRAPPED_SHARE = 0.3
"""Share of single line breaks followed by a small letter from which lines count as wrapped at a
fixed width, so that a break ends no sentence."""


@dataclass(frozen=True)
class Parse:
    """A parsed document. `headlines` tells for each sentence whether it was set as a headline."""

    document: Document
    doc: Doc
    sentences: tuple[Span, ...]
    headlines: tuple[bool, ...]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the index of its sentence."""
        found = []
        current = 0
        for token in self.doc:
            while (
                current + 1 < len(self.sentences) and token.idx >= self.sentences[current + 1].start
            ):
                current += 1
            found.append(current)
        return found

    def in_headline(self, token: Token) -> bool:
        """Whether the token stands in a line that was set in title case or capitals."""
        return self.headlines[self.sentence_of[token.i]]

    def sentence(self, token: Token) -> Span:
        """The sentence of a token."""
        return self.sentences[self.sentence_of[token.i]]

    def span(self, start: int, end: int) -> Span:
        """A span of this document."""
        return Span(self.document.id, start, end)


def parse(document: Document, nlp: Language) -> Parse | None:
    """The document run through the pipeline; None when there is nothing to read."""
    text = document.text
    bounds = sentences_of(_unwrapped(text))
    if not bounds:
        return None
    cased, headlines = recased(text, bounds, gazetteer().words)
    return Parse(
        document=document,
        doc=_read(cased, bounds, nlp),
        sentences=tuple(Span(document.id, start, end) for start, end in bounds),
        headlines=tuple(headlines),
    )


def _unwrapped(text: str) -> str:
    """The text with single line breaks as spaces when they only wrap lines."""
    breaks = [match.end() for match in _LINE.finditer(text)]
    small = sum(text[after].islower() for after in breaks)
    if len(breaks) < 4 or small < WRAPPED_SHARE * len(breaks):
        return text
    return _LINE.sub(" ", text)


def _read(text: str, bounds: list[tuple[int, int]], nlp: Language) -> Doc:
    """The whole text as one `Doc`, its sentences those of `bounds`."""
    from spacy.tokens import Doc

    pieces: list[Doc] = []
    begin, sentences = 0, []
    for number, (start, _) in enumerate(bounds):
        sentences.append(start)
        last = number + 1 == len(bounds)
        if last or bounds[number + 1][1] - begin > PIECE:
            stop = len(text) if last else bounds[number + 1][0]
            pieces.append(_piece(text[begin:stop], [s - begin for s in sentences], nlp))
            begin, sentences = stop, []
    parsed = list(nlp.pipe(pieces))
    return parsed[0] if len(parsed) == 1 else Doc.from_docs(parsed, ensure_whitespace=False)


def _piece(text: str, starts: list[int], nlp: Language) -> Doc:
    """The tokens of a piece of text, with the beginnings of its sentences set."""
    doc = nlp.tokenizer(text)
    waiting = iter(starts)
    start = next(waiting, None)
    for token in doc:
        begins = start is not None and token.idx >= start
        token.is_sent_start = begins or token.i == 0
        while start is not None and token.idx >= start:
            start = next(waiting, None)
    return doc
