"""What a part of the graph says, put for readers: ties, events and figures with their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.graph.network import Edge, Evidence, Network, Node, Value
from kg.graph.store import Store
from kg.inventory import ACTOR_ROLES, QUANTITY_KINDS
from kg.model import Bound, Status
from kg.server.pages.address import address
from kg.server.pages.quote import Quote, Quotes, Quoting
from kg.server.pages.words import (
    CERTAINTY,
    capital,
    inverse_words,
    predicate_words,
    standing,
    value_words,
)
from kg.show import words as spaced
from kg.timeline import PLACE_ROLES
from kg.view.disagreement import disputed
from kg.view.period import period_words
from kg.view.style import category_of


@dataclass(frozen=True, slots=True)
class Link:
    """A thing as a link: its name, its page, and how it is drawn (`factuality` for events)."""

    label: str
    address: str
    category: str
    type: str
    factuality: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation or role seen from one end: the other end, how certain, and the sentences."""

    other: Link
    standing: str
    quotes: Quotes


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, date or phrase told of an event. `preferred` is taken as the fact."""

    value: str
    preferred: bool
    quotes: Quotes


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is told of one property; `disputed` when it cannot all be true."""

    heading: str
    disputed: bool
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in a list. `day` is the first day it may have been, ISO, "" when unknown."""

    link: Link
    type: str
    when: str
    day: str
    certainty: str
    role: str
    who: tuple[Link, ...]
    where: tuple[Link, ...]
    figures: tuple[str, ...]
    disputed: bool
    quote: Quote | None
    sentences: int
    articles: int


@dataclass(frozen=True, slots=True)
class Section:
    """Ties of one kind under their heading."""

    heading: str
    ties: tuple[Tie, ...]


class Telling:
    """Puts a network into words."""

    def __init__(self, store: Store, network: Network) -> None:
        self.network = network
        self.node = {node.id: node for node in network.nodes}
        self.quoting = Quoting(store, network.articles)
        self.from_: dict[str, list[Edge]] = defaultdict(list)
        self.to: dict[str, list[Edge]] = defaultdict(list)
        for edge in network.edges:
            self.from_[edge.source].append(edge)
            self.to[edge.target].append(edge)

    def link(self, iri: str) -> Link:
        """A thing of the network as a link."""
        node = self.node[iri]
        return Link(
            node.label,
            address(iri),
            category_of(node.kind, node.type).name,
            spaced(node.type),
            node.factuality.value.lower(),
        )

    def tie(self, edge: Edge, other: str) -> Tie:
        """An edge seen from its end that is not `other`."""
        return Tie(
            self.link(other),
            standing(edge.factuality, edge.status),
            self.quoting.quotes(edge.evidence),
        )

    def relations(self, iri: str) -> tuple[Section, ...]:
        """The relations of an entity, accepted ones first, one section a kind and direction."""
        sections: dict[str, list[Tie]] = defaultdict(list)
        for edge in self.from_[iri]:
            if self.node[edge.source].kind == "entity":
                sections[capital(predicate_words(edge.predicate))].append(
                    self.tie(edge, edge.target)
                )
        for edge in self.to[iri]:
            if self.node[edge.source].kind == "entity" and edge.source != iri:
                sections[capital(inverse_words(edge.predicate))].append(self.tie(edge, edge.source))
        return tuple(Section(name, _surest(ties)) for name, ties in sections.items())

    def roles(self, event: str) -> tuple[Section, ...]:
        """Who and what takes part in an event, one section a role."""
        sections: dict[str, list[Tie]] = defaultdict(list)
        for edge in self.from_[event]:
            sections[capital(predicate_words(edge.predicate))].append(self.tie(edge, edge.target))
        return tuple(Section(name, _surest(ties)) for name, ties in sections.items())

    def happenings_of(self, iri: str) -> tuple[Happening, ...]:
        """The events in which an entity plays a role, in order of time, undated ones last."""
        roles: dict[str, list[str]] = defaultdict(list)
        for edge in self.to[iri]:
            if self.node[edge.source].kind == "event":
                roles[edge.source].append(edge.predicate)
        found = sorted(roles, key=lambda event: in_time(self.node[event]))
        return tuple(self.happening(event, roles[event]) for event in found)

    def happening(self, event: str, roles: Sequence[str] = ()) -> Happening:
        """An event for a list; `roles` are those of the thing the list is about."""
        node = self.node[event]
        edges = self.from_[event]
        tied = [item for edge in edges for item in edge.evidence]
        tied += [item for value in node.values for item in value.evidence]
        best = self.quoting.quotes(node.mentions or tied, most=1)
        everything = self.quoting.quotes([*node.mentions, *tied], most=0)
        start = node.earliest or node.latest
        return Happening(
            link=self.link(event),
            type=spaced(node.type),
            when=period_words(node.earliest, node.latest),
            day=start.isoformat() if start else "",
            certainty=CERTAINTY.get(node.factuality, ""),
            role=", ".join(dict.fromkeys(roles)),
            who=self._others(edges, ACTOR_ROLES),
            where=self._others(edges, PLACE_ROLES),
            figures=_preferred_figures(node),
            disputed=bool(disputed(node)),
            quote=best.shown[0] if best.shown else None,
            sentences=everything.sentences,
            articles=everything.articles,
        )

    def figures(self, iri: str) -> tuple[Figures, ...]:
        """Numbers, dates and phrases told of an event, disputed ones first."""
        node = self.node[iri]
        told: dict[str, list[Value]] = defaultdict(list)
        for value in node.values:
            told[value.predicate].append(value)
        contested = disputed(node)
        found = [
            Figures(
                _HEADING.get(name) or capital(predicate_words(name)),
                name in contested,
                tuple(self._figure(value) for value in _preferred_first(values)),
            )
            for name, values in told.items()
        ]
        return tuple(sorted(found, key=lambda figures: not figures.disputed))

    def disagreements(self, iri: str) -> tuple[Figures, ...]:
        """The figures of a thing that cannot all be true."""
        return tuple(figures for figures in self.figures(iri) if figures.disputed)

    def quotes(self, evidence: Iterable[Evidence], *, most: int) -> Quotes:
        """Sentences, at most so many of them."""
        return self.quoting.quotes(evidence, most=most)

    def _figure(self, value: Value) -> Figure:
        return Figure(value_words(value), value.preferred, self.quotes(value.evidence, most=5))

    def _others(self, edges: Iterable[Edge], roles: Sequence[str]) -> tuple[Link, ...]:
        found = sorted(
            (edge for edge in edges if edge.predicate in roles and _stated(edge)),
            key=lambda edge: (roles.index(edge.predicate), self.node[edge.target].label),
        )
        return tuple(self.link(iri) for iri in dict.fromkeys(edge.target for edge in found))


_HEADING = {"timePhrase": "Words for the time", "date": "Date"}


def in_time(node: Node) -> tuple[date, date, str]:
    """What events are ordered by: first and last day, then the IRI; no date is the end."""
    start = node.earliest or node.latest or date.max
    return (start, node.latest or start, node.id)


def _preferred_figures(node: Node) -> tuple[str, ...]:
    """The numbers taken as fact, one a kind: "deaths 11" rather than "deaths at least 11"."""
    found: dict[str, Value] = {}
    for value in node.values:
        taken = value.predicate in QUANTITY_KINDS and value.preferred
        if taken and (value.predicate not in found or value.bound is Bound.EXACT):
            found[value.predicate] = value
    return tuple(f"{spaced(name)} {value_words(value)}" for name, value in found.items())


def _stated(edge: Edge) -> bool:
    """Whether an edge says who takes part, as fact or as plan; doubtful ones stay on the page."""
    return edge.status in (Status.ACCEPTED, Status.UNREALIZED)


def _surest(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Facts before the rest, what more articles say first."""
    return tuple(
        sorted(
            ties,
            key=lambda tie: (
                bool(tie.standing),
                -tie.quotes.articles,
                -tie.quotes.sentences,
                tie.other.label,
            ),
        )
    )


def _preferred_first(values: Iterable[Value]) -> list[Value]:
    return sorted(values, key=lambda value: not value.preferred)
