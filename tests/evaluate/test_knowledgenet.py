import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.knowledgenet import PassageGold, read, score
from kg.model import EventTime, Span
from tests.evaluate.told import Article

TEXT = "Ann Lee, CEO of Acme, was born in Oslo. She died in 2001."
FACTS = [
    ("CEO", "Acme", "Ann Lee"),
    ("PLACE_OF_BIRTH", "Ann Lee", "Oslo"),
    ("PLACE_OF_BIRTH", "She", "Oslo"),
    ("DATE_OF_DEATH", "She", "2001"),
    ("SPOUSE", "Ann Lee", "Oslo"),  # not annotated for this passage
]
PROPERTIES = ["CEO", "PLACE_OF_BIRTH", "DATE_OF_DEATH", "EMPLOYEE_OR_MEMBER_OF", "DATE_OF_BIRTH"]


def passage(**changes: object) -> str:
    def place(words: str) -> list[int]:
        return [TEXT.index(words), TEXT.index(words) + len(words)]

    facts = [{"property": p, "subject": place(s), "object": place(o)} for p, s, o in FACTS]
    record = {"doc": "1", "fold": 4, "text": TEXT, "properties": PROPERTIES, "facts": facts}
    return json.dumps(record | changes)


@pytest.fixture
def gold(tmp_path: Path) -> list[PassageGold]:
    (tmp_path / "test.jsonl").write_text(passage())
    return read(tmp_path)[1]


def test_only_annotated_properties_count(gold: list[PassageGold]) -> None:
    assert [fact.property for fact in gold[0].facts] == [
        "CEO",
        "PLACE_OF_BIRTH",
        "PLACE_OF_BIRTH",
        "DATE_OF_DEATH",
    ]
    assert "DATE_OF_BIRTH" not in gold[0].properties


def test_predicates_posts_and_dates_say_the_same(gold: list[PassageGold]) -> None:
    article = Article(gold[0].document)
    ann = article.entity("Person", "Ann Lee", "She")
    post, acme = article.entity("Position", "CEO"), article.entity("Company", "Acme")
    oslo = article.entity("City", "Oslo")
    article.relation(ann, "holdsPosition", post)
    article.relation(post, "positionOf", acme)
    article.relation(ann, "bornIn", oslo)
    article.relation(ann, "spouse", oslo)  # nobody asked
    start = TEXT.index("2001")
    year = EventTime(Span("1_0", start, start + 4), date(2001, 1, 1), date(2001, 12, 31))
    article.event("Death", "died", time=year, entities={"person": [ann]})
    scores = score(gold, [article.extraction()])
    assert scores["facts"].recall == 1
    # Also said: she is a member of Acme, which the gold does not say.
    assert scores["facts"].precision == pytest.approx(3 / 4)
    assert scores["CEO"].f1 == 1
    assert scores["EMPLOYEE_OR_MEMBER_OF"].precision == 0


def test_subject_and_object_must_stand_there(gold: list[PassageGold]) -> None:
    article = Article(gold[0].document)
    article.relation(article.entity("Person", "Acme"), "bornIn", article.entity("City", "Oslo"))
    assert score(gold, [article.extraction()])["facts"].precision == 0


def test_a_fold_is_a_split(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(passage() + "\n" + passage(doc="2", fold=3))
    assert [p.document.id for p in read(tmp_path, "3")[1]] == ["2_0"]
    assert len(read(tmp_path, "train")[1]) == 2


def test_broken_gold_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    fact = {"property": "CEO", "subject": [0, 999], "object": [0, 1]}
    for line, message in (
        (passage(facts=[fact]), "line 2: span 0-999 lies outside"),
        ('{"doc": "2"}', "line 2: it lacks 'text'"),
    ):
        file.write_text(passage() + "\n" + line)
        with pytest.raises(InputError, match=message):
            read(tmp_path)
