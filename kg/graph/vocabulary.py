"""Every IRI the graph uses, in one place.

The `kg:` terms follow from `kg.inventory`; the ontology (`ontology/newsgraph.ttl`) describes
each of them, and `tests/test_ontology.py` holds the three to one another.
"""

from __future__ import annotations

from kg.inventory import (
    ENTITY_TYPES,
    EVENT_GROUP_OF,
    EVENT_GROUPS,
    EVENT_TYPES,
    PREDICATES,
    QUANTITY_KINDS,
    ROLES,
)
from kg.model import Action, Bound, Factuality, MentionKind, Status

BASE = "https://w3id.org/newsgraph/"
KG = BASE + "ns#"
ENT = BASE + "entity/"
EV = BASE + "event/"
DOC = BASE + "article/"
CLAIM = BASE + "claim/"
SPAN = BASE + "span/"
DECISION = BASE + "decision/"
LOCAL = BASE + "local/"
CORRECTION = BASE + "correction/"
AUTHOR = BASE + "author/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
GEONAMES = "http://www.geonames.org/ontology#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"

PREFIXES = {
    "kg": KG,
    "ent": ENT,
    "ev": EV,
    "doc": DOC,
    "claim": CLAIM,
    "span": SPAN,
    "correction": CORRECTION,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "schema": SCHEMA,
    "nif": NIF,
    "wgs84": WGS84,
    "gn": GEONAMES,
}
"""Declared in every file written and for every query asked."""

IDENTITIES_GRAPH = BASE + "identities"
"""The named graph of the identity decisions."""

CORRECTIONS_GRAPH = BASE + "corrections"
"""The named graph of what people corrected."""

PLACES_GRAPH = BASE + "places"
"""The named graph of what GeoNames knows of the places, which no article has to say."""

ONTOLOGY_GRAPH = BASE + "ns"
"""The named graph that holds the ontology, so that queries can use its hierarchy and notations."""

FACTS_GRAPH = BASE + "facts"
"""The named graph of the direct triples in a remote server, which may have no default graph."""

RDF_TYPE = RDF + "type"
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
LABEL = RDFS + "label"
DERIVED_FROM = PROV + "wasDerivedFrom"

TYPE = "type"
"""The claim predicate of entity and event types; it is written as rdf:type."""

DATE, DATE_EARLIEST, DATE_LATEST, TIME_PHRASE = "date", "dateEarliest", "dateLatest", "timePhrase"
TIME_PREDICATES = (DATE, DATE_EARLIEST, DATE_LATEST, TIME_PHRASE)
UNREALIZED_EVENT = "UnrealizedEvent"

HOMONYMS = {"entity": {"Agreement": "NamedAgreement"}, "event": {"Agreement": "AgreementMaking"}}
"""An inventory name that is both an entity type and an event type: the narrower classes.

kg:Agreement is the union of the two. A treaty is `a kg:Agreement, kg:NamedAgreement`, the signing
of one is `a kg:Agreement, kg:AgreementMaking`, so that `a kg:Agreement` finds both and neither
is taken for the other in the hierarchy.
"""

_META_CLASSES = (
    "Entity",
    "Agent",
    "Place",
    "Occurrence",
    "Event",
    UNREALIZED_EVENT,
    "Claim",
    "Mention",
    "TimeExpression",
    "IdentityDecision",
    "LocalReference",
    "Correction",
    "MergeCorrection",
    "SplitCorrection",
    "RenameCorrection",
    "RetypeCorrection",
    "RejectCorrection",
    "Factuality",
    "Status",
    "Bound",
    "MentionKind",
)
_META_PROPERTIES = (
    *TIME_PREDICATES,
    "eventType",
    "factuality",
    "status",
    "statusReason",
    "confidence",
    "attributedTo",
    "extractor",
    "bound",
    "disputes",
    "expressedBy",
    "refersTo",
    "mentionKind",
    "granularity",
    "anchorDate",
    "timeBasis",
    "edtf",
    "denotes",
    "sameEntityAs",
    "differentFrom",
    "score",
    "reason",
    "corrects",
    "overruledBy",
    "copyOf",
)


def group_class(group: str) -> str:
    """The class of an event group: `Conflict` is kg:ConflictEvent (Disaster is a type as well)."""
    return group + "Event"


def narrower_class(kind: str, type_name: str) -> str | None:
    """The narrower class of a type whose name means both an entity and an event, else None."""
    return HOMONYMS[kind].get(type_name)


def superclass(event_type: str) -> str:
    """The group class an event type stands under."""
    return group_class(EVENT_GROUP_OF[event_type])


def minimum(kind: str) -> str:
    """The property of the least number any accepted claim gives: `deathsMin`."""
    return kind + "Min"


def maximum(kind: str) -> str:
    """The property of the greatest number any accepted claim gives: `deathsMax`."""
    return kind + "Max"


def correction_class(action: Action) -> str:
    """The class of corrections of one kind: `MergeCorrection`."""
    return action.value.capitalize() + "Correction"


def individual(value: Factuality | Status | Bound | MentionKind) -> str:
    """The local name of a value of the model's enumerations: `Factual`, `NameMention`."""
    if isinstance(value, MentionKind):
        return value.value.capitalize() + "Mention"
    return value.value


CLASSES = (
    *dict.fromkeys((*ENTITY_TYPES, *EVENT_TYPES)),
    *map(group_class, EVENT_GROUPS),
    *(name for names in HOMONYMS.values() for name in names.values()),
    *_META_CLASSES,
)
PROPERTIES = (
    *PREDICATES,
    *ROLES,
    *QUANTITY_KINDS,
    *map(minimum, QUANTITY_KINDS),
    *map(maximum, QUANTITY_KINDS),
    *_META_PROPERTIES,
)
INDIVIDUALS = tuple(
    individual(value) for values in (Factuality, Status, Bound, MentionKind) for value in values
)
TERMS = (*CLASSES, *PROPERTIES, *INDIVIDUALS)
"""Every local name in the kg: namespace."""
