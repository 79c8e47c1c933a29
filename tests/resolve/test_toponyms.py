"""Places are found in GeoNames by what the article tells; a doubtful one is left alone."""

from __future__ import annotations

import pytest

from kg.model import Extraction, Place
from kg.resolve.local import locals_of
from kg.resolve.toponyms import above, link
from tests.factory import E, R, document, extraction


def read(text: str, *made: object) -> dict[str, Place]:
    """The places found in one article, by local id."""
    article: Extraction = extraction(document(text, "a1"), made)  # type: ignore[arg-type]
    found = link(locals_of([article]))
    return {id.id: place for id, place in found.items()}


def test_a_country_has_its_code_and_position() -> None:
    place = read("Iran spoke.", E("e1", "Country", "Iran"))["e1"]
    assert (place.kind, place.country, place.geonames) == ("country", "IR", 130758)
    assert place.latitude == pytest.approx(32, abs=2)


@pytest.mark.parametrize(
    ("city", "told", "country", "id"),
    [("Hyderabad", "India", "IN", 1269843), ("Hyderabad", "Pakistan", "PK", 1176734)],
)
def test_the_article_tells_namesakes_apart(city: str, told: str, country: str, id: int) -> None:
    found = read(f"{city}, {told}.", E("e1", "City", city), E("e2", "Country", told))
    assert (found["e1"].country, found["e1"].geonames) == (country, id)


def test_what_is_said_outweighs_size() -> None:
    found = read(
        "Paris is in Texas, as the United States know.",
        E("e1", "City", "Paris"),
        E("e2", "Region", "Texas"),
        E("e3", "Country", "United States"),
        R("e1", "locatedIn", "e2"),
    )
    assert [place.name for place in above(found["e1"])][-2:] == ["Texas", "United States"]


def test_a_metropolis_needs_no_country() -> None:
    assert read("He left Paris.", E("e1", "City", "Paris"))["e1"].country == "FR"


def test_a_spelling_of_a_province_is_found() -> None:
    found = read(
        "Sistan-Baluchestan in Iran.",
        E("e1", "Region", "Sistan-Baluchestan"),
        E("e2", "Country", "Iran"),
    )
    assert found["e1"].geonames == 1159456


def test_a_region_that_geonames_lacks_is_no_town_of_that_name() -> None:
    assert "e1" not in read("The Middle East.", E("e1", "Region", "Middle East"))


def test_a_name_without_letters_is_no_place() -> None:
    assert read("??? fell.", E("e1", "City", "???")) == {}
