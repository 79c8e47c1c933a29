"""Finding a thing of the graph by what people call it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH, Store

_NAMES = (v.PREF_LABEL, v.LABEL, v.ALT_LABEL)
"""Where names stand, in order of rank."""

SUGGESTIONS = 5


@dataclass(frozen=True, order=True)
class Name:
    """A name of a thing: `rank` 0 for its label, higher for other names; `iri` is the thing's."""

    rank: int
    name: str
    iri: str


def find(store: Store, name: str) -> str:
    """The IRI of the entity or event called `name`.

    `name` may be a label, another name, an IRI, a prefixed name (`ent:Iran`) or the id alone;
    letter case, accents and hyphens do not matter. Raises `UsageError` with close names when
    nothing is called so, and with all candidates when several things are.
    """
    names = list(_names(store))
    labels = {entry.iri: entry.name for entry in reversed(names) if entry.rank < len(_NAMES) - 1}
    if (iri := _as_iri(name, labels)) is not None:
        return iri
    wanted = fold(name)
    matches = sorted(entry for entry in names if fold(entry.name) == wanted)
    best = [entry.iri for entry in matches if entry.rank == matches[0].rank]
    candidates = sorted(set(best))
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        listed = ", ".join(_short(iri) for iri in candidates[:SUGGESTIONS])
        raise UsageError(f"{len(candidates)} things are called {name!r}; name one: {listed}.")
    raise UsageError(_unknown(name, names))


def fold(name: str) -> str:
    """`name` without letter case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join(text.split())


def _names(store: Store) -> Iterable[Name]:
    for rank, predicate in enumerate(_NAMES):
        for quad in store.quads(predicate=ox.NamedNode(predicate), graph=DEFAULT_GRAPH):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield Name(rank, quad.object.value, quad.subject.value)


def _as_iri(name: str, labels: dict[str, str]) -> str | None:
    for prefix, base in (("", ""), ("ent:", v.ENT), ("ev:", v.EV), ("", v.ENT), ("", v.EV)):
        if name.startswith(prefix) and (iri := base + name.removeprefix(prefix)) in labels:
            return iri
    return None


def _short(iri: str) -> str:
    for prefix, base in (("ent:", v.ENT), ("ev:", v.EV)):
        if iri.startswith(base):
            return prefix + iri.removeprefix(base)
    return iri


def _unknown(name: str, names: list[Name]) -> str:
    by_fold = {fold(entry.name): entry.name for entry in sorted(names, reverse=True)}
    wanted = fold(name)
    close = [by_fold[key] for key in get_close_matches(wanted, by_fold, SUGGESTIONS, cutoff=0.6)]
    close += [full for key, full in sorted(by_fold.items()) if wanted and wanted in key]
    close = list(dict.fromkeys(close))[:SUGGESTIONS]
    if not close:
        return f"Nothing in the graph is called {name!r}; see: kg query DIR --name actors."
    return f"Nothing in the graph is called {name!r}. Close: {', '.join(close)}."
