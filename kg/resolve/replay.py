"""Corrections played back on what the articles alone give: the last word is a person's.

First those of entities, so that events are resolved among the right people and places; then
those of events. One that names what is not there does nothing and says so; where two contradict,
the later one holds and the earlier one is told which overruled it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from kg.model import (
    Action,
    CanonicalEntity,
    CanonicalEvent,
    Corrected,
    Correction,
    Decision,
    EntityRef,
    EventRef,
    Extraction,
    LocalId,
    Target,
)
from kg.resolve.correction import in_force
from kg.resolve.places import Places

Ref = EntityRef | EventRef
Thing = TypeVar("Thing", CanonicalEntity, CanonicalEvent)
Describe = Callable[[Sequence[LocalId]], Thing]
"""The entity or event that some local ones make up, named as the articles alone would name it."""


class Replay:
    """Plays `corrections` (undone ones and undoings are passed over) on resolved things."""

    def __init__(
        self, extractions: Sequence[Extraction], corrections: Sequence[Correction]
    ) -> None:
        self.corrections = in_force(corrections)
        self._places = Places(extractions)
        self._states: dict[type[Ref], _State[CanonicalEntity] | _State[CanonicalEvent]] = {}
        self._done: dict[int, Corrected] = {}

    def entities(
        self, things: Sequence[CanonicalEntity], describe: Describe[CanonicalEntity]
    ) -> tuple[CanonicalEntity, ...]:
        """The entities as corrected."""
        state = _State(things, describe, _told_entity, self._places, EntityRef)
        return self._play(state, EntityRef)

    def events(
        self, things: Sequence[CanonicalEvent], describe: Describe[CanonicalEvent]
    ) -> tuple[CanonicalEvent, ...]:
        """The events as corrected."""
        state = _State(things, describe, _told_event, self._places, EventRef)
        return self._play(state, EventRef)

    def _play(self, state: _State[Thing], kind: type[Ref]) -> tuple[Thing, ...]:
        self._states[kind] = state
        played: list[Correction] = []
        for correction in self.corrections:
            if correction.action is Action.REJECT or not isinstance(
                correction.targets[0].ref, kind
            ):
                continue
            done = self._done[correction.number] = state.apply(correction)
            if done.missing:
                continue
            for earlier in played:
                before = self._done[earlier.number]
                if before.overruled_by is None and not state.holds(earlier):
                    self._done[earlier.number] = replace(before, overruled_by=correction.number)
            played.append(correction)
        return state.things()

    def outcome(self) -> tuple[Corrected, ...]:
        """What every correction in force came to; ask when entities and events are done."""
        return tuple(
            self._rejection(correction)
            if correction.action is Action.REJECT
            else self._now(self._done[correction.number])
            for correction in self.corrections
        )

    def _now(self, done: Corrected) -> Corrected:
        """The same with the things as they are after all corrections."""
        if done.missing:
            return done
        state = self._states[type(done.correction.targets[0].ref)]
        return replace(done, things=state.now(done.things), replaced=state.gone(done.replaced))

    def _rejection(self, correction: Correction) -> Corrected:
        found = [self._find(target) for target in correction.targets]
        for target, ref in zip(correction.targets, found, strict=True):
            if ref is None:
                return Corrected(correction, missing=_absent(target))
        return Corrected(correction, tuple(ref for ref in found if ref))

    def _find(self, target: Target) -> Ref | None:
        return self._states[type(target.ref)].find(target)

    def decisions(self, made: Iterable[Decision]) -> tuple[Decision, ...]:
        """Decisions that still stand, and those that corrections made."""
        if not self.corrections:
            return tuple(made)
        owner: dict[tuple[bool, LocalId], str] = {}
        for kind, state in self._states.items():
            for local, id in state.owner.items():
                owner[kind is EntityRef, local] = id

        def stands(decision: Decision) -> bool:
            for is_entity in (True, False):
                left = owner.get((is_entity, decision.left))
                right = owner.get((is_entity, decision.right))
                if left is not None and right is not None:
                    return (left == right) == decision.same
            return True

        kept = [decision for decision in made if stands(decision)]
        own = [decision for state in self._states.values() for decision in state.decisions]
        return (*kept, *(decision for decision in own if stands(decision)))


@dataclass
class _State(Generic[Thing]):
    """Which local things make up which canonical ones, while corrections are played."""

    given: Sequence[Thing]
    describe: Describe[Thing]
    tell: Callable[[Thing, str | None, str | None], Thing]
    places: Places
    kind: type[EntityRef] | type[EventRef]
    members: dict[str, list[LocalId]] = field(default_factory=dict)
    owner: dict[LocalId, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    became: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    decisions: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        for thing in self.given:
            self.members[thing.id] = list(thing.members)
            self.owner.update(dict.fromkeys(thing.members, thing.id))

    def apply(self, correction: Correction) -> Corrected:
        """Carries the correction out, or tells what it lacks."""
        ids = []
        for target in correction.targets:
            id = self._id(target)
            if id is None:
                return Corrected(correction, missing=_absent(target))
            ids.append(id)
        match correction.action:
            case Action.MERGE:
                return self._merge(correction, ids)
            case Action.SPLIT:
                return self._split(correction, ids[0])
            case Action.RENAME:
                self.names[ids[0]] = correction.to
            case _:
                self.types[ids[0]] = correction.to
        return Corrected(correction, (self.kind(ids[0]),))

    def _merge(self, correction: Correction, ids: Sequence[str]) -> Corrected:
        kept, replaced = ids[0], sorted(set(ids[1:]) - {ids[0]})
        for id in replaced:
            self._decide(correction, self.members[kept][0], self.members[id][0], same=True)
            self.members[kept] += self.members.pop(id)
            self.names.pop(id, None)
            self.types.pop(id, None)
            self.became[id] = kept
        self.owner.update(dict.fromkeys(self.members[kept], kept))
        self.changed.add(kept)
        return Corrected(correction, (self.kind(kept),), tuple(self.kind(id) for id in replaced))

    def _split(self, correction: Correction, id: str) -> Corrected:
        found = (self.places.find(quote, self.kind) for quote in correction.quotes)
        taken = sorted({local for local in found if local and self.owner.get(local) == id})
        left = [local for local in self.members[id] if local not in set(taken)]
        if not taken:
            words = ", ".join(dict.fromkeys(repr(quote.words) for quote in correction.quotes))
            where = f"{self._prefix()}:{id}"
            return Corrected(correction, missing=f"{words} as a mention of {where}")
        if not left:
            return Corrected(correction, (self.kind(id),))  # they are alone already
        other = self._unused(self.describe(taken).id)
        self._decide(correction, left[0], taken[0], same=False)
        self.members[id], self.members[other] = left, taken
        self.owner.update(dict.fromkeys(taken, other))
        self.became.pop(other, None)
        self.changed |= {id, other}
        return Corrected(correction, (self.kind(id), self.kind(other)))

    def _prefix(self) -> str:
        return "ent" if self.kind is EntityRef else "ev"

    def _unused(self, base: str) -> str:
        id, number = base, 2
        while id in self.members:
            id, number = f"{base}_{number}", number + 1
        return id

    def _decide(self, correction: Correction, left: LocalId, right: LocalId, *, same: bool) -> None:
        self.decisions.append(Decision(left, right, same, 1.0, reason(correction)))

    def holds(self, correction: Correction) -> bool:
        """Whether what the correction wanted is so."""
        ids = [self._id(target) for target in correction.targets]
        match correction.action:
            case Action.MERGE:
                return len(set(ids)) == 1
            case Action.SPLIT:
                found = (self.places.find(quote, self.kind) for quote in correction.quotes)
                return all(local is None or self.owner[local] != ids[0] for local in found)
            case Action.RENAME:
                return ids[0] is not None and self.names.get(ids[0]) == correction.to
            case _:
                return ids[0] is not None and self.types.get(ids[0]) == correction.to

    def find(self, target: Target) -> Ref | None:
        """The thing that the target is now."""
        id = self._id(target)
        return None if id is None else self.kind(id)

    def _id(self, target: Target) -> str | None:
        """What most of the target's places speak of: the thing of its id if any of them does.

        When none of the places is there any more, the thing that has its id.
        """
        locals_ = (self.places.find(quote, self.kind) for quote in target.quotes)
        votes = Counter(self.owner[local] for local in locals_ if local in self.owner)
        if votes:
            return target.ref.id if target.ref.id in votes else votes.most_common(1)[0][0]
        return target.ref.id if target.ref.id in self.members else None

    def now(self, refs: Iterable[Ref]) -> tuple[Ref, ...]:
        """The things that these have become by later corrections."""
        return tuple(dict.fromkeys(self.kind(self._became(ref.id)) for ref in refs))

    def gone(self, refs: Iterable[Ref]) -> tuple[Ref, ...]:
        """Those that are no more."""
        return tuple(ref for ref in refs if ref.id not in self.members)

    def _became(self, id: str) -> str:
        while id not in self.members and id in self.became:
            id = self.became[id]
        return id

    def things(self) -> tuple[Thing, ...]:
        """All things as they are now, sorted by id."""
        given = {thing.id: thing for thing in self.given}
        result = []
        for id in sorted(self.members):
            thing = self._described(id) if id in self.changed else given[id]
            result.append(self._told(thing))
        return tuple(result)

    def _described(self, id: str) -> Thing:
        return replace(self.describe(self.members[id]), id=id)

    def _told(self, thing: Thing) -> Thing:
        """With the name and type it was given by hand."""
        name, kind = self.names.get(thing.id), self.types.get(thing.id)
        return thing if name is kind is None else self.tell(thing, name, kind)


def _told_entity(thing: CanonicalEntity, name: str | None, kind: str | None) -> CanonicalEntity:
    """Its old name becomes an alias: articles go on using it."""
    names = {thing.name, *thing.aliases}
    return replace(
        thing,
        type=kind or thing.type,
        name=name or thing.name,
        aliases=tuple(sorted(names - {name or thing.name})),
    )


def _told_event(thing: CanonicalEvent, name: str | None, kind: str | None) -> CanonicalEvent:
    return replace(thing, type=kind or thing.type, label=name or thing.label)


def reason(correction: Correction) -> str:
    """Who corrected and why, in words."""
    who = f"by {correction.by}" if correction.by else "by hand"
    why = f": {correction.because}" if correction.because else ""
    done = {
        Action.MERGE: "merged",
        Action.SPLIT: "split",
        Action.RENAME: "renamed",
        Action.RETYPE: "retyped",
        Action.REJECT: "rejected",
        Action.UNDO: "undone",
    }[correction.action]
    return f"{done} {who}{why}"


def _absent(target: Target) -> str:
    prefix = "ent" if isinstance(target.ref, EntityRef) else "ev"
    return f"{prefix}:{target.ref.id} ({target.name})"
