"""The map of places: a sketch by latitude and longitude, drawn here, without any tiles."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.network import Network
from kg.server.pages.address import address
from kg.view.sketch import sketch


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, in pixels, with the page it leads to.

    `text_x` is where its name stands, before or after the mark as `anchor` says; `name` is ""
    where it would cover another.
    """

    x: float
    y: float
    radius: float
    title: str
    name: str
    anchor: str
    text_x: float
    is_country: bool
    address: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map of `width` by `height` pixels; `meridians` and `parallels` are (pixel, degrees).

    `outline` is the `d` of an SVG path with the coasts and borders.
    """

    width: int
    height: int
    spots: tuple[Spot, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    outline: str


def map_of(network: Network) -> Map | None:
    """The map of the places named in `network`; None when fewer than two can be placed."""
    drawn = sketch(network)
    if drawn is None:
        return None
    labels = {node.id: node.label for node in network.nodes}
    spots = tuple(
        Spot(
            x=spot.x,
            y=spot.y,
            radius=spot.radius,
            title=labels[spot.id],
            name=spot.label,
            anchor=spot.anchor,
            text_x=round(spot.x + (spot.radius + 4) * (1 if spot.anchor == "start" else -1), 1),
            is_country=spot.is_country,
            address=address(spot.id),
        )
        for spot in drawn.spots
    )
    return Map(drawn.width, drawn.height, spots, drawn.meridians, drawn.parallels, drawn.outline)
