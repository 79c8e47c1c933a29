"""The name and the IRI of an event: "Attack, Rask, Dec 2023" and `Attack_2023-12_Rask`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg import inventory
from kg.model import CanonicalEvent, Factuality
from kg.resolve.name import slug
from kg.resolve.report import NAMED_ROLES, Report

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

ABOUT_ACTORS = frozenset(
    {
        *inventory.EVENT_GROUPS["Contact"],
        *inventory.EVENT_GROUPS["Statement"],
        *inventory.EVENT_GROUPS["Politics"],
        *inventory.EVENT_GROUPS["Justice"],
        *inventory.EVENT_GROUPS["Economy"],
    }
)
"""Events one calls by who takes part; the others are called by where they happened."""

MAX_NAMED = 2


def canonical_events(
    sets: Iterable[Sequence[Report]], names: Mapping[str, str]
) -> tuple[CanonicalEvent, ...]:
    """One event for each set of reports, sorted by id; `names` are those of the entities.

    The id comes from the earliest report alone, so that later articles do not change it; the
    label from all of them.
    """
    ordered = [sorted(members, key=lambda report: report.order) for members in sets]
    rivals: dict[str, list[Sequence[Report]]] = defaultdict(list)
    for reports in sorted(ordered, key=lambda reports: reports[0].order):
        rivals[_id(reports[0])].append(reports)
    events = []
    for base, same in rivals.items():
        for number, members in enumerate(same, 1):
            events.append(
                CanonicalEvent(
                    id=base if number == 1 else f"{base}_{number}",
                    type=common_type(members),
                    label=label(members, names),
                    members=tuple(sorted(report.id for report in members)),
                )
            )
    return tuple(sorted(events, key=lambda event: event.id))


def common_type(members: Sequence[Report]) -> str:
    """The type most reports give; the more specific one ("Bombing" over "Attack") on a tie."""
    votes = Counter(report.type for report in members)
    return max(sorted(votes), key=lambda kind: (votes[kind], kind not in ("Attack", "Meeting")))


def label(members: Sequence[Report], names: Mapping[str, str]) -> str:
    """What people call it: type, place or participants, date as precise as known."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", common_type(members)).capitalize()
    who = _called_by(members, names)
    when = _when(members)
    told = members[0].event.factuality
    mark = "" if told is Factuality.FACTUAL else f" ({told.lower()})"
    return ", ".join(part for part in (kind, who, when) if part) + mark


def _called_by(members: Sequence[Report], names: Mapping[str, str]) -> str:
    place, actors = _place(members, names), _actors(members, names)
    if members[0].type in ABOUT_ACTORS:
        return actors or place
    return place or actors


def _place(members: Sequence[Report], names: Mapping[str, str]) -> str:
    """The most exact place most reports name: one that none of the others lies in."""
    votes = Counter(place for report in members for place in report.places)
    around = {outer for report in members for outer in report.around - report.places}
    exact = [place for place in votes if place not in around] or list(votes)
    return names[min(exact, key=lambda place: (-votes[place], place))] if exact else ""


def _actors(members: Sequence[Report], names: Mapping[str, str]) -> str:
    """The first two who take part, in order of role and text."""
    ids: dict[str, None] = {}
    for role in NAMED_ROLES:
        for report in members:
            for owner in report.roles.get(role, ()):
                ids.setdefault(owner)
    return " – ".join(names[id] for id in list(ids)[:MAX_NAMED])


def _when(members: Sequence[Report]) -> str:
    """The narrowest time any report gives."""
    bounds = [
        (r.latest - r.earliest, r.earliest, r.latest) for r in members if r.earliest and r.latest
    ]
    if not bounds:
        return ""
    _, earliest, latest = min(bounds)
    return date_words(earliest, latest)


def date_words(earliest: date, latest: date) -> str:
    """An interval in words: "16 Jan 2024", "Dec 2023", "2012", "3–5 May 2021"."""
    if earliest == latest:
        return f"{earliest.day} {MONTHS[earliest.month - 1]} {earliest.year}"
    if earliest.year != latest.year:
        return f"{earliest.year}–{latest.year}"
    if earliest.month != latest.month:
        if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
            return str(earliest.year)
        return f"{MONTHS[earliest.month - 1]}–{MONTHS[latest.month - 1]} {earliest.year}"
    if (latest - earliest).days >= 27:
        return f"{MONTHS[earliest.month - 1]} {earliest.year}"
    return f"{earliest.day}–{latest.day} {MONTHS[earliest.month - 1]} {earliest.year}"


def _id(first: Report) -> str:
    """From what one article says and how it names things: neither other articles nor corrections
    of the people and places in it change the IRI of an event."""
    place, *actors = first.called
    who = " – ".join(actors[:MAX_NAMED])
    about = (who or place) if first.type in ABOUT_ACTORS else (place or who)
    parts = [first.type, _iso(first), slug(about)]
    return "_".join(part for part in parts if part and part != "unnamed")


def _iso(report: Report) -> str:
    """The date as exactly as an id can say it: day, month or year."""
    if not report.earliest or not report.latest:
        return ""
    if report.earliest == report.latest:
        return report.earliest.isoformat()
    if (report.earliest.year, report.earliest.month) == (report.latest.year, report.latest.month):
        return f"{report.earliest:%Y-%m}"
    if report.earliest.year == report.latest.year:
        return str(report.earliest.year)
    return ""
