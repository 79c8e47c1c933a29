"""Words that name events, found by the lists of `data/events.toml`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon
from kg.extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

GAP = 3
"""Words that may stand between the parts of a phrase ("held several rounds of talks")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How an event type takes its arguments: slot -> role."""

    type: str
    slots: dict[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Trigger:
    """An event's word at tokens `start` to `end` (exclusive); `head` governs the arguments.

    `frame` is the table of the word list that holds the word.
    """

    start: int
    end: int
    head: int
    frame: str


@dataclass(frozen=True)
class Lists:
    """The trigger words by their first or last lemma."""

    verbs: dict[str, str]
    nouns: dict[str, list[tuple[tuple[str, ...], str]]]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    frames: dict[str, Frame]


@cache
def lists() -> Lists:
    """The lists of `data/events.toml`, compiled."""
    verbs: dict[str, str] = {}
    nouns: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    frames: dict[str, Frame] = {}
    for kind, entry in lexicon("events").items():
        frames[kind] = Frame(entry.get("type", kind), entry["slots"])
        verbs |= dict.fromkeys(entry["verbs"], kind)
        for noun in entry["nouns"]:
            lemmas = tuple(noun.split())
            nouns[lemmas[-1]].append((lemmas, kind))
        for phrase in entry["phrases"]:
            lemmas = tuple(phrase.split())
            phrases[lemmas[0]].append((lemmas, kind))
    for table in (nouns, phrases):
        for found in table.values():
            found.sort(key=lambda item: (-len(item[0]), item))
    return Lists(verbs, dict(nouns), dict(phrases), frames)


def find_triggers(scene: Scene, barred: frozenset[int]) -> list[Trigger]:
    """The triggers of the article in text order; `barred` are tokens of titles."""
    doc = scene.doc
    taken: set[int] = set()
    found: list[Trigger] = []
    for search in (_phrase, _noun, _verb):
        for token in doc:
            if token.i in taken or token.i in barred or token.i in scene.index:
                continue
            trigger = search(doc, token)
            if trigger and not taken.intersection(range(trigger.start, trigger.end)):
                taken.update(range(trigger.start, trigger.end))
                found.append(trigger)
    return sorted(found)


def _phrase(doc: Doc, token: Token) -> Trigger | None:
    if token.pos_ not in ("VERB", "NOUN", "AUX"):
        return None
    for lemmas, kind in lists().phrases.get(token.lemma_.lower(), ()):
        end = _match(doc, token, lemmas[1:])
        if end is not None:
            return Trigger(token.i, end, token.i, kind)
    return None


def _match(doc: Doc, head: Token, rest: tuple[str, ...]) -> int | None:
    """The end of the phrase whose further lemmas follow its first word, each near the last."""
    position = head.i + 1
    stop = head.sent.end
    for lemma in rest:
        for candidate in range(position, min(stop, position + GAP + 1)):
            token = doc[candidate]
            if token.is_punct and token.text not in ("-", "–"):
                return None
            if token.lemma_.lower() == lemma or token.lower_ == lemma:
                if not (head.is_ancestor(token) or token.is_ancestor(head)):
                    return None
                position = candidate + 1
                break
        else:
            return None
    # "agree to an offer" is no pledge: the "to" must open an infinitive.
    if rest == ("to",) and head.pos_ == "VERB" and lists_infinitive(head):
        follows = doc[position] if position < stop else None
        if follows is None or follows.tag_ != "VB":
            return None
        return head.i + 1
    return position


def lists_infinitive(head: Token) -> bool:
    """Whether "to" after this verb is a trigger only with an infinitive."""
    return head.lemma_ in ("agree", "commit", "ask")


def _noun(doc: Doc, token: Token) -> Trigger | None:
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for lemmas, kind in lists().nouns.get(
        token.lemma_.lower(), lists().nouns.get(token.lower_, ())
    ):
        start = token.i - len(lemmas) + 1
        if start < 0 or not _same(doc, start, lemmas):
            continue
        if token.dep_ == "compound" and token.head.i > token.i and _names_thing(token.head):
            return None
        return Trigger(start, token.i + 1, token.i, kind)
    return None


def _same(doc: Doc, start: int, lemmas: tuple[str, ...]) -> bool:
    return all(
        doc[start + i].lemma_.lower() == lemma or doc[start + i].lower_ == lemma
        for i, lemma in enumerate(lemmas)
    )


def _names_thing(noun: Token) -> bool:
    """Whether the noun that a trigger modifies is a thing and no event ("attack helicopter")."""
    return noun.lemma_.lower() not in lists().nouns


def _verb(doc: Doc, token: Token) -> Trigger | None:
    if token.pos_ != "VERB" or token.dep_ in ("amod", "compound"):
        return None
    kind = lists().verbs.get(token.lemma_.lower())
    return Trigger(token.i, token.i + 1, token.i, kind) if kind else None
