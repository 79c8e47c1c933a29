"""The events in order of time, chosen by who takes part, kind, certainty and period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from kg.graph.store import Store
from kg.inventory import EVENT_GROUP_OF, EVENT_GROUPS
from kg.model import Factuality
from kg.server.pages.address import short
from kg.server.pages.catalogue import Catalogue, Entry, catalogue
from kg.server.pages.strip import Strip, strip
from kg.server.pages.surroundings import happenings
from kg.server.pages.telling import Happening, Telling

PAGE = 50
"""Events on one page: about ten screens with their sentences."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader wants to see. `who` are IRIs that all take part; dates are inclusive."""

    who: tuple[str, ...] = ()
    group: str = ""
    certainty: str = ""
    date_from: date | None = None
    date_to: date | None = None
    number: int = 1

    def address(self, **changes: str | int) -> str:
        """The path of this choice with some changes; a change to "" takes a part out."""
        parts: list[tuple[str, str | int]] = [("with", short(iri)) for iri in self.who]
        fields: dict[str, str | int] = {
            "kind": self.group,
            "certainty": self.certainty,
            "from": self.date_from.isoformat() if self.date_from else "",
            "to": self.date_to.isoformat() if self.date_to else "",
            **{name.rstrip("_"): value for name, value in changes.items()},
        }
        parts += [(name, value) for name, value in fields.items() if value not in ("", None)]
        return "/timeline" + (f"?{urlencode(parts)}" if parts else "")


@dataclass(frozen=True, slots=True)
class TimelineView:
    """One page of the timeline. `groups` and `certainties` count the events without that choice."""

    choice: Choice
    who: tuple[Entry, ...]
    events: tuple[Happening, ...]
    total: int
    undated: int
    number: int
    pages: int
    strip: Strip | None
    groups: tuple[tuple[str, int], ...]
    certainties: tuple[tuple[str, int], ...]


def chosen(store: Store, choice: Choice) -> list[Entry]:
    """The events that fit `choice`, all of them, in order of time."""
    return [entry for entry in _together(catalogue(store), choice.who) if _fits(entry, choice)]


def timeline(store: Store, choice: Choice) -> TimelineView:
    """The events that fit `choice`."""
    names = catalogue(store)
    who = [iri for iri in choice.who if iri in names.by_iri]
    together = _together(names, who)
    fitting = [entry for entry in together if _fits(entry, choice)]
    pages = max(1, -(-len(fitting) // PAGE))
    number = min(max(1, choice.number), pages)
    shown = fitting[(number - 1) * PAGE : number * PAGE]
    telling = Telling(store, happenings(store, [entry.iri for entry in shown]))
    groups = Counter(EVENT_GROUP_OF[entry.type] for entry in together)
    certainties = Counter(entry.factuality.value for entry in together)
    return TimelineView(
        choice=choice,
        who=tuple(names.by_iri[iri] for iri in who),
        events=tuple(telling.happening(entry.iri) for entry in shown),
        total=len(fitting),
        undated=sum(1 for entry in fitting if not (entry.earliest or entry.latest)),
        number=number,
        pages=pages,
        strip=strip(fitting),
        groups=tuple((group, groups[group]) for group in EVENT_GROUPS if groups[group]),
        certainties=tuple(
            (value.value, certainties[value.value])
            for value in Factuality
            if certainties[value.value]
        ),
    )


def _together(names: Catalogue, who: Iterable[str]) -> list[Entry]:
    """The events in which all of `who` take part, in order."""
    sets = [names.events_of.get(iri, set()) for iri in who]
    return [entry for entry in names.events if all(entry.iri in found for found in sets)]


def _fits(entry: Entry, choice: Choice) -> bool:
    if choice.group and EVENT_GROUP_OF[entry.type] != choice.group:
        return False
    if choice.certainty and entry.factuality.value != choice.certainty:
        return False
    if not (choice.date_from or choice.date_to):
        return True
    first, last = entry.earliest or entry.latest, entry.latest or entry.earliest
    if first is None or last is None:
        return False
    return (not choice.date_from or last >= choice.date_from) and (
        not choice.date_to or first <= choice.date_to
    )
