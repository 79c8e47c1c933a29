"""Entities of one article: names that mean the same thing, with one type by vote."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kg.extract.gazetteer import gazetteer
from kg.extract.neural.forms import (
    adjective_of,
    alike,
    is_acronym,
    short_of,
    stands_for,
    words_of_name,
)
from kg.extract.neural.heads import Floats
from kg.extract.neural.names import Name
from kg.inventory import ENTITY_TYPES, ORGANIZATION_TYPES, PLACE_TYPES

TYPE = {name: number for number, name in enumerate(ENTITY_TYPES)}
_PERSON, _POSITION = TYPE["Person"], TYPE["Position"]
_BODIES = frozenset(TYPE[name] for name in ORGANIZATION_TYPES)
_PLACES = frozenset(TYPE[name] for name in PLACE_TYPES)


@dataclass
class Group:
    """Names of one entity; `type` is a number into `ENTITY_TYPES`, `types` the summed scores."""

    names: list[Name]
    types: Floats
    words: tuple[str, ...]
    surface: str

    @property
    def type(self) -> int:
        """The type most votes are for."""
        return int(self.types.argmax())

    @property
    def brackets(self) -> bool:
        """Whether the entity is first named in brackets."""
        return self.names[0].bracketed

    @property
    def first(self) -> int:
        """The word where the entity is first named."""
        return self.names[0].first


def entities_of(names: list[Name]) -> list[Group]:
    """The entities the names mean, in order of first mention."""
    by_string: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_string[_same_string(name)].append(name)
    groups = [_group(found) for found in by_string.values()]
    groups = _joined_countries(groups)
    groups.sort(key=lambda group: (-len(group.words), group.first))
    kept: list[Group] = []
    for group in groups:
        target = _longer(group, kept)
        if target is None:
            kept.append(group)
        else:
            _absorb(target, group)
    for group in kept:
        group.names.sort(key=lambda name: (name.first, name.last))
    return sorted(kept, key=lambda group: group.first)


def _same_string(name: Name) -> str:
    """Equal strings mean one thing; capitals throughout do not tell "IRAN" from "Iran"."""
    words = [_TITLES.get(word, word) for word in words_of_name(name.surface)]
    text = " ".join(words) or name.surface
    return text if len(text) > 3 or not is_acronym(name.surface) else name.surface


_TITLES = {
    "sen": "senator",
    "sens": "senator",
    "senators": "senator",
    "rep": "representative",
    "reps": "representative",
    "gov": "governor",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "pres": "president",
}
"""Titles as news agencies shorten them."""


def _group(names: list[Name]) -> Group:
    # The mean log score, times the square root of the count: a string seen often is surer, but
    # its occurrences are no independent witnesses.
    scores = np.stack([name.types / (name.last + 1 - name.first) for name in names])
    types = scores.sum(0) / np.sqrt(len(names))
    surface = max((name.surface for name in names), key=lambda s: (not s.isupper(), len(s)))
    return Group(list(names), types, words_of_name(surface), surface)


def _joined_countries(groups: list[Group]) -> list[Group]:
    """Names and adjectives of one country as one group."""
    known: dict[str, Group] = {}
    result = []
    for group in groups:
        country = None
        if group.type == TYPE["Country"]:
            country = gazetteer().country_of(group.surface)
        if country is None:
            result.append(group)
        elif country in known:
            _absorb(known[country], group)
        else:
            known[country] = group
            result.append(group)
    return result


def _absorb(target: Group, group: Group) -> None:
    """Add the names of `group`; the fuller name keeps its type."""
    target.names += group.names
    if all(name.demonym for name in target.names[: -len(group.names)]) and not all(
        name.demonym for name in group.names
    ):
        target.surface, target.words = group.surface, group.words


def _longer(group: Group, kept: list[Group]) -> Group | None:
    """The entity whose longer name this group's name is short for."""
    if group.type == _POSITION:
        return None
    found = []
    for other in kept:
        if not _may_be_one(group, other):
            continue
        person = other.type == _PERSON
        if alike(group.words, other.words):
            return other
        if (
            (is_acronym(group.surface) and stands_for(group.surface, other.surface))
            or _in_brackets(group, other)
            or short_of(group.words, other.words, person=person)
            or (other.type in _PLACES and _derived(group, other))
        ):
            found.append(other)
    if len(found) > 1:
        # "Sharif" after both Nawaz and Shehbaz Sharif: the one named last before it.
        before = [other for other in found if other.first <= group.first]
        if not before:
            return None
        if group.type != _PERSON:
            return None
        return max(before, key=lambda other: other.first)
    return found[0] if found else None


def _in_brackets(short: Group, full: Group) -> bool:
    """Whether the short name first stands right after the full one, in brackets."""
    places = {name.last + 2 for name in full.names}
    fits = full.type not in _PLACES and full.type != _PERSON  # "DENVER (AP)" is none
    return fits and short.brackets and short.first in places


def _derived(left: Group, right: Group) -> bool:
    return adjective_of(left.surface, right.surface) or adjective_of(right.surface, left.surface)


def _may_be_one(short: Group, full: Group) -> bool:
    """Whether types allow two names to be one thing."""
    a, b = short.type, full.type
    if a == b:
        return True
    if is_acronym(short.surface):
        return (b in _BODIES and a in _BODIES) or _in_brackets(short, full)
    if b == _PERSON and len(short.words) == 1:
        return a in _BODIES and float(short.types[a] - short.types[_PERSON]) < 1.5
    return a in _BODIES and b in _BODIES
