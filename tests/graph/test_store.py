"""The graph as it lies in the store and in its files."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from kg.errors import GraphError
from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.claims import claims
from kg.graph.reading import to_rdflib
from kg.graph.store import Store, build_store
from kg.graph.turtle import write_trig, write_turtle
from kg.query import query
from tests import affair
from tests.factory import E, document, extraction, same


def trig(store: Store) -> bytes:
    output = io.BytesIO()
    write_trig(store, output)
    return output.getvalue()


def rows(text: str) -> list[dict[str, str | None]]:
    return query(affair.store(), text).records()


def test_a_real_event_has_its_class_and_a_planned_one_has_not() -> None:
    assert rows("SELECT ?e { ?e a kg:Visit }") == []
    found = rows("SELECT * { ?e a kg:UnrealizedEvent ; kg:eventType ?type ; kg:factuality ?is }")
    assert found == [{"e": "ev:a2_v4", "type": "kg:Visit", "is": "kg:Planned"}]


def test_numbers_keep_a_preferred_value_and_their_range() -> None:
    assert rows(
        "SELECT * { ev:Rask_attack kg:deaths ?n ; kg:deathsMin ?min ; kg:deathsMax ?max }"
    ) == [{"n": "11", "min": "11", "max": "12"}]


def test_claims_that_contradict_each_other_dispute() -> None:
    found = rows("SELECT ?a ?b { ?c kg:disputes ?d . ?c rdf:object ?a . ?d rdf:object ?b }")
    # 11 against 12, both ways; "at least 11" agrees with either.
    assert sorted((row["a"], row["b"]) for row in found) == [("11", "12"), ("12", "11")]


def test_the_exact_day_is_preferred_to_the_month_that_agrees() -> None:
    assert rows("SELECT ?d { ev:Rask_attack kg:date ?d }") == [{"d": "2023-12-15"}]


def test_participants_follow_from_roles() -> None:
    found = rows("SELECT ?who { ev:a2_v2 kg:participant ?who } ORDER BY ?who")
    assert [row["who"] for row in found] == ["ent:Iran", "ent:Jaish_al_Adl"]


def test_an_attributed_agent_is_a_claim_and_no_fact() -> None:
    assert rows("SELECT ?a { ev:Rask_attack kg:agent ?a }") == []
    assert rows("SELECT ?a ?by { ?c rdf:subject ev:Rask_attack ; rdf:predicate kg:agent ; "
                "rdf:object ?a ; kg:status kg:Attributed ; kg:attributedTo/nif:anchorOf ?by }") == [
        {"a": "ent:Jaish_al_Adl", "by": "Iranian police"}
    ]  # fmt: skip


def test_the_two_agreements_are_told_apart() -> None:
    assert rows("SELECT ?e { ?e a kg:Agreement, kg:AgreementMaking }") == [{"e": "ev:a3_v3"}]
    assert rows("SELECT ?e { ?e a kg:NamedAgreement }") == []


def test_each_article_has_a_graph_of_its_own() -> None:
    found = rows("SELECT DISTINCT ?g { GRAPH ?g { ?c a kg:Claim } } ORDER BY ?g")
    assert [row["g"] for row in found] == ["doc:a1", "doc:a2", "doc:a3"]


def test_a_pronoun_is_a_mention_of_its_entity() -> None:
    assert rows('SELECT ?e ?k { ?m kg:refersTo ?e ; kg:mentionKind ?k ; nif:anchorOf "He" }') == [
        {"e": "ent:Jalil_Abbas_Jilani", "k": "kg:PronounMention"}
    ]


def test_the_order_of_articles_leaves_no_trace_in_the_files(tmp_path: Path) -> None:
    found = list(affair.extractions())
    random.Random(7).shuffle(found)
    stated = list(claims(found, affair.identities()))
    random.Random(8).shuffle(stated)
    with build_store(tmp_path / "store", found, affair.identities(), stated) as on_disk:
        assert trig(on_disk) == trig(affair.store())


def test_the_hash_seed_leaves_no_trace_in_the_files() -> None:
    program = (
        "import sys; from tests import affair; from kg.graph.turtle import write_trig; "
        "write_trig(affair.store(), sys.stdout.buffer)"
    )
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_turtle_holds_the_direct_triples_alone() -> None:
    output = io.BytesIO()
    write_turtle(affair.store(), output)
    graph = rdflib.Graph().parse(data=output.getvalue(), format="turtle")
    assert (None, None, rdflib.URIRef(v.KG + "Claim")) not in graph
    assert len(graph) == len(list(affair.store().quads(graph=_default())))


def _default() -> object:
    from kg.graph.store import DEFAULT_GRAPH

    return DEFAULT_GRAPH


HOSTILE = ["a/b c", "x.y.", '<>"{}|\\^`', "é#?%41", "../..", "-", "日本", "\u202e", "a:b@c", " "]


@pytest.mark.parametrize("id", HOSTILE)
def test_any_article_id_survives_the_way_through_turtle(id: str) -> None:
    x = extraction(document("Ann spoke.", id), [E("e1", "Person", "Ann")])
    store = build_store(None, [x], same([x]), claims([x], same([x])))
    graph = rdflib.Dataset()
    graph.parse(data=trig(store), format="trig")
    named = {str(context.identifier) for context in graph.graphs()}
    assert iri.document(id).value in named
    assert query(store, "SELECT ?id { ?d schema:identifier ?id }").records() == [{"id": id}]


def test_hostile_ids_stay_apart() -> None:
    assert len({iri.local_name(id) for id in HOSTILE}) == len(HOSTILE)


def test_rdflib_gets_the_whole_graph() -> None:
    store = affair.store()
    assert sum(1 for _ in to_rdflib(store).quads()) == len(store)


def test_opening_what_is_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="make one with `kg build`"):
        Store.open(tmp_path)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = affair.store()
    store.close()
    with pytest.raises(GraphError, match="closed"):
        len(store)
