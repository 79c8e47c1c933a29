"""The name and the IRI of a thing: readable, and steady when articles are added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.model import CanonicalEntity, LocalId, Place
from kg.resolve.country import country_code
from kg.resolve.entities import common_type
from kg.resolve.local import Local
from kg.resolve.name import fold, slug

FULL = 0.8
"""A name with at least this share of the letters of the longest one counts as full, honorifics
aside; among full names the commonest is taken. Spellings of one name differ by a letter or two,
while a surname has half the letters of the full name."""


def canonical_entities(
    sets: Sequence[Sequence[Local]], places: Mapping[LocalId, Place] | None = None
) -> tuple[CanonicalEntity, ...]:
    """One entity for each set of local ones, sorted by id. Ids are unique.

    The id is the fullest name in the earliest article that speaks of the thing: articles that
    come later do not change it. Where two things would get one id, the earlier keeps it and the
    other's says what it is. `places` are those of local entities that GeoNames knows.
    """
    taken: dict[str, str] = {}
    entities = []
    for members in sorted(sets, key=lambda members: members[0].order):
        kind = common_type(members)
        id = _unused(slug(_first_name(members)), kind, members, taken)
        taken[id] = kind
        entities.append(_entity(id, kind, members, places or {}))
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _unused(base: str, kind: str, members: Sequence[Local], taken: Mapping[str, str]) -> str:
    """`base`, or with what tells the thing from its namesake: its type, country or post."""
    if base not in taken:
        return base
    told = [kind] if taken[base] != kind else []
    for local in members:
        told += sorted(local.within or local.countries)
        told += sorted(title for title, _ in local.posts)
    for suffix in dict.fromkeys(
        slug(words.title() if words.islower() else words) for words in told
    ):
        if (id := f"{base}_{suffix}") not in taken:
            return id
    number = 2
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def _first_name(members: Sequence[Local]) -> str:
    return members[0].entity.name


def _entity(
    id: str, kind: str, members: Sequence[Local], places: Mapping[LocalId, Place]
) -> CanonicalEntity:
    counts: Counter[str] = Counter()
    for local in members:
        counts.update(local.counts)
        counts[local.entity.name] += 0
    name = preferred_name(members, counts)
    spellings = {fold(alias): alias for alias in sorted(counts, key=lambda n: (counts[n], n))}
    aliases = sorted(alias for alias in spellings.values() if alias != name)
    return CanonicalEntity(
        id=id,
        type=kind,
        name=name,
        aliases=tuple(aliases),
        members=tuple(sorted(local.id for local in members)),
        place=_place(members, places),
    )


def _place(members: Sequence[Local], places: Mapping[LocalId, Place]) -> Place | None:
    """The place that most of the mentions mean, the earlier one on a tie."""
    votes: Counter[Place] = Counter()
    for local in members:
        if local.id in places:
            votes[places[local.id]] += len(local.entity.mentions)
    return votes.most_common(1)[0][0] if votes else None


def preferred_name(members: Sequence[Local], counts: Counter[str]) -> str:
    """The commonest of the fullest names; for a country its everyday English name."""
    if members[0].family == "country" and (name := _country_name(members)):
        return name
    letters = {local.entity.name: sum(map(len, local.form)) for local in members}
    longest = max(letters.values())
    full = [name for name, length in letters.items() if length >= FULL * longest]
    return min(full, key=lambda name: (-counts[name], -len(name), name))


def _country_name(members: Sequence[Local]) -> str | None:
    import pycountry

    code = country_code(members[0].entity.name)
    country = pycountry.countries.get(alpha_3=code) if code else None
    if country is None:
        return None
    return str(getattr(country, "common_name", country.name)).split(",")[0]
