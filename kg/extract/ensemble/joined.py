"""Entities, relations and events of two extractions of one document, as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.ensemble.alignment import nearest, same_entities, twin_of
from kg.extract.ensemble.doubtful import headline_inventions, without, without_common_nouns
from kg.extract.ensemble.posts import POSITION, posts_apart
from kg.inventory import EVENT_GROUPS, PREDICATES
from kg.model import Argument, Entity, Event, Extraction, Mention, Quantity, Relation, Span, Speaker

SURE_TYPES = frozenset({"Country", "ArmedGroup"})
"""Types on which the rules are believed against the model: they rest on lists and on words such
as "militant group" that stand beside the name."""


SINGLE_ROLES = ("agent", "place")
"""Roles that the rules fill completely when they fill them: what the model adds was mostly wrong
("Iran" as agent of an attack on Iran)."""

HOLDING = ("holdsPosition", "formerlyHeldPosition")

EVENT_PRECISION, RELATION_PRECISION, ARGUMENT_PRECISION = 0.85, 0.74, 0.79
"""Shares of right ones among what the rules find on `newsgraph` dev: their confidence."""


class Joined:
    """Two extractions of one document, entities tied by the names they share."""

    def __init__(self, model: Extraction, rules: Extraction) -> None:
        model = without_common_nouns(model)
        self.rules = rules
        self.same = dict(same_entities(model.entities, rules.entities))
        model, self.posts = posts_apart(model, rules, self.same)
        self.model = without(model, headline_inventions(model, set(self.same.values())))
        self.added = self._added()

    def _added(self) -> dict[str, Entity]:
        """Entities of the rules that the model lacks and a relation or event needs, renamed."""
        taken = [mention.span for entity in self.model.entities for mention in entity.mentions]
        free = {
            entity.id: entity
            for entity in self.rules.entities
            if entity.id not in self.same
            and not any(m.span.overlaps(span) for m in entity.mentions for span in taken)
        }
        needed = {end for r in self.rules.relations for end in (r.subject, r.object)}
        added = {id: replace(entity, id=f"r{id}") for id, entity in free.items() if id in needed}
        return added | self.posts

    def _is_free(self, span: Span) -> bool:
        """Whether no mention of the model holds `span` (one inside it, "Pakistani", may stand)."""
        return not any(m.span.contains(span) for e in self.model.entities for m in e.mentions)

    def id_of(self, rule_id: str | None) -> str | None:
        """The id that an entity of the rules has in the joined extraction."""
        if rule_id is None:
            return None
        if rule_id in self.added:
            return self.added[rule_id].id
        return self.same.get(rule_id)

    def entities(self) -> tuple[Entity, ...]:
        told: dict[str, str] = {}
        more: dict[str, list[Mention]] = defaultdict(list)
        for entity in self.rules.entities:
            if entity.type == POSITION and entity.id in self.same:
                # "his Pakistani counterpart" is a word for a post that only the rules know.
                more[self.same[entity.id]] += [m for m in entity.mentions if self._is_free(m.span)]
            if entity.type in SURE_TYPES and entity.id in self.same:
                told.setdefault(self.same[entity.id], entity.type)
        kept = [
            replace(
                entity,
                type=told.get(entity.id, entity.type),
                mentions=tuple(sorted((*entity.mentions, *more[entity.id]), key=_place)),
            )
            for entity in self.model.entities
        ]
        return (*kept, *self.added.values())

    def relations(self) -> tuple[Relation, ...]:
        types = {entity.id: entity.type for entity in self.entities()}
        found: dict[tuple[str, str, str], Relation] = {}
        mapped: Iterable[Relation] = (
            replace(relation, subject=subject, object=object, confidence=RELATION_PRECISION)
            for relation in self.rules.relations
            if (subject := self.id_of(relation.subject)) and (object := self.id_of(relation.object))
        )
        mapped = tuple(mapped)
        for relation in (*self._unless_told(mapped), *mapped):
            fits = PREDICATES[relation.predicate]
            if (
                types.get(relation.subject) in fits.subjects
                and types.get(relation.object) in fits.objects
                and relation.subject != relation.object
            ):
                key = (relation.subject, relation.predicate, relation.object)
                if key not in found or found[key].confidence < relation.confidence:
                    found[key] = relation
        return tuple(found.values())

    def _unless_told(self, told: Sequence[Relation]) -> Iterator[Relation]:
        """The model's relations, without posts where the rules say who holds them.

        In "Iran's foreign minister met General Munir, the chief of army staff" the model likes to
        give both posts to both men.
        """
        holders = {
            (sentence, end)
            for relation in told
            if relation.predicate in HOLDING
            for sentence in relation.evidence
            for end in (relation.subject, relation.object)
        }
        pairs = {(relation.subject, relation.object) for relation in told}
        for relation in self.model.relations:
            disputed = relation.predicate in HOLDING and any(
                (sentence, end) in holders
                for sentence in relation.evidence
                for end in (relation.subject, relation.object)
            )
            if not disputed or (relation.subject, relation.object) in pairs:
                yield relation

    def events(self) -> tuple[Event, ...]:
        twins: dict[str, list[Event]] = defaultdict(list)
        alone: list[Event] = []
        for event in self.rules.events:
            twin = twin_of(event, self.model.events)
            if twin is None:
                alone.append(event)
            else:
                twins[twin.id].append(event)
        joined = [
            part for event in self.model.events for part in self._parts(event, twins[event.id])
        ]
        joined += [replace(self._translated(event), id=f"r{event.id}") for event in alone]
        return tuple(sorted(joined, key=lambda event: (event.triggers[0], event.id)))

    def _parts(self, event: Event, twins: Sequence[Event]) -> list[Event]:
        """The model's event, or as many as the rules tell apart among its triggers."""
        if not twins:
            return [event]
        if len(twins) == 1:
            foreign = self._foreign(twins[0])
            own = [t for t in event.triggers if self.model.sentence_at(t) not in foreign]
            if len(own) < len(event.triggers):
                event = self._share(event, twins[0], own, 0)
            return [self._with(event, twins[0])]
        shares: dict[str, list[Span]] = {twin.id: [] for twin in twins}
        for trigger in event.triggers:
            shares[nearest(trigger, twins, self.model).id].append(trigger)
        return [
            self._with(self._share(event, twin, shares[twin.id], number), twin)
            for number, twin in enumerate(twins)
        ]

    def _foreign(self, twin: Event) -> set[Span]:
        """Sentences that tell of another event of its kind, by the rules, and not of this."""
        others = (e for e in self.rules.events if e.id != twin.id and _of_a_kind(e, twin))
        told = {self.model.sentence_at(trigger) for e in others for trigger in e.triggers}
        return told - {self.model.sentence_at(trigger) for trigger in twin.triggers}

    def _share(self, event: Event, twin: Event, triggers: list[Span], number: int) -> Event:
        """What of the model's event belongs to one of several: what its sentences say."""
        own = tuple(sorted({*triggers, *twin.triggers}))
        around = {self.model.sentence_at(trigger) for trigger in own}
        time = event.time
        if time and time.span and self.model.sentence_at(time.span) not in around:
            time = None
        return replace(
            event,
            id=event.id if number == 0 else f"{event.id}.{number}",
            triggers=own,
            arguments=tuple(a for a in event.arguments if self.model.sentence_at(a.span) in around),
            time=time,
            quantities=tuple(
                q for q in event.quantities if q.span and self.model.sentence_at(q.span) in around
            ),
        )

    def _translated(self, event: Event) -> Event:
        return replace(
            event,
            arguments=tuple(self._argument(argument) for argument in event.arguments),
            attributed_to=self._speaker(event.attributed_to),
            confidence=EVENT_PRECISION,
        )

    def _argument(self, argument: Argument) -> Argument:
        return replace(argument, entity=self.id_of(argument.entity), confidence=ARGUMENT_PRECISION)

    def _speaker(self, speaker: Speaker | None) -> Speaker | None:
        return self.id_of(speaker) if isinstance(speaker, str) else speaker

    def _with(self, event: Event, twin: Event) -> Event:
        """The model's event with what the rules found of it.

        Type, roles, factuality and speaker are those of the rules where they tell any: on what
        they find at all, they are right far more often. The model's time is the better one.
        """
        own = [self._argument(argument) for argument in twin.arguments]
        known = {argument.entity for argument in own if argument.entity}
        roles = {argument.role for argument in own}
        kept = [
            argument
            for argument in event.arguments
            if argument.entity not in known
            and not (argument.role in roles and argument.role in SINGLE_ROLES)
            and not (argument.entity is None and argument.role in roles)
        ]
        return replace(
            event,
            type=twin.type,
            arguments=(*own, *kept),
            time=event.time or twin.time,
            quantities=_quantities(event.quantities, twin.quantities),
            factuality=twin.factuality,
            attributed_to=self._speaker(twin.attributed_to),
            confidence=max(event.confidence, EVENT_PRECISION),
        )


def _of_a_kind(one: Event, other: Event) -> bool:
    """Whether two events could be taken for each other: a strike and an attack, by their type."""
    fighting = EVENT_GROUPS["Conflict"]
    return one.type == other.type or (one.type in fighting and other.type in fighting)


def _place(mention: Mention) -> Span:
    return mention.span


def _quantities(own: tuple[Quantity, ...], others: Iterable[Quantity]) -> tuple[Quantity, ...]:
    known = {(quantity.kind, quantity.value) for quantity in own}
    new = {(q.kind, q.value): q for q in others if (q.kind, q.value) not in known}
    return (*own, *new.values())
