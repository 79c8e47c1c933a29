"""A name where it stands, with a vote for the type of what it names."""

from __future__ import annotations

from dataclasses import dataclass

KNOWN, CUE, CONTEXT, TAGGED = 100, 20, 5, 1
"""Weight of a vote for a type: a name known beforehand decides; a cue word inside the name beats
any number of tagger votes an article holds in practice; a describing noun beside it ("militant
group X") beats a few."""

LONGEST_NAME = 12
"""Tokens. The longest names of newsgraph train have 11; longer ones are lists or sentences."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name at tokens `start` to `end` (exclusive), as spelled, with a vote for its type."""

    start: int
    end: int
    surface: str
    type: str
    weight: int
    demonym: bool = False
    headline: bool = False
