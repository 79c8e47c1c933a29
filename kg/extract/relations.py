"""Lasting ties between entities, read off the syntax around their names.

Each pattern is one small function that yields (subject, predicate, object, token of evidence).
What a pattern yields is checked against the types the predicate may link, so that a wrong type
costs a relation and never makes a false one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gazetteer import gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.positions import Post
from kg.extract.scene import Scene
from kg.inventory import ORGANIZATION_TYPES, PLACE_TYPES, PREDICATES

if TYPE_CHECKING:
    from spacy.tokens import Token

Tie = tuple[int, str, int, int]
"""Subject, predicate, object (numbers of entities), and a token of the sentence that says it."""


def find_ties(scene: Scene, posts: list[Post], first_post: int) -> Iterator[Tie]:
    """All ties of the article; posts are numbered from `first_post`."""
    for number, post in enumerate(posts, first_post):
        yield from _post_ties(scene, post, number)
    for tie in _name_ties(scene):
        subject, predicate, object_, _ = tie
        if subject != object_ and _fits(scene, subject, predicate, object_):
            yield tie


def _fits(scene: Scene, subject: int, predicate: str, object_: int) -> bool:
    """Whether the predicate may link entities of these types."""
    allowed = PREDICATES[predicate]
    types = scene.clusters[subject].type, scene.clusters[object_].type
    return types[0] in allowed.subjects and types[1] in allowed.objects


def _post_ties(scene: Scene, post: Post, number: int) -> Iterator[Tie]:
    """Who holds the post, whose post it is, and whom its holder leads."""
    for holding in post.holdings:
        token = holding.title.head
        person, body, former = holding.person, holding.body, holding.title.former
        if body is not None:
            yield number, "positionOf", body, token
        if person is None:
            continue
        yield person, "formerlyHeldPosition" if former else "holdsPosition", number, token
        leads = not former and _leads(post.key)
        if body is not None and leads and _fits(scene, person, "leaderOf", body):
            yield person, "leaderOf", body, token


def _leads(key: str) -> bool:
    return key in lexicon("titles")["leads"]


def _name_ties(scene: Scene) -> Iterator[Tie]:
    for number, cluster in enumerate(scene.clusters):
        for name in cluster.names:
            root = scene.doc[name.start : name.end].root
            if cluster.type in PLACE_TYPES and cluster.type != "Country":
                yield from _located(scene, number, name.start, name.end, root)
            if cluster.type in ORGANIZATION_TYPES:
                yield from _part_of(scene, number, name.start, name.end, root)
                yield from _based(scene, number, root)
            if cluster.type == "Person":
                yield from _affiliation(scene, number, name.start, name.end, root)


def _located(scene: Scene, number: int, start: int, end: int, root: Token) -> Iterator[Tie]:
    """ "Rask, Iran", "Iran's Sistan-Baluchestan province", "Tehran in Iran"."""
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].text == "," and scene.same_sentence(start, end + 1):
        wider = scene.cluster_at(end + 1, ("Country", "Region"))
        if wider is not None and _closes(scene, end + 1, number):
            yield number, "locatedIn", wider, start
    before = _owner(scene, start)
    if before is not None:
        yield number, "locatedIn", before, start
    noun = root.head if root.dep_ in ("compound", "pobj", "appos") else root
    for prep in (c for c in root.children if c.dep_ == "prep" and c.lower_ in ("in", "of")):
        for place in prep.children:
            wider = scene.cluster_at(place.i, ("Country", "Region"))
            if place.dep_ == "pobj" and wider is not None and prep.i == end and noun is not None:
                yield number, "locatedIn", wider, start


def _closes(scene: Scene, token: int, number: int) -> bool:
    """Whether the place after the comma ends the phrase, and is no further item of a list."""
    doc = scene.doc
    end = scene.name_at(token).end
    if end >= len(doc):
        return True
    after = doc[end]
    if after.lower_ in ("and", "or", "&", "'s", "’s", "-", "–"):
        return False
    narrow, wide = scene.clusters[number].type, scene.clusters[scene.index[token]].type
    order = ("Facility", "City", "Region", "Country")
    return order.index(narrow) < order.index(wide)


def _owner(scene: Scene, start: int) -> int | None:
    """The country or region that owns a place: "Iran's X", "the Iranian city of X"."""
    doc = scene.doc
    position = start - 1
    steps = 0
    stop = doc[start].sent.start
    while position >= stop and steps < 5:
        token = doc[position]
        country = scene.cluster_at(position, ("Country", "Region"))
        if country is not None:
            following = doc[position + 1].text
            adjective = gazetteer().demonyms.get(token.text) is not None
            if following in ("'s", "’s", "'", "’") or (adjective and steps):
                return country
            return None
        fits = token.pos_ in ("ADJ", "NOUN") or token.text in ("'s", "’s", "'", "’", "of", "-")
        if not fits and token.lower_ not in _PLACE_NOUNS:
            return None
        position -= 1
        steps += token.text not in ("'s", "’s", "'", "’")
    return None


_PLACE_NOUNS = frozenset({"city", "town", "village", "province", "region", "capital", "port"})


def _part_of(scene: Scene, number: int, start: int, end: int, root: Token) -> Iterator[Tie]:
    """ "Iran's army", "Iranian Armed Forces", "Ministry of X of Iran"."""
    doc = scene.doc
    kind = scene.clusters[number].type
    if kind in ("GovernmentBody", "MilitaryUnit"):
        inner = _leading_country(scene, start, end)
        if inner is not None:
            yield number, "partOf", inner, start
    if start >= 2 and doc[start - 1].text in ("'s", "’s"):
        owner = scene.cluster_at(start - 2)
        if owner is not None and kind in ("GovernmentBody", "MilitaryUnit"):
            yield number, "partOf", owner, start
    if start and kind in ("GovernmentBody", "MilitaryUnit"):
        owner = scene.cluster_at(start - 1, ("Country",))
        if owner is not None and doc[start - 1].text in gazetteer().demonyms:
            yield number, "partOf", owner, start


def _leading_country(scene: Scene, start: int, end: int) -> int | None:
    """The country whose name or adjective begins or ends a body's name."""
    doc = scene.doc
    places = gazetteer()
    for width in (1, 2):
        for words in (doc[start : start + width].text, doc[end - width : end].text):
            country = places.country_of(words)
            if country and start + width < end:
                return scene.country(country)
    return None


def _based(scene: Scene, number: int, root: Token) -> Iterator[Tie]:
    """ "X, based in Y", "Y-based X", "X has its headquarters in Y"."""
    for child in root.children:
        if child.dep_ == "acl" and child.lower_ in ("based", "headquartered"):
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ == "in":
                    for place in prep.children:
                        found = scene.cluster_at(place.i, PLACE_TYPES)
                        if found is not None:
                            yield number, "basedIn", found, root.i
    doc = scene.doc
    start = scene.name_at(root.i).start
    if start >= 3 and doc[start - 1].lower_ == "based" and doc[start - 2].text in ("-", "–"):
        found = scene.cluster_at(start - 3, PLACE_TYPES)
        if found is not None:
            yield number, "basedIn", found, root.i


def _affiliation(scene: Scene, number: int, start: int, end: int, root: Token) -> Iterator[Tie]:
    """ "X, a member of Y", "X of the Y", "X, who works for Y"."""
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "from", "with"):
        after = end + 2 if doc[end + 1].lower_ == "the" else end + 1
        body = scene.cluster_at(after, ORGANIZATION_TYPES) if after < len(doc) else None
        if body is not None and scene.same_sentence(start, after):
            kind = scene.clusters[body].type
            if kind == "PoliticalParty":
                yield number, "memberOfParty", body, start
            elif kind == "ArmedGroup":
                yield number, "memberOf", body, start
            else:
                yield number, "employedBy", body, start
    for noun in _described(root):
        body = _of(scene, noun)
        if noun.lemma_ == "member" and body is not None:
            party = scene.clusters[body].type == "PoliticalParty"
            yield number, "memberOfParty" if party else "memberOf", body, start
        elif noun.lemma_ in ("citizen", "national") and noun.i:
            country = scene.cluster_at(noun.i - 1, ("Country",))
            if country is not None:
                yield number, "citizenOf", country, start


def _described(root: Token) -> Iterator[Token]:
    """The nouns that describe a name: "X, a member", "X is a member"."""
    for child in root.children:
        if child.dep_ == "appos":
            yield child
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        for child in root.head.children:
            if child.dep_ == "attr" and not any(c.dep_ == "neg" for c in root.head.children):
                yield child


def _of(scene: Scene, noun: Token) -> int | None:
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for child in prep.children:
                if child.dep_ == "pobj":
                    return scene.cluster_at(child.i, ORGANIZATION_TYPES)
    return None
