import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.tokens import token_text


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (
            "SENNAN , Osaka Prefecture - - Yuma Yamamoto , 31 , won .",
            "SENNAN, Osaka Prefecture - - Yuma Yamamoto, 31, won.",
        ),
        (
            "His 80 - year - old rival ( 1989-2019 ) is here .",
            "His 80-year-old rival (1989-2019) is here.",
        ),
        (
            "the nation ’ s first “ free ” vote : $ 3 million",
            "the nation’s first “free” vote: $3 million",
        ),
        ('keep on " the struggle . " Mr Kato', 'keep on "the struggle." Mr Kato'),
        ("Uganda 's court did n't say", "Uganda's court didn't say"),
    ],
)
def test_text_reads_as_an_article_has_it(tokens: str, text: str) -> None:
    assert token_text([tokens.split()]).text == text


@given(st.lists(st.lists(st.text(min_size=1, max_size=6), max_size=8), max_size=4))
def test_every_token_stands_at_its_place(runs: list[list[str]]) -> None:
    built = token_text(runs)
    tokens = [token for run in runs for token in run]
    assert [built.text[start:end] for start, end in built.places] == tokens
