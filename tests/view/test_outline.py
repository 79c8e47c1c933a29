"""Coasts and borders behind the map sketch."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.view.outline import Place, outline


def frame(south: float, north: float, west: float, east: float, scale: float):
    def at(place: Place) -> tuple[float, float]:
        return (place[1] - west) * scale, (north - place[0]) * scale

    return at, (east - west) * scale, (north - south) * scale


def points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_the_border_of_iran_and_pakistan_runs_where_it_does() -> None:
    at, width, height = frame(25, 31, 58, 66, 50)
    shown = points(outline(at, width, height))
    zahedan, quetta = at((29.5, 60.9)), at((30.2, 67.0))
    on_the_way = [x for x, y in shown if abs(y - zahedan[1]) < 30]
    assert any(zahedan[0] < x < quetta[0] for x in on_the_way)


def test_only_what_shows_is_drawn() -> None:
    at, width, height = frame(25, 31, 58, 66, 50)
    shown = points(outline(at, width, height))
    assert 50 < len(shown) < 5000
    inside = [(x, y) for x, y in shown if 0 <= x <= width and 0 <= y <= height]
    assert len(inside) > 0.9 * len(shown)


def test_no_stroke_crosses_the_whole_world() -> None:
    at, width, height = frame(-60, 75, -180, 180, 2)
    for part in outline(at, width, height).split("M")[1:]:
        run = points(part)
        assert all(abs(a[0] - b[0]) < width / 2 for a, b in pairwise(run))


def test_the_open_sea_has_no_lines() -> None:
    at, width, height = frame(-50, -48, -130, -128, 100)
    assert outline(at, width, height) == ""
