"""Claims and articles as RDF: what stands in the named graph of each article.

The direct triples of the default graph are made in `kg.graph.direct`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.preference import disputes
from kg.graph.vocabulary import NIF, RDF, SCHEMA, XSD
from kg.model import (
    Claim,
    ClaimObject,
    ClassRef,
    Decision,
    EntityRef,
    EventRef,
    EventTime,
    Extraction,
    Identities,
    LocalId,
    Span,
)

Term = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Term]

TYPE = NamedNode(v.RDF_TYPE)
_DATE, _DECIMAL, _ANY_URI = (NamedNode(XSD + name) for name in ("date", "decimal", "anyURI"))
_SENTENCE, _PHRASE = NamedNode(NIF + "Sentence"), NamedNode(NIF + "Phrase")
_OFFSET_BASED_STRING = NamedNode(NIF + "OffsetBasedString")
_BEGIN_INDEX, _END_INDEX = NamedNode(NIF + "beginIndex"), NamedNode(NIF + "endIndex")
_ANCHOR_OF, _IS_STRING = NamedNode(NIF + "anchorOf"), NamedNode(NIF + "isString")
_REFERENCE_CONTEXT = NamedNode(NIF + "referenceContext")
_SUPER_STRING = NamedNode(NIF + "superString")
_SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(RDF + name) for name in ("subject", "predicate", "object")
)
_DERIVED_FROM = NamedNode(v.DERIVED_FROM)


def day(value: date) -> Literal:
    """A calendar date as xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def decimal(value: float) -> Literal:
    """A probability or score, rounded to four digits."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def decimal_degrees(value: float) -> Literal:
    """A latitude or longitude, to a metre."""
    return Literal(f"{value:.5f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def value_term(value: ClaimObject) -> Term:
    """The object of a claim as an RDF term."""
    match value:
        case EntityRef() | EventRef():
            return iri.thing(value)
        case ClassRef(name):
            return iri.term(name)
        case date():
            return day(value)
        case float():
            return decimal(value)
        case _:
            return Literal(value)


def predicate_term(predicate: str) -> NamedNode:
    """The property a claim predicate is written as."""
    return TYPE if predicate == v.TYPE else iri.term(predicate)


def article_quads(
    extraction: Extraction, identities: Identities, claims: Sequence[Claim]
) -> Iterator[Quad]:
    """The named graph of one article: its metadata and text, mentions, spans and claims.

    `claims` are those of this article.
    """
    graph = iri.document(extraction.document.id)
    spans = _Spans(extraction)
    triples = [*_article(extraction)]
    for claim in claims:
        triples += _claim(claim, spans)
    for entity in extraction.entities:
        canonical = identities.entity_of[LocalId(extraction.document.id, entity.id)]
        for mention in entity.mentions:
            node = spans.node(mention.span)
            triples.append((node, TYPE, iri.term("Mention")))
            triples.append((node, iri.term("refersTo"), iri.entity(canonical.id)))
            kind = iri.term(v.individual(mention.kind))
            triples.append((node, iri.term("mentionKind"), kind))
            spans.tie(mention.span)
    for event in extraction.events:
        if event.time and event.time.span:
            triples += _time(spans.node(event.time.span), event.time)
    triples += spans.triples()
    return (Quad(subject, predicate, value, graph) for subject, predicate, value in triples)


def dispute_quads(claims: Iterable[Claim]) -> Iterator[Quad]:
    """Both directions of every dispute, each in the graph of the article that makes the claim."""
    disputed = iri.term("disputes")
    for pair in disputes(claims):
        for left, right in (pair, pair[::-1]):
            graph = iri.document(left.document)
            yield Quad(iri.claim(left.id), disputed, iri.claim(right.id), graph)


def copy_quads(identities: Identities) -> Iterator[Quad]:
    """That an article repeats another, in the graph of the one that repeats."""
    for copy, first in identities.copies:
        node = iri.document(copy)
        yield Quad(node, iri.term("copyOf"), iri.document(first), node)


def identity_quads(identities: Identities) -> Iterator[Quad]:
    """The graph of identity decisions: what each local thing denotes, and why."""
    graph = NamedNode(v.IDENTITIES_GRAPH)
    denotes = iri.term("denotes")
    for entity in identities.entities:
        for member in entity.members:
            yield from _local(member, iri.entity(entity.id), denotes, graph)
    for event in identities.events:
        for member in event.members:
            yield from _local(member, iri.event(event.id), denotes, graph)
    for decision in identities.decisions:
        for triple in _decision(decision):
            yield Quad(*triple, graph)


def _local(
    member: LocalId, canonical: NamedNode, denotes: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    yield Quad(iri.local(member), TYPE, iri.term("LocalReference"), graph)
    yield Quad(iri.local(member), denotes, canonical, graph)


def _decision(decision: Decision) -> Iterator[Triple]:
    left, right = iri.local(decision.left), iri.local(decision.right)
    predicate = iri.term("sameEntityAs" if decision.same else "differentFrom")
    digest = hashlib.sha256(f"{left} {predicate} {right} {decision.reason}".encode()).hexdigest()
    node = NamedNode(v.DECISION + digest[:16])
    yield left, predicate, right
    yield node, TYPE, iri.term("IdentityDecision")
    yield node, _SUBJECT, left
    yield node, _PREDICATE, predicate
    yield node, _OBJECT, right
    yield node, iri.term("score"), decimal(decision.score)
    yield node, iri.term("reason"), Literal(decision.reason)


def _article(extraction: Extraction) -> Iterator[Triple]:
    document = extraction.document
    node = iri.document(document.id)
    yield node, TYPE, NamedNode(SCHEMA + "NewsArticle")
    yield node, TYPE, NamedNode(NIF + "Context")
    yield node, NamedNode(SCHEMA + "identifier"), Literal(document.id)
    yield node, _IS_STRING, Literal(document.text)
    if document.title:
        yield node, NamedNode(SCHEMA + "headline"), Literal(document.title)
    if document.published:
        yield node, NamedNode(SCHEMA + "datePublished"), day(document.published)
    if document.source:
        yield node, NamedNode(SCHEMA + "publisher"), Literal(document.source)
    if document.author:
        yield node, NamedNode(SCHEMA + "author"), Literal(document.author)
    if document.url:
        # A literal: an article's own word for its address need not be a valid IRI.
        yield node, NamedNode(SCHEMA + "url"), Literal(document.url, datatype=_ANY_URI)
    if document.language:
        yield node, NamedNode(SCHEMA + "inLanguage"), Literal(document.language)
    yield node, iri.term("extractor"), Literal(extraction.extractor)


def _claim(claim: Claim, spans: _Spans) -> Iterator[Triple]:
    node = iri.claim(claim.id)
    yield node, TYPE, iri.term("Claim")
    yield node, _SUBJECT, iri.thing(claim.subject)
    yield node, _PREDICATE, predicate_term(claim.predicate)
    yield node, _OBJECT, value_term(claim.object)
    for span in claim.evidence:
        words = any(other != span and other.contains(span) for other in claim.evidence)
        link = iri.term("expressedBy") if words else _DERIVED_FROM
        yield node, link, spans.node(span)
        if not words:
            spans.evidence.add(span)
    yield node, iri.term("factuality"), iri.term(claim.factuality.value)
    yield node, iri.term("confidence"), decimal(claim.confidence)
    yield node, iri.term("status"), iri.term(claim.status.value)
    yield node, iri.term("extractor"), Literal(claim.extractor)
    if claim.note:
        yield node, iri.term("statusReason"), Literal(claim.note)
    if claim.bound:
        yield node, iri.term("bound"), iri.term(claim.bound.value)
    if isinstance(claim.speaker, EntityRef):
        yield node, iri.term("attributedTo"), iri.thing(claim.speaker)
    elif claim.speaker:
        yield node, iri.term("attributedTo"), spans.node(claim.speaker)


def _time(node: NamedNode, time: EventTime) -> Iterator[Triple]:
    """How a time phrase was understood."""
    yield node, TYPE, iri.term("TimeExpression")
    yield node, iri.term("granularity"), Literal(time.granularity)
    if time.earliest:
        yield node, iri.term(v.DATE_EARLIEST), day(time.earliest)
    if time.latest:
        yield node, iri.term(v.DATE_LATEST), day(time.latest)
    if time.anchor:
        yield node, iri.term("anchorDate"), day(time.anchor)
    if time.basis:
        yield node, iri.term("timeBasis"), Literal(time.basis)
    if time.edtf:
        yield node, iri.term("edtf"), Literal(time.edtf)


class _Spans:
    """Collects the spans that one article's graph speaks of, and writes each once."""

    def __init__(self, extraction: Extraction) -> None:
        self.text = extraction.document.text
        self.context = iri.document(extraction.document.id)
        self.sentences = sorted(extraction.sentences)
        self.starts = [sentence.start for sentence in self.sentences]
        self.nodes: dict[Span, NamedNode] = {}
        self.evidence: set[Span] = set(self.sentences)
        self.tied: set[Span] = set()

    def node(self, span: Span) -> NamedNode:
        """The IRI of the span, which is written from now on."""
        node = self.nodes.get(span)
        if node is None:
            node = self.nodes[span] = iri.span(span)
        return node

    def tie(self, span: Span) -> None:
        """Have the span point to the evidence it stands in."""
        self.node(span)
        self.tied.add(span)

    def triples(self) -> Iterator[Triple]:
        """Offsets and words of every span, and the sentences that hold the mentions."""
        around = self._around()
        for span in self.tied:
            for sentence in around[span]:
                self.node(sentence)
        for span, node in self.nodes.items():
            kind = _SENTENCE if span in self.evidence else _PHRASE
            yield node, TYPE, _OFFSET_BASED_STRING
            yield node, TYPE, kind
            yield node, _BEGIN_INDEX, Literal(span.start)
            yield node, _END_INDEX, Literal(span.end)
            yield node, _ANCHOR_OF, Literal(span.of(self.text))
            yield node, _REFERENCE_CONTEXT, self.context
            for sentence in around.get(span, ()):
                yield node, _SUPER_STRING, iri.span(sentence)

    def _around(self) -> Mapping[Span, list[Span]]:
        """For each tied span the sentence, and other evidence, that contains it."""
        others = self.evidence - set(self.sentences)
        around: dict[Span, list[Span]] = defaultdict(list)
        for span in self.tied:
            at = bisect_right(self.starts, span.start) - 1
            candidates = {*others, *self.sentences[max(at, 0) : at + 1]}
            around[span] = sorted(s for s in candidates if s != span and s.contains(span))
        return around
