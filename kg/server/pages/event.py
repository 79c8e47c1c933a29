"""The page of an event: who did what, where and when, in whose words, and what is disputed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.store import Store
from kg.server.pages.address import network_address
from kg.server.pages.quote import Quotes
from kg.server.pages.surroundings import surroundings
from kg.server.pages.telling import Figures, Happening, Link, Section, Telling

FIRST_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class EventView:
    """What the page of an event shows."""

    iri: str
    link: Link
    event: Happening
    roles: tuple[Section, ...]
    figures: tuple[Figures, ...]
    quotes: Quotes
    network: str
    left_out: int

    @property
    def disputed(self) -> tuple[Figures, ...]:
        """The figures that cannot all be true."""
        return tuple(figures for figures in self.figures if figures.disputed)

    @property
    def agreed(self) -> tuple[Figures, ...]:
        """The other figures."""
        return tuple(figures for figures in self.figures if not figures.disputed)


def event(store: Store, iri: str) -> EventView | None:
    """The view of the event `iri`; None when the graph does not know it."""
    around = surroundings(store, [iri])
    telling = Telling(store, around.network)
    if iri not in telling.node:
        return None
    node = telling.node[iri]
    told = [item for edge in telling.from_[iri] for item in edge.evidence]
    return EventView(
        iri=iri,
        link=telling.link(iri),
        event=telling.happening(iri),
        roles=telling.roles(iri),
        figures=telling.figures(iri),
        quotes=telling.quotes(node.mentions or told, most=FIRST_SENTENCES),
        network=network_address(iri),
        left_out=around.left_out,
    )
