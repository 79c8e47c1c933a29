"""The network's ties as plain integer arrays: what importance, communities and layout work on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from kg.graph.network import Network


@dataclass(frozen=True)
class Links:
    """Undirected ties between the nodes `0 .. size - 1` of a network, in its own order.

    `weights` maps a pair (smaller index, larger index) to the number of edges between them;
    loops are left out.
    """

    size: int
    weights: dict[tuple[int, int], int]

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """The neighbours of every node, ascending."""
        lists: list[list[int]] = [[] for _ in range(self.size)]
        for left, right in self.weights:
            lists[left].append(right)
            lists[right].append(left)
        return tuple(tuple(sorted(items)) for items in lists)

    def within(self, members: tuple[int, ...]) -> Links:
        """The ties among `members` alone, renumbered in the order given."""
        place = {node: position for position, node in enumerate(members)}
        weights = {
            _pair(place[node], place[other]): self.weights[node, other]
            for node in members
            for other in self.neighbours[node]
            if node < other and other in place
        }
        return Links(len(members), dict(sorted(weights.items())))


def links_of(network: Network) -> Links:
    """The ties of `network`, nodes numbered in its order."""
    place = {node.id: position for position, node in enumerate(network.nodes)}
    pairs = Counter(
        _pair(place[edge.source], place[edge.target])
        for edge in network.edges
        if edge.source != edge.target
    )
    return Links(len(network.nodes), dict(sorted(pairs.items())))


def _pair(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
