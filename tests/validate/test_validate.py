"""Every kind of fault, put into a sound graph, is caught and told in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph import vocabulary as v
from kg.graph.reading import to_rdflib
from kg.graph.resources import ontology_file
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.graph.vocabulary import KG, NIF, RDF
from kg.validate import Report, validate
from kg.validate.columns import Columns
from kg.validate.shapes import check_shapes
from tests import affair

N = ox.NamedNode
A1 = N(v.DOC + "a1")
RASK, IRAN, ATTACK = N(v.ENT + "Rask"), N(v.ENT + "Iran"), N(v.EV + "Rask_attack")
VISIT = N(v.EV + "a2_v4")

Fault = Callable[[ox.Store], None]


def claim_of(store: ox.Store, predicate: str) -> ox.NamedNode:
    """The first claim of article a1 with the predicate."""
    quads = store.quads_for_pattern(None, N(RDF + "predicate"), N(KG + predicate), A1)
    found = sorted((quad.subject for quad in quads), key=str)[0]
    assert isinstance(found, ox.NamedNode)
    return found


def change(store: ox.Store, subject: ox.NamedNode, predicate: str, *values: object) -> None:
    """Gives the property of article a1's node these values instead of its own."""
    for quad in list(store.quads_for_pattern(subject, N(predicate), None, A1)):
        store.remove(quad)
    for value in values:
        store.add(ox.Quad(subject, N(predicate), value, A1))  # type: ignore[arg-type]


def sentence_of(store: ox.Store, predicate: str) -> ox.NamedNode:
    claim = claim_of(store, predicate)
    (quad, *_) = store.quads_for_pattern(claim, N(v.DERIVED_FROM), None, A1)
    assert isinstance(quad.object, ox.NamedNode)
    return quad.object


def state(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> Fault:
    return lambda store: store.add(ox.Quad(subject, N(predicate), value, DEFAULT_GRAPH))


def unstate(subject: ox.NamedNode, predicate: str, value: ox.NamedNode) -> Fault:
    return lambda store: store.remove(ox.Quad(subject, N(predicate), value, DEFAULT_GRAPH))


def of_claim(predicate: str, property: str, *values: object) -> Fault:
    return lambda store: change(store, claim_of(store, predicate), property, *values)


def of_sentence(property: str, *values: object) -> Fault:
    return lambda store: change(store, sentence_of(store, "locatedIn"), property, *values)


def without_mentions(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(None, N(KG + "refersTo"), RASK, A1)):
        store.remove(quad)


FAULTS: dict[str, tuple[Fault, str]] = {
    "a fact nobody claims": (
        state(RASK, KG + "capitalOf", IRAN),
        "direct triple ent:Rask kg:capitalOf ent:Iran has no accepted claim",
    ),
    "a number nobody claims": (
        state(ATTACK, KG + "injured", ox.Literal(5)),
        "kg:injured .* has no accepted claim",
    ),
    "an accepted claim that is not stated": (
        unstate(RASK, KG + "locatedIn", IRAN),
        "is accepted, but the direct triple is missing",
    ),
    "a claim without a span": (
        of_claim("locatedIn", v.DERIVED_FROM),
        "has no span of text that it is derived from",
    ),
    "a span whose words are others": (
        of_sentence(NIF + "anchorOf", ox.Literal("Nothing happened.")),
        "in article a1: the text at 0-69 is 'Gunmen .*', the span says 'Nothing happened.'",
    ),
    "a span whose offsets are others": (
        of_sentence(NIF + "endIndex", ox.Literal(60)),
        "the text at 0-60 is",
    ),
    "an end that no sentence mentions": (without_mentions, "do not mention ent:Rask"),
    "a claim without status": (of_claim("locatedIn", KG + "status"), "exactly one status"),
    "a claim with two statuses": (
        of_claim("locatedIn", KG + "status", N(KG + "Accepted"), N(KG + "Rejected")),
        "exactly one status",
    ),
    "an unknown factuality": (
        of_claim("locatedIn", KG + "factuality", N(KG + "Perhaps")),
        "Factual, Planned, Possible or Denied",
    ),
    "a confidence above one": (
        of_claim("locatedIn", KG + "confidence", ox.Literal("1.5", datatype=N(v.XSD + "decimal"))),
        "a decimal between 0 and 1",
    ),
    "a confidence that is no number": (
        of_claim("locatedIn", KG + "confidence", ox.Literal("high")),
        "a decimal between 0 and 1",
    ),
    "a literal for a speaker": (
        of_claim("agent", KG + "attributedTo", ox.Literal("police")),
        "at most one speaker, an IRI",
    ),
    "a claim derived from what is no span": (
        of_claim("locatedIn", v.DERIVED_FROM, IRAN),
        "derived from at least one span",
    ),
    "a span that ends before it begins": (
        of_sentence(NIF + "beginIndex", ox.Literal(900)),
        "before it ends",
    ),
    "a negative offset": (of_sentence(NIF + "beginIndex", ox.Literal(-1)), "0 or more"),
    "two main names": (state(RASK, v.PREF_LABEL, ox.Literal("Rasq")), "exactly one main name"),
    "dates the wrong way round": (
        state(ATTACK, KG + "dateEarliest",
              ox.Literal("2025-01-01", datatype=N(v.XSD + "date"))),
        "not after its latest",
    ),
    "a planned visit of the real class": (
        state(VISIT, v.RDF_TYPE, N(KG + "Visit")),
        "planned, possible or denied, and yet has the class",
    ),
    "a place in itself": (state(IRAN, KG + "locatedIn", RASK), "lies in itself"),
    "a post in place of a place": (
        state(N(v.ENT + "Foreign_Minister_of_Pakistan"), KG + "locatedIn", IRAN),
        "of a type that kg:locatedIn does not take",
    ),
    "a post with two holders": (
        state(N(v.ENT + "Hossein_Amir_Abdollahian"), KG + "holdsPosition",
              N(v.ENT + "Foreign_Minister_of_Pakistan")),
        "is held by two people",
    ),
    "an event in two places": (state(ATTACK, KG + "place", N(v.ENT + "Pakistan")), "two places"),
    "one that attacks itself": (state(N(v.EV + "a2_v2"), KG + "target", IRAN), "the agent and"),
}  # fmt: skip
SHAPE_FAULTS = [name for name, (_, message) in FAULTS.items() if message in (
    "exactly one status", "Factual, Planned, Possible or Denied", "a decimal between 0 and 1",
    "at most one speaker, an IRI", "derived from at least one span", "before it ends",
    "0 or more", "exactly one main name", "not after its latest",
    "has no span of text that it is derived from",
)]  # fmt: skip


def broken(name: str) -> Store:
    store = affair.store()
    FAULTS[name][0](store.oxigraph)
    return store


def messages(report: Report) -> str:
    return "\n".join(finding.message for finding in report.findings)


def test_a_sound_graph_passes() -> None:
    report = validate(affair.store())
    assert report.ok, report.lines()
    assert report.pass_rate == 1.0
    assert report.lines()[-1].startswith("0 violations")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(name: str) -> None:
    import re

    report = validate(broken(name))
    assert re.search(FAULTS[name][1], messages(report)), messages(report)


@pytest.mark.parametrize("name", ["a fact nobody claims", "a span whose words are others"])
def test_a_broken_contract_lowers_the_pass_rate(name: str) -> None:
    report = validate(broken(name))
    assert not report.ok
    assert report.pass_rate < 1.0


def shacl_nodes(store: Store) -> set[str]:
    """What pySHACL says breaks the shapes: the nodes."""
    import pyshacl

    data = rdflib.Graph()
    for subject, predicate, value, _ in to_rdflib(store).quads():
        data.add((subject, predicate, value))
    _, results, _ = pyshacl.validate(data, shacl_graph=str(ontology_file("shapes.ttl")))
    focus = rdflib.URIRef("http://www.w3.org/ns/shacl#focusNode")
    return {str(node) for node in results.objects(None, focus)}


@pytest.mark.parametrize("name", SHAPE_FAULTS)
def test_the_shapes_give_what_pyshacl_gives(name: str) -> None:
    from kg.query.result import compact

    store = broken(name)
    ours = {finding.node for finding in check_shapes(Columns(store))}
    assert ours == {compact(node) for node in shacl_nodes(store)}


def test_a_long_report_is_cut_by_rule() -> None:
    store = affair.store()
    for quad in list(store.oxigraph.quads_for_pattern(None, N(KG + "status"), None)):
        store.oxigraph.remove(quad)
    lines = validate(store).lines(most=2)
    assert any("more of the rule 'Claim'" in line for line in lines)
