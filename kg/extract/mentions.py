"""Pronouns and descriptions that mean a named entity of the article, where one reading stands out.

Only clear cases: a title that a known person holds ("Iran's foreign minister"), "the city of X",
"the group" when one group has been named, "he" after one person. An unclear one is left alone,
since a wrong link puts words into somebody's mouth.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon
from kg.extract.positions import Post
from kg.extract.scene import Scene
from kg.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS
from kg.extract.titles import Title
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

SINGULAR = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
RELATIVE = frozenset({"who", "whom", "whose"})
SALIENT_SENTENCES = 2
"""How far back a pronoun's person may have been named: this sentence and the one before. Beyond
that the wrong links on newsgraph train grow faster than the right ones."""

NEAR = 8
"""Tokens between a noun and the name that explains it; the parser's farther links are errors."""


def link_mentions(scene: Scene, posts: list[Post], titles: Iterable[Title]) -> None:
    """Tell the scene which pronouns and descriptions mean which entity."""
    _held_titles(scene, posts)
    _described_places(scene)
    _described_names(scene)
    _relative_pronouns(scene)
    _in_order(scene, frozenset(t for title in titles for t in range(title.start, title.end)))


def _held_titles(scene: Scene, posts: list[Post]) -> None:
    """Titles and "his Iranian counterpart" as descriptions of the one person who holds the post."""
    doc = scene.doc
    for number, post in enumerate(posts, len(scene.clusters)):
        scene.posts |= {holding.title.head: number for holding in post.holdings}
        holders = {h.person for h in post.holdings if h.person is not None and not h.title.former}
        for holding in post.holdings:
            person = holding.person
            if person is None and len(holders) == 1 and post.body is not None:
                person = next(iter(holders))
            if person is None:
                continue
            head = holding.title.head
            token = doc[head]
            # In "Foreign Minister X" the name is the head and the title no mention of its own.
            if token.dep_ in ("compound", "nmod") and scene.at(token.head.i) == person:
                continue
            start = _phrase_start(token, holding.title.start)
            nominal = start < holding.title.start or holding.person is None
            scene.link(head, person, start, holding.title.end)
            if nominal:
                scene.mention(head, person, start, holding.title.end, MentionKind.NOMINAL)


def _phrase_start(token: Token, start: int) -> int:
    left = token.left_edge.i
    return left if start - 6 <= left < start else start


@cache
def _place_nouns() -> frozenset[str]:
    beside = lexicon("types")["beside"]
    return frozenset(beside["City"]) | frozenset(beside["Region"])


def _described_places(scene: Scene) -> None:
    """ "the city of Rask", "Sistan-Baluchestan province": the noun means the place it goes with."""
    for token in scene.doc:
        if token.lower_ not in _place_nouns() or scene.at(token.i) is not None:
            continue
        for child in token.children:
            if child.lower_ == "of" and child.dep_ == "prep":
                inner = [c for c in child.children if c.dep_ == "pobj"]
            elif child.dep_ in ("compound", "nmod", "appos"):
                inner = [child]
            else:
                continue
            for place in inner:
                number = scene.cluster_at(place.i, ("City", "Region"))
                if number is not None:
                    name = scene.name_at(place.i)
                    scene.link(token.i, number, name.start, name.end)


def _described_names(scene: Scene) -> None:
    """ "the monitoring group Airwars", "the head of diplomacy, X": the noun means what is named."""
    for token in scene.doc:
        if token.pos_ != "NOUN" or scene.at(token.i) is not None:
            continue
        for child in token.children:
            number = (
                scene.index.get(child.i)
                if child.dep_ == "appos" and 0 < child.i - token.i <= NEAR
                else None
            )
            if number is not None:
                name = scene.name_at(child.i)
                scene.link(token.i, number, name.start, name.end)
                break


def _relative_pronouns(scene: Scene) -> None:
    """ "X, who ...": the pronoun means the name its clause describes."""
    for token in scene.doc:
        if token.lower_ not in RELATIVE:
            continue
        for above in token.ancestors:
            if above.dep_ == "relcl":
                person = scene.person_headed(above.head.i)
                if person is not None:
                    scene.link(token.i, person, token.i, token.i + 1)
                    scene.mention(token.i, person, token.i, token.i + 1, MentionKind.PRONOUN)
                break


def _in_order(scene: Scene, barred: frozenset[int]) -> None:
    """Pronouns and definite descriptions, read from left to right."""
    focus = _Focus(scene)
    for token in scene.doc:
        number = scene.index.get(token.i)
        if number is not None:
            if scene.name_at(token.i).end == token.i + 1:
                focus.named(token, number)
            continue
        if token.lower_ in SINGULAR:
            person = focus.person_for(token)
            if person is not None:
                scene.link(token.i, person, token.i, token.i + 1)
                scene.mention(token.i, person, token.i, token.i + 1, MentionKind.PRONOUN)
                focus.meant(token, person)
        elif token.i not in barred and token.pos_ == "NOUN":
            found = focus.described_by(token)
            if found is not None:
                start = token.left_edge.i
                scene.link(token.i, found, start, token.i + 1)
                scene.mention(token.i, found, start, token.i + 1, MentionKind.NOMINAL)


@cache
def _types_of_nouns() -> dict[str, frozenset[str]]:
    """Common noun -> the types it can describe, from the word list."""
    found: dict[str, set[str]] = {}
    for kind, entry in lexicon("types").items():
        for noun in entry.get("nominals", ()):
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


class _Focus:
    """What the reader has in mind: who was named lately, and what was named so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.people: list[tuple[int, int, bool]] = []
        self.gender: dict[int, str] = {}
        self.by_type: dict[str, dict[int, int]] = {}

    def named(self, token: Token, number: int) -> None:
        """Note that an entity is named here."""
        cluster = self.scene.clusters[number]
        if cluster.type == "Person":
            self._saw(token, number)
            self._note_gender(token, number)
        self.by_type.setdefault(cluster.type, {})[number] = token.i

    def meant(self, token: Token, number: int) -> None:
        """Note that a pronoun means a person here."""
        self.gender.setdefault(number, _gender(token.lower_))
        self._saw(token, number)

    def _saw(self, token: Token, number: int) -> None:
        sentence = self.scene.parse.sentence_of[token.i]
        root = self.scene.doc[self.scene.bounds(token.i)[0] : token.i + 1].root
        subject = root.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS)
        self.people.append((sentence, number, subject))
        self.people = [p for p in self.people if p[0] >= sentence - SALIENT_SENTENCES]

    def _note_gender(self, token: Token, number: int) -> None:
        start = self.scene.name_at(token.i).start
        before = self.scene.doc[start - 1].lower_ if start else ""
        if before in ("mr", "mr.", "sir", "king", "prince", "sheikh"):
            self.gender[number] = "m"
        elif before in ("mrs", "mrs.", "ms", "ms.", "miss", "queen", "princess", "madam"):
            self.gender[number] = "f"

    def person_for(self, token: Token) -> int | None:
        """The person a singular pronoun means: the only one at hand, else the last subject."""
        sentence = self.scene.parse.sentence_of[token.i]
        gender = _gender(token.lower_)
        near = [p for p in self.people if self.gender.get(p[1], gender) == gender]
        here = [p for p in near if p[0] == sentence]
        before = [p for p in near if p[0] == sentence - 1]
        for group in (here, before):
            if not group:
                continue
            people = {number for _, number, _ in group}
            if len(people) == 1:
                return group[0][1]
            subjects = {number for _, number, subject in group if subject}
            return next(iter(subjects)) if len(subjects) == 1 else None
        return None

    def described_by(self, token: Token) -> int | None:
        """The one entity named so far that "the group" or "the city" can mean."""
        kinds = _types_of_nouns().get(token.lower_)
        determiner = next((c for c in token.children if c.dep_ == "det"), None)
        if not kinds or determiner is None or determiner.lower_ not in ("the", "this"):
            return None
        if any(
            c.dep_ in ("amod", "compound", "prep", "relcl", "acl", "nummod") for c in token.children
        ):
            return None
        found = {n for kind in kinds for n in self.by_type.get(kind, {})}
        return next(iter(found)) if len(found) == 1 else None


def _gender(pronoun: str) -> str:
    return "f" if pronoun in ("she", "her", "herself") else "m"
