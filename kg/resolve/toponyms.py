"""Which place of GeoNames each local place is: by what its article tells, then by size.

Every name has readings ("Hyderabad" two large ones). Readings are scored by weights that a
person can follow; the best one is taken when it leads clearly, else the place stays unlinked: a
wrong pin on a map is worse than none. Articles are read on their own, so that adding one never
moves a place of another.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.model import LocalId, Place
from kg.resolve.country import country_code
from kg.resolve.geonames import Candidate, candidates, country, is_capital, region_words
from kg.resolve.local import Local
from kg.resolve.name import fold

WEIGHTS = {
    "told": 4.0,
    "country": 2.0,
    "region": 2.0,
    "neighbour": 1.0,
    "magnitude": 1.0,
    "kind": 1.0,
    "metropolis": 1.0,
    "other name": -0.5,
}
"""What speaks for a reading.

* told: the article says that it lies in that country or region (in another one forbids it)
* country: the article speaks of its country, more when it speaks most of that one
* region: the article names the province
* neighbour: another place of the article lies in the same province
* magnitude: for every power of ten of its population; metropolis: it has a
  million, or is the capital
* kind: the extractor took it for a town or a region as well
* other name: it is seldom called so

Set by hand on samples of the places in the training articles: an article about the United States
that names Paris means the one in France, but one that names Texas as well does not."""

LEAD = 0.7
"""How much the best reading must lead the next one in another country or province: what five
times the population is worth."""

KNOWN = 100_000
"""Population from which a name needs no support in its article. Smaller places share their names
with people, firms and each other."""

METROPOLIS = 1_000_000

KIND_OF = {"City": ("city", "district"), "Region": ("province", "district")}


def link(found: Sequence[Local]) -> dict[LocalId, Place]:
    """The GeoNames place of each local country, region and city that can be told."""
    places = [local for local in found if local.family in ("country", "place")]
    linked = {
        local.id: place
        for local in places
        if local.family == "country" and (place := _country(local))
    }
    named = [local for local in places if local.id not in linked]
    if not named:
        return linked
    forms = sorted({form for local in named for form in _forms(local)})
    readings = candidates(forms)
    by_article: dict[str, list[Local]] = defaultdict(list)
    for local in places:
        by_article[local.id.document].append(local)
    for article in by_article.values():
        linked |= _article(article, linked, readings)
    return linked


def _country(local: Local) -> Place | None:
    code = country_code(local.entity.name)
    return country(code) if code else None


def _forms(local: Local) -> list[str]:
    """The folded names to look up, fullest first: "herat province" also as "herat"."""
    names = [fold(local.entity.name), *sorted({fold(name) for name in local.names})]
    return list(dict.fromkeys(name for name in (*names, *map(region_words, names)) if name))


class _Article:
    """What one article tells of places: countries by mentions, names, and places found so far."""

    def __init__(self, locals_: Sequence[Local], linked: Mapping[LocalId, Place]) -> None:
        self.countries: Counter[str] = Counter()
        self.names: set[str] = set()
        self.linked: dict[LocalId, Place] = {}
        for local in locals_:
            self.names.update(_forms(local))
            if local.id in linked:
                self.add(local, linked[local.id])

    def add(self, local: Local, place: Place) -> None:
        self.linked[local.id] = place
        self.countries[place.country] += len(local.entity.mentions)

    @property
    def foremost(self) -> str:
        """The country it speaks of most; "" when it speaks of none, or of two as much."""
        first = self.countries.most_common(2)
        if not first or (len(first) > 1 and first[0][1] == first[1][1]):
            return ""
        return first[0][0]


def _article(
    locals_: Sequence[Local],
    linked: Mapping[LocalId, Place],
    readings: Mapping[str, Sequence[Candidate]],
) -> dict[LocalId, Place]:
    """The places of one article. The clearest come first and then help with the others."""
    article = _Article(locals_, linked)
    waiting = {local.id: local for local in locals_ if local.id not in linked}
    while waiting:
        choices = [
            (lead, local, place)
            for local in waiting.values()
            for lead, place in [_best(local, article, readings)]
            if place is not None
        ]
        if not choices:
            break
        _, local, place = max(choices, key=lambda choice: (choice[0], choice[1].id))
        article.add(local, place)
        del waiting[local.id]
    return {id: place for id, place in article.linked.items() if id not in linked}


def _best(
    local: Local, article: _Article, readings: Mapping[str, Sequence[Candidate]]
) -> tuple[float, Place | None]:
    """The reading to take and how far it leads, or None when no reading is clear."""
    scored: dict[int, tuple[float, bool, Candidate]] = {}
    for form in _forms(local):
        for reading in readings.get(form, ()):
            if reading.place.geonames not in scored:
                value, supported = _score(local, article, reading)
                scored[reading.place.geonames] = (value, supported, reading)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], item[2].place.geonames))
    if not ranked:
        return 0.0, None
    value, supported, best = ranked[0]
    rivals = [score for score, _, other in ranked[1:] if not _around(best.place, other.place)]
    lead = value - rivals[0] if rivals else math.inf
    if lead < LEAD or not (supported or best.population >= KNOWN):
        return 0.0, None
    return lead, best.place


def _around(left: Place, right: Place) -> bool:
    """Whether one lies in the other: the town and the district of one name are no rivals."""
    return right in above(left) or left in above(right)


def above(place: Place) -> list[Place]:
    """What contains `place`, from near to far."""
    found = []
    while place.within:
        place = place.within
        found.append(place)
    return found


def _score(local: Local, article: _Article, reading: Candidate) -> tuple[float, bool]:
    """How much speaks for a reading, and whether its article supports it at all."""
    place = reading.place
    own = region_words(fold(place.name))
    above_it = (region_words(fold(r.name)) for r in above(place) if r.kind != "country")
    regions = [region for region in above_it if region != own]
    told = _told(local, place, regions)
    if told is False or not _of_kind(local, place, told=bool(told)):
        return -math.inf, False
    parts = {
        "told": 1.0 if told else 0.0,
        "country": _spoken_of(article, place.country),
        "region": float(any(region in article.names for region in regions)),
        "neighbour": float(_has_neighbour(article, local, place)),
        "magnitude": math.log10(max(reading.population, 100)) - 2,
        "metropolis": float(
            (place.kind == "city" and reading.population >= METROPOLIS) or is_capital(place)
        ),
        "kind": float(place.kind in KIND_OF.get(local.entity.type, ())),
        "other name": float(not reading.principal),
    }
    support = ("told", "country", "region", "neighbour")
    supported = any(parts[part] > 0 for part in support)
    return sum(WEIGHTS[part] * value for part, value in parts.items()), supported


def _of_kind(local: Local, place: Place, *, told: bool) -> bool:
    """Whether it can be such a place: "Asia" is no town in Peru, no county is a province."""
    if place.kind == "city" and local.entity.type == "Region" and not told:
        return False
    return place.kind != "province" or "county" not in fold(local.entity.name).split()


def _told(local: Local, place: Place, regions: Sequence[str]) -> bool | None:
    """Whether the article says that it lies there; None when it says nothing."""
    if any(region in map(region_words, local.within) for region in regions):
        return True
    codes = {c for name in local.countries if (c := country_code(name))}
    told = {found.country for code in codes if (found := country(code))}
    return place.country in told if told else None


def _spoken_of(article: _Article, country: str) -> float:
    if country not in article.countries:
        return 0.0
    return 1.0 if country == article.foremost else 0.5


def _has_neighbour(article: _Article, local: Local, place: Place) -> bool:
    own = {region.geonames for region in (place, *above(place)) if region.kind != "country"}
    return any(
        region.geonames in own
        for id, other in article.linked.items()
        if id != local.id
        for region in (other, *above(other))
        if region.kind != "country"
    )
