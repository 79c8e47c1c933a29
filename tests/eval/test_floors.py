"""Scores may not fall: measures the default extractor again on the samples of `baseline.json`."""

import json

import pytest

from kg.extract import extractor
from tests.eval.floors import (
    BASELINE,
    CHANGELOG,
    DATA,
    SAMPLES,
    TOLERANCE,
    Remembering,
    Sample,
    chosen,
    load,
    measure,
    note_in_changelog,
)

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public test sets are not at {DATA}")


@pytest.fixture(scope="module")
def reader() -> Remembering:
    return Remembering(extractor())


@needs_data
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.suite)
def test_no_score_falls(sample: Sample, reader: Remembering) -> None:
    floor = load()["suites"][sample.suite]
    report = measure(sample, floor["articles"], reader)
    assert report.gold == floor["gold"], "the sample or its gold changed; draw the floors anew"
    fallen = {
        name: (round(report[name].f1, 4), accepted)
        for name, accepted in floor["scores"].items()
        if report[name].f1 < accepted - TOLERANCE
    }
    assert not fallen, (
        f"{sample.suite} fell below its floor (now, accepted): {fallen}. If that is worth it: "
        'python -m tests.eval.floors --lower "why"'
    )


@needs_data
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.suite)
def test_the_sample_is_the_one_drawn_by_hash(sample: Sample) -> None:
    assert load()["suites"][sample.suite]["articles"] == chosen(sample)


def test_every_held_measure_has_a_floor() -> None:
    suites = load()["suites"]
    assert {s.suite: set(s.measures) for s in SAMPLES} == {
        name: set(floor["scores"]) for name, floor in suites.items()
    }
    assert load()["tolerance"] == TOLERANCE


def test_a_lowered_floor_is_told_in_the_changelog() -> None:
    text = CHANGELOG.read_text(encoding="utf-8")
    for reason in load().get("lowered", []):
        assert f"Floors lowered ({reason})" in text


def test_baseline_is_written_as_the_script_writes_it() -> None:
    text = BASELINE.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


def test_the_note_stands_under_the_newest_heading(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path_factory.mktemp("floors") / "CHANGELOG.md"
    file.write_text("# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1\n", encoding="utf-8")
    monkeypatch.setattr("tests.eval.floors.CHANGELOG", file)
    note_in_changelog("smaller model", ["names: names 0.8000 -> 0.7000"])
    assert file.read_text(encoding="utf-8").startswith(
        "# Changelog\n\n## Unreleased\n- Floors lowered (smaller model): names: names 0.8000"
    )
