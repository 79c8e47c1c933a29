"""The word layers a network learns: what each may say, and how partial knowledge is written.

A layer labels every word O, B-type or I-type. A corpus that knows only part of the truth (coarse
types, or only some types) gives a *set* of labels each word may have; the loss is then minus the
log of the probability of that set. A layer a corpus does not annotate allows everything: loss 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.inventory import ENTITY_TYPES, EVENT_TYPES

KAIROS = (
    "ArtifactExistence.DamageDestroyDisableDismantle",
    "ArtifactExistence.ManufactureAssemble",
    "Cognitive.IdentifyCategorize",
    "Cognitive.Inspection",
    "Cognitive.Research",
    "Cognitive.TeachingTrainingLearning",
    "Conflict.Attack",
    "Conflict.Defeat",
    "Conflict.Demonstrate",
    "Contact.Contact",
    "Contact.RequestCommand",
    "Contact.ThreatenCoerce",
    "Control.ImpedeInterfereWith",
    "Disaster.Crash",
    "Disaster.DiseaseOutbreak",
    "GenericCrime.GenericCrime",
    "Justice.Acquit",
    "Justice.ArrestJailDetain",
    "Justice.ChargeIndict",
    "Justice.Convict",
    "Justice.InvestigateCrime",
    "Justice.ReleaseParole",
    "Justice.Sentence",
    "Justice.TrialHearing",
    "Life.Die",
    "Life.Infect",
    "Life.Injure",
    "Medical.Intervention",
    "Movement.Transportation",
    "Personnel.EndPosition",
    "Personnel.StartPosition",
    "Transaction.Donation",
    "Transaction.ExchangeBuySell",
)

LAYERS: dict[str, tuple[str, ...]] = {
    "name": ENTITY_TYPES,
    "nominal": ("Nominal",),
    "trigger": EVENT_TYPES,
    "kairos": KAIROS,
    "time": ("Time",),
    "demonym": ("Demonym",),
}


def labels_of(layer: str) -> list[str]:
    """The labels of a layer: O, then B- and I- of each type."""
    return ["O", *(f"{mark}-{name}" for name in LAYERS[layer] for mark in "BI")]


WIDTHS = {layer: 1 + 2 * len(types) for layer, types in LAYERS.items()}
OUTSIDE = "O"


@dataclass(frozen=True)
class Marked:
    """A stretch of characters that carries one of the `types` (O among them: maybe nothing)."""

    start: int
    end: int
    types: frozenset[str]


@dataclass
class Article:
    """A text with what its corpus knows: per layer the marked stretches, and all the rest.

    `default[layer]` are the types a word outside the stretches may belong to besides O; a layer
    absent from `default` is not annotated at all. `gold` keeps the source record (newsgraph).
    """

    id: str
    corpus: str
    text: str
    marked: dict[str, list[Marked]] = field(default_factory=dict)
    default: dict[str, frozenset[str]] = field(default_factory=dict)
    gold: dict | None = None


class Patterns:
    """The label sets that occur in a layer, numbered; row 0 allows everything."""

    def __init__(self, layer: str) -> None:
        self.layer = layer
        self.types = {name: index for index, name in enumerate(LAYERS[layer])}
        self.rows: list[list[bool]] = [[True] * WIDTHS[layer]]
        self._known: dict[tuple[str, frozenset[str]], int] = {}

    def number(self, mark: str, types: Iterable[str]) -> int:
        """The number of the set {mark-t for t in types} (mark "O": outside, or in those types)."""
        key = (mark, frozenset(types))
        if key not in self._known:
            row = [False] * WIDTHS[self.layer]
            for name in key[1]:
                if name == OUTSIDE:
                    row[0] = True
                    continue
                if mark in ("B", "O"):
                    row[1 + 2 * self.types[name]] = True
                if mark in ("I", "O"):
                    row[2 + 2 * self.types[name]] = True
            if mark == "O":
                row[0] = True
            self._known[key] = len(self.rows)
            self.rows.append(row)
        return self._known[key]
