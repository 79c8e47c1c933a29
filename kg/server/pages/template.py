"""Renders the pages: Jinja2 with everything escaped, and the few words all templates share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.server.pages import address
from kg.server.pages.words import capital, count
from kg.show import words as spaced
from kg.view.style import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from kg.server.pages.catalogue import Entry

FOLDER = Path(__file__).parent.parent / "templates"


def render(template: str, /, **values: Any) -> str:
    """`template` with these values; every text in them is escaped."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates' environment. An unknown variable is an error, never an empty page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        spaced=spaced,
        capital=capital,
        address=address.address,
        short=address.short,
        data=address.data_address,
        of_category=_of_category,
    )
    made.globals.update(count=count, categories=CATEGORIES, urlencode=urlencode, shapes=_shapes())
    return made


def _of_category(counted: Iterable[tuple[Entry, int]], name: str) -> list[tuple[Entry, int]]:
    """The things of one category, among things with a count."""
    return [item for item in counted if item[0].category == name]


def _shapes() -> dict[str, str]:
    """The outline of each category as SVG path data around the origin, 5.5 pixels wide.

    The same shapes as `shapePath` draws in `kg/view/assets/dom.js`.
    """
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "triangle": ((0, -1.1), (1.05, 0.8), (-1.05, 0.8)),
        "triangleDown": ((0, 1.1), (1.05, -0.8), (-1.05, -0.8)),
        "hexagon": ((1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87)),
    }
    found = {}
    for category in CATEGORIES:
        points = corners.get(category.shape)
        if points is None:
            found[category.name] = "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z"
        else:
            path = "L".join(f"{round(x * 5.5, 1)} {round(y * 5.5, 1)}" for x, y in points)
            found[category.name] = f"M{path}Z"
    return found
