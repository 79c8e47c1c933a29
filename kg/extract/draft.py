"""What has been found in one article, before it becomes an `Extraction`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Factuality, MentionKind, Span, Speaker


@dataclass
class DraftRelation:
    """A relation between entities by number; `evidence` are sentences."""

    subject: int
    predicate: str
    object: int
    evidence: list[Span]
    factuality: Factuality = Factuality.FACTUAL
    attributed_to: Speaker | None = None
    confidence: float = 1.0


@dataclass
class DraftEntity:
    """An entity with its mentions as (start, end, kind), characters, end exclusive."""

    type: str
    name: str
    mentions: list[tuple[int, int, MentionKind]] = field(default_factory=list)
