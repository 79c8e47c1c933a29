"""The W3C's tests of the SPARQL 1.1 Protocol, read from its manifest, against a real server.

All that query must pass; those that update are refused, in the way the protocol has for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from kg.load import load
from tests.server.conftest import Served, serving

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "w3c-sparql-protocol"
MANIFEST = FOLDER / "manifest.ttl"
DATA = "http://kasei.us/2009/09/sparql/data/"

pytestmark = pytest.mark.skipif(
    not MANIFEST.is_file(), reason=f"the W3C's protocol tests are not in {FOLDER}"
)


@dataclass(frozen=True)
class Exchange:
    """One request of a test, and what it must come to."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None


@dataclass(frozen=True)
class Case:
    """One test: requests in order."""

    name: str
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def is_update(self) -> bool:
        """Whether it wants the data changed (the bad_ ones want to be refused anyway)."""
        return self.name.startswith("update_")


def cases() -> Iterator[Case]:
    if not MANIFEST.is_file():
        return
    import rdflib
    from rdflib.collection import Collection

    graph = rdflib.Graph().parse(MANIFEST)
    mf = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
    ht = rdflib.Namespace("http://www.w3.org/2011/http#")
    cnt = rdflib.Namespace("http://www.w3.org/2011/content#")
    (entries,) = graph.objects(None, mf.entries)
    for test in Collection(graph, entries):
        case = Case(str(test).rpartition("#")[2])
        requests = graph.value(graph.value(test, mf.action), ht.requests)
        for request in Collection(graph, requests):
            body = graph.value(request, ht.body)
            response = graph.value(request, ht.resp)
            headers = graph.value(request, ht.headers)
            boolean, format = (
                graph.value(response, mf.expectedBoolean),
                graph.value(response, mf.expectedFormat),
            )
            encoding = str(graph.value(body, cnt.characterEncoding) or "UTF-8")
            case.exchanges.append(
                Exchange(
                    str(graph.value(request, ht.methodName)),
                    str(graph.value(request, ht.absolutePath)),
                    {
                        str(graph.value(h, ht.fieldName)): str(graph.value(h, ht.fieldValue))
                        for h in (Collection(graph, headers) if headers else ())
                    },
                    str(graph.value(body, cnt.chars) or "").encode(encoding),
                    frozenset(
                        str(status)[-3] for status in graph.objects(response, mf.expectedStatus)
                    ),
                    None if boolean is None else boolean.toPython(),
                    None if format is None else str(format),
                )
            )
        yield case


CASES = list(cases())


@pytest.fixture(scope="module")
def suite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    out = tmp_path_factory.mktemp("w3c")
    lines = [
        line.rstrip(" .") + f" <{DATA}{path.stem}.rdf> .\n"
        for path in sorted(FOLDER.glob("data*.nt"))
        for line in path.read_text().splitlines()
    ]
    (out / "data.nq").write_text("".join(lines))
    load(out / "graph", out / "data.nq")
    with serving(out / "graph") as served:
        yield served


def send(server: Served, exchange: Exchange) -> httpx.Response:
    return server.http.request(
        exchange.method, exchange.path, headers=exchange.headers, content=exchange.body
    )


@pytest.mark.parametrize("case", [c for c in CASES if not c.is_update], ids=lambda c: c.name)
def test_the_protocol(suite_server: Served, case: Case) -> None:
    for exchange in case.exchanges:
        answer = send(suite_server, exchange)
        assert str(answer.status_code)[0] in exchange.statuses, answer.text
        if exchange.boolean is not None:
            assert answer.json()["boolean"] is exchange.boolean
        media_type = answer.headers["content-type"].partition(";")[0]
        if exchange.format == "boolean":
            assert media_type == "application/sparql-results+json"
        if exchange.format == "tabular":
            assert media_type in ("application/sparql-results+json", "text/csv")
        if exchange.format == "RDF":
            assert media_type in ("text/turtle", "application/rdf+xml")


@pytest.mark.parametrize("case", [c for c in CASES if c.is_update], ids=lambda c: c.name)
def test_updates_are_refused(suite_server: Served, case: Case) -> None:
    before = suite_server.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    updates = [e for e in case.exchanges if b"query=" not in e.body and "query=" not in e.path]
    refused = [send(suite_server, exchange) for exchange in updates[:1]]
    assert refused
    assert all(answer.status_code == 403 for answer in refused), refused[0].text
    assert suite_server.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json() == before


def test_the_manifest_is_read_whole() -> None:
    assert len(CASES) == 34
    assert sum(case.is_update for case in CASES) == 7
