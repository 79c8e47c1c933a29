"""Hand-made extractions in a few words, for any test that needs some.

    x = extraction("Iran struck Rask.", [E("e1", "Country", "Iran"), E("e2", "City", "Rask")])

Names are found in the text by search, so a test reads as the sentence it is about. One letter
makes one thing: `E` an entity, `R` a relation, `V` an event, `A` an argument, `T` a time, `Q` a
quantity, `S` the span of some words. `same` ties local things together into `Identities`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kg.model import (
    Argument,
    Bound,
    CanonicalEntity,
    CanonicalEvent,
    Document,
    Entity,
    Event,
    EventTime,
    Extraction,
    Factuality,
    Identities,
    LocalId,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
)

Made = Callable[[Document], "Entity | Relation | Event"]
EXTRACTOR = "hand 1"


def document(text: str, id: str = "a1", *, published: str | None = None, **fields: str) -> Document:
    """A document; `published` is an ISO date."""
    day = date.fromisoformat(published) if published else None
    return Document(id=id, text=text, published=day, **fields)


def S(words: str, document: Document, occurrence: int = 0) -> Span:  # noqa: N802
    """The span of the words in the document: the first occurrence, or a later one."""
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    places = [match.start() for match in re.finditer(whole, document.text)]
    if len(places) <= occurrence:
        raise ValueError(f"{words!r} does not occur {occurrence + 1} times in {document.text!r}")
    return Span(document.id, places[occurrence], places[occurrence] + len(words))


def sentences(document: Document) -> tuple[Span, ...]:
    """One sentence a full stop, good enough for text made by hand."""
    return tuple(
        Span(document.id, match.start(), match.end())
        for match in re.finditer(r"[^\s.][^.]*\.?", document.text)
    )


def E(  # noqa: N802
    id: str,
    type: str,
    name: str,
    *others: str,
    pronouns: Sequence[str] = (),
    confidence: float = 1.0,
) -> Made:
    """An entity mentioned wherever its name or one of `others` stands in the text."""

    def make(document: Document) -> Entity:
        found = {
            Mention(Span(document.id, match.start(), match.end()), kind)
            for names, kind in (
                ((name, *others), MentionKind.NAME),
                (pronouns, MentionKind.PRONOUN),
            )
            for words in names
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", document.text)
        }
        mentions = sorted(found, key=lambda mention: mention.span)
        return Entity(id, type, name, tuple(mentions), confidence)

    return make


def R(  # noqa: N802
    subject: str,
    predicate: str,
    object: str,
    *,
    sentence: int = 0,
    factuality: Factuality = Factuality.FACTUAL,
    by: str | None = None,
    confidence: float = 1.0,
) -> Made:
    """A relation stated in one sentence. `by` is an entity id or the words of a source."""

    def make(document: Document) -> Relation:
        evidence = (sentences(document)[sentence],)
        speaker = _speaker(by, document)
        return Relation(subject, predicate, object, evidence, factuality, speaker, confidence)

    return make


def A(role: str, words: str, entity: str | None = None) -> Callable[[Document], Argument]:  # noqa: N802
    """An argument at the given words."""
    return lambda document: Argument(role, S(words, document), entity)


def T(  # noqa: N802
    words: str, earliest: str | None = None, latest: str | None = None, **fields: str
) -> Callable[[Document], EventTime]:
    """A time phrase; `latest` is `earliest` unless given. Dates are ISO."""

    def make(document: Document) -> EventTime:
        end = latest or earliest
        return EventTime(
            S(words, document),
            date.fromisoformat(earliest) if earliest else None,
            date.fromisoformat(end) if end else None,
            **fields,
        )

    return make


def Q(  # noqa: N802
    kind: str, value: float, words: str, bound: Bound = Bound.EXACT, unit: str = ""
) -> Callable[[Document], Quantity]:
    """A quantity at the given words."""
    return lambda document: Quantity(kind, value, bound, S(words, document), unit)


def V(  # noqa: N802
    id: str,
    type: str,
    trigger: str,
    *arguments: Callable[[Document], Argument],
    time: Callable[[Document], EventTime] | None = None,
    quantities: Sequence[Callable[[Document], Quantity]] = (),
    factuality: Factuality = Factuality.FACTUAL,
    by: str | None = None,
    confidence: float = 1.0,
) -> Made:
    """An event with one trigger. `by` is an entity id or the words of a source."""

    def make(document: Document) -> Event:
        return Event(
            id=id,
            type=type,
            triggers=(S(trigger, document),),
            arguments=tuple(argument(document) for argument in arguments),
            time=time(document) if time else None,
            quantities=tuple(quantity(document) for quantity in quantities),
            factuality=factuality,
            attributed_to=_speaker(by, document),
            confidence=confidence,
        )

    return make


def _speaker(by: str | None, document: Document) -> str | Span | None:
    if by is None or re.fullmatch(r"e\d+", by):
        return by
    return S(by, document)


def extraction(source: str | Document, made: Iterable[Made] = ()) -> Extraction:
    """An extraction of the text (or document) with the things made."""
    doc = document(source) if isinstance(source, str) else source
    things = [make(doc) for make in made]
    return Extraction(
        document=doc,
        extractor=EXTRACTOR,
        sentences=sentences(doc),
        entities=tuple(thing for thing in things if isinstance(thing, Entity)),
        relations=tuple(thing for thing in things if isinstance(thing, Relation)),
        events=tuple(thing for thing in things if isinstance(thing, Event)),
    )


def same(
    extractions: Sequence[Extraction], events: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> Identities:
    """Identities that tie entities by name and type, and events as `events` says.

    `events` maps a canonical id to its (article, local id) members; every other event stands
    for itself.
    """
    by_name: dict[str, list[tuple[LocalId, Entity]]] = {}
    for item in extractions:
        for entity in item.entities:
            key = re.sub(r"\W+", "_", entity.name)
            by_name.setdefault(key, []).append((LocalId(item.document.id, entity.id), entity))
    entities = tuple(
        CanonicalEntity(
            id=key,
            type=members[0][1].type,
            name=members[0][1].name,
            aliases=_aliases([entity for _, entity in members], extractions),
            members=tuple(sorted(local for local, _ in members)),
        )
        for key, members in sorted(by_name.items())
    )
    joined = {
        LocalId(*member): key for key, members in (events or {}).items() for member in members
    }
    groups: dict[str, list[tuple[LocalId, Event]]] = {}
    for item in extractions:
        for event in item.events:
            local = LocalId(item.document.id, event.id)
            groups.setdefault(joined.get(local, f"{local.document}_{local.id}"), []).append(
                (local, event)
            )
    return Identities(
        entities=entities,
        events=tuple(
            CanonicalEvent(
                id=key,
                type=members[0][1].type,
                label=f"{members[0][1].type} {key}",
                members=tuple(sorted(local for local, _ in members)),
            )
            for key, members in sorted(groups.items())
        ),
    )


def _aliases(entities: Sequence[Entity], extractions: Sequence[Extraction]) -> tuple[str, ...]:
    texts = {item.document.id: item.document.text for item in extractions}
    names = {
        mention.span.of(texts[mention.span.document])
        for entity in entities
        for mention in entity.mentions
        if mention.kind is MentionKind.NAME
    }
    return tuple(sorted(names - {entities[0].name}))
