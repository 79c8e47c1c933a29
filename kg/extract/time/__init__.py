"""When things happened: temporal phrases found, placed on the calendar, and tied to events.

`find_times` finds the expressions of a text, `document_time` says when it was written,
`resolve` places one expression; a `Narrative` does all of it for a document, and its `time_of`
gives the time of an event.
"""

from kg.extract.time.anchor import UNKNOWN, DocumentTime
from kg.extract.time.attachment import attach_time
from kg.extract.time.document import document_time
from kg.extract.time.expression import TimeExpression, find_times
from kg.extract.time.narrative import Narrative
from kg.extract.time.placement import resolve

__all__ = [
    "UNKNOWN",
    "DocumentTime",
    "Narrative",
    "TimeExpression",
    "attach_time",
    "document_time",
    "find_times",
    "resolve",
]
