"""One matter out of the whole."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import UsageError
from kg.graph.network import Network
from kg.view import focus, render
from tests.view import small


def labels(network: Network) -> set[str]:
    return {node.label for node in network.nodes}


def test_one_step_around_a_place() -> None:
    near = focus(small.network(), small.ENT + "Quetta", hops=1)
    assert labels(near) == {"Quetta", "Visit, Quetta"}
    assert [edge.predicate for edge in near.edges] == ["place"]
    assert [article.id for article in near.articles] == [small.WEEKLY.id]


def test_steps_are_counted_both_ways_along_ties() -> None:
    near = focus(small.network(), small.ENT + "Rask", hops=2)
    assert "Jaish al-Adl" in labels(near)
    assert "Military strike, Jan 2024" in labels(near)
    assert "Quetta" not in labels(near)


def test_a_period_leaves_out_other_events_undated_ones_and_who_was_only_in_them() -> None:
    part = focus(small.network(), date_from=date(2023, 12, 1), date_to=date(2023, 12, 31))
    assert "Attack, Rask, 15 Dec 2023" in labels(part)
    assert not labels(part) & {"Military strike, Jan 2024", "Visit, Quetta", "Quetta"}


def test_an_event_that_may_reach_into_the_period_is_kept() -> None:
    part = focus(small.network(), date_from=date(2024, 1, 20))
    assert "Military strike, Jan 2024" in labels(part)
    assert "Attack, Rask, 15 Dec 2023" not in labels(part)


def test_steps_do_not_lead_through_events_outside_the_period() -> None:
    near = focus(small.network(), small.ENT + "Quetta", hops=3, date_to=date(2024, 12, 31))
    assert labels(near) == {"Quetta"}


def test_without_anything_asked_it_is_the_whole() -> None:
    assert focus(small.network()) == small.network()


def test_the_part_can_be_drawn() -> None:
    assert render(focus(small.network(), small.ENT + "Rask", hops=0))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"centre": "nowhere"}, "nowhere"),
        ({"hops": -1}, "-1"),
        ({"date_from": date(2024, 1, 2), "date_to": date(2024, 1, 1)}, "before it begins"),
    ],
)
def test_what_makes_no_sense_is_said(arguments: dict, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        focus(small.network(), **arguments)
