"""The SPARQL endpoint: formats, refusals, and the limits that keep it alive."""

from __future__ import annotations

import concurrent.futures
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from tests.server.conftest import Served, serving

PERSONS = "SELECT ?who { ?p a kg:Person ; skos:prefLabel ?who }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def strict(graph: Path) -> Iterator[Served]:
    """A server with tight limits, for tests that run into them."""
    with serving(graph, "--timeout", "8", "--jobs", "2") as served:
        yield served


def test_formats_of_tables(server: Served) -> None:
    formats = {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
    answers = set()
    for media_type, format in formats.items():
        answer = server.select(PERSONS, accept=media_type)
        assert answer.headers["content-type"].startswith(media_type)
        parsed = ox.parse_query_results(answer.content, format)
        answers.add(frozenset(row["who"].value for row in parsed))
    answer = server.select(PERSONS, accept="text/csv")
    answers.add(frozenset(answer.text.splitlines()[1:]))
    assert len(answers) == 1
    assert "Jalil Abbas Jilani" in next(iter(answers))


@pytest.mark.parametrize(
    ("media_type", "format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_formats_of_graphs(server: Served, media_type: str, format: ox.RdfFormat) -> None:
    query = "CONSTRUCT { ?p rdfs:label ?who } { ?p a kg:Person ; skos:prefLabel ?who }"
    answer = server.select(query, accept=media_type)
    assert answer.headers["content-type"].startswith(media_type)
    labels = {quad.object.value for quad in ox.parse(answer.content, format)}
    assert "Jalil Abbas Jilani" in labels
    assert server.select(query, accept=media_type).content == answer.content


def test_a_syntax_error_has_its_place(server: Served) -> None:
    answer = server.select("SELECT ?x {\n ?x a kg:Person")
    assert answer.status_code == 400
    assert "line 2, column" in answer.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "names no graph in the store"),
        ("LOAD <http://127.0.0.1:1/>", "would change the graph"),
        ("DROP ALL", "would change the graph"),
        ("", "empty"),
    ],
)
def test_what_is_refused(server: Served, query: str, told: str) -> None:
    answer = server.select(query)
    assert answer.status_code == 400
    assert told in answer.text


def test_a_graph_that_is_not_here_is_empty_and_said_to_be(server: Served) -> None:
    parameters = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": "http://127.0.0.1:1/none"}
    answer = server.http.get("/sparql", params=parameters)
    assert answer.json()["boolean"] is False
    assert (
        "There is no graph <http://127.0.0.1:1/none> here" in answer.headers["X-Newsgraph-Notice"]
    )


@pytest.mark.parametrize("iri", ["relative", "http://a b/", "a:\n", "<x:y>"])
def test_a_graph_that_cannot_be(server: Served, iri: str) -> None:
    answer = server.http.get("/sparql", params={"query": "ASK {}", "named-graph-uri": iri})
    assert answer.status_code == 400
    assert "no absolute IRI" in answer.text


def test_wrong_media_types(server: Served) -> None:
    assert server.select(PERSONS, accept="image/png").status_code == 406
    json = server.http.post("/sparql", json={"query": PERSONS})
    assert json.status_code == 415
    assert "application/sparql-query" in json.text
    assert server.http.put("/sparql", content=PERSONS).status_code == 405


def test_huge_queries(server: Served) -> None:
    long = "#" * 200_000 + "\nASK {}"
    assert server.http.post("/sparql", data={"query": long}).json()["boolean"] is True
    huge = server.http.post("/sparql", data={"query": "#" * (2 << 20)})
    assert huge.status_code == 413
    assert "longer than 1 MB" in huge.text
    assert status_of(server, b"GET /sparql?query=" + b"%23" * (1 << 19) + b" HTTP/1.1") == 400
    assert server.select("ASK {}").status_code == 200


def status_of(server: Served, first_line: bytes) -> int:
    """The status of a request that no client library would send."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(first_line + b"\r\nHost: localhost\r\n\r\n")
        return int(connection.makefile("rb").readline().split()[1])


def test_endless_nesting_is_an_error_not_a_crash(server: Served) -> None:
    answer = server.select("SELECT * " + "{" * 5000 + "}" * 5000)
    assert answer.status_code in (400, 503)
    assert server.select("ASK {}").json()["boolean"] is True


def test_what_the_endpoint_says_of_itself(server: Served) -> None:
    described = {q.object.value for q in ox.parse(server.http.get("/sparql").content,
                                                  ox.RdfFormat.TURTLE)}  # fmt: skip
    assert f"{server.url}/sparql" in described
    void = server.http.get("/.well-known/void", headers={"accept": "application/n-triples"})
    quads = list(ox.parse(void.content, ox.RdfFormat.N_TRIPLES))
    (triples,) = [
        int(q.object.value) for q in quads
        if q.predicate.value.endswith("void#triples") and "void#dataset" in str(q.subject)
    ]  # fmt: skip
    counted = server.select(
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    )
    assert triples > 0
    assert counted.status_code == 200


def test_an_answer_is_cut_off_visibly(server: Served) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"
    answer = server.select(query, accept="text/csv")
    assert len(answer.text.splitlines()) >= 100_000
    assert "Cut off after 100000 rows" in answer.headers["X-Newsgraph-Notice"]
    construct = "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f } LIMIT 500000"
    turtle = server.select(construct, accept="text/turtle")
    assert turtle.text.startswith("# Cut off after 100000 triples")


def test_a_runaway_query_is_stopped_and_others_are_answered(strict: Served) -> None:
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.9")
    abuser = httpx.Client(base_url=strict.url, transport=elsewhere, timeout=120)

    def run_away() -> httpx.Response:
        return abuser.get("/sparql", params={"query": RUNAWAY})

    with abuser, concurrent.futures.ThreadPoolExecutor(8) as pool:
        runaways = [pool.submit(run_away) for _ in range(6)]
        time.sleep(1.5)
        statuses = [strict.select(PERSONS).status_code for _ in range(10)]
        assert statuses == [200] * 10
        assert not all(runaway.done() for runaway in runaways), "they ran meanwhile"
        for runaway in runaways:
            answer = runaway.result()
            assert answer.status_code == 503
            assert "stopped after 8 seconds" in answer.text or "No process was free" in answer.text


def test_a_query_that_eats_memory_is_stopped(strict: Served) -> None:
    hungry = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"
    assert strict.select(hungry).status_code == 503
    assert strict.select("ASK {}").json()["boolean"] is True


def test_a_killed_worker_costs_one_request(strict: Served) -> None:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(strict.select, RUNAWAY)
        time.sleep(0.7)
        for pid in workers_of(strict.process.pid):
            os.kill(pid, signal.SIGKILL)
        assert asked.result().status_code == 503
    answers = [strict.select(PERSONS) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 10


def test_a_client_that_leaves_frees_its_worker(strict: Served) -> None:
    for _ in range(6):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{strict.url}/sparql", params={"query": RUNAWAY}, timeout=0.3)
    begun = time.monotonic()
    assert strict.select(PERSONS).status_code == 200
    assert time.monotonic() - begun < 7


def workers_of(server: int) -> list[int]:
    """The worker processes: children of the fork server, which is a child of the server."""
    import psutil

    return [
        worker.pid
        for child in psutil.Process(server).children()
        for worker in child.children(recursive=True)
    ]
