"""What things look like: six categories of nodes, told apart by shape first and colour second.

The colours start from Okabe and Ito's palette ("Color Universal Design", 2008) and were moved,
as little as possible, until on the light and on the dark page each stands out from its
background by at least 3:1 (WCAG 2.2, 1.4.11) and any two differ, to readers with any kind of
colour blindness, by 0.08 in Oklab, four times what is just noticeable. The tests compute both.
Shapes say the same again for print and for grey screens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.inventory import EVENT_TYPES, ORGANIZATION_TYPES, PLACE_TYPES


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
    Category("person", "People", "dot", "#088ad5", "#81dbff", ("Person",)),
    Category(
        "organization",
        "Organisations and groups",
        "square",
        "#c77c00",
        "#ecbc46",
        (*ORGANIZATION_TYPES, "PopulationGroup"),
    ),
    Category("place", "Places", "triangleDown", "#01845f", "#00c090", PLACE_TYPES),
    Category("event", "Events", "diamond", "#c5431d", "#ff7d50", EVENT_TYPES),
    Category("position", "Posts", "hexagon", "#aa529e", "#ce9cd7", ("Position",)),
    Category("agreement", "Agreements", "triangle", "#4c5b68", "#b6cfbe", ("Agreement",)),
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
