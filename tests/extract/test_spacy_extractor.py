"""What the spaCy extractor finds in news, and that its offsets are right for any text."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExtractorError
from kg.extract import extractor
from kg.extract.record import from_record, to_record
from kg.extract.spacy_extractor import SpacyExtractor
from kg.model import Document, Extraction, Factuality, MentionKind
from tests.extract.conftest import Read


def names(extraction: Extraction, kind: str) -> list[str]:
    return sorted(entity.name for entity in extraction.entities if entity.type == kind)


def ties(extraction: Extraction) -> set[tuple[str, str, str]]:
    name = {entity.id: entity.name for entity in extraction.entities}
    return {(name[r.subject], r.predicate, name[r.object]) for r in extraction.relations}


def told(extraction: Extraction, kind: str) -> list[dict[str, set[str]]]:
    """The events of a type, each as role -> names of entities or words of phrases."""
    name = {entity.id: entity.name for entity in extraction.entities}
    text = extraction.document.text
    found = []
    for event in extraction.events:
        if event.type == kind:
            roles: dict[str, set[str]] = {}
            for argument in event.arguments:
                filler = name[argument.entity] if argument.entity else argument.span.of(text)
                roles.setdefault(argument.role, set()).add(filler)
            found.append(roles)
    return found


def check_offsets(extraction: Extraction) -> None:
    """Every span lies in the text, sentences cover the words in order, ids are known."""
    text = extraction.document.text
    last = 0
    for sentence in extraction.sentences:
        assert not text[last : sentence.start].strip()
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
    assert not text[last:].strip()
    known = {entity.id for entity in extraction.entities}
    for relation in extraction.relations:
        assert {relation.subject, relation.object} <= known
        assert set(relation.evidence) <= set(extraction.sentences)
    # Reading a record back checks every offset against its words.
    record = to_record(extraction)
    assert to_record(from_record({**record, "published": None})) == {**record, "published": None}


# --- names -------------------------------------------------------------------------------------


def test_spellings_of_one_person_are_one_entity(read: Read) -> None:
    found = read(
        "Foreign Minister Hossein Amir-Abdollahian arrived in Islamabad on Monday. "
        "Amir Abdollahian met officials there. Amirabdollahian later returned to Tehran."
    )
    assert names(found, "Person") == ["Hossein Amir-Abdollahian"]


def test_a_headline_in_title_case_makes_no_names(read: Read) -> None:
    found = read(
        "Ambassador Verifies Killing Of Nine Workers Amid Regional Stability Concerns\n\n"
        "The ambassador spoke to reporters in Lahore on Sunday."
    )
    assert names(found, "Person") == []
    assert names(found, "Organization") == []


def test_a_headline_in_capitals_keeps_the_names_of_the_article(read: Read) -> None:
    found = read(
        "PAKISTAN AND IRAN AGREE TO RESTORE TIES AFTER STRIKES\n\n"
        "Pakistan and Iran said on Monday that they would restore ties."
    )
    assert names(found, "Country") == ["Iran", "Pakistan"]
    pakistan = next(entity for entity in found.entities if entity.name == "Pakistan")
    assert pakistan.mentions[0].span.of(found.document.text) == "PAKISTAN"


def test_an_armed_group_is_no_person(read: Read) -> None:
    found = read("The attack was claimed by Jaish ul-Adl, a militant group based in the region.")
    assert names(found, "ArmedGroup") == ["Jaish ul-Adl"]
    assert names(found, "Person") == []


def test_an_adjective_is_a_mention_of_its_country(read: Read) -> None:
    found = read("The Iranian police closed the road to the border with Pakistan on Friday.")
    iran = next(entity for entity in found.entities if entity.name == "Iranian police")
    assert iran.type == "MilitaryUnit"
    found = read("An Iranian diplomat left Pakistan.")
    iran = next(entity for entity in found.entities if entity.name == "Iran")
    assert iran.mentions[0].kind is MentionKind.DEMONYM


def test_an_acronym_joins_its_full_name(read: Read) -> None:
    found = read(
        "The Inter-Services Public Relations (ISPR) issued a statement. The ISPR gave no details."
    )
    ispr = next(e for e in found.entities if e.name == "Inter-Services Public Relations")
    assert {m.span.of(found.document.text) for m in ispr.mentions} >= {"ISPR"}


# --- posts and ties ------------------------------------------------------------------------------


def test_posts_belong_to_countries_and_persons(read: Read) -> None:
    found = read(
        "Pakistan’s Foreign Minister Jalil Abbas Jilani called his Iranian counterpart, "
        "Hossein Amir-Abdollahian, on Tuesday."
    )
    assert ties(found) >= {
        ("Jalil Abbas Jilani", "holdsPosition", "Foreign Minister of Pakistan"),
        ("Foreign Minister of Pakistan", "positionOf", "Pakistan"),
        ("Hossein Amir-Abdollahian", "holdsPosition", "Foreign Minister of Iran"),
        ("Foreign Minister of Iran", "positionOf", "Iran"),
    }


def test_the_holder_may_follow_or_precede_the_post(read: Read) -> None:
    found = read(
        "General Asim Munir, the Chief of Army Staff, met Reza Amiri Moqaddam. "
        "Iran’s Ambassador to Islamabad Reza Amiri Moqaddam thanked him."
    )
    assert ties(found) >= {
        ("Asim Munir", "holdsPosition", "Chief of Army Staff"),
        ("Reza Amiri Moqaddam", "holdsPosition", "Ambassador of Iran to Islamabad"),
    }


def test_a_former_post_is_told_apart(read: Read) -> None:
    found = read("Former Iranian President Mohammad Khatami visited Washington in 2006.")
    assert ("Mohammad Khatami", "formerlyHeldPosition", "President of Iran") in ties(found)
    assert not any(predicate == "holdsPosition" for _, predicate, _ in ties(found))


def test_a_province_lies_in_its_country(read: Read) -> None:
    found = read("The blast shook Iran's Sistan-Baluchestan province and the town of Rask, Iran.")
    assert ("Sistan-Baluchestan", "locatedIn", "Iran") in ties(found)
    assert names(found, "Region") == ["Sistan-Baluchestan"]


# --- events --------------------------------------------------------------------------------------


def test_an_attack_with_agent_place_number_and_time(read: Read) -> None:
    found = read(
        "Jaish ul-Adl is a terror outfit. The group claimed responsibility for an attack in "
        "December 2023 on a police station in the city of Rask that martyred at least 11 officers."
    )
    (attack,) = told(found, "Attack")
    assert attack["agent"] == {"Jaish ul-Adl"}
    assert attack["place"] == {"Rask"}
    event = next(event for event in found.events if event.type == "Attack")
    assert [(q.kind, q.value, q.bound.value) for q in event.quantities] == [
        ("deaths", 11, "AtLeast")
    ]
    assert event.time is not None
    assert str(event.time.earliest) == "2023-12-01"


def test_strikes_of_two_countries_are_two_events(read: Read) -> None:
    found = read(
        "Iran launched missile attacks on bases of Jaish ul-Adl on January 16. "
        "Pakistan carried out strikes in Iran on January 17."
    )
    agents = [event["agent"] for event in told(found, "MilitaryStrike")]
    assert agents == [{"Iran"}, {"Pakistan"}]


def test_an_invitation_leaves_the_visit_planned(read: Read) -> None:
    found = read("Pakistan has invited Iranian President Ebrahim Raisi to visit Islamabad.")
    visit = next(event for event in found.events if event.type == "Visit")
    assert visit.factuality is Factuality.PLANNED
    assert told(found, "Visit")[0]["agent"] == {"Ebrahim Raisi"}
    assert told(found, "Invitation")[0]["recipient"] == {"Ebrahim Raisi"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Iran attacked Pakistan on Tuesday.", Factuality.FACTUAL),
        ("Iran will visit Pakistan on Tuesday.", Factuality.PLANNED),
        ("Iran did not attack Pakistan on Tuesday.", Factuality.DENIED),
        ("Iran may attack Pakistan.", Factuality.POSSIBLE),
        ("Officials said Iran plans to attack Pakistan.", Factuality.PLANNED),
        ("Iran denied that it attacked Pakistan.", Factuality.DENIED),
        ("Did Iran attack Pakistan?", Factuality.POSSIBLE),
    ],
)
def test_factuality_from_the_words_around(read: Read, sentence: str, expected: Factuality) -> None:
    kinds = ("Attack", "Visit", "MilitaryStrike")
    event = next(event for event in read(sentence).events if event.type in kinds)
    assert event.factuality is expected


def test_who_says_so(read: Read) -> None:
    found = read("Reuters reported that Iran attacked Pakistan on Tuesday.")
    event = next(event for event in found.events if event.type == "MilitaryStrike")
    speaker = next(e for e in found.entities if e.id == event.attributed_to)
    assert speaker.name == "Reuters"
    found = read("According to the police, Iran attacked Pakistan on Tuesday.")
    event = next(event for event in found.events if event.type == "MilitaryStrike")
    assert event.attributed_to is not None
    assert not isinstance(event.attributed_to, str)
    assert event.attributed_to.of(found.document.text) == "the police"


def test_said_is_no_event(read: Read) -> None:
    assert read("Jalil Abbas Jilani said that the weather in Pakistan was fine.").events == ()


def test_one_event_told_twice_is_one(read: Read) -> None:
    found = read(
        "Asim Munir met Ebrahim Raisi in Tehran on Monday. "
        "During the meeting, Munir spoke of peace."
    )
    (meeting,) = (event for event in found.events if event.type == "Meeting")
    text = found.document.text
    assert [trigger.of(text) for trigger in meeting.triggers] == ["met", "meeting"]


# --- any text ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Iran", "Pakistan’s", "Foreign Minister", "Jalil Abbas Jilani", "attacked", "the", "U.S.",
        "visited", "in", "Tehran", ".", "!", "\n", "\n\n", "\t", "“", "”", "(ISPR)", "İstanbul",
        "11", "killed", "ß", "😀", "👩‍👩‍👧", "\u200b", "\u202e", "\x00", "\x85", "\u2028",
        "中国", "。", "-", "al-", "'s",
        "PAKISTAN", "AND", "IRAN", "SIGN", "DEAL", "of", "to", "his", "counterpart", ",",
        "according", "said", "he", "President", "Dr.", "on Monday", "*", "•", "<b>", "&amp;",
    ]
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)))
def test_offsets_are_right_for_any_text(spacy_extractor: SpacyExtractor, text: str) -> None:
    check_offsets(spacy_extractor.extract(Document(id="a", text=text)))


@pytest.mark.parametrize("text", ["", "   \n\t ", ".", "😀", "\x00\x01", "- \n- \n- "])
def test_text_with_nothing_in_it(read: Read, text: str) -> None:
    found = read(text)
    check_offsets(found)
    assert found.entities == ()
    assert found.events == ()


def test_a_long_text_without_a_full_stop(read: Read) -> None:
    check_offsets(read("Iran and Pakistan talked about trade and " * 1500))
    check_offsets(read("x" * 60_000))


def test_same_text_same_result_on_another_hash_seed() -> None:
    program = (
        "import json; from kg.extract.record import to_record; "
        "from kg.extract.spacy_extractor import SpacyExtractor; from kg.model import Document; "
        "text = open('seeds/000_efa3d99a89299863.txt').read(); "
        "print(json.dumps(to_record(SpacyExtractor().extract(Document(id='a', text=text)))))"
    )
    results = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(results) == 1


def test_a_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(ExtractorError, match="python -m spacy download nl_no_such_pipeline"):
        extractor("spacy:nl_no_such_pipeline")


def test_the_name_tells_pipeline_and_version(spacy_extractor: SpacyExtractor) -> None:
    assert spacy_extractor.name.startswith("spacy:en_core_web_sm-3.")
