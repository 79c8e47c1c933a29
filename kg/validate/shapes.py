"""Runs `ontology/shapes.ttl` over the columns of the graph: seconds where an engine takes minutes.

Measured: pySHACL takes 8 s for the shapes of 20,000 claims. Every constraint component used in
the shapes is a few lines here; the tests hold the outcome to pySHACL's on graphs with every
fault. A shape that uses anything else is refused rather than passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.resources import ontology_file
from kg.graph.vocabulary import NIF, RDF, RDF_TYPE, SCHEMA
from kg.query.result import compact
from kg.validate.columns import Columns
from kg.validate.report import Finding

SH = "http://www.w3.org/ns/shacl#"
_DESCRIPTION = {SH + name for name in ("path", "message", "severity", "name", "description")}


@dataclass(frozen=True)
class Constraint:
    """One constraint component on one property of the nodes a shape is about."""

    shape: str
    targets: tuple[str, ...]
    path: str
    component: str
    value: Any
    members: tuple[Any, ...]
    message: str
    warning: bool


def constraints(shapes: ox.Store) -> Iterator[Constraint]:
    """All constraints of a shapes graph."""
    graph = _Shapes(shapes)
    for shape in sorted(graph.subjects(RDF_TYPE, SH + "NodeShape"), key=str):
        targets = tuple(term.value for term in graph.objects(shape, SH + "targetClass"))
        for node in graph.objects(shape, SH + "property"):
            message = graph.one(node, SH + "message")
            severity = graph.one(node, SH + "severity")
            for component, value in graph.components(node):
                yield Constraint(
                    shape=shape.value.rsplit("#", 1)[-1],
                    targets=targets,
                    path=graph.one(node, SH + "path").value,
                    component=component,
                    value=value,
                    members=tuple(graph.items(value)) if component == "in" else (),
                    message=message.value if message else f"breaks sh:{component}",
                    warning=severity == ox.NamedNode(SH + "Warning"),
                )


def check_shapes(columns: Columns) -> Iterator[Finding]:
    """What breaks the shapes in the graph, one finding a node and constraint."""
    shapes = ox.Store()
    shapes.load(path=ontology_file("shapes.ttl"), format=ox.RdfFormat.TURTLE)
    nodes: dict[str, set[str]] = {}
    for constraint in constraints(shapes):
        for target in constraint.targets:
            if target not in nodes:
                nodes[target] = columns.instances(target)
        about = {node for target in constraint.targets for node in nodes[target]}
        for node in broken(constraint, columns, about):
            place = _article(node, columns)
            message = f"{compact(node)}{place}: {constraint.message}"
            yield Finding(constraint.shape, compact(node), message, constraint.warning)


def broken(constraint: Constraint, columns: Columns, nodes: set[str]) -> Iterator[str]:
    """The nodes that break the constraint. Raises `GraphError` for an unknown component."""
    column = columns.of(constraint.path)
    value, component = constraint.value, constraint.component
    match component:
        case "minCount":
            yield from (node for node in nodes if len(column.get(node, ())) < int(value.value))
        case "maxCount":
            yield from (node for node in nodes if len(column.get(node, ())) > int(value.value))
        case "class":
            instances = columns.instances(value.value)
            for node in nodes:
                if any(_text(item) not in instances for item in column.get(node, ())):
                    yield node
        case "lessThan" | "lessThanOrEquals":
            others = columns.of(value.value)
            for node in nodes:
                if not _ordered(column.get(node, ()), others.get(node, ()), component):
                    yield node
        case "datatype" | "nodeKind" | "in" | "minInclusive" | "maxInclusive":
            for node in nodes:
                if not all(_fits(item, constraint) for item in column.get(node, ())):
                    yield node
        case _:
            raise GraphError(
                f"shapes.ttl uses sh:{component} {value}, which `kg validate` does not know."
            )


def _fits(item: Any, constraint: Constraint) -> bool:
    value = constraint.value
    match constraint.component:
        case "datatype":
            return isinstance(item, ox.Literal) and item.datatype == value
        case "nodeKind":
            return isinstance(item, _NODE_KINDS[value.value])
        case "in":
            return item in constraint.members
        case "minInclusive":
            return _compare(value, item, or_equal=True)
        case _:
            return _compare(item, value, or_equal=True)


def _ordered(lower: Sequence[Any], upper: Sequence[Any], component: str) -> bool:
    or_equal = component == "lessThanOrEquals"
    return all(_compare(low, high, or_equal=or_equal) for low in lower for high in upper)


def _compare(low: Any, high: Any, *, or_equal: bool) -> bool:
    """Whether low < high (or equal): numbers by value, dates by calendar; else not."""
    if not (isinstance(low, ox.Literal) and isinstance(high, ox.Literal)):
        return False
    try:
        numbers = Decimal(low.value), Decimal(high.value)
    except InvalidOperation:
        if low.datatype != high.datatype:
            return False
        return low.value < high.value or (or_equal and low.value == high.value)
    return numbers[0] < numbers[1] or (or_equal and numbers[0] == numbers[1])


def _article(node: str, columns: Columns) -> str:
    """The article the node belongs to, in brackets, where it has one."""
    for link in (NIF + "referenceContext", "http://www.w3.org/ns/prov#wasDerivedFrom"):
        for target in columns.of(link).get(node, ())[:1]:
            context = columns.of(NIF + "referenceContext").get(_text(target), [target])[0]
            named = columns.of(SCHEMA + "identifier").get(_text(context))
            if named:
                return f" (article {named[0].value})"
    return ""


def _text(term: Any) -> str:
    return str(term.value)


_NODE_KINDS: dict[str, tuple[type, ...]] = {
    SH + "IRI": (ox.NamedNode,),
    SH + "Literal": (ox.Literal,),
    SH + "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


class _Shapes:
    """Reads a shapes graph."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def objects(self, subject: Any, predicate: str) -> list[Any]:
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return sorted((quad.object for quad in quads), key=str)

    def subjects(self, predicate: str, value: str) -> list[Any]:
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value))
        return [quad.subject for quad in quads]

    def one(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.objects(subject, predicate)), None)

    def items(self, head: Any) -> Iterator[Any]:
        """The members of an RDF list."""
        while head != ox.NamedNode(RDF + "nil"):
            yield self.one(head, RDF + "first")
            head = self.one(head, RDF + "rest")

    def components(self, node: Any) -> Iterator[tuple[str, Any]]:
        """The constraint components of a property shape, in a fixed order."""
        quads = self.store.quads_for_pattern(node, None, None)
        found = sorted(
            (q.predicate.value, q.object) for q in quads if q.predicate.value != RDF_TYPE
        )
        for predicate, value in found:
            if predicate not in _DESCRIPTION:
                yield predicate.removeprefix(SH), value
