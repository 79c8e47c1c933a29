"""One matter out of the whole: what is near a thing, in a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.errors import UsageError
from kg.graph.network import Edge, Network, Node


def focus(
    network: Network,
    centre: str | None = None,
    *,
    hops: int = 2,
    date_from: date | None = None,
    date_to: date | None = None,
) -> Network:
    """The part of `network` within `hops` ties of the node `centre`, in the period given.

    `centre` is the IRI of an entity or event, as `kg.graph.lookup` finds it by name; None keeps
    all. A period (both ends inclusive, either may be open) leaves out the events outside it,
    those without a date as well, and steps are not counted through them. Raises `UsageError`
    for an unknown centre, for fewer hops than none, and for a period that ends before it
    begins.
    """
    if hops < 0:
        raise UsageError(f"{hops} hops make no sense; give 0 or more.")
    if date_from and date_to and date_to < date_from:
        raise UsageError(f"The period ends ({date_to}) before it begins ({date_from}); swap them.")
    kept = {node.id for node in network.nodes if _in_period(node, date_from, date_to)}
    if centre is not None:
        if centre not in {node.id for node in network.nodes}:
            raise UsageError(f"<{centre}> is no entity or event of this graph; see `kg show`.")
        kept = _near(network.edges, centre, hops, kept | {centre})
    elif date_from or date_to:
        kept = _with_ties(network, kept)
    return _part(network, kept)


def _in_period(node: Node, date_from: date | None, date_to: date | None) -> bool:
    if node.kind != "event" or not (date_from or date_to):
        return True
    earliest, latest = node.earliest or node.latest, node.latest or node.earliest
    if earliest is None or latest is None:
        return False
    return (not date_from or latest >= date_from) and (not date_to or earliest <= date_to)


def _near(edges: Iterable[Edge], centre: str, hops: int, allowed: set[str]) -> set[str]:
    neighbours: dict[str, set[str]] = {}
    for edge in edges:
        if edge.source in allowed and edge.target in allowed:
            neighbours.setdefault(edge.source, set()).add(edge.target)
            neighbours.setdefault(edge.target, set()).add(edge.source)
    found = rim = {centre}
    for _ in range(hops):
        rim = {other for node in rim for other in neighbours.get(node, ())} - found
        found = found | rim
    return found


def _with_ties(network: Network, kept: set[str]) -> set[str]:
    """The events kept, and the entities that still have a tie: the others left with theirs."""
    tied: set[str] = set()
    for edge in network.edges:
        if edge.source in kept and edge.target in kept:
            tied |= {edge.source, edge.target}
    return {node.id for node in network.nodes if node.id in kept and _stays(node, tied)}


def _stays(node: Node, tied: set[str]) -> bool:
    return node.kind == "event" or node.id in tied


def _part(network: Network, kept: set[str]) -> Network:
    nodes = tuple(node for node in network.nodes if node.id in kept)
    edges = tuple(edge for edge in network.edges if edge.source in kept and edge.target in kept)
    cited = {evidence.article for edge in edges for evidence in edge.evidence}
    for node in nodes:
        cited |= {evidence.article for evidence in node.mentions}
        cited |= {evidence.article for value in node.values for evidence in value.evidence}
    return Network(nodes, edges, tuple(a for a in network.articles if a.id in cited))
