"""From the strongest statement to the weakest: which one counts where several are made."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Factuality, Status

FACTUALITY_STRENGTH = (
    Factuality.FACTUAL,
    Factuality.PLANNED,
    Factuality.POSSIBLE,
    Factuality.DENIED,
)
STATUS_STRENGTH = (
    Status.ACCEPTED,
    Status.ATTRIBUTED,
    Status.UNREALIZED,
    Status.UNCERTAIN,
    Status.REJECTED,
)


def strongest(values: Iterable[Factuality]) -> Factuality:
    """The strongest: what one article plans and another denies is planned."""
    return min(values, key=FACTUALITY_STRENGTH.index)
