"""The JSON API and linked data: what a program gets, and that nothing it sends breaks them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.server.conftest import Served

IRAN = "https://w3id.org/newsgraph/entity/Iran"


def test_search_finds_by_part_and_suggests(server: Served) -> None:
    found = server.http.get("/api/v1/search", params={"q": "jaish"}).json()
    assert "Jaish al-Adl" in {hit["thing"]["name"] for hit in found["hits"]}
    mistyped = server.http.get("/api/v1/search", params={"q": "Jilanni"}).json()
    assert mistyped["hits"] == []
    assert "Jalil Abbas Jilani" in {thing["name"] for thing in mistyped["close"]}


def test_an_entity_with_the_sentences_that_say_it(server: Served) -> None:
    profile = server.http.get("/api/v1/entity/Iran").json()
    assert profile["thing"]["name"] == "Iran"
    assert profile["claims"]
    for claim in profile["claims"]:
        for sentence in claim["sentences"]:
            id = sentence["article"]
            text = server.http.get(f"/api/v1/article/{id}").json()["text"]
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        break
    assert profile["mentions"]


def test_an_article_is_its_text_to_the_letter(server: Served) -> None:
    rows = server.http.get("/api/v1/queries/articles").json()["rows"]
    article = server.http.get(f"/api/v1/article/{rows[0]['id']}").json()
    assert article["mentions"]
    for mention in article["mentions"]:
        assert article["text"][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize("name", ["%25", "%00", "a b", "%F1%A5%8F%B1%25", "%22%3E", "x" * 2000])
def test_what_no_iri_may_hold_is_unknown(server: Served, name: str) -> None:
    for path in ("/api/v1/entity/", "/api/v1/article/", "/id/entity/", "/entity/", "/article/"):
        assert server.http.get(path + name).status_code == 404, path


@pytest.mark.parametrize("path", ["/api/v1/entity/Irann", "/id/entity/Irann"])
def test_who_is_unknown_is_told_close_names(server: Served, path: str) -> None:
    answer = server.http.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert "Close: Iran" in answer.text


def test_the_timeline_is_in_order_and_in_parts(server: Served) -> None:
    whole = server.http.get("/api/v1/timeline", params={"limit": 500}).json()
    dates = [event["earliest"] or "9999" for event in whole["events"]]
    assert dates == sorted(dates)
    assert len(whole["events"]) == whole["total"]
    part = server.http.get("/api/v1/timeline", params={"limit": 2, "offset": 1}).json()
    assert part["events"] == whole["events"][1:3]
    of = server.http.get("/api/v1/timeline", params={"of": "ent:Jaish_al_Adl"}).json()
    assert 0 < of["total"] < whole["total"]


def test_disagreements_have_values_with_sentences(server: Served) -> None:
    found = server.http.get("/api/v1/disagreements").json()["disagreements"]
    for disagreement in found:
        assert len({value["value"] for value in disagreement["values"]}) > 1
        assert all(value["sentences"] for value in disagreement["values"])


def test_neighbourhood_and_claims(server: Served) -> None:
    around = server.http.get("/api/v1/neighbourhood", params={"of": "ent:Iran"}).json()
    ids = {thing["id"] for thing in around["things"]}
    assert "ent:Iran" in ids
    for claim in around["claims"]:
        assert claim["subject"]["id"] in ids
        assert claim["object"]["id"] in ids
    claims = server.http.get("/api/v1/claims", params={"about": "ent:Iran"}).json()["claims"]
    assert all("ent:Iran" in (c["subject"]["id"], (c["object"] or {}).get("id")) for c in claims)


def test_named_queries(server: Served) -> None:
    listed = server.http.get("/api/v1/queries").json()
    assert "contacts" in {query["name"] for query in listed}
    answer = server.http.get("/api/v1/queries/posts").json()
    assert answer["complete"]
    assert server.http.get("/api/v1/queries/nope").status_code == 404
    missing = server.http.get("/api/v1/queries/about")
    assert missing.status_code == 400
    assert "needs a value for ?about" in missing.json()["error"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ],
)
def test_things_as_rdf(server: Served, accept: str, media_type: str) -> None:
    answer = server.http.get("/id/entity/Iran", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(media_type)
    quads = ox.parse(answer.content, ox.RdfFormat.from_media_type(media_type))
    assert IRAN in {quad.subject.value for quad in quads}


def test_things_as_pages_for_browsers(server: Served) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = server.http.get("/id/entity/Iran", headers=browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/entity/Iran")
    assert server.http.get("/id/entity/Iran.ttl", headers=browser).status_code == 200


def test_the_api_is_documented(server: Served) -> None:
    document = server.http.get("/api/v1/openapi.json").json()
    page = server.http.get("/api/v1").text
    for path, methods in document["paths"].items():
        assert path in page
        assert methods["get"]["summary"]


def test_nothing_a_program_sends_is_a_server_error(server: Served) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error

    schema = schemathesis.openapi.from_url(f"{server.url}/api/v1/openapi.json")
    for operation in schema.get_all_operations():

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.ok().as_strategy())
        def holds(case: schemathesis.Case) -> None:
            response = case.call(base_url=server.url)
            case.validate_response(response, checks=[not_a_server_error])

        holds()
