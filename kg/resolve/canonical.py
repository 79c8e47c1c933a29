"""The name and the IRI of a thing: readable, and steady when articles are added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import CanonicalEntity
from kg.resolve.country import country_code
from kg.resolve.entities import common_type
from kg.resolve.local import Local
from kg.resolve.name import fold, slug

FULL = 0.8
"""A name with at least this share of the letters of the longest one counts as full, honorifics
aside; among full names the commonest is taken. Spellings of one name differ by a letter or two,
while a surname has half the letters of the full name."""


def canonical_entities(sets: Sequence[Sequence[Local]]) -> tuple[CanonicalEntity, ...]:
    """One entity for each set of local ones, sorted by id. Ids are unique.

    The id is the fullest name in the earliest article that speaks of the thing: articles that
    come later do not change it. Where two things would get one id, the earlier keeps it and the
    other's says what it is.
    """
    by_slug: dict[str, list[Sequence[Local]]] = defaultdict(list)
    for members in sets:
        by_slug[slug(_first_name(members))].append(members)
    entities = []
    for base, rivals in by_slug.items():
        rivals.sort(key=lambda members: members[0].order)
        taken: set[str] = set()
        for members in rivals:
            id = _unused(base, common_type(members), taken)
            taken.add(id)
            entities.append(_entity(id, members))
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _unused(base: str, kind: str, taken: set[str]) -> str:
    if base not in taken:
        return base
    if f"{base}_{kind}" not in taken:
        return f"{base}_{kind}"
    number = 2
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def _first_name(members: Sequence[Local]) -> str:
    return members[0].entity.name


def _entity(id: str, members: Sequence[Local]) -> CanonicalEntity:
    counts: Counter[str] = Counter()
    for local in members:
        counts.update(local.counts)
        counts[local.entity.name] += 0
    name = preferred_name(members, counts)
    spellings = {fold(alias): alias for alias in sorted(counts, key=lambda n: (counts[n], n))}
    aliases = sorted(alias for alias in spellings.values() if alias != name)
    return CanonicalEntity(
        id=id,
        type=common_type(members),
        name=name,
        aliases=tuple(aliases),
        members=tuple(sorted(local.id for local in members)),
    )


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
