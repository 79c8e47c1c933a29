"""Queries as users type them: what they get, and what is refused."""

from __future__ import annotations

import json

import pytest
import rdflib

from kg.errors import QueryError, UsageError
from kg.graph.lookup import folded, lookup
from kg.query import named_queries, named_query, query
from tests import affair

STORE = affair.store()
POSTS = "SELECT ?who ?post { ?who kg:holdsPosition ?post }"


def test_prefixes_are_declared_and_claims_need_no_graph() -> None:
    assert query(STORE, "ASK { ?c a kg:Claim ; rdf:predicate kg:holdsPosition }").boolean


def test_graph_still_tells_articles_apart() -> None:
    found = query(STORE, "SELECT ?g { GRAPH ?g { ?g schema:publisher 'Dawn' } }").records()
    assert found == [{"g": "doc:a2"}]


def test_from_chooses_an_article() -> None:
    found = query(STORE, "SELECT DISTINCT ?d FROM doc:a1 { ?d a schema:NewsArticle }").records()
    assert found == [{"d": "doc:a1"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { SERVICE <http://example.org> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { { { service silent ?x { ?s ?p ?o } } } }", "SERVICE is not allowed"),
        ("ASK { FILTER EXISTS { SERVICE <http://e.org> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://e.org> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "names no graph in the store"),
        ("SELECT * FROM NAMED <http://e.org> { ?s ?p ?o }", "names no graph in the store"),
        ("PREFIX x: <http://e.org/> SELECT * FROM x:y { ?s ?p ?o }", "FROM <http://e.org/y>"),
        ("LOAD <http://example.org>", "would change the graph"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "would change the graph"),
        ("CLEAR ALL", "would change the graph"),
        ("SELECT * WHERE {\n  ?s ?p }", "line 2, column"),
        ("SELECT * WHERE { ?s foo:bar ?o }", "prefix not found"),
        ("", "the query is empty"),
        ("SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "too deeply"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query(STORE, text)


def test_the_word_service_in_a_text_is_no_service() -> None:
    assert not query(STORE, 'ASK { ?s ?p "SERVICE <x> { }" }  # service').boolean


@pytest.mark.parametrize("name", ["Jilani", "jalil abbas jilani", "ent:Jalil_Abbas_Jilani",
                                  "Jalil_Abbas_Jilani", "Jalil-Abbas Jilani"])  # fmt: skip
def test_a_parameter_finds_an_entity_by_any_of_its_names(name: str) -> None:
    found = query(STORE, POSTS, parameters={"who": name}).records()
    assert [row["post"] for row in found] == ["ent:Foreign_Minister_of_Pakistan"]


def test_a_parameter_cannot_inject() -> None:
    with pytest.raises(QueryError, match="Nothing in the graph is called"):
        query(STORE, POSTS, parameters={"who": "Iran> } } ; DROP ALL #"})
    assert len(query(STORE, 'SELECT ?d ?t { ?d schema:publisher ?t }',
                     parameters={"t": '"Dawn\\" } UNION { ?s ?p ?o } #"'})) == 0  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Jilany", "Close: .*Jilani"),
        ("<not an iri>", "no valid IRI"),
        ("2024-02-31", "no date of the calendar"),
    ],
)
def test_a_value_that_fits_nothing_says_why(name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query(STORE, POSTS, parameters={"who": name})


def test_a_parameter_the_query_does_not_use_lists_its_variables() -> None:
    with pytest.raises(QueryError, match=r"no variable \?whom. It has: \?post, \?who"):
        query(STORE, POSTS, parameters={"whom": "Iran"})


def test_a_missing_parameter_says_how_to_give_it() -> None:
    with pytest.raises(QueryError, match=r'--set where="\.\.\."'):
        query(STORE, named_query("attacks").text)


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(UsageError, match="There are: about, "):
        named_query("nonsense")


def test_names_are_compared_without_case_accents_and_hyphens() -> None:
    assert folded("Hossein  Amir-Abdollahián") == folded("hossein amir abdollahian")
    assert lookup(STORE, "hossein amir abdollahian").value.endswith("Hossein_Amir_Abdollahian")


def test_formats() -> None:
    result = query(STORE, POSTS)
    assert result.render("csv").splitlines()[0] == "who,post"
    assert "ent:Jalil_Abbas_Jilani" in result.render("table")
    assert json.loads(result.render("json"))["head"]["vars"] == ["who", "post"]
    assert result.render("tsv").startswith("?who\t?post\n<https://w3id.org/newsgraph/entity/")
    assert "<sparql" in result.render("xml")
    assert json.loads(query(STORE, "ASK { }").render("json"))["boolean"] is True


def test_a_graph_is_written_as_turtle() -> None:
    result = query(STORE, "CONSTRUCT { ?a kg:locatedIn ?b } { ?a kg:locatedIn ?b }")
    assert len(rdflib.Graph().parse(data=result.render("turtle"), format="turtle")) == 1
    with pytest.raises(UsageError, match="cannot be written as csv"):
        result.render("csv")


def test_an_unknown_format_lists_the_formats() -> None:
    with pytest.raises(UsageError, match="table, csv, tsv, json, xml, turtle"):
        query(STORE, POSTS).render("yaml")


EXPECTED: list[tuple[str, dict[str, str], list[dict[str, str]]]] = [
    ("contacts", {"who": "Jilani"},
     [{"contact": "kg:Meeting", "whom": "ent:Hossein_Amir_Abdollahian", "event": "ev:a1_v3"}]),
    ("attacks", {"where": "Iran"},
     [{"attack": "ev:Rask_attack", "place": "ent:Rask", "alleged": "ent:Jaish_al_Adl",
       "deaths": "11", "deathsMin": "11", "deathsMax": "12"},
      {"attack": "ev:a2_v3", "attacker": "ent:Pakistan", "earliest": "2024-01-18"}]),
    ("disagreements", {}, [{"value": "11", "article": "doc:a1"}, {"value": "12"}]),
    ("blame", {"blamed": "Jaish al-Adl"},
     [{"for": "ev:Rask_attack"}, {"blamer": "ent:Jalil_Abbas_Jilani", "for": "ev:a3_v2"}]),
    ("promises", {}, [{"plan": "ev:a2_v4", "type": "kg:Visit"},
                      {"plan": "ev:a2_v5", "type": "kg:Pledge"}]),
    ("between", {"one": "Iran", "other": "Pakistan"}, [{"type": "kg:Agreement"}]),
    ("reprisals", {},
     [{"striker": "ent:Iran", "answerer": "ent:Pakistan", "day": "2024-01-16",
       "answerDay": "2024-01-18"}]),
    ("posts", {}, []),
    ("support", {"subject": "ev:Rask_attack"},
     [{"predicate": "kg:place", "object": "ent:Rask", "articles": "3"},
      {"object": "11", "articles": "2"}]),
    ("about", {"about": "Rask"}, [{"article": "doc:a1"}]),
    ("plover", {"one": "Iran", "other": "Pakistan"}, [{"code": "SUPPORT", "events": "1"}]),
    ("paths", {"from": "Jilani", "to": "Hossein Amir-Abdollahian"}, [{"steps": "1"}]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parameters", "rows"), EXPECTED, ids=lambda value: str(value)[:12]
)
def test_a_competency_question(
    name: str, parameters: dict[str, str], rows: list[dict[str, str]]
) -> None:
    found = query(STORE, named_query(name).text, parameters=parameters).records()
    for expected in rows:
        assert any(expected.items() <= row.items() for row in found), found
    if not rows:
        assert found == []


def test_every_named_query_says_what_it_answers_and_runs() -> None:
    for named in named_queries():
        assert named.description, named.name
        given = {parameter.name: "Iran" for parameter in named.parameters}
        query(STORE, named.text, parameters=given)
