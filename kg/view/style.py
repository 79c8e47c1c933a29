"""What things look like: six categories of nodes, told apart by shape first and colour second.

The colours start from Okabe and Ito's palette ("Color Universal Design", 2008), which readers
with any common colour blindness can tell apart; they are darkened on the light page and
lightened on the dark one until each stands out from its background by at least 3:1 (WCAG 2.2,
1.4.11, checked in the tests). Shapes say the same again for print and for grey screens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.inventory import EVENT_TYPES, ORGANIZATION_TYPES, PLACE_TYPES

LIGHT_BACKGROUND = "#ffffff"
DARK_BACKGROUND = "#14181f"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of node as a reader sees it: its name in the legend, shape, colours and types.

    `shape` is one of vis-network's shapes; `light` and `dark` are the colours on a light and on
    a dark page.
    """

    name: str
    label: str
    shape: str
    light: str
    dark: str
    types: tuple[str, ...]


CATEGORIES = (
    Category("person", "People", "dot", "#0072b2", "#56b4e9", ("Person",)),
    Category(
        "organization",
        "Organisations and groups",
        "square",
        "#c77c00",
        "#f0b429",
        (*ORGANIZATION_TYPES, "PopulationGroup"),
    ),
    Category("place", "Places", "triangleDown", "#00855f", "#2cc295", PLACE_TYPES),
    Category("event", "Events", "diamond", "#c9431b", "#ff7f50", EVENT_TYPES),
    Category("position", "Posts", "hexagon", "#a8558c", "#e39cc4", ("Position",)),
    Category("agreement", "Agreements", "triangle", "#5b6472", "#b4bdc9", ("Agreement",)),
)

_EVENT = next(category for category in CATEGORIES if category.name == "event")
# "Agreement" names an entity type and an event type: entities are looked up apart from events.
_ENTITY_CATEGORY = {
    name: category for category in CATEGORIES if category is not _EVENT for name in category.types
}


def category_of(kind: str, type_name: str) -> Category:
    """The category of a node; a type the inventory does not know is drawn as an organisation."""
    if kind == "event":
        return _EVENT
    return _ENTITY_CATEGORY.get(type_name, _ENTITY_CATEGORY["Organization"])


def node_size(degree: int) -> float:
    """The radius in pixels of a node with `degree` edges.

    The area grows with the degree, as the eye reads size. 7 to 30 pixels: below 7 the shapes
    cannot be told apart, above 30 a hub hides its neighbours.
    """
    return round(min(30.0, 7.0 + 2.6 * math.sqrt(degree)), 1)
