"""Finding things by name: suggestions while typing, and the page of results."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.store import Store
from kg.server.pages.address import address
from kg.server.pages.article import ArticleEntry, listed
from kg.server.pages.catalogue import Hit, catalogue
from kg.show import words as spaced

SUGGESTIONS = 10
RESULTS = 100


@dataclass(frozen=True, slots=True)
class Results:
    """What a search finds; `close` are names spelt alike, when nothing is called so."""

    text: str
    hits: tuple[tuple[Hit, str], ...]
    close: tuple[tuple[Hit, str], ...]
    articles: tuple[ArticleEntry, ...]


def search(store: Store, text: str) -> Results:
    """Things and articles by name."""
    names = catalogue(store)
    hits = names.find(text, most=RESULTS)
    close = [] if hits else [Hit(entry) for entry in names.close(text)]
    wanted = text.casefold().strip()
    titled = [entry for entry in listed(store) if wanted and wanted in entry.title.casefold()]
    return Results(text, _addressed(hits), _addressed(close), tuple(titled[:RESULTS]))


def suggestions(store: Store, text: str) -> list[dict[str, str]]:
    """The best hits as the search field shows them."""
    return [
        {
            "label": hit.entry.label,
            "alias": hit.alias,
            "type": spaced(hit.entry.type),
            "category": hit.entry.category,
            "address": address(hit.entry.iri),
        }
        for hit in catalogue(store).find(text, most=SUGGESTIONS)
    ]


def close_names(store: Store, text: str) -> tuple[tuple[Hit, str], ...]:
    """Things called nearly so, for a page that does not exist."""
    names = catalogue(store)
    words = text.replace("_", " ")
    found = names.find(words, most=5) or [Hit(entry) for entry in names.close(words)]
    return _addressed(found)


def _addressed(hits: list[Hit]) -> tuple[tuple[Hit, str], ...]:
    return tuple((hit, address(hit.entry.iri)) for hit in hits)
