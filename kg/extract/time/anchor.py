"""When a document was written: known, read off its dateline, or inferred as an interval.

A relative phrase can only be placed against the day of writing. Where no publication date is
given, the text itself often tells: a dateline, "today (July 28, 2022)", or the dates it
reports. What is inferred is marked as such and keeps the interval that the evidence allows;
without clear evidence the document time stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model import Span


@dataclass(frozen=True, slots=True)
class DocumentTime:
    """The day of writing, between `earliest` and `latest` (None: not bounded on that side).

    `basis` says how it is known; `span` is the phrase that tells, when the text does.
    """

    earliest: date | None = None
    latest: date | None = None
    basis: str = ""
    span: Span | None = None

    @property
    def day(self) -> date | None:
        """The day itself where it is known exactly."""
        return self.earliest if self.earliest == self.latest else None

    @classmethod
    def published(cls, day: date) -> DocumentTime:
        """The publication date the metadata give."""
        return cls(day, day, PUBLISHED)


PUBLISHED = "publication date"
UNKNOWN = DocumentTime()
