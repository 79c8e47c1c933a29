"""The words the graph speaks: entity types, relations, event types, roles and quantities.

The extractors, the ontology and the evaluation all name these things from here;
`tests/test_inventory.py` holds `ontology/newsgraph.ttl` to the same lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AGENT_TYPES = (
    "Person",
    "Organization",
    "GovernmentBody",
    "MilitaryUnit",
    "ArmedGroup",
    "PoliticalParty",
    "InternationalOrganization",
    "Company",
    "MediaOrganization",
    "PopulationGroup",
    "Country",
)
ORGANIZATION_TYPES = (
    "Organization",
    "GovernmentBody",
    "MilitaryUnit",
    "ArmedGroup",
    "PoliticalParty",
    "InternationalOrganization",
    "Company",
    "MediaOrganization",
)
PLACE_TYPES = ("Country", "Region", "City", "Facility")
ENTITY_TYPES = (
    "Person",
    *ORGANIZATION_TYPES,
    "Country",
    "Region",
    "City",
    "Facility",
    "PopulationGroup",
    "Position",
    "Agreement",
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation of the inventory: what it may link, and whether it reads both ways."""

    name: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    symmetric: bool = False


_PERSON = ("Person",)
_PLACED = (*ORGANIZATION_TYPES, "PopulationGroup")
_HOLDERS = (*ORGANIZATION_TYPES, "Country", "Region", "City")

PREDICATES = {
    predicate.name: predicate
    for predicate in (
        Predicate("holdsPosition", _PERSON, ("Position",)),
        Predicate("formerlyHeldPosition", _PERSON, ("Position",)),
        Predicate("positionOf", ("Position",), (*_HOLDERS, "Facility")),
        Predicate("leaderOf", _PERSON, (*_HOLDERS, "PopulationGroup", "Facility")),
        Predicate("memberOf", AGENT_TYPES, ORGANIZATION_TYPES),
        Predicate("memberOfParty", _PERSON, ("PoliticalParty",)),
        Predicate("employedBy", _PERSON, (*_HOLDERS, "Facility")),
        Predicate("citizenOf", _PERSON, ("Country",)),
        Predicate("affiliatedWith", _PERSON, AGENT_TYPES),
        Predicate("representative", _PERSON, (*AGENT_TYPES, "Region", "City")),
        Predicate("bornIn", _PERSON, PLACE_TYPES),
        Predicate("diedIn", _PERSON, PLACE_TYPES),
        Predicate("residesIn", ("Person", "PopulationGroup"), PLACE_TYPES),
        Predicate("educatedAt", _PERSON, (*ORGANIZATION_TYPES, "Facility")),
        Predicate("spouse", _PERSON, _PERSON, symmetric=True),
        Predicate("childOf", _PERSON, _PERSON),
        Predicate("siblingOf", _PERSON, _PERSON, symmetric=True),
        Predicate("relativeOf", _PERSON, _PERSON, symmetric=True),
        Predicate("basedIn", _PLACED, PLACE_TYPES),
        Predicate("operatesIn", _PLACED, PLACE_TYPES),
        Predicate("partOf", (*ORGANIZATION_TYPES, "PopulationGroup"), _HOLDERS),
        Predicate("foundedBy", ORGANIZATION_TYPES, AGENT_TYPES),
        Predicate("ownedBy", (*ORGANIZATION_TYPES, "Facility"), AGENT_TYPES),
        Predicate("supports", AGENT_TYPES, AGENT_TYPES),
        Predicate("alliedWith", AGENT_TYPES, AGENT_TYPES, symmetric=True),
        Predicate("hostileTo", AGENT_TYPES, AGENT_TYPES, symmetric=True),
        Predicate("designatedTerroristBy", (*ORGANIZATION_TYPES, "Person"), AGENT_TYPES),
        Predicate("signatoryTo", AGENT_TYPES, ("Agreement",)),
        Predicate("diplomaticRelationWith", ("Country",), ("Country",), symmetric=True),
        Predicate("locatedIn", PLACE_TYPES, PLACE_TYPES),
        Predicate("capitalOf", ("City",), ("Country", "Region")),
        Predicate("borders", PLACE_TYPES, PLACE_TYPES, symmetric=True),
    )
}

EVENT_GROUPS = {
    "Contact": ("Meeting", "PhoneCall", "Visit", "Negotiation", "Invitation", "Speech"),
    "Statement": (
        "Pledge",
        "Request",
        "Condemnation",
        "Accusation",
        "Rejection",
        "Threat",
        "Endorsement",
        "Apology",
    ),
    "Diplomacy": (
        "Agreement",
        "RelationsChange",
        "Cooperation",
        "Aid",
        "Sanction",
        "Concession",
        "Withdrawal",
    ),
    "Conflict": (
        "Attack",
        "MilitaryStrike",
        "Bombing",
        "Shooting",
        "Clash",
        "Abduction",
        "Killing",
        "Deployment",
        "Protest",
    ),
    "Justice": ("Arrest", "Trial", "Sentence", "Investigation", "Release"),
    "Politics": ("Election", "Appointment", "Departure", "Legislation"),
    "Life": ("Death", "Injury"),
    "Disaster": ("Accident", "Disaster"),
    "Economy": ("Transaction", "Launch", "BusinessChange"),
    "Culture": ("Competition", "Ceremony"),
}
EVENT_TYPES = tuple(name for group in EVENT_GROUPS.values() for name in group)
EVENT_GROUP_OF = {name: group for group, names in EVENT_GROUPS.items() for name in names}

ROLES = (
    "agent",
    "participant",
    "target",
    "person",
    "victim",
    "recipient",
    "instrument",
    "place",
    "origin",
    "destination",
    "topic",
    "position",
    "product",
)
ACTOR_ROLES = ("agent", "participant", "target", "person", "victim", "recipient")

QUANTITY_KINDS = ("deaths", "injured", "detained", "participants", "amount")


def is_agent(entity_type: str) -> bool:
    """Whether things of this type act: persons, organisations, groups, countries."""
    return entity_type in AGENT_TYPES


def is_place(entity_type: str) -> bool:
    """Whether things of this type have a location. A country is both place and agent."""
    return entity_type in PLACE_TYPES


def words(name: str) -> str:
    """A name of the inventory in plain words: "holdsPosition" is "holds position"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
