"""Posts as entities: whose post it is, and who holds it.

A post is an entity when a named person holds it or when its country or body is named. Its name
is the title with the body ("Foreign Minister of Iran"), so that two foreign ministers are two
posts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.lexicon import words
from kg.extract.parse import Parse
from kg.extract.scene import Scene
from kg.extract.titles import Title
from kg.inventory import PREDICATES

if TYPE_CHECKING:
    from spacy.tokens import Doc

HOLDERS = frozenset(PREDICATES["positionOf"].objects)
"""Types of what a post can belong to."""


@dataclass
class Holding:
    """One place where the text names a post: the title, whose post, and who holds it.

    `start` and `end` are the tokens of the title with the country right before it, as the post
    is named there ("Iranian President"). `key` is the post in full words, `body` and
    `person` are indexes of clusters. `apart` tells that holder and title stand apart ("X, the
    minister of Y"). For "his Iranian counterpart" the title covers these words.
    """

    title: Title
    key: str
    start: int
    end: int
    body: int | None = None
    person: int | None = None
    apart: bool = False


@dataclass
class Post:
    """A post in the making: the places that name it."""

    key: str
    body: int | None
    holdings: list[Holding] = field(default_factory=list)


def find_posts(parse: Parse, scene: Scene, titles: list[Title]) -> list[Post]:
    """The posts of the article in order of first mention."""
    holdings = [_holding(parse.doc, scene, title) for title in titles]
    holdings += _counterparts(parse.doc, scene, holdings)
    _share_body(holdings)
    posts: dict[tuple[str, int | None], Post] = {}
    for holding in holdings:
        if holding.person is None and (holding.body is None or _indefinite(parse.doc, holding)):
            continue
        key = (holding.key, holding.body)
        posts.setdefault(key, Post(*key)).holdings.append(holding)
    _join_bodiless(posts)
    _bare_mentions(holdings, posts)
    return sorted(posts.values(), key=lambda post: post.holdings[0].title.start)


def _indefinite(doc: Doc, holding: Holding) -> bool:
    """Whether nobody in particular is meant: "a Foreign Office spokesman", "officials"."""
    return any(token.lower_ in ("a", "an", "any", "no") for token in doc[holding.title.head].lefts)


def _holding(doc: Doc, scene: Scene, title: Title) -> Holding:
    holding = Holding(title, title.key, title.start, title.end)
    _find_body(doc, scene, holding)
    holding.person = _holder_after(doc, scene, title)
    if holding.person is None:
        holding.person = _holder_before(doc, scene, title)
        holding.apart = holding.person is not None
    return holding


def _find_body(doc: Doc, scene: Scene, holding: Holding) -> None:
    """The country or body whose post it is: "Iran's ...", "Iranian ...", "... of Iran"."""
    title = holding.title
    before = title.start - 1
    while before >= 0 and doc[before].lower_ in words("titles", "passing"):
        before -= 1
    possessive = before >= 0 and doc[before].text in ("'s", "’s", "'", "’")
    found = scene.cluster_at(before - possessive, HOLDERS)
    if found is not None and scene.same_sentence(before - possessive, title.start):
        holding.body = found
        country = scene.clusters[found].type == "Country"
        if country and not possessive and before == title.start - 1:
            holding.start = scene.name_at(before).start
        return
    after = title.end
    if after + 2 < len(doc) and doc[after].text == "(":
        after += 3
    if after + 1 < len(doc) and doc[after].lower_ in ("of", "for", "at"):
        position = _body_after(doc, scene, after + 1)
        if position is not None:
            holding.body = scene.cluster_at(position, HOLDERS)


def _body_after(doc: Doc, scene: Scene, position: int) -> int | None:
    """The token of the body after "of": past articles and adjectives, and past "the town of"."""
    for _ in range(6):
        if position >= len(doc):
            return None
        token = doc[position]
        if scene.cluster_at(position, HOLDERS) is not None:
            end = scene.name_at(position).end
            adjective = scene.name_at(position).demonym and end < len(doc)
            if not (adjective and doc[end].pos_ in ("NOUN", "ADJ")):
                return position
            position = end
            continue
        plain = token.lower_ in ("the", "a", "of") or token.pos_ == "ADJ"
        if not plain and token.lower_ not in ("town", "city", "province", "state", "village"):
            return None
        position += 1
    return None


SKIPPED = frozenset({",", "(", ")", "-", "–"})


def _holder_after(doc: Doc, scene: Scene, title: Title) -> int | None:
    """The person named right after the title: "Foreign Minister (Mr) Jilani"."""
    position = title.end
    stop = doc[title.head].sent.end
    skippable = words("titles", "civil", "ranks") | words("titles", "civil", "honorifics")
    comma = False
    while position < stop:
        token = doc[position]
        if scene.cluster_at(position) is not None:
            break
        if token.text == "(" and position + 2 < stop and doc[position + 2].text == ")":
            position += 3
            continue
        if token.text == "," and not comma and _definite(doc, title):
            comma = True
        elif token.lower_ not in skippable and token.text != ".":
            return None
        position += 1
    # A comma between title and name needs a definite title ("Iran's Foreign Minister, X"), and
    # the name closed off by another comma, else it may be a list of people.
    person = scene.cluster_at(position, {"Person"})
    if comma and person is not None:
        end = scene.name_at(position).end
        if end < stop and doc[end].text not in (",", ".", "'s", "’s", ")"):
            return None
    return person


def _definite(doc: Doc, title: Title) -> bool:
    before = doc[title.start - 1].lower_ if title.start else ""
    return before in ("the", "'s", "’s", "his", "her", "its", "their") or (
        doc[title.start - 1].ent_type_ in ("GPE", "NORP", "ORG") if title.start else False
    )


def _holder_before(doc: Doc, scene: Scene, title: Title) -> int | None:
    """The person the title describes: "X, the Chief of Army Staff", "X is president of Y"."""
    token = doc[title.head]
    head = token.head
    if token.dep_ == "appos" and head.i < token.i:
        return scene.person_headed(head.i)
    if token.dep_ == "attr" and head.lemma_ == "be":
        for child in head.children:
            if child.dep_ == "nsubj":
                return scene.person_headed(child.i)
    if (
        token.dep_ == "pobj"
        and head.lower_ == "as"
        and head.head.lemma_
        in (
            "serve",
            "appoint",
            "elect",
            "name",
            "work",
            "act",
            "nominate",
        )
    ):
        for child in head.head.children:
            if child.dep_ in ("nsubjpass", "dobj") or (
                child.dep_ == "nsubj" and head.head.lemma_ in ("serve", "work", "act")
            ):
                return scene.person_headed(child.i)
    return None


def _counterparts(doc: Doc, scene: Scene, holdings: list[Holding]) -> list[Holding]:
    """Posts named only as "his Iranian counterpart (, Foreign Minister) X".

    The post is that of the one whose counterpart X is: the last holder named before.
    """
    found = []
    known = sorted((h for h in holdings if h.person is not None), key=lambda h: h.title.start)
    for token in doc:
        if token.lower_ != "counterpart":
            continue
        body = scene.cluster_at(token.i - 1, {"Country"})
        person = _name_after(doc, scene, token.i + 1)
        if body is None or person is None:
            continue
        before = [h for h in known if h.title.start < token.i and h.person != person]
        same = [h for h in before if scene.same_sentence(h.title.head, token.i)]
        last = (same or before)[-1] if before else None
        subject = scene.subject_person(token)
        if subject is not None:
            last = next((h for h in reversed(before) if h.person == subject), last)
        own = [h for h in holdings if h.person == person and " " in h.key]
        if last is None:
            continue
        key = own[0].key if own else last.key
        title = Title(token.i - 1, token.i + 1, token.i, key)
        found.append(Holding(title, key, token.i - 1, token.i + 1, body, person, apart=True))
    return found


def _name_after(doc: Doc, scene: Scene, position: int) -> int | None:
    """The person named after "counterpart", past commas, titles and honorifics."""
    stop = min(len(doc), position + 7)
    sentence = doc[position - 1].sent
    while position < min(stop, sentence.end):
        person = scene.cluster_at(position, {"Person"})
        if person is not None:
            return person
        token = doc[position]
        if token.text not in SKIPPED and not token.text[0].isupper():
            return None
        position += 1
    return None


def _share_body(holdings: list[Holding]) -> None:
    """Give a person's post without a body the body it has elsewhere in the article.

    "Minister Jilani" is the foreign minister of Pakistan when the article says so of Jilani once.
    """
    of_person: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.person is not None:
            of_person[holding.person].append(holding)
    for own in of_person.values():
        for holding in own:
            wider = [h for h in own if _is_wider(h, holding)]
            if wider:
                best = min(wider, key=lambda h: (-len(h.key), h.body is None, h.title.start))
                holding.key = best.key
        for holding in own:
            bodies = [h.body for h in own if h.key == holding.key and h.body is not None]
            if holding.body is None and bodies:
                holding.body = bodies[0]


def _is_wider(full: Holding, short: Holding) -> bool:
    """Whether one post of a person can be the other in more words ("minister")."""
    if full.body is not None and short.body is not None and full.body != short.body:
        return False
    return full.key.endswith(" " + short.key)


def _join_bodiless(posts: dict[tuple[str, int | None], Post]) -> None:
    """Make a post without a body one with the only post of that title that has a body and no
    other holder ("Chief of Army Staff X", "Pakistan's Chief of Army Staff")."""
    for key, body in list(posts):
        if body is not None:
            continue
        others = [post for post in posts.values() if post.key == key and post.body is not None]
        if len(others) != 1:
            continue
        holders = {h.person for h in others[0].holdings} - {None}
        if holders <= {h.person for h in posts[key, None].holdings}:
            others[0].holdings += posts.pop((key, None)).holdings


LITTLE = frozenset({"of", "to", "the", "for", "and", "in", "on", "at"})


def post_name(doc: Doc, scene: Scene, post: Post) -> str:
    """The name of a post: the title in capitals with its body, "Foreign Minister of Iran"."""
    spelled = [
        doc[h.title.start : h.title.end].text for h in post.holdings if h.title.key == post.key
    ]
    full = [s for s in spelled if s.lower() == post.key]
    text = full[0] if full else post.key
    title = " ".join(w if w in LITTLE else w[:1].upper() + w[1:] for w in text.split())
    if post.body is None:
        return title
    body = scene.clusters[post.body].name
    # "Ambassador to Tehran" of Pakistan is the "Ambassador of Pakistan to Tehran".
    office, to, place = title.partition(" to ")
    return f"{office} of {body}{to}{place}"


def _bare_mentions(holdings: list[Holding], posts: dict[tuple[str, int | None], Post]) -> None:
    """Titles without holder and body, for the one post of that title."""
    by_key: dict[str, list[Post]] = defaultdict(list)
    for post in posts.values():
        by_key[post.key].append(post)
    for holding in holdings:
        if holding.person is None and holding.body is None:
            candidates = by_key.get(holding.key, ())
            if len(candidates) == 1:
                candidates[0].holdings.append(holding)
    for post in posts.values():
        post.holdings.sort(key=lambda h: h.title.start)
