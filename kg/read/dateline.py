"""Publication dates that stand in the text: a line of its own, or a `date ...` field before it.

Only forms that cannot be misread count. Dates inside sentences are the extractor's business.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_CLOCK = r"(?:[,|@ ]+(?:at )?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,5}\)?)?)?"
_FORMS = (
    r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (?P<year>\d{{4}})",
    rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
)
_LABEL = (
    r"(?:(?:date|dated|published|publication date|posted|updated|last updated)(?: on| at)? ?:? ?)"
)

_LINES = [re.compile(rf"{_LABEL}?{form}{_CLOCK}", re.IGNORECASE) for form in _FORMS]
_FIELDS = [
    re.compile(rf"\s*{_LABEL}{form}{_CLOCK}[ \t]*[-–—:|]?\s+", re.IGNORECASE) for form in _FORMS
]


def date_of_line(line: str) -> date | None:
    """The date that `line` consists of, with or without a label ("Published: 12 May 2023")."""
    for pattern in _LINES:
        if match := pattern.fullmatch(line.strip()):
            return _date(match)
    return None


def leading_date(text: str) -> tuple[date | None, int]:
    """A labelled date at the very start of `text` ("date 2023-12-20 Pakistan's ..."), and where
    the article itself begins. (None, 0) when there is none."""
    for pattern in _FIELDS:
        if (match := pattern.match(text)) and (day := _date(match)):
            return day, match.end()
    return None, 0


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))
