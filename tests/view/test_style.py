"""Colours and shapes that can be told apart."""

from __future__ import annotations

import math
import re
from importlib.resources import files
from itertools import combinations

import pytest

from kg.inventory import ENTITY_TYPES, EVENT_TYPES
from kg.view.style import (
    CATEGORIES,
    Category,
    category_of,
    node_size,
)

# Linear-light matrices for full colour blindness of each kind (Machado, Oliveira and Fernandes,
# "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009).
BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

# From linear light to cones and on to Oklab (Ottosson 2020), where distance is what the eye sees.
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def seen(colour: str, kind: str) -> list[float]:
    """A colour in Oklab as a reader with this blindness sees it."""
    light = [min(1.0, max(0.0, c)) for c in times(BLINDNESS[kind], list(linear(colour)))]
    return times(OKLAB, [cone ** (1 / 3) for cone in times(CONES, light)])


def linear(colour: str) -> tuple[float, ...]:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_every_colour_stands_out_from_its_page(category: Category) -> None:
    css = (files("kg.view") / "assets" / "style.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--background: (#\w{6});", css)
    assert contrast(category.light, light) >= 3
    assert contrast(category.dark, dark) >= 3


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("page", ["light", "dark"])
def test_no_two_categories_look_alike_to_any_reader(kind: str, page: str) -> None:
    """Different in shape always; in colour by 0.08, four times what is just noticeable."""
    for one, other in combinations(CATEGORIES, 2):
        assert one.shape != other.shape
        colours = (seen(getattr(one, page), kind), seen(getattr(other, page), kind))
        assert math.dist(*colours) > 0.08, (one.name, other.name)


def test_every_type_of_the_inventory_has_a_category() -> None:
    covered = {name for category in CATEGORIES for name in category.types}
    assert covered == {*ENTITY_TYPES, *EVENT_TYPES}


def test_an_agreement_that_is_a_treaty_is_not_the_event_of_agreeing() -> None:
    assert category_of("entity", "Agreement").name == "agreement"
    assert category_of("event", "Agreement").name == "event"


def test_more_ties_make_a_larger_node_within_bounds() -> None:
    sizes = [node_size(degree) for degree in (0, 1, 5, 50, 5000)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (7, 30)
