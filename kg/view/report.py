"""The affair on one page, to read and to print: no script, no request, a source for everything."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from kg.graph.network import Edge, Evidence, Network, Node, Value
from kg.inventory import ACTOR_ROLES, QUANTITY_KINDS
from kg.model import Bound, Factuality, Status
from kg.view.disagreement import disputed
from kg.view.importance import scores
from kg.view.links import links_of
from kg.view.period import period_words
from kg.view.sketch import sketch
from kg.view.style import category_of

ACTORS = 12
EVENTS = 120
CLAIMS = 40
"""How many of each a report holds: a printed page takes about ten events, and a reader who
wants more than twelve pages wants the viewer. What is left out is counted on the page."""

_BOUND = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.ABOUT: "about "}
_CERTAINTY = {
    Factuality.PLANNED: "planned",
    Factuality.POSSIBLE: "possible",
    Factuality.DENIED: "denied",
}


@dataclass(frozen=True)
class Quote:
    """A sentence cut into (text, whether it is marked), with the number of its source."""

    parts: tuple[tuple[str, bool], ...]
    source: int
    speaker: str
    certainty: str


@dataclass(frozen=True)
class Actor:
    """Someone who matters: their posts, how often in which role, and who speaks of them."""

    node: Node
    category: str
    posts: tuple[str, ...]
    roles: tuple[tuple[str, int], ...]
    ties: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Happening:
    """An event of the timeline with its best sentence and all its sources."""

    label: str
    when: str
    certainty: str
    figures: tuple[str, ...]
    disputed: bool
    quote: Quote | None
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Disagreement:
    """What sources say differently of one thing: (value, whether preferred, its sentences)."""

    label: str
    what: str
    values: tuple[tuple[str, bool, tuple[Quote, ...]], ...]


@dataclass(frozen=True)
class Contested:
    """A tie that somebody claims and the graph does not take as fact."""

    subject: str
    predicate: str
    object: str
    quote: Quote


def report(network: Network, *, title: str = "newsgraph") -> str:
    """The report of `network` as one HTML document; the same network gives the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = files("kg.view") / "assets"
    style = (folder / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    environment = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html").render(
        title=title,
        style=Markup(style),  # noqa: S704 - a file of this package
        style_hash=Markup(f"'sha256-{digest}'"),  # noqa: S704 - letters, digits, + / =
        story=_Story(network),
        map=sketch(network),
    )


class _Story:
    """What the template tells, in its order."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.number = {article.id: n for n, article in enumerate(network.articles, start=1)}
        self.articles = [
            (number, article, period_words(article.published, article.published))
            for number, article in enumerate(network.articles, start=1)
        ]
        self.node = {node.id: node for node in network.nodes}
        self.score = dict(
            zip(self.node, scores(network, links_of(network)), strict=True),
        )
        self.edges: dict[str, list[Edge]] = {}
        for edge in network.edges:
            for end in {edge.source, edge.target}:
                self.edges.setdefault(end, []).append(edge)
        events = [node for node in network.nodes if node.kind == "event"]
        self.counts = {
            "entities": len(network.nodes) - len(events),
            "events": len(events),
            "articles": len(network.articles),
        }
        days = sorted(article.published for article in network.articles if article.published)
        self.published = period_words(days[0], days[-1]) if days else ""
        self.all_dated = len(days) == len(network.articles)
        self.actors = self._actors()
        dated = [node for node in events if node.earliest or node.latest]
        self.timeline, self.left_out = self._timeline(dated)
        self.undated = len(events) - len(dated)
        self.disagreements = tuple(self._disagreements())
        contested = [e for e in network.edges if e.status in (Status.ATTRIBUTED, Status.UNCERTAIN)]
        self.contested = tuple(self._contested(edge) for edge in contested[:CLAIMS])
        self.contested_left_out = max(0, len(contested) - CLAIMS)

    def _actors(self) -> tuple[Actor, ...]:
        acting = [
            node
            for node in self.network.nodes
            if node.kind == "entity"
            and (
                category_of(node.kind, node.type).name in ("person", "organization")
                or node.type == "Country"
            )
        ]
        best = sorted(acting, key=lambda node: (-self.score[node.id], node.id))[:ACTORS]
        return tuple(self._actor(node) for node in best)

    def _actor(self, node: Node) -> Actor:
        edges = self.edges.get(node.id, [])
        accepted = [edge for edge in edges if edge.status is Status.ACCEPTED]
        posts = [
            ("formerly " if edge.predicate == "formerlyHeldPosition" else "")
            + self.node[edge.target].label
            for edge in accepted
            if edge.source == node.id
            and edge.predicate in ("holdsPosition", "formerlyHeldPosition")
        ]
        roles = Counter(
            edge.predicate
            for edge in accepted
            if edge.target == node.id and edge.predicate in ACTOR_ROLES
        )
        ties = [
            f"{_spaced(edge.predicate)} {self.node[edge.target].label}"
            for edge in accepted
            if edge.source == node.id
            and node.kind == "entity"
            and "Position" not in edge.predicate
            and self.node[edge.target].kind == "entity"
        ]
        return Actor(
            node=node,
            category=category_of(node.kind, node.type).name,
            posts=tuple(dict.fromkeys(posts)),
            roles=tuple(sorted(roles.items(), key=lambda item: (-item[1], item[0]))),
            ties=tuple(ties[:4]),
            sources=self._sources(node.mentions),
        )

    def _timeline(self, dated: Sequence[Node]) -> tuple[tuple[Happening, ...], int]:
        """The dated events in order of time; of too many, those most is said about."""
        best = sorted(dated, key=lambda node: (-self.score[node.id], node.id))[:EVENTS]
        best.sort(key=lambda node: (node.earliest or node.latest or date.min, node.id))
        return tuple(self._happening(node) for node in best), len(dated) - len(best)

    def _happening(self, node: Node) -> Happening:
        tied = [item for edge in self.edges.get(node.id, ()) for item in edge.evidence]
        evidence = node.mentions or tuple(tied)  # the words for the event itself, if there are any
        return Happening(
            label=node.label,
            when=period_words(node.earliest, node.latest),
            certainty=_CERTAINTY.get(node.factuality, ""),
            figures=tuple(
                f"{value.predicate}: {_value_words(value)}"
                for value in node.values
                if value.predicate in QUANTITY_KINDS and value.preferred
            ),
            disputed=bool(disputed(node)),
            quote=self._quote(min(evidence, key=self._order)) if evidence else None,
            sources=self._sources((*evidence, *tied)),
        )

    def _order(self, evidence: Evidence) -> tuple[bool, int, int]:
        """First what the article says itself, then by source and place."""
        return (bool(evidence.speaker), self.number[evidence.article], evidence.start)

    def _disagreements(self) -> Iterable[Disagreement]:
        for node in self.network.nodes:
            for what in disputed(node):
                values = sorted(
                    (value for value in node.values if value.predicate == what),
                    key=lambda value: not value.preferred,
                )
                yield Disagreement(
                    node.label,
                    _spaced(what),
                    tuple(
                        (_value_words(value), value.preferred, self._quotes(value.evidence))
                        for value in values
                    ),
                )

    def _contested(self, edge: Edge) -> Contested:
        subject, object = self.node[edge.source].label, self.node[edge.target].label
        evidence = min(edge.evidence, key=self._order)
        return Contested(subject, _spaced(edge.predicate), object, self._quote(evidence))

    def _quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        return tuple(self._quote(item) for item in sorted(evidence, key=self._order)[:3])

    def _quote(self, evidence: Evidence) -> Quote:
        return Quote(
            _marked(evidence),
            self.number[evidence.article],
            evidence.speaker,
            _CERTAINTY.get(evidence.factuality, ""),
        )

    def _sources(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        return tuple(sorted({self.number[item.article] for item in evidence}))


def _marked(evidence: Evidence) -> tuple[tuple[str, bool], ...]:
    """The sentence cut at its highlights."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(evidence.highlights):
        if end > max(start, at):
            parts += [
                (evidence.sentence[at : max(start, at)], False),
                (evidence.sentence[max(start, at) : end], True),
            ]
            at = end
    return (*parts, (evidence.sentence[at:], False))


def _value_words(value: Value) -> str:
    if value.predicate == "date":
        start, _, end = value.value.partition("/")
        return period_words(_day(start), _day(end or start))
    return f"{_BOUND.get(value.bound, '') if value.bound else ''}{value.value}"


def _day(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)


def _spaced(name: str) -> str:
    """ "hostileTo" as "hostile to"."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
