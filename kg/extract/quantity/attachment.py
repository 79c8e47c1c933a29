"""Which number belongs to which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.quantity.count import AMOUNT, DEATHS, DETAINED, INJURED, PARTICIPANTS
from kg.extract.quantity.finding import CountedQuantity
from kg.model import Quantity, Span

KINDS_OF_EVENT = {
    DEATHS: (
        "Attack", "MilitaryStrike", "Bombing", "Shooting", "Clash", "Killing", "Death", "Accident",
        "Disaster", "Protest", "Abduction",
    ),
    INJURED: (
        "Attack", "MilitaryStrike", "Bombing", "Shooting", "Clash", "Injury", "Accident",
        "Disaster",
        "Protest", "Killing", "Death",
    ),
    DETAINED: ("Arrest", "Abduction", "Protest", "Attack", "Clash", "Sentence", "Trial"),
    PARTICIPANTS: (
        "Protest", "Ceremony", "Meeting", "Visit", "Competition", "Deployment", "Election",
        "Speech",
        "Negotiation", "Launch",
    ),
    AMOUNT: (
        "Transaction", "Aid", "Sanction", "Sentence", "Pledge", "Accusation", "BusinessChange",
        "Request", "Agreement", "Launch", "Legislation", "Trial", "Release", "Arrest",
    ),
}  # fmt: skip
"""Which events have which quantities, the likeliest first: as counted in the training articles."""


@dataclass(frozen=True, slots=True)
class QuantityTarget:
    """An event a number may belong to: its type and its triggers in the document."""

    type: str
    triggers: tuple[Span, ...]


REACH = 45
"""How many words may lie between a number and the trigger of its event."""


def attach_quantities(
    quantities: Sequence[CountedQuantity], events: Sequence[QuantityTarget], *, text: str
) -> tuple[tuple[Quantity, ...], ...]:
    """For each event, in order, its numbers: at most one of a kind, the first told.

    A number goes to the event whose trigger is its cue, else to the nearest trigger of an event
    that can have such a number in its sentence.
    """
    taken: list[dict[str, Quantity]] = [{} for _ in events]
    for counted in quantities:
        best: tuple[float, int] | None = None
        for index, event in enumerate(events):
            cost = _attachment_cost(counted, event, text)
            if cost is not None and (best is None or (cost, index) < best):
                best = (cost, index)
        if best is not None:
            taken[best[1]].setdefault(counted.quantity.kind, counted.quantity)
    return tuple(tuple(kinds[kind] for kind in sorted(kinds)) for kinds in taken)


def _attachment_cost(counted: CountedQuantity, event: QuantityTarget, text: str) -> float | None:
    kinds = KINDS_OF_EVENT[counted.quantity.kind]
    if event.type not in kinds:
        return None
    costs = []
    for trigger in event.triggers:
        if not counted.sentence.start <= trigger.start < counted.sentence.end:
            continue
        if trigger.overlaps(counted.cue):
            return -1.0
        left, right = sorted((trigger, counted.cue))
        costs.append(len(text[left.end : right.start].split()) + kinds.index(event.type) * 0.5)
    nearest = min(costs, default=None)
    return nearest if nearest is not None and nearest <= REACH else None
