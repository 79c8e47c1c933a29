"""Which local events are one event: scored by readable weights, never against contrary evidence.

Two reports are one event when type, time, place, participants, numbers and words speak for it.
What cannot be (another day, another city, a different pair of callers) forbids it, also through
a third report. Two events that one article tells apart stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from kg.model import CanonicalEvent, Decision, LocalId
from kg.resolve.cluster import Clusters
from kg.resolve.event_name import canonical_events
from kg.resolve.report import Report

WEIGHTS = {
    "type": 1.0,
    "related type": 0.5,
    "actor": 1.0,
    "place": 1.0,
    "area": 0.5,
    "day": 1.5,
    "period": 0.75,
    "news": 0.5,
    "number": 1.5,
    "small number": 0.25,
    "words": 0.45,
}
"""What each agreement is worth. Set by hand so that type, two actors and one hint of time, place
or number make an event, and type, actors and words alone never do: two ministers call each other
often, and the words for it are always the same. A shared number beyond two weighs most: two
attacks in one city seldom kill the same eleven."""

THRESHOLD = 3.5
"""Score from which two reports are one event; see `WEIGHTS`."""

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

MAX_BLOCK = 200
"""Reports compared with each other at most for one actor or place in one month. A country in the
news all month has more; its reports then meet through their other actors and places."""


def cluster(
    reports: Sequence[Report], names: Mapping[str, str]
) -> tuple[tuple[CanonicalEvent, ...], list[Decision]]:
    """All events with their reports, and the decisions that joined them.

    `names` are those of the canonical entities, by id.
    """
    by_id = {report.id: report for report in reports}
    clusters = Clusters(by_id)
    decisions = []
    for score, left, right, reason in _candidates(reports):
        if _compatible(clusters, by_id, left, right) and clusters.join(left.id, right.id):
            decisions.append(Decision(left.id, right.id, True, round(score, 3), reason))
    sets = [[by_id[id] for id in ids] for ids in clusters.sets()]
    return canonical_events(sets, names), decisions


def _candidates(reports: Sequence[Report]) -> list[tuple[float, Report, Report, str]]:
    """Pairs that score high enough, best first, ties in the order of articles."""
    scored = []
    for left, right in _pairs(reports):
        if contradiction(left, right):
            continue
        parts = score(left, right)
        total = sum(parts.values())
        if total >= THRESHOLD:
            reason = ", ".join(f"{part} {value:g}" for part, value in parts.items())
            scored.append((total, left, right, reason))
    return sorted(scored, key=lambda item: (-item[0], item[1].order, item[2].order))


def _pairs(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Pairs of different articles that share an actor or place and may share their time."""
    blocks: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for feature in report.actors | report.around:
            for month in _months(report):
                blocks[feature, month].append(report)
    seen: set[tuple[LocalId, LocalId]] = set()
    for feature, month in sorted(blocks):
        block = blocks[feature, month]
        others = block if month == "" else block + blocks.get((feature, ""), [])
        if len(others) > MAX_BLOCK:
            continue
        for i, left in enumerate(block):
            for right in others[i + 1 :]:
                if left.id.document == right.id.document or not _types_agree(left, right):
                    continue
                first, second = sorted((left, right), key=lambda report: report.order)
                if (first.id, second.id) not in seen:
                    seen.add((first.id, second.id))
                    yield first, second


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
    return left.type == right.type or frozenset({left.type, right.type}) in RELATED


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
    if left.id.document == right.id.document:
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


def _disjoint(left: Report, right: Report) -> bool:
    if left.earliest and right.latest and left.earliest > right.latest:
        return True
    return bool(right.earliest and left.latest and right.earliest > left.latest)


def _same_area(left: Report, right: Report) -> bool:
    """Whether one is where the other is, or lies in it or around it."""
    return bool(left.places & right.around or right.places & left.around)


def _may_coincide(left: Report, right: Report) -> bool:
    """Whether the places can be one: known to be, or a city and a province of one country."""
    if _same_area(left, right):
        return True
    return bool(left.around & right.around) and not left.levels & right.levels


def score(left: Report, right: Report) -> dict[str, float]:
    """What speaks for one event, part by part (see `WEIGHTS`)."""
    agreement = "type" if left.type == right.type else "related type"
    parts = {agreement: WEIGHTS[agreement]}
    if shared := len(left.actors & right.actors):
        parts["actors"] = WEIGHTS["actor"] * min(shared, MAX_ACTORS)
    if left.places & right.places:
        parts["place"] = WEIGHTS["place"]
    elif _same_area(left, right):
        parts["area"] = WEIGHTS["area"]
    parts |= _time_score(left, right)
    if numbers := left.numbers & right.numbers:
        largest = max(value for _, value in numbers)
        parts["number"] = WEIGHTS["number" if largest > 2 else "small number"]
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
    if days[0] and days[1] and abs(days[0] - days[1]) <= NEWS_WINDOW:
        return {"news": WEIGHTS["news"]}
    return {}


def _about(report: Report) -> date | None:
    return report.latest or report.published
