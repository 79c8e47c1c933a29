"""Whether the article tells an event as fact, as planned, as possible, or as not so.

Read off the words that govern the trigger: its own auxiliaries and negation, then up the tree
the verbs and nouns it depends on ("invited X to visit", "plans for a visit"), conditionals and
questions. After the idea of factuality cues in FactBank (Sauri and Pustejovsky 2009), with the
four values of the inventory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.lexicon import words
from kg.extract.syntax import FARTHEST, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token


def factuality(trigger: Token) -> Factuality | None:
    """The factuality that words around the trigger state; None when none does (then a fact)."""
    found = _own(trigger)
    if found:
        return found
    node = trigger
    for _ in range(FARTHEST):
        head = node.head
        if head.i == node.i:
            break
        found = _from_above(node, head)
        if found:
            return found
        if not _carries(node, head):
            break
        node = head
    return Factuality.POSSIBLE if _asked(trigger) else None


def _carries(node: Token, head: Token) -> bool:
    """Whether what governs `head` governs `node` too.

    It does not across a noun ("an inquiry into the attack"), a clause with its own tense, or the
    object of a verb that is an event itself ("to protest the visit").
    """
    relation = node.dep_
    if relation in ("xcomp", "conj", "prep"):
        return head.pos_ in ("VERB", "AUX") or relation == "conj"
    if relation in ("pobj", "pcomp"):
        return head.lower_ in ("for", "from", "to")
    if relation in (*OBJECTS, *PASSIVE_SUBJECTS):
        return head.lemma_ in words("syntax", "light_verbs")
    return False


def _is(token: Token, key: str) -> bool:
    listed = words("factuality", key)
    return token.lemma_.lower() in listed or token.lower_ in listed


def _own(trigger: Token) -> Factuality | None:
    """What the trigger's own auxiliaries, negation and modifiers say."""
    found = None
    if _is(trigger, "performed") and trigger.head.lemma_ in (
        "like",
        "want",
        "wish",
        "take",
        "call",
    ):
        return None
    for child in trigger.children:
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no"):
            return Factuality.DENIED
        if child.dep_ in ("amod", "advmod", "compound"):
            if _is(child, "planned_modifiers"):
                found = Factuality.PLANNED
            elif _is(child, "possible_modifiers") or _is(child, "possible_adverbs"):
                found = Factuality.POSSIBLE
    return found or _modal(trigger)


def _modal(verb: Token) -> Factuality | None:
    """What modals, "if" and "to" say of a verb's own clause."""
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            if child.lower_ in words("factuality", "planned_modals"):
                return Factuality.PLANNED
            if child.lower_ in words("factuality", "possible_modals"):
                return Factuality.POSSIBLE
            if child.lower_ == "to" and verb.dep_ == "advcl" and not _is(verb, "performed"):
                return Factuality.PLANNED
            going = verb.dep_ == "xcomp" and verb.head.lower_ == "going"
            if child.lower_ == "to" and (going or verb.head.lemma_ in ("be", "have")):
                return Factuality.PLANNED
        if child.dep_ == "mark" and child.lower_ in words("factuality", "conditionals"):
            return Factuality.POSSIBLE
    return None


def _from_above(node: Token, head: Token) -> Factuality | None:
    """What the word that governs `node` says of the event."""
    relation = node.dep_
    if relation in ("xcomp", "ccomp", *OBJECTS, *PASSIVE_SUBJECTS):
        return _governed(node, head)
    if relation in SUBJECTS:
        negated = any(child.dep_ == "neg" for child in head.children)
        return Factuality.DENIED if negated and head.lemma_ in HAPPENING else _modal_of(head)
    if relation in ("acl", "pobj", "pcomp", "prep"):
        if _is(head, "planned_nouns") and head.pos_ == "NOUN" and _complement(node):
            return Factuality.PLANNED
        if relation == "prep" and head.pos_ == "VERB" and node.lower_ in ("for", "from", "to"):
            return _by_preposition(node, head)
    if relation == "conj" and not any(c.dep_ in ("aux", *SUBJECTS) for c in node.children):
        return _modal(head)
    if relation == "advcl":
        return _modal(node)
    return None


HAPPENING = ("take", "happen", "occur", "be", "place", "go")


def _modal_of(verb: Token) -> Factuality | None:
    """A subject's factuality by its verb, when the verb tells that it happens."""
    return _modal(verb) if verb.lemma_ in HAPPENING else None


def _complement(node: Token) -> bool:
    """Whether "to", "for" or "of" links the node to the noun above."""
    if node.dep_ == "acl":
        return any(child.lower_ == "to" for child in node.children)
    return node.lower_ in ("for", "of", "to") if node.dep_ == "prep" else False


def _governed(node: Token, head: Token) -> Factuality | None:
    """The factuality of a verb's complement: "deny", "plan", "suspect"."""
    negated = any(child.dep_ == "neg" for child in head.children)
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
    if _is(head, "denied"):
        return Factuality.DENIED
    if node.dep_ == "ccomp" and not infinitive:
        # A full clause has its own tense: "vowed that X attacked" tells of the past.
        return Factuality.POSSIBLE if _is(head, "possible") and head.lemma_ != "claim" else None
    if _is(head, "planned") and not (infinitive and _is(node, "performed")):
        return Factuality.DENIED if negated else Factuality.PLANNED
    if infinitive and negated:
        return Factuality.DENIED
    if infinitive and _is(head, "possible"):
        return Factuality.POSSIBLE
    own = None if node.dep_ in ("ccomp",) else _modal(head)
    if negated and node.dep_ in OBJECTS and head.lemma_ in ("hold", "have", "make", "carry"):
        return Factuality.DENIED
    return own if infinitive or head.lemma_ in ("hold", "have", "make", "carry", "take") else None


def _by_preposition(prep: Token, verb: Token) -> Factuality | None:
    """ "call for talks", "prepare for a visit", "refrain from attacks"."""
    if prep.lower_ == "from" and (_is(verb, "denied") or verb.lemma_ == "refrain"):
        return Factuality.DENIED
    if prep.lower_ in ("for", "to") and _is(verb, "planned"):
        return Factuality.PLANNED
    return None


def _asked(trigger: Token) -> bool:
    """Whether the trigger's sentence is a question."""
    sentence = trigger.sent
    for token in reversed(sentence):
        if not token.is_space and not token.is_quote:
            return token.text.startswith("?")
    return False
