import pytest

from kg.evaluate.score import Tally, exact, harmonic, mean, per_class


def test_exact_counts_a_repeated_prediction_once() -> None:
    tally = exact(["a", "a", "b"], ["a", "c", "d"])
    assert tally == Tally(1, 2, 1, 3)
    assert tally.score().precision == 0.5
    assert tally.score().recall == pytest.approx(1 / 3)
    assert tally.score().f1 == pytest.approx(0.4)


def test_tallies_add_up_to_the_micro_average() -> None:
    total = exact([1], [1]) + exact([2, 3, 4], [5])
    assert total.score().precision == 0.25
    assert total.score().recall == 0.5


def test_nothing_predicted_and_nothing_wanted_is_no_success() -> None:
    assert exact([], []).score().f1 == 0.0
    assert harmonic(0, 0) == 0.0


def test_macro_average_takes_classes_of_either_side() -> None:
    # A: 2 of 3 predicted right, 2 of 2 found; B: never predicted; C: predicted once, wrongly.
    by_class = per_class([("A", "A"), ("A", "A"), ("A", "B"), ("C", "B")])
    assert by_class["A"].score().f1 == pytest.approx(0.8)
    assert by_class["B"].score().f1 == 0.0
    assert mean([tally.score() for tally in by_class.values()]).f1 == pytest.approx(0.8 / 3)
