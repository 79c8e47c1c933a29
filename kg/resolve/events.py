"""Which local events are one event: scored by readable weights, never against contrary evidence.

Two reports are one event when type, words, affair, time, place, participants and numbers speak for
it. What cannot be (another day, another city, a different pair of callers) forbids it, also through
a third report. Two events that one article tells apart stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from kg.inventory import EVENT_GROUPS
from kg.model import CanonicalEvent, Decision, LocalId
from kg.resolve.affairs import Affairs
from kg.resolve.cluster import Clusters
from kg.resolve.event_name import canonical_events
from kg.resolve.report import Report

WEIGHTS = {
    "type": 1.0,
    "related type": 0.5,
    "word": 0.5,
    "affair": 2.25,
    "actor": 1.0,
    "other actors": -1.5,
    "place": 1.0,
    "area": 0.5,
    "day": 1.5,
    "period": 0.75,
    "news": 0.5,
    "long apart": -1.0,
    "number": 1.5,
    "small number": 0.25,
    "words": 0.45,
}
"""What each agreement is worth. Type, two actors and one hint of time, place or number make an
event, and type, actors and words alone never do: two ministers call each other often, and the words
for it are always the same. A shared number beyond two weighs most: two attacks in one city seldom
kill the same eleven. Where articles of one affair tell little of an event, its type and the word
for it suffice (measured on training articles of ECB+, see `FAR`); the rest is set by hand."""

THRESHOLD = 3.5
"""Score from which two reports are one event; see `WEIGHTS`."""

FAR, NEAR = 0.1, 0.325
"""Likeness of articles (see `Affairs`) up to which they say nothing of one affair, and from which
they are of one; in between the weight grows evenly, and reaches what type and word lack at 0.3.
On the 575 training articles of ECB+, joining gold mentions of one stem in articles at least that
alike gives CoNLL F1 0.739, 0.741, 0.740, 0.723 at 0.2, 0.25, 0.3, 0.35, with B3 precision 0.75,
0.79, 0.81, 0.86: of the best we take the most precise."""

MAX_ACTORS = 2
"""Shared actors beyond the second say little: long lists of participants recur."""

NEWS_WINDOW = timedelta(days=7)
"""News of one event appears within a week; used only when an article gives no time itself."""

RELATED = (
    frozenset({"Attack", "Bombing"}),
    frozenset({"Attack", "Shooting"}),
    frozenset({"Attack", "Killing"}),
    frozenset({"Attack", "MilitaryStrike"}),
    frozenset({"Meeting", "Negotiation"}),
    frozenset({"Trial", "Sentence"}),
)
"""Pairs of types under which two articles may report one event."""

MUTUAL = frozenset({"Meeting", "PhoneCall", "Negotiation", "Agreement", "Clash"})
"""Types whose participants define them: one differing partner makes another event."""

RECURRING = frozenset({*EVENT_GROUPS["Contact"], *EVENT_GROUPS["Statement"]})
"""Types that recur within one affair day by day, in the same words: calls, meetings, statements.
Being of one affair tells nothing of these unless something tells the time, place or number."""

LONG = timedelta(days=31)
"""Articles this far apart that give no time each speak of their own days."""

MAX_BLOCK = 200
"""Reports compared with each other at most for one actor or place in one month. A country in the
news all month has more; its reports then meet through their other actors and places."""


def cluster(
    reports: Sequence[Report], names: Mapping[str, str], affairs: Affairs
) -> tuple[tuple[CanonicalEvent, ...], list[Decision]]:
    """All events with their reports, and the decisions that joined them.

    `names` are those of the canonical entities, by id; `affairs` tells which articles are alike.
    """
    by_id = {report.id: report for report in reports}
    clusters = Clusters(by_id)
    decisions = []
    for score, left, right, reason in _candidates(reports, affairs):
        if _compatible(clusters, by_id, left, right) and clusters.join(left.id, right.id):
            decisions.append(Decision(left.id, right.id, True, round(score, 3), reason))
    sets = [[by_id[id] for id in ids] for ids in clusters.sets()]
    return canonical_events(sets, names), decisions


def _candidates(
    reports: Sequence[Report], affairs: Affairs
) -> list[tuple[float, Report, Report, str]]:
    """Pairs that score high enough, best first, ties in the order of articles."""
    scored = []
    for left, right in _pairs(reports, affairs):
        if contradiction(left, right):
            continue
        parts = score(left, right, affairs.likeness(left.id.document, right.id.document))
        total = sum(parts.values())
        if total >= THRESHOLD:
            reason = ", ".join(f"{part} {value:g}" for part, value in parts.items())
            scored.append((total, left, right, reason))
    return sorted(scored, key=lambda item: (-item[0], item[1].order, item[2].order))


def _pairs(reports: Sequence[Report], affairs: Affairs) -> Iterator[tuple[Report, Report]]:
    """Pairs that may be one event, each once, the earlier first.

    Pairs of different articles that share an actor or place and may share their time, and pairs
    of articles that are alike.
    """
    seen: set[tuple[LocalId, LocalId]] = set()
    for left, right in (*_sharing_features(reports), *_of_one_affair(reports, affairs)):
        if left.id.document == right.id.document or not _types_agree(left, right):
            continue
        first, second = sorted((left, right), key=lambda report: report.order)
        if (first.id, second.id) not in seen:
            seen.add((first.id, second.id))
            yield first, second


def _sharing_features(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    blocks: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for feature in report.actors | report.around:
            for month in _months(report):
                blocks[feature, month].append(report)
    for feature, month in sorted(blocks):
        block = blocks[feature, month]
        others = block if month == "" else block + blocks.get((feature, ""), [])
        if len(others) > MAX_BLOCK:
            continue
        for i, left in enumerate(block):
            for right in others[i + 1 :]:
                yield left, right


def _of_one_affair(reports: Sequence[Report], affairs: Affairs) -> Iterator[tuple[Report, Report]]:
    """Pairs of one type or word in articles alike enough to add to the score."""
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.id.document].append(report)
    for one, other in affairs.pairs((FAR + NEAR) / 2):
        for left in told.get(one, ()):
            for right in told.get(other, ()):
                yield left, right


def _months(report: Report) -> list[str]:
    """The months in which the event may lie, "" when nothing tells; neighbours overlap."""
    day = report.earliest or report.published
    if day is None:
        return [""]
    last = report.latest or day
    if (last - day).days > 62:
        return [""]
    days = {day - NEWS_WINDOW, day, last, last + NEWS_WINDOW}
    return sorted({f"{d.year}-{d.month:02}" for d in days})


def _types_agree(left: Report, right: Report) -> bool:
    """Whether the two may be of one kind: by type, or named by one word.

    Extractors call one killing a Killing here and a Death there; the word is the same.
    """
    if left.triggers & right.triggers:
        return True
    same = left.type == right.type and bool(left.type)
    return same or frozenset({left.type, right.type}) in RELATED


def _compatible(
    clusters: Clusters[LocalId], by_id: dict[LocalId, Report], left: Report, right: Report
) -> bool:
    """Whether no report on one side contradicts one on the other."""
    return not any(
        contradiction(by_id[a], by_id[b])
        for a in clusters.members(left.id)
        for b in clusters.members(right.id)
    )


def contradiction(left: Report, right: Report) -> str:
    """Why the two cannot be one event, or "" when they can."""
    if left.id.document == right.id.document and not _told_twice(left, right):
        return "one article tells them apart"
    if left.realized != right.realized:
        return "one happened, the other is planned or denied"
    if not _types_agree(left, right):
        return "different kinds of event"
    if _disjoint(left, right):
        return "different dates"
    if left.places and right.places and not _may_coincide(left, right):
        return "different places"
    if left.type in MUTUAL and len(left.actors) > 1 and len(right.actors) > 1:
        smaller = min(len(left.actors), len(right.actors))
        if len(left.actors & right.actors) < min(smaller, 2):
            return "different participants"
    return ""


def _told_twice(left: Report, right: Report) -> bool:
    """Whether an article may tell one event in two places, unnoticed by the extractor.

    The word is the same, who or where agrees, and nothing speaks against it.
    """
    if not left.triggers & right.triggers or left.type != right.type:
        return False
    if not left.type:
        return True
    if left.actors and right.actors and not left.actors & right.actors:
        return False
    kinds = {kind for kind, _ in left.numbers} & {kind for kind, _ in right.numbers}
    if kinds and not left.numbers & right.numbers:
        return False
    return bool(left.actors & right.actors or left.places & right.places)


def _disjoint(left: Report, right: Report) -> bool:
    if left.earliest and right.latest and left.earliest > right.latest:
        return True
    return bool(right.earliest and left.latest and right.earliest > left.latest)


def _same_area(left: Report, right: Report) -> bool:
    """Whether one is where the other is, or lies in it or around it."""
    return bool(left.places & right.around or right.places & left.around)


def _may_coincide(left: Report, right: Report) -> bool:
    """Whether the places can be one: known to be, or a city and a province of one country.

    A city and a province can be one place also when nothing tells where one of them lies.
    """
    if _same_area(left, right):
        return True
    if left.levels & right.levels:
        return False
    unknown = left.around == left.places or right.around == right.places
    return unknown or bool(left.around & right.around)


def score(left: Report, right: Report, likeness: float = 0.0) -> dict[str, float]:
    """What speaks for one event, and against it, part by part (see `WEIGHTS`).

    `likeness` is that of the two articles, 0 to 1 (see `Affairs`).
    """
    related = left.type and right.type and left.type != right.type
    agreement = "related type" if related else "type"
    parts = {agreement: WEIGHTS[agreement]}
    if shared := len(left.actors & right.actors):
        parts["actors"] = WEIGHTS["actor"] * min(shared, MAX_ACTORS)
    elif left.actors and right.actors:
        parts["other actors"] = WEIGHTS["other actors"]
    hints = _time_score(left, right)
    if left.places & right.places:
        hints["place"] = WEIGHTS["place"]
    elif _same_area(left, right):
        hints["area"] = WEIGHTS["area"]
    if numbers := left.numbers & right.numbers:
        largest = max(value for _, value in numbers)
        hints["number"] = WEIGHTS["number" if largest > 2 else "small number"]
    told = any(value > 0 for value in hints.values())
    doers = [set(report.roles.get("agent", ())) for report in (left, right)]
    # Within one affair each side strikes, and articles sum up the strikes of both.
    differ = all(doers) and doers[0] != doers[1]
    if likeness > FAR and not differ and (told or left.type not in RECURRING):
        if left.triggers & right.triggers:
            parts["word"] = WEIGHTS["word"]
        share = min(1.0, (likeness - FAR) / (NEAR - FAR))
        parts["affair"] = round(WEIGHTS["affair"] * share, 2)
    parts |= hints
    if union := left.words | right.words:
        parts["words"] = round(WEIGHTS["words"] * len(left.words & right.words) / len(union), 2)
    return parts


def _time_score(left: Report, right: Report) -> dict[str, float]:
    """Agreement in time: both dated to within a week, both dated, or news of the same days."""
    if left.earliest and right.earliest and left.latest and right.latest:
        narrow = all(
            (r.latest - r.earliest) <= NEWS_WINDOW  # type: ignore[operator]
            for r in (left, right)
        )
        name = "day" if narrow else "period"
        return {name: WEIGHTS[name]}
    days = [_about(left), _about(right)]
    if days[0] and days[1]:
        apart = abs(days[0] - days[1])
        if apart <= NEWS_WINDOW:
            return {"news": WEIGHTS["news"]}
        if apart > LONG and not (left.latest or right.latest):
            return {"long apart": WEIGHTS["long apart"]}
    return {}


def _about(report: Report) -> date | None:
    return report.latest or report.published
