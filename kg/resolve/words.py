"""Words in the names of organisations that say little about which one is meant."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc ag gmbh sa spa nv bv group "
    "holdings holding".split()
)
"""Words after the name of a firm that are left out at will."""

SMALL_WORDS = frozenset("of the and for in on de la le du des e y al et".split())
"""Words that give no letter to an acronym."""


SYNONYMS = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "foreign office": "foreign ministry",
    "home affairs": "interior",
    "internal affairs": "interior",
    "defense": "defence",
    "labor": "labour",
    "organization": "organisation",
    "center": "centre",
    "department": "ministry",
}
"""Other ways to say one thing in the name of a public body."""


@cache
def _generic_words() -> frozenset[str]:
    text = files("kg.resolve").joinpath("data/generic.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_generic(folded: str) -> bool:
    """Whether a folded name consists of words that bodies of every country share."""
    return all(word in _generic_words() for word in folded.split())
