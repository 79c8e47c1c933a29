"""From a document to everything it says: entities, relations and events with their words.

An extractor is anything with a `name` (with version) and `extract(document)`. It is a pure
function of the document, so results can be cached by content and computed in parallel.
`extractor(name)` finds one by the name users give on the command line.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from kg.errors import UsageError
from kg.model import Document, Extraction

DEFAULT_EXTRACTOR = "newsgraph"


class Extractor(Protocol):
    """Finds entities, relations and events in one document."""

    @property
    def name(self) -> str:
        """Name and version; it changes whenever the same text may give another result."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Everything found in `document`, with offsets into its text."""
        ...


NAMES = "newsgraph, model, spacy, spacy:PIPELINE"
"""The extractors there are, as told to users."""


@cache
def extractor(name: str = DEFAULT_EXTRACTOR) -> Extractor:
    """The extractor called `name`, one of `NAMES`.

    `newsgraph` reads with the trained model that ships with the package and with rules, `model`
    with the model alone, `spacy` with rules over spaCy's small English pipeline alone,
    `spacy:PIPELINE` with rules over any installed one. Models load here or at first use, never
    at import, and once in a process. Raises `UsageError` with the names.
    """
    kind, _, pipeline = name.partition(":")
    if name == "newsgraph":
        from kg.extract.ensemble import EnsembleExtractor

        return EnsembleExtractor()
    if name == "model":
        from kg.extract.neural.extractor import NeuralExtractor

        return NeuralExtractor()
    if kind == "spacy":
        from kg.extract.spacy_extractor import SpacyExtractor

        return SpacyExtractor(pipeline) if pipeline else SpacyExtractor()
    raise UsageError(f"No extractor is called {name!r}. Known: {NAMES}.")
