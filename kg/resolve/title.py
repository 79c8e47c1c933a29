"""The title of a post: what it is called, whoever holds it and whatever body it belongs to."""

from __future__ import annotations

import re

PASSING = re.compile(
    r"^(?:(?:acting|caretaker|interim|former|ex|then|new|newly appointed|outgoing|incoming|current"
    r"|late|deposed|ousted|longtime|incumbent|designate|elect) )+|(?: (?:designate|elect))$"
)
"""Words that tell of a holder, not of the post."""

ABBREVIATIONS = {
    "fm": "foreign minister",
    "pm": "prime minister",
    "coas": "chief of army staff",
    "army chief": "chief of army staff",
    "chief of the army staff": "chief of army staff",
    "chief of staff of the army": "chief of army staff",
    "minister of foreign affairs": "foreign minister",
    "minister for foreign affairs": "foreign minister",
    "minister of interior": "interior minister",
    "minister of the interior": "interior minister",
    "minister of defence": "defence minister",
    "minister of defense": "defence minister",
    "defense minister": "defence minister",
    "minister of finance": "finance minister",
    "ceo": "chief executive officer",
    "chief executive": "chief executive officer",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "mp": "member of parliament",
    "secretary general": "secretary general",
}
"""Other ways to write a post, folded: the same office under two names."""


def title(name: str) -> str:
    """The title of a folded post name, without body and words that tell of the holder only.

    "caretaker foreign minister" gives "foreign minister", "governor of bali" gives "governor".
    """
    folded = PASSING.sub("", name)
    if folded in ABBREVIATIONS:
        return ABBREVIATIONS[folded]
    head = re.split(r" (?:of|to|for|in|at) ", folded, maxsplit=1)[0]
    if head in ("chief", "minister", "member", "head", "secretary", "director", "president"):
        return ABBREVIATIONS.get(folded, folded)
    return ABBREVIATIONS.get(head, head)
