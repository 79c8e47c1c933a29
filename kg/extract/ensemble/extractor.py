"""Two readers of one article: the trained model, and the rules where they are the surer ones.

The model finds more; the rules know what no training set of a few hundred articles can teach:
every country and its adjective, what a "militant group" is, whose post a title names. What the
two read is put together by the words they both point at. What is taken from which was decided by
the scores on `newsgraph` dev, see `training/MODEL_CARD.md`.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.ensemble.joined import Joined
from kg.extract.neural.extractor import NeuralExtractor
from kg.extract.spacy_extractor import SpacyExtractor
from kg.model import Document, Extraction


class EnsembleExtractor:
    """Reads with the trained model and with the rules over spaCy, and puts the two together."""

    def __init__(self) -> None:
        self._model = NeuralExtractor()
        self._rules = SpacyExtractor()

    @property
    def name(self) -> str:
        """The names of both, since either may change the result."""
        return f"{self._model.name}+{self._rules.name}"

    def extract(self, document: Document) -> Extraction:
        """Everything found in `document`, with offsets into its text."""
        return combine(
            self._model.extract(document), self._rules.extract(document), extractor=self.name
        )


def combine(model: Extraction, rules: Extraction, *, extractor: str) -> Extraction:
    """One extraction of the same document from two."""
    joined = Joined(model, rules)
    return replace(
        model,
        extractor=extractor,
        entities=joined.entities(),
        relations=joined.relations(),
        events=joined.events(),
    )
