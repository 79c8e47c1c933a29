"""Articles of one affair share rare words; like ones are found in near-linear time."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.resolve.affairs import Affairs
from kg.resolve.stem import stem

TEXTS = {
    "a": "Jaish al-Adl killed eleven policemen in Rask in Sistan-Baluchestan, the governor said.",
    "b": "In Rask, Jaish al-Adl gunmen attacked policemen of Sistan-Baluchestan and killed eleven.",
    "c": "The central bank of Ghana raised interest rates to curb inflation, the governor said.",
    "d": "",
}
DOCUMENTS = [Document(id, text) for id, text in TEXTS.items()]


def test_articles_of_one_affair_are_alike_and_others_are_not() -> None:
    affairs = Affairs(DOCUMENTS)
    assert affairs.likeness("a", "b") > 0.4
    assert affairs.likeness("a", "c") < 0.1
    assert affairs.likeness("a", "d") == 0.0
    assert abs(affairs.likeness("a", "a") - 1) < 1e-9
    assert list(affairs.pairs(0.2)) == [("a", "b")]


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_leaves_no_trace(chance: random.Random) -> None:
    shuffled = list(DOCUMENTS)
    chance.shuffle(shuffled)
    one, other = Affairs(DOCUMENTS), Affairs(shuffled)
    assert list(one.pairs(0.0)) == list(other.pairs(0.0))
    assert one.likeness("a", "b") == other.likeness("b", "a")


def test_forms_of_one_word_have_one_stem() -> None:
    for forms in (
        ("attack", "attacks", "attacked", "attacking", "attacker"),
        ("shoot", "shot", "shooting"),
        ("win", "won", "winner"),
        ("arrest", "arrested", "arrests"),
        ("bomb", "bombing", "bombs"),
    ):
        assert len({stem(form) for form in forms}) == 1, forms
    assert stem("trial") != stem("trail")
