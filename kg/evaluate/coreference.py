"""The five usual scores of coreference, for predicted mentions that need not equal the gold ones.

A partition is a list of disjoint sets of mentions; a mention is anything hashable (a span, a
document and a span). All functions return a `Tally`, so that scores add up over documents; for
coreference across documents, give the mentions of all documents at once.

* MUC: Vilain et al., "A model-theoretic coreference scoring scheme", MUC-6, 1995.
* B3: Bagga and Baldwin, "Algorithms for scoring coreference chains", LREC 1998, with the
  extension to predicted mentions that the CoNLL scorer uses (mentions the other side lacks count
  in the denominator only): Pradhan et al., ACL 2014.
* CEAFe: Luo, "On coreference resolution performance metrics", EMNLP 2005 (phi 4).
* LEA: Moosavi and Strube, "Which coreference evaluation metric do you trust?", ACL 2016.
* CoNLL: the mean of the F1 of MUC, B3 and CEAFe.

Written here because the scorers on PyPI are unmaintained or lack LEA; the tests hold each
function to cases worked out by hand and published.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

from kg.evaluate.score import Score, Tally, mean

Cluster = frozenset[Hashable]
Partition = Sequence[Cluster]


def partition(clusters: Iterable[Collection[Hashable]]) -> list[Cluster]:
    """Disjoint clusters: a mention that occurs in several stays in the first; empty ones go."""
    seen: set[Hashable] = set()
    result = []
    for cluster in clusters:
        rest = frozenset(mention for mention in cluster if mention not in seen)
        seen |= rest
        if rest:
            result.append(rest)
    return result


def muc(predicted: Partition, gold: Partition) -> Tally:
    """Links kept: a cluster of n mentions has n - 1, less one for each part it falls into."""
    return _two_sided(predicted, gold, _links)


def b_cubed(predicted: Partition, gold: Partition) -> Tally:
    """For each mention, the share of its cluster that the other side clusters with it."""
    return _two_sided(predicted, gold, _mention_shares)


def lea(predicted: Partition, gold: Partition) -> Tally:
    """Share of each cluster's links found, weighted by its size; a singleton links to itself."""
    return _two_sided(predicted, gold, _resolved_links)


def ceaf_e(predicted: Partition, gold: Partition) -> Tally:
    """The best one-to-one alignment of clusters by phi4 = 2 |a and b| / (|a| + |b|)."""
    similarity = _best_alignment(predicted, gold)
    return Tally(similarity, len(predicted), similarity, len(gold))


METRICS = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e, "LEA": lea}


def tallies(predicted: Partition, gold: Partition) -> dict[str, Tally]:
    """All four metrics by name."""
    return {name: metric(predicted, gold) for name, metric in METRICS.items()}


def conll(by_metric: Mapping[str, Tally]) -> Score:
    """The CoNLL score: means over MUC, B3 and CEAFe (its F1 is the mean of F1s)."""
    return mean([by_metric[name].score() for name in ("MUC", "B3", "CEAFe")])


Side = tuple[float, float]
"""Hits and total of one side (recall when the gold is taken apart, precision when the other)."""


def _two_sided(
    predicted: Partition, gold: Partition, side: Callable[[Partition, Partition], Side]
) -> Tally:
    return Tally(*side(predicted, gold), *side(gold, predicted))


def _cluster_of(clusters: Partition) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _parts(cluster: Cluster, other: Mapping[Hashable, int]) -> list[int]:
    """The sizes of the parts into which the other side's clusters cut `cluster`.

    Mentions that the other side lacks are left out.
    """
    return list(Counter(other[mention] for mention in cluster if mention in other).values())


def _links(clusters: Partition, other: Partition) -> Side:
    cluster_of = _cluster_of(other)
    kept = sum(
        sum(_parts(cluster, cluster_of)) - len(_parts(cluster, cluster_of)) for cluster in clusters
    )
    return kept, sum(len(cluster) - 1 for cluster in clusters)


def _mention_shares(clusters: Partition, other: Partition) -> Side:
    cluster_of = _cluster_of(other)
    shares = sum(
        size * size / len(cluster) for cluster in clusters for size in _parts(cluster, cluster_of)
    )
    return shares, sum(len(cluster) for cluster in clusters)


def _resolved_links(clusters: Partition, other: Partition) -> Side:
    cluster_of = _cluster_of(other)
    singletons = {mention for cluster in other if len(cluster) == 1 for mention in cluster}
    resolved = 0.0
    for cluster in clusters:
        if len(cluster) == 1:
            resolved += len(cluster & singletons)
        else:
            found = sum(_pairs(size) for size in _parts(cluster, cluster_of))
            resolved += len(cluster) * found / _pairs(len(cluster))
    return resolved, sum(len(cluster) for cluster in clusters)


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _best_alignment(predicted: Partition, gold: Partition) -> float:
    """The sum of phi4 over the best alignment, found as a maximum weight matching."""
    import networkx

    gold_of = _cluster_of(gold)
    overlaps: Counter[tuple[int, int]] = Counter()
    for number, cluster in enumerate(predicted):
        for mention in cluster:
            if mention in gold_of:
                overlaps[number, gold_of[mention]] += 1
    graph: networkx.Graph[tuple[str, int]] = networkx.Graph()
    for (left, right), shared in sorted(overlaps.items()):
        phi4 = 2 * shared / (len(predicted[left]) + len(gold[right]))
        graph.add_edge(("predicted", left), ("gold", right), weight=phi4)
    # Clusters that share no mention cannot be aligned, so each component stands alone: small
    # matchings instead of one whose cost grows with the cube of the corpus.
    total = 0.0
    for component in networkx.connected_components(graph):
        matching = networkx.max_weight_matching(graph.subgraph(component))
        total += math.fsum(graph.edges[edge]["weight"] for edge in matching)
    return total
