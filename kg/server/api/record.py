"""What the JSON API answers with. The OpenAPI document is made of these classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Thing:
    """An entity, event or article. `id` is its short name (`ent:Iran`), `page` its page here."""

    id: str
    iri: str
    kind: str
    name: str
    type: str
    page: str


@dataclass(frozen=True)
class Sentence:
    """A sentence that says something.

    `text` is characters `start` to `end` (end exclusive) of the article with id `article`;
    `highlights` are the words that carry the statement, as offsets into `text`; `speaker` is who
    says it, "" when the article itself does.
    """

    article: str
    start: int
    end: int
    text: str
    highlights: list[tuple[int, int]]
    speaker: str
    factuality: str
    status: str
    confidence: float


@dataclass(frozen=True)
class Claim:
    """A statement with the sentences that make it.

    Its object is either a thing (`object`) or a literal (`value`). Of several values of one
    property the `preferred` one is taken as the fact; `bound` tells "at least" and the like.
    """

    subject: Thing
    predicate: str
    object: Thing | None
    value: str | None
    bound: str | None
    preferred: bool
    factuality: str
    status: str
    sentences: list[Sentence]


@dataclass(frozen=True)
class Happening:
    """An event with its time (both ends inclusive, null when unknown) and who took part.

    `disputed` names the properties on which sources contradict each other.
    """

    event: Thing
    earliest: date | None
    latest: date | None
    factuality: str
    roles: list[Role]
    disputed: list[str]


@dataclass(frozen=True)
class Role:
    """A part that a thing plays in an event."""

    role: str
    thing: Thing


@dataclass(frozen=True)
class Profile:
    """All that is known of a thing; `left_out` counts claims and sentences beyond those read."""

    thing: Thing
    aliases: list[str]
    earliest: date | None
    latest: date | None
    factuality: str
    claims: list[Claim]
    mentions: list[Sentence]
    disputed: list[str]
    left_out: int


@dataclass(frozen=True)
class Hit:
    """A thing found by name; `alias` is the other name that matched, "" for its main name."""

    thing: Thing
    alias: str


@dataclass(frozen=True)
class Found:
    """What a search finds: things by name, articles by title, or else names spelt alike."""

    query: str
    hits: list[Hit]
    articles: list[Thing]
    close: list[Thing]


@dataclass(frozen=True)
class Mention:
    """Characters `start` to `end` of an article's text that stand for a thing."""

    start: int
    end: int
    text: str
    thing: Thing


@dataclass(frozen=True)
class Article:
    """An article: where it is from, its exact text, and what is mentioned where."""

    article: Thing
    title: str
    published: date | None
    publisher: str
    url: str
    text: str
    mentions: list[Mention]


@dataclass(frozen=True)
class Surroundings:
    """The network around some things; `left_out` counts what was not read."""

    things: list[Thing]
    claims: list[Claim]
    left_out: int


@dataclass(frozen=True)
class Timeline:
    """Events in order of time, undated ones last: `total` fit, these from `offset` on."""

    total: int
    offset: int
    events: list[Happening]


@dataclass(frozen=True)
class Disagreement:
    """An event, and the values that its sources give for one property."""

    event: Thing
    predicate: str
    values: list[Claim]


@dataclass(frozen=True)
class Disagreements:
    """Where sources contradict each other; `left_out` counts events not looked at."""

    disagreements: list[Disagreement]
    left_out: int


@dataclass(frozen=True)
class Claims:
    """Claims about a thing or in an article; `left_out` counts those beyond what is read."""

    claims: list[Claim]
    left_out: int


@dataclass(frozen=True)
class Parameter:
    """A variable of a named query that takes a value: a name, `ent:Iran`, a date, a number."""

    name: str
    meaning: str
    optional: bool


@dataclass(frozen=True)
class Query:
    """A query shipped with newsgraph."""

    name: str
    description: str
    parameters: list[Parameter]
    text: str


@dataclass(frozen=True)
class Rows:
    """The answer to a query: one object a row, IRIs shortened; `complete` unless cut off."""

    columns: list[str]
    rows: list[dict[str, str | None]]
    complete: bool


@dataclass(frozen=True)
class Graph:
    """What is served: `version` changes whenever the graph does."""

    version: str
    newsgraph: str
    extractor: str
    statements: int
    articles: int
    things: dict[str, int]


@dataclass(frozen=True)
class Problem:
    """Why a request has no answer, in one sentence."""

    error: str
