"""Plain text articles: what is article, what is title, date and furniture."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import InputError
from kg.read.plain import parse

SENTENCE = "A bomb killed 12 people in Kabul on Thursday, police said."


def test_first_line_is_the_title() -> None:
    document = parse(f"Bomb kills 12\n\n{SENTENCE}", "a1")
    assert document.title == "Bomb kills 12"
    assert document.text == f"Bomb kills 12\n\n{SENTENCE}"


def test_a_first_line_that_is_a_sentence_is_no_headline_but_cites_the_article() -> None:
    document = parse(f"{SENTENCE} The attack was the third in a month and no one claimed it.", "a1")
    assert document.title.startswith("A bomb killed 12 people")
    assert document.title.endswith(" …")


@pytest.mark.parametrize(
    "line",
    ["Published: 12 January 2024", "January 12, 2024", "Fri, 12 Jan 2024 10:15 GMT", "2024-01-12"],
)
def test_a_date_line_is_the_publication_date_and_leaves_the_text(line: str) -> None:
    document = parse(f"Bomb kills 12\n{line}\n{SENTENCE}", "a1")
    assert document.published == date(2024, 1, 12)
    assert document.text == f"Bomb kills 12\n{SENTENCE}"


def test_a_date_field_in_front_of_the_text() -> None:
    document = parse(f" date 2023-12-20 {SENTENCE}", "a1")
    assert document.published == date(2023, 12, 20)
    assert document.text == SENTENCE


def test_an_impossible_date_is_no_date() -> None:
    assert parse(f"Title here\n31 February 2024\n{SENTENCE}", "a1").published is None


def test_a_date_in_a_sentence_is_left_alone() -> None:
    document = parse(f"Bomb kills 12\n{SENTENCE} It was 12 January 2024.", "a1")
    assert document.published is None
    assert "12 January 2024" in document.text


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Comment",
        "Advertisement",
        "Read more: Ambassador Verifies Killing Of Nine",
        "Read also| Pakistan's strike was first",
        "Scroll to Top",
        "tags",
        "(With Agency Inputs)",
        "Your email address will not be published. Required fields are marked *",
        "Share this article",
        "© 2024 The Daily News",
        "ME",
    ],
)
def test_web_furniture_is_dropped(line: str) -> None:
    assert parse(f"Bomb kills 12\n{SENTENCE}\n{line}", "a1").text == f"Bomb kills 12\n{SENTENCE}"


@pytest.mark.parametrize(
    "line",
    [
        "Read the full statement, the minister told reporters.",
        "Search parties left at dawn.",
        "Share prices fell by 3 percent.",
        "Advertisement spending rose, the company said.",
        "Tags on the bodies showed their names.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    assert line in parse(f"Bomb kills 12\n{SENTENCE}\n{line}", "a1").text


def test_a_repeated_headline_stands_once_and_ends_the_page_header() -> None:
    header = "Type to search\n\nWorld Asia\n\nBomb kills 12 in Kabul\n\n"
    document = parse(f"{header}Bomb kills 12 in Kabul\n\n{SENTENCE}", "a1")
    assert document.title == "Bomb kills 12 in Kabul"
    assert document.text == f"Bomb kills 12 in Kabul\n\n{SENTENCE}"


def test_an_article_of_furniture_alone_is_refused() -> None:
    with pytest.raises(InputError, match="furniture"):
        parse("Advertisement\nLeave a Comment", "a1")


def test_the_same_text_gets_the_same_id() -> None:
    assert parse(SENTENCE, "").id == parse(SENTENCE, "").id
    assert parse(SENTENCE, "").id != parse(SENTENCE + " More.", "").id
