"""Which phrase says when which event was.

Every phrase in a sentence with a trigger of the event is scored by a logistic regression over a
few signs of position (`training/fit_time_attachment.py` fits it to the annotated training
articles). The best phrase is taken if its score passes `THRESHOLD`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from kg.extract.time.expression import TimeExpression
from kg.extract.time.reading import Clock, Range, Stretch, Vague
from kg.model import Span

WEIGHTS = {
    "bias": 1.83,
    "log_words": -0.46,
    "before": -0.34,
    "rivals": -0.46,
    "report": -0.35,
    "describes": -0.61,
    "initial": 1.00,
    "vague": -1.92,
    "clock": -2.07,
    "stretch": -0.91,
    "open": -0.50,
    "later_trigger": -0.70,
    "others": -0.55,
    "rival_nearer": -0.86,
    "said": -0.55,
}
"""What each sign adds to the log-odds; see `signs`. Fitted to 645 articles, 2,047 dated events."""

THRESHOLD = -1.0
"""Log-odds from which a phrase is taken.

On the training articles, with the annotated triggers: at -1.0 precision 0.67, recall 0.70; at
-0.5 0.72 and 0.66; at 0 0.77 and 0.59. Most of what counts as wrong here are phrases the
annotators left out, so the more complete choice among equals is taken.
"""

_REPORT_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|according\s+to[^,]{0,40}|statement|"
    r"confirmed)(?:\s+(?:[A-Z]\w+|reporters|journalists|here|in\s+a\s+statement|late|early))*"
    r"\s*,?\s*$"
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|according)\b", re.IGNORECASE
)
NEAR_NOUN_WORDS = 3
"""How many words may stand between a phrase and the noun it describes ("the 2008 car bombing")."""


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
        near = [e for e in expressions if e.places and holds(e.sentence, trigger)]
        for expression in near:
            score = _score(
                signs(
                    expression,
                    trigger,
                    text=text,
                    rivals=rivals,
                    later_trigger=trigger != triggers[0],
                    others=len(near) - 1,
                )
            )
            rank = (-score, expression.span.start)
            if score > THRESHOLD and (best is None or rank < best[:2]):
                best = (*rank, expression)
    return best[2] if best else None


def holds(sentence: Span, trigger: Span) -> bool:
    """Whether the trigger begins in the sentence."""
    return sentence.start <= trigger.start < sentence.end


def describes(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Whether the phrase stands right before the trigger and describes it."""
    return (
        expression.adjectival
        and expression.span.end <= trigger.start
        and len(text[expression.span.end : trigger.start].split()) <= NEAR_NOUN_WORDS
    )


def signs(
    expression: TimeExpression,
    trigger: Span,
    *,
    text: str,
    rivals: Sequence[Span],
    later_trigger: bool,
    others: int,
) -> dict[str, float]:
    """What speaks for and against: keys as in `WEIGHTS`, all numbers.

    `log_words` counts the words between phrase and trigger, `rivals` other triggers there (at
    most 3), `others` the other phrases of the sentence (at most 2), `rival_nearer` whether some
    other event's trigger is nearer to the phrase, `report` and `said` whether a verb of saying
    stands just before the phrase or between the two.
    """
    span, sentence, reading = expression.span, expression.sentence, expression.reading
    left, right = sorted((span, trigger))
    gap = Span(trigger.document, left.end, max(left.end, right.start))
    between = gap.of(text)
    strangers = [rival for rival in rivals if not rival.overlaps(trigger)]
    distance = abs(trigger.start - span.start)
    nearer = any(
        holds(sentence, rival) and abs(rival.start - span.start) < distance for rival in strangers
    )
    reported = _REPORT_BEFORE.search(text, max(0, span.start - 80), span.start)
    return {
        "bias": 1.0,
        "log_words": math.log1p(len(between.split())),
        "before": float(span.start < trigger.start),
        "rivals": float(min(3, sum(gap.contains(rival) for rival in strangers))),
        "report": float(reported is not None),
        "describes": float(expression.adjectival and not describes(expression, trigger, text)),
        "initial": float(span.start - sentence.start < 4),
        "vague": float(isinstance(reading, Vague)),
        "clock": float(isinstance(reading, Clock)),
        "stretch": float(isinstance(reading, Stretch)),
        "open": float(isinstance(reading, Range) and reading.cue in OPEN_CUES),
        "later_trigger": float(later_trigger),
        "others": float(min(2, others)),
        "rival_nearer": float(nearer),
        "said": float(_SAID.search(between) is not None),
    }


OPEN_CUES = ("since", "after", "until", "by")


def _score(found: dict[str, float]) -> float:
    return sum(WEIGHTS[name] * value for name, value in found.items())
