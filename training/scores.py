"""Quick scores of the word layers on dev parts, for watching the training."""

from __future__ import annotations

import torch
from torch import Tensor

from kg.inventory import ORGANIZATION_TYPES

from .batches import tensors
from .layers import LAYERS
from .network import Network
from .windows import Encoded, windows_of

COARSE = dict.fromkeys(ORGANIZATION_TYPES, "ORG") | {
    "Person": "PER",
    "Country": "LOC",
    "Region": "LOC",
    "City": "LOC",
    "Facility": "FAC",
    "Organization_": "ORG",
    "Location": "LOC",
}


def spans(labels: list[int], types: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """BIO label numbers to (first, end, type); an I after another type opens a new span."""
    found: list[tuple[int, int, str]] = []
    start, current = 0, -1
    for index, label in enumerate([*labels, 0]):
        kind = (label - 1) // 2 if label else -1
        begins = label > 0 and label % 2 == 1
        if current >= 0 and (begins or kind != current):
            found.append((start, index, types[current]))
            current = -1
        if kind >= 0 and current < 0:
            start, current = index, kind
    return found


@torch.no_grad()
def predict(network: Network, encoded: Encoded) -> dict[str, Tensor]:
    """The label scores of every word of an article, per layer."""
    network.eval()
    windows = windows_of(encoded)
    parts: dict[str, list[Tensor]] = {layer: [] for layer in LAYERS}
    for window in windows:
        batch = tensors([window])
        scores = network.layers(network.states(batch.pieces, batch.shapes, batch.pool))
        for layer in LAYERS:
            parts[layer].append(scores[layer][0])
    return {layer: torch.cat(found) for layer, found in parts.items()}


class Tally:
    """Right, guessed, and true counts, and F1 of them."""

    def __init__(self) -> None:
        self.right = self.guessed = self.true = 0

    def add(self, guessed: set, true: set) -> None:
        """Count one article."""
        self.right += len(guessed & true)
        self.guessed += len(guessed)
        self.true += len(true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return round(2 * self.right / max(1, self.guessed + self.true), 4)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.guessed), self.right / max(1, self.true)
        return f"P {precision:.3f} R {recall:.3f} F {self.f1:.3f}"


def word_scores(network: Network, tests: dict[str, list[Encoded]]) -> dict[str, float]:
    """F1 of the layers on each dev part, exact spans."""
    tallies: dict[str, Tally] = {}
    for name, articles in tests.items():
        for encoded in articles:
            labels = {k: v.argmax(-1).tolist() for k, v in predict(network, encoded).items()}
            guessed = {}
            for layer, found in labels.items():
                guessed[layer] = {
                    (encoded.words[a].start, encoded.words[b - 1].end, kind)
                    for a, b, kind in spans(found, LAYERS[layer])
                }
            _compare(tallies, name, encoded, guessed)
    return {name: tally.f1 for name, tally in tallies.items()}


def _compare(tallies: dict[str, Tally], name: str, encoded: Encoded, guessed: dict) -> None:
    article = encoded.article
    if name == "worldwide":
        chunks = {(s, e, k) for s, e, k in article.gold["chunks"]}
        demonyms = {(s, e) for s, e, _ in guessed["demonym"]}
        short = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "FAC"}
        true = {(s, e, short[k]) for s, e, k in chunks if k in short}
        mine = {
            (s, e, COARSE[k])
            for s, e, k in guessed["name"]
            if k in COARSE and (s, e) not in demonyms
        }
        for kind in ("all", "PER", "ORG", "LOC", "FAC"):
            tallies.setdefault(f"ww.{kind}", Tally()).add(
                {m for m in mine if kind in ("all", m[2])},
                {m for m in true if kind in ("all", m[2])},
            )
        return
    layers = ("name", "nominal", "trigger") if name == "newsgraph" else ("kairos",)
    for layer in layers:
        true = {(m.start, m.end, next(iter(m.types))) for m in article.marked[layer]}
        tallies.setdefault(f"{name}.{layer}", Tally()).add(guessed[layer], true)
        if layer in ("trigger",):
            tallies.setdefault(f"{name}.{layer}.untyped", Tally()).add(
                {m[:2] for m in guessed[layer]}, {m[:2] for m in true}
            )
        if layer == "name":
            tallies.setdefault(f"{name}.{layer}.coarse", Tally()).add(
                {(*m[:2], COARSE.get(m[2], m[2])) for m in guessed[layer]},
                {(*m[:2], COARSE.get(m[2], m[2])) for m in true},
            )
