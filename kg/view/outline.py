"""Coasts and borders behind the map sketch, from Natural Earth at 1:50 million.

`assets/borders.json.gz` holds the lines of the TopoJSON that the npm package world-atlas 2.0.2
makes of Natural Earth's countries; Natural Earth is in the public domain, world-atlas under the
ISC licence. Borders are as Natural Earth draws them, that is, as they are held.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@cache
def _lines() -> tuple[tuple[Place, ...], ...]:
    """All coasts and borders, each once (TopoJSON: differences on a grid of whole numbers)."""
    packed = files("kg.view").joinpath("assets", "borders.json.gz").read_bytes()
    told = json.loads(gzip.decompress(packed))
    (across, down), (west, south) = told["transform"]["scale"], told["transform"]["translate"]
    found = []
    for arc in told["arcs"]:
        x = y = 0
        line: list[Place] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            place = (y * down + south, x * across + west)
            if line and abs(place[1] - line[-1][1]) > 180:  # over the edge of the map
                found.append(tuple(line))
                line = []
            line.append(place)
        found.append(tuple(line))
    return tuple(found)


def outline(
    at: Callable[[Place], tuple[float, float]], width: float, height: float, *, finest: float = 1.2
) -> str:
    """The lines that show in a picture, as the `d` of an SVG path.

    `at` places a point of the earth in the picture, in pixels; points nearer to each other than
    `finest` pixels are one.
    """
    return "".join(
        f"M{' '.join(f'{x:.1f} {y:.1f}' for x, y in part)}"
        for line in _lines()
        for part in _parts([at(place) for place in line], width, height, finest)
    )


def _parts(
    points: Sequence[tuple[float, float]], width: float, height: float, finest: float
) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a line that touch the picture, each with one point outside on both ends."""
    part: list[tuple[float, float]] = []
    before: tuple[float, float] | None = None
    for point in points:
        if before and _apart(before, point, width, height):
            if len(part) > 1:
                yield part
            part = []
        elif not part or max(abs(point[0] - part[-1][0]), abs(point[1] - part[-1][1])) >= finest:
            part = [*part, point] if part or before is None else [before, point]
        before = point
    if len(part) > 1:
        yield part


def _apart(
    one: tuple[float, float], other: tuple[float, float], width: float, height: float
) -> bool:
    """Whether the stroke between two points lies wholly on one side of the picture."""
    return (
        max(one[0], other[0]) < 0
        or min(one[0], other[0]) > width
        or max(one[1], other[1]) < 0
        or min(one[1], other[1]) > height
    )
