"""Numbers of events: their value, bound, unit and place, and to which event they belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.number import value_of
from kg.extract.quantity import QuantityTarget, attach_quantities, find_quantities
from kg.model import Span


def found_in(sentence: str) -> list[str]:
    """The quantities of a sentence as "kind value bound unit: words"."""
    spans = [Span("d", 0, len(sentence))]
    return [
        f"{c.quantity.kind} {c.quantity.value:g} {c.quantity.bound.value}"
        f"{' ' + c.quantity.unit if c.quantity.unit else ''}: "
        f"{c.quantity.span.of(sentence) if c.quantity.span else ''}"
        for c in find_quantities(sentence, document="d", sentences=spans)
    ]


CASES = {
    "The attack killed 11.": ["deaths 11 Exact: 11"],
    "The attack killed eleven police officers.": ["deaths 11 Exact: eleven police officers"],
    "11 people were killed.": ["deaths 11 Exact: 11 people"],
    "At least 30 people died.": ["deaths 30 AtLeast: At least 30 people"],
    "More than 50 civilians were killed.": ["deaths 50 AtLeast: More than 50 civilians"],
    "Nearly 300 people died.": ["deaths 300 About: Nearly 300 people"],
    "Some 20 soldiers were wounded.": ["injured 20 About: Some 20 soldiers"],
    "Up to 40 people were injured.": ["injured 40 AtMost: Up to 40 people"],
    "As many as 2,200 people were killed.": ["deaths 2200 AtMost: As many as 2,200 people"],
    "Dozens of people were killed.": ["deaths 24 AtLeast: Dozens of people"],
    "Scores were injured.": ["injured 40 AtLeast: Scores"],
    "Hundreds were arrested.": ["detained 200 AtLeast: Hundreds"],
    "Tens of thousands of people marched.": [
        "participants 20000 AtLeast: Tens of thousands of people"
    ],
    "Two dozen militants were killed.": ["deaths 24 Exact: Two dozen militants"],
    "The death toll rose to 12.": ["deaths 12 Exact: 12"],
    "The blast claimed the lives of at least 30 people.": ["deaths 30 AtLeast: at least 30 people"],
    "11 police officers lost their lives.": ["deaths 11 Exact: 11 police officers"],
    "The blast left five dead and 20 wounded.": [
        "deaths 5 Exact: five",
        "injured 20 Exact: 20",
    ],
    "The blast killed two, injuring three others.": [
        "deaths 2 Exact: two",
        "injured 3 Exact: three others",
    ],
    "It martyred at least 11 Iranian police officers.": [
        "deaths 11 AtLeast: at least 11 Iranian police officers"
    ],
    "It cost 11 Iranian security personnel their lives.": [
        "deaths 11 Exact: 11 Iranian security personnel"
    ],
    "Another attack martyred one officer.": ["deaths 1 Exact: one officer"],
    "A policeman was killed.": ["deaths 1 Exact: A policeman"],
    "A soldier was wounded.": ["injured 1 Exact: A soldier"],
    "1 killed, 4 hurt": ["deaths 1 Exact: 1", "injured 4 Exact: 4"],
    "Clashes killed 105 people and wounded 291.": [
        "deaths 105 Exact: 105 people",
        "injured 291 Exact: 291",
    ],
    "It killed 44 people, including 10 firefighters, and injured some 200 others.": [
        "deaths 44 Exact: 44 people",
        "injured 200 About: some 200 others",
    ],
    "Police arrested nine people.": ["detained 9 Exact: nine people"],
    "More than 1,000 people attended the rally.": [
        "participants 1000 AtLeast: More than 1,000 people"
    ],
    "Plans for attacks involving over 50 individuals.": [
        "participants 50 AtLeast: over 50 individuals"
    ],
    "It paid $3m.": ["amount 3e+06 Exact USD: $3m"],
    "It paid $1.5 billion.": ["amount 1.5e+09 Exact USD: $1.5 billion"],
    "It paid US$ 24 billion.": ["amount 2.4e+10 Exact USD: US$ 24 billion"],
    "It paid NT $50,000.": ["amount 50000 Exact TWD: NT $50,000"],
    "It paid nearly £20 million.": ["amount 2e+07 About GBP: nearly £20 million"],
    "It paid ₹ 21 crore.": ["amount 2.1e+08 Exact INR: ₹ 21 crore"],
    "It paid Rs 500 crore.": ["amount 5e+09 Exact: Rs 500 crore"],
    "It paid 56 billion yuan.": ["amount 5.6e+10 Exact CNY: 56 billion yuan"],
    "It paid two billion birr.": ["amount 2e+09 Exact ETB: two billion birr"],
    "It paid EUR 10,000.": ["amount 10000 Exact EUR: EUR 10,000"],
    "It paid more than $100.": ["amount 100 AtLeast USD: more than $100"],
    "It paid 1,000 Pakistani rupees.": ["amount 1000 Exact PKR: 1,000 Pakistani rupees"],
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.items(), ids=CASES.keys())
def test_quantity(sentence: str, expected: list[str]) -> None:
    assert found_in(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The G7 and the G20 met.",
        "The P5+1 and an R4 met.",
        "Since 9/11 the shop is open 24/7.",
        "The group was formed in 2012.",
        "The 45-year-old won 52% of the vote.",
        "They won 3-2.",
        "Call 0800 1234 5678.",
        "Resolution 1929 was adopted.",
        "He left the meeting in 2012.",
        "He was killed in 2012.",
        "The 16-year-old was killed.",
        "He was killed on January 16.",
        "An earthquake of 7.0 was felt.",
    ],
)
def test_no_quantity(sentence: str) -> None:
    assert found_in(sentence) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("eleven", 11),
        ("twenty-one", 21),
        ("one hundred and twenty", 120),
        ("two dozen", 24),
        ("a dozen", 12),
        ("a couple of", 2),
        ("half a million", 5e5),
        ("1.5 million", 1.5e6),
        ("2,500", 2500),
        ("three thousand five hundred", 3500),
        ("two hundred thousand", 2e5),
        ("several", None),
        ("", None),
    ],
)
def test_number(words: str, value: float | None) -> None:
    assert value_of(words) == value


def target(text: str, kind: str, *words: str) -> QuantityTarget:
    return QuantityTarget(
        kind, tuple(Span("d", text.index(word), text.index(word) + len(word)) for word in words)
    )


def test_a_number_goes_to_the_event_whose_word_counts_it() -> None:
    text = "Police arrested nine men after the bombing killed 20 people and the shooting killed 3."
    events = [
        target(text, "Arrest", "arrested"),
        target(text, "Bombing", "bombing"),
        target(text, "Shooting", "shooting"),
    ]
    found = find_quantities(text, document="d", sentences=[Span("d", 0, len(text))])
    attached = attach_quantities(found, events, text=text)
    assert [[(q.kind, q.value) for q in quantities] for quantities in attached] == [
        [("detained", 9)],
        [("deaths", 20)],
        [("deaths", 3)],
    ]


def test_a_number_is_not_given_to_an_event_of_another_sentence_or_nature() -> None:
    text = "The blast killed 20. They met."
    sentences = [Span("d", 0, 20), Span("d", 21, 30)]
    found = find_quantities(text, document="d", sentences=sentences)
    assert attach_quantities(found, [target(text, "Meeting", "met")], text=text) == ((),)


@given(st.text(), st.sampled_from(list(CASES)), st.text())
def test_spans_lie_in_their_sentence(before: str, sentence: str, after: str) -> None:
    text = f"{before} {sentence} {after}"
    whole = Span("d", 0, len(text))
    for counted in find_quantities(text, document="d", sentences=[whole]):
        assert counted.quantity.span is not None
        assert whole.contains(counted.quantity.span)
        assert whole.contains(counted.cue)
        assert counted.quantity.value >= 0


@given(st.integers(0, 10**9))
def test_every_count_is_read_with_and_without_commas(count: int) -> None:
    assert value_of(str(count)) == value_of(f"{count:,}") == count
