"""What stands around a verb or a noun: its arguments by grammatical place.

The places (slots) are `subject`, `object`, `clause`, `owner`, and any preposition by its own
word; `data/events.toml` maps them to roles. The passive's subject counts as object and its "by"
as subject; a noun's light verb ("hold talks") lends it subject and prepositions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Slot = tuple[str, "Token"]
SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
OBJECTS = ("dobj", "obj", "dative")
FARTHEST = 8
"""Steps up the tree after which nothing above tells about a word any more."""


def slots(token: Token) -> list[Slot]:
    """The arguments of a trigger, by slot, in text order."""
    found = list(_verb_slots(token) if token.pos_ in ("VERB", "AUX") else _noun_slots(token))
    with_conjuncts = []
    for slot, filler in found:
        with_conjuncts.append((slot, filler))
        with_conjuncts += [(slot, other) for other in conjuncts(filler)]
    seen: set[tuple[str, int]] = set()
    unique = []
    for slot, filler in with_conjuncts:
        if (slot, filler.i) not in seen:
            seen.add((slot, filler.i))
            unique.append((slot, filler))
    return sorted(unique, key=lambda s: (s[1].i, s[0]))


def conjuncts(token: Token) -> Iterator[Token]:
    """The items that follow a token in a list."""
    current = token
    for _ in range(30):
        following = next((c for c in current.children if c.dep_ == "conj"), None)
        if following is None:
            return
        if following.pos_ != "VERB":
            yield following
        current = following


def _verb_slots(verb: Token) -> Iterator[Slot]:
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in PASSIVE_SUBJECTS:
            yield "object", child
        elif child.dep_ in SUBJECTS:
            yield "object" if passive else "subject", child
        elif child.dep_ in OBJECTS:
            yield "object", child
        elif child.dep_ == "agent":
            yield from (("subject", c) for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep":
            yield from _prepositions(child)
        elif child.dep_ in ("ccomp", "xcomp"):
            yield "clause", child
    if not any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS) for child in verb.children):
        yield from _borrowed_subject(verb, passive)


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: with "was", or a participle after its noun."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "advcl")


def _borrowed_subject(verb: Token, passive: bool) -> Iterator[Slot]:
    """The subject of a verb that has none of its own: of "and", "to", participles, "who"."""
    slot = "object" if passive else "subject"
    head = verb.head
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        yield slot, head
    elif verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        for other, filler in _verb_slots(head):
            if other == ("object" if is_passive(head) else "subject"):
                yield slot, filler
    elif verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX", "ADJ"):
        controller = [f for s, f in _verb_slots(head) if s == "object"]
        by_object = head.lemma_ in words("factuality", "object_control")
        if controller and by_object:
            yield slot, controller[0]
        elif not by_object:
            for other, filler in _verb_slots(head):
                if other == ("object" if is_passive(head) else "subject"):
                    yield slot, filler
    elif verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VB", "VBN"):
        for other, filler in _verb_slots(head) if head.pos_ in ("VERB", "AUX") else ():
            if other == ("object" if is_passive(head) else "subject"):
                yield slot, filler


def _prepositions(prep: Token) -> Iterator[Slot]:
    word = prep.lower_
    for child in prep.children:
        if child.dep_ == "pobj":
            yield word, child
        elif child.dep_ == "pcomp":
            yield "clause" if word in ("to", "for", "of") else word, child
        elif child.dep_ == "prep":
            yield from _prepositions(child)


def _noun_slots(noun: Token) -> Iterator[Slot]:
    for child in noun.children:
        if child.dep_ == "poss" or (
            child.dep_ in ("amod", "compound", "nmod") and child.text[0].isupper()
        ):
            yield "owner", child
        elif child.dep_ == "prep":
            yield from _prepositions(child)
        elif child.dep_ == "acl" and child.tag_ == "VB":
            yield "clause", child
        elif child.dep_ in ("acl", "relcl"):
            yield from _acl_slots(child)
    yield from _following(noun)
    yield from _light_verb(noun)


def _following(noun: Token) -> Iterator[Slot]:
    """Prepositions right after an object, which the parser hung on the verb: in "followed strikes
    by X against Y" they belong to the strikes."""
    top = noun
    for _ in range(4):
        if top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top = top.head
    if top.dep_ not in OBJECTS:
        return
    expected = noun.right_edge.i + 1
    for child in top.head.children:
        if child.dep_ in ("prep", "agent") and child.i == expected:
            yield from ((child.lower_, c) for c in child.children if c.dep_ == "pobj")
            expected = child.right_edge.i + 1


def _acl_slots(verb: Token) -> Iterator[Slot]:
    """ "an attack carried out by X", "talks held with Y"."""
    if verb.lemma_ not in words("syntax", "light_verbs"):
        return
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (("subject", c) for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in SUBJECTS and child.tag_ not in ("WDT", "WP"):
            yield "subject", child
        elif child.dep_ == "prep":
            yield from _prepositions(child)


def _light_verb(noun: Token) -> Iterator[Slot]:
    """Subject and prepositions that a light verb lends its noun ("X held talks with Y")."""
    verb = noun.head
    top = noun
    for _ in range(4):
        if top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top, verb = top.head, top.head.head
    if top.dep_ == "pobj" and verb.lower_ in ("in", "on", "for", "to", "at", "of"):
        yield from _by_preposition(verb)
        return
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ not in words("syntax", "light_verbs"):
        return
    if top.dep_ in OBJECTS:
        for slot, filler in _verb_slots(verb):
            if filler.i != top.i and slot not in ("object", "clause"):
                yield slot, filler
    elif top.dep_ in PASSIVE_SUBJECTS:
        for slot, filler in _verb_slots(verb):
            if filler.i != top.i and slot != "clause":
                yield slot, filler


def _by_preposition(prep: Token) -> Iterator[Slot]:
    """ "took part in talks", "claimed responsibility for the attack"."""
    noun = prep.head
    if prep.lower_ == "for" and noun.lower_ == "responsibility":
        for slot, filler in _verb_slots(noun.head) if noun.head.pos_ == "VERB" else ():
            if slot == "subject":
                yield slot, filler
    elif prep.lower_ in ("in", "for") and noun.lemma_ in ("engage", "participate"):
        for slot, filler in _verb_slots(noun):
            if slot != "object" and filler.head.i != prep.i:
                yield slot, filler


def phrase(token: Token) -> tuple[int, int]:
    """The tokens of the phrase headed by a token: without clauses that only add to it, without
    the words that open it, and without punctuation at its ends."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    doc = token.doc
    for child in token.children:
        cut = child.dep_ in ("relcl", "appos", "advcl") or (
            child.dep_ == "conj" or (child.dep_ in ("cc", "punct") and child.i > token.i)
        )
        if cut and child.i > token.i and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            end = min(end, child.left_edge.i)
    while start < token.i and (
        doc[start].dep_ in ("mark", "aux") or doc[start].is_punct or doc[start].is_space
    ):
        start += 1
    while end - 1 > token.i and (
        doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "case"
    ):
        end -= 1
    return start, end
