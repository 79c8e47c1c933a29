"""The scores of coreference on cases worked out by hand, and on those of the papers."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.coreference import METRICS, Cluster, conll, partition, tallies
from kg.evaluate.score import Tally


def clusters(*words: str) -> list[Cluster]:
    """`clusters("ab", "c")` is the partition {a, b}, {c}."""
    return [frozenset(word) for word in words]


def precision_recall(metric: str, predicted: list[Cluster], gold: list[Cluster]) -> list[float]:
    tally = METRICS[metric](predicted, gold)
    return [tally.precision, tally.recall]


# Moosavi and Strube (2016), section 3.3: the gold is {a b c}, {d e f g}, the system's output is
# {a b}, {c d}, {f g h i}. The paper works out LEA: recall (3 * 1/3 + 4 * 1/6) / 7, precision
# (2 * 1 + 2 * 0 + 4 * 1/6) / 8.
GOLD = clusters("abc", "defg")
SYSTEM = clusters("ab", "cd", "fghi")


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        # Links: ab and fg of 1 + 1 + 3; of the gold 2 + 3, abc falls into 2 parts, defg into
        # d, e, fg. Mentions the other side lacks are parts of their own.
        ("MUC", 2 / 5, 2 / 5),
        # Precision: a, b 1 each; c, d 1/2 each; f, g 2/4 each. Recall: a, b 2/3; c 1/3; d 1/4;
        # f, g 2/4.
        ("B3", (1 + 1 + 0.5 + 0.5 + 0.5 + 0.5) / 8, (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 1) / 7),
        # abc with ab: 2 * 2 / 5; defg with fghi: 2 * 2 / 8.
        ("CEAFe", (4 / 5 + 1 / 2) / 3, (4 / 5 + 1 / 2) / 2),
        ("LEA", (2 + 0 + 4 / 6) / 8, (1 + 4 / 6) / 7),
    ],
)
def test_example_of_the_lea_paper(metric: str, precision: float, recall: float) -> None:
    assert precision_recall(metric, SYSTEM, GOLD) == pytest.approx([precision, recall])


# Bagga and Baldwin (1998), figures 1-3: {1-5}, {6 7}, {8-C}; one system joins the small cluster
# to a big one, the other joins the two big ones. MUC cannot tell them apart, B3 can.
TRUTH = clusters("12345", "67", "89ABC")


@pytest.mark.parametrize(
    ("system", "b3_precision"),
    [(clusters("12345", "6789ABC"), 16 / 21), (clusters("1234589ABC", "67"), 7 / 12)],
)
def test_example_of_the_b_cubed_paper(system: list[Cluster], b3_precision: float) -> None:
    assert precision_recall("MUC", system, TRUTH) == pytest.approx([9 / 10, 1])
    assert precision_recall("B3", system, TRUTH) == pytest.approx([b3_precision, 1])


def test_ceaf_uses_each_cluster_once() -> None:
    # Luo (2005): the best of the alignments counts. abcd goes with ab or with cd, not both.
    assert precision_recall("CEAFe", clusters("ab", "cd"), clusters("abcd")) == pytest.approx(
        [(4 / 6) / 2, 4 / 6]
    )
    # Greed would take bcd-bcdef (6/8) first and leave a-ef nothing; the best alignment is the
    # sum over both pairs.
    gold, system = clusters("bcdef", "a"), clusters("bcd", "aef")
    assert METRICS["CEAFe"](system, gold).gold_hits == pytest.approx(6 / 8 + 2 / 4)


def test_ceaf_finds_the_best_alignment_of_all() -> None:
    gold, system = clusters("abcd", "efg", "hi"), clusters("abe", "cdfh", "gi")

    def phi4(left: Cluster, right: Cluster) -> float:
        return 2 * len(left & right) / (len(left) + len(right))

    best = max(
        sum(phi4(a, b) for a, b in zip(system, order, strict=True)) for order in permutations(gold)
    )
    assert METRICS["CEAFe"](system, gold).gold_hits == pytest.approx(best)


def test_a_singleton_is_right_for_lea_only_as_a_singleton() -> None:
    assert precision_recall("LEA", clusters("a", "bc"), clusters("a", "b", "c")) == pytest.approx(
        [1 / 3, 1 / 3]
    )


def test_conll_is_the_mean_of_three_f1() -> None:
    by_metric = {"MUC": Tally(1, 1, 1, 1), "B3": Tally(1, 2, 1, 2), "CEAFe": Tally(0, 1, 0, 1)}
    assert conll(by_metric).f1 == pytest.approx(0.5)


def test_partition_keeps_a_mention_once() -> None:
    assert partition(["ab", "bc", "b"]) == clusters("ab", "c")


def as_partition(labels: list[int]) -> list[Cluster]:
    groups: dict[int, set[int]] = {}
    for mention, label in enumerate(labels):
        groups.setdefault(label, set()).add(mention)
    return [frozenset(group) for group in groups.values()]


LABELS = st.lists(st.integers(0, 5), min_size=2, max_size=12)


@given(LABELS, LABELS)
def test_scores_are_bounded_and_symmetric(left: list[int], right: list[int]) -> None:
    one, two = as_partition(left), as_partition(right)
    for metric in METRICS.values():
        tally, mirrored = metric(one, two), metric(two, one)
        assert -1e-9 <= tally.precision <= 1 + 1e-9
        assert tally.precision == pytest.approx(mirrored.recall)


@given(LABELS)
def test_the_gold_itself_is_perfect(labels: list[int]) -> None:
    gold = as_partition(labels)
    for name, tally in tallies(gold, gold).items():
        if tally.gold:  # MUC has nothing to say of singletons
            assert tally.score().f1 == pytest.approx(1), name
