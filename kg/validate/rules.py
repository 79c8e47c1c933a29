"""The whole-graph rules: the SELECTs in `ontology/rules`, one a file.

The first line of a rule says how bad it is and what is wrong with every `?this` it finds:

    # violation: lies in itself, by way of

`?other` is named after the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import GraphError
from kg.graph.resources import ontology_folder
from kg.graph.store import Store
from kg.query.result import readable
from kg.validate.report import Finding


@dataclass(frozen=True)
class Rule:
    """A SELECT that finds what should not be there."""

    name: str
    message: str
    warning: bool
    text: str


def rules() -> tuple[Rule, ...]:
    """All rules, sorted by name. Raises `GraphError` for a file without a proper first line."""
    found = []
    for file in sorted((ontology_folder() / "rules").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        severity, _, message = text.split("\n", 1)[0].lstrip("# ").partition(": ")
        if severity not in ("violation", "warning") or not message:
            raise GraphError(f"{file} must begin with '# violation: ...' or '# warning: ...'.")
        found.append(Rule(file.stem, message, severity == "warning", text))
    return tuple(found)


def check_rules(store: Store) -> Iterator[Finding]:
    """What the rules find in the graph."""
    for rule in rules():
        for solution in store.query(rule.text):
            this, other = readable(solution["this"]), readable(solution["other"])
            yield Finding(rule.name, this or "", f"{this} {rule.message} ({other})", rule.warning)
