"""The first page: what the graph holds, whom it is about, what happened, and what one may ask."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from kg.graph.store import Store
from kg.query.named import named_queries
from kg.server.pages.address import address
from kg.server.pages.catalogue import Catalogue, Entry, catalogue
from kg.server.pages.disagreement import Disagreement, disagreements_of
from kg.server.pages.surroundings import happenings
from kg.server.pages.telling import Happening, Telling

LISTED = 8
RECENT = 6
DISPUTED = 3


@dataclass(frozen=True, slots=True)
class Leading:
    """The most connected things of a kind, with their pages, and how many there are."""

    heading: str
    category: str
    entries: tuple[tuple[Entry, str], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with values for its parameters, as a question; `address` asks it."""

    text: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the first page shows."""

    counts: tuple[tuple[int, str, str], ...]
    leading: tuple[Leading, ...]
    recent: tuple[Happening, ...]
    disagreements: tuple[Disagreement, ...]
    disputed: int
    questions: tuple[Question, ...]
    central: str


def home(store: Store) -> HomeView:
    """The overview of the graph."""
    names = catalogue(store)
    dated = [entry for entry in names.events if entry.latest or entry.earliest]
    # What is told of longer ago stands in the timeline; here the last that did happen.
    recent = [entry for entry in dated if entry.factuality.value == "Factual"][-RECENT:][::-1]
    telling = Telling(store, happenings(store, [entry.iri for entry in recent]))
    people, bodies = names.top("person"), names.top("organization")
    places = names.top("place")
    return HomeView(
        counts=(
            (names.articles, "article", "/articles"),
            (len(people), "person", ""),
            (len(bodies), "organisation or group", ""),
            (len(places), "place", "/places"),
            (len(names.events), "event", "/timeline"),
        ),
        leading=(
            _leading("People", "person", people),
            _leading("Organisations and groups", "organization", bodies),
            _leading("Places", "place", places),
        ),
        recent=tuple(telling.happening(entry.iri) for entry in recent),
        disagreements=disagreements_of(store, names.disputed[:DISPUTED]),
        disputed=len(names.disputed),
        questions=_questions(names),
        central=(people or bodies or places)[0].iri if people or bodies or places else "",
    )


def _leading(heading: str, category: str, entries: list[Entry]) -> Leading:
    # What nothing is said of but its name is no start for a reader.
    tied = [entry for entry in entries if entry.weight] or entries
    shown = tuple((entry, address(entry.iri)) for entry in tied[:LISTED])
    return Leading(heading, category, shown, len(entries))


def _questions(names: Catalogue) -> tuple[Question, ...]:
    """The named queries, those that need a value asked about what is most connected."""
    person = [entry.label for entry in names.top("person")]
    country = [entry.label for entry in names.top(types=("Country",))]
    actor = country or [entry.label for entry in names.top("organization")]
    fitting = {"who": person, "about": person, "where": country, "from": person, "to": person[1:],
               "one": actor, "other": actor[1:]}  # fmt: skip
    questions = []
    for query in named_queries():
        needed = [parameter for parameter in query.parameters if not parameter.optional]
        values = {p.name: fitting[p.name][0] for p in needed if fitting.get(p.name)}
        if len(values) == len(needed):
            about = ", ".join(f"{name}: {value}" for name, value in values.items())
            asked = urlencode({"name": query.name, **values})
            questions.append(Question(query.description, about, f"/query?{asked}"))
    return tuple(questions)
