"""The command line as users meet it: results on stdout, one sentence on stderr, exit codes."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.__main__ import main
from tests.conftest import heed_interrupts

ROOT = Path(__file__).parents[1]
SENTENCE = "President Ebrahim Raisi of Iran met Jalil Abbas Jilani in Tehran on 12 January 2024."


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `kg` with arguments, in this process."""

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(int(str(stopped.value.code or 0)), captured.out, captured.err)

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(f"Presidents meet\n{SENTENCE}\n")
    return path


# build


def test_build_tells_what_the_graph_holds_and_what_to_do_next(
    run: Run, article: Path, tmp_path: Path
) -> None:
    ran = run("build", article, "--out", tmp_path / "out")
    assert ran.code == 0
    assert ran.err == ""
    for words in ("1 article", "entities", "person", "events", "claims", "graph.html", "Try next"):
        assert words in ran.out
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"graph.ttl", "graph.trig", "graph.html", "store"} <= written


def test_building_again_reads_nothing_anew_and_changes_no_byte(
    run: Run, article: Path, tmp_path: Path
) -> None:
    run("build", article, "--out", tmp_path / "out")
    before = (tmp_path / "out" / "graph.trig").read_bytes()
    ran = run("build", article, "--out", tmp_path / "out")
    assert "0 newly read" in ran.out
    assert (tmp_path / "out" / "graph.trig").read_bytes() == before


def test_articles_add_up_and_can_be_removed(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Minister resigns\nForeign Minister Hakan Fidan of Turkey resigned on Monday.")
    out = tmp_path / "out"
    run("build", article, "--out", out)
    alone = (out / "graph.trig").read_bytes()
    assert "2 articles, 1 newly read" in run("build", other, "--out", out).out
    assert "Hakan Fidan" in (out / "graph.ttl").read_text()
    assert run("remove", out, "other").code == 0
    assert (out / "graph.trig").read_bytes() == alone
    assert run("documents", out).out.splitlines()[1].startswith("article,")


def test_a_bad_article_is_named_and_the_others_are_built(
    run: Run, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    ran = run("build", article, tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert ran.code == 1
    assert ran.err.strip().count("\n") == 0
    assert "empty.txt is empty" in ran.err
    assert "1 article" in ran.out


def test_text_without_entities_makes_a_graph_without_claims(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dull.txt").write_text("It was raining and the streets were wet and quiet.")
    ran = run("build", tmp_path / "dull.txt", "--out", tmp_path / "out")
    assert ran.code == 0
    assert "1 article" in ran.out


@pytest.mark.parametrize("missing", ["nowhere", "empty"])
def test_nothing_to_build(run: Run, tmp_path: Path, missing: str) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("build", tmp_path / missing, "--out", tmp_path / "out")
    assert ran.code == 1
    assert missing in ran.err
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_a_folder_of_other_files_is_not_written_to(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.doc").write_text("precious")
    ran = run("build", article, "--out", tmp_path / "papers")
    assert ran.code == 1
    assert "thesis.doc" in ran.err
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["thesis.doc"]


def test_an_out_that_cannot_be_written(run: Run, article: Path) -> None:
    ran = run("build", article, "--out", "/proc/graph")
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_a_second_build_on_one_folder_is_told_to_wait(
    run: Run, article: Path, tmp_path: Path
) -> None:
    from kg.graph.folder import GraphFolder

    out = tmp_path / "out"
    run("build", article, "--out", out)
    with GraphFolder(out).locked():
        ran = run("build", article, "--out", out)
    assert ran.code == 1
    assert f"being built by process {os.getpid()} on " in ran.err


def test_interrupting_a_build_leaves_the_old_graph(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", article, "--out", out)
    before = (out / "graph.trig").read_bytes()
    many = tmp_path / "many.jsonl"
    rows = [{"id": f"m{i}", "text": f"{SENTENCE} Report {i}. " * 40} for i in range(400)]
    many.write_text("\n".join(map(json.dumps, rows)))
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", many, "--out", out],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        preexec_fn=heed_interrupts,
    )  # fmt: skip
    archive = out / "extractions.db-wal"
    deadline = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < deadline:
        if archive.exists() and archive.stat().st_size > 20_000:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err.strip() == "kg: interrupted; run the same command again to go on."
    assert (out / "graph.trig").read_bytes() == before
    assert run("documents", out).out.count("\n") == 2


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = io.BytesIO(SENTENCE.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(data)))  # type: ignore[arg-type]
    assert run("build", "-", "--out", tmp_path / "out").code == 0
    assert "Ebrahim Raisi" in (tmp_path / "out" / "graph.ttl").read_text()


# extract


def test_extract_prints_one_line_of_json_an_article(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    rows = [{"id": "a1", "text": SENTENCE}, {"id": "a2", "text": f"  {SENTENCE}\n"}]
    path.write_text("\n".join(map(json.dumps, rows)))
    ran = run("extract", path)
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["id"] for record in records] == ["a1", "a2"]
    assert [record["text"] for record in records] == [row["text"] for row in rows]
    assert all(record["entities"] and record["events"] is not None for record in records)


# query


def test_query_in_every_format(run: Run, seed_graph: Path) -> None:
    select = "SELECT ?name { ?p a kg:Person ; skos:prefLabel ?name } ORDER BY ?name LIMIT 1"
    assert run("query", seed_graph, select).out.startswith("name")
    assert "\t" not in run("query", seed_graph, select, "--format", "csv").out
    assert json.loads(run("query", seed_graph, select, "--format", "json").out)["head"]
    assert run("query", seed_graph, select, "--format", "xml").out.startswith("<?xml")
    construct = "CONSTRUCT { ?p a kg:Person } WHERE { ?p a kg:Person }"
    assert "a kg:Person" in run("query", seed_graph, construct, "--format", "turtle").out


def test_a_query_from_a_file(run: Run, seed_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?p a kg:Person }")
    assert "true" in run("query", seed_graph, "--file", tmp_path / "q.rq").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["SELECT ?p {"], 1, "line 1"),
        (["--name", "nonsense"], 2, "There are: "),
        ([], 2, "Give one query"),
        (["ASK {}", "--name", "articles"], 2, "Give one query"),
        (["ASK {}", "--format", "pdf"], 2, "csv"),
        (["ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], 1, "SERVICE"),
        (["DELETE WHERE { ?s ?p ?o }"], 1, "would change the graph"),
        (["ASK { ?p a kg:Person }", "--set", "who"], 2, "--set"),
    ],
)
def test_bad_queries(
    run: Run, seed_graph: Path, arguments: list[str], code: int, message: str
) -> None:
    ran = run("query", seed_graph, *arguments)
    assert ran.code == code, ran.err
    assert message in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command", ["query", "show", "documents"])
def test_a_folder_that_is_no_graph(run: Run, tmp_path: Path, command: str) -> None:
    extra = {"query": ["ASK {}"], "show": ["Iran"], "documents": []}[command]
    ran = run(command, tmp_path, *extra)
    assert ran.code == 1
    assert "kg build" in ran.err


def test_every_named_query_is_listed_and_runs(run: Run, seed_graph: Path) -> None:
    from kg.query import named_queries

    listed = run("queries").out
    for query in named_queries():
        assert query.name in listed
        needed = [f"--set={p.name}=Iran" for p in query.parameters if not p.optional]
        ran = run("query", seed_graph, "--name", query.name, *needed)
        assert ran.code == 0, f"{query.name}: {ran.err}"


# export, load, validate, view, timeline


def test_a_dump_can_be_loaded_and_asked(run: Run, seed_graph: Path, tmp_path: Path) -> None:
    assert run("export", seed_graph, "--format", "nquads", "--out", tmp_path / "g.nq").code == 0
    assert run("load", tmp_path / "copy", tmp_path / "g.nq").code == 0
    select = "SELECT ?name { ?p a kg:Person ; skos:prefLabel ?name } ORDER BY ?name"
    assert run("query", tmp_path / "copy", select).out == run("query", seed_graph, select).out
    assert (tmp_path / "copy" / "graph.trig").read_bytes() == (
        seed_graph / "graph.trig"
    ).read_bytes()


def test_a_loaded_graph_is_not_built_over(
    run: Run, seed_graph: Path, article: Path, tmp_path: Path
) -> None:
    run("export", seed_graph, "--format", "nquads", "--out", tmp_path / "g.nq")
    run("load", tmp_path / "copy", tmp_path / "g.nq")
    ran = run("build", article, "--out", tmp_path / "copy")
    assert ran.code == 1
    assert "loaded from a dump" in ran.err


def test_validation_is_clean(run: Run, seed_graph: Path) -> None:
    ran = run("validate", seed_graph)
    assert ran.code == 0
    assert "evidence contract: 100.0% kept" in ran.out
    assert "0 violations" in ran.out


def test_a_view_of_one_matter_is_smaller(run: Run, seed_graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "munir.html"
    assert run("view", seed_graph, "--focus", "Asim Munir", "--hops", "1", "--out", out).code == 0
    assert "Asim Munir" in out.read_text()
    assert out.stat().st_size < (seed_graph / "graph.html").stat().st_size


def test_a_timeline_of_two(run: Run, seed_graph: Path) -> None:
    lines = run("timeline", seed_graph, "Asim Munir", "Iran", "--format", "csv").out.splitlines()
    assert lines[0].startswith("from,to,event")
    assert len(lines) > 1


# show


def test_show_prints_claims_with_speaker_and_sentence(run: Run, seed_graph: Path) -> None:
    ran = run("show", seed_graph, "jaish al adl")
    assert "armed group" in ran.out
    assert "agent in" in ran.out
    assert "“" in ran.out


def test_show_of_an_unknown_name_tells_close_ones(run: Run, seed_graph: Path) -> None:
    ran = run("show", seed_graph, "Jalil Abbas Jilany")
    assert ran.code == 1
    assert "Jalil Abbas Jilani" in ran.err


# the command itself


def test_every_command_has_help_and_stands_in_the_readme(run: Run) -> None:
    from kg.cli import kg

    readme = (ROOT / "README.md").read_text()
    for name in kg.commands:
        assert run(name, "--help").out.startswith("Usage: kg ")
        assert f"kg {name}" in readme, f"the README does not mention kg {name}"


def test_wrong_usage(run: Run) -> None:
    assert run("nonsense").code == 2
    assert run("build").code == 2
    assert "--help" in run("build", "x").err


def test_help_imports_nothing_heavy() -> None:
    heavy = ("spacy", "rdflib", "pyoxigraph", "networkx", "numpy", "rich", "trafilatura")
    script = (
        "import sys; from kg.cli import kg; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_help_of_evaluate_names_every_suite(run: Run) -> None:
    from kg.evaluate import SUITES

    told = run("evaluate", "--help").out
    assert all(suite in told for suite in SUITES)
