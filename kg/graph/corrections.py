"""What people corrected, in the graph: who, why, when, and what came of it, in terms of PROV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import iri
from kg.graph import vocabulary as v
from kg.model import Action, Claim, Corrected, EntityRef, EventRef, Identities, Span
from kg.resolve.replay import reason

_TYPE = NamedNode(v.RDF_TYPE)
_SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(v.RDF + name) for name in ("subject", "predicate", "object")
)
_ASSOCIATED = NamedNode(v.PROV + "wasAssociatedWith")
_ENDED = NamedNode(v.PROV + "endedAtTime")
_INVALIDATED, _GENERATED = NamedNode(v.PROV + "invalidated"), NamedNode(v.PROV + "generated")
_DATE_TIME = NamedNode(v.XSD + "dateTime")

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def correction_quads(identities: Identities, claims: Sequence[Claim]) -> Iterator[Quad]:
    """The graph of corrections: all that nobody has undone, also those without effect now."""
    graph = NamedNode(v.CORRECTIONS_GRAPH)
    rejected = defaultdict(list)
    for claim, corrected in rejections(claims, identities).items():
        rejected[corrected.correction.number].append(claim)
    for corrected in identities.corrections:
        for triple in _triples(corrected, rejected[corrected.correction.number]):
            yield Quad(*triple, graph)


def rejections(claims: Sequence[Claim], identities: Identities) -> Mapping[str, Corrected]:
    """The ids of the claims that somebody rejected, with the rejection.

    A claim is known by its id or, when that has changed with an IRI in it, by what it says in
    which words: article, evidence, predicate and the things it is about.
    """
    orders = [item for item in identities.corrections if _in_effect(item, Action.REJECT)]
    if not orders:
        return {}
    by_place: dict[tuple[str, str, tuple[Span, ...]], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_place[claim.document, claim.predicate, claim.evidence].append(claim)
    found = {}
    for item in orders:
        evidence = tuple(quote.span for quote in item.correction.quotes)
        place = (evidence[0].document if evidence else "", item.correction.predicate, evidence)
        for claim in by_place.get(place, ()):
            if claim.id == item.correction.to or _says(claim, item):
                found[claim.id] = item
    return found


def with_rejections(identities: Identities, claims: Sequence[Claim]) -> tuple[Corrected, ...]:
    """What the corrections came to, also those that reject what no article claims any more."""
    found = set(rejections(claims, identities).values())
    return tuple(
        replace(item, missing=f"claim:{item.correction.to}")
        if _in_effect(item, Action.REJECT) and item not in found
        else item
        for item in identities.corrections
    )


def told(claim: Claim) -> str:
    """The object of a claim that is no thing, as a correction writes it down."""
    return str(getattr(claim.object, "name", claim.object))


def retyped(identities: Identities) -> dict[EntityRef | EventRef, Corrected]:
    """What was given its type by hand."""
    return {
        item.things[0]: item for item in identities.corrections if _in_effect(item, Action.RETYPE)
    }


def _in_effect(item: Corrected, action: Action) -> bool:
    return item.correction.action is action and not item.missing and item.overruled_by is None


def _says(claim: Claim, item: Corrected) -> bool:
    if claim.subject != item.things[0]:
        return False
    if isinstance(claim.object, EntityRef | EventRef):
        return claim.object in item.things[1:]
    return told(claim) == item.correction.value


def _triples(item: Corrected, claims: Sequence[str]) -> Iterator[Triple]:
    correction = item.correction
    node = iri.correction(correction.number)
    yield node, _TYPE, iri.term("Correction")
    yield node, _TYPE, iri.term(v.correction_class(correction.action))
    yield node, _ENDED, Literal(f"{correction.at:%Y-%m-%dT%H:%M:%SZ}", datatype=_DATE_TIME)
    if correction.by:
        author = iri.author(correction.by)
        yield node, _ASSOCIATED, author
        yield author, _TYPE, NamedNode(v.PROV + "Agent")
        yield author, NamedNode(v.LABEL), Literal(correction.by)
    yield node, iri.term("reason"), Literal(correction.because or reason(correction))
    if item.overruled_by is not None:
        yield node, iri.term("overruledBy"), iri.correction(item.overruled_by)
    if item.missing:
        return
    if correction.action is Action.REJECT:
        yield from ((node, iri.term("corrects"), iri.claim(claim)) for claim in claims)
        return
    yield from ((node, iri.term("corrects"), iri.thing(thing)) for thing in item.things)
    yield from ((node, _INVALIDATED, iri.thing(thing)) for thing in item.replaced)
    if correction.action is Action.SPLIT:
        yield from ((node, _GENERATED, iri.thing(thing)) for thing in item.things[1:])
    if correction.action is Action.RETYPE:
        yield from _statement(item, _TYPE, iri.term(correction.to))
    if correction.action is Action.RENAME:
        is_entity = isinstance(item.things[0], EntityRef)
        label = NamedNode(v.PREF_LABEL if is_entity else v.LABEL)
        yield from _statement(item, label, Literal(correction.to))


def _statement(
    item: Corrected, predicate: NamedNode, value: NamedNode | Literal
) -> Iterator[Triple]:
    """What the correction says of its thing."""
    node = iri.correction(item.correction.number)
    yield node, _SUBJECT, iri.thing(item.things[0])
    yield node, _PREDICATE, predicate
    yield node, _OBJECT, value
