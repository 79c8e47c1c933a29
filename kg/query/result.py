"""What a query answers: a table, yes or no, or a graph, in the formats people read and pipe."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.graph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rich.console import RenderableType

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")

_NAMESPACES = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


@dataclass(frozen=True)
class Result:
    """The answer to a query.

    A SELECT fills `columns` and `rows` (pyoxigraph terms, None where unbound), an ASK `boolean`,
    a CONSTRUCT or DESCRIBE `triples`, sorted.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None

    @classmethod
    def of(cls, answer: Any) -> Result:
        """Reads all of what Oxigraph answers."""
        import pyoxigraph as ox

        if isinstance(answer, ox.QueryBoolean):
            return cls(boolean=bool(answer))
        if isinstance(answer, ox.QueryTriples | list):  # a list comes from a server
            return cls(triples=tuple(sorted(set(answer), key=str)))
        columns = tuple(variable.value for variable in answer.variables)
        return cls(columns, tuple(tuple(solution) for solution in answer))

    def __len__(self) -> int:
        if self.boolean is not None:
            return 1
        return len(self.rows if self.triples is None else self.triples)

    def records(self) -> list[dict[str, str | None]]:
        """The rows as plain data, one dictionary a row: IRIs shortened, literals as text."""
        return [dict(zip(self.columns, map(readable, row), strict=True)) for row in self.rows]

    def render(self, format: str = "csv") -> str:
        """The answer as text. Raises `UsageError` for a format that does not fit or exist.

        `table` is plain text here; on a terminal, print `table()` with Rich.
        """
        if format not in FORMATS:
            raise UsageError(f"No result format {format!r}. Known: {', '.join(FORMATS)}.")
        if format == "table":
            return self._plain_table()
        if (format == "turtle") != (self.triples is not None):
            fitting = "turtle or table" if self.triples is not None else "csv, tsv, json, xml"
            kind = "CONSTRUCT or DESCRIBE" if self.triples is not None else "SELECT or ASK"
            raise UsageError(
                f"The answer to a {kind} query cannot be written as {format}; use {fitting}."
            )
        return self._turtle() if format == "turtle" else self._sparql_results(format)

    def table(self) -> RenderableType:
        """The answer for a terminal, as a Rich renderable."""
        from rich.table import Table
        from rich.text import Text

        columns, rows = self._cells()
        table = Table(header_style="bold", show_edge=False, pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        return table

    def _cells(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        if self.boolean is not None:
            return ("answer",), [("yes" if self.boolean else "no",)]
        if self.triples is not None:
            return ("subject", "predicate", "object"), [
                (readable(t.subject) or "", readable(t.predicate) or "", readable(t.object) or "")
                for t in self.triples
            ]
        return self.columns, [tuple(readable(term) or "" for term in row) for row in self.rows]

    def _plain_table(self) -> str:
        from rich.console import Console

        output = io.StringIO()
        # Wide enough that no cell is folded: what goes into a pipe is searched line by line.
        columns, rows = self._cells()
        width = 4 * len(columns) + sum(
            max([len(column), *(len(row[i]) for row in rows)]) * 2
            for i, column in enumerate(columns)
        )
        console = Console(file=output, width=max(width, 20), color_system=None)
        console.print(self.table())
        return "".join(line.rstrip() + "\n" for line in output.getvalue().splitlines())

    def _turtle(self) -> str:
        import pyoxigraph as ox

        data = ox.serialize(self.triples or (), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        return (data or b"").decode()

    def _sparql_results(self, format: str) -> str:
        """CSV, TSV, JSON and XML as the W3C defines them; Oxigraph writes all but JSON."""
        import pyoxigraph as ox

        if self.boolean is not None:
            document: dict[str, Any] = {"head": {}, "boolean": self.boolean}
        else:
            bindings = [
                {name: _binding(term) for name, term in zip(self.columns, row, strict=True) if term}
                for row in self.rows
            ]
            document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        if format == "json":
            return text + "\n"
        if self.boolean is not None and format in ("csv", "tsv"):
            return f"{str(self.boolean).lower()}\n"
        answer = ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
        written = answer.serialize(format=ox.QueryResultsFormat.from_extension(_EXTENSION[format]))
        return (written or b"").decode()


_EXTENSION = {"csv": "csv", "tsv": "tsv", "xml": "srx"}


def readable(term: Any) -> str | None:
    """A term for people: a prefixed name, or the plain text of a literal. None stays None."""
    import pyoxigraph as ox

    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    if isinstance(term, ox.Literal):
        return term.value
    return str(term)


def compact(iri: str) -> str:
    """`ent:Iran` for an IRI in a known namespace, the IRI itself for any other."""
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _binding(term: Any) -> dict[str, str]:
    """A term in the SPARQL 1.1 JSON results format."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        binding["datatype"] = term.datatype.value
    return binding
