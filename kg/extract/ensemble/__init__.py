"""Two readers of one article put together: the trained model and the rules over spaCy."""

from kg.extract.ensemble.extractor import EnsembleExtractor, combine

__all__ = ["EnsembleExtractor", "combine"]
