"""One local entity as resolution sees it: names, family, place in the order of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg import inventory
from kg.model import Entity, Extraction, LocalId, MentionKind
from kg.resolve.name import fold, person_tokens, tokens
from kg.resolve.title import title

FAMILIES = {
    **dict.fromkeys(inventory.ORGANIZATION_TYPES, "organization"),
    "Person": "person",
    "Country": "country",
    "Region": "place",
    "City": "place",
    "Facility": "facility",
    "PopulationGroup": "group",
    "Position": "position",
    "Agreement": "agreement",
}
"""Types that name the same kind of thing: an extractor may call one body an Organization in one
article and a GovernmentBody in the next, but a person is never a place."""

PLACE_WORDS = frozenset("province state region county governorate prefecture".split())
"""Words that may follow the name of a place and are left out at will: "Sistan province"."""

Order = tuple[date, str, int]
"""Sorts local entities as their articles appeared; undated articles come last."""


@dataclass(frozen=True)
class Local:
    """A local entity with what its article tells about it.

    `counts` are its names as written with how often they stand there, `demonyms` the adjectives
    that stand for it; `countries` are folded names of the countries it is tied to by a post,
    citizenship or place; `within` are folded names of the places said to contain it; `posts` are
    the posts a person holds or held, as (title, body), folded, body "" when untold; `company` are
    the folded names of the other named things of its article.
    """

    id: LocalId
    entity: Entity
    order: Order
    counts: Counter[str]
    demonyms: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    posts: frozenset[tuple[str, str]] = frozenset()
    company: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """The kind of thing, within which names are compared."""
        return FAMILIES[self.entity.type]

    @cached_property
    def form(self) -> tuple[str, ...]:
        """The words of its fullest name, made comparable."""
        split = person_tokens if self.family == "person" else tokens
        words = split(self.entity.name) or (self.entity.name,)
        if self.family == "place" and len(words) > 1 and words[-1] in PLACE_WORDS:
            return words[:-1]
        return words

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All its names as written, sorted, demonyms not counted."""
        return tuple(sorted({self.entity.name, *self.counts}))


def locals_of(extractions: Sequence[Extraction]) -> list[Local]:
    """All local entities, in the order of their articles."""
    found = [local for extraction in extractions for local in _locals(extraction)]
    return sorted(found, key=lambda local: local.order)


def order_of(extraction: Extraction, position: int) -> Order:
    """Where the thing at `position` of its article stands among those of all articles."""
    document = extraction.document
    return (document.published or date.max, document.id, position)


def _locals(extraction: Extraction) -> list[Local]:
    document = extraction.document
    countries = _countries(extraction)
    company = frozenset(fold(entity.name) for entity in extraction.entities)
    posts = _posts(extraction)
    names = {entity.id: entity.name for entity in extraction.entities}

    def linked(id: str, predicate: str) -> frozenset[str]:
        return frozenset(
            fold(names[relation.object])
            for relation in extraction.relations
            if (relation.subject, relation.predicate) == (id, predicate)
            and relation.object in names
        )

    return [
        Local(
            id=LocalId(document.id, entity.id),
            entity=entity,
            order=order_of(extraction, position),
            counts=Counter(
                mention.span.of(document.text)
                for mention in entity.mentions
                if mention.kind is MentionKind.NAME
            ),
            demonyms=frozenset(
                mention.span.of(document.text)
                for mention in entity.mentions
                if mention.kind is MentionKind.DEMONYM
            ),
            countries=countries.get(entity.id, frozenset()),
            within=linked(entity.id, "locatedIn"),
            posts=posts.get(entity.id, frozenset()),
            company=company - {fold(entity.name)},
        )
        for position, entity in enumerate(extraction.entities)
    ]


_TIES = ("citizenOf", "partOf", "positionOf", "locatedIn", "basedIn")
_MAX_STEPS = 3
"""Person -> post -> ministry -> country is the longest chain that says where someone belongs."""


def _countries(extraction: Extraction) -> dict[str, frozenset[str]]:
    """For each entity, the folded names of the countries its article ties it to."""
    entities = {entity.id: entity for entity in extraction.entities}
    links: dict[str, list[str]] = {}
    for relation in extraction.relations:
        if relation.predicate in _TIES or relation.predicate == "holdsPosition":
            links.setdefault(relation.subject, []).append(relation.object)
    found = {}
    for start in entities:
        reached, front = set(), {start}
        for _ in range(_MAX_STEPS):
            front = {target for node in front for target in links.get(node, ())}
            reached |= {n for n in front if n in entities and entities[n].type == "Country"}
        found[start] = frozenset(fold(entities[n].name) for n in reached)
    return found


def _posts(extraction: Extraction) -> dict[str, frozenset[tuple[str, str]]]:
    """For each person, the posts held or once held."""
    names = {entity.id: entity.name for entity in extraction.entities}
    bodies = {
        relation.subject: fold(names[relation.object])
        for relation in reversed(extraction.relations)
        if relation.predicate == "positionOf" and relation.object in names
    }
    held: dict[str, set[tuple[str, str]]] = {}
    for relation in extraction.relations:
        if relation.predicate in ("holdsPosition", "formerlyHeldPosition"):
            name = names.get(relation.object, "")
            post = (title(fold(name)), bodies.get(relation.object, ""))
            held.setdefault(relation.subject, set()).add(post)
    return {person: frozenset(posts) for person, posts in held.items()}
