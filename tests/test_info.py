"""What a graph folder tells about itself, and how one of another version is treated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError
from kg.graph.folder import FORMAT
from kg.info import info, lines
from kg.knowledge_graph import open_graph
from kg.pipeline import build
from kg.summary import summarize
from tests import tiny


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("kg.extract", "kg.pipeline", "kg.extract.pool"):
        monkeypatch.setattr(f"{module}.extractor", tiny.tiny)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    rows = [
        {"id": "a1", "text": "Anna Lind called Jack Straw.", "published": "2024-01-12"},
        {"id": "a2", "text": "Jack Straw called Asim Munir.", "published": "2024-02-03",
         "source": "Dawn"},
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build([tmp_path / "a.jsonl"], tmp_path / "out")
    return tmp_path / "out"


def rewrite(out: Path, **fields: Any) -> None:
    """Changes what the manifest says; None takes a field away."""
    path = out / "build.json"
    record = {**json.loads(path.read_text()), **fields}
    path.write_text(json.dumps({key: v for key, v in record.items() if v is not None}))


def test_the_counts_kept_with_a_graph_are_those_of_its_store(out: Path) -> None:
    with open_graph(out) as graph:
        assert info(out).summary == summarize(graph.store)
    assert info(out).summary.published == ("2024-01-12", "2024-02-03")
    assert info(out).summary.extractors == {"tiny-1": 2}


def test_it_is_told_what_the_folder_holds_and_what_made_it(out: Path) -> None:
    told = "\n".join(lines(info(out)))
    for words in ("2 articles, published 2024-01-12 to 2024-02-03", "3 entities, 2 events",
                  "tiny-1 (2)", f"format {FORMAT}", "UTC", "graph.trig", "store"):  # fmt: skip
        assert words in told
    assert "outdated" not in told
    json.dumps(info(out).to_record())


def test_a_folder_of_an_older_format_is_read_and_brought_up_to_date(out: Path) -> None:
    whole = (out / "build.json").read_bytes()
    rewrite(out, format=1, ontology=None, counts=None)
    with open_graph(out) as graph:
        assert len(graph.query("SELECT ?p { ?p a kg:Person }")) == 3
    old = info(out)
    assert old.summary.articles == 2
    assert any("its format is 1" in reason for reason in old.outdated)
    assert f"kg build --out {out}" in "\n".join(lines(old))
    read = len(tiny.tiny().seen)
    assert build([], out).changed
    assert (out / "build.json").read_bytes() == whole
    assert len(tiny.tiny().seen) == read


def test_a_graph_made_with_another_ontology_is_made_anew_without_reading(out: Path) -> None:
    rewrite(out, ontology="00000000")
    assert any("ontology is 00000000" in reason for reason in info(out).outdated)
    read = len(tiny.tiny().seen)
    assert build([], out).changed
    assert not info(out).outdated
    assert len(tiny.tiny().seen) == read
    assert not build([], out).changed


@pytest.mark.parametrize("format", [0, 99, "new"])
def test_an_unknown_format_is_refused_with_the_command_that_rebuilds(
    out: Path, format: object
) -> None:
    rewrite(out, format=format)
    with pytest.raises(GraphError, match=r"kg build ARTICLES --out .* --fresh"):
        info(out)
    with pytest.raises(GraphError, match="--fresh"):
        build([], out)


def test_a_damaged_manifest_is_named(out: Path) -> None:
    (out / "build.json").write_text("{")
    with pytest.raises(GraphError, match="is damaged"):
        info(out)
