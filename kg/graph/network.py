"""The graph as nodes and edges with their evidence: what the viewer draws and networkx gets.

`Network` is plain data read out of the store; it knows neither RDF nor any drawing library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.model import Bound, Factuality, Status

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Article:
    """Where a sentence stands: the article as a reader would cite it.

    `copy_of` is the id of the first article with nearly the same words, "" for one of its own.
    """

    id: str
    title: str
    published: date | None = None
    source: str = ""
    url: str = ""
    copy_of: str = ""


@dataclass(frozen=True)
class Evidence:
    """One sentence behind a node or edge.

    `sentence` is the verbatim text of characters `start` to `end` (end exclusive) of the article
    with id `article`; `highlights` are the words that carry the statement, as offsets into
    `sentence`. `speaker` is the label of who says it, "" when the article itself does.
    """

    article: str
    sentence: str
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...] = ()
    speaker: str = ""
    factuality: Factuality = Factuality.FACTUAL
    status: Status = Status.ACCEPTED
    confidence: float = 1.0


@dataclass(frozen=True)
class Value:
    """A literal fact of a node (deaths, date ...), with its sentences.

    `preferred` marks the value taken as the fact when articles disagree.
    """

    predicate: str
    value: str
    bound: Bound | None = None
    preferred: bool = True
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Node:
    """An entity or event of the graph. `id` is its IRI; `kind` is "entity" or "event".

    `type` is its inventory name (also for an event that is planned or denied, then told by
    `factuality`); `earliest` and `latest` bound an event's time, both inclusive.
    """

    id: str
    kind: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    factuality: Factuality = Factuality.FACTUAL
    earliest: date | None = None
    latest: date | None = None
    values: tuple[Value, ...] = ()
    mentions: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Edge:
    """A relation, or the role an entity plays in an event (`source` is then the event).

    `source` and `target` are node ids; `predicate` is an inventory name; `factuality` and
    `status` are the strongest among its evidence.
    """

    source: str
    target: str
    predicate: str
    factuality: Factuality = Factuality.FACTUAL
    status: Status = Status.ACCEPTED
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Network:
    """All nodes and edges, sorted by id, and the articles their evidence refers to."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    articles: tuple[Article, ...]


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """The network for graph analysis: nodes by IRI, one edge a relation or role, keyed by it.

    Attributes are plain strings and numbers, so that every exporter of networkx takes them.
    `weight` counts the articles behind an edge.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(
            node.id,
            label=node.label,
            kind=node.kind,
            type=node.type,
            aliases="; ".join(node.aliases),
            factuality=node.factuality.value,
            earliest=node.earliest.isoformat() if node.earliest else "",
            latest=node.latest.isoformat() if node.latest else "",
            articles=len({evidence.article for evidence in node.mentions}),
        )
    for edge in network.edges:
        graph.add_edge(
            edge.source,
            edge.target,
            key=edge.predicate,
            label=edge.predicate,
            factuality=edge.factuality.value,
            status=edge.status.value,
            weight=len({evidence.article for evidence in edge.evidence}),
        )
    return graph
