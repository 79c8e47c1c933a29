"""What the decoder was told after training: thresholds and calibration, read beside the weights.

Every number here is chosen on newsgraph dev by `python -m training tune`, which also writes the
precision/recall curve behind it into the same file (`kg/extract/neural/weights/settings.json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Thresholds (probabilities, or additions to a score) of the decoder."""

    name_outside: float = 0.0
    """Added to the score of "no name"."""
    name_sure: float = 0.6
    """Confidence from which a name's other occurrences are names too."""
    nominal_outside: float = 0.0
    """Added to the score of "no description"."""
    nothing: float = 0.0
    """Added to the score of a pronoun or description meaning nothing named."""
    trigger_outside: float = 0.0
    """Added to the score of "no trigger"."""
    same_event: float = 0.5
    """Probability from which two triggers are one event."""
    role: float = 0.5
    """Probability from which an entity plays a role."""
    phrase_outside: float = 0.0
    """Added to the score of a word being no argument phrase."""
    source: float = 0.5
    """Probability from which an entity is who the event is attributed to."""
    relation: float = 0.5
    """Probability from which a relation is stated."""
    calibration: Mapping[str, tuple[float, float]] | None = None
    """Per kind (entity, relation, event, argument): slope and offset on the log odds."""

    def calibrated(self, kind: str, probability: float) -> float:
        """The probability of being right, given what the network says."""
        import math

        slope, offset = (self.calibration or {}).get(kind, (1.0, 0.0))
        clipped = min(max(probability, 1e-4), 1 - 1e-4)
        odds = slope * math.log(clipped / (1 - clipped)) + offset
        return round(1 / (1 + math.exp(-odds)), 4)


def settings_of(record: Mapping[str, Any]) -> Settings:
    """The settings in a file's record; what it does not hold stays as above."""
    known = {field.name for field in fields(Settings)}
    return Settings(**{key: value for key, value in record.items() if key in known})
