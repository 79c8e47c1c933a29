"""Events of one article: triggers with arguments, and those that tell of one event made one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.attribution import Speakers
from kg.extract.factuality import factuality
from kg.extract.scene import Scene
from kg.extract.syntax import phrase, slots
from kg.extract.triggers import Trigger, find_triggers, lists
from kg.inventory import EVENT_GROUP_OF, is_agent, is_place
from kg.model import Factuality, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACE_WORDS = frozenset({"in", "at", "near", "on", "inside", "outside", "around", "across", "off"})
PHRASE_ROLES = frozenset({"target", "victim", "topic", "product", "instrument", "person"})
"""Roles that a phrase without an entity may fill; for others only known entities are sure."""
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
    stated: Factuality | None = None
    speaker: Speaker | None = None
    definite: bool = False
    another: bool = False
    needs_number: bool = False
    quantities: list[str] = field(default_factory=list)

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
        same = next((e for e in reversed(earlier[-RECENT:]) if _same_event(e, event)), None)
        if same is not None:
            _merge(same, event)
        elif _is_complete(event):
            earlier.append(event)
            events.append(event)
    return events


RECENT = 12
"""How many events of a type are looked back upon; keeps the work linear in the text."""


def _event(scene: Scene, trigger: Trigger, speakers: Speakers) -> DraftEvent:
    head = scene.doc[trigger.head]
    frame = lists().frames[trigger.type]
    fillers: list[Filler] = []
    for slot, token in slots(head):
        if trigger.start <= token.i < trigger.end:
            continue
        role = _role(scene, frame.slots, slot, token, head)
        filler = _filler(scene, role, token) if role else None
        if filler and filler not in fillers:
            fillers.append(filler)
        if slot in WITHIN and (inner := _place_within(scene, token)) and inner not in fillers:
            fillers.append(inner)
    determiners = {child.lower_ for child in head.children if child.dep_ in ("det", "amod")}
    return DraftEvent(
        type=trigger.type,
        triggers=[trigger],
        fillers=fillers,
        stated=factuality(head),
        speaker=speakers.of(head),
        definite=bool(determiners & {"the", "this", "that", "these", "those"}),
        another=bool(determiners & {"another", "second", "other", "third", "separate"}),
    )


WITHIN = frozenset({"object", "on", "against", "at", "in", "near"})
"""Slots whose filler may tell the place of the event ("on a police station in Rask")."""


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
    if role in ("person", "victim", "recipient"):
        return is_agent(kind) or kind in ("City", "Region", "Facility")
    return True


def _is_complete(event: DraftEvent) -> bool:
    """Whether the event has one of the arguments its type needs, filled by an entity."""
    return any(f.entity is not None for f in event.fillers)


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
    if later.definite and not any(f.entity is not None for f in later.fillers):
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
    event.stated = event.stated or later.stated
    event.speaker = event.speaker if event.speaker == later.speaker else None
