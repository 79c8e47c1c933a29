"""The newsgraph suite on one article, with predictions wrong in one known way each."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import evaluate
from kg.evaluate.newsgraph import read, score
from kg.extract.record import to_record
from kg.model import (
    Argument,
    Bound,
    Document,
    Entity,
    Event,
    EventTime,
    Extraction,
    Factuality,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
)

TEXT = (
    "Rania Haddad, Jordan's envoy, met Omar Said in Amman on Friday. Haddad said 11 police "
    "officers died when gunmen attacked a post. She and Said, both diplomats, left."
)


def span(words: str, occurrence: int = 0) -> Span:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span("a", start, start + len(words))


def name(words: str, occurrence: int = 0) -> Mention:
    return Mention(span(words, occurrence), MentionKind.NAME)


def nominal(words: str) -> Mention:
    return Mention(span(words), MentionKind.NOMINAL)


FRIDAY = date(2024, 1, 19)
GOLD = Extraction(
    document=Document("a", TEXT),
    extractor="gold",
    sentences=(span(TEXT),),
    entities=(
        Entity(
            "e1",
            "Person",
            "Rania Haddad",
            (
                name("Rania Haddad"),
                name("Haddad", 1),
                Mention(span("She"), MentionKind.PRONOUN),
                nominal("both diplomats"),
            ),
        ),
        Entity("e2", "Country", "Jordan", (name("Jordan"),)),
        Entity(
            "e3",
            "Person",
            "Omar Said",
            (name("Omar Said"), name("Said", 1), nominal("both diplomats")),
        ),
        Entity("e4", "City", "Amman", (name("Amman"),)),
        Entity("e5", "Organization", "League", ()),  # implied, without a mention
    ),
    relations=(
        Relation("e1", "representative", "e2", (span(TEXT),)),
        Relation("e1", "alliedWith", "e3", (span(TEXT),), factuality=Factuality.POSSIBLE),
        Relation("e2", "memberOf", "e5", (span(TEXT),)),
    ),
    events=(
        Event(
            "v1",
            "Meeting",
            (span("met"),),
            arguments=(
                Argument("participant", span("Rania Haddad"), "e1"),
                Argument("participant", span("Omar Said"), "e3"),
                Argument("place", span("Amman"), "e4"),
            ),
            time=EventTime(span("on Friday"), FRIDAY, FRIDAY),
        ),
        Event(
            "v2",
            "Attack",
            (span("died"), span("attacked")),
            arguments=(
                Argument("agent", span("gunmen")),
                Argument("victim", span("11 police officers")),
            ),
            quantities=(Quantity("deaths", 11, Bound.EXACT, span("11")),),
            attributed_to="e1",
        ),
    ),
)


def renamed(extraction: Extraction) -> Extraction:
    """The same extraction with other local ids, in another order: ids carry no meaning."""
    new = {entity.id: f"n{entity.id}" for entity in extraction.entities}
    return replace(
        extraction,
        entities=tuple(replace(e, id=new[e.id]) for e in reversed(extraction.entities)),
        relations=tuple(
            replace(r, subject=new[r.subject], object=new[r.object]) for r in extraction.relations
        ),
        events=tuple(
            replace(
                event,
                id=f"n{event.id}",
                arguments=tuple(
                    replace(a, entity=a.entity and new[a.entity]) for a in event.arguments
                ),
                attributed_to=(
                    new[event.attributed_to]
                    if isinstance(event.attributed_to, str)
                    else event.attributed_to
                ),
            )
            for event in reversed(extraction.events)
        ),
    )


def event(number: int, **changes: object) -> Extraction:
    events = list(GOLD.events)
    events[number] = replace(events[number], **changes)  # type: ignore[arg-type]
    return replace(GOLD, events=tuple(events))


def entity(number: int, **changes: object) -> Extraction:
    entities = list(GOLD.entities)
    entities[number] = replace(entities[number], **changes)  # type: ignore[arg-type]
    return replace(GOLD, entities=tuple(entities))


def f1(predicted: Extraction) -> dict[str, float]:
    return {name: result.f1 for name, result in score([GOLD], [predicted], True).items()}


@pytest.mark.parametrize("same", [lambda x: x, renamed])
def test_gold_as_prediction_scores_one(same: Callable[[Extraction], Extraction]) -> None:
    assert f1(same(GOLD)) == pytest.approx(dict.fromkeys(f1(GOLD), 1.0))


def test_nothing_found_scores_nothing() -> None:
    empty = Extraction(GOLD.document, "empty")
    assert set(f1(empty).values()) == {0.0}


def test_a_wrong_subtype_costs_the_fine_score_only() -> None:
    scores = f1(entity(4 - 1, type="Region"))  # Amman
    assert scores["names"] == pytest.approx(5 / 6)
    assert scores["names, coarse types"] == 1
    assert scores["name City"] == 0


def test_a_name_one_character_off_is_wrong() -> None:
    start, end = span("Jordan").start, span("Jordan's").end
    wrong = entity(1, mentions=(Mention(Span("a", start, end), MentionKind.NAME),))
    scores = f1(wrong)
    assert scores["names, span only"] == pytest.approx(5 / 6)
    assert scores["relations"] == 1  # but it is the same country


def test_a_split_entity_costs_coreference_and_not_its_relations() -> None:
    first, *rest = GOLD.entities
    split = replace(
        GOLD,
        entities=(
            replace(first, mentions=first.mentions[:1]),
            replace(first, id="e9", name="Haddad", mentions=first.mentions[1:3]),
            *rest,
        ),
        relations=(
            *GOLD.relations,
            Relation("e9", "representative", "e2", (span(TEXT),)),  # the same statement again
        ),
    )
    scores = score([GOLD], [split])
    assert scores["relations"].f1 == 1
    assert scores["coreference, MUC"].precision == 1
    assert scores["coreference, MUC"].recall == pytest.approx(2 / 3)  # 3 links, one lost


def test_a_phrase_for_two_people_takes_no_part_in_coreference() -> None:
    first, second, third, *rest = GOLD.entities
    without = replace(
        GOLD,
        entities=(
            replace(first, mentions=first.mentions[:3]),
            second,
            replace(third, mentions=third.mentions[:2]),
            *rest,
        ),
    )
    assert f1(without)["coreference, CoNLL"] == 1


def test_direction_matters_except_for_symmetric_predicates() -> None:
    turned = replace(
        GOLD,
        relations=tuple(replace(r, subject=r.object, object=r.subject) for r in GOLD.relations),
    )
    assert f1(turned)["relations"] == pytest.approx(1 / 3)
    assert f1(turned)["relation alliedWith"] == 1


def test_a_wrong_event_type_is_still_the_event() -> None:
    scores = f1(event(0, type="Visit"))
    assert (scores["events"], scores["events with type"]) == (1, 0.5)
    assert (scores["triggers"], scores["triggers with type"]) == (1, pytest.approx(2 / 3))
    assert scores["arguments"] == 1


def test_overlapping_triggers_are_one_event_but_no_exact_trigger() -> None:
    longer = Span("a", span("attacked").start, span("attacked a post").end)
    scores = f1(event(1, triggers=(longer,)))
    assert scores["events with type"] == 1
    assert scores["triggers"] == pytest.approx(2 * 1 / (2 + 3))


def test_arguments_need_role_and_filler() -> None:
    wrong_role = (replace(GOLD.events[0].arguments[0], role="agent"), *GOLD.events[0].arguments[1:])
    scores = f1(event(0, arguments=wrong_role))
    assert scores["arguments"] == pytest.approx(4 / 5)
    assert scores["argument participant"] == pytest.approx(2 / 3)
    # A head word is phrase enough; a word outside is not.
    assert f1(event(1, arguments=(Argument("victim", span("officers")),)))["arguments"] == (
        pytest.approx(2 * 4 / (4 + 5))
    )
    assert f1(event(1, arguments=(Argument("victim", span("post")),)))["arguments"] == (
        pytest.approx(2 * 3 / (4 + 5))
    )


def test_arguments_of_an_event_that_is_none_are_wrong() -> None:
    invented = replace(GOLD.events[0], id="v9", triggers=(span("left"),))
    scores = score([GOLD], [replace(GOLD, events=(*GOLD.events, invented))])
    assert scores["events"].precision == pytest.approx(2 / 3)
    assert scores["arguments"].precision == pytest.approx(5 / 8)
    assert scores["dates, exact"].precision == pytest.approx(1 / 2)
    assert scores["dates, exact, of shared events"].precision == 1


def test_a_wider_date_overlaps() -> None:
    week = EventTime(span("on Friday"), date(2024, 1, 15), date(2024, 1, 21))
    scores = f1(event(0, time=week))
    assert (scores["dates, exact"], scores["dates, overlapping"]) == (0, 1)
    unplaced = f1(event(0, time=EventTime(span("on Friday"))))
    assert unplaced["dates, overlapping"] == 0


def test_quantities_need_kind_and_value() -> None:
    wrong = (Quantity("deaths", 12, Bound.EXACT, span("11")),)
    assert f1(event(1, quantities=wrong))["quantities"] == 0


def test_factuality_is_averaged_over_its_values() -> None:
    # Gold: Factual 4 (two events, two relations), Possible 1. All right but the Possible one.
    relations = tuple(replace(r, factuality=Factuality.FACTUAL) for r in GOLD.relations)
    scores = f1(replace(GOLD, relations=relations))
    assert scores["factuality Factual"] == pytest.approx(2 * 4 / (5 + 4))
    assert scores["factuality, macro"] == pytest.approx((8 / 9 + 0) / 2)


def test_a_speaker_may_be_given_by_a_phrase() -> None:
    assert f1(event(1, attributed_to=span("Haddad", 1)))["attribution"] == 1
    assert f1(event(1, attributed_to="e3"))["attribution"] == 0
    assert f1(event(1, attributed_to=None))["attribution"] == 0


class Oracle:
    name = "gold"

    def extract(self, document: Document) -> Extraction:
        return GOLD


def test_gold_files_are_read_and_reported(tmp_path: Path) -> None:
    line = json.dumps(to_record(GOLD))
    (tmp_path / "own.jsonl").write_text(line + "\n\n", encoding="utf-8")
    report = evaluate("newsgraph", data=tmp_path, extractor=Oracle(), detail=True)
    assert {row.score.f1 for row in report.rows} == {1.0}
    assert report["names"].tally is not None
    assert report.files == (str(tmp_path / "own.jsonl"),)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    record = to_record(GOLD)
    record["entities"][0]["mentions"][0]["text"] = "someone else"
    good = json.dumps(to_record(GOLD))
    file = tmp_path / "dev.jsonl"
    for line, message in (
        (json.dumps(record), "line 2: Record 'a' is malformed: text at 0-12 is 'Rania Haddad'"),
        (good[:50], "line 2: it is no JSON"),
        ('{"id": "b"}', "line 2: Record 'b' lacks the key 'text'"),
    ):
        file.write_text(f"{good}\n{line}\n", encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read(tmp_path)


def test_a_publication_date_that_is_no_day_is_unknown(tmp_path: Path) -> None:
    record = to_record(GOLD) | {"published": "2008-11"}
    (tmp_path / "train.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert read(tmp_path)[1][0].document.published is None
