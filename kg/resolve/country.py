"""Countries by the names that news gives them."""

from __future__ import annotations

from functools import cache

from kg.resolve.name import fold


@cache
def country_code(name: str) -> str | None:
    """The ISO 3166 code (three letters) of the country called `name`, None if there is none.

    Its adjective will do: extractors take "British" for a name.
    """
    import pycountry

    from kg.extract.gazetteer import gazetteer

    for known in (name, gazetteer().demonyms.get(name)):
        if known:
            try:
                return str(pycountry.countries.lookup(_COMMON.get(fold(known), known)).alpha_3)
            except LookupError:
                continue
    return None


_COMMON = {
    "us": "USA",
    "u s": "USA",
    "america": "USA",
    "uk": "GBR",
    "britain": "GBR",
    "great britain": "GBR",
    "russia": "RUS",
    "south korea": "KOR",
    "north korea": "PRK",
    "iran": "IRN",
    "syria": "SYR",
    "turkey": "TUR",
    "vietnam": "VNM",
    "laos": "LAO",
    "bolivia": "BOL",
    "venezuela": "VEN",
    "tanzania": "TZA",
    "moldova": "MDA",
    "ivory coast": "CIV",
    "burma": "MMR",
    "palestine": "PSE",
    "czech republic": "CZE",
    "islamic republic of iran": "IRN",
    "islamic republic": "IRN",
    "uae": "ARE",
    "democratic republic of congo": "COD",
    "dr congo": "COD",
    "taiwan": "TWN",
    "brunei": "BRN",
    "swaziland": "SWZ",
    "macedonia": "MKD",
}
"""Everyday names that the ISO lists do not hold, folded."""
