"""What surrounds some things: their relations, their events, and who else takes part in those."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.graph import vocabulary as v
from kg.graph.network import Network
from kg.graph.store import Store
from kg.server.pages.excerpt import Excerpt, claim_ends, claims_from, claims_to

MOST_EVENTS = 150
"""Events read around one thing: half of what a drawing shows at once, ten screens of a page."""


@dataclass(frozen=True)
class Surroundings:
    """A part of the graph; `left_out` counts the claims about its centres that were not read."""

    network: Network
    left_out: int


def surroundings(store: Store, centres: Sequence[str], *, mentions: bool = False) -> Surroundings:
    """The network around `centres` (IRIs), one step for relations and two through events.

    With `mentions` also the sentences that mention the centres.
    """
    excerpt = Excerpt(store)
    left_out = 0
    events: list[str] = []
    for centre in centres:
        excerpt.take_thing(centre)
        claims = [*claims_from(store, centre), *claims_to(store, centre)]
        left_out += excerpt.take_claims(claims)
        if mentions:
            left_out += excerpt.take_mentions(centre)
        near = {end for claim in claims for end in claim_ends(store, claim)}
        events += sorted(iri for iri in near if iri.startswith(v.EV))
    shown = list(dict.fromkeys(events))
    for event in shown[: MOST_EVENTS * len(centres)]:
        excerpt.take_claims(claims_from(store, event))
    left_out += len(shown[MOST_EVENTS * len(centres) :])
    _tie_up(store, excerpt, centres)
    return Surroundings(excerpt.network(), left_out)


def happenings(store: Store, events: Iterable[str]) -> Network:
    """The network of some events alone."""
    excerpt = Excerpt(store)
    for event in events:
        excerpt.take_thing(event)
        excerpt.take_claims(claims_from(store, event))
    return excerpt.network()


def _tie_up(store: Store, excerpt: Excerpt, centres: Iterable[str]) -> None:
    """Adds the relations between things that are there already."""
    here = excerpt.things
    for iri in sorted(here - set(centres)):
        if iri.startswith(v.ENT):
            excerpt.take_claims(
                claim for claim in claims_from(store, iri) if claim_ends(store, claim)[1] in here
            )
