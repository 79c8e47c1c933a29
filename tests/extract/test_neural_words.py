"""Words, sentences and windows keep every offset, whatever the text holds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.neural.encoder import CORE, LONGEST, windows_of
from kg.extract.neural.words import SHAPES, shapes_of, words_of
from kg.extract.sentences import LONGEST as LONGEST_SENTENCE
from kg.extract.sentences import sentences_of

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from(list("Ab. \n\"'“”U.S,!?…\u200b\u0301🙂"))),
    max_size=400,
)


@given(TEXTS)
def test_sentences_are_in_order_and_hold_every_word(text: str) -> None:
    sentences = sentences_of(text)
    assert all(start < end for start, end in sentences)
    assert all(a[1] <= b[0] for a, b in pairwise(sentences))
    inside = [word for start, end in sentences for word in words_of(text, start, end)]
    assert [(w.start, w.end) for w in inside] == sorted((w.start, w.end) for w in inside)
    covered = sum(len(text[start:end].split()) > 0 for start, end in sentences)
    assert covered == len(sentences)
    left = "".join(
        text[a:b]
        for a, b in zip(
            [0, *(e for _, e in sentences)], [*(s for s, _ in sentences), len(text)], strict=True
        )
    )
    assert not left.strip()


@given(TEXTS)
def test_every_visible_character_is_in_a_word(text: str) -> None:
    words = words_of(text)
    covered = {index for word in words for index in range(word.start, word.end)}
    assert all(text[index].isspace() for index in set(range(len(text))) - covered)


@given(TEXTS)
def test_shapes_are_within_the_table(text: str) -> None:
    words = words_of(text)
    assert all(0 < shape < SHAPES for shape in shapes_of(text, words))


@settings(max_examples=200)
@given(st.lists(st.integers(1, 16), max_size=900), st.sets(st.integers(0, 900)))
def test_window_cores_tile_the_text(sizes: list[int], starts: set[int]) -> None:
    windows = windows_of(sizes, starts)
    cores = [(window.core_first, window.core_last) for window in windows]
    assert [start for start, _ in cores] == [0, *(end for _, end in cores)][: len(cores)]
    assert not sizes or cores[-1][1] == len(sizes)
    for window in windows:
        assert window.first <= window.core_first < window.core_last <= window.last
        assert sum(sizes[window.first : window.last]) <= LONGEST
    assert CORE < LONGEST


def test_abbreviations_do_not_end_sentences() -> None:
    text = "Mr. Smith met Gen. A. B. Votel in the U.S. Senate. He left at 3 p.m. on Jan. 5."
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "Mr. Smith met Gen. A. B. Votel in the U.S. Senate.",
        "He left at 3 p.m. on Jan. 5.",
    ]


def test_quotes_stay_with_their_sentence() -> None:
    text = "“We will go.” She left. (It rained.) Then it stopped."
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "“We will go.”",
        "She left.",
        "(It rained.)",
        "Then it stopped.",
    ]


def test_a_text_without_full_stops_is_cut_at_white_space() -> None:
    text = "word " * 20_000
    sentences = sentences_of(text)
    assert max(end - start for start, end in sentences) <= LONGEST_SENTENCE
    assert all(text[start:end].split()[0] == "word" for start, end in sentences)
