"""Where every node stands: computed here, so that a picture is the same on every screen.

Nodes that have much to do with each other stand together: each community is laid out by
forces on its own, the communities are then placed by the same forces as discs that must not
overlap, turned towards their neighbours, and last a small network is relaxed as a whole. Every
step is quadratic only in the size of one community, so 5,000 nodes take seconds where one
spring layout of the whole takes more than a minute.

The forces are those of ForceAtlas2 (Jacomy et al. 2014): attraction grows with distance and
weight, repulsion with both degrees and falls with distance. The step length falls linearly, as
in Fruchterman and Reingold (1991). There is no randomness: the start is a sunflower spiral.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.view.links import Links

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    """Positions: shape (nodes, 2), in pixels at zoom 1, x to the right, y down."""
    Indexes = NDArray[np.intp]

SPACING = 84.0
"""The distance in pixels two tied nodes settle at: room for a label of 12 letters between them."""

WHOLE = 700
"""Up to this many nodes the whole network is relaxed at once at the end (2 s at most)."""

_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_FLATTEN = 0.86  # screens are wider than high


def positions(links: Links, groups: Sequence[Sequence[int]]) -> Points:
    """Positions of all nodes, given their communities; centred on the origin, whole pixels.

    The largest connected piece stands above, the others in rows below it, nodes without any
    tie last.
    """
    points = np.zeros((links.size, 2))
    pieces = _pieces(links, groups)
    drawn: dict[Hashable, Points] = {}
    for blocks in pieces:
        members = tuple(node for group in blocks for node in group)
        inner = links.within(members)
        # Most pieces are pairs and small stars, of few shapes: each shape is laid out once.
        shape = (tuple(map(len, blocks)), tuple(inner.weights.items()))
        if shape not in drawn:
            drawn[shape] = _piece(inner, [len(group) for group in blocks])
        points[list(members)] = drawn[shape]
    _pack(points, [[node for group in blocks for node in group] for blocks in pieces])
    if links.size:
        points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return np.round(points)


def _piece(links: Links, sizes: Sequence[int]) -> Points:
    """Positions of one connected piece whose communities, of these sizes, follow each other."""
    points = np.zeros((links.size, 2))
    ends = np.cumsum(sizes)
    groups = [
        tuple(range(end - size, end)) for size, end in zip(sizes, map(int, ends), strict=True)
    ]
    _place_blocks(links, [(group, _inside(links, group)) for group in groups], points)
    if 2 < links.size <= WHOLE:
        points = _relax(points, links, iterations=160, heat=SPACING)
    points[:, 1] *= _FLATTEN
    return _spread(points)


def _pieces(links: Links, groups: Sequence[Sequence[int]]) -> list[list[tuple[int, ...]]]:
    """The communities by connected piece of the network, the largest piece first."""
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    piece_of = list(range(len(groups)))

    def root(number: int) -> int:
        while piece_of[number] != number:
            piece_of[number] = piece_of[piece_of[number]]
            number = piece_of[number]
        return number

    for left, right in links.weights:
        a, b = root(group_of[left]), root(group_of[right])
        piece_of[max(a, b)] = min(a, b)
    pieces: dict[int, list[tuple[int, ...]]] = {}
    for number, group in enumerate(groups):
        pieces.setdefault(root(number), []).append(tuple(group))
    return sorted(
        pieces.values(), key=lambda piece: (-sum(len(group) for group in piece), piece[0])
    )


def _pack(points: Points, pieces: Sequence[Sequence[int]]) -> None:
    """Move the pieces, each as a whole, into rows under the first."""
    boxes = []
    for piece in pieces:
        members = list(piece)
        low, high = points[members].min(axis=0), points[members].max(axis=0)
        boxes.append((members, low, high - low + (130.0, 70.0)))  # a label's room on each side
    area = float(sum(size[0] * size[1] for _, _, size in boxes))
    width = max([(area * 1.25) ** 0.5, *(float(size[0]) for _, _, size in boxes[:1])])
    x = y = height = 0.0
    for members, low, size in boxes:
        if x and x + size[0] > width:
            x, y, height = 0.0, y + height, 0.0
        points[members] += (x - low[0], y - low[1])
        x += float(size[0])
        height = max(height, float(size[1]))


def _inside(links: Links, group: tuple[int, ...]) -> Points:
    """Positions of one community's members around the origin."""
    start = _sunflower(len(group), SPACING * 0.6)
    # The best connected start in the middle of the spiral.
    inner = links.within(group)
    order = sorted(range(len(group)), key=lambda node: (-len(inner.neighbours[node]), node))
    points = np.empty_like(start)
    points[order] = start
    return _relax(points, inner, iterations=60 + min(100, len(group)), heat=SPACING)


def _sunflower(size: int, spacing: float) -> Points:
    """`size` points evenly filling a disc, from the middle outwards."""
    steps = np.arange(size)
    radius = spacing * np.sqrt(steps)
    return np.column_stack(
        [radius * np.cos(steps * _GOLDEN_ANGLE), radius * np.sin(steps * _GOLDEN_ANGLE)]
    )


def _relax(points: Points, links: Links, *, iterations: int, heat: float) -> Points:
    """`points` after `iterations` steps under the forces, the first `heat` pixels long."""
    if len(points) < 2:
        return points
    pairs = np.array(list(links.weights), dtype=np.intp).reshape(-1, 2)
    left, right = pairs[:, 0], pairs[:, 1]
    pull = 1 + np.log(np.array(list(links.weights.values()), dtype=np.float64))
    mass = 1 + np.sqrt(np.array([len(items) for items in links.neighbours], dtype=np.float64))
    pull /= np.sqrt(mass[left] * mass[right])
    charge = mass[:, None] * mass[None, :] * (SPACING * SPACING * 0.011)
    x, y = points[:, 0].copy(), points[:, 1].copy()
    size = len(points)
    for step in range(iterations):
        across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
        squared = across * across
        squared += down * down
        squared += 25.0  # never closer than five pixels
        np.divide(charge, squared, out=squared)
        # The weak pull to the middle keeps pieces together.
        force_x = np.einsum("ij,ij->i", across, squared) - 0.05 * mass * (x - x.sum() / size)
        force_y = np.einsum("ij,ij->i", down, squared) - 0.05 * mass * (y - y.sum() / size)
        for force, place in ((force_x, x), (force_y, y)):
            toward = (place[right] - place[left]) * pull
            force += np.bincount(left, toward, size) - np.bincount(right, toward, size)
        length = np.sqrt(force_x * force_x + force_y * force_y) + 1e-9
        limit = heat * (1 - step / iterations) + 0.5
        scale = np.minimum(length * 0.12, limit) / length
        x += force_x * scale
        y += force_y * scale
    return np.column_stack([x, y])


def _place_blocks(
    links: Links, blocks: Sequence[tuple[tuple[int, ...], Points]], points: Points
) -> None:
    """Write the blocks' positions into `points`: tied blocks near each other, none overlapping."""
    if not blocks:
        return
    radii = np.array([np.sqrt((block**2).sum(axis=1).max()) + SPACING * 0.6 for _, block in blocks])
    ties = _ties_between(links, blocks)
    centres = _discs(radii, ties)
    for (group, block), centre in zip(blocks, centres, strict=True):
        points[list(group)] = block + centre
    for index, (group, block) in enumerate(blocks):
        angle = _turn(links, group, block, centres[index], points)
        turned = block @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        points[list(group)] = turned + centres[index]


def _ties_between(
    links: Links, blocks: Sequence[tuple[tuple[int, ...], Points]]
) -> dict[tuple[int, int], int]:
    block_of = {node: index for index, (group, _) in enumerate(blocks) for node in group}
    ties: dict[tuple[int, int], int] = {}
    for left, a in block_of.items():
        for right in links.neighbours[left]:
            b = block_of[right]
            if a < b:
                weight = links.weights[min(left, right), max(left, right)]
                ties[a, b] = ties.get((a, b), 0) + weight
    return dict(sorted(ties.items()))


def _discs(radii: Points, ties: dict[tuple[int, int], int]) -> Points:
    """Centres of discs of the given radii, tied ones close, none overlapping."""
    count = len(radii)
    centres = _sunflower(count, float(radii.mean()) * 1.6)
    if count == 1:
        return centres
    pairs = np.array(list(ties), dtype=np.intp).reshape(-1, 2)
    left, right = pairs[:, 0], pairs[:, 1]
    pull = np.sqrt(np.array(list(ties.values()), dtype=np.float64))
    reach = radii[:, None] + radii[None, :]
    rounds = 200
    for step in range(rounds):
        cooling = 1 - step / rounds
        move = -centres * (0.02 * cooling)
        toward = (centres[right] - centres[left]) * (0.01 * cooling * pull)[:, None]
        np.add.at(move, left, toward)
        np.add.at(move, right, -toward)
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        centres = centres + move * (np.minimum(length, radii.mean()) / length)[:, None]
        centres = _push_apart(centres, reach)
    for _ in range(100):
        moved = _push_apart(centres, reach)
        if np.allclose(moved, centres, atol=0.5):
            break
        centres = moved
    return centres


def _push_apart(centres: Points, reach: Points) -> Points:
    """One step that moves overlapping discs half their overlap away from each other."""
    away = centres[:, None, :] - centres[None, :, :]
    distance = np.sqrt((away**2).sum(axis=2))
    overlap = np.maximum(0, reach - distance)
    np.fill_diagonal(overlap, 0)
    move: Points = (away * (overlap / (distance + 1e-6))[..., None]).sum(axis=1)
    return centres + move * 0.35


def _turn(
    links: Links, group: tuple[int, ...], block: Points, centre: Points, points: Points
) -> float:
    """The angle that turns a block so that its members look towards their outside neighbours."""
    inside = set(group)
    cosine = sine = 0.0
    for position, node in enumerate(group):
        for neighbour in links.neighbours[node]:
            if neighbour not in inside:
                goal = points[neighbour] - centre
                goal = goal / (np.sqrt((goal**2).sum()) + 1e-9)
                x, y = block[position]
                cosine += x * goal[0] + y * goal[1]
                sine += x * goal[1] - y * goal[0]
    return float(np.arctan2(sine, cosine)) if cosine or sine else 0.0


def _spread(points: Points, *, width: float = 62.0, height: float = 34.0) -> Points:
    """Push nodes apart until each has a box of `width` by `height` pixels, a short label's size.

    Works on neighbours in a grid, so its cost grows with the number of nodes, not its square.
    """
    points = points.copy()
    for _ in range(60):
        first, second = _close_pairs(points, width, height)
        gap = points[second] - points[first]
        over_x = width - np.abs(gap[:, 0])
        over_y = height - np.abs(gap[:, 1])
        hit = (over_x > 0.5) & (over_y > 0.5)
        if not hit.any():
            break
        first, second, gap = first[hit], second[hit], gap[hit]
        over_x, over_y = over_x[hit], over_y[hit]
        sideways = over_x / width < over_y / height
        sign = np.where(gap >= 0, 1.0, -1.0)
        shift = np.zeros_like(gap)
        shift[:, 0] = np.where(sideways, sign[:, 0] * over_x * 0.3, 0)
        shift[:, 1] = np.where(sideways, 0, sign[:, 1] * over_y * 0.3)
        np.add.at(points, first, -shift)
        np.add.at(points, second, shift)
    return points


def _close_pairs(points: Points, width: float, height: float) -> tuple[Indexes, Indexes]:
    """Index pairs of points whose boxes might overlap: same or adjacent cell of a grid."""
    cells = np.floor(points / (width, height)).astype(np.int64)
    cells -= cells.min(axis=0) - 1
    columns = int(cells[:, 0].max()) + 2
    key = cells[:, 1] * columns + cells[:, 0]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    firsts: list[Indexes] = []
    seconds: list[Indexes] = []
    for offset in (0, 1, columns - 1, columns, columns + 1):
        start = np.searchsorted(ordered, ordered + offset, side="left")
        stop = np.searchsorted(ordered, ordered + offset, side="right")
        if offset == 0:
            start = np.arange(len(ordered)) + 1
        count = np.maximum(0, stop - start)
        source = np.repeat(np.arange(len(ordered)), count)
        within = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count)
        firsts.append(order[source])
        seconds.append(order[np.repeat(start, count) + within])
    return np.concatenate(firsts), np.concatenate(seconds)
