from pathlib import Path

import pytest

from benchmarks import results


def test_a_table_is_readable() -> None:
    assert results.table(
        ("step", "seconds", "count"), [("load", 0.12345, 1000), ("ask", 250.4, 3)]
    ) == [
        "| step | seconds | count |",
        "| --- | ---: | ---: |",
        "| load | 0.123 | 1,000 |",
        "| ask | 250 | 3 |",
    ]


def test_a_part_replaces_its_own_section_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "RESULTS.md"
    monkeypatch.setattr(results, "RESULTS", file)
    results.write("words", "of words", ["alpha"], full=False)
    results.write("scale", "of size", ["beta"], full=True)
    results.write("words", "of words", ["gamma"], full=False)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Speed\n")
    assert "alpha" not in text
    assert text.index("gamma") < text.index("beta")
    assert "`python -m benchmarks --full scale`" in text
    assert text.count("## ") == 2
    assert "\n\n\n" not in text
