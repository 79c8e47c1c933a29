"""From extractions to claims: every statement of every article, with the words that make it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.errors import GraphError
from kg.graph.acceptance import with_status
from kg.graph.strength import FACTUALITY_STRENGTH
from kg.graph.vocabulary import DATE, DATE_EARLIEST, DATE_LATEST, TIME_PHRASE, TYPE
from kg.model import (
    Argument,
    Claim,
    ClaimObject,
    ClassRef,
    Entity,
    EntityRef,
    Event,
    EventRef,
    EventTime,
    Extraction,
    Factuality,
    Identities,
    LocalId,
    MentionKind,
    Quantity,
    Relation,
    Span,
)


def claims(extractions: Sequence[Extraction], identities: Identities) -> tuple[Claim, ...]:
    """All claims of the articles, with their status, sorted by article, place and content.

    A pure function: the order of `extractions` leaves no trace. Raises `GraphError` when
    `identities` do not cover an entity or event of the extractions.
    """
    found = (claim for extraction in extractions for claim in _Reader(extraction, identities).all())
    strongest: dict[str, Claim] = {}
    for claim in sorted(found, key=_weakness):
        strongest.setdefault(claim.id, claim)
    ordered = sorted(strongest.values(), key=_place)
    return with_status(ordered, identities, extractions)


def claim_id(claim: Claim) -> str:
    """A hash of what the claim says, where, and who says it: stable between runs and machines."""
    parts = (claim.document, claim.subject, claim.predicate, claim.object, claim.speaker)
    content = repr(parts) + repr([(span.start, span.end) for span in claim.evidence])
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def merge_evidence(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without repetition: sentences in text order, then the words within them."""
    unique = set(spans)
    words = {
        span for span in unique if any(other != span and other.contains(span) for other in unique)
    }
    return (*sorted(unique - words), *sorted(words))


def _weakness(claim: Claim) -> tuple[int, float, str]:
    """Sorts the same statement, made twice of the same words, by how strongly it is made."""
    return (FACTUALITY_STRENGTH.index(claim.factuality), -claim.confidence, repr(claim))


def _place(claim: Claim) -> tuple[str, Span, str, str]:
    return (claim.document, claim.evidence[0], claim.predicate, claim.id)


class _Reader:
    """Reads the claims out of one extraction."""

    def __init__(self, extraction: Extraction, identities: Identities) -> None:
        self.extraction = extraction
        self.identities = identities
        self.document = extraction.document.id
        self.entities = {entity.id: entity for entity in extraction.entities}

    def all(self) -> Iterator[Claim]:
        """Every claim of the article, in the order of the extraction."""
        for entity in self.extraction.entities:
            yield self.entity_type(entity)
        for relation in _joined(self.extraction.relations):
            yield self.relation(relation)
        for event in self.extraction.events:
            yield from self.event(event)

    def entity_type(self, entity: Entity) -> Claim:
        """That the entity is what it is, as its first naming shows."""
        names = [m for m in entity.mentions if m.kind is MentionKind.NAME] or [*entity.mentions]
        if not names:
            raise GraphError(
                f"Entity {entity.name!r} of article {self.document!r} has no mention; every "
                "entity needs the place in the text where it is named."
            )
        subject, value = self.entity_ref(entity.id), ClassRef(entity.type)
        return self.claim(subject, TYPE, value, self.at(names[0].span), entity.confidence)

    def relation(self, relation: Relation) -> Claim:
        """That the two are tied, with every sentence that says so."""
        subject, target = self.entity_ref(relation.subject), self.entity_ref(relation.object)
        return self.claim(
            subject, relation.predicate, target, relation.evidence, relation.confidence, relation
        )

    def event(self, event: Event) -> Iterator[Claim]:
        """The event's type, arguments, time and quantities, each with its own evidence."""
        subject, sure = self.event_ref(event.id), event.confidence
        yield self.claim(subject, TYPE, ClassRef(event.type), self.at(*event.triggers), sure, event)
        for places in _joined_arguments(event.arguments):
            value, evidence = self.argument(event, places)
            # An argument is no surer than the event it belongs to.
            least = min(places[0].confidence, sure)
            yield self.claim(subject, places[0].role, value, evidence, least, event)
        if event.time:
            for predicate, bound, evidence in self.time(event, event.time):
                yield self.claim(subject, predicate, bound, evidence, sure, event)
        for quantity in event.quantities:
            evidence = self.at(quantity.span or event.triggers[0])
            claim = self.claim(subject, quantity.kind, _number(quantity), evidence, sure, event)
            yield replace(claim, bound=quantity.bound)

    def argument(
        self, event: Event, places: Sequence[Argument]
    ) -> tuple[ClaimObject, tuple[Span, ...]]:
        """Who or what plays the role, and the sentences that say so."""
        first = places[0]
        spans = [argument.span for argument in places]
        evidence = self.at(*spans, *(self.nearest(event.triggers, span) for span in spans))
        if first.entity is None:
            return first.span.of(self.extraction.document.text), evidence
        mentions = [mention.span for mention in self.entities[first.entity].mentions]
        named = any(span.contains(mention) for span in evidence for mention in mentions)
        if mentions and not named:  # understood from elsewhere: show where
            evidence = merge_evidence((*evidence, *self.at(self.nearest(mentions, first.span))))
        return self.entity_ref(first.entity), evidence

    def time(
        self, event: Event, time: EventTime
    ) -> Iterator[tuple[str, ClaimObject, tuple[Span, ...]]]:
        """The bounds, the day when it is exact, and the phrase as it stands."""
        trigger = event.triggers[0] if time.span is None else time.span
        evidence = self.at(trigger)
        if time.earliest and time.latest and time.earliest == time.latest:
            yield DATE, time.earliest, evidence
        if time.earliest:
            yield DATE_EARLIEST, time.earliest, evidence
        if time.latest:
            yield DATE_LATEST, time.latest, evidence
        if time.span:
            yield TIME_PHRASE, time.span.of(self.extraction.document.text), evidence

    def nearest(self, spans: Sequence[Span], place: Span) -> Span:
        """The one of `spans` in the same sentence as `place`, else the closest to it."""
        sentence = self.extraction.sentence_at(place)
        return min(
            spans, key=lambda span: (not sentence.contains(span), abs(span.start - place.start))
        )

    def at(self, *words: Span) -> tuple[Span, ...]:
        """Evidence for what these words say: their sentences, then the words."""
        sentences = [self.extraction.sentence_at(span) for span in words]
        return merge_evidence((*sentences, *words))

    def claim(
        self,
        subject: EntityRef | EventRef,
        predicate: str,
        value: ClaimObject,
        evidence: tuple[Span, ...],
        confidence: float,
        statement: Relation | Event | None = None,
    ) -> Claim:
        """A claim with its id; `statement` tells who says it and whether it is so."""
        speaker = statement.attributed_to if statement else None
        claim = Claim(
            id="",
            document=self.document,
            subject=subject,
            predicate=predicate,
            object=value,
            evidence=evidence,
            factuality=statement.factuality if statement else Factuality.FACTUAL,
            speaker=self.entity_ref(speaker) if isinstance(speaker, str) else speaker,
            confidence=confidence,
            extractor=self.extraction.extractor,
        )
        return replace(claim, id=claim_id(claim))

    def entity_ref(self, local: str) -> EntityRef:
        entity = self.identities.entity_of.get(LocalId(self.document, local))
        if entity is None:
            raise self.unresolved("entity", local)
        return EntityRef(entity.id)

    def event_ref(self, local: str) -> EventRef:
        event = self.identities.event_of.get(LocalId(self.document, local))
        if event is None:
            raise self.unresolved("event", local)
        return EventRef(event.id)

    def unresolved(self, kind: str, local: str) -> GraphError:
        return GraphError(
            f"No identity was given to {kind} {local!r} of article {self.document!r}; resolve "
            "the same extractions that the claims are made from."
        )


def _number(quantity: Quantity) -> int | float | str:
    """The number, whole where it is whole; with its unit it is a string ("3000000 USD")."""
    value = int(quantity.value) if float(quantity.value).is_integer() else quantity.value
    return f"{value} {quantity.unit}" if quantity.unit else value


def _joined(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Relations that say the same in several sentences, as one with all of them."""
    groups: dict[tuple[object, ...], list[Relation]] = {}
    for item in relations:
        key = (item.subject, item.predicate, item.object, item.factuality, item.attributed_to)
        groups.setdefault(key, []).append(item)
    for group in groups.values():
        yield replace(
            group[0],
            evidence=merge_evidence(span for item in group for span in item.evidence),
            confidence=max(item.confidence for item in group),
        )


def _joined_arguments(arguments: Iterable[Argument]) -> Iterator[list[Argument]]:
    """Arguments grouped by role and entity; a phrase stands for itself. The surest goes first."""
    groups: dict[tuple[str, str | Span], list[Argument]] = {}
    for argument in arguments:
        groups.setdefault((argument.role, argument.entity or argument.span), []).append(argument)
    for group in groups.values():
        yield sorted(group, key=lambda item: (-item.confidence, item.span))
