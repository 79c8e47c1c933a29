"""Checks a query before it runs: it must only read, and only this graph.

Oxigraph would fetch what SERVICE names from the network. So every query is first parsed with
rdflib's grammar (which accepts the whole SPARQL 1.1 query language), and refused when it could
reach outside; what rdflib cannot parse is refused too, with Oxigraph's word on where it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.graph.store import Readable


_FORMS = {
    "SelectQuery": "SELECT",
    "AskQuery": "ASK",
    "ConstructQuery": "CONSTRUCT",
    "DescribeQuery": "DESCRIBE",
}
"""What rdflib's grammar calls the forms of a query."""


@dataclass(frozen=True)
class Guarded:
    """A query that may run: its variables, and whether it chooses graphs with FROM.

    `form` is SELECT, ASK, CONSTRUCT or DESCRIBE.
    """

    variables: frozenset[str]
    chooses_graphs: bool
    form: str


@dataclass(frozen=True)
class _Read:
    """What the text of a query alone tells: `graphs` are those of its FROM clauses."""

    variables: frozenset[str]
    graphs: tuple[str, ...]
    form: str


def checked(text: str, store: Readable) -> Guarded:
    """Raises `QueryError` unless `text` is a query that reads this graph alone."""
    read = _read(text)
    if read.graphs:
        known = {graph.value for graph in store.named_graphs()}
        for graph in read.graphs:
            if graph not in known:
                raise QueryError(
                    f"FROM <{graph}> names no graph in the store. List the graphs with "
                    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }."
                )
    return Guarded(read.variables, bool(read.graphs), read.form)


@lru_cache(maxsize=256)  # parsing takes some ten times what a short query does
def _read(text: str) -> _Read:
    from rdflib.term import Variable

    nodes = list(_walk(_parse(text)))
    if any(_name(node) == "ServiceGraphPattern" for node in nodes):
        raise QueryError(
            "SERVICE is not allowed: a query must not reach outside this graph. Load the other "
            "data into a graph of your own and ask there."
        )
    prefixes = PREFIXES | _declared(nodes)
    clauses = [node for node in nodes if _name(node) == "DatasetClause"]
    return _Read(
        variables=frozenset(str(node) for node in nodes if isinstance(node, Variable)),
        graphs=tuple(_iri(node.get("default") or node.get("named"), prefixes) for node in clauses),
        form=next(_FORMS[_name(node)] for node in nodes if _name(node) in _FORMS),
    )


def syntax_error(text: str, error: SyntaxError) -> QueryError:
    """Oxigraph's syntax error as a sentence with line, column and the place itself."""
    message = str(error)
    place = re.search(r"at (\d+):(\d+)", message)
    if place is None:
        return QueryError(f"The query cannot be run: {message}.")
    line, column = int(place[1]), int(place[2])
    return _broken_at(text, line, column, _hint(message))


def _broken_at(text: str, line: int, column: int, hint: str) -> QueryError:
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    where = f"before {rest[:40]!r}" if rest else "at the end of the line"
    if not text.strip():
        where = "the query is empty"
    return QueryError(
        f"The query has a syntax error in line {line}, column {column}, {where}"
        f"{': ' + hint if hint else ''}."
    )


def _hint(message: str) -> str:
    """The part of Oxigraph's long list of expectations that a person can use."""
    for known in ("Prefix not found", "The SELECT contains a variable that is unbound"):
        if known in message:
            return known[0].lower() + known[1:]
    expected = message.partition("expected ")[2].removeprefix("one of ")
    return f"expected {expected}" if expected and len(expected) < 60 and "[" not in expected else ""


def _parse(text: str) -> Any:
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except RecursionError:
        raise QueryError("The query is nested too deeply; write it flatter.") from None
    except ParseBaseException as error:
        raise _unparsable(text, error.lineno, error.column) from None


def _unparsable(text: str, line: int, column: int) -> QueryError:
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(text)
    except (ParseBaseException, RecursionError):
        pass
    else:
        if text.strip():
            return QueryError(
                "This would change the graph; a query only reads it. Change the graph by building "
                "it from other articles."
            )
    return _oxigraph_error(text) or _broken_at(text, line, column, "")


def _oxigraph_error(text: str) -> QueryError | None:
    """What Oxigraph says of a broken query, asked on an empty store; None if it says nothing."""
    import pyoxigraph as ox

    if re.search(r"\bservice\b", text, re.IGNORECASE):
        return None  # were it no error to Oxigraph, it would be run
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        return syntax_error(text, error)
    return None


def _walk(node: Any) -> Iterator[Any]:
    """Every node of rdflib's parse tree, without recursion: queries may be long."""
    from pyparsing import ParseResults

    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        # ParseResults counts as a Mapping too, of its named parts alone: look at it first.
        if isinstance(current, ParseResults | list | tuple | set):
            waiting += list(current)
        elif isinstance(current, Mapping):
            waiting += current.values()


def _name(node: Any) -> str:
    return str(getattr(node, "name", ""))


def _declared(nodes: list[Any]) -> dict[str, str]:
    return {
        str(node.get("prefix") or ""): str(node["iri"])
        for node in nodes
        if _name(node) == "PrefixDecl"
    }


def _iri(node: Any, prefixes: Mapping[str, str]) -> str:
    """An IRI written in full or as a prefixed name."""
    if _name(node) == "pname":
        local = re.sub(r"\\(.)", r"\1", str(node.get("localname") or ""))
        return prefixes.get(str(node.get("prefix") or ""), "") + local
    return str(node)
