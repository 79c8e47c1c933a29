"""English words cut to what their forms share: "attacks", "attacked" and "attack" are one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def stem(word: str) -> str:
    """The stem of a folded word; not a word itself ("polic" of police)."""
    if word in _forms():
        return _forms()[word]
    if len(word) <= 3:
        return word
    cut = re.sub(r"(?:ations?|ments?|ings?|ers?|ors?|ions?|ies|ied|edly|ed|es|s|y|e)$", "", word)
    if len(cut) < 3:
        return word
    return re.sub(r"([^aeiousl])\1$", r"\1", cut)


@cache
def _forms() -> dict[str, str]:
    text = files("kg.resolve").joinpath("data/irregular.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {form: words[0] for words in lines for form in words}
