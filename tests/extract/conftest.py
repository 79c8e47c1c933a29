"""One extractor for all tests here: loading the pipeline takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.extract.spacy_extractor import SpacyExtractor
from kg.model import Document, Extraction

Read = Callable[[str], Extraction]


@pytest.fixture(scope="session")
def spacy_extractor() -> SpacyExtractor:
    """The default extractor."""
    return SpacyExtractor()


@pytest.fixture(scope="session")
def read(spacy_extractor: SpacyExtractor) -> Read:
    """Extracts a text published on 29 January 2024."""

    def extract(text: str) -> Extraction:
        return spacy_extractor.extract(Document(id="a", text=text, published=date(2024, 1, 29)))

    return extract
