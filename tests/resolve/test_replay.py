"""What a person decides outranks what the articles give, and can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.model import (
    Action,
    Correction,
    EntityRef,
    EventRef,
    Extraction,
    Identities,
    LocalId,
    Quote,
    Span,
    Target,
)
from kg.resolve import resolve
from kg.resolve.correction import digest, from_line, in_force, read_corrections, to_line, to_lines
from kg.resolve.division import divided
from tests.factory import A, E, R, S, V, document, extraction

WHEN = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def article(id: str, text: str, *people: str) -> Extraction:
    made = [E(f"e{number}", "Person", name) for number, name in enumerate(people, 1)]
    return extraction(document(text, id), made)


ARTICLES = [
    article("a1", "Asim Munir spoke. Qamar Bajwa listened.", "Asim Munir", "Qamar Bajwa"),
    article("a2", "Asim Munir and General Sahir met.", "Asim Munir", "General Sahir"),
    article("a3", "Asim Munir the lawyer lost.", "Asim Munir"),
]


def quote(words: str, article: Extraction) -> Quote:
    return Quote(S(words, article.document), words)


def target(id: str, *places: tuple[str, int]) -> Target:
    return Target(EntityRef(id), id, tuple(quote(words, ARTICLES[at]) for words, at in places))


MUNIR = target("Asim_Munir", ("Asim Munir", 0), ("Asim Munir", 1))
BAJWA = target("Qamar_Bajwa", ("Qamar Bajwa", 0))
SAHIR = target("General_Sahir", ("General Sahir", 1))


def correction(number: int, action: Action, *targets: Target, **fields: object) -> Correction:
    made = Correction(number, action, "R. Kahn", "I know them", WHEN, targets)
    return replace(made, **fields)  # type: ignore[arg-type]


def merge(number: int, *targets: Target) -> Correction:
    return correction(number, Action.MERGE, *targets)


def split(number: int, thing: Target, *quotes: Quote) -> Correction:
    return correction(number, Action.SPLIT, thing, quotes=quotes)


def undo(number: int, of: int) -> Correction:
    return correction(number, Action.UNDO, to=str(of))


LAWYER = split(1, MUNIR, quote("Asim Munir", ARTICLES[2]))


def id_of(found: Identities, document: str, local: str) -> str:
    return found.entity_of[LocalId(document, local)].id


def test_a_merge_makes_one_thing_with_the_iri_of_the_first() -> None:
    found = resolve(ARTICLES, [merge(1, SAHIR, BAJWA)])
    assert id_of(found, "a1", "e2") == id_of(found, "a2", "e2") == "General_Sahir"
    (done,) = found.corrections
    assert done.things == (EntityRef("General_Sahir"),)
    assert done.replaced == (EntityRef("Qamar_Bajwa"),)
    (thing,) = [entity for entity in found.entities if entity.id == "General_Sahir"]
    assert {thing.name, *thing.aliases} >= {"Qamar Bajwa", "General Sahir"}


def test_a_merge_changes_no_other_iri() -> None:
    others = {entity.id for entity in resolve(ARTICLES).entities} - {"Qamar_Bajwa"}
    found = resolve(ARTICLES, [merge(1, SAHIR, BAJWA)])
    assert {entity.id for entity in found.entities} == others


def test_a_split_outranks_the_same_name() -> None:
    assert id_of(resolve(ARTICLES), "a3", "e1") == "Asim_Munir"
    found = resolve(ARTICLES, [LAWYER])
    assert id_of(found, "a1", "e1") == id_of(found, "a2", "e1") == "Asim_Munir"
    assert id_of(found, "a3", "e1") == "Asim_Munir_2"


def test_decisions_tell_who_corrected_and_drop_what_no_longer_holds() -> None:
    found = resolve(ARTICLES, [LAWYER])
    (own,) = [decision for decision in found.decisions if "R. Kahn" in decision.reason]
    assert not own.same
    apart = {LocalId("a3", "e1")}
    assert not any(d.same and {d.left, d.right} & apart for d in found.decisions)


def test_rename_and_retype_keep_the_iri_and_the_old_name() -> None:
    found = resolve(
        ARTICLES,
        [
            correction(1, Action.RENAME, BAJWA, to="Qamar Javed Bajwa"),
            correction(2, Action.RETYPE, BAJWA, to="Organization"),
        ],
    )
    (thing,) = [entity for entity in found.entities if entity.id == "Qamar_Bajwa"]
    assert (thing.name, thing.type) == ("Qamar Javed Bajwa", "Organization")
    assert "Qamar Bajwa" in thing.aliases


def test_the_later_of_two_contradicting_corrections_holds_and_the_earlier_is_told() -> None:
    names = [correction(n, Action.RENAME, BAJWA, to=to) for n, to in ((1, "One"), (2, "Two"))]
    found = resolve(ARTICLES, names)
    assert [done.overruled_by for done in found.corrections] == [2, None]
    assert {entity.name for entity in found.entities} >= {"Two"}

    back = [LAWYER, merge(2, MUNIR, target("Asim_Munir_2", ("Asim Munir", 2)))]
    found = resolve(ARTICLES, back)
    assert [done.overruled_by for done in found.corrections] == [2, None]
    assert id_of(found, "a3", "e1") == "Asim_Munir"


def test_what_is_not_there_is_told_and_the_rest_is_done() -> None:
    found = resolve(ARTICLES[1:], [merge(1, MUNIR, BAJWA), replace(LAWYER, number=2)])
    assert "Qamar_Bajwa" in found.corrections[0].missing
    assert not found.corrections[1].missing


def test_a_correction_finds_its_thing_after_the_iri_has_changed() -> None:
    moved = replace(BAJWA, ref=EntityRef("Some_Older_Name"))
    found = resolve(ARTICLES, [correction(1, Action.RENAME, moved, to="Javed")])
    assert found.corrections[0].things == (EntityRef("Qamar_Bajwa"),)


def test_a_split_within_one_article_takes_along_what_is_said_there() -> None:
    text = "Munir the lawyer sued Iran. Asim Munir leads Pakistan."
    one = extraction(
        document(text, "a9"),
        [
            E("e1", "Person", "Asim Munir", "Munir"),
            E("e2", "Country", "Pakistan"),
            R("e1", "leaderOf", "e2", sentence=1),
            V("v1", "Trial", "sued", A("agent", "Munir", "e1")),
        ],
    )
    whole = Target(EntityRef("Asim_Munir"), "Asim Munir", (quote("Asim Munir", one),))
    order = split(1, whole, Quote(S("Munir", one.document), "Munir"))
    (parted,) = divided([one], [order])
    lawyer, general = parted.entities[1], parted.entities[0]
    assert [m.span.start for m in lawyer.mentions] == [0]
    assert lawyer.name == "Munir"
    assert general.name == "Asim Munir"
    assert parted.events[0].arguments[0].entity == lawyer.id
    assert parted.relations[0].subject == general.id
    found = resolve([parted], [order])
    assert found.entity_of[LocalId("a9", lawyer.id)] != found.entity_of[LocalId("a9", general.id)]


def test_events_are_corrected_too() -> None:
    calls = [
        extraction(
            document("Ali Khan called Omar Zia.", id),
            [
                E("e1", "Person", "Ali Khan"),
                E("e2", "Person", "Omar Zia"),
                V("v1", "PhoneCall", "called", A("participant", "Ali Khan", "e1"),
                  A("participant", "Omar Zia", "e2")),
            ],
        )
        for id in ("c1", "c2")
    ]  # fmt: skip
    ids = [event.id for event in resolve(calls).events]
    if len(ids) == 1:
        pytest.skip("the two are one event already")
    targets = [
        Target(EventRef(id), id, (quote("called", call),))
        for id, call in zip(ids, calls, strict=True)
    ]
    (event,) = resolve(calls, [merge(1, *targets)]).events
    assert event.id == ids[0]
    assert len(event.members) == 2


PLANS = st.lists(
    st.sampled_from(
        [
            merge(1, SAHIR, BAJWA),
            merge(1, MUNIR, BAJWA),
            LAWYER,
            correction(1, Action.RENAME, MUNIR, to="Field Marshal Munir"),
            correction(1, Action.RETYPE, SAHIR, to="Position"),
            merge(1, target("Nobody"), BAJWA),
        ]
    ),
    max_size=6,
).map(lambda plan: [replace(item, number=n) for n, item in enumerate(plan, 1)])


@settings(deadline=None)
@given(PLANS, st.randoms(use_true_random=False))
def test_the_order_of_articles_leaves_no_trace(
    plan: list[Correction], chance: random.Random
) -> None:
    shuffled = list(ARTICLES)
    chance.shuffle(shuffled)
    assert resolve(shuffled, plan) == resolve(ARTICLES, plan)


@settings(deadline=None)
@given(PLANS)
def test_undoing_all_gives_what_was_before(plan: list[Correction]) -> None:
    undone = [*plan, *(undo(len(plan) + item.number, item.number) for item in plan)]
    assert resolve(ARTICLES, undone) == resolve(ARTICLES)


@settings(deadline=None)
@given(PLANS)
def test_every_local_thing_stays_in_exactly_one(plan: list[Correction]) -> None:
    found = resolve(ARTICLES, plan)
    members = [member for entity in found.entities for member in entity.members]
    expected = [LocalId(a.document.id, e.id) for a in ARTICLES for e in a.entities]
    assert sorted(members) == sorted(expected)


def test_undoing_an_undo_restores() -> None:
    plan = [LAWYER, undo(2, 1), undo(3, 2)]
    assert in_force(plan) == (LAWYER,)
    assert digest(plan) == digest([LAWYER])
    assert digest(plan[:2]) == ""


texts = st.text(st.characters(codec="utf-8"), max_size=20)
quotes = st.builds(
    lambda document, start, length, words: Quote(Span(document, start, start + length), words),
    texts, st.integers(0, 99), st.integers(1, 9), texts,
)  # fmt: skip


@settings(deadline=None)
@given(texts, texts, st.lists(quotes, max_size=3), st.text(min_size=1, max_size=9))
def test_lines_are_read_as_they_were_written(
    by: str, because: str, places: list[Quote], id: str
) -> None:
    targets = (Target(EntityRef(id), by, tuple(places)), Target(EntityRef(id + "2"), id, ()))
    made = Correction(3, Action.MERGE, by, because, WHEN, targets, quotes=tuple(places))
    line = to_line(made)
    assert "\n" not in line
    assert from_line(line) == made


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"number": 2}',
        '{"number": 2, "do": "explode", "when": "2026-01-01T00:00:00Z"}',
        '{"number": 2, "do": "undo", "to": "9", "when": "2026-01-01T00:00:00Z"}',
        '{"number": 2, "do": "merge", "of": [], "when": "2026-01-01T00:00:00Z"}',
        '{"number": 1, "do": "undo", "to": "1", "when": "2026-01-01T00:00:00Z"}',
        '{"number": 2, "do": "rename", "of": [{"id": "x"}], "to": "y", "when": "soon"}',
        "\udcff",
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corrections.jsonl"
    whole = to_lines([LAWYER]) + "\n" + line + "\n"
    path.write_bytes(whole.encode("utf-8", "surrogateescape"))
    with pytest.raises(GraphError, match="line 3"):
        read_corrections(path)
    assert path.read_bytes() == whole.encode("utf-8", "surrogateescape")
