"""Answers of the JSON API, read from the store; each function runs in a worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.graph import vocabulary as v
from kg.graph.network import Edge, Evidence, Network, Node, Value
from kg.graph.store import Store
from kg.inventory import ROLES
from kg.query import named_query, query
from kg.query.result import readable
from kg.server.api import record as r
from kg.server.pages.address import address
from kg.server.pages.article import article as article_view
from kg.server.pages.article import listed
from kg.server.pages.catalogue import Entry, catalogue
from kg.server.pages.excerpt import Excerpt, claims_from, claims_to
from kg.server.pages.search import close_names
from kg.server.pages.surroundings import happenings, surroundings
from kg.server.pages.timeline import Choice, chosen
from kg.view.disagreement import disputed

_SHORT = {v.ENT: "ent:", v.EV: "ev:", v.DOC: "doc:"}
_KINDS = {v.ENT: "entity", v.EV: "event", v.DOC: "article"}

MOST_DISPUTED = 400
"""Events looked at for disagreements: those of which several numbers or dates are told."""


def found(store: Store, text: str, *, most: int) -> r.Found:
    """Things by name, articles by title."""
    names = catalogue(store)
    hits = [r.Hit(_of_entry(hit.entry), hit.alias) for hit in names.find(text, most=most)]
    wanted = text.casefold().strip()
    articles = [
        _thing(entry.iri, entry.title, "NewsArticle")
        for entry in listed(store)
        if wanted and wanted in entry.title.casefold()
    ]
    close = (
        [] if hits or articles else [_of_entry(hit.entry) for hit, _ in close_names(store, text)]
    )
    return r.Found(text, hits, articles[:most], close)


def profile(store: Store, iri: str) -> r.Profile:
    """All that is known of an entity or event. Raises `UnknownNameError`."""
    around = surroundings(store, [iri], mentions=True)
    nodes = {node.id: node for node in around.network.nodes}
    if iri not in nodes:
        raise UnknownNameError(_unknown(store, iri))
    node = nodes[iri]
    ties = [edge for edge in around.network.edges if iri in (edge.source, edge.target)]
    return r.Profile(
        thing=_of_node(node),
        aliases=list(node.aliases),
        earliest=node.earliest,
        latest=node.latest,
        factuality=node.factuality.value,
        claims=[*(_of_value(node, value) for value in node.values), *_of_edges(ties, nodes)],
        mentions=[_sentence(item) for item in node.mentions],
        disputed=list(disputed(node)),
        left_out=around.left_out,
    )


def neighbourhood(store: Store, iris: Sequence[str]) -> r.Surroundings:
    """The network around some things. Raises `UnknownNameError`."""
    around = surroundings(store, iris)
    nodes = {node.id: node for node in around.network.nodes}
    for iri in iris:
        if iri not in nodes:
            raise UnknownNameError(_unknown(store, iri))
    return r.Surroundings(
        [_of_node(node) for node in around.network.nodes],
        _of_edges(around.network.edges, nodes),
        around.left_out,
    )


def claims(store: Store, iri: str) -> r.Claims:
    """The claims about an entity or event, or those of an article. Raises `UnknownNameError`."""
    excerpt = Excerpt(store)
    if iri.startswith(v.DOC):
        class_, graph = ox.NamedNode(v.KG + "Claim"), ox.NamedNode(iri)
        quads = store.quads(predicate=ox.NamedNode(v.RDF_TYPE), value=class_, graph=graph)
        wanted = [q.subject for q in quads if isinstance(q.subject, ox.NamedNode)]
    else:
        wanted = [*claims_from(store, iri), *claims_to(store, iri)]
    if not wanted and not any(True for _ in store.quads(subject=ox.NamedNode(iri))):
        raise UnknownNameError(_unknown(store, iri))
    left_out = excerpt.take_claims(wanted)
    network = excerpt.network()
    nodes = {node.id: node for node in network.nodes}
    values = [
        _of_value(node, value)
        for node in network.nodes
        if node.id == iri or iri.startswith(v.DOC)
        for value in node.values
    ]
    return r.Claims([*values, *_of_edges(network.edges, nodes)], left_out)


def article(store: Store, iri: str) -> r.Article:
    """An article with its text and mentions. Raises `UnknownNameError`."""
    view = article_view(store, iri)
    if view is None:
        raise UnknownNameError(f"The graph holds no article {iri.removeprefix(v.DOC)!r}.")
    mentions, at, text = [], 0, []
    for sentence in view.sentences:
        for piece in sentence.pieces:
            if piece.entry:
                thing = _of_entry(piece.entry)
                mentions.append(r.Mention(at, at + len(piece.text), piece.text, thing))
            text.append(piece.text)
            at += len(piece.text)
    entry = view.article
    return r.Article(
        article=_thing(iri, entry.title, "NewsArticle"),
        title=entry.title,
        published=date.fromisoformat(entry.published) if entry.published else None,
        publisher=entry.publisher,
        url=entry.url,
        text="".join(text),
        mentions=mentions,
    )


def timeline(store: Store, choice: Choice, *, offset: int, limit: int) -> r.Timeline:
    """The events that fit `choice`, in order of time. Raises `UnknownNameError`."""
    known = catalogue(store).by_iri
    for iri in choice.who:
        if iri not in known:
            raise UnknownNameError(_unknown(store, iri))
    events = chosen(store, choice)
    shown = [entry.iri for entry in events[offset : offset + limit]]
    network = happenings(store, shown)
    roles = _roles(network)
    nodes = {node.id: node for node in network.nodes}
    return r.Timeline(
        len(events),
        offset,
        [_happening(nodes[iri], roles.get(iri, ()), nodes) for iri in shown if iri in nodes],
    )


def disagreements(store: Store) -> r.Disagreements:
    """The events whose sources contradict each other, with all values they give."""
    events = catalogue(store).disputed
    network = happenings(store, events[:MOST_DISPUTED])
    return r.Disagreements(
        [
            r.Disagreement(
                _of_node(node),
                name,
                [_of_value(node, value) for value in node.values if value.predicate == name],
            )
            for node in network.nodes
            for name in disputed(node)
        ],
        max(0, len(events) - MOST_DISPUTED),
    )


def rows(store: Store, name: str, parameters: dict[str, str], *, most: int) -> r.Rows:
    """The answer to a named query. Raises `UsageError` for a name there is none of."""
    result = query(store, named_query(name).text, parameters=parameters)
    records = [
        dict(zip(result.columns, map(readable, row), strict=True)) for row in result.rows[:most]
    ]
    return r.Rows(list(result.columns), records, len(result.rows) <= most)


def contents(store: Store) -> tuple[int, int, dict[str, int]]:
    """Statements, articles, and how many things there are of each type."""
    names = catalogue(store)
    counted = Counter(entry.type for entry in names.entries)
    return len(store), names.articles, dict(sorted(counted.items()))


# records


def _thing(iri: str, name: str, type: str) -> r.Thing:
    namespace = next(ns for ns in _SHORT if iri.startswith(ns))
    short = _SHORT[namespace] + iri[len(namespace) :]
    return r.Thing(short, iri, _KINDS[namespace], name, type, address(iri))


def _of_node(node: Node) -> r.Thing:
    return _thing(node.id, node.label, node.type)


def _of_entry(entry: Entry) -> r.Thing:
    return _thing(entry.iri, entry.label, entry.type)


def _of_edges(edges: Iterable[Edge], nodes: dict[str, Node]) -> list[r.Claim]:
    return [
        r.Claim(
            subject=_of_node(nodes[edge.source]),
            predicate=edge.predicate,
            object=_of_node(nodes[edge.target]),
            value=None,
            bound=None,
            preferred=True,
            factuality=edge.factuality.value,
            status=edge.status.value,
            sentences=[_sentence(item) for item in edge.evidence],
        )
        for edge in edges
    ]


def _of_value(node: Node, value: Value) -> r.Claim:
    first = value.evidence[0] if value.evidence else Evidence("", "", 0, 0)
    return r.Claim(
        subject=_of_node(node),
        predicate=value.predicate,
        object=None,
        value=value.value,
        bound=value.bound.value if value.bound else None,
        preferred=value.preferred,
        factuality=first.factuality.value,
        status=first.status.value,
        sentences=[_sentence(item) for item in value.evidence],
    )


def _sentence(item: Evidence) -> r.Sentence:
    return r.Sentence(
        article=item.article,
        start=item.start,
        end=item.end,
        text=item.sentence,
        highlights=list(item.highlights),
        speaker=item.speaker,
        factuality=item.factuality.value,
        status=item.status.value,
        confidence=item.confidence,
    )


def _roles(network: Network) -> dict[str, list[Edge]]:
    roles: dict[str, list[Edge]] = {}
    for edge in network.edges:
        if edge.predicate in ROLES:
            roles.setdefault(edge.source, []).append(edge)
    return roles


def _happening(node: Node, roles: Iterable[Edge], nodes: dict[str, Node]) -> r.Happening:
    return r.Happening(
        event=_of_node(node),
        earliest=node.earliest,
        latest=node.latest,
        factuality=node.factuality.value,
        roles=[r.Role(edge.predicate, _of_node(nodes[edge.target])) for edge in roles],
        disputed=list(disputed(node)),
    )


def _unknown(store: Store, iri: str) -> str:
    name = iri.rsplit("/", 1)[-1]
    close = dict.fromkeys(hit.entry.label for hit, _ in close_names(store, name[:200]))
    hint = f" Close: {', '.join(close)}." if close else ""
    return f"The graph holds nothing called {name[:200]!r}.{hint}"
