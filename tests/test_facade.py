"""The Python interface: few names, and what the README shows with them."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
import rdflib

import kg

ROOT = Path(__file__).parents[1]


def test_at_most_ten_public_names_and_each_is_there() -> None:
    assert len(kg.__all__) <= 10
    assert all(getattr(kg, name) is not None for name in kg.__all__)


def test_build_query_and_walk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iranian President Ebrahim Raisi met Asim Munir in Tehran.")
    (tmp_path / "b.txt").write_text("")
    graph = kg.build([tmp_path], out=tmp_path / "out")
    assert [problem.place for problem in graph.problems] == [str(tmp_path / "b.txt")]
    rows = graph.query("SELECT ?who { ?p a kg:Person ; skos:prefLabel ?who } ORDER BY ?who")
    assert {"who": "Ebrahim Raisi"} in rows.records()


def test_networkx_has_labels_and_predicates(seed_graph: Path) -> None:
    with kg.open(seed_graph) as graph:
        network = graph.to_networkx()
        assert isinstance(network, networkx.MultiDiGraph)
        labels = set(networkx.get_node_attributes(network, "label").values())
        assert "Iran" in labels
        assert {"holdsPosition", "agent"} <= {p for *_, p in network.edges(data="label")}


def test_rdflib_sees_every_triple(seed_graph: Path) -> None:
    with kg.open(seed_graph) as graph:
        dataset = graph.rdflib()
        assert isinstance(dataset, rdflib.Dataset)
        assert len(list(dataset.quads())) == len(graph.store)


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(seed_graph: Path) -> None:
    with kg.open(seed_graph) as graph:
        assert graph._repr_html_().startswith("<iframe")


def test_opening_nothing(tmp_path: Path) -> None:
    with pytest.raises(kg.KGError, match="kg build"):
        kg.open(tmp_path / "nowhere")
