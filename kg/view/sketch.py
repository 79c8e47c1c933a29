"""A map sketch without tiles: places by latitude and longitude, coasts and borders behind them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.network import Network
from kg.view.coordinates import Point, coordinates
from kg.view.outline import outline

WIDTH = 720
MARGIN = 56
LOWEST = 320
"""A lower picture would be a strip that shows no coast to know the place by."""
_MOST = 40  # places; more names than that cover each other at this width


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the sketch, in pixels; `anchor` tells on which side of it the name stands.

    `label` is "" where the name would cover another; `id` is the node.
    """

    x: float
    y: float
    radius: float
    label: str
    anchor: str
    is_country: bool
    id: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A map `width` by `height` pixels; `meridians` and `parallels` are (pixel, label).

    `outline` is the `d` of an SVG path with the coasts and borders.
    """

    width: int
    height: int
    spots: tuple[Spot, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    outline: str


def sketch(network: Network) -> Sketch | None:
    """The sketch of the places that events name, larger with more events; None without two."""
    events = _events_at(network)
    points = {id: point for id, point in coordinates(network).items() if events[id]}
    if len(points) < 2:
        return None
    kept = sorted(points, key=lambda id: (-events[id], id))[:_MOST]
    frame = _Frame({id: points[id] for id in kept})
    labels = {node.id: (node.label, node.type == "Country") for node in network.nodes}
    radii = {id: min(16.0, 3 + 1.2 * math.sqrt(events[id])) for id in kept}
    taken = [_box(*frame.at(points[id]), radii[id]) for id in kept]
    spots = []
    for id in kept:
        x, y = frame.at(points[id])
        label, is_country = labels[id]
        radius = radii[id]
        name, anchor = _named(label, x, y, radius, taken)
        spots.append(Spot(x, y, round(radius, 1), name, anchor, is_country, id))
    return Sketch(
        WIDTH,
        frame.height,
        tuple(spots),
        frame.meridians(),
        frame.parallels(),
        outline(frame.at, WIDTH, frame.height),
    )


def _box(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def _events_at(network: Network) -> Counter[str]:
    """How many events and relations name each place."""
    return Counter(edge.target for edge in network.edges) + Counter(
        edge.source for edge in network.edges
    )


class _Frame:
    """The part of the world that holds the points, with room around them.

    Equirectangular, degrees of longitude shortened for the middle latitude.
    """

    def __init__(self, points: Mapping[str, Point]) -> None:
        latitudes = [point[0] for point in points.values()]
        longitudes = [point[1] for point in points.values()]
        self.south, self.north = min(latitudes), max(latitudes)
        self.west, self.east = min(longitudes), max(longitudes)
        shrink = max(0.2, math.cos(math.radians((self.south + self.north) / 2)))
        across = max(self.east - self.west, 2.0) * shrink
        down = max(self.north - self.south, 2.0)
        self.scale = min((WIDTH - 2 * MARGIN) / across, 420 / down)
        self.shrink = shrink
        self.left = (WIDTH - (self.east - self.west) * shrink * self.scale) / 2
        down = (self.north - self.south) * self.scale
        self.height = max(round(down + 2 * MARGIN), LOWEST)
        self.top = (self.height - down) / 2

    def at(self, point: Point) -> tuple[float, float]:
        x = self.left + (point[1] - self.west) * self.shrink * self.scale
        return (round(x, 1), round(self.top + (self.north - point[0]) * self.scale, 1))

    def meridians(self) -> tuple[tuple[float, str], ...]:
        step = self.step()
        first = math.floor((self.west - self.left / self.scale / self.shrink) / step)
        lines = ((first + n) * step for n in range(60))
        placed = [
            (self.at((0, degree))[0], f"{abs(degree)}°{'W' if degree < 0 else 'E'}")
            for degree in lines
        ]
        return tuple((x, label) for x, label in placed if 0 < x < WIDTH)

    def parallels(self) -> tuple[tuple[float, str], ...]:
        step = self.step()
        first = math.floor((self.south - self.top / self.scale) / step)
        lines = ((first + n) * step for n in range(60))
        placed = [
            (self.at((degree, 0))[1], f"{abs(degree)}°{'S' if degree < 0 else 'N'}")
            for degree in lines
        ]
        return tuple((y, label) for y, label in placed if 0 < y < self.height)

    def step(self) -> int:
        """Degrees between two lines: about 120 pixels apart."""
        return next((s for s in (1, 2, 5, 10, 20, 30) if s * self.scale >= 90), 45)


def _named(
    label: str,
    x: float,
    y: float,
    radius: float,
    taken: list[tuple[float, float, float, float]],
) -> tuple[str, str]:
    """The label and the side it stands on; no label where it would cover another."""
    width = 7.4 * len(label)  # 12 pixels high, countries spaced out
    for anchor, left in (("start", x + radius + 4), ("end", x - radius - 4 - width)):
        box = (left, y - 8, left + width, y + 8)
        free = all(
            box[0] >= other[2] or box[2] <= other[0] or box[1] >= other[3] or box[3] <= other[1]
            for other in taken
        )
        if free and box[0] > 0 and box[2] < WIDTH:
            taken.append(box)
            return label, anchor
    return "", "start"
