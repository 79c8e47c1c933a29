from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.timelines import TimelineGold, read, score
from kg.model import EventTime, Extraction, Span
from tests.evaluate.told import Article

ARTICLES = {
    "11": ["Ana Cruz leads Acme", "June 8 , 2010", "Cruz founded Acme in 1990 .", "She sold it ."],
    "12": ["Acme news", "June 9 , 2010", "Ana Cruz resigned on June 8 .", "Cruz spoke ."],
}
TIMELINE = """Ana Cruz
0\tXXXX-XX-XX\t12-3-spoke
1\t1990\t11-2-founded
2\tXXXX-XX-XX\t11-3-sold
3\t2010-06-08\t12-2-resigned\t99-1-left
"""


def xml(name: str, sentences: Sequence[str]) -> str:
    tokens = "".join(
        f'<token sentence="{number}">{word}</token>'
        for number, sentence in enumerate(sentences)
        for word in sentence.split()
    )
    return f'<?xml version="1.0" ?><Document doc_id="{name}">{tokens}</Document>'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "Corpus").mkdir()
    for name, sentences in ARTICLES.items():
        (tmp_path / "Corpus" / f"{name}-x.xml").write_text(xml(name, sentences))
    (tmp_path / "TimeLines").mkdir()
    (tmp_path / "TimeLines" / "ana_cruz.txt").write_text(TIMELINE)
    (tmp_path / "TimeLines" / "readme.txt").write_text("Words\nabout the data\n")
    return tmp_path


@pytest.fixture
def gold(data: Path) -> list[TimelineGold]:
    return read(data)[1]


def time(article: Article, words: str, first: date, last: date) -> EventTime:
    return EventTime(article.span(words), first, last)


def found(
    gold: list[TimelineGold], *, sold: str = "", resigned: str = "June 8"
) -> list[Extraction]:
    """The gold's events; `sold` dates the sale, `resigned` is the day of the resignation."""
    first, second = (Article(article.document) for article in gold)
    ana = first.entity("Person", "Ana Cruz", "Cruz")
    year = time(first, "1990", date(1990, 1, 1), date(1990, 12, 31))
    first.event("Launch", "founded", time=year, entities={"agent": [ana]})
    if sold:
        day = date.fromisoformat(sold)
        first.event(
            "Transaction", "sold", time=time(first, "1990", day, day), entities={"agent": [ana]}
        )
    ana = second.entity("Person", "Ana Cruz", "Cruz")
    june = date(2010, 6, 8 if resigned == "June 8" else 9)
    second.event(
        "Departure", "resigned", time=time(second, "June 8", june, june), entities={"person": [ana]}
    )
    return [first.extraction(), second.extraction()]


def test_articles_and_timelines_are_read(gold: list[TimelineGold]) -> None:
    first = gold[0]
    assert first.document.published == date(2010, 6, 8)
    assert first.document.title == "Ana Cruz leads Acme"
    placed = [
        (p.order, p.when, p.span.of(article.document.text))
        for article in gold
        for p in article.placed
    ]
    assert placed == [(1, "1990", "founded"), (2, "", "sold"), (3, "2010-06-08", "resigned")]


def test_a_timeline_without_one_undated_event(gold: list[TimelineGold]) -> None:
    scores = score(gold, found(gold), True)
    # Said: founded before resigned, which follows from the gold. Asked: founded before sold,
    # sold before resigned: neither follows. Dates: 2 of 2.
    assert (scores["order"].precision, scores["order"].recall) == (1, 0)
    assert scores["dates"].f1 == 1
    assert (scores["timelines"].precision, scores["timelines"].recall) == (1, 2 / 4)
    assert scores["timeline Ana Cruz"] == scores["timelines"]


def test_events_in_the_wrong_order(gold: list[TimelineGold]) -> None:
    scores = score(gold, found(gold, sold="1989-05-01"))
    # Said: sold, founded, resigned, and a date for each. The gold has it after founded.
    assert scores["order"].precision == pytest.approx(1 / 2)
    assert scores["order"].recall == pytest.approx(1 / 2)  # sold before resigned
    assert scores["dates"].precision == pytest.approx(2 / 3)


def test_the_right_order(gold: list[TimelineGold]) -> None:
    scores = score(gold, found(gold, sold="1999-05-01"))
    assert scores["order"].f1 == 1


def test_a_wrong_date_keeps_the_order(gold: list[TimelineGold]) -> None:
    scores = score(gold, found(gold, resigned="June 9"))
    assert scores["order"].precision == 1
    assert scores["dates"].f1 == pytest.approx(1 / 2)


def test_nothing_about_the_entity(gold: list[TimelineGold]) -> None:
    empty = [Article(article.document).extraction() for article in gold]
    assert score(gold, empty)["timelines"].f1 == 0


def test_a_phrase_that_holds_the_name_counts(data: Path) -> None:
    (data / "TimeLines" / "acme.txt").write_text("Acme\n1\t1990\t11-2-founded\n")
    gold = read(data)[1]
    first, second = (Article(article.document) for article in gold)
    year = EventTime(Span("11", 0, 3), date(1990, 1, 1), date(1990, 12, 31))
    first.event("Launch", "founded", time=year, phrases={"product": ["Acme"]})
    scores = score(gold, [first.extraction(), second.extraction()], True)
    assert scores["timeline Acme"].f1 == 1


def test_broken_or_missing_data_is_named(data: Path) -> None:
    with pytest.raises(InputError, match="no test set at"):
        read(data / "nowhere")
    with pytest.raises(InputError, match=r"holds no timelines"):
        read(data / "Corpus")
    file = data / "TimeLines" / "ana_cruz.txt"
    file.write_text(TIMELINE + "4\t2011\tleft\n")
    with pytest.raises(InputError, match=r"ana_cruz\.txt, line 6: 'left' is not"):
        read(data)
