"""Events of one article: triggers with arguments, and those that tell of one event made one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.attribution import Speakers, entity_id
from kg.extract.factuality import factuality
from kg.extract.scene import Scene
from kg.extract.syntax import phrase, slots
from kg.extract.triggers import Trigger, find_triggers, lists
from kg.inventory import EVENT_GROUP_OF, is_agent, is_place
from kg.model import Factuality, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACE_WORDS = frozenset({"in", "at", "near", "on", "inside", "outside", "around", "across", "off"})
ENTITY_ROLES = frozenset({"agent", "participant", "recipient"})
PLACE_ROLES = frozenset({"place", "origin", "destination"})
LONGEST_PHRASE = 25
"""Tokens; longer phrases swallow half a sentence and help nobody."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity by number or None, and its tokens (end exclusive)."""

    role: str
    entity: int | None
    start: int
    end: int


@dataclass
class DraftEvent:
    """An event in the making."""

    type: str
    triggers: list[Trigger]
    fillers: list[Filler]
    told: list[Factuality | None] = field(default_factory=list)
    speaker: Speaker | None = None
    definite: bool = False
    another: bool = False

    @property
    def stated(self) -> Factuality | None:
        """The factuality that most mentions state; None when most state none (then a fact)."""
        stated = [told for told in self.told if told]
        if not stated or len(stated) * 2 < len(self.told):
            return None
        return max(sorted(set(stated)), key=stated.count)

    def filled(self, role: str) -> set[int]:
        """The entities in a role."""
        return {f.entity for f in self.fillers if f.role == role and f.entity is not None}


def find_events(scene: Scene, barred: frozenset[int], speakers: Speakers) -> list[DraftEvent]:
    """The events of the article, each once, in order of first trigger."""
    events: list[DraftEvent] = []
    open_events: dict[str, list[DraftEvent]] = {}
    for trigger in find_triggers(scene, barred):
        event = _event(scene, trigger, speakers)
        earlier = open_events.setdefault(event.type, [])
        same = _earlier(scene, earlier[-RECENT:], event)
        if same is not None:
            _merge(same, event)
        elif _is_complete(scene, event):
            earlier.append(event)
            events.append(event)
    return events


def _earlier(scene: Scene, events: list[DraftEvent], later: DraftEvent) -> DraftEvent | None:
    """The event told before that a new mention means, or None.

    "The attack" with nothing of its own means the last event told in the same word, or else the
    only one of its type.
    """
    same = [event for event in events if _same_event(event, later)]
    if same and _is_bare(later):
        word = scene.doc[later.triggers[0].head].lemma_
        named_so = [e for e in same if any(scene.doc[t.head].lemma_ == word for t in e.triggers)]
        same = named_so or (same if len(events) == 1 else [])
    return same[-1] if same else None


def _is_bare(event: DraftEvent) -> bool:
    """Whether "the attack" stands without anything known that takes part."""
    return event.definite and not any(f.entity is not None for f in event.fillers)


RECENT = 12
"""How many events of a type are looked back upon; keeps the work linear in the text."""


def _event(scene: Scene, trigger: Trigger, speakers: Speakers) -> DraftEvent:
    head = scene.doc[trigger.head]
    frame = lists().frames[trigger.frame]
    fillers: list[Filler] = []
    for slot, token in slots(head):
        if trigger.start <= token.i < trigger.end:
            continue
        role = _role(scene, frame.slots, slot, token, head)
        filler = _filler(scene, role, token) if role else None
        if filler and filler not in fillers:
            fillers.append(filler)
        if filler and filler.role == "target" and filler.entity is None:
            fillers += [f for f in _owners(scene, token) if f not in fillers]
        if slot in WITHIN and (inner := _place_within(scene, token)) and inner not in fillers:
            fillers.append(inner)
    _drop_loose_owner(head, fillers)
    speaker = speakers.of(head)
    if speaker in {
        entity_id(f.entity) for f in fillers if f.role == "agent" and f.entity is not None
    }:
        speaker = None
    determiners = {child.lower_ for child in head.children if child.dep_ in ("det", "amod")}
    return DraftEvent(
        type=_sharper_type(scene, frame.type, fillers),
        triggers=[trigger],
        fillers=fillers,
        told=[factuality(head)],
        speaker=speaker,
        definite=bool(determiners & {"the", "this", "that", "these", "those"}),
        another=bool(determiners & {"another", "second", "other", "third", "separate"}),
    )


STATE_FORCES = ("Country", "MilitaryUnit")


def _sharper_type(scene: Scene, kind: str, fillers: list[Filler]) -> str:
    """An attack that a state or its forces carry out is a military strike."""
    agents = {
        scene.clusters[f.entity].type for f in fillers if f.role == "agent" and f.entity is not None
    }
    return "MilitaryStrike" if kind == "Attack" and agents & set(STATE_FORCES) else kind


def _drop_loose_owner(head: Token, fillers: list[Filler]) -> None:
    """Drop an agent that only modifies the noun when another one is told: in "the US visit of X"
    the country is no visitor."""
    agents = [filler for filler in fillers if filler.role in ("agent", "participant")]
    loose = [f for f in agents if f.end <= head.i and head.doc[f.end - 1].dep_ in LOOSE]
    if len(agents) > len(loose):
        for filler in loose:
            if head.doc[filler.end - 1].head == head:
                fillers.remove(filler)


LOOSE = ("amod", "compound", "nmod")
WITHIN = frozenset({"object", "on", "against", "at", "in", "near"})
"""Slots whose filler may tell the place of the event ("on a police station in Rask")."""


def _owners(scene: Scene, token: Token) -> list[Filler]:
    """The bodies whose bases, camps or members are struck, as targets themselves."""
    holders = [c for c in token.children if c.dep_ in ("compound", "poss", "nmod")]
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            holders += [c for c in prep.children if c.dep_ == "pobj"]
    found = (_filler(scene, "target", c) for c in holders if scene.type_at(c.i) in STRUCK)
    return [filler for filler in found if filler]


STRUCK = ("ArmedGroup", "MilitaryUnit", "PoliticalParty")


def _place_within(scene: Scene, token: Token) -> Filler | None:
    """The place that a thing struck, or a place without a name, lies in."""
    if scene.at(token.i) is not None:
        return None
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at", "near"):
            for child in prep.children:
                if child.dep_ == "pobj" and is_place(scene.type_at(child.i)):
                    return _filler(scene, "place", child)
    return None


def _role(scene: Scene, frame: dict[str, str], slot: str, token: Token, head: Token) -> str | None:
    kind = scene.type_at(token.i)
    role = frame.get(slot)
    if slot in PLACE_WORDS and (role is None or role == "place"):
        return "place" if is_place(kind) else None
    if role is None:
        return None
    first, _, second = role.partition("|")
    if slot == "owner" and kind in ("City", "Region", "Facility"):
        return "place"
    if not second:
        return first
    if second in ("destination", "place"):
        return second if kind in ("City", "Region", "Country", "Facility") else first
    return first if is_agent(kind) else second


def _filler(scene: Scene, role: str, token: Token) -> Filler | None:
    """What the token stands for in the role, or None when it cannot fill it."""
    if role == "position" and token.i in scene.posts:
        start, end = phrase(token)
        return Filler(role, scene.posts[token.i], start, end)
    number = scene.at(token.i)
    if number is not None:
        kind = scene.clusters[number].type
        if not _suits(role, kind):
            return None
        start, end = scene.bounds(token.i)
        return Filler(role, number, start, end)
    if role in PLACE_ROLES or (role in ENTITY_ROLES and token.pos_ != "NOUN"):
        return None
    if token.pos_ == "PRON" or token.ent_type_ in ("DATE", "TIME"):
        return None
    if role not in ("topic",) and token.pos_ not in ("NOUN", "PROPN", "NUM"):
        return None
    start, end = phrase(token)
    if not start <= token.i < end or end - start > LONGEST_PHRASE:
        return None
    return Filler(role, None, start, end)


def _suits(role: str, kind: str) -> bool:
    """Whether an entity of the type can fill the role."""
    if role in PLACE_ROLES:
        return is_place(kind)
    if role in ("agent", "participant"):
        return is_agent(kind) or kind in ("City", "Region")
    if role == "position":
        return False
    if role in ("person", "victim", "recipient"):
        return is_agent(kind) or kind in ("City", "Region", "Facility")
    return True


CORE_ROLES = frozenset({"person", "victim", "target"})


def _is_complete(scene: Scene, event: DraftEvent) -> bool:
    """Whether enough is told to speak of one event: a known entity takes part, or a verb of
    justice tells whom it befell ("police arrested two men").

    Of other types without a known entity only three in five are right on newsgraph train: "died"
    and "attacked" then mostly tell more of an event named elsewhere.
    """
    if any(filler.entity is not None for filler in event.fillers):
        return True
    verb = scene.doc[event.triggers[0].head].pos_ == "VERB"
    justice = EVENT_GROUP_OF[event.type] == "Justice"
    return justice and verb and any(filler.role in CORE_ROLES for filler in event.fillers)


def _same_event(earlier: DraftEvent, later: DraftEvent) -> bool:
    """Whether two events of one type are told of as one.

    Conservative: nothing may contradict (other entities in the same role, fact against plan),
    and something must tie them: a shared entity in a role, or "the attack" with nothing of its
    own that differs.
    """
    if later.another or _contradict(earlier, later):
        return False
    shared = _shared(earlier, later)
    if EVENT_GROUP_OF[later.type] == "Statement":
        return "agent" in shared and len(shared) > 1
    if _is_bare(later):
        return True
    return bool(shared - {"place"}) or (bool(shared) and later.definite)


SINGLE_ROLES = ("agent", "target", "person", "place", "destination", "victim")


def _contradict(earlier: DraftEvent, later: DraftEvent) -> bool:
    for role in SINGLE_ROLES:
        left, right = earlier.filled(role), later.filled(role)
        if left and right and not left & right:
            return True
    left, right = earlier.filled("participant"), later.filled("participant")
    if left and right and not (left <= right or right <= left):
        return True
    return bool(earlier.stated and later.stated and earlier.stated != later.stated)


def _shared(earlier: DraftEvent, later: DraftEvent) -> set[str]:
    roles = {f.role for f in later.fillers}
    return {role for role in roles if earlier.filled(role) & later.filled(role)}


def _merge(event: DraftEvent, later: DraftEvent) -> None:
    """Add to an event what a later mention of it tells."""
    event.triggers += later.triggers
    held = {(f.role, f.entity) for f in event.fillers if f.entity is not None}
    phrases = {f.role for f in event.fillers if f.entity is None}
    for filler in later.fillers:
        known = (filler.role, filler.entity) in held
        if not known and not (filler.entity is None and filler.role in phrases):
            event.fillers.append(filler)
    event.told += later.told
    event.speaker = event.speaker if event.speaker == later.speaker else None
