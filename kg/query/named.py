"""The named queries: the files of `ontology/queries`, each with its description in its head.

    # Who met or called whom, when?
    # ?who (optional): the person or body whose contacts to list

The first comment line is the description; every `?name: ...` line declares a parameter, which
the query must have in its SELECT line. A parameter not marked optional must be given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from kg.errors import UsageError
from kg.graph.resources import ontology_folder

_PARAMETER = re.compile(r"#\s*\?(\w+)\s*(\(optional\))?:\s*(.*)")


@dataclass(frozen=True)
class Parameter:
    """A variable that the user gives a value to."""

    name: str
    meaning: str
    optional: bool


@dataclass(frozen=True)
class NamedQuery:
    """A query shipped with newsgraph."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


def named_queries() -> tuple[NamedQuery, ...]:
    """All named queries, sorted by name."""
    files = sorted((ontology_folder() / "queries").glob("*.rq"))
    return tuple(_read(file.stem, file.read_text(encoding="utf-8")) for file in files)


def named_query(name: str) -> NamedQuery:
    """The query called `name`. Raises `UsageError` with the names there are."""
    queries = {query.name: query for query in named_queries()}
    if name not in queries:
        raise UsageError(f"No query is called {name!r}. There are: {', '.join(queries)}.")
    return queries[name]


def declared_parameters(text: str) -> tuple[Parameter, ...]:
    """The parameters that the head of a query declares."""
    matches = (_PARAMETER.match(line) for line in _head(text))
    return tuple(Parameter(found[1], found[3], bool(found[2])) for found in matches if found)


def _read(name: str, text: str) -> NamedQuery:
    head = _head(text)
    description = head[0].lstrip("# ") if head else ""
    return NamedQuery(name, description, declared_parameters(text), text)


def _head(text: str) -> list[str]:
    return list(takewhile(lambda line: line.startswith("#"), text.splitlines()))
