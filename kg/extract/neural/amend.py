"""What rules know better of relations than the network does.

* A ministry or army named by its country is part of it: "Iranian police", "Government of Iraq".
  In newsgraph train 204 of 218 such bodies are, where the country is named in the article.
* "Former" before a title: 78 % of the posts so introduced are no longer held.
* One title, in one place, belongs to one person and to one body: the surest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from kg.extract.gazetteer import gazetteer
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.entities import TYPE, Group
from kg.extract.neural.mentions import NAME, Mentions
from kg.extract.neural.relations import Tie

BODIES = frozenset({TYPE["GovernmentBody"], TYPE["MilitaryUnit"]})
NAMED_AFTER = 0.95
"""Probability of "part of" for a body named by its country: 204 of 218, and the type may err."""
_FORMER = frozenset({"former", "formerly", "ex", "late", "erstwhile", "onetime"})
FORMER_REACH = 3
"""Words before a title in which "former" belongs to it."""
_HOLDING = frozenset({"holdsPosition", "formerlyHeldPosition"})


def amended(
    ties: Sequence[Tie], encoding: Encoding, mentions: Mentions, groups: Sequence[Group]
) -> list[Tie]:
    """The relations as the rules leave them, in the order of their entities."""
    owners = _owners(groups)
    country = TYPE["Country"]
    kept = [
        _tensed(tie, encoding, mentions)
        for tie in ties
        if not (
            tie.predicate == "partOf"
            and tie.subject in owners
            and groups[tie.object].type == country
        )
    ]
    kept = _one_each(kept, _HOLDING, lambda tie: tie.object_row)
    kept = _one_each(kept, frozenset({"positionOf"}), lambda tie: tie.subject_row)
    for body, owner in owners.items():
        row = _named_row(mentions, groups, body)
        if row is not None:
            kept.append(Tie(body, "partOf", owner, NAMED_AFTER, row, row))
    unique = {(tie.subject, tie.predicate, tie.object): tie for tie in reversed(kept)}
    return [unique[key] for key in sorted(unique)]


def _owners(groups: Sequence[Group]) -> dict[int, int]:
    """Bodies named by a country of the article, and that country."""
    known = gazetteer()
    countries: dict[str, int] = {}
    for number, group in enumerate(groups):
        if group.type == TYPE["Country"]:
            for name in group.names:
                country = known.country_of(name.surface)
                if country:
                    countries.setdefault(country, number)
    owners = {}
    for number, group in enumerate(groups):
        country = _country_in(group.surface) if group.type in BODIES else None
        if country in countries:
            owners[number] = countries[str(country)]
    return owners


def _country_in(name: str) -> str | None:
    """The country that a body's name begins with, or ends with after "of"."""
    known = gazetteer()
    words = re.sub(r"['’]s\b", "", name).split()
    for count in (1, 2):
        if len(words) > count and (found := known.country_of(" ".join(words[:count]))):
            return found
    after = re.search(r"\bof (?:the )?(.+)$", name)
    return known.country_of(after.group(1)) if after else None


def _named_row(mentions: Mentions, groups: Sequence[Group], body: int) -> int | None:
    """The row of the mention that names the body in full."""
    for name in groups[body].names:
        if name.surface == groups[body].surface:
            here = (mentions.first == name.first) & (mentions.last == name.last)
            rows = np.flatnonzero(here & (mentions.kind == NAME))
            if len(rows):
                return int(rows[0])
    return None


def _tensed(tie: Tie, encoding: Encoding, mentions: Mentions) -> Tie:
    """A post introduced as former is one formerly held."""
    if tie.predicate != "holdsPosition":
        return tie
    first = int(mentions.first[tie.object_row])
    before = encoding.lower[max(0, first - FORMER_REACH) : first]
    if _FORMER & set(before):
        return replace(tie, predicate="formerlyHeldPosition")
    return tie


def _one_each(
    ties: list[Tie], predicates: frozenset[str], place: Callable[[Tie], int]
) -> list[Tie]:
    """Of ties that rest on the same mention of a title only the surest."""
    best: dict[int, Tie] = {}
    for tie in ties:
        if tie.predicate in predicates:
            known = best.get(place(tie))
            if known is None or tie.probability > known.probability:
                best[place(tie)] = tie
    return [tie for tie in ties if tie.predicate not in predicates or best[place(tie)] is tie]
