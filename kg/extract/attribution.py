"""Who says it: the speaker of a statement, by direct and indirect speech and "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.lexicon import words
from kg.extract.scene import Scene
from kg.extract.syntax import FARTHEST, SUBJECTS, phrase
from kg.model import Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

OPEN, CLOSE = "“„«", "”»"


class Speakers:
    """The speakers of an article's statements."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._quoted = self._continued_quotes()

    def of(self, trigger: Token) -> Speaker | None:
        """Who the article says states what the trigger tells; None when the article itself."""
        found = self._speaker_token(trigger)
        if found is None:
            number = self._quoted.get(self.scene.parse.sentence_of[trigger.i])
            return entity_id(number) if number is not None else None
        return self.speaker(found)

    def speaker(self, token: Token) -> Speaker | None:
        """The entity that a speaker's word means, or its phrase; None for a bare pronoun."""
        number = self.scene.at(token.i)
        if number is not None:
            return entity_id(number)
        if token.pos_ == "PRON" or token.dep_ == "expl":
            return None
        start, end = phrase(token)
        doc = self.scene.doc
        return self.scene.parse.span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))

    def _speaker_token(self, trigger: Token) -> Token | None:
        node = trigger
        for _ in range(FARTHEST):
            for child in node.children:
                found = _according(child)
                if found is not None and found.i != trigger.i:
                    return found
            head = node.head
            if head.i == node.i:
                return None
            if node.dep_ in ("ccomp", "parataxis") and _reports(head):
                found = _subject(head)
                if found is not None:
                    return found
            if node.dep_ in ("advcl", "relcl") and node.i != trigger.i and head.pos_ == "NOUN":
                return None
            node = head
        return None

    def _continued_quotes(self) -> dict[int, int]:
        """For each sentence that goes on with a quotation, the entity whose words it holds."""
        found: dict[int, int] = {}
        open_speaker: int | None = None
        parse = self.scene.parse
        text = parse.document.text
        roots = {parse.sentence_of[s.root.i]: s.root for s in self.scene.doc.sents}
        for number, sentence in enumerate(parse.sentences):
            said = sentence.of(text)
            if open_speaker is not None:
                found[number] = open_speaker
            if any(mark in said for mark in CLOSE) and not _ends_open(said):
                open_speaker = None
            if _ends_open(said):
                root = roots.get(number)
                subject = _subject(root) if root is not None and _reports(root) else None
                who = self.scene.at(subject.i) if subject is not None else None
                open_speaker = who if who is not None else open_speaker
        return found


def _ends_open(said: str) -> bool:
    """Whether a sentence ends inside a quotation."""
    return max(said.rfind(mark) for mark in OPEN) > max(said.rfind(mark) for mark in CLOSE)


def _reports(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in words("attribution", "verbs")


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)
    if verb.dep_ in ("advcl", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)
    return None


def _according(child: Token) -> Token | None:
    """The source in "according to X", "as announced by X", "as X announced"."""
    if child.lower_ == "according":
        for to in child.children:
            if to.lower_ == "to":
                return next((c for c in to.children if c.dep_ == "pobj"), None)
    links = [c for c in child.children if c.lower_ == "as" and c.dep_ in ("mark", "advmod")]
    if child.dep_ == "advcl" and links and _reports(child):
        named = any(c.dep_ in (*SUBJECTS, "agent") for c in child.children)
        return _subject(child) if named else None
    return None


def entity_id(number: int) -> str:
    """The local id of an entity by its number."""
    return f"e{number + 1}"
