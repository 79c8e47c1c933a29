"""The floors under the scores: what the default extractor last scored on a fixed sample.

`baseline.json` holds, for each suite, the ids of the articles in its sample, the hash of those
articles with their gold, and the accepted scores. `test_floors.py` measures again.

    python -m tests.eval.floors                     measure, and raise the floors that rose
    python -m tests.eval.floors --lower "why"       accept lower scores, too; the reason is
                                                    written into the changelog
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluate import Report, articles, evaluate
from kg.extract import Extractor, extractor
from kg.model import Document, Extraction

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
BASELINE = Path(__file__).with_name("baseline.json")
CHANGELOG = ROOT / "CHANGELOG.md"

TOLERANCE = 0.01
"""How far below its floor a score may fall. Extraction is deterministic on one machine; another
version of onnxruntime, spaCy or numpy may round a sum differently and move a few decisions. One
point is a guess at that, not a measurement: on these samples it is one to ten decisions."""


@dataclass(frozen=True)
class Sample:
    """Which articles of a test set are measured, and which scores are held."""

    suite: str
    folder: str
    size: int
    measures: tuple[str, ...]
    prefix: str = ""


SAMPLES = (
    Sample("names", "worldwide-ner", 8, ("names",)),
    Sample("entities-re3d", "re3d", 12, ("entities", "entities, overlapping")),
    Sample("relations-re3d", "re3d", 12, ("relations",)),
    Sample("events", "wikievents", 6, ("triggers with type", "arguments")),
    Sample("facts-knowledgenet", "knowledgenet", 100, ("facts",)),
    Sample(
        "identity",
        "ecbplus",
        16,
        (
            "entities, gold mentions, CoNLL",
            "entities, predicted mentions, CoNLL",
            "events, gold mentions, CoNLL",
            "events, predicted mentions, CoNLL",
        ),
        prefix="12_",  # articles of one topic, so that they tell of the same things
    ),
    Sample("timelines", "timeline", 12, ("timelines", "dates")),
    Sample(
        "newsgraph",
        "newsgraph",
        24,
        (
            "names",
            "coreference, CoNLL",
            "relations",
            "events with type",
            "arguments",
            "dates, exact",
            "factuality, macro",
            "attribution",
        ),
    ),
)
"""Sized so that all suites together take a minute on two cores."""


class Remembering:
    """An extractor that reads no text twice: two suites may share a test set."""

    def __init__(self, inner: Extractor) -> None:
        self.inner = inner
        self.known: dict[Document, Extraction] = {}

    @property
    def name(self) -> str:
        return self.inner.name

    def extract(self, document: Document) -> Extraction:
        if document not in self.known:
            self.known[document] = self.inner.extract(document)
        return self.known[document]


def chosen(sample: Sample) -> list[str]:
    """The ids in the sample: those with the smallest hashes, so that any machine draws alike."""
    ids = [
        name
        for name in articles(sample.suite, data=DATA / sample.folder)
        if name.startswith(sample.prefix)
    ]
    drawn = sorted(ids, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return sorted(drawn[: sample.size])


def measure(sample: Sample, ids: list[str], reader: Extractor) -> Report:
    """Score the sample."""
    return evaluate(
        sample.suite, data=DATA / sample.folder, extractor=reader, only=ids, baseline=False
    )


def load() -> dict[str, Any]:
    """The accepted floors; empty before the first time."""
    if not BASELINE.exists():
        return {"tolerance": TOLERANCE, "suites": {}}
    return dict(json.loads(BASELINE.read_text(encoding="utf-8")))


def main() -> None:
    """Measure every sample and write the floors."""
    parser = argparse.ArgumentParser(description="Measure, and raise the floors that rose.")
    parser.add_argument("--lower", metavar="WHY", help="accept lower scores, for this reason")
    reason = parser.parse_args().lower
    floors, reader = load(), Remembering(extractor())
    lowered = []
    for sample in SAMPLES:
        ids = chosen(sample)
        report = measure(sample, ids, reader)
        old = floors["suites"].get(sample.suite, {"scores": {}, "gold": report.gold})
        scores = {}
        for name in sample.measures:
            new, floor = round(report[name].f1, 4), old["scores"].get(name, 0.0)
            scores[name] = new if reason or old["gold"] != report.gold else max(new, floor)
            if new < floor:
                lowered.append(f"{sample.suite}: {name} {floor:.4f} -> {new:.4f}")
            print(f"{sample.suite:20} {name:40} {floor:.4f} -> {scores[name]:.4f} (now {new:.4f})")
        floors["suites"][sample.suite] = {
            "extractor": reader.name,
            "gold": report.gold,
            "articles": ids,
            "scores": scores,
        }
    if reason and lowered:
        floors["lowered"] = [*floors.get("lowered", []), reason]
        note_in_changelog(reason, lowered)
    BASELINE.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def note_in_changelog(reason: str, lowered: list[str]) -> None:
    """A line under the newest heading: which floors fell, and why."""
    text = CHANGELOG.read_text(encoding="utf-8")
    heading = text.index("\n## ")
    end = text.index("\n", heading + 1)
    line = f"\n- Floors lowered ({reason}): {'; '.join(lowered)}."
    CHANGELOG.write_text(text[:end] + line + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
