"""From a name that a person types to the thing in the graph."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import QueryError, UnknownNameError
from kg.graph import vocabulary as v
from kg.graph.store import Readable

_LABELS = (v.PREF_LABEL, v.ALT_LABEL, v.LABEL, v.SCHEMA + "headline", v.SCHEMA + "identifier")
_NAMESPACES = (v.ENT, v.EV, v.DOC)

MAX_SUGGESTIONS = 5
CLOSE = 0.7
"""Likeness (difflib's ratio) from which a name is offered: one letter off in a name of four."""


def lookup(store: Readable, name: str) -> ox.NamedNode:
    """The entity, event or article called `name`.

    Compared without regard to case, accents, hyphens and the like, first to ids and main names,
    then to aliases, then to words of an entity's names, if only one has them ("Raisi"). Raises
    `UnknownNameError` with close names when there is none, or `QueryError` with the things
    themselves when several are called so.
    """
    main: dict[str, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for predicate in _LABELS:
        for quad in store.quads(predicate=ox.NamedNode(predicate)):
            if not (isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)):
                continue
            iri, label = quad.subject.value, quad.object.value
            if iri.startswith(_NAMESPACES):
                names = other if predicate == v.ALT_LABEL else main
                names[folded(label)].add(iri)
                shown.setdefault(folded(label), label)
                main[folded(iri.rsplit("/", 1)[-1])].add(iri)
    key = folded(name)
    found = main.get(key) or other.get(key) or _having_words(key, (main, other))
    if not found:
        raise UnknownNameError(f"Nothing in the graph is called {name!r}.{_suggestion(key, shown)}")
    if len(found) > 1:
        raise QueryError(
            f"Several things are called {name!r}: {_listed(found)}. Give one of these instead."
        )
    return ox.NamedNode(found.pop())


def _having_words(key: str, names: Iterable[dict[str, set[str]]]) -> set[str]:
    """The one entity with these words in a name of it; nothing when there are several."""
    having = {
        iri
        for table in names
        for label, iris in table.items()
        if key and f" {key} " in f" {label} "
        for iri in iris
        if iri.startswith(v.ENT)
    }
    return having if len(having) == 1 else set()


def folded(name: str) -> str:
    """A name as it is compared: no case, no accents, every run of punctuation one space."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def _suggestion(key: str, shown: dict[str, str]) -> str:
    """Names that are spelt alike as a whole, then those with a word spelt alike."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for label in sorted(shown):
        for word in label.split():
            by_word[word].append(label)
    close = difflib.get_close_matches(key, shown, n=MAX_SUGGESTIONS, cutoff=CLOSE)
    for word in key.split():
        for like in difflib.get_close_matches(word, by_word, n=MAX_SUGGESTIONS, cutoff=CLOSE):
            close += by_word[like]
    names = list(dict.fromkeys(shown[label] for label in close))[:MAX_SUGGESTIONS]
    return f" Close: {'; '.join(names)}." if names else ""


def _listed(iris: Iterable[str]) -> str:
    prefixes = {v.ENT: "ent:", v.EV: "ev:", v.DOC: "doc:"}
    return ", ".join(
        sorted(
            prefix + iri[len(namespace) :]
            for iri in iris
            for namespace, prefix in prefixes.items()
            if iri.startswith(namespace)
        )
    )
