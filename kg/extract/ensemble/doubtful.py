"""What the model should not have read as a name: common nouns, and words of a headline."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.extract.casing import is_headline
from kg.inventory import is_place
from kg.model import Argument, Extraction, Mention, MentionKind, Speaker

_COMMON_NOUN = re.compile(
    r"\s+(?:province|state|region|district|county|city|governorate|prefecture|town|village)$"
)
"""A common noun behind a place's name is no part of it, unless it is written with a capital."""


def without_common_nouns(extraction: Extraction) -> Extraction:
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


def headline_inventions(model: Extraction, confirmed: Collection[str]) -> set[str]:
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


def without(extraction: Extraction, gone: Collection[str]) -> Extraction:
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
