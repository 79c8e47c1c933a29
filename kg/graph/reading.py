"""Reads the whole graph out of a store in bulk: the `Network` that is drawn and analysed.

A handful of passes over the store, one a property, joined in memory: near-linear in the size of
the graph, where a query for each node would not be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.network import Article, Edge, Evidence, Network, Node, Value
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.graph.strength import STATUS_STRENGTH, strongest
from kg.graph.vocabulary import KG, NIF, RDF, SCHEMA
from kg.inventory import ENTITY_TYPES, EVENT_TYPES, PREDICATES, QUANTITY_KINDS, ROLES
from kg.model import Bound, Factuality, Status

if TYPE_CHECKING:
    import rdflib

_TIME_BOUNDS = (v.DATE_EARLIEST, v.DATE_LATEST)
_LITERALS = (*ROLES, *QUANTITY_KINDS, v.TIME_PHRASE)


def network(store: Store) -> Network:
    """Nodes and edges of `store` with the sentences behind them.

    A node is an entity or event that the direct triples give a type. An edge is a relation, or
    a role in an event, that some claim states, accepted or not (`Edge.status` tells); rejected
    claims are left out. A symmetric relation is one edge.
    """
    return _Reading(store).network()


def to_rdflib(store: Store) -> rdflib.Dataset:
    """The whole graph as an rdflib dataset in memory, prefixes bound.

    rdflib needs some 1.2 kB a triple and is slow to query; for large graphs ask the store.
    """
    import rdflib

    dataset = rdflib.Dataset()
    data = store.oxigraph.dump(format=ox.RdfFormat.N_QUADS) or b""
    dataset.parse(data=data, format="nquads")
    for prefix, namespace in v.PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset


@dataclass(frozen=True, slots=True)
class _Statement:
    """A claim as read from the store: terms as strings, evidence as the sentences behind it."""

    subject: str
    predicate: str
    value: str
    is_thing: bool
    article: str
    sentences: tuple[str, ...]
    words: tuple[str, ...]
    speaker: str
    factuality: Factuality
    status: Status
    confidence: float
    bound: Bound | None


class _Reading:
    """What the passes over the store found; every mapping is by IRI."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.labels = {
            **self.values(v.PREF_LABEL, direct=True),
            **self.values(v.LABEL, direct=True),
        }
        self.aliases = self.lists(v.ALT_LABEL, direct=True)
        self.begin = {s: int(text) for s, text in self.values(NIF + "beginIndex").items()}
        self.end = {s: int(text) for s, text in self.values(NIF + "endIndex").items()}
        self.text = self.values(NIF + "anchorOf")
        self.context = self.values(NIF + "referenceContext")
        self.identifier = self.values(SCHEMA + "identifier")
        self.mentions = self.read_mentions()
        self.statements = self.read_statements()

    def network(self) -> Network:
        nodes = self.nodes()
        known = {node.id for node in nodes}
        return Network(nodes, self.edges(known), self.articles())

    # passes

    def values(self, predicate: str, *, direct: bool = False) -> dict[str, str]:
        """Subject -> object of a property with one value."""
        graph = DEFAULT_GRAPH if direct else None
        quads = self.store.quads(predicate=ox.NamedNode(predicate), graph=graph)
        return {_text(quad.subject): _text(quad.object) for quad in quads}

    def lists(self, predicate: str, *, direct: bool = False) -> dict[str, list[str]]:
        """Subject -> all objects of a property."""
        graph = DEFAULT_GRAPH if direct else None
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(predicate=ox.NamedNode(predicate), graph=graph):
            found[_text(quad.subject)].append(_text(quad.object))
        return found

    def read_mentions(self) -> dict[str, dict[str, list[str]]]:
        """Entity -> sentence -> the mentions of the entity in it."""
        around = self.lists(NIF + "superString")
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for mention, things in self.lists(KG + "refersTo").items():
            for thing in things:
                for sentence in around.get(mention, [mention]):
                    found[thing][sentence].append(mention)
        return found

    def read_statements(self) -> list[_Statement]:
        predicates = self.values(RDF + "predicate")
        subjects = self.values(RDF + "subject")
        sentences, words = self.lists(v.DERIVED_FROM), self.lists(KG + "expressedBy")
        speakers, bounds = self.values(KG + "attributedTo"), self.values(KG + "bound")
        factuality, status = self.values(KG + "factuality"), self.values(KG + "status")
        confidence = self.values(KG + "confidence")
        found = []
        for quad in self.store.quads(predicate=ox.NamedNode(RDF + "object")):
            claim = _text(quad.subject)
            if not claim.startswith(v.CLAIM) or status[claim] == KG + Status.REJECTED.value:
                continue
            bound = bounds.get(claim)
            found.append(
                _Statement(
                    subject=subjects[claim],
                    predicate=_local(predicates[claim]),
                    value=_text(quad.object),
                    is_thing=isinstance(quad.object, ox.NamedNode),
                    article=_text(quad.graph_name),
                    sentences=tuple(sorted(sentences[claim], key=self.place)),
                    words=tuple(words.get(claim, ())),
                    speaker=self.name(speakers.get(claim, "")),
                    factuality=Factuality(_local(factuality[claim])),
                    status=Status(_local(status[claim])),
                    confidence=float(confidence[claim]),
                    bound=Bound(_local(bound)) if bound else None,
                )
            )
        return found

    # nodes

    def nodes(self) -> tuple[Node, ...]:
        about: dict[str, list[_Statement]] = defaultdict(list)
        for statement in self.statements:
            about[statement.subject].append(statement)
        earliest = self.values(KG + v.DATE_EARLIEST, direct=True)
        latest = self.values(KG + v.DATE_LATEST, direct=True)
        factuality = self.values(KG + "factuality", direct=True)
        facts = self.literal_facts()
        nodes = []
        for iri, type_name in self.types().items():
            is_event = iri.startswith(v.EV)
            interval = (_day(earliest.get(iri)), _day(latest.get(iri)))
            statements = about[iri]
            nodes.append(
                Node(
                    id=iri,
                    kind="event" if is_event else "entity",
                    type=type_name,
                    label=self.name(iri),
                    aliases=tuple(sorted(self.aliases.get(iri, ()))),
                    factuality=Factuality(_local(factuality.get(iri, KG + "Factual"))),
                    earliest=interval[0],
                    latest=interval[1],
                    values=(*self.dates(statements, interval), *self.literals(statements, facts)),
                    mentions=(
                        self.evidence(s for s in statements if s.predicate == v.TYPE)
                        if is_event
                        else self.named(iri)
                    ),
                )
            )
        return tuple(sorted(nodes, key=lambda node: node.id))

    def types(self) -> dict[str, str]:
        """The inventory type of every entity and event that the direct triples give one."""
        found = {}
        for predicate in (v.RDF_TYPE, KG + "eventType"):
            for iri, classes in self.lists(predicate, direct=True).items():
                known = EVENT_TYPES if iri.startswith(v.EV) else ENTITY_TYPES
                for name in map(_local, classes):
                    if name in known:
                        found[iri] = name
        return found

    def literal_facts(self) -> set[tuple[str, str, str]]:
        """The direct triples with a literal: what tells a preferred value."""
        return {
            (iri, predicate, value)
            for predicate in _LITERALS
            for iri, values in self.lists(KG + predicate, direct=True).items()
            for value in values
        }

    def named(self, iri: str) -> tuple[Evidence, ...]:
        """The sentences that mention an entity."""
        return tuple(
            self.quote(sentence, mentions)
            for sentence, mentions in sorted(
                self.mentions[iri].items(), key=lambda item: self.place(item[0])
            )
        )

    def dates(
        self, statements: Sequence[_Statement], preferred: tuple[date | None, date | None]
    ) -> tuple[Value, ...]:
        """The intervals claimed for an event, in ISO 8601 ("2023-12-01/2023-12-31")."""
        phrases: dict[tuple[str, ...], dict[str, _Statement]] = defaultdict(dict)
        for statement in statements:
            if statement.predicate in _TIME_BOUNDS:
                phrases[*statement.sentences, *sorted(statement.words)][statement.predicate] = (
                    statement
                )
        claimed: dict[tuple[date | None, date | None], list[_Statement]] = defaultdict(list)
        for pair in phrases.values():
            start, end = (pair[bound].value if bound in pair else None for bound in _TIME_BOUNDS)
            claimed[_day(start), _day(end)].append(next(iter(pair.values())))
        return tuple(
            Value(v.DATE, _interval(*interval), None, interval == preferred, self.evidence(group))
            for interval, group in sorted(claimed.items(), key=lambda item: _interval(*item[0]))
        )

    def literals(
        self, statements: Iterable[_Statement], facts: set[tuple[str, str, str]]
    ) -> tuple[Value, ...]:
        """Numbers, time phrases and roles played by a phrase."""
        groups: dict[tuple[str, str, str], list[_Statement]] = defaultdict(list)
        for statement in statements:
            if statement.predicate in _LITERALS and not statement.is_thing:
                bound = statement.bound.value if statement.bound else ""
                groups[statement.predicate, statement.value, bound].append(statement)
        return tuple(
            Value(
                predicate,
                value,
                Bound(bound) if bound else None,
                (group[0].subject, predicate, value) in facts,
                self.evidence(group),
            )
            for (predicate, value, bound), group in sorted(groups.items())
        )

    # edges

    def edges(self, known: set[str]) -> tuple[Edge, ...]:
        groups: dict[tuple[str, str, str], list[_Statement]] = defaultdict(list)
        for statement in self.statements:
            source, target = statement.subject, statement.value
            if statement.is_thing and source in known and target in known:
                predicate = PREDICATES.get(statement.predicate)
                if predicate and predicate.symmetric and target < source:
                    source, target = target, source
                groups[source, statement.predicate, target].append(statement)
        return tuple(
            Edge(
                source=source,
                target=target,
                predicate=predicate,
                factuality=strongest(statement.factuality for statement in group),
                status=min((statement.status for statement in group), key=STATUS_STRENGTH.index),
                evidence=self.evidence(group),
            )
            for (source, predicate, target), group in sorted(groups.items())
        )

    # evidence

    def evidence(self, statements: Iterable[_Statement]) -> tuple[Evidence, ...]:
        """The sentences behind claims, by article and place; one entry a claim and sentence."""
        found = {
            self.quote(
                sentence,
                [*statement.words, *self.ends(statement, sentence)],
                statement=statement,
            )
            for statement in statements
            for sentence in statement.sentences
        }
        return tuple(
            sorted(found, key=lambda e: (e.article, e.start, e.end, e.speaker, -e.confidence))
        )

    def ends(self, statement: _Statement, sentence: str) -> list[str]:
        """The mentions, in the sentence, of the two things that a relation ties."""
        if statement.predicate not in PREDICATES:
            return []
        return [
            mention
            for end in (statement.subject, statement.value)
            for mention in self.mentions[end].get(sentence, ())
        ]

    def quote(
        self, sentence: str, words: Iterable[str], *, statement: _Statement | None = None
    ) -> Evidence:
        start, end = self.begin[sentence], self.end[sentence]
        inside = {
            (self.begin[word] - start, self.end[word] - start)
            for word in words
            if self.context[word] == self.context[sentence]
            and start <= self.begin[word]
            and self.end[word] <= end
        }
        article = self.identifier[self.context[sentence]]
        quoted = Evidence(article, self.text[sentence], start, end, tuple(sorted(inside)))
        if statement is None:
            return quoted
        return Evidence(
            article=article,
            sentence=quoted.sentence,
            start=start,
            end=end,
            highlights=quoted.highlights,
            speaker=statement.speaker,
            factuality=statement.factuality,
            status=statement.status,
            confidence=statement.confidence,
        )

    def place(self, span: str) -> tuple[str, int, int]:
        return (self.context[span], self.begin[span], self.end[span])

    def name(self, iri: str) -> str:
        """The label of a thing, or the words of an unnamed source."""
        return self.labels.get(iri) or self.text.get(iri) or _local(iri)

    def articles(self) -> tuple[Article, ...]:
        titles, publishers = self.values(SCHEMA + "headline"), self.values(SCHEMA + "publisher")
        copies = self.values(KG + "copyOf")
        published, urls = self.values(SCHEMA + "datePublished"), self.values(SCHEMA + "url")
        return tuple(
            Article(
                id=id,
                title=titles.get(iri, ""),
                published=_day(published.get(iri)),
                source=publishers.get(iri, ""),
                url=urls.get(iri, ""),
                copy_of=self.identifier.get(copies.get(iri, ""), ""),
            )
            for iri, id in sorted(self.identifier.items(), key=lambda item: item[1])
        )


def _text(term: Any) -> str:
    """An IRI as a string, a literal without its datatype."""
    return str(term.value)


def _local(iri: str) -> str:
    """The part of an IRI after its namespace; rdf:type is the claim predicate `type`."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _interval(start: date | None, end: date | None) -> str:
    if start and start == end:
        return start.isoformat()
    return "/".join(day.isoformat() if day else ".." for day in (start, end))
