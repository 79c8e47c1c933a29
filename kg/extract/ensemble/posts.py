"""Posts of one title: whose minister each of two foreign ministers is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Entity, Extraction, Span

POSITION = "Position"
"""The entity type of a post."""


def posts_apart(
    model: Extraction, rules: Extraction, same: dict[str, str]
) -> tuple[Extraction, dict[str, Entity]]:
    """The model's extraction with the posts that the rules tell apart, and those posts by rule id.

    Two foreign ministers in one article are one title to the model; the rules see whose minister
    each is. The post with most words keeps the model's entity, the others take theirs out of it;
    `same` is changed to say so.
    """
    sharing: dict[str, list[Entity]] = defaultdict(list)
    for entity in rules.entities:
        if entity.type == POSITION and entity.id in same:
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
