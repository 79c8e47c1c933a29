"""Scores add up, rare names weigh more, and one row stands for all articles that say the same."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kg.model import Extraction
from kg.resolve.linkage import COMPARISONS, compare
from kg.resolve.local import locals_of
from kg.resolve.profile import Profile, given_key, profiles
from tests.factory import E, R, document, extraction


def rows(*people: tuple[str, str]) -> list[Profile]:
    """A row for each person of a country, each told by an article of its own."""
    articles: list[Extraction] = []
    for number, (name, country) in enumerate(people):
        made = [E("e1", "Person", name), E("e2", "Country", country), R("e1", "citizenOf", "e2")]
        articles.append(
            extraction(document(f"{name} of {country} spoke.", f"a{number}"), made)  # type: ignore[arg-type]
        )
    return [row for row in profiles(locals_of(articles), {}) if row.family == "person"]


def test_the_parts_of_a_score_and_the_prior_make_the_whole() -> None:
    model = json.loads(files("kg.resolve").joinpath("data/linkage.json").read_text("utf-8"))
    (pair,) = compare(rows(("Ebrahim Raisi", "Iran"), ("Ebrahim Raeisi", "Iran")))
    prior = model["probability_two_random_records_match"]
    assert [part.comparison for part in pair.parts] == list(COMPARISONS)
    weight = sum(part.weight for part in pair.parts)
    assert pair.weight == pytest.approx(weight - 9.96, abs=0.1)
    assert prior == 1e-3  # 9.96 bits


def test_a_rare_surname_weighs_more_than_a_common_one() -> None:
    def rarity(*people: tuple[str, str]) -> float:
        (pair,) = compare(rows(*people))
        return next(part.weight for part in pair.parts if part.comparison == "rarity")

    common = rarity(("Imran Khan", "Pakistan"), ("I. Khan", "Pakistan"))
    rare = rarity(("Hossein Amirabdollahian", "Iran"), ("H. Amirabdollahian", "Iran"))
    assert rare > common


def test_a_thousand_articles_that_say_the_same_are_one_row() -> None:
    assert len(rows(*[("Wei Li", "China")] * 100)) == 1


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("mohammed", "muhammad", True),
        ("bill", "william", True),
        ("sergei", "sergey", True),
        ("nouri", "nuri", True),
        ("hassan", "hussein", False),
        ("john", "joan", False),
        ("carlo", "carla", False),
    ],
)
def test_spellings_of_a_given_name(left: str, right: str, same: bool) -> None:
    assert (given_key(left) == given_key(right)) is same
