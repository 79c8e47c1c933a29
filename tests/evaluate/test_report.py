import json

import pytest
from rich.console import Console

from kg.evaluate import Report
from kg.evaluate.report import rows
from kg.evaluate.score import Score, Tally


def report() -> Report:
    scores = {"names": Tally(3, 4, 3, 6).score(), "macro": Score(0.5, 0.5, 0.5)}
    baseline = {"names": Tally(1, 2, 1, 6).score(), "relations": Tally(0, 0, 0, 5).score()}
    return Report(
        suite="newsgraph",
        extractor="ours 1",
        baseline="theirs 1",
        files=("dev.jsonl",),
        articles=2,
        gold="abc",
        rows=rows({**scores, "relations": Tally(1, 1, 1, 5).score()}, baseline),
        notes=("a note",),
    )


def test_the_table_fits_a_terminal_and_shows_both() -> None:
    console = Console(width=80, record=True, file=None, force_terminal=False)
    with console.capture() as capture:
        console.print(report().table())
    shown = capture.get().splitlines()
    names = next(line.split() for line in shown if line.strip().startswith("names"))
    assert names == ["names", "75.0", "50.0", "60.0", "50.0", "16.7", "25.0"]
    relations = next(line.split() for line in shown if line.strip().startswith("relations"))
    assert relations == ["relations", "100.0", "20.0", "33.3"]  # the baseline says nothing of them
    assert any("theirs 1" in line for line in shown)


def test_the_record_is_plain_json() -> None:
    record = json.loads(json.dumps(report().to_record()))
    assert record["rows"][0] == {
        "measure": "names",
        "precision": 0.75,
        "recall": 0.5,
        "f1": 0.6,
        "gold_count": 6.0,
        "predicted_count": 4.0,
        "baseline": {
            "precision": 0.5,
            "recall": 0.1667,
            "f1": 0.25,
            "gold_count": 6.0,
            "predicted_count": 2.0,
        },
    }
    assert record["rows"][2]["baseline"] is None
    assert record["notes"] == ["a note"]


def test_a_measure_is_found_by_name() -> None:
    assert report()["names"].f1 == pytest.approx(0.6)
    with pytest.raises(KeyError, match="measured are: names, macro, relations"):
        report()["nmaes"]
