"""The page of a person, organisation, place or post: all that is told of it, by whom, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.network import Edge, Network
from kg.graph.store import Store
from kg.server.pages.address import network_address
from kg.server.pages.catalogue import Entry, catalogue
from kg.server.pages.excerpt import Excerpt, claims_by
from kg.server.pages.quote import Quote, Quotes, Source
from kg.server.pages.strip import Strip, strip
from kg.server.pages.surroundings import surroundings
from kg.server.pages.telling import Figures, Happening, Link, Section, Telling
from kg.server.pages.words import predicate_words, value_words
from kg.show import words as spaced

POSTS = ("holdsPosition", "formerlyHeldPosition")
FIRST_SENTENCES = 60
"""Sentences on the page; the first few are open, the others one click away."""

MOST_SAID = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence claims, in words: "Jaish al-Adl" "based in" "Pakistan"."""

    subject: Link
    words: str
    object: Link | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that reports somebody's words, and what it makes them claim."""

    quote: Quote
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """What the page of an entity shows."""

    iri: str
    link: Link
    aliases: tuple[str, ...]
    settled: bool
    posts: Section
    relations: tuple[Section, ...]
    events: tuple[Happening, ...]
    strip: Strip | None
    said: tuple[Said, ...]
    disagreements: tuple[tuple[Link, tuple[Figures, ...]], ...]
    mentions: Quotes
    articles: tuple[tuple[Source, int], ...]
    network: str
    left_out: int


def entity(store: Store, iri: str) -> EntityView | None:
    """The view of the entity `iri`; None when the graph does not know it."""
    around = surroundings(store, [iri], mentions=True)
    telling = Telling(store, around.network)
    if iri not in telling.node:
        return None
    node = telling.node[iri]
    known = catalogue(store).by_iri
    events = telling.happenings_of(iri)
    ids = [edge.source for edge in telling.to[iri]]
    return EntityView(
        iri=iri,
        link=telling.link(iri),
        aliases=node.aliases,
        settled=iri in known,
        posts=_posts(telling, iri),
        relations=tuple(s for s in telling.relations(iri) if s.ties and not _is_posts(s)),
        events=events,
        strip=strip(known[id] for id in dict.fromkeys(ids) if id in known and _is_event(known[id])),
        said=said_by(store, iri),
        disagreements=tuple(
            (telling.link(id), figures)
            for id in dict.fromkeys(ids)
            if telling.node[id].kind == "event" and (figures := telling.disagreements(id))
        ),
        mentions=telling.quotes(node.mentions, most=FIRST_SENTENCES),
        articles=_articles(telling, around.network, iri),
        network=network_address(iri),
        left_out=around.left_out,
    )


def said_by(store: Store, speaker: str) -> tuple[Said, ...]:
    """What articles make `speaker` say, by article and place."""
    excerpt = Excerpt(store)
    excerpt.take_claims(claims_by(store, speaker))
    telling = Telling(store, excerpt.network())
    found: dict[Quote, dict[Statement, None]] = defaultdict(dict)
    for edge in telling.network.edges:
        for evidence in edge.evidence:
            found[telling.quoting.quote(evidence)][_statement(telling, edge)] = None
    for node in telling.network.nodes:
        link = telling.link(node.id)
        if node.kind == "event":
            for evidence in node.mentions:
                found[telling.quoting.quote(evidence)][Statement(link, "", None)] = None
        for value in node.values:
            words = f"{spaced(value.predicate)} {value_words(value)}"
            for evidence in value.evidence:
                found[telling.quoting.quote(evidence)][Statement(link, words, None)] = None
    return _by_sentence(found)


def _by_sentence(found: dict[Quote, dict[Statement, None]]) -> tuple[Said, ...]:
    """One entry a sentence: the quote of it that marks most, all statements."""
    together: dict[str, list[Quote]] = defaultdict(list)
    for quote in found:
        together[quote.source.address].append(quote)
    said = []
    for quotes in together.values():
        best = max(quotes, key=lambda quote: len(quote.parts))
        statements = dict.fromkeys(s for quote in quotes for s in found[quote])
        telling = [s for s in statements if s.object or s.words]
        said.append(Said(best, tuple(telling or statements)))
    said.sort(key=lambda item: item.quote.source.address)
    return tuple(said[:MOST_SAID])


def _statement(telling: Telling, edge: Edge) -> Statement:
    return Statement(
        telling.link(edge.source), predicate_words(edge.predicate), telling.link(edge.target)
    )


def _posts(telling: Telling, iri: str) -> Section:
    ties = [
        telling.tie(edge, edge.target) for edge in telling.from_[iri] if edge.predicate in POSTS
    ]
    ties.sort(key=lambda tie: (bool(tie.standing), -tie.quotes.sentences, tie.other.label))
    return Section("Posts", tuple(ties))


def _is_posts(section: Section) -> bool:
    return section.heading in {"Holds the post", "Formerly held the post"}


def _is_event(entry: Entry) -> bool:
    return entry.category == "event"


def _articles(telling: Telling, network: Network, iri: str) -> tuple[tuple[Source, int], ...]:
    """The articles that mention the entity, with the number of sentences, most first."""
    counts: Counter[str] = Counter(item.article for item in telling.node[iri].mentions)
    order: Sequence[str] = sorted(counts, key=lambda id: (-counts[id], id))
    return tuple((telling.quoting.source(id), counts[id]) for id in order)
