import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate.wikievents import EventsGold, read, score
from tests.evaluate.told import Article

SENTENCES = ["A bomb killed two guards in Kabul .", "Police arrested Amir Khan ."]


def record() -> dict[str, Any]:
    """An article as published: sentences run together in the text, offsets count over it."""
    sentences, tokens, shift = [], [], 0
    for sentence in SENTENCES:
        words, at = [], 0
        for word in sentence.split():
            start = sentence.index(word, at)
            at = start + len(word)
            words.append([word, shift + start, shift + at])
            tokens.append(word)
        sentences.append([words, sentence])
        shift += len(sentence)
    mentions = {"bomb": 1, "guards": 4, "Kabul": 6, "Police": 8, "Khan": 11}
    return {
        "doc_id": "d",
        "tokens": tokens,
        "text": "".join(SENTENCES),
        "sentences": sentences,
        "entity_mentions": [
            {"id": word, "start": at, "end": at + 1} for word, at in mentions.items()
        ],
        "event_mentions": [
            {
                "event_type": "Conflict.Attack.DetonateExplode",
                "trigger": {"start": 1, "end": 2},
                "arguments": [
                    {"entity_id": "guards", "role": "Target"},
                    {"entity_id": "Kabul", "role": "Place"},
                ],
            },
            {
                "event_type": "Life.Die.Unspecified",
                "trigger": {"start": 2, "end": 3},
                "arguments": [{"entity_id": "guards", "role": "Victim"}],
            },
            {
                "event_type": "Justice.ArrestJailDetain.Unspecified",
                "trigger": {"start": 9, "end": 10},
                "arguments": [
                    {"entity_id": "Khan", "role": "Detainee"},
                    {"entity_id": "Police", "role": "Jailer"},
                ],
            },
            {  # takes no part: our inventory has no such event
                "event_type": "Cognitive.TeachingTrainingLearning.Unspecified",
                "trigger": {"start": 8, "end": 9},
                "arguments": [],
            },
        ],
    }


@pytest.fixture
def gold(tmp_path: Path) -> list[EventsGold]:
    (tmp_path / "test.jsonl").write_text(json.dumps(record()))
    return read(tmp_path)[1]


def found(gold: list[EventsGold]) -> Article:
    article = Article(gold[0].document)
    article.entity("City", "Kabul", id="kabul")
    article.entity("Person", "Amir Khan", id="khan")
    article.event(
        "Bombing",
        "bomb",
        "killed",
        entities={"place": ["kabul"]},
        phrases={"victim": ["two guards"]},
    )
    article.event(
        "Arrest", "arrested", entities={"person": ["khan"]}, phrases={"agent": ["Police"]}
    )
    return article


def test_text_has_a_line_for_each_sentence(gold: list[EventsGold]) -> None:
    text = gold[0].document.text
    assert text == "\n".join(SENTENCES)
    assert [(event.type, event.trigger.of(text)) for event in gold[0].events] == [
        ("Conflict.Attack", "bomb"),
        ("Life.Die", "killed"),
        ("Justice.ArrestJailDetain", "arrested"),
        ("Cognitive.TeachingTrainingLearning", "Police"),
    ]


def test_what_our_inventory_says_of_it_is_right(gold: list[EventsGold]) -> None:
    scores = score(gold, [found(gold).extraction()])
    assert {name: result.f1 for name, result in scores.items()} == pytest.approx(
        dict.fromkeys(scores, 1.0)
    )


def test_a_wrong_type_is_identified_and_not_classified(gold: list[EventsGold]) -> None:
    article = Article(gold[0].document)
    article.event("Meeting", "arrested", phrases={"agent": ["Police"]})
    scores = score(gold, [article.extraction()])
    assert scores["triggers"].precision == 1
    assert scores["triggers with type"].precision == 0
    assert scores["arguments"].precision == 0


def test_longer_triggers_overlap(gold: list[EventsGold]) -> None:
    article = Article(gold[0].document)
    article.event("Attack", "A bomb")
    scores = score(gold, [article.extraction()])
    assert scores["triggers"].recall == 0
    assert scores["triggers with type, overlapping"].recall == pytest.approx(1 / 3)


def test_an_argument_needs_a_fitting_role(gold: list[EventsGold]) -> None:
    article = Article(gold[0].document)
    article.event("Arrest", "arrested", phrases={"agent": ["Khan"], "person": ["Khan"]})
    scores = score(gold, [article.extraction()])
    assert scores["arguments"].precision == pytest.approx(1 / 2)
    assert scores["arguments"].recall == pytest.approx(1 / 5)


def test_the_short_form_is_read(tmp_path: Path) -> None:
    short = {
        "doc_id": "s",
        "tokens": ["Police", "arrested", "Khan", "."],
        "events": [
            {
                "event_type": "Justice.ArrestJailDetain",
                "trigger": [1, 2],
                "arguments": [
                    {"role": "Detainee", "span": [2, 3]},
                    {"role": "Place", "span": None},
                ],
            }
        ],
    }
    (tmp_path / "train.jsonl").write_text(json.dumps(short))
    (event,) = read(tmp_path)[1][0].events
    text = "Police arrested Khan."
    assert event.trigger.of(text) == "arrested"
    assert [(a.role, a.span.of(text)) for a in event.arguments] == [("Detainee", "Khan")]


def test_broken_gold_is_named(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    for change, message in (
        ({"entity_mentions": []}, "line 2: it lacks 'guards'"),
        ({"tokens": ["A"]}, "line 2: its sentences have other tokens"),
    ):
        file.write_text("\n" + json.dumps(record() | change))
        with pytest.raises(InputError, match=message):
            read(tmp_path)
