"""Values that users give to the variables of a query, as RDF terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.graph.lookup import lookup
from kg.graph.vocabulary import PREFIXES, XSD
from kg.query.guard import Guarded

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from kg.graph.store import Readable


def bind(
    store: Readable, guarded: Guarded, parameters: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """The terms for the parameters. Raises `QueryError` for a name the query does not use."""
    for name in parameters:
        if name not in guarded.variables:
            known = ", ".join(f"?{variable}" for variable in sorted(guarded.variables)) or "none"
            raise QueryError(f"The query has no variable ?{name}. It has: {known}.")
    return {name: value_of(store, text) for name, text in parameters.items()}


def value_of(store: Readable, text: str) -> NamedNode | Literal:
    """The term that `text` stands for.

    `"..."` in quotes is a text, `<...>` or `ent:Iran` an IRI, 2024-01-16 a date, 11 a number;
    anything else is the name or alias of an entity, or the label of an event or article.
    """
    from pyoxigraph import Literal, NamedNode

    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return Literal(text[1:-1])
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return Literal(date.fromisoformat(text).isoformat(), datatype=NamedNode(XSD + "date"))
        except ValueError:
            raise QueryError(f"{text} is no date of the calendar; write YYYY-MM-DD.") from None
    if re.fullmatch(r"[+-]?\d+", text):
        return Literal(int(text))
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        return _iri(PREFIXES[prefix] + local)
    if text.startswith("<") and text.endswith(">"):
        return _iri(text[1:-1])
    return lookup(store, text)


def _iri(text: str) -> NamedNode:
    from pyoxigraph import NamedNode

    try:
        return NamedNode(text)
    except ValueError:
        raise QueryError(f"{text!r} is no valid IRI.") from None
