"""One article's report of an event, with what can be compared across articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg import inventory
from kg.model import (
    CanonicalEntity,
    Event,
    Extraction,
    Factuality,
    LocalId,
)
from kg.resolve.local import Order, order_of
from kg.resolve.name import fold
from kg.resolve.stem import stem

_STOP = frozenset(
    "the a an of in on at by to for and with from its his her their this that it was were is are "
    "be been being has have had do did does not after before up out off over".split()
)


@dataclass(frozen=True)
class Report:
    """A local event as resolution sees it; people and places are canonical ids.

    `roles` lead from a role to those who play it, in text order; `actors` are all of them who
    act or are acted upon. `places` are the places named, `around` these and everything they lie
    in, `levels` their types; `earliest` and `latest` bound its time (None when not known),
    `published` is its article's date; `triggers` are stems of the words that name it, `words`
    these and those of its arguments that are no entities. `called` are the names, as the article
    gives them, of the first place (if any, else "") and of those who act, by role.
    """

    id: LocalId
    event: Event
    order: Order
    roles: Mapping[str, tuple[str, ...]]
    actors: frozenset[str]
    places: frozenset[str]
    around: frozenset[str]
    levels: frozenset[str]
    numbers: frozenset[tuple[str, float]]
    triggers: frozenset[str]
    words: frozenset[str]
    called: tuple[str, ...]
    published: date | None

    @property
    def type(self) -> str:
        """The event type of the inventory."""
        return self.event.type

    @property
    def realized(self) -> bool:
        """Whether it is reported as having happened or possibly so: not planned, not denied."""
        return self.event.factuality in (Factuality.FACTUAL, Factuality.POSSIBLE)

    @property
    def earliest(self) -> date | None:
        """First day on which it can have happened."""
        return self.event.time.earliest if self.event.time else None

    @property
    def latest(self) -> date | None:
        """Last day on which it can have happened."""
        return self.event.time.latest if self.event.time else None


def reports_of(
    extractions: Sequence[Extraction], entities: Sequence[CanonicalEntity]
) -> list[Report]:
    """All local events, in the order of their articles."""
    entity_of = {member: entity for entity in entities for member in entity.members}
    types = {entity.id: entity.type for entity in entities}
    containers = _containers(extractions, entity_of)
    found = [
        _report(extraction, position, event, entity_of, containers, types)
        for extraction in extractions
        for position, event in enumerate(extraction.events)
    ]
    return sorted(found, key=lambda report: report.order)


def _report(
    extraction: Extraction,
    position: int,
    event: Event,
    entity_of: Mapping[LocalId, CanonicalEntity],
    containers: Mapping[str, frozenset[str]],
    types: Mapping[str, str],
) -> Report:
    document = extraction.document
    roles: dict[str, dict[str, None]] = {}
    triggers = {word for span in event.triggers for word in _words(span.of(document.text))}
    words = set(triggers)
    for argument in event.arguments:
        owner = entity_of.get(LocalId(document.id, argument.entity or ""))
        if owner is None:
            words.update(_words(argument.span.of(document.text)))
        else:
            roles.setdefault(argument.role, {}).setdefault(owner.id)
    actors = {id for role in inventory.ACTOR_ROLES for id in roles.get(role, ())}
    places = {*roles.get("place", ()), *roles.get("destination", ())}
    return Report(
        id=LocalId(document.id, event.id),
        event=event,
        order=order_of(extraction, position),
        roles={role: tuple(ids) for role, ids in roles.items()},
        actors=frozenset(actors),
        places=frozenset(places),
        around=frozenset(places).union(*(containers.get(place, frozenset()) for place in places)),
        levels=frozenset(types[place] for place in places),
        numbers=frozenset((q.kind, q.value) for q in event.quantities),
        triggers=frozenset(triggers),
        words=frozenset(words),
        called=_called(extraction, event),
        published=document.published,
    )


NAMED_ROLES = ("agent", "participant", "person", "victim", "target", "recipient")
"""Who takes part, in the order in which an event is called after them."""


def _called(extraction: Extraction, event: Event) -> tuple[str, ...]:
    """Names of the place and of the actors, from this article alone: what an IRI can rest on."""
    names = {entity.id: entity.name for entity in extraction.entities}

    def players(*roles: str) -> list[str]:
        return [
            argument.entity
            for role in roles
            for argument in event.arguments
            if argument.role == role and argument.entity in names
        ]

    place = next((names[id] for id in players("place", "destination")), "")
    return (place, *(names[id] for id in dict.fromkeys(players(*NAMED_ROLES))))


def _words(phrase: str) -> list[str]:
    """Stems of the content words, so that "attacks" meets "attacked"."""
    return [stem(word) for word in fold(phrase).split() if word not in _STOP]


_MAX_DEPTH = 6
"""Street, city, district, province, country, continent."""


def _containers(
    extractions: Sequence[Extraction], entity_of: Mapping[LocalId, CanonicalEntity]
) -> dict[str, frozenset[str]]:
    """For each place everything it lies in, by `locatedIn` at any depth in any article."""
    direct: dict[str, set[str]] = {}
    for extraction in extractions:
        document = extraction.document.id
        for relation in extraction.relations:
            if relation.predicate == "locatedIn":
                inner = entity_of.get(LocalId(document, relation.subject))
                outer = entity_of.get(LocalId(document, relation.object))
                if inner and outer and inner.id != outer.id:
                    direct.setdefault(inner.id, set()).add(outer.id)
    closed: dict[str, frozenset[str]] = {}
    for place in direct:
        reached, front = set(direct[place]), direct[place]
        for _ in range(_MAX_DEPTH):
            front = {outer for inner in front for outer in direct.get(inner, ())} - reached
            reached |= front
        closed[place] = frozenset(reached - {place})
    return closed
