"""The trained extractor on odd texts, and what it says when its weights are not right."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExtractorError
from kg.extract.neural.extractor import NeuralExtractor
from kg.extract.neural.weights import FOLDER
from kg.extract.record import to_record
from kg.inventory import ENTITY_TYPES, EVENT_TYPES, PREDICATES, ROLES
from kg.model import Document, Extraction, Span

EXTRACTOR = NeuralExtractor()
NEWS = (
    "Iran attacks kill two in Pakistan\n\nPakistan recalled its ambassador from Iran on Wednesday "
    "after Iranian missiles killed two children in Balochistan, Foreign Minister Jalil Abbas "
    "Jilani said. Jilani told his counterpart that the strike was a breach of sovereignty. "
)


def spans(extraction: Extraction) -> list[Span]:
    """Every span of an extraction."""
    found = list(extraction.sentences)
    for entity in extraction.entities:
        found += [mention.span for mention in entity.mentions]
    for relation in extraction.relations:
        found += relation.evidence
    for event in extraction.events:
        found += event.triggers
        found += [argument.span for argument in event.arguments]
        found += [quantity.span for quantity in event.quantities if quantity.span]
        found += [event.time.span] if event.time and event.time.span else []
        found += [event.attributed_to] if isinstance(event.attributed_to, Span) else []
    return found


def check(extraction: Extraction) -> None:
    """Offsets lie in the text, ids refer to something, words are of the inventory."""
    text = extraction.document.text
    assert all(0 <= span.start < span.end <= len(text) for span in spans(extraction))
    assert all(span.of(text).strip() == span.of(text) for span in spans(extraction))
    ids = {entity.id for entity in extraction.entities}
    for entity in extraction.entities:
        assert entity.type in ENTITY_TYPES
        assert entity.mentions
        assert entity.name in text
        assert 0 <= entity.confidence <= 1
    for relation in extraction.relations:
        assert {relation.subject, relation.object} <= ids
        assert relation.predicate in PREDICATES
        assert relation.evidence
    for event in extraction.events:
        assert event.type in EVENT_TYPES
        assert event.triggers
        assert all(argument.role in ROLES for argument in event.arguments)
        assert all(a.entity is None or a.entity in ids for a in event.arguments)
        assert not isinstance(event.attributed_to, str) or event.attributed_to in ids
    to_record(extraction)


PIECES = st.one_of(
    st.characters(),
    st.sampled_from(list('\x00\x07\u200b\u202e\ufeff🙂ﬁİß\n ."“”')),
    st.sampled_from(
        ["👨‍👩‍👧", "Iran ", "killed ", "Mr. Khan ", "the minister ", "he ", "عمر ", "北京 "]
    ),
)
ODD = st.lists(PIECES, max_size=80).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD)
def test_any_text_keeps_its_offsets(text: str) -> None:
    check(EXTRACTOR.extract(Document("odd", text)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD, ODD)
def test_news_inside_odd_text_keeps_its_offsets(before: str, after: str) -> None:
    check(EXTRACTOR.extract(Document("odd", before + NEWS + after, published=date(2024, 1, 18))))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00", "🙂", ".", "\u200b" * 50])
def test_texts_that_say_nothing(text: str) -> None:
    extraction = EXTRACTOR.extract(Document("empty", text))
    check(extraction)
    assert not extraction.events


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_capitals_and_small_letters(change: type[str]) -> None:
    extraction = EXTRACTOR.extract(Document("case", change(NEWS)))
    check(extraction)
    assert extraction.entities
    assert extraction.events


@pytest.mark.parametrize("unit", ["a", "Khan ", "x y "])
def test_a_long_text_without_a_full_stop(unit: str) -> None:
    check(EXTRACTOR.extract(Document("long", unit * (60_000 // len(unit)))))


def test_the_same_text_gives_the_same_bytes() -> None:
    document = Document("same", NEWS * 20, published=date(2024, 1, 18))
    first, second = (json.dumps(to_record(NeuralExtractor().extract(document))) for _ in range(2))
    assert first == second


def test_nothing_is_lost_at_the_seams_of_windows() -> None:
    extraction = EXTRACTOR.extract(Document("seams", NEWS * 30))
    found = {m.span.of(NEWS * 30) for e in extraction.entities for m in e.mentions}
    assert {"Pakistan", "Iran"} <= found
    count = (NEWS * 30).count("Balochistan")
    named = [
        m for e in extraction.entities for m in e.mentions if m.span.of(NEWS * 30) == "Balochistan"
    ]
    assert len(named) == count


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="pip install --force-reinstall newsgraph"):
        NeuralExtractor(tmp_path).extract(Document("x", "Iran"))


@pytest.mark.parametrize("part", ["encoder.onnx", "heads.npz", "tokenizer.json", "settings.json"])
def test_damaged_weights_say_what_to_do(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    (folder / part).write_bytes(b"not a model")
    with pytest.raises(ExtractorError, match="pip install --force-reinstall newsgraph"):
        NeuralExtractor(folder).extract(Document("x", "Iran"))
