"""Which of the formats on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of `offered` that `accept` prefers, None when it takes none of them.

    The first offered wins among equals; an empty `accept` takes anything.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*", "*", 1.0)]
    scored = [(_quality(media_type, ranges), media_type) for media_type in offered]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else None


def _range(part: str) -> tuple[str, str, float]:
    """Type, subtype and quality of one media range; what is malformed is not wanted."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    kind, _, subtype = name.lower().partition("/")
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return kind, subtype, quality if quality == quality else 0.0  # NaN is a float too


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """What the most specific range that covers a media type gives it."""
    kind, _, subtype = media_type.partition("/")
    covering = [
        ((given_kind != "*") + (given_subtype != "*"), quality)
        for given_kind, given_subtype, quality in ranges
        if given_kind in (kind, "*") and given_subtype in (subtype, "*")
    ]
    return max(covering, default=(0, 0.0))[1]
