"""What travels inside the page: the network as compact JSON, packed into base64.

The page's scripts (`assets/data.js`) read exactly what is written here.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kg.graph.network import Article, Evidence, Network, Value
from kg.graph.vocabulary import KG
from kg.inventory import EVENT_GROUP_OF, PREDICATES, QUANTITY_KINDS
from kg.view.communities import communities
from kg.view.disagreement import disputed
from kg.view.importance import reading_order, scores
from kg.view.layout import positions
from kg.view.links import Links, links_of
from kg.view.style import CATEGORIES, category_of, node_size

Json = dict[str, Any]

FIRST = 300
"""How many nodes a page starts with: more cannot be told apart on a laptop screen of 1366 x 768
pixels, where 300 leave each a field of about 50 by 50."""


class Payload:
    """The nodes, edges and tables of one page.

    `nodes` and `edges` are dictionaries for vis-network with the page's own keys added; `tables`
    holds what they refer to: articles, sentences and evidence, each stored once.
    """

    def __init__(self, network: Network, *, first: int = FIRST) -> None:
        self._sentences: dict[tuple[int, int, int, str], int] = {}
        self._evidence: dict[tuple[Any, ...], int] = {}
        self._article = {article.id: number for number, article in enumerate(network.articles)}
        self._place = {node.id: number for number, node in enumerate(network.nodes)}
        self.nodes = self._nodes(network, first)
        self.edges = self._edges(network)
        self.tables: Json = {
            "articles": [_article(article) for article in network.articles],
            "sentences": [list(key) for key in self._sentences],
            "evidence": [list(key) for key in self._evidence],
            "first": first,
            "categories": _categories(),
            "groups": EVENT_GROUP_OF,
            "quantities": list(QUANTITY_KINDS),
            "namespace": KG,
        }

    def _nodes(self, network: Network, first: int) -> list[Json]:
        links = links_of(network)
        groups = communities(links)
        group_of = {node: number for number, group in enumerate(groups) for node in group}
        points = positions(links, groups)
        scored = scores(network, links)
        order = reading_order(scored, links)
        rank = {node: number for number, node in enumerate(order)}
        opening = _opening(links, order, first)
        degree = _degrees(network)
        return [
            {
                "id": number,
                "label": node.label,
                "shape": category_of(node.kind, node.type).shape,
                "group": category_of(node.kind, node.type).name,
                "size": node_size(degree[number]),
                "x": int(points[number][0]),
                "y": int(points[number][1]),
                **(opening.get(number) or {}),
                "iri": node.id,
                "type": node.type,
                "aliases": list(node.aliases),
                "factuality": node.factuality.value,
                "from": _iso(node.earliest),
                "to": _iso(node.latest),
                "values": [self._value(value) for value in node.values],
                "disputed": list(disputed(node)),
                "mentions": self._rows(node.mentions),
                "rank": rank[number],
                "score": scored[number],
                "community": group_of[number],
            }
            for number, node in enumerate(network.nodes)
        ]

    def _edges(self, network: Network) -> list[Json]:
        parallel: dict[tuple[int, int], int] = {}
        edges = []
        for number, edge in enumerate(network.edges):
            source, target = self._place[edge.source], self._place[edge.target]
            pair = (min(source, target), max(source, target))
            parallel[pair] = parallel.get(pair, -1) + 1
            edges.append(
                {
                    "id": number,
                    "source": source,
                    "target": target,
                    "arrows": _arrows(edge.predicate),
                    "predicate": edge.predicate,
                    "lane": parallel[pair],
                    "factuality": edge.factuality.value,
                    "status": edge.status.value,
                    "evidence": self._rows(edge.evidence),
                }
            )
        return edges

    def _value(self, value: Value) -> list[Any]:
        bound = value.bound.value if value.bound else ""
        return [
            value.predicate,
            value.value,
            bound,
            int(value.preferred),
            self._rows(value.evidence),
        ]

    def _rows(self, evidence: Iterable[Evidence]) -> list[int]:
        """The numbers of the evidence's rows, each row stored once, in the order given."""
        rows = []
        for item in evidence:
            sentence = (self._article[item.article], item.start, item.end, item.sentence)
            row = (
                self._sentences.setdefault(sentence, len(self._sentences)),
                tuple(offset for pair in item.highlights for offset in pair),
                item.speaker,
                item.factuality.value,
                item.status.value,
                round(item.confidence, 2),
            )
            rows.append(self._evidence.setdefault(row, len(self._evidence)))
        return list(dict.fromkeys(rows))


def pack(data: Mapping[str, Any]) -> str:
    """`data` as JSON, compressed (zlib) and in base64: safe inside any HTML element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate cannot be stored in UTF-8; a bad character must not cost the whole page.
    raw = text.encode("utf-8", errors="replace")
    return base64.b64encode(zlib.compress(raw, 9)).decode("ascii")


def _opening(links: Links, order: list[int], first: int) -> dict[int, Json]:
    """Where the nodes stand in the opening view, when that is not the whole network."""
    shown = tuple(sorted(node for node in order[:first] if links.neighbours[node]))
    if len(shown) == sum(1 for items in links.neighbours if items):
        return {}
    inner = links.within(shown)
    points = positions(inner, communities(inner))
    return {
        node: {"x0": int(points[place][0]), "y0": int(points[place][1])}
        for place, node in enumerate(shown)
    }


def _degrees(network: Network) -> list[int]:
    place = {node.id: number for number, node in enumerate(network.nodes)}
    degree = [0] * len(place)
    for edge in network.edges:
        degree[place[edge.source]] += 1
        degree[place[edge.target]] += 1
    return degree


def _arrows(predicate: str) -> str:
    """Where the arrow head stands, so that "agent -> event -> target" reads as it happened."""
    if predicate in ("agent", "origin"):
        return "from"
    if predicate in ("target", "person", "victim", "recipient", "destination"):
        return "to"
    relation = PREDICATES.get(predicate)
    return "" if relation is None or relation.symmetric else "to"


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "published": _iso(article.published),
        "source": article.source,
        "url": article.url,
    }


def _categories() -> list[Json]:
    return [
        {
            "name": category.name,
            "label": category.label,
            "shape": category.shape,
            "light": category.light,
            "dark": category.dark,
        }
        for category in CATEGORIES
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
