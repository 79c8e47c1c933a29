"""Groups of nodes that have more to do with each other than with the rest."""

from __future__ import annotations

from kg.view.links import Links

LARGEST = 300
"""Communities above this size are split again: the layout inside one is quadratic in its size
(300 nodes take 0.4 s), and a bigger one is a hairball to the eye as well."""

_SEED = 1  # any fixed number: Louvain visits nodes in random order


def communities(links: Links) -> tuple[tuple[int, ...], ...]:
    """The communities by Louvain's method (Blondel et al. 2008), largest first, then by node.

    Every node is in exactly one; a node without ties is alone. Members are ascending. The same
    links give the same communities.
    """
    found = _louvain(links, resolution=1.0)
    pieces: list[tuple[int, ...]] = []
    for members in found:
        pieces.extend(_split(links, members, resolution=2.0))
    return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))


def _split(links: Links, members: tuple[int, ...], resolution: float) -> list[tuple[int, ...]]:
    """`members` whole when small enough, else cut at rising resolution until it stops helping."""
    if len(members) <= LARGEST or resolution > 64:
        return [members]
    pieces: list[tuple[int, ...]] = []
    for part in _louvain(links.within(members), resolution):
        piece = tuple(members[position] for position in part)
        pieces.extend(_split(links, piece, resolution * 2))
    return pieces


def _louvain(links: Links, resolution: float) -> list[tuple[int, ...]]:
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(links.size))
    graph.add_weighted_edges_from((left, right, w) for (left, right), w in links.weights.items())
    found = networkx.community.louvain_communities(graph, resolution=resolution, seed=_SEED)
    return sorted(tuple(sorted(group)) for group in found)
