"""Where nodes stand: apart from each other, near their own, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.communities import LARGEST, communities
from kg.view.importance import reading_order, scores
from kg.view.layout import positions
from kg.view.links import Links, links_of
from tests.view.networks import generated


@st.composite
def links(draw: st.DrawFn) -> Links:
    size = draw(st.integers(1, 40))
    node = st.integers(0, size - 1)
    pairs = draw(st.dictionaries(st.tuples(node, node), st.integers(1, 5), max_size=80))
    return Links(size, {pair: w for pair, w in sorted(pairs.items()) if pair[0] < pair[1]})


@settings(deadline=None, max_examples=60)
@given(links())
def test_every_node_has_a_place_of_its_own(links: Links) -> None:
    points = positions(links, communities(links))
    assert points.shape == (links.size, 2)
    assert np.isfinite(points).all()
    assert len({(x, y) for x, y in points}) == links.size


@settings(deadline=None, max_examples=60)
@given(links())
def test_every_node_is_in_one_community_and_once_in_the_reading_order(links: Links) -> None:
    groups = communities(links)
    assert sorted(node for group in groups for node in group) == list(range(links.size))
    order = reading_order([len(items) for items in links.neighbours], links)
    assert sorted(order) == list(range(links.size))


def test_no_nodes() -> None:
    empty = Links(0, {})
    assert positions(empty, communities(empty)).shape == (0, 2)


@pytest.fixture(scope="module")
def drawn() -> tuple[Links, tuple[tuple[int, ...], ...], np.ndarray]:
    found = links_of(generated(800))
    groups = communities(found)
    return found, groups, positions(found, groups)


def test_communities_stand_together(
    drawn: tuple[Links, tuple[tuple[int, ...], ...], np.ndarray],
) -> None:
    _, groups, points = drawn
    centres = {index: points[list(group)].mean(axis=0) for index, group in enumerate(groups)}
    own = [
        np.linalg.norm(points[node] - centres[index])
        for index, group in enumerate(groups)
        for node in group
    ]
    overall = np.linalg.norm(points - points.mean(axis=0), axis=1)
    assert np.mean(own) < 0.5 * np.mean(overall)


def test_nodes_keep_the_room_of_a_label(
    drawn: tuple[Links, tuple[tuple[int, ...], ...], np.ndarray],
) -> None:
    _, _, points = drawn
    away = np.abs(points[:, None, :] - points[None, :, :])
    close = (away[..., 0] < 30) & (away[..., 1] < 16)
    np.fill_diagonal(close, False)
    assert close.sum() / 2 <= 0.01 * len(points)


def test_communities_are_small_enough_to_lay_out() -> None:
    groups = communities(links_of(generated(3000)))
    assert max(len(group) for group in groups) <= LARGEST


def test_the_first_nodes_of_the_reading_order_are_one_neighbourhood() -> None:
    network = generated(800)
    found = links_of(network)
    order = reading_order(scores(network, found), found)
    first = set(order[:100])
    for position, node in enumerate(order[1:100], start=1):
        assert set(order[:position]) & set(found.neighbours[node])
    degree = [len(items) for items in found.neighbours]
    assert np.mean([degree[node] for node in first]) > 2 * np.mean(degree)


def test_a_part_of_the_links_is_renumbered() -> None:
    whole = Links(4, {(0, 1): 2, (1, 3): 5, (2, 3): 1})
    assert whole.within((3, 1)).weights == {(0, 1): 5}
    assert whole.neighbours == ((1,), (0, 3), (3,), (1, 2))
