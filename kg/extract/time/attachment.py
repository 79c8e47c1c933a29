"""Which phrase says when which event was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.extract.time.expression import TimeExpression
from kg.extract.time.reading import Clock, Vague
from kg.model import Span

WORD_COST = 1.0
COMMA_COST = 2.0
CLAUSE_COST = 6.0
REPORT_COST = 8.0
OTHER_TRIGGER_COST = 3.0
VAGUE_COST = 4.0
REACH = 22.0

_CLAUSE = re.compile(
    r"[;:—]|(?<![\w-])(?:who|which|that|where|when|while|after|before|because|although|but|and|as|"
    r"since|until|whose)(?![\w-])",
    re.IGNORECASE,
)
_REPORT_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|according\s+to[^,]{0,40}|statement|confirmed)"
    r"(?:\s+(?:[A-Z]\w+|reporters|journalists|here|in\s+a\s+statement|late|early))*\s*,?\s*$"
)


def attach_time(
    expressions: Sequence[TimeExpression],
    triggers: Sequence[Span],
    *,
    text: str,
    others: Iterable[Span] = (),
) -> TimeExpression | None:
    """The expression that says when the event with these `triggers` was, or None.

    `others` are the triggers of the document's other events, which keep a phrase nearer to them
    for themselves.
    """
    rivals = tuple(others)
    best: tuple[float, int, TimeExpression] | None = None
    for trigger in triggers:
        for expression in expressions:
            if not expression.places or not _together(expression, trigger):
                continue
            cost = _cost(expression, trigger, rivals, text)
            if cost <= REACH and (best is None or (cost, trigger.start) < best[:2]):
                best = (cost, trigger.start, expression)
    return best[2] if best else None


def _together(expression: TimeExpression, trigger: Span) -> bool:
    sentence = expression.sentence
    return sentence.start <= trigger.start < sentence.end


def _cost(expression: TimeExpression, trigger: Span, rivals: Sequence[Span], text: str) -> float:
    span = expression.span
    if span.overlaps(trigger):
        return 0.0
    left, right = sorted((span, trigger))
    between = text[left.end : right.start]
    cost = WORD_COST * len(between.split()) + COMMA_COST * between.count(",")
    cost += CLAUSE_COST * len(_CLAUSE.findall(between))
    stretch = Span(trigger.document, left.end, right.start)
    cost += OTHER_TRIGGER_COST * sum(
        1 for rival in rivals if stretch.contains(rival) and not rival.overlaps(trigger)
    )
    if _REPORT_BEFORE.search(text, max(0, span.start - 80), span.start):
        cost += REPORT_COST
    if isinstance(expression.reading, (Vague, Clock)):
        cost += VAGUE_COST
    if span.start == expression.sentence.start:
        cost *= 0.6
    if expression.adjectival:
        cost = (
            cost if span.end <= trigger.start and not between.count(" ") > 4 else cost + CLAUSE_COST
        )
    return cost
