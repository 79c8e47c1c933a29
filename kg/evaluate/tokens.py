"""Plain text from a corpus that kept only tokens, with the place of each token in it.

An extractor must see text as an article has it, not tokens with spaces between. The spacing of
the original is lost, so it is guessed from the tokens alone (never from the gold tags): commas
and closing brackets stick to the word before, opening ones to the word after, hyphens to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_CLOSING = frozenset(", . ; : ! ? ) ] } % ” … »".split())
_OPENING = frozenset("( [ { “ ‘ $ € £ ₹ # « @".split())
_JOINING = frozenset("- / –".split())
_ENDINGS = frozenset("s t re ve ll d m S n't".split())
_APOSTROPHES = frozenset("' ’".split())
_APOSTROPHE_WORDS = ("'s", "’s", "n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d")


@dataclass
class TokenText:
    """Text under construction: `places` has start and end (exclusive) of each token added."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)

    def add(self, tokens: Sequence[str], *, before: str = "") -> None:
        """Append a run of tokens; `before` separates it from what is there already."""
        pieces = [before if self.text else ""]
        length = len(self.text) + len(pieces[0])
        for gap, token in zip(gaps(tokens), tokens, strict=True):
            pieces += (gap, token)
            start = length + len(gap)
            length = start + len(token)
            self.places.append((start, length))
        self.text += "".join(pieces)


def token_text(runs: Iterable[Sequence[str]], *, between: str = "\n") -> TokenText:
    """The text of several runs of tokens (sentences or paragraphs), `between` separating them."""
    result = TokenText()
    for run in runs:
        result.add(run, before=between)
    return result


def gaps(tokens: Sequence[str]) -> list[str]:
    """The white space before each token: "" or one space."""
    result = []
    glue = True  # nothing before the first token
    open_quotes: set[str] = set()
    for position, token in enumerate(tokens):
        before = tokens[position - 1] if position else ""
        after = tokens[position + 1] if position + 1 < len(tokens) else ""
        left, right = _sticks(token, before, after, open_quotes)
        result.append("" if glue or left else " ")
        glue = right
    return result


def _sticks(token: str, before: str, after: str, open_quotes: set[str]) -> tuple[bool, bool]:
    """Whether a token sticks to the one before and to the one after."""
    if token in _CLOSING or token in _APOSTROPHE_WORDS:
        return True, False
    if token in _APOSTROPHES and after in _ENDINGS:
        return True, True
    if token == "’":  # noqa: S105 - a token of text, not a password
        return True, False
    if token in _OPENING:
        return False, True
    if token in _JOINING:
        joined = before[-1:].isalnum() and after[:1].isalnum()
        return joined, joined
    if token in ('"', "'"):
        closing = token in open_quotes
        open_quotes ^= {token}
        return closing, not closing
    return False, False
