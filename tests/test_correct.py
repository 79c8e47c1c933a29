"""`kg correct`: what a person decides is applied at once, kept for ever, shown, and undoable."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg import correct
from kg.__main__ import main
from kg.correct import Author
from kg.errors import KGError, QueryError, UsageError
from kg.graph.store import Store
from kg.pipeline import build, remove
from kg.validate import validate

TEXTS = {
    "a": "Iranian Foreign Minister Hossein Amirabdollahian met Asim Munir in Islamabad on Monday.",
    "b": "Jaish al-Adl attacked a police station in Rask on 15 December 2023, killing 11 people.",
    "c": "Hossein Amir-Abdollahian, the foreign minister of Iran, condemned the attack in Zahedan.",
    "d": "Jaish ul-Adl killed 11 police officers in an attack in Rask on 15 December 2023.",
}
ME = Author("R. Kahn", "I was there", datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC))
FILES = ("graph.ttl", "graph.trig", "graph.html", "build.json")


def write(folder: Path, names: str) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(TEXTS[path.stem])
    return paths


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def ask(out: Path, pattern: str) -> bool:
    with Store.open(out / "store") as store:
        return bool(store.query(f"ASK {{ {pattern} }}"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(write(folder, "abcd"), folder / "out", extractor_name="spacy")
    return folder / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """A graph of one's own to correct."""
    return Path(shutil.copytree(built, tmp_path / "out"))


def claim_of(out: Path, pattern: str) -> str:
    with Store.open(out / "store") as store:
        rows = list(store.query(f"SELECT ?c {{ ?c a kg:Claim ; {pattern} }}"))
    return str(rows[0]["c"].value).rsplit("/", 1)[-1]


ACTIONS: dict[str, Callable[[Path], object]] = {
    "merge": lambda out: correct.merge(out, ["Asim Munir", "ent:Hossein_Amirabdollahian"], ME),
    "merge events": lambda out: correct.merge(
        out, ["ev:Attack_2023-12-15_Rask", "ev:Attack_Zahedan"], ME
    ),
    "split": lambda out: correct.split(out, "Jaish al-Adl", ["d"], ME),
    "rename": lambda out: correct.rename(out, "rask", "Rask (Sistan)", ME),
    "retype": lambda out: correct.retype(out, "Rask", "region", ME),
    "retype event": lambda out: correct.retype(out, "ev:Attack_Zahedan", "Bombing", ME),
    "reject": lambda out: correct.reject(out, claim_of(out, "rdf:predicate kg:deaths"), ME),
    "reject type": lambda out: correct.reject(
        out, claim_of(out, "rdf:subject ent:Asim_Munir ; rdf:predicate rdf:type"), ME
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_corrected_graph_keeps_the_contract_and_undo_restores_every_byte(
    out: Path, action: str
) -> None:
    before = files(out)
    ACTIONS[action](out)
    assert files(out) != before
    with Store.open(out / "store") as store:
        assert [str(finding) for finding in validate(store).findings if not finding.warning] == []
    assert ask(
        out,
        "?c a kg:Correction ; prov:wasAssociatedWith/rdfs:label 'R. Kahn' ; kg:reason 'I was there'"
        " ; prov:endedAtTime ?when",
    )
    correct.undo(out, 1, ME)
    assert files(out) == before
    assert [item.state for item in correct.corrections(out)] == ["undone", "in force"]


def test_what_corrections_do(out: Path) -> None:
    for act in ("merge events", "split", "rename", "retype"):
        ACTIONS[act](out)
    assert not ask(out, "ev:Attack_Zahedan rdfs:label ?name")
    assert ask(
        out, "correction:1 prov:invalidated ev:Attack_Zahedan ; kg:corrects ?e . ?e a kg:Attack"
    )
    assert ask(out, "correction:2 prov:generated ?new . ?new skos:prefLabel 'Jaish ul-Adl'")
    assert ask(out, "ent:Rask skos:prefLabel 'Rask (Sistan)' ; skos:altLabel 'Rask' ; a kg:Region")
    assert not ask(out, "ent:Rask a kg:City")


def test_a_rejected_claim_stays_and_states_nothing(out: Path) -> None:
    deaths = claim_of(out, "rdf:predicate kg:deaths")
    other = claim_of(out, f"rdf:predicate kg:deaths . FILTER(?c != claim:{deaths})")
    correct.reject(out, f"claim:{deaths}", ME)
    assert ask(out, f"claim:{deaths} kg:status kg:Rejected ; kg:statusReason ?why")
    assert ask(out, "?e kg:deaths 11")  # the other article says so too
    correct.reject(out, other, ME)
    assert not ask(out, "?e kg:deaths ?many")


def test_a_rejection_follows_its_claim_when_the_iri_in_it_changes(out: Path) -> None:
    claim = claim_of(out, "rdf:subject ent:Hossein_Amirabdollahian ; rdf:predicate rdf:type")
    correct.reject(out, claim, ME)
    ACTIONS["merge"](out)
    assert not ask(out, f"claim:{claim} a kg:Claim")
    assert ask(out, "correction:1 kg:corrects ?c . ?c kg:status kg:Rejected ; "
                    "rdf:subject ent:Asim_Munir")  # fmt: skip


def test_corrections_outlive_every_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(write(tmp_path, "ab"), out, extractor_name="spacy")
    correct.rename(out, "Rask", "Rask (Sistan)", ME)
    log = (out / "corrections.jsonl").read_bytes()
    build(write(tmp_path, "cd"), out, extractor_name="spacy")
    corrected = files(out)
    assert ask(out, "ent:Rask skos:prefLabel 'Rask (Sistan)'")
    build(write(tmp_path, "abcd"), out, extractor_name="spacy", fresh=True)
    assert files(out) == corrected
    remove(out, ["b", "c", "d"])
    assert [item.state for item in correct.corrections(out)] == [
        "waits: no article speaks of it now"
    ]
    build(write(tmp_path, "bcd"), out, extractor_name="spacy")
    assert files(out) == corrected
    assert (out / "corrections.jsonl").read_bytes() == log


def test_a_file_put_there_by_hand_counts_at_the_next_build(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(out, other)
    correct.rename(other, "Rask", "Rask (Sistan)", ME)
    shutil.copy(other / "corrections.jsonl", out)
    outcome = build(write(tmp_path, "a"), out, extractor_name="spacy")
    assert outcome.changed
    assert files(out) == files(other)


def test_a_killed_swap_is_finished_with_its_corrections(out: Path) -> None:
    """The moment after the new graph became the truth, before any part was moved."""
    before = Path(shutil.copytree(out, out.with_name("before")))
    correct.rename(out, "Rask", "Rask (Sistan)", ME)
    ready = before / ".ready"
    ready.mkdir()
    for name in (*FILES, "store", "corrections.jsonl"):
        (out / name).rename(ready / name)
    assert [item.state for item in correct.corrections(before)] == ["in force"]
    assert not ready.exists()


BAD: dict[str, tuple[Callable[[Path], object], type[KGError], str]] = {
    "unknown": (
        lambda out: correct.merge(out, ["Asim Muner", "Rask"], ME), QueryError, "Asim Munir"
    ),
    "unknown id": (lambda out: correct.rename(out, "ent:Rusk", "x", ME), QueryError, "Rask"),
    "itself": (lambda out: correct.merge(out, ["Rask", "ent:Rask"], ME), UsageError, "one thing"),
    "mixed": (
        lambda out: correct.merge(out, ["ent:Rask", "ev:Attack_Zahedan"], ME),
        UsageError,
        "entity and",
    ),
    "all mentions": (
        lambda out: correct.split(out, "Jaish al-Adl", ["b", "d"], ME), UsageError, "all mentions"
    ),
    "no mention": (
        lambda out: correct.split(out, "Jaish al-Adl", ["Taliban"], ME), QueryError, "Jaish ul-Adl"
    ),
    "type": (lambda out: correct.retype(out, "ent:Rask", "Citty", ME), UsageError, "City"),
    "empty": (lambda out: correct.rename(out, "ent:Rask", " ", ME), UsageError, "empty"),
    "claim": (lambda out: correct.reject(out, "claim:0123", ME), QueryError, "kg show"),
    "number": (lambda out: correct.undo(out, 7, ME), QueryError, "none was made"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_there_is_told_and_nothing_changes(built: Path, case: str) -> None:
    act, error, words = BAD[case]
    before = files(built)
    with pytest.raises(error, match=words):
        act(built)
    assert files(built) == before
    assert not (built / "corrections.jsonl").exists()


def test_the_id_that_a_merge_did_away_with_leads_on(out: Path) -> None:
    ACTIONS["merge"](out)
    with pytest.raises(QueryError, match="became Asim_Munir by correction 1"):
        correct.rename(out, "ent:Hossein_Amirabdollahian", "x", ME)


def test_undoing_twice_is_refused_and_undoing_the_undo_restores(out: Path) -> None:
    ACTIONS["rename"](out)
    renamed = files(out)
    correct.undo(out, 1, ME)
    with pytest.raises(UsageError, match="undone already"):
        correct.undo(out, 1, ME)
    correct.undo(out, 2, ME)
    assert files(out) == renamed


def test_a_broken_line_stops_every_change_and_is_named(out: Path, tmp_path: Path) -> None:
    ACTIONS["rename"](out)
    log = out / "corrections.jsonl"
    log.write_text(log.read_text() + "not a correction\n")
    held = log.read_bytes(), files(out)
    for act in (
        lambda: ACTIONS["retype"](out),
        lambda: remove(out, ["a"]),
        lambda: build(write(tmp_path, "a"), out, extractor_name="spacy", fresh=True),
        lambda: correct.corrections(out),
    ):
        with pytest.raises(KGError, match="line 2"):
            act()
    assert (log.read_bytes(), files(out)) == held


def test_the_commands(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main(["correct", str(out), *arguments])
        printed = capsys.readouterr()
        return int(str(stopped.value.code or 0)), printed.out, printed.err

    by = ("--by", "R. Kahn", "--because", "I was there")
    assert run("list") == (0, "", "")
    assert run("rename", "Rask", "One", *by) == (0, "correction 1: rename Rask to One\n", "")
    code, told, note = run("rename", "One", "Two", *by)
    assert (code, told) == (0, "correction 2: rename One to Two\n")
    assert "correction 1 (rename Rask to One) is overruled by correction 2" in note
    assert run("split", "Jaish al-Adl", "span:d_0_12", *by)[0] == 0
    assert run("merge", "Jaish al-Adl", "Jaish ul-Adl", *by)[0] == 0
    assert run("retype", "Two", "Region", *by)[0] == 0
    claim = claim_of(out, "rdf:predicate kg:deaths")
    assert run("reject", claim, *by)[0] == 0
    assert run("undo", "2", *by)[0] == 0
    listed = run("list")[1]
    assert "1  rename Rask to One  [in force]" in listed
    assert "2  rename One to Two  [undone]" in listed
    assert "3  split Jaish al-Adl: 'Jaish ul-Adl' in d  [overruled by 4]" in listed
    assert "by R. Kahn: I was there" in listed
    assert run("merge", "Rask")[0] == 2
    assert run("undo", "99", *by)[0] == 1
    code, _, complaint = run("merge", "Asim Muner", "Rask", *by)
    assert code == 1
    assert "Asim Munir" in complaint
