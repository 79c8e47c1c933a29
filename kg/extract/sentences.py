"""Where sentences end: a rule that keeps abbreviations and initials whole, and offsets exact."""

from __future__ import annotations

import re

LONGEST = 1200
"""Characters after which a stretch without a full stop is cut at white space.

Not tuned: longer stretches are mostly lists and tables. The longest sentence of newsgraph train
has 1,859 characters."""

_BREAK = re.compile(r"\n+|[.!?…]+[\"'”’»)\]]*\s+|[。！？।؟]+\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“'‘])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|"
    r"Sgt|Cpl|Cmdr|Adm|Brig|Sen|Rep|Reps|Sens|Gov|Pres|Hon|Rev|Fr|St|Jr|Sr|Supt|Insp|Amb|Atty|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|Nos|vs|v|al|etc|approx|Inc|Ltd|Corp|Co|"
    r"Bros|Mt|Ft|Ave|Blvd|Rd|Dept|Univ|Fig|Vol|p|pp|Sh|Smt|Shri|Datuk|Tan Sri)\.$"
)
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Rev|St|Hon|Supt|Amb)\.$"
)


def _ends_here(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the stop that ends at `stop` closes the sentence from `start`."""
    if after >= len(text):
        return True
    following = text[after]
    if following.islower():
        return False
    head = text[max(start, stop - 16) : stop]
    if not head.endswith("."):
        return True
    if _TITLED.search(head):
        return False
    found = _ABBREVIATION.search(head)
    if not found:
        return True
    if following.isdigit():
        return False
    # "in the U.S. The ..." ends a sentence, "J. Smith" and "U.S. Senate" do not.
    inner = re.search(r"(?:[A-Za-z]\.){2,}$", head)
    word = re.match(r"\w+", text[after : after + 20])
    return bool(inner and word and word.group() in _STARTERS)


_STARTERS = frozenset(
    "The A An In On At It He She They We I But And This That These Those There When While After "
    "Before As If For However His Her Their Its You Our My".split()
)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The sentences of the text as (start, end) offsets, in order, without outer white space."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        stop = match.start() + len(match.group().rstrip())
        if match.group().strip() and not _ends_here(text, start, stop, match.end()):
            continue
        _add(text, start, stop, found)
        start = match.end()
    _add(text, start, len(text), found)
    return found


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Append the stretch, trimmed, and cut into pieces no longer than `LONGEST`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))
