import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.re3d import ReportGold, read, score_entities, score_relations
from tests.evaluate.told import Article

TEXT = "The SDF and the coalition fight Daesh in Raqqa, Syria. General Votel commands them."


def lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def entity(words: str, kind: str, confidence: float = 1) -> dict[str, object]:
    begin, end = place(words)
    return {
        "documentId": "d",
        "begin": begin,
        "end": end,
        "type": kind,
        "value": words,
        "confidence": confidence,
    }


def relation(source: str, kind: str, target: str) -> dict[str, object]:
    begins, ends = zip(place(source), place(target), strict=True)
    return {
        "documentId": "d",
        "sourceBegin": begins[0],
        "sourceEnd": ends[0],
        "targetBegin": begins[1],
        "targetEnd": ends[1],
        "type": kind,
        "confidence": 1,
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "CENTCOM"
    folder.mkdir()
    (folder / "documents.json").write_text(lines({"_id": "d", "text": TEXT}))
    (folder / "entities.json").write_text(
        lines(
            entity("The SDF", "Organisation"),
            entity("Daesh", "Organisation"),
            entity("Raqqa", "Location"),
            entity("Syria", "Location"),
            entity("General Votel", "Person"),
            entity("them", "Organisation"),  # pronouns take no part
            entity("fight", "Weapon"),  # nor does this type
            entity("coalition", "Person", 0.1),  # nor what is more likely wrong
        )
    )
    (folder / "relations.json").write_text(
        lines(
            relation("The SDF", "FightingAgainst", "Daesh"),
            relation("Raqqa", "CoLocated", "Syria"),
            relation("General Votel", "InChargeOf", "The SDF"),
            relation("The SDF", "IsSynonymOf", "the coalition"),  # takes no part
        )
    )
    return tmp_path


@pytest.fixture
def gold(data: Path) -> list[ReportGold]:
    return read(data)[1]


def found(gold: list[ReportGold]) -> Article:
    article = Article(gold[0].document)
    article.entity("ArmedGroup", "SDF", id="sdf")
    article.entity("ArmedGroup", "Daesh", id="daesh")
    article.entity("City", "Raqqa", id="raqqa")
    article.entity("Country", "Syria", id="syria")
    article.entity("Person", "Votel", id="votel")
    return article


def test_the_gold_is_what_counts(gold: list[ReportGold]) -> None:
    assert [named.span.of(TEXT) for named in gold[0].entities] == [
        "The SDF",
        "Daesh",
        "Raqqa",
        "Syria",
        "General Votel",
        "them",
    ]
    assert [related.type for related in gold[0].relations] == [
        "FightingAgainst",
        "CoLocated",
        "InChargeOf",
    ]


def test_articles_are_cut_off_and_titles_are_not(gold: list[ReportGold]) -> None:
    scores = score_entities(gold, [found(gold).extraction()])
    assert scores["entities"].f1 == pytest.approx(4 / 5)  # "Votel" is not "General Votel"
    assert scores["entities, overlapping"].f1 == 1
    assert scores["Organisation"].f1 == 1
    assert scores["Person"].recall == 0


def test_a_country_may_act(gold: list[ReportGold]) -> None:
    article = Article(gold[0].document)
    article.entity("Country", "Daesh")
    article.entity("Person", "Raqqa")  # but a person is no place
    scores = score_entities(gold, [article.extraction()])
    assert scores["entities"].precision == pytest.approx(1 / 2)


def test_relations_told_as_predicates_and_as_events(gold: list[ReportGold]) -> None:
    article = found(gold)
    article.relation("syria", "locatedIn", "raqqa")  # CoLocated has no direction
    article.event("Clash", "fight", entities={"participant": ["daesh", "sdf"]})
    scores = score_relations(gold, [article.extraction()])
    assert scores["relations"].precision == 1
    assert scores["relations"].recall == pytest.approx(2 / 3)


def test_a_relation_of_command_has_a_direction(gold: list[ReportGold]) -> None:
    def recall(subject: str, target: str) -> float:
        article = found(gold)
        article.entity("Person", "General Votel", id="general")
        article.relation(subject, "leaderOf", target)
        return score_relations(gold, [article.extraction()])["InChargeOf"].recall

    assert recall("general", "sdf") == 1
    assert recall("sdf", "general") == 0


def test_one_folder_may_be_given(data: Path) -> None:
    assert len(read(data / "CENTCOM")[1]) == 1
    assert len(read(data, "CENTCOM")[1]) == 1


def test_broken_gold_is_named(data: Path) -> None:
    file = data / "CENTCOM" / "entities.json"
    file.write_text(
        file.read_text() + '{"documentId": "x", "begin": 0, "end": 1, "type": "Person"}'
    )
    with pytest.raises(InputError, match=r"entities\.json, line 9: there is no document 'x'"):
        read(data)
    file.write_text('{"documentId": "d"}')
    with pytest.raises(InputError, match="line 1: it lacks begin, end, type"):
        read(data)
    file.unlink()
    with pytest.raises(InputError, match=r"entities\.json is missing.*dstl/re3d"):
        read(data)
