"""From a parse to an `Extraction`: the steps in order, then the drafts numbered and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.attribution import Speakers, entity_id
from kg.extract.clusters import cluster
from kg.extract.draft import DraftEntity, DraftRelation
from kg.extract.events import DraftEvent, find_events
from kg.extract.known import KnownNames
from kg.extract.mentions import link_mentions
from kg.extract.names import find_names
from kg.extract.parse import Parse
from kg.extract.positions import Post, find_posts, post_name
from kg.extract.quantity import (
    CountedQuantity,
    QuantityTarget,
    attach_quantities,
    find_quantities,
)
from kg.extract.relations import find_ties
from kg.extract.scene import Scene
from kg.extract.time import Narrative
from kg.extract.titles import iter_tokens
from kg.model import (
    Argument,
    Bound,
    Entity,
    Event,
    Extraction,
    Factuality,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


def assemble(parse: Parse, known: KnownNames, *, extractor: str) -> Extraction:
    """Everything found in a parsed document."""
    names, titles = find_names(parse, known)
    scene = Scene(parse, cluster(parse, names, titles))
    posts = find_posts(parse, scene, titles)
    link_mentions(scene, posts, titles)
    entities = _entities(parse, scene, posts)
    relations = _relations(parse, scene, posts)
    speakers = Speakers(scene)
    events = find_events(scene, frozenset(iter_tokens(titles)), speakers)
    return Extraction(
        document=parse.document,
        extractor=extractor,
        sentences=parse.sentences,
        entities=tuple(_frozen(parse, number, entity) for number, entity in enumerate(entities)),
        relations=tuple(
            Relation(
                subject=entity_id(relation.subject),
                predicate=relation.predicate,
                object=entity_id(relation.object),
                evidence=tuple(relation.evidence),
                factuality=relation.factuality,
                attributed_to=relation.attributed_to,
                confidence=relation.confidence,
            )
            for relation in relations
        ),
        events=tuple(_events(parse, events)),
    )


def _events(parse: Parse, events: list[DraftEvent]) -> Iterator[Event]:
    """The events with their times and numbers."""
    doc, text = parse.doc, parse.document.text

    def span(start: int, end: int) -> Span:
        return parse.span(doc[start].idx, _end(doc, end))

    triggers = [tuple(span(t.start, t.end) for t in event.triggers) for event in events]
    narrative = Narrative.of(parse.document, parse.sentences)
    counted = find_quantities(text, document=parse.document.id, sentences=parse.sentences)
    quantities = _quantities(events, triggers, counted, text)
    ahead = [event.stated == Factuality.PLANNED or None for event in events]
    times = narrative.event_times(triggers, looks_ahead=ahead)
    for number, event in enumerate(events):
        yield Event(
            id=f"v{number + 1}",
            type=event.type,
            triggers=triggers[number],
            arguments=tuple(
                Argument(
                    role=filler.role,
                    span=span(filler.start, filler.end),
                    entity=None if filler.entity is None else entity_id(filler.entity),
                )
                for filler in event.fillers
            ),
            time=times[number],
            quantities=quantities[number],
            factuality=event.stated or Factuality.FACTUAL,
            attributed_to=event.speaker,
        )


def _quantities(
    events: list[DraftEvent],
    triggers: list[tuple[Span, ...]],
    counted: tuple[CountedQuantity, ...],
    text: str,
) -> list[tuple[Quantity, ...]]:
    """The numbers of each event, each told number once.

    Each trigger is asked for its own numbers, so that an article that gives two ("killed 10",
    later "11 dead") keeps both: the disagreement is data.
    """
    targets = [
        QuantityTarget(event.type, (trigger,))
        for event, found in zip(events, triggers, strict=True)
        for trigger in found
    ]
    found = iter(attach_quantities(counted, targets, text=text))
    result = []
    for own in triggers:
        told: dict[tuple[str, float, Bound], Quantity] = {}
        for _ in own:
            for quantity in next(found):
                told.setdefault((quantity.kind, quantity.value, quantity.bound), quantity)
        result.append(tuple(told.values()))
    return result


def _entities(parse: Parse, scene: Scene, posts: list[Post]) -> list[DraftEntity]:
    doc = parse.doc
    found = []
    for cluster_ in scene.clusters:
        mentions = []
        for name in cluster_.names:
            kind = MentionKind.DEMONYM if name.demonym else MentionKind.NAME
            mentions.append((doc[name.start].idx, _end(doc, name.end), kind))
        for start, end, kind in cluster_.others:
            mentions.append((doc[start].idx, _end(doc, end), kind))
        found.append(DraftEntity(cluster_.type, cluster_.name, sorted(set(mentions))))
    for post in posts:
        mentions = []
        for holding in post.holdings:
            title = holding.title
            counterpart = doc[title.head].lower_ == "counterpart"
            kind = MentionKind.NOMINAL if counterpart else MentionKind.NAME
            mentions.append((doc[holding.start].idx, _end(doc, holding.end), kind))
        found.append(DraftEntity("Position", post_name(doc, scene, post), sorted(set(mentions))))
    return found


def _end(doc: Doc, end: int) -> int:
    last = doc[end - 1]
    return int(last.idx) + len(last)


def _frozen(parse: Parse, number: int, entity: DraftEntity) -> Entity:
    return Entity(
        id=entity_id(number),
        type=entity.type,
        name=entity.name,
        mentions=tuple(
            Mention(parse.span(start, end), kind) for start, end, kind in entity.mentions
        ),
    )


def _relations(parse: Parse, scene: Scene, posts: list[Post]) -> list[DraftRelation]:
    """The ties, each once, with all the sentences that say it."""
    found: dict[tuple[int, str, int], DraftRelation] = {}
    for subject, predicate, object_, token in find_ties(scene, posts, len(scene.clusters)):
        sentence = parse.sentence(parse.doc[token])
        draft = found.setdefault(
            (subject, predicate, object_), DraftRelation(subject, predicate, object_, [])
        )
        if sentence not in draft.evidence:
            draft.evidence.append(sentence)
    for draft in found.values():
        draft.evidence.sort()
    return sorted(found.values(), key=lambda d: (d.evidence[0], d.subject, d.predicate, d.object))
