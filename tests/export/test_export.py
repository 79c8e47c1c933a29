"""Every export says the same as the store, in the same bytes, to the tools it is for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import GraphError, InputError, UsageError
from kg.export import DIRECT_ONLY, FORMATS, export, writer
from kg.graph.claims import claims
from kg.graph.folder import GraphFolder
from kg.graph.store import DEFAULT_GRAPH, Store, build_store
from kg.load import load
from kg.query import query
from tests import affair
from tests.factory import E, extraction, same

SYNTAXES = {
    "turtle": ("turtle", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "nquads": ("nquads", ox.RdfFormat.N_QUADS),
    "ntriples": ("nt", ox.RdfFormat.N_TRIPLES),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
    "rdfxml": ("xml", ox.RdfFormat.RDF_XML),
}


def written(store: Store, format: str) -> bytes:
    output = io.BytesIO()
    writer(format)(store, output)
    return output.getvalue()


def statements(store: Store, format: str) -> set[str]:
    graph = DEFAULT_GRAPH if format in DIRECT_ONLY else None
    return {str(quad) for quad in store.quads(graph=graph)}


@pytest.mark.parametrize("format", SYNTAXES)
def test_oxigraph_reads_back_the_store(format: str) -> None:
    store = affair.store()
    back = ox.parse(written(store, format), format=SYNTAXES[format][1])
    assert {str(quad) for quad in back} == statements(store, format)


@pytest.mark.parametrize("format", SYNTAXES)
def test_rdflib_reads_back_the_store(format: str) -> None:
    store = affair.store()
    dataset = rdflib.Dataset()
    dataset.parse(data=written(store, format), format=SYNTAXES[format][0])
    # The graph has no blank nodes, so equal sets of statements are isomorphic graphs.
    nquads = dataset.serialize(format="nquads")
    back = {str(quad) for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)}
    plain = {line.rsplit(" <urn:x-rdflib:default>", 1)[0] for line in back}
    assert plain == statements(store, format)


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "csv"])
def test_two_exports_have_the_same_bytes(format: str, tmp_path: Path) -> None:
    found = affair.extractions()
    turned = found[::-1]
    stated = claims(turned, affair.identities())
    with build_store(tmp_path / "s", turned, affair.identities(), stated) as other:
        assert written(other, format) == written(affair.store(), format)


def test_rdf12_makes_claims_reifiers() -> None:
    quads = list(ox.parse(written(affair.store(), "rdf12"), format=ox.RdfFormat.TRIG))
    said = [quad.object for quad in quads if quad.predicate.value.endswith("#reifies")]
    assert len(said) == len(claims(affair.extractions(), affair.identities()))
    assert all(isinstance(triple, ox.Triple) for triple in said)
    assert not any(quad.predicate.value.endswith("syntax-ns#subject") for quad in quads)


@pytest.mark.parametrize(("format", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_have_labels_types_and_weights(format: str, read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"g.{format}"
    export(affair.store(), format, path)
    graph = read(path)
    iran = "https://w3id.org/newsgraph/entity/Iran"
    assert graph.nodes[iran]["label"] == "Iran"
    assert graph.nodes[iran]["type"] == "Country"
    assert all(float(weight) >= 1 for _, _, weight in graph.edges(data="weight"))


def test_tables_are_what_a_spreadsheet_expects(tmp_path: Path) -> None:
    export(affair.store(), "csv", tmp_path / "tables")
    tables = {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
        for path in (tmp_path / "tables").iterdir()
    }
    assert set(tables) == {"entities", "events", "relations", "claims"}
    attack = next(row for row in tables["events"] if row["id"] == "ev:Rask_attack")
    assert (attack["type"], attack["place"], attack["deaths"]) == ("Attack", "Rask", "11")
    assert any(
        (row["subject"], row["predicate"], row["object"]) == ("Rask", "locatedIn", "Iran")
        for row in tables["relations"]
    )
    assert all(row["sentence"] for row in tables["claims"])


def test_article_text_cannot_become_a_formula(tmp_path: Path) -> None:
    x = extraction("=1+1 Ann spoke.", [E("e1", "Person", "=1+1 Ann")])
    export(build_store(None, [x], same([x]), claims([x], same([x]))), "csv", tmp_path / "t")
    assert ",=1+1" not in (tmp_path / "t" / "claims.csv").read_text("utf-8-sig")


def test_control_characters_do_not_break_xml(tmp_path: Path) -> None:
    x = extraction("An\x0cn spoke.", [E("e1", "Person", "An\x0cn")])
    store = build_store(None, [x], same([x]), claims([x], same([x])))
    rdflib.Graph().parse(data=written(store, "rdfxml"), format="xml")
    export(store, "graphml", tmp_path / "g.graphml")
    nx.read_graphml(tmp_path / "g.graphml")


def test_an_unknown_format_lists_the_formats() -> None:
    with pytest.raises(UsageError, match="Known: turtle, trig, nquads"):
        export(affair.store(), "docx", "x")


def test_an_unwritable_file_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        export(affair.store(), "turtle", tmp_path / "missing" / "g.ttl")
    assert list(tmp_path.iterdir()) == []


def test_a_dump_loads_into_a_folder_that_answers_queries(tmp_path: Path) -> None:
    store = affair.store()
    export(store, "nquads", tmp_path / "dump.nq")
    assert load(tmp_path / "out", tmp_path / "dump.nq") == len(store)
    folder = GraphFolder(tmp_path / "out")
    assert (folder.path / "graph.trig").read_bytes() == written(store, "trig")
    with Store.open(folder.store) as loaded:
        assert query(loaded, "ASK { ent:Rask kg:locatedIn ent:Iran }").boolean
    with pytest.raises(GraphError, match="already holds a graph"):
        load(tmp_path / "out", tmp_path / "dump.nq")


def test_a_broken_dump_says_where(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<http://a> <http://b> <http://c> .\n<http://a> oops\n")
    with pytest.raises(InputError, match="line 2"):
        load(tmp_path / "out", tmp_path / "bad.nq")
    assert not (tmp_path / "out" / "store").exists()
