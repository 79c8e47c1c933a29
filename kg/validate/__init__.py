"""Is the graph what it says it is? Shapes, whole-graph rules, and the evidence contract."""

from __future__ import annotations

from kg.graph.store import Store
from kg.validate.columns import Columns
from kg.validate.contract import check_contract
from kg.validate.ends import check_ends
from kg.validate.report import Finding, Report
from kg.validate.rules import check_rules
from kg.validate.shapes import check_shapes

__all__ = ["Finding", "Report", "validate"]


def validate(store: Store) -> Report:
    """Checks a whole graph: see `ontology/shapes.ttl`, `ontology/rules` and `contract`.

    Findings come sorted. Near-linear in the size of the graph.
    """
    columns = Columns(store)
    contract = check_contract(columns)
    findings = {
        *contract.findings,
        *check_shapes(columns),
        *check_ends(store),
        *check_rules(store),
    }
    return Report(
        claims=contract.claims,
        sound_claims=contract.sound_claims,
        facts=contract.facts,
        backed_facts=contract.backed_facts,
        findings=tuple(sorted(findings)),
    )
