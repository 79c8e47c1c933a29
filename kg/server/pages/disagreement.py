"""Where sources disagree: figures that cannot all be true, and claims that nobody else backs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import Store
from kg.model import Status
from kg.server.pages.catalogue import catalogue
from kg.server.pages.excerpt import Excerpt
from kg.server.pages.quote import Quotes
from kg.server.pages.surroundings import happenings
from kg.server.pages.telling import Figures, Link, Telling
from kg.server.pages.words import predicate_words

PAGE = 40


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An event, and the figures told of it that cannot all be true."""

    event: Link
    when: str
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A tie that somebody claims and the graph does not take as fact."""

    subject: Link
    words: str
    object: Link
    speakers: tuple[str, ...]
    quotes: Quotes


@dataclass(frozen=True, slots=True)
class DisagreementsView:
    """What the page of disagreements shows; `left_out` counts the disputed events beyond those."""

    disagreements: tuple[Disagreement, ...]
    contested: tuple[Contested, ...]
    left_out: int


def disagreements(store: Store) -> DisagreementsView:
    """The disagreements of the whole graph."""
    disputed = catalogue(store).disputed
    return DisagreementsView(
        disagreements_of(store, disputed[:PAGE]), _contested(store), max(0, len(disputed) - PAGE)
    )


def disagreements_of(store: Store, events: Sequence[str]) -> tuple[Disagreement, ...]:
    """The disagreements about some events."""
    telling = Telling(store, happenings(store, events))
    found = []
    for iri in events:
        if iri in telling.node and (figures := telling.disagreements(iri)):
            found.append(Disagreement(telling.link(iri), telling.happening(iri).when, figures))
    return tuple(found)


def _contested(store: Store) -> tuple[Contested, ...]:
    """The claims with status Attributed: contentious, and one side's word alone."""
    status = ox.NamedNode(v.KG + Status.ATTRIBUTED.value)
    quads: Iterator[Any] = store.quads(predicate=ox.NamedNode(v.KG + "status"), value=status)
    excerpt = Excerpt(store)
    excerpt.take_claims((quad.subject for quad in quads), most=PAGE * 5)
    telling = Telling(store, excerpt.network())
    found = []
    for edge in telling.network.edges:
        speakers = tuple(sorted({item.speaker for item in edge.evidence if item.speaker}))
        found.append(
            Contested(
                telling.link(edge.source),
                predicate_words(edge.predicate),
                telling.link(edge.target),
                speakers,
                telling.quotes(edge.evidence, most=3),
            )
        )
    return tuple(found[:PAGE])
