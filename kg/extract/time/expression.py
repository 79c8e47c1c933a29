"""Temporal expressions of a text: phrases joined as they belong together, with their tense."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.time.grammar import Found, readings
from kg.extract.time.phrase import joined
from kg.extract.time.reading import CalendarDate, Duration, Reading, Weekday
from kg.model import Span


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A phrase that says when: its span, how it reads, and whether its clause looks ahead.

    `days_off` counts the date of an apposition ("today (July 28, 2022)") from the day of writing:
    today 0, yesterday -1. `adjectival` tells that the phrase describes a noun that follows ("the
    2008 bombing").
    """

    span: Span
    reading: Reading
    sentence: Span
    looks_ahead: bool = False
    days_off: int | None = None
    adjectival: bool = False

    @property
    def places(self) -> bool:
        """Whether the phrase can say when an event was; a duration or a bare clock cannot."""
        return not isinstance(self.reading, Duration)


def find_times(
    text: str, *, document: str, sentences: Iterable[Span]
) -> tuple[TimeExpression, ...]:
    """Every temporal expression of `text`, in order.

    `sentences` are the spans of `document` to read, in order; no expression crosses their ends.
    """
    return tuple(
        expression
        for sentence in sentences
        for expression in _of_sentence(text, document, sentence)
    )


def _of_sentence(text: str, document: str, sentence: Span) -> list[TimeExpression]:
    words = sentence.of(text)
    found = [piece for piece in readings(words) if _is_time(words, piece)]
    result = []
    for phrase in joined(words, found):
        result.append(
            TimeExpression(
                span=Span(document, sentence.start + phrase.start, sentence.start + phrase.end),
                reading=phrase.reading,
                sentence=sentence,
                looks_ahead=looks_ahead(words, phrase.start, phrase.end),
                days_off=phrase.days_off,
                adjectival=bool(_DESCRIBES.match(words, phrase.end)),
            )
        )
    return result


_DESCRIBES = re.compile(r"(?:['’]s)?\s+(?!(?:and|or|to|in|on|at|by|when|as|after|before|that|which|"
                        r"who|with|for|from|of|the|a|an|he|she|it|they|was|were|is|are|said|had|"
                        r"has|"
                        r"but|while|where|over|about|against|under|during)\b)[a-z]+")  # fmt: skip

# Words before a month that make it a date: "March" and "May" alone are mostly something else.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|through|between|and|of|during|before|after|last|next|"
    r"this|every|each|around|for|as\s+of|or)|[-–/,(])\s*$",
    re.IGNORECASE,
)
_RISKY_MONTHS = (3, 4, 5, 6, 8)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|through|between|and|of|during|before|after|around|"
    r"year|years|for|the|late|early|mid|as\s+of|or|than|circa|a|an|that|its|their|his|her|for|"
    r"back\s+to)|[-–/,(&]|['’]s)\s*$",
    re.IGNORECASE,
)
_NOT_A_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥₹#№]|\b(?:no|nos|number|resolution|flight|section|article|room|bill|route|highway|"
    r"page|order|model|boeing|rs|usd|us|nt|hr|s)\.?)\s*$",
    re.IGNORECASE,
)
_NOT_A_YEAR_AFTER = re.compile(
    r"\s*(?:%|per\s*cent|percent|hours|hrs|GMT|UTC|hectares|acres|km|kilomet|metres|meters|miles|"
    r"tons|tonnes|kg|people|persons|men|women|children|troops|soldiers|workers|jobs|homes|houses|"
    r"cases|deaths|votes|seats|dollars|euros|pounds|dead|injured|wounded|million|billion|others|"
    r"passengers|fighters|militants|civilians|refugees|families|students|units|feet|points|years|"
    r"new|more|additional|local|US|American|members|migrants|police|officers|prisoners|"
    r"Palestinians)\b",
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:the|a)\s+|\b[A-Z][a-z]+\s+|\b[A-Z]\.\s*)$"
)  # "The Sun", "Theresa May", "Frank Sat."


def _is_time(words: str, piece: Found) -> bool:
    """Whether a bare month, weekday or year in its place is one."""
    reading, before = piece.reading, words[: piece.start]
    phrase = words[piece.start : piece.end]
    if isinstance(reading, CalendarDate) and re.fullmatch(r"[A-Za-z]+\.?", phrase):
        if reading.month and not reading.holiday:
            return bool(_BEFORE_MONTH.search(before)) or (
                reading.month not in _RISKY_MONTHS
                and len(phrase) > 4
                and not re.search(r"[A-Z]\w*\s+$", before)
            )
        return True
    if isinstance(reading, CalendarDate) and re.fullmatch(r"\d{4}", phrase):
        if _NOT_A_YEAR_BEFORE.search(before) or _NOT_A_YEAR_AFTER.match(words, piece.end):
            return False
        return 1900 <= int(phrase) <= 2049 or bool(_BEFORE_YEAR.search(before))
    if isinstance(reading, Weekday) and re.fullmatch(
        r"(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?", phrase
    ):
        return bool(re.search(r"(?:\bon|[(,])\s*$", before))
    return True


_AHEAD = (
    r"will|won['’]t|shall|['’]ll|going\s+to|set\s+to|set\s+for|due\s+(?:to|on|in|for|next)|"
    r"scheduled|slated|"
    r"(?:is|are|was|were)\s+to\s+(?:be\s+)?(?!blame\b)\w+|plans?(?:\s+to|\s+for)|planned\s+for|"
    r"planning\s+to|"
    r"expected|upcoming|forthcoming|intends?|hopes?\s+to|aims?\s+to|ahead\s+of|invited|"
    r"agreed\s+to|vow(?:s|ed)\s+to|"
    r"promised\s+to|pledged\s+to|would|may|might|can|could|should|must|until|postponed"
)
_PAST = (
    r"said|says|told|was|were|had|has|have|did|held|met|made|took|came|went|left|won|lost|began|"
    r"broke|shot|struck|hit|led|saw|gave|got|sent|fell|rose|spoke|wrote|ran|flew|brought|found|"
    r"killed|\w{2,}ed"
)
_TENSE = re.compile(rf"(?<![\w’'])(?:(?P<ahead>{_AHEAD})|(?P<past>{_PAST}))\b", re.IGNORECASE)


def looks_ahead(words: str, start: int, end: int) -> bool:
    """Whether the verb nearest to `words[start:end]` speaks of the future.

    The nearest one before it counts, else the first after it: "will meet on Monday" looks
    ahead, "said on Monday that they will meet" does not.
    """
    before = list(_TENSE.finditer(words, max(0, start - 90), start))
    boundary = max(words.rfind(mark, 0, start) for mark in (";", "—", ": "))
    before = [match for match in before if match.start() > boundary]
    if before:
        return before[-1]["ahead"] is not None
    after = _TENSE.search(words, end, min(len(words), end + 90))
    return bool(after and after["ahead"])
