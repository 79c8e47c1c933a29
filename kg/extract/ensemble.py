"""Two readers of one article: the trained model, and the rules where they are the surer ones.

The model finds more; the rules know what no training set of a few hundred articles can teach:
every country and its adjective, what a "militant group" is, whose post a title names. What the
two read is put together by the words they both point at. What is taken from which was decided by
the scores on `newsgraph` dev, see `training/MODEL_CARD.md`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.casing import is_headline
from kg.extract.neural.extractor import NeuralExtractor
from kg.extract.spacy_extractor import SpacyExtractor
from kg.inventory import PREDICATES, is_place
from kg.model import (
    Argument,
    Document,
    Entity,
    Event,
    Extraction,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
    Speaker,
)

SURE_TYPES = frozenset({"Country", "ArmedGroup"})
"""Types on which the rules are believed against the model: they rest on lists and on words such
as "militant group" that stand beside the name."""


SINGLE_ROLES = ("agent", "place")
"""Roles that the rules fill completely when they fill them: what the model adds was mostly wrong
("Iran" as agent of an attack on Iran)."""

POST = "Position"
HOLDING = ("holdsPosition", "formerlyHeldPosition")

EVENT_PRECISION, RELATION_PRECISION, ARGUMENT_PRECISION = 0.85, 0.74, 0.79
"""Shares of right ones among what the rules find on `newsgraph` dev: their confidence."""


class EnsembleExtractor:
    """Reads with the trained model and with the rules over spaCy, and puts the two together."""

    def __init__(self) -> None:
        self._model = NeuralExtractor()
        self._rules = SpacyExtractor()

    @property
    def name(self) -> str:
        """The names of both, since either may change the result."""
        return f"{self._model.name}+{self._rules.name}"

    def extract(self, document: Document) -> Extraction:
        """Everything found in `document`, with offsets into its text."""
        return combine(
            self._model.extract(document), self._rules.extract(document), extractor=self.name
        )


def combine(model: Extraction, rules: Extraction, *, extractor: str) -> Extraction:
    """One extraction of the same document from two."""
    joined = _Joined(model, rules)
    return replace(
        model,
        extractor=extractor,
        entities=joined.entities(),
        relations=joined.relations(),
        events=joined.events(),
    )


class _Joined:
    """Two extractions of one document, entities tied by the names they share."""

    def __init__(self, model: Extraction, rules: Extraction) -> None:
        model = _without_common_nouns(model)
        self.rules = rules
        self.same = dict(_same_entities(model.entities, rules.entities))
        model, self.posts = _posts_apart(model, rules, self.same)
        self.model = _without(model, _headline_inventions(model, set(self.same.values())))
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
            if entity.type == POST and entity.id in self.same:
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
            twin = _twin(event, self.model.events)
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
            shares[_nearest(trigger, twins, self.model).id].append(trigger)
        return [
            self._with(self._share(event, twin, shares[twin.id], number), twin)
            for number, twin in enumerate(twins)
        ]

    def _foreign(self, twin: Event) -> set[Span]:
        """Sentences that tell of another event of the same type, by the rules, and not of this."""
        others = (e for e in self.rules.events if e.id != twin.id and e.type == twin.type)
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


def _posts_apart(
    model: Extraction, rules: Extraction, same: dict[str, str]
) -> tuple[Extraction, dict[str, Entity]]:
    """The model's extraction with the posts that the rules tell apart, and those posts by rule id.

    Two foreign ministers in one article are one title to the model; the rules see whose minister
    each is. The post with most words keeps the model's entity, the others take theirs out of it;
    `same` is changed to say so.
    """
    sharing: dict[str, list[Entity]] = defaultdict(list)
    for entity in rules.entities:
        if entity.type == POST and entity.id in same:
            sharing[same[entity.id]].append(entity)
    taken: dict[str, dict[Span, str]] = {}
    posts: dict[str, Entity] = {}
    for owner, entities in sharing.items():
        entities.sort(key=lambda entity: (-len(entity.mentions), entity.id))
        for entity in entities[1:]:
            posts[entity.id] = replace(entity, id=f"r{entity.id}")
            del same[entity.id]
            for mention in entity.mentions:
                taken.setdefault(owner, {})[mention.span] = f"r{entity.id}"
    moved: dict[tuple[str, Span], str] = {}
    kept = []
    for entity in model.entities:
        spans = taken.get(entity.id, {})
        left = []
        for mention in entity.mentions:
            post = next((id for span, id in spans.items() if span.overlaps(mention.span)), None)
            if post:
                moved[entity.id, model.sentence_at(mention.span)] = post
            else:
                left.append(mention)
        for mention in left:  # a sentence with a word of each says nothing: the model's stays
            moved.pop((entity.id, model.sentence_at(mention.span)), None)
        kept.append(replace(entity, mentions=tuple(left)))

    def end(id: str, evidence: Sequence[Span]) -> str:
        return next((moved[id, sentence] for sentence in evidence if (id, sentence) in moved), id)

    relations = tuple(
        replace(r, subject=end(r.subject, r.evidence), object=end(r.object, r.evidence))
        for r in model.relations
    )
    return replace(model, entities=tuple(kept), relations=relations), posts


_COMMON_NOUN = re.compile(
    r"\s+(?:province|state|region|district|county|city|governorate|prefecture|town|village)$"
)
"""A common noun behind a place's name is no part of it, unless it is written with a capital."""


def _without_common_nouns(extraction: Extraction) -> Extraction:
    """The extraction with "Sistan-Baluchestan" for "Sistan-Baluchestan province"."""
    text = extraction.document.text

    def trimmed(mention: Mention) -> Mention:
        found = _COMMON_NOUN.search(mention.span.of(text))
        if mention.kind is not MentionKind.NAME or found is None:
            return mention
        end = mention.span.start + found.start()
        return replace(mention, span=replace(mention.span, end=end))

    entities = tuple(
        replace(
            entity,
            name=_COMMON_NOUN.sub("", entity.name),
            mentions=tuple(map(trimmed, entity.mentions)),
        )
        if is_place(entity.type)
        else entity
        for entity in extraction.entities
    )
    return replace(extraction, entities=entities)


def _headline_inventions(model: Extraction, confirmed: Collection[str]) -> set[str]:
    """Ids of entities that stand in headlines alone and that the rules do not know.

    In a headline every word is capital: "Iran Forge Agreement" looks like a name.
    """
    text = model.document.text
    headlines = {s for s in model.sentences if is_headline(s.of(text))}
    return {
        entity.id
        for entity in model.entities
        if entity.id not in confirmed
        and all(model.sentence_at(mention.span) in headlines for mention in entity.mentions)
    }


def _without(extraction: Extraction, gone: Collection[str]) -> Extraction:
    """The extraction without some entities; in events their words stay as phrases."""

    def argument(of: Argument) -> Argument:
        return replace(of, entity=None) if of.entity in gone else of

    def speaker(of: Speaker | None) -> Speaker | None:
        return None if isinstance(of, str) and of in gone else of

    return replace(
        extraction,
        entities=tuple(entity for entity in extraction.entities if entity.id not in gone),
        relations=tuple(
            replace(relation, attributed_to=speaker(relation.attributed_to))
            for relation in extraction.relations
            if relation.subject not in gone and relation.object not in gone
        ),
        events=tuple(
            replace(
                event,
                arguments=tuple(map(argument, event.arguments)),
                attributed_to=speaker(event.attributed_to),
            )
            for event in extraction.events
        ),
    )


def _nearest(trigger: Span, events: Iterable[Event], extraction: Extraction) -> Event:
    """The event one of whose triggers is closest to `trigger`, in its sentence if there is one."""
    sentence = extraction.sentence_at(trigger)

    def distance(event: Event) -> tuple[bool, int, str]:
        apart, length = min(
            (not sentence.contains(own), abs(trigger.start - own.start)) for own in event.triggers
        )
        return apart, length, event.id

    return min(events, key=distance)


def _place(mention: Mention) -> Span:
    return mention.span


def _same_entities(model: Sequence[Entity], rules: Iterable[Entity]) -> Mapping[str, str]:
    """For each entity of the rules, the one of the model that shares most of its names.

    A name counts whole where both read the same words, and half where one read more of them
    ("Sistan-Baluchestan" and "Sistan-Baluchestan province").
    """
    posts = {entity.id for entity in model if entity.type == POST}
    names = [
        (mention.span, entity.id)
        for entity in model
        for mention in entity.mentions
        if mention.kind in (MentionKind.NAME, MentionKind.DEMONYM)
    ]
    at: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    for span, id in names:
        for place in range(span.start, span.end):
            at[place].append((span, id))
    same = {}
    for entity in rules:
        votes: Counter[str] = Counter()
        for mention in entity.mentions:
            touching = {
                pair
                for place in range(mention.span.start, mention.span.end)
                for pair in at.get(place, ())
            }
            for span, id in touching:
                if (id in posts) != (entity.type == POST):
                    continue  # "Iranian" in "Iranian Foreign Minister" is Iran, not the post
                if span == mention.span:
                    votes[id] += 2
                elif span.start == mention.span.start or span.end == mention.span.end:
                    votes[id] += 1
        if votes:
            same[entity.id] = min(votes, key=lambda id: (-votes[id], id))
    return same


def _twin(event: Event, others: Iterable[Event]) -> Event | None:
    """The event that shares a trigger with `event`, one of its type first."""
    sharing = [
        other
        for other in others
        if any(a.overlaps(b) for a in event.triggers for b in other.triggers)
    ]
    return min(sharing, key=lambda other: (other.type != event.type, other.id), default=None)


def _quantities(own: tuple[Quantity, ...], others: Iterable[Quantity]) -> tuple[Quantity, ...]:
    known = {(quantity.kind, quantity.value) for quantity in own}
    new = {(q.kind, q.value): q for q in others if (q.kind, q.value) not in known}
    return (*own, *new.values())
