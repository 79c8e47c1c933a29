"""Names compared: spellings of one name meet, different names do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.name import fold, skeleton, slug, spelt_alike, tokens


def joined(name: str) -> str:
    return " ".join(tokens(name))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Raisi", "Raeisi"),
        ("Sistan-Balochistan", "Sistan-Baluchestan"),
        ("Mohammed", "Muhammad"),
        ("Hussein", "Hossain"),
        ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
        ("Jaish ul-Adl", "Jaish al-Adl"),
        ("Zelensky", "Zelenskyy"),
        ("Houthi", "Huthi"),
        ("Hezbollah", "Hizballah"),
        ("Kyiv", "Kiev"),
        ("São Paulo", "Sao Paulo"),
    ],
)
def test_two_spellings_of_one_name(left: str, right: str) -> None:
    assert spelt_alike(joined(left), joined(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Iran", "Iraq"),
        ("Iran", "Oran"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Mali", "Malaya"),
        ("Moreno", "Marin"),
        ("Asim Munir", "Qamar Bajwa"),
        ("Karim Khan", "Imran Khan"),
    ],
)
def test_two_names(left: str, right: str) -> None:
    assert not spelt_alike(joined(left), joined(right))


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_does_not_depend_on_the_order(left: str, right: str) -> None:
    left, right = fold(left), fold(right)
    assert spelt_alike(left, right) == spelt_alike(right, left)


@given(st.text(max_size=60))
def test_any_text_folds_and_makes_a_local_name(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert skeleton(fold(text)) == skeleton(fold(text))
    assert slug(text)
    assert "/" not in slug(text)
    assert " " not in slug(text)
