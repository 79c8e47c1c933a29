"""Times: what phrases say, where the calendar puts them, and what stays unknown."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.time import UNKNOWN, Narrative, document_time, find_times, resolve
from kg.model import Document, EventTime, Span

PUBLISHED = date(2024, 1, 24)  # a Wednesday


def times_of(text: str, published: date | None = PUBLISHED) -> list[EventTime]:
    """The times of a text of one sentence a line."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span("d", start, start + len(line.rstrip())))
        start += len(line)
    document = Document(id="d", text=text, published=published)
    return list(Narrative.of(document, [span for span in spans if span.end > span.start]).times)


# Sentence, earliest, latest: "-" is open, "?" for both is not known. Published 2024-01-24.
TABLE = """
He died on 16 January 2023. | 2023-01-16 | 2023-01-16
He died on January 16, 2023. | 2023-01-16 | 2023-01-16
He died on Jan. 16, 2023. | 2023-01-16 | 2023-01-16
He died on 16th January 2023. | 2023-01-16 | 2023-01-16
He died on the 16th of January, 2023. | 2023-01-16 | 2023-01-16
He died on January 16th 2023. | 2023-01-16 | 2023-01-16
He died on 2023-01-16. | 2023-01-16 | 2023-01-16
He died on 2023/01/16. | 2023-01-16 | 2023-01-16
He died on 16/01/2023. | 2023-01-16 | 2023-01-16
He died on 01/16/2023. | 2023-01-16 | 2023-01-16
He died on 16.01.2023. | 2023-01-16 | 2023-01-16
He died on 16-1-2023. | 2023-01-16 | 2023-01-16
He died on Monday, 16 January 2023. | 2023-01-16 | 2023-01-16
He died on Monday January 16, 2023. | 2023-01-16 | 2023-01-16
He died on Jan. 16 (Monday), 2023. | 2023-01-16 | 2023-01-16
He died on the morning of January 16, 2023. | 2023-01-16 | 2023-01-16
He died in the early hours of 27 January 2015. | 2015-01-27 | 2015-01-27
He died at 5.22am on 27 January 2015. | 2015-01-27 | 2015-01-27
He died on 27 January 2015 at 17:40 GMT. | 2015-01-27 | 2015-01-27
He died in January 2023. | 2023-01-01 | 2023-01-31
He died in January, 2023. | 2023-01-01 | 2023-01-31
He died in January of 2023. | 2023-01-01 | 2023-01-31
He died in Feb 2024. | 2024-02-01 | 2024-02-29
He died in Sept. 2019. | 2019-09-01 | 2019-09-30
He died in 2012. | 2012-01-01 | 2012-12-31
He died in 1875. | 1875-01-01 | 1875-12-31
The 2008 bombing shook the city. | 2008-01-01 | 2008-12-31
He died around 2009. | 2008-01-01 | 2010-12-31
He died on January 16. | 2024-01-16 | 2024-01-16
He died on 17 January. | 2024-01-17 | 2024-01-17
He died on December 20. | 2023-12-20 | 2023-12-20
He died in November. | 2023-11-01 | 2023-11-30
He died in January. | 2024-01-01 | 2024-01-24
He will travel on February 8. | 2024-02-08 | 2024-02-08
He will travel in June. | 2024-06-01 | 2024-06-30
He died on Thursday, January 18. | 2024-01-18 | 2024-01-18
He died on Friday 29 December. | 2023-12-29 | 2023-12-29
He died on Monday. | 2024-01-22 | 2024-01-22
He died on Wednesday. | 2024-01-24 | 2024-01-24
He died on Thursday. | 2024-01-18 | 2024-01-18
He died late Sunday night. | 2024-01-21 | 2024-01-21
He died on Friday evening. | 2024-01-19 | 2024-01-19
He will travel on Friday. | 2024-01-26 | 2024-01-26
The talks are scheduled for Monday. | 2024-01-29 | 2024-01-29
He died last Friday. | 2024-01-19 | 2024-01-19
He died last Wednesday. | 2024-01-17 | 2024-01-17
He will travel next Monday. | 2024-01-29 | 2024-01-29
He died this Monday. | 2024-01-22 | 2024-01-22
He died on Tuesday last week. | 2024-01-16 | 2024-01-16
He died on Monday and Tuesday. | 2024-01-22 | 2024-01-23
He died today. | 2024-01-24 | 2024-01-24
He died earlier today. | 2024-01-24 | 2024-01-24
He died yesterday. | 2024-01-23 | 2024-01-23
He died yesterday morning. | 2024-01-23 | 2024-01-23
He died the day before yesterday. | 2024-01-22 | 2024-01-22
He will travel tomorrow. | 2024-01-25 | 2024-01-25
He will travel the day after tomorrow. | 2024-01-26 | 2024-01-26
He will speak tonight. | 2024-01-24 | 2024-01-24
He died this morning. | 2024-01-24 | 2024-01-24
He died last night. | 2024-01-23 | 2024-01-23
He died last week. | 2024-01-15 | 2024-01-21
He died this week. | 2024-01-22 | 2024-01-24
He died earlier this week. | 2024-01-22 | 2024-01-24
He will travel later this week. | 2024-01-24 | 2024-01-28
He will travel next week. | 2024-01-29 | 2024-02-04
He died over the weekend. | 2024-01-20 | 2024-01-21
He died last weekend. | 2024-01-20 | 2024-01-21
He will travel next weekend. | 2024-02-03 | 2024-02-04
He died last month. | 2023-12-01 | 2023-12-31
He died earlier this month. | 2024-01-01 | 2024-01-24
He will travel next month. | 2024-02-01 | 2024-02-29
He died late last month. | 2023-12-20 | 2023-12-31
He died last year. | 2023-01-01 | 2023-12-31
He died early last year. | 2023-01-01 | 2023-04-30
He died late last year. | 2023-09-01 | 2023-12-31
He died this year. | 2024-01-01 | 2024-01-24
He will travel later this year. | 2024-01-24 | 2024-12-31
He will travel next year. | 2025-01-01 | 2025-12-31
He died in March last year. | 2023-03-01 | 2023-03-31
He died on 5 March last year. | 2023-03-05 | 2023-03-05
He died last August. | 2023-08-01 | 2023-08-31
He will travel next March. | 2024-03-01 | 2024-03-31
He died in the last decade. | 2014-01-24 | 2024-01-24
He died last quarter. | 2023-10-01 | 2023-12-31
He died two days ago. | 2024-01-22 | 2024-01-22
He died a week ago. | 2024-01-17 | 2024-01-17
He died three weeks ago. | 2024-01-03 | 2024-01-03
He died two months ago. | 2023-11-01 | 2023-11-30
He died five years ago. | 2019-01-01 | 2019-12-31
He died a decade ago. | 2014-01-01 | 2014-12-31
He died less than two weeks ago. | 2024-01-10 | 2024-01-24
He died days ago. | - | 2024-01-24
He died in recent years. | - | 2024-01-24
He died over the past few months. | - | 2024-01-24
He died in the last 10 days. | 2024-01-14 | 2024-01-24
He died during the past week. | 2024-01-17 | 2024-01-24
He died in the last 18 months. | 2022-07-24 | 2024-01-24
He will travel in the coming days. | 2024-01-24 | -
He will travel within two weeks. | 2024-01-24 | 2024-02-07
He will travel in the next three months. | 2024-01-24 | 2024-04-24
He died recently. | - | 2024-01-24
He will travel soon. | 2024-01-24 | -
He will travel in the near future. | 2024-01-24 | -
He ruled between March 2020 and September 2021. | 2020-03-01 | 2021-09-30
He ruled between 2014 and 2017. | 2014-01-01 | 2017-12-31
He ruled between Dec 3, 2020 and July 4, 2021. | 2020-12-03 | 2021-07-04
He ruled from 3 to 5 May 2021. | 2021-05-03 | 2021-05-05
He ruled from 3 May to 5 June 2021. | 2021-05-03 | 2021-06-05
He ruled from August until December 2017. | 2017-08-01 | 2017-12-31
He ruled from November to February 2018. | 2017-11-01 | 2018-02-28
He ruled from 12th to 17th July, 2022. | 2022-07-12 | 2022-07-17
He ruled on December 13-15, 2022. | 2022-12-13 | 2022-12-15
He ruled on 13-15 December 2022. | 2022-12-13 | 2022-12-15
He ruled 2003-2008. | 2003-01-01 | 2008-12-31
He ruled in 1976-83. | 1976-01-01 | 1983-12-31
He ruled in 1999-2000. | 1999-01-01 | 2000-12-31
He ruled from 1979 to 1987. | 1979-01-01 | 1987-12-31
He ruled since 2015. | 2015-01-01 | 2024-01-24
He ruled since April 2018. | 2018-04-01 | 2024-01-24
He ruled since Monday. | 2024-01-22 | 2024-01-24
He ruled until 2015. | - | 2015-12-31
He ruled until 4 May 2020. | - | 2020-05-04
He will have left by 2030. | 2024-01-24 | 2030-12-31
He will have left by the end of the year. | 2024-01-24 | 2024-12-31
He ruled before 1999. | - | 1999-12-31
He died in spring 2019. | 2019-03-01 | 2019-05-31
He died in the summer of 2021. | 2021-06-01 | 2021-08-31
He died in autumn 2020. | 2020-09-01 | 2020-11-30
He died in the winter of 2020. | 2020-12-01 | 2021-02-28
He died last summer. | 2023-06-01 | 2023-08-31
He died in the fourth quarter of 2022. | 2022-10-01 | 2022-12-31
He died in the first quarter of this year. | 2024-01-01 | 2024-03-31
He died in Q3 2021. | 2021-07-01 | 2021-09-30
He died in the first half of 2022. | 2022-01-01 | 2022-06-30
He died in the second half of last year. | 2023-07-01 | 2023-12-31
He died in the first six months of 2022. | 2022-01-01 | 2022-06-30
He died in the 1980s. | 1980-01-01 | 1989-12-31
He died in the late 1990s. | 1996-09-01 | 1999-12-31
He died in the nineties. | 1990-01-01 | 1999-12-31
He died in the '60s. | 1960-01-01 | 1969-12-31
He died in the 19th century. | 1801-01-01 | 1900-12-31
He died in mid-May 2021. | 2021-05-10 | 2021-05-20
He died in late 2012. | 2012-09-01 | 2012-12-31
He died in early January. | 2024-01-01 | 2024-01-10
He died in early November 2005. | 2005-11-01 | 2005-11-10
He died in mid-2006. | 2006-05-01 | 2006-08-31
He died at the end of March 2020. | 2020-03-20 | 2020-03-31
He died in fiscal year 2022-23. | 2022-04-01 | 2023-12-31
He died on Christmas Day 2019. | 2019-12-25 | 2019-12-25
He died on New Year's Eve. | 2023-12-31 | 2023-12-31
He will travel on Boxing Day 2025. | 2025-12-26 | 2025-12-26
He died today (January 24, 2024). | 2024-01-24 | 2024-01-24
He died in May '98. | 1998-05-01 | 1998-05-31
He died on 4/13/98. | 1998-04-13 | 1998-04-13
He died on 31 February 2020. | ? | ?
He died on 30/02/2021. | ? | ?
He was ill for three years. | ? | ?
He was ill for more than a week. | ? | ?
"""
CASES = [tuple(field.strip() for field in line.split("|")) for line in TABLE.strip().splitlines()]


def bound(field: str) -> date | None:
    return None if field in ("-", "?") else date.fromisoformat(field)


def test_table_is_long_enough() -> None:
    assert len(CASES) >= 150
    assert len({case[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("sentence", "earliest", "latest"), CASES, ids=[c[0] for c in CASES])
def test_expression(sentence: str, earliest: str, latest: str) -> None:
    (time,) = times_of(sentence)
    assert (time.earliest, time.latest) == (bound(earliest), bound(latest))
    assert bool(time.edtf) == (time.earliest is not None or time.latest is not None)


@pytest.mark.parametrize(
    "sentence",
    [
        "The G7 leaders met.",
        "The shop is open 24/7.",
        "Since 9/11 much has changed.",
        "They won 3-2 and lost 21-14.",
        "Call 0800 1234 5678 or 555-2021-33.",
        "Theresa May resigned and they march on.",
        "You may go; he sat down.",
        "It cost $2015 and 2012 people came.",
        "UN Resolution 1929 was adopted.",
        "The Boeing 2020 flew.",
    ],
)
def test_no_time(sentence: str) -> None:
    assert times_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("He died in 2012.", "2012"),
        ("He died in January 2023.", "2023-01"),
        ("He died on 5 May 2020.", "2020-05-05"),
        ("He died in the 1980s.", "198X"),
        ("He died in summer 2021.", "2021-22"),
        ("He ruled until 2015.", "../2015-12-31"),
        ("He ruled 2003-2008.", "2003/2008"),
        ("He ruled from 3 to 5 May 2021.", "2021-05-03/2021-05-05"),
    ],
)
def test_edtf(sentence: str, edtf: str) -> None:
    assert times_of(sentence)[0].edtf == edtf


@pytest.mark.parametrize(
    "phrase",
    ["on Monday", "yesterday", "last week", "in recent years", "this year", "two days ago"],
)
def test_relative_phrases_of_an_undated_article_stay_undated(phrase: str) -> None:
    (time,) = times_of(f"He died {phrase}.", published=None)
    assert (time.earliest, time.latest, time.edtf, time.anchor) == (None, None, "", None)
    assert time.span is not None


def test_steps_are_counted_from_the_event_told_before() -> None:
    first, later, next_day = times_of(
        "The bomb exploded on 5 May 2020.\nTwo days later he died.\nThe next day she fled."
    )
    assert first.earliest == date(2020, 5, 5)
    assert later.earliest == later.latest == date(2020, 5, 7)
    assert "2020-05-05" in later.basis
    assert next_day.earliest == date(2020, 5, 8)


def test_the_day_may_be_ambiguous_and_says_how_it_was_read() -> None:
    (time,) = times_of("He died on 03/04/2021.")
    assert time.earliest == date(2021, 4, 3)
    assert "day/month" in time.basis


def test_the_document_own_dates_decide_the_order_of_day_and_month() -> None:
    _, time = times_of("He fell ill on 12/31/2020.\nHe died on 03/04/2021.")
    assert time.earliest == date(2021, 3, 4)
    assert "month/day" in time.basis


def test_an_impossible_date_keeps_its_phrase_and_the_reason() -> None:
    (time,) = times_of("He died on 31 February 2020.")
    assert time.earliest is None
    assert time.span == Span("d", 8, 27)
    assert "no such day" in time.basis


def test_a_two_digit_year_is_marked() -> None:
    assert "two-digit year" in times_of("He died on 4/13/98.")[0].basis


def test_a_publication_date_in_the_future_is_used_like_any_other() -> None:
    (time,) = times_of("He died on Monday.", published=date(2199, 1, 2))
    assert time.earliest == date(2198, 12, 31)


def test_the_year_of_a_partial_date_comes_with_its_basis() -> None:
    (time,) = times_of("He died on January 16.")
    assert time.anchor == PUBLISHED
    assert time.basis == "year from publication date"


def test_a_partial_date_takes_the_year_from_a_clear_date_in_the_text() -> None:
    times = times_of(
        "An attack in December 2023 killed 11.\nOn January 10, another killed one.", published=None
    )
    assert times[1].earliest == times[1].latest == date(2024, 1, 10)
    assert "another date in the text" in times[1].basis


def test_a_bare_year_completes_no_date() -> None:
    times = times_of("The group was formed in 2012.\nOn January 10 it attacked.", published=None)
    assert times[1].earliest is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He was seen today (July 28, 2022).", date(2022, 7, 28)),
        ("Talks fail\nISLAMABAD, Jan 22, 2024 (Reuters) - Talks failed.", date(2024, 1, 22)),
        ("Talks fail\nPublished 14 November 2014\nTalks failed.", date(2014, 11, 14)),
        ("date 2023-12-20\nTalks failed.", date(2023, 12, 20)),
    ],
)
def test_the_text_may_tell_when_it_was_written(text: str, day: date) -> None:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span("d", start, start + len(line.rstrip())))
        start += len(line)
    written = document_time(text, find_times(text, document="d", sentences=spans))
    assert written.day == day
    assert written.basis != "publication date"


def test_without_evidence_the_document_time_is_unknown() -> None:
    text = "Talks failed on Monday."
    times = find_times(text, document="d", sentences=[Span("d", 0, len(text))])
    assert document_time(text, times) == UNKNOWN


def test_a_phrase_goes_to_the_event_it_stands_by() -> None:
    text = "Iran struck on 16 January 2024, and Pakistan replied on 17 January 2024."
    document = Document(id="d", text=text)
    narrative = Narrative.of(document, [Span("d", 0, len(text))])
    struck = Span("d", text.index("struck"), text.index("struck") + 6)
    replied = Span("d", text.index("replied"), text.index("replied") + 7)
    one, two = narrative.event_times([[struck], [replied]])
    assert one is not None
    assert two is not None
    assert (one.earliest, two.earliest) == (date(2024, 1, 16), date(2024, 1, 17))


SEED = Path(__file__).parents[2] / "seeds" / "004_f7d8c5a685e0fdc0.txt"


def test_the_dates_of_the_sample_article() -> None:
    found = {}
    text = SEED.read_text(encoding="utf-8")
    for time in times_of(text, published=None):
        assert time.span is not None
        found.setdefault(time.span.of(text), time)
    assert found["On January 16"].earliest == date(2024, 1, 16)
    assert found["on January 17"].earliest == date(2024, 1, 17)
    assert found["On January 10"].earliest == date(2024, 1, 10)
    assert found["On January 10"].basis
    assert found["in December 2023"].edtf == "2023-12"
    assert found["in 2012"].edtf == "2012"
    assert found["on Monday"].earliest is None


@given(st.text(), st.sampled_from([case[0] for case in CASES]), st.text())
def test_spans_lie_in_their_sentence_and_do_not_overlap(
    before: str, sentence: str, after: str
) -> None:
    text = f"{before} {sentence} {after}"
    whole = Span("d", 0, len(text))
    found = find_times(text, document="d", sentences=[whole])
    for expression in found:
        assert whole.contains(expression.span)
        assert expression.span.of(text).strip()
    for left, right in pairwise(found):
        assert left.span.end <= right.span.start


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_every_iso_date_is_read_as_itself(day: date) -> None:
    (time,) = times_of(f"He died on {day.isoformat()}.", published=None)
    assert time.earliest == time.latest == day


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_in_the_week_up_to_publication(published: date, index: int) -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    (time,) = times_of(f"He died on {names[index]}.", published=published)
    assert time.earliest is not None
    assert time.earliest.weekday() == index
    assert timedelta(0) <= published - time.earliest < timedelta(7)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([c[0] for c in CASES]))
def test_no_publication_date_breaks_resolution(published: date, sentence: str) -> None:
    for expression in find_times(sentence, document="d", sentences=[Span("d", 0, len(sentence))]):
        time = resolve(expression, document=published)
        assert not (time.earliest and time.latest) or time.earliest <= time.latest
