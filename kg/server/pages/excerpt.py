"""A part of a large graph, read without touching the rest: some claims, and all they rest on.

`kg.graph.reading` reads a whole store in a few passes. A page is about a handful of things, so
here the quads behind these things alone are collected, by subject and object, and the same
reading is done over them: a page says exactly what the drawing of the whole graph says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.network import Network
from kg.graph.reading import network
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import ENTITY_TYPES, EVENT_TYPES

MOST_CLAIMS = 4000
"""Claims read for one page: they take about a second. Only hubs of a very large graph have more,
and nobody reads that many; the page says how many it left out."""

MOST_MENTIONS = 1000
"""Sentences that mention a thing, read for its page; a reader gets them in portions anyway."""

_SUBJECT = ox.NamedNode(v.RDF + "subject")
_PREDICATE = ox.NamedNode(v.RDF + "predicate")
_OBJECT = ox.NamedNode(v.RDF + "object")
_TYPE = ox.NamedNode(v.RDF_TYPE)
_SPEAKER = ox.NamedNode(v.KG + "attributedTo")
_REFERS_TO = ox.NamedNode(v.KG + "refersTo")
_SUPER_STRING = ox.NamedNode(v.NIF + "superString")
_CONTEXT = ox.NamedNode(v.NIF + "referenceContext")
_TEXT = ox.NamedNode(v.NIF + "isString")
_SPAN_LINKS = (ox.NamedNode(v.DERIVED_FROM), ox.NamedNode(v.KG + "expressedBy"), _SPEAKER)


def claims_from(store: Store, thing: str) -> Iterator[ox.NamedNode]:
    """The claims with `thing` as subject, except what an entity's type is."""
    for quad in _quads(store, predicate=_SUBJECT, value=ox.NamedNode(thing)):
        if _is_claim(quad.subject) and (thing.startswith(v.EV) or not _says_type(store, quad)):
            yield quad.subject


def claims_to(store: Store, thing: str) -> Iterator[ox.NamedNode]:
    """The claims with `thing` as object."""
    for quad in _quads(store, predicate=_OBJECT, value=ox.NamedNode(thing)):
        if _is_claim(quad.subject):
            yield quad.subject


def claims_by(store: Store, speaker: str) -> Iterator[ox.NamedNode]:
    """The claims that articles attribute to `speaker`."""
    for quad in _quads(store, predicate=_SPEAKER, value=ox.NamedNode(speaker)):
        yield quad.subject


def claim_ends(store: Store, claim: ox.NamedNode) -> tuple[str, str]:
    """The IRIs that a claim is about: its subject, and its object ("" when that is a literal)."""
    subject, object = _first(store, claim, _SUBJECT), _first(store, claim, _OBJECT)
    return subject.value, object.value if isinstance(object, ox.NamedNode) else ""


class Excerpt(Store):
    """Some quads of a store, which read like a store of their own."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.oxigraph, store.path)
        self._whole = store
        self._of_predicate: dict[str, dict[ox.Quad, None]] = defaultdict(dict)
        self._of_subject: dict[str, list[ox.Quad]] = defaultdict(list)
        self._taken: set[str] = set()

    def quads(
        self,
        *,
        subject: Any = None,
        predicate: ox.NamedNode | None = None,
        value: Any = None,
        graph: Any = None,
    ) -> Iterator[ox.Quad]:
        """The quads of the excerpt that match; None matches anything."""
        if subject is not None:
            found: Iterable[ox.Quad] = self._of_subject.get(subject.value, ())
        elif predicate is not None:
            found = self._of_predicate.get(predicate.value, ())
        else:
            found = chain.from_iterable(self._of_subject.values())
        for quad in found:
            if (
                (predicate is None or quad.predicate == predicate)
                and (value is None or quad.object == value)
                and (graph is None or quad.graph_name == graph)
            ):
                yield quad

    def network(self) -> Network:
        """The things and ties that the excerpt speaks of."""
        return network(self)

    @property
    def things(self) -> frozenset[str]:
        """The entities and events that are in the excerpt."""
        return frozenset(iri for iri in self._taken if iri.startswith((v.ENT, v.EV)))

    # taking in

    def take_claims(self, claims: Iterable[ox.NamedNode], *, most: int = MOST_CLAIMS) -> int:
        """Adds claims with their evidence and both ends; how many were left out above `most`."""
        waiting = iter(sorted(set(claims), key=lambda claim: claim.value))
        for claim in islice(waiting, most):
            self._take_claim(claim)
        return sum(1 for _ in waiting)

    def take_thing(self, thing: str) -> None:
        """Adds what is taken as fact about an entity or event: names, type, dates, numbers."""
        node = ox.NamedNode(thing)
        if not self._take(node, graph=DEFAULT_GRAPH):
            return
        known = EVENT_TYPES if thing.startswith(v.EV) else ENTITY_TYPES
        types = {
            q.object.value.removeprefix(v.KG) for q in _quads(self, subject=node, predicate=_TYPE)
        }
        if not types & {*known, v.UNREALIZED_EVENT}:
            self._take_claimed_type(node, known)

    def take_mentions(self, thing: str, *, most: int = MOST_MENTIONS) -> int:
        """Adds the sentences that mention an entity; how many were left out above `most`."""
        quads = _quads(self._whole, predicate=_REFERS_TO, value=ox.NamedNode(thing))
        waiting = iter(sorted({quad.subject for quad in quads}, key=lambda span: span.value))
        for mention in islice(waiting, most):
            self._take_span(mention)
            for around in list(_quads(self, subject=mention, predicate=_SUPER_STRING)):
                self._take_span(around.object)
        return sum(1 for _ in waiting)

    def take_article(self, article: ox.NamedNode) -> None:
        """Adds an article's metadata; its text stays where it is."""
        self._take(article, graph=article, leave_out=_TEXT)

    def _take_claim(self, claim: ox.NamedNode) -> None:
        if not self._take(claim):
            return
        for link in _SPAN_LINKS:
            for quad in list(_quads(self, subject=claim, predicate=link)):
                if quad.object.value.startswith(v.SPAN):
                    self._take_span(quad.object)
                else:
                    self.take_thing(quad.object.value)
        for quad in list(_quads(self, subject=claim, predicate=_SPAN_LINKS[0])):
            self._take_mentions_in(quad.object)
        for end in claim_ends(self, claim):
            if end.startswith((v.ENT, v.EV)):
                self.take_thing(end)

    def _take_span(self, span: ox.NamedNode) -> None:
        if self._take(span):
            for quad in list(_quads(self, subject=span, predicate=_CONTEXT)):
                self.take_article(quad.object)

    def _take_mentions_in(self, sentence: ox.NamedNode) -> None:
        """The mentions in a sentence: they tell which words stand for the ends of a claim."""
        for quad in _quads(self._whole, predicate=_SUPER_STRING, value=sentence):
            self._take_span(quad.subject)

    def _take_claimed_type(self, node: ox.NamedNode, known: tuple[str, ...]) -> None:
        """A thing whose type is not settled still has a page: of the type most claims give it."""
        votes: Counter[str] = Counter()
        for quad in _quads(self._whole, predicate=_SUBJECT, value=node):
            if _says_type(self._whole, quad):
                votes[_first(self._whole, quad.subject, _OBJECT).value] += 1
        named = [iri for iri in sorted(votes, key=lambda iri: (-votes[iri], iri))
                 if iri.removeprefix(v.KG) in known]  # fmt: skip
        if named:
            self._add(ox.Quad(node, _TYPE, ox.NamedNode(named[0]), DEFAULT_GRAPH))

    def _take(
        self, node: ox.NamedNode, *, graph: Any = None, leave_out: ox.NamedNode | None = None
    ) -> bool:
        """Adds all quads with this subject; False when they are there already."""
        if node.value in self._taken:
            return False
        self._taken.add(node.value)
        for quad in _quads(self._whole, subject=node, graph=graph):
            if quad.predicate != leave_out:
                self._add(quad)
        return True

    def _add(self, quad: Any) -> None:
        of_predicate = self._of_predicate[quad.predicate.value]
        if quad not in of_predicate:
            of_predicate[quad] = None
            self._of_subject[quad.subject.value].append(quad)


def _quads(store: Store, **pattern: Any) -> Iterator[Any]:
    """`store.quads`, for graphs of this package: subjects and objects are nodes with a value."""
    return store.quads(**pattern)


def _is_claim(node: Any) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(v.CLAIM)


def _says_type(store: Store, quad: Any) -> bool:
    return bool(_first(store, quad.subject, _PREDICATE) == _TYPE)


def _first(store: Store, subject: Any, predicate: ox.NamedNode) -> Any:
    return next(_quads(store, subject=subject, predicate=predicate)).object
