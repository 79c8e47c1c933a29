"""Ask the graph in SPARQL: your own queries and the named ones.

    query(store, "SELECT ?who { ?who a kg:Person }")
    query(store, named_query("contacts").text, parameters={"who": "Iran"})

Queries run in Oxigraph over all graphs at once, with the prefixes of the vocabulary declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.graph.store import Readable
from kg.query.guard import checked, syntax_error
from kg.query.named import (
    NamedQuery,
    Parameter,
    declared_parameters,
    named_queries,
    named_query,
)
from kg.query.parameter import bind
from kg.query.result import FORMATS, Result

__all__ = [
    "FORMATS",
    "Dataset",
    "NamedQuery",
    "Parameter",
    "Result",
    "evaluate",
    "named_queries",
    "named_query",
    "query",
]


@dataclass(frozen=True)
class Dataset:
    """The graphs to ask, by IRI, instead of those that the query or the store chooses."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def query(
    store: Readable,
    text: str,
    *,
    parameters: Mapping[str, str] | None = None,
    dataset: Dataset | None = None,
) -> Result:
    """The answer to a SPARQL query.

    The default graph is the union of all graphs; `GRAPH ?g` still tells them apart, and `FROM`
    may choose among them. `parameters` gives variables a value before the query runs, by name:
    the name of an entity, an IRI (`ent:Iran`), a date, a number, or a text in quotes. They are
    bound as terms; nothing is pasted into the query. `dataset` overrules the query's own FROM;
    a graph in it that the store does not have is empty.

    Raises `QueryError` for a syntax error (with line and column), for a query that would change
    the graph or reach outside it, and for a parameter that fits nothing.
    """
    return Result.of(evaluate(store, text, parameters=parameters, dataset=dataset))


def evaluate(
    store: Readable,
    text: str,
    *,
    parameters: Mapping[str, str] | None = None,
    dataset: Dataset | None = None,
    base: str | None = None,
) -> Any:
    """The same as `query`, as Oxigraph hands it out, before any of it is read.

    `base` is what relative IRIs in the query are relative to; without one they are an error.
    """
    guarded = checked(text, store)
    values = parameters or {}
    for parameter in declared_parameters(text):
        if not parameter.optional and parameter.name not in values:
            raise QueryError(
                f"The query needs a value for ?{parameter.name} ({parameter.meaning}): "
                f'--set {parameter.name}="..."'
            )
    bindings = bind(store, guarded, values)
    try:
        return store.query(
            text,
            bindings=bindings,
            default_graphs=dataset.default if dataset else None,
            named_graphs=dataset.named if dataset else None,
            union=not (guarded.chooses_graphs or dataset),
            base=base,
        )
    except SyntaxError as error:
        raise syntax_error(text, error) from None
    except RuntimeError as error:  # a parameter that the query does not hand out
        raise QueryError(
            f"{error}; a variable that is given a value must stand in the SELECT line."
        ) from None
