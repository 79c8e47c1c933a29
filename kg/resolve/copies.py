"""Articles that repeat one another: wire reports printed by several papers, with small changes.

Found by MinHash and locality-sensitive hashing (Broder, "On the resemblance and containment of
documents", 1997; `datasketch`), so that the cost is near-linear, then checked exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kg.model import Document
from kg.resolve.cluster import Clusters
from kg.resolve.name import fold

SHINGLE = 3
"""Words in a row that are compared: fewer are shared by chance, more break at every edit."""

RESEMBLANCE = 0.5
"""Share of common shingles, of all in either article, from which one is a copy of the other. In
the 772 articles of ECB+, pairs from 0.5 on are one wire report, cut or retitled; at 0.3 to 0.4 an
article takes over some sentences and adds its own. In 3,000 press releases of the US Senate one
form letter with other facts reaches 0.7, weeks apart: see `APART`."""

APART = timedelta(days=7)
"""Papers print a wire report within days; what repeats the words later is a form filled in anew.
Undated articles are told by their words alone."""

SEARCH = 0.4
"""Resemblance for which the hashing is tuned: lower than wanted, so that it misses few; what it
finds is checked exactly."""

PERMUTATIONS = 128
"""Length of a signature; the resemblance it tells is off by 0.04 on average."""

SEED = 1
"""Of the permutations: the same signatures on every machine."""

LEAST = 20
"""Shingles below which an article is too short to tell a copy from a formula."""


def copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """For every article that repeats an earlier one, the id of the first of them.

    First is the earliest published (undated ones last), then the least id. Articles tied by a chain
    of copies have one first. Sorted by id; the order of `documents` leaves no trace.
    """
    ordered = sorted(documents, key=_order)
    if len(ordered) < 2:
        return {}
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

    published = {document.id: document.published for document in ordered}

    def near(left: str, right: str) -> bool:
        one, other = published[left], published[right]
        return one is None or other is None or abs(one - other) <= APART

    shingles = {document.id: _shingles(document.text) for document in ordered}
    kept = [document.id for document in ordered if len(shingles[document.id]) >= LEAST]
    index = MinHashLSH(threshold=SEARCH, num_perm=PERMUTATIONS)
    clusters = Clusters(kept)
    for id in kept:
        signature = MinHash(num_perm=PERMUTATIONS, seed=SEED)
        signature.update_batch([shingle.encode("utf-8") for shingle in sorted(shingles[id])])
        for other in sorted(index.query(signature)):
            alike = resemblance(shingles[id], shingles[other]) >= RESEMBLANCE
            if alike and near(id, other):
                clusters.join(other, id)
        index.insert(id, signature)
    place = {id: number for number, id in enumerate(kept)}
    found = {}
    for members in clusters.sets():
        first, *rest = sorted(members, key=place.__getitem__)
        found.update(dict.fromkeys(rest, first))
    return dict(sorted(found.items()))


def resemblance(left: frozenset[str], right: frozenset[str]) -> float:
    """Shingles in both, over shingles in either (Jaccard)."""
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def _order(document: Document) -> tuple[date, str]:
    return (document.published or date.max, document.id)


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", fold(text))
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
