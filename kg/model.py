"""The data that flows through newsgraph: frozen, typed, free of RDF and of any NLP library.

Read from top to bottom it is the story of an article: a `Document` is read, `Mention`s of
`Entity`s, `Relation`s and `Event`s are found in it (together its `Extraction`), these are tied
across articles (`Identities`), and all of it becomes `Claim`s, the atoms of the graph.

All offsets are characters into `Document.text`, end exclusive. All dates are calendar dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property


class MentionKind(StrEnum):
    """How a mention refers to its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    DEMONYM = "demonym"


class Factuality(StrEnum):
    """What the article says of a statement's truth."""

    FACTUAL = "Factual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    DENIED = "Denied"


class Bound(StrEnum):
    """How a number limits the true quantity: "at least 11" is AT_LEAST 11."""

    EXACT = "Exact"
    AT_LEAST = "AtLeast"
    AT_MOST = "AtMost"
    ABOUT = "About"


class Status(StrEnum):
    """Whether a claim is taken into the direct triples, and if not, why."""

    ACCEPTED = "Accepted"
    ATTRIBUTED = "Attributed"
    UNREALIZED = "Unrealized"
    UNCERTAIN = "Uncertain"
    REJECTED = "Rejected"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text: characters `start` to `end`, end exclusive."""

    document: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves, given the text of the span's document."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span of the same document."""
        return (
            self.document == other.document and self.start <= other.start and other.end <= self.end
        )

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character of the same document."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Document:
    """An article as it was kept: `text` is exact, and every offset refers to it.

    `text` begins with the title when the article has one, so that claims made in headlines have
    a place too; `title` repeats it for display. `published` is None when it is not known. `id` is
    stable: the one the input gives, else made from the content. `source` is who published it,
    `author` who wrote it, both as the input names them.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None
    source: str = ""
    url: str = ""
    language: str = "en"
    author: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that refers to an entity."""

    span: Span
    kind: MentionKind


@dataclass(frozen=True)
class Entity:
    """A person, organisation, place, post or agreement of one article.

    `id` is local to the article; `type` is one of `inventory.ENTITY_TYPES`; `name` is the
    fullest form found in the article, without title; `mentions` are in text order.
    """

    id: str
    type: str
    name: str
    mentions: tuple[Mention, ...]
    confidence: float = 1.0


Speaker = str | Span
"""Who says something: the local id of an entity, or the span of an unnamed source."""


@dataclass(frozen=True)
class Relation:
    """A lasting tie between two entities of one article.

    `subject` and `object` are local entity ids, `predicate` one of `inventory.PREDICATES`;
    `evidence` are the sentences that say it; `confidence` is a calibrated probability.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Span, ...]
    factuality: Factuality = Factuality.FACTUAL
    attributed_to: Speaker | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Argument:
    """Who or what plays a role in an event: `entity` is a local id, or None for a phrase."""

    role: str
    span: Span
    entity: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class EventTime:
    """When an event happened, as exactly as the text allows and no more exactly.

    `earliest` and `latest` bound it, both inclusive; both are None for a phrase that cannot be
    placed ("on Monday" in an undated article). `span` is the phrase itself (None only in gold
    files that give none; an extractor always gives it). `granularity` is the unit the phrase
    speaks in (day, week, month, quarter, season, year, decade, ...). `anchor` is the date a
    relative phrase was resolved against. `basis` tells in words how a missing part was filled
    in ("year from publication date"); `edtf` is the interval in the Extended Date/Time Format
    (ISO 8601-2).
    """

    span: Span | None
    earliest: date | None = None
    latest: date | None = None
    granularity: str = "day"
    anchor: date | None = None
    basis: str = ""
    edtf: str = ""


@dataclass(frozen=True)
class Quantity:
    """A number that belongs to an event.

    `kind` is one of `inventory.QUANTITY_KINDS`. `value` counts people, or units of `unit` (an
    ISO 4217 code such as USD) for amounts. `span` is None only in gold files that give none.
    """

    kind: str
    value: float
    bound: Bound
    span: Span | None
    unit: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened, is planned, or is denied, as one article tells it.

    `type` is one of `inventory.EVENT_TYPES`; `triggers` are all words of the article that name
    the event, in text order.
    """

    id: str
    type: str
    triggers: tuple[Span, ...]
    arguments: tuple[Argument, ...] = ()
    time: EventTime | None = None
    quantities: tuple[Quantity, ...] = ()
    factuality: Factuality = Factuality.FACTUAL
    attributed_to: Speaker | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Extraction:
    """Everything found in one document: a pure function of the document and the extractor.

    `extractor` is the name and version that made it. `sentences` cover the text in order and
    serve as evidence; they need not cover the white space between them.
    """

    document: Document
    extractor: str
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()

    def sentence_at(self, span: Span) -> Span:
        """The sentence that holds the start of `span`, or `span` itself outside any sentence."""
        for sentence in self.sentences:
            if sentence.start <= span.start < sentence.end:
                return sentence
        return span


@dataclass(frozen=True, slots=True, order=True)
class LocalId:
    """An entity or event of one article: the document's id and the id within it."""

    document: str
    id: str


@dataclass(frozen=True)
class Place:
    """A place as GeoNames knows it.

    `geonames` is its id there, `kind` one of continent, country, province, district, city;
    `country` the ISO 3166 code of two letters ("" for a continent); `latitude` and `longitude` are
    degrees (WGS84), None for regions; `within` is the next larger place, up to the country.
    """

    geonames: int
    kind: str
    name: str
    country: str
    latitude: float | None = None
    longitude: float | None = None
    within: Place | None = None


@dataclass(frozen=True)
class CanonicalEntity:
    """One real thing, and the local entities of all articles that speak of it.

    `id` is the readable local name of its IRI ("Jalil_Abbas_Jilani"); `aliases` are its other
    names, sorted; `place` says where it lies when it is a place that GeoNames knows.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    members: tuple[LocalId, ...]
    place: Place | None = None


@dataclass(frozen=True)
class CanonicalEvent:
    """One real event, and the local events of all articles that report it.

    `id` is the readable local name of its IRI ("Attack_2023-12_Rask"); `label` is for people
    ("Attack, Rask, Dec 2023").
    """

    id: str
    type: str
    label: str
    members: tuple[LocalId, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why two local entities or events were taken as the same thing, or kept apart."""

    left: LocalId
    right: LocalId
    same: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class EntityRef:
    """A canonical entity in a claim, by id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class EventRef:
    """A canonical event in a claim, by id."""

    id: str


class Action(StrEnum):
    """What a person may do about the graph; UNDO takes another correction back."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A place in an article with the words that stood there when somebody pointed at it."""

    span: Span
    words: str


@dataclass(frozen=True)
class Target:
    """The thing a correction means: its id and name then, and places that speak of it.

    The places find it again when its id has changed or some of its articles are gone.
    """

    ref: EntityRef | EventRef
    name: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Correction:
    """A person's decision about the graph, which outranks what was read and resolved.

    `number` counts from 1 in the order in which they were made; `at` is in UTC. A merge has the
    things that are one as `targets`, the first gives its IRI; a split its thing, and the mentions
    that speak of another as `quotes`; a rename or retype its thing, and the name or type as `to`.
    A reject has the claim's id as `to`, its things as `targets`, its evidence as `quotes`, its
    `predicate`, and its `value` when that is no thing. An undo has a number as `to`.
    """

    number: int
    action: Action
    by: str
    because: str
    at: datetime
    targets: tuple[Target, ...] = ()
    quotes: tuple[Quote, ...] = ()
    to: str = ""
    predicate: str = ""
    value: str = ""


@dataclass(frozen=True)
class Corrected:
    """What a correction came to among the articles at hand.

    `things` are what its targets are now, for a split followed by what was split off; `replaced`
    are ids that a merge did away with. `missing` says in words what it names that is not there
    (then nothing was done), `overruled_by` is the later correction that contradicts it.
    """

    correction: Correction
    things: tuple[EntityRef | EventRef, ...] = ()
    replaced: tuple[EntityRef | EventRef, ...] = ()
    missing: str = ""
    overruled_by: int | None = None


@dataclass(frozen=True)
class Identities:
    """Which local entities and events are the same thing, with the reasons.

    A pure function of the set of extractions and the corrections; sorted, so that the order in
    which articles were added leaves no trace. `copies` are articles that repeat another, each with
    the first one that has their words, by id.
    """

    entities: tuple[CanonicalEntity, ...] = ()
    events: tuple[CanonicalEvent, ...] = ()
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()

    @cached_property
    def entity_of(self) -> Mapping[LocalId, CanonicalEntity]:
        """The canonical entity of every local one."""
        return {member: entity for entity in self.entities for member in entity.members}

    @cached_property
    def event_of(self) -> Mapping[LocalId, CanonicalEvent]:
        """The canonical event of every local one."""
        return {member: event for event in self.events for member in event.members}


@dataclass(frozen=True, slots=True, order=True)
class ClassRef:
    """An entity or event type in a claim, by its inventory name."""

    name: str


ClaimObject = EntityRef | EventRef | ClassRef | date | int | float | str


@dataclass(frozen=True)
class Claim:
    """One statement of one article, with the words that make it: the atom of the graph.

    Entity types, relations, event types, arguments, times and quantities are all claims. `id`
    is a hash of document, subject, predicate, object, evidence and speaker. `evidence` are the
    spans that support it, sentence first; `speaker` is set when the article attributes it;
    `bound` only for quantities.
    """

    id: str
    document: str
    subject: EntityRef | EventRef
    predicate: str
    object: ClaimObject
    evidence: tuple[Span, ...]
    factuality: Factuality = Factuality.FACTUAL
    speaker: EntityRef | Span | None = None
    confidence: float = 1.0
    extractor: str = ""
    bound: Bound | None = None
    status: Status = Status.ACCEPTED
    note: str = field(default="", compare=False)
