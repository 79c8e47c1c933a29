"""The direct triples: what is accepted as reported fact, for short everyday queries.

They are a view over the claims: nothing stands here that no claim supports. Three kinds of
triples follow from others by rule: the inverse of a symmetric relation, `kg:participant` above
the actor roles, and the least and greatest number claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.acceptance import ACCEPTANCE_THRESHOLD, Sources, facts
from kg.graph.corrections import retyped
from kg.graph.preference import preferred_interval, preferred_number
from kg.graph.rdf import TYPE, Triple, day, predicate_term, value_term
from kg.graph.strength import strongest
from kg.inventory import ACTOR_ROLES, QUANTITY_KINDS
from kg.model import (
    CanonicalEntity,
    CanonicalEvent,
    Claim,
    EntityRef,
    EventRef,
    Factuality,
    Identities,
    Status,
)

_PARTICIPANT = iri.term("participant")


def direct_triples(
    identities: Identities, claims: Iterable[Claim], sources: Sources
) -> Iterator[Triple]:
    """All triples of the default graph; repetitions are possible."""
    about: dict[EntityRef | EventRef, list[Claim]] = defaultdict(list)
    for claim in claims:
        about[claim.subject].append(claim)
    by_hand = retyped(identities)
    for entity in identities.entities:
        ref = EntityRef(entity.id)
        yield from _entity(entity, about[ref], typed=ref in by_hand)
    for event in identities.events:
        happening = EventRef(event.id)
        yield from _event(event, about[happening], sources, typed=happening in by_hand)


def _entity(entity: CanonicalEntity, claims: Sequence[Claim], *, typed: bool) -> Iterator[Triple]:
    """`typed` says that its type was set by hand, whatever the claims say."""
    node = iri.entity(entity.id)
    accepted = [claim for claim in claims if claim.status is Status.ACCEPTED]
    yield node, NamedNode(v.PREF_LABEL), Literal(entity.name)
    for alias in entity.aliases:
        if alias != entity.name:
            yield node, NamedNode(v.ALT_LABEL), Literal(alias)
    if typed or any(claim.predicate == v.TYPE for claim in accepted):
        yield from _types(node, "entity", entity.type)
    for claim in accepted:
        if claim.predicate != v.TYPE:
            for subject, predicate, value in facts(claim):
                yield iri.thing(subject), predicate_term(predicate), value_term(value)


def _event(
    event: CanonicalEvent, claims: Sequence[Claim], sources: Sources, *, typed: bool
) -> Iterator[Triple]:
    node = iri.event(event.id)
    happened = [claim for claim in claims if claim.status is Status.ACCEPTED]
    realized = any(
        claim.predicate == v.TYPE and (claim.status is Status.ACCEPTED or _happened(claim, typed))
        for claim in claims
    )
    told = happened if realized else [c for c in claims if c.status is Status.UNREALIZED]
    yield node, NamedNode(v.LABEL), Literal(event.label)
    if realized:
        yield from _types(node, "event", event.type)
    elif told:
        yield node, TYPE, iri.term(v.UNREALIZED_EVENT)
        yield node, iri.term("eventType"), iri.term(event.type)
        yield node, iri.term("factuality"), iri.term(strongest(c.factuality for c in told).value)
    yield from _roles(node, told)
    yield from _time(node, told, sources)
    yield from _quantities(node, told, sources)


def _happened(claim: Claim, typed: bool) -> bool:
    """Whether a claim of another type than the one set by hand still says that it happened."""
    return (
        typed
        and claim.factuality is Factuality.FACTUAL
        and claim.confidence >= ACCEPTANCE_THRESHOLD
        and claim.status is not Status.REJECTED
    )


def _types(node: NamedNode, kind: str, name: str) -> Iterator[Triple]:
    yield node, TYPE, iri.term(name)
    narrower = v.narrower_class(kind, name)
    if narrower:
        yield node, TYPE, iri.term(narrower)


def _roles(node: NamedNode, claims: Iterable[Claim]) -> Iterator[Triple]:
    apart = (v.TYPE, v.DATE, v.DATE_EARLIEST, v.DATE_LATEST, *QUANTITY_KINDS)
    for claim in claims:
        if claim.predicate not in apart:
            yield node, iri.term(claim.predicate), value_term(claim.object)
            if claim.predicate in ACTOR_ROLES and isinstance(claim.object, EntityRef):
                yield node, _PARTICIPANT, value_term(claim.object)


def _time(node: NamedNode, claims: Sequence[Claim], sources: Sources) -> Iterator[Triple]:
    interval = preferred_interval(claims, sources)
    if interval is None:
        return
    earliest, latest = interval
    if earliest:
        yield node, iri.term(v.DATE_EARLIEST), day(earliest)
    if latest:
        yield node, iri.term(v.DATE_LATEST), day(latest)
    if earliest and earliest == latest:
        yield node, iri.term(v.DATE), day(earliest)


def _quantities(node: NamedNode, claims: Sequence[Claim], sources: Sources) -> Iterator[Triple]:
    for kind in QUANTITY_KINDS:
        counted = [claim for claim in claims if claim.predicate == kind]
        if not counted:
            continue
        yield node, iri.term(kind), value_term(preferred_number(counted, sources).object)
        numbers = [claim.object for claim in counted if isinstance(claim.object, int | float)]
        if numbers:
            yield node, iri.term(v.minimum(kind)), value_term(min(numbers))
            yield node, iri.term(v.maximum(kind)), value_term(max(numbers))
