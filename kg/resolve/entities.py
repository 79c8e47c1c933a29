"""Which local entities are the same thing: linked by evidence, unless something speaks against it.

1. Local entities of one name in one context are one (`kg.resolve.profile`).
2. Rows are scored pair by pair (`kg.resolve.linkage`) and joined, the likeliest first, unless
   anything in one set cannot be what is in the other: another first name, another country, two
   posts that nobody held both, two things one article tells apart.
3. A person known by one word joins the only full name that it can stand for.
4. What is left of persons known by one word is linked among itself.

The order of articles leaves no trace: ties go by date and id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Decision, LocalId, Place
from kg.resolve import linkage
from kg.resolve.cluster import Clusters
from kg.resolve.contrary import contradiction
from kg.resolve.linkage import Pair
from kg.resolve.local import Local
from kg.resolve.profile import Profile, merged, profiles, spread

THRESHOLD = -4.0
"""Weight in bits, prior included, from which two rows are one thing. From -4 to 0 nothing changes
on the training articles of ECB+ and half of MEANTIME; higher, spellings without context part."""

WEAK = ("alike", "one name holds the other", "other name")
UNSURE = 2.0
"""The same (of 2, 4, 6 and 8 bits the best there) for two names that differ in more than spelling:
"Kabul" and "Kabul River". Then the context has to speak for it: a country in common, or names
around both."""

ATTACH = 0.0
"""The same for a person known by one word and a full name."""

LEAD = 3.0
"""Bits by which the best reading of a bare name must lead the next: eight times as likely."""

COMPANY = ("a shared name around", "2 or more shared names around", "4 or more shared names around")
EVIDENCE = (*COMPANY, "a post in common")
"""What may tie a bare surname to a full name of another article. A country alone does not, unless
the surname is rare."""

RARE = 2.0
"""Bits from which a surname is rare: four times rarer than what two people share by chance."""


def cluster(
    found: Sequence[Local], places: Mapping[LocalId, Place]
) -> tuple[list[list[Local]], list[Decision]]:
    """Sets of local entities that are one thing, and the decisions that made them.

    `found` is in the order of articles; positions are left out (see `positions`). `places` are
    the places that GeoNames knows (see `toponyms`).
    """
    rows = profiles(found, places)
    decisions = [decision for row in rows for decision in _of_one_row(row)]
    clusters = Clusters(range(len(rows)))
    full = [number for number, row in enumerate(rows) if not row.bare]
    pairs = linkage.compare([rows[number] for number in full])
    decisions += _join(rows, clusters, _renumbered(pairs, full, full))
    bare = [number for number, row in enumerate(rows) if row.bare]
    decisions += _attach(rows, clusters, bare, spread(found))
    alone = [number for number in bare if len(clusters.members(number)) == 1]
    pairs = linkage.compare([rows[number] for number in alone])
    decisions += _join(rows, clusters, _renumbered(pairs, alone, alone))
    sets = [
        sorted((local for number in numbers for local in rows[number].members), key=_order)
        for numbers in clusters.sets()
    ]
    return sorted(sets, key=lambda members: members[0].order), decisions


def _order(local: Local) -> tuple[object, ...]:
    return local.order


def _of_one_row(row: Profile) -> Iterable[Decision]:
    for local in row.members[1:]:
        if row.code.startswith("geonames"):
            reason = f"the same place in GeoNames ({row.code.removeprefix('geonames ')})"
        elif row.code:
            reason = f"the same country ({row.code})"
        else:
            reason = f"the same name, {row.first.entity.name!r}"
        yield Decision(row.id, local.id, True, 1.0, reason)


def _renumbered(pairs: Iterable[Pair], left: Sequence[int], right: Sequence[int]) -> list[Pair]:
    return [
        Pair(left[pair.left], right[pair.right], pair.weight, pair.probability, pair.parts)
        for pair in pairs
    ]


def _join(
    rows: Sequence[Profile], clusters: Clusters[int], pairs: Iterable[Pair]
) -> Iterable[Decision]:
    """Joins sets, the likeliest pair first, where nothing speaks against it."""
    likely = [pair for pair in pairs if pair.weight >= _needed(pair)]
    likely.sort(key=lambda pair: (-pair.weight, rows[pair.left].order, rows[pair.right].order))
    for pair in likely:
        if clusters.root(pair.left) == clusters.root(pair.right):
            continue
        left, right = rows[pair.left], rows[pair.right]
        against = contradiction(left, right) or _against(rows, clusters, pair)
        if against:
            yield Decision(left.id, right.id, False, pair.probability, against)
        else:
            clusters.join(pair.left, pair.right)
            yield Decision(left.id, right.id, True, pair.probability, reason(left, right, pair))


def _needed(pair: Pair) -> float:
    return UNSURE if pair.parts[0].level in WEAK else THRESHOLD


def _against(rows: Sequence[Profile], clusters: Clusters[int], pair: Pair) -> str:
    """Why the sets of a pair cannot be one, "" when they can."""
    for a in clusters.members(pair.left):
        for b in clusters.members(pair.right):
            if against := contradiction(rows[a], rows[b]):
                return f"{against} (through {rows[a].first.entity.name!r})"
    return ""


def reason(left: Profile, right: Profile, pair: Pair) -> str:
    """What tied two rows: their names, and every part of the score that says anything."""
    said = [part for part in pair.parts if abs(part.weight) >= 0.05]
    parts = ", ".join(f"{part.level} {part.weight:+.1f}" for part in said)
    return f"{left.first.entity.name!r} and {right.first.entity.name!r}: {parts}"


def _attach(
    rows: Sequence[Profile],
    clusters: Clusters[int],
    bare: Sequence[int],
    common: Mapping[str, int],
) -> Iterable[Decision]:
    """Joins persons known by one word to the only full name each can stand for."""
    persons = [
        numbers
        for numbers in clusters.sets()
        if rows[numbers[0]].family == "person" and not rows[numbers[0]].bare
    ]
    persons.sort(key=lambda numbers: min(rows[number].order for number in numbers))
    whole = [merged([rows[number] for number in numbers], common) for numbers in persons]
    readings: dict[int, list[Pair]] = defaultdict(list)
    for pair in linkage.attach([rows[number] for number in bare], whole):
        if pair.weight >= ATTACH:
            readings[pair.left].append(pair)
    for place, pairs in sorted(readings.items()):
        row = rows[bare[place]]
        possible = [pair for pair in pairs if not contradiction(row, whole[pair.right])]
        chosen = one_reading(row, whole, possible)
        if chosen:
            clusters.join(persons[chosen.right][0], bare[place])
            full = whole[chosen.right]
            yield Decision(
                full.id, row.id, True, chosen.probability,
                f"{reason(full, row, chosen)}; no other full name fits",
            )  # fmt: skip


def one_reading(row: Profile, whole: Sequence[Profile], pairs: Sequence[Pair]) -> Pair | None:
    """The full name that a bare one stands for, if only one fits or one fits far better."""
    ranked = sorted(pairs, key=lambda pair: (-pair.weight, whole[pair.right].order))
    if not ranked:
        return None
    best = ranked[0]
    shared = row.documents & whole[best.right].documents
    if not shared and not _supported(best):
        return None
    if len(ranked) > 1 and best.weight - ranked[1].weight < LEAD:
        return None
    return best


def _supported(pair: Pair) -> bool:
    """Whether more than the name speaks for a pair: company, a post, or a rare name's country."""
    weight = {part.comparison: part.weight for part in pair.parts}
    rare = weight["rarity"] >= RARE and weight["countries"] > 0
    return rare or any(part.level in EVIDENCE for part in pair.parts)


def common_type(members: Sequence[Local]) -> str:
    """The type most mentions of a thing have; the more specific one on a tie."""
    votes: Counter[str] = Counter()
    for local in members:
        votes[local.entity.type] += 1 + sum(local.counts.values())
    return max(sorted(votes), key=lambda kind: (votes[kind], kind != "Organization"))
