"""Which posts are the same: same title, same body.

"Foreign Minister", "FM" and "caretaker Foreign Minister" of Pakistan are one post; the foreign
minister of Iran holds another. A title whose body no article tells stays with its holder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.model import Decision, Extraction, LocalId
from kg.resolve.local import Local
from kg.resolve.name import fold
from kg.resolve.title import title


def cluster(
    found: Sequence[Local],
    extractions: Sequence[Extraction],
    entity_of: Mapping[LocalId, LocalId],
) -> tuple[list[list[Local]], list[Decision]]:
    """Sets of local positions that are one post, and the decisions that made them.

    `entity_of` leads from a local entity to the first member of its cluster, so that the bodies
    of posts can be compared across articles.
    """
    bodies = _linked(extractions, entity_of, predicate="positionOf", backwards=False)
    holders = _linked(extractions, entity_of, predicate="holdsPosition", backwards=True)
    countries = _country_names(found, entity_of)
    posts = []
    for local in found:
        if local.family == "position":
            country, rest = _without_country(fold(local.entity.name), countries)
            posts.append((local, title(rest), bodies.get(local.id) or country))
    bodies_held: dict[tuple[str, LocalId], set[LocalId]] = defaultdict(set)
    for local, name, body in posts:
        if body and local.id in holders:
            bodies_held[name, holders[local.id]].add(body)
    groups: dict[tuple[str, ...], list[Local]] = defaultdict(list)
    for local, name, body in posts:
        holder = holders.get(local.id)
        held = bodies_held.get((name, holder), set()) if holder else set()
        # A bare title is the post of that title which its holder is elsewhere said to hold.
        owner = body or (next(iter(held)) if len(held) == 1 else holder) or local.id
        groups[(name, owner.document, owner.id)].append(local)
    decisions = [
        Decision(members[0].id, other.id, True, 1.0, _reason(members[0], other))
        for _, members in sorted(groups.items())
        for other in members[1:]
    ]
    return list(groups.values()), decisions


def _country_names(
    found: Sequence[Local], entity_of: Mapping[LocalId, LocalId]
) -> dict[str, LocalId]:
    """Folded names and demonyms of the countries in these articles."""
    return {
        fold(name): entity_of[local.id]
        for local in reversed(found)
        if local.family == "country"
        for name in (*local.names, *local.demonyms)
    }


def _without_country(name: str, countries: Mapping[str, LocalId]) -> tuple[LocalId | None, str]:
    """The country whose name or adjective starts or ends a post's name, and the rest of it.

    "iranian foreign minister", "Iran's foreign minister" and "foreign minister of iran" all give
    Iran and "foreign minister".
    """
    words = name.split()
    for size in (3, 2, 1):
        if len(words) <= size:
            continue
        if (front := " ".join(words[:size])) in countries:
            return countries[front], " ".join(words[size:])
        if (end := " ".join(words[-size:])) in countries and words[-size - 1] in ("of", "for"):
            return countries[end], " ".join(words[: -size - 1])
    return None, name


def _reason(left: Local, right: Local) -> str:
    return f"the same post, {left.entity.name!r} and {right.entity.name!r} of one body or holder"


def _linked(
    extractions: Sequence[Extraction],
    entity_of: Mapping[LocalId, LocalId],
    *,
    predicate: str,
    backwards: bool,
) -> dict[LocalId, LocalId]:
    """For each position, the first thing tied to it by `predicate`, as the cluster's first."""
    linked: dict[LocalId, LocalId] = {}
    for extraction in extractions:
        document = extraction.document.id
        for relation in extraction.relations:
            if relation.predicate == predicate:
                ends = (relation.subject, relation.object)
                position, other = reversed(ends) if backwards else ends
                owner = LocalId(document, other)
                if owner in entity_of:
                    linked.setdefault(LocalId(document, position), entity_of[owner])
    return linked
