"""Which nodes to show first: the order in which a reader should meet the network."""

from __future__ import annotations

import heapq

from kg.graph.network import Network
from kg.view.links import Links


def scores(network: Network, links: Links) -> list[int]:
    """How much is said about each node: its neighbours plus the articles that speak of it.

    Both are plain counts a reader can check in the panel. Degree alone would prefer the places
    named in passing by one long article.
    """
    articles: list[set[str]] = [
        {evidence.article for evidence in node.mentions} for node in network.nodes
    ]
    place = {node.id: position for position, node in enumerate(network.nodes)}
    for edge in network.edges:
        named = {evidence.article for evidence in edge.evidence}
        articles[place[edge.source]] |= named
        articles[place[edge.target]] |= named
    return [
        len(neighbours) + len(named)
        for neighbours, named in zip(links.neighbours, articles, strict=True)
    ]


def reading_order(scored: list[int], links: Links) -> list[int]:
    """All nodes, most important neighbourhood first; every prefix of a component is connected.

    Grows from the highest score to the best neighbour of what is already taken, so that the
    first 300 nodes are a neighbourhood and not 300 strangers. Components follow by their best
    node; nodes without any tie come last.
    """

    def rank(node: int) -> tuple[int, int]:
        return (-scored[node], node)

    order: list[int] = []
    taken = [False] * links.size
    connected = [node for node in range(links.size) if links.neighbours[node]]
    for seed in sorted(connected, key=rank):
        frontier = [] if taken[seed] else [rank(seed)]
        while frontier:
            node = heapq.heappop(frontier)[1]
            if taken[node]:
                continue
            taken[node] = True
            order.append(node)
            for neighbour in links.neighbours[node]:
                if not taken[neighbour]:
                    heapq.heappush(frontier, rank(neighbour))
    lonely = [node for node in range(links.size) if not links.neighbours[node]]
    return order + sorted(lonely, key=rank)
