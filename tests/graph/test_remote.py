"""The graph in real SPARQL servers: Oxigraph's from PyPI, and Virtuoso from Debian."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from kg.errors import GraphError, QueryError
from kg.graph import vocabulary as v
from kg.graph.lookup import lookup
from kg.graph.remote import RemoteStore, _is_table, _parts
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.query import named_query, query
from tests import affair

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, url: str, *, patience: float) -> Iterator[None]:
    """A server in a process of its own, until the block ends."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                httpx.get(url, timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline, f"{command[0]} did not start"
                time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def oxigraph_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not OXIGRAPH.is_file():
        pytest.skip("the package `oxigraph`, a SPARQL server, is not installed")
    folder, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    command = [str(OXIGRAPH), "serve", "-l", "data", "-b", f"127.0.0.1:{port}"]
    url = f"http://127.0.0.1:{port}/query"
    with running([*command, "--timeout-s", "2"], folder, url, patience=60):
        yield url


@pytest.fixture(scope="module")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if VIRTUOSO is None:
        pytest.skip("Virtuoso (Debian's virtuoso-opensource-7-bin) is not installed")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port))
    command = [VIRTUOSO, "+configfile", "virtuoso.ini", "+foreground"]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql", patience=300):
        yield f"http://dba:dba@127.0.0.1:{port}/sparql"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="module")
def store() -> Store:
    return affair.store()


@pytest.fixture(scope="module")
def remote(url: str, store: Store) -> Iterator[RemoteStore]:
    """The affair's graph, published beside a graph that somebody else put there."""
    with RemoteStore(url) as remote:
        stranger = ox.Triple(*(ox.NamedNode(f"urn:{name}") for name in "spo"))
        remote.put(ox.NamedNode("urn:somebody"), [stranger])
        stale = ox.NamedNode(f"{v.DOC}gone")
        remote.put(stale, [stranger])
        assert stale in remote.named_graphs()
        remote.publish(store)
        yield remote


def test_the_server_holds_what_the_store_does(remote: RemoteStore, store: Store) -> None:
    assert remote.named_graphs() == store.named_graphs()
    assert len(remote) == len(store)
    subject = ox.NamedNode(f"{v.ENT}Iran")
    assert set(remote.quads(subject=subject)) == set(store.quads(subject=subject))
    facts = set(remote.quads(subject=subject, graph=DEFAULT_GRAPH))
    assert facts == set(store.quads(subject=subject, graph=DEFAULT_GRAPH))


def test_graphs_of_others_stay(remote: RemoteStore) -> None:
    assert query(remote, "ASK { GRAPH <urn:somebody> { ?s ?p ?o } }").boolean


def test_publishing_again_changes_nothing(remote: RemoteStore, store: Store) -> None:
    before = len(remote)
    assert remote.publish(store) == len(store.named_graphs()) + 1
    assert len(remote) == before


@pytest.mark.parametrize("name", ["contacts", "disagreements", "promises", "blame", "articles"])
def test_named_queries_answer_the_same(remote: RemoteStore, store: Store, name: str) -> None:
    text = named_query(name).text
    if any(not parameter.optional for parameter in named_query(name).parameters):
        parameters = {named_query(name).parameters[0].name: "Jaish al-Adl"}
    else:
        parameters = {}
    here = query(store, text, parameters=parameters)
    there = query(remote, text, parameters=parameters)
    # Virtuoso's union of graphs is a bag: a triple of two graphs is found twice.
    assert set(there.rows) == set(here.rows)


def test_parameters_are_bound_by_name(remote: RemoteStore, store: Store) -> None:
    text, who = named_query("contacts").text, {"who": "Jilani"}
    assert lookup(remote, "Jilani") == lookup(store, "Jilani")
    assert set(query(remote, text, parameters=who).rows) == set(
        query(store, text, parameters=who).rows
    )


def test_a_hostile_value_stays_a_value(remote: RemoteStore) -> None:
    hostile = '"x\\" } } ; DROP ALL #"'
    found = query(remote, "SELECT ?l { ?s skos:prefLabel ?l }", parameters={"l": hostile})
    assert found.rows == ()
    assert len(remote)


def test_forms_of_queries(remote: RemoteStore) -> None:
    assert query(remote, "ASK {}").boolean is True
    assert query(remote, "ASK { <urn:nobody> ?p ?o }").boolean is False
    triples = query(remote, "CONSTRUCT WHERE { ?s a kg:Country }").triples
    assert triples
    assert {triple.subject.value for triple in triples} >= {f"{v.ENT}Iran"}


def test_a_syntax_error_is_the_askers(remote: RemoteStore) -> None:
    with pytest.raises(QueryError, match="line 1"):
        query(remote, "SELECT * {")
    with pytest.raises(QueryError, match="cannot read the query"):
        remote.query("SELECT * {")


def test_without_a_graph_store_protocol(remote: RemoteStore, store: Store) -> None:
    from dataclasses import replace

    graph = store.named_graphs()[0]
    whole = remote.endpoints
    remote.endpoints = replace(whole, graphs="")
    try:
        remote.put(graph, (quad.triple for quad in store.quads(graph=graph)))
    finally:
        remote.endpoints = whole
    assert set(remote.quads(graph=graph)) == set(store.quads(graph=graph))


def test_who_may_not_write_is_told_how(virtuoso_url: str) -> None:
    anyone = virtuoso_url.replace("dba:dba@", "")
    refused = pytest.raises(GraphError, match=r"refuses|USER:PASSWORD")
    with RemoteStore(anyone) as anonymous, refused:
        anonymous.put(ox.NamedNode(f"{v.BASE}x"), [])
    wrong = virtuoso_url.replace("dba:dba@", "dba:sesame@")
    with RemoteStore(wrong) as stranger, pytest.raises(GraphError, match="USER:PASSWORD") as told:
        stranger.update("DROP SILENT GRAPH <urn:x>")
    assert "sesame" not in str(told.value)


def test_build_publishes_and_query_asks_there(oxigraph_url: str, tmp_path: Path) -> None:
    article = {"text": "Ann Smith called Bob Jones on Monday.", "id": "a"}
    (tmp_path / "a.jsonl").write_text(json.dumps(article))
    build = ["build", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out")]
    tiny = [sys.executable, "-m", "tests.tiny", *build, "--store", oxigraph_url]
    subprocess.run(tiny, check=True, capture_output=True)
    asked = ["query", "--store", oxigraph_url, "--name", "articles", "--format", "csv"]
    outcome = subprocess.run(
        [sys.executable, "-m", "kg", *asked], check=True, capture_output=True, text=True
    )
    assert [line.partition(",")[0] for line in outcome.stdout.splitlines()[1:]] == ["a"]


# servers that misbehave


@contextmanager
def misbehaving(answer: Callable[[BaseHTTPRequestHandler, int], None]) -> Iterator[str]:
    """A server that answers its n-th request with `answer(handler, n)`."""
    count = iter(range(1, 1000))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self, next(count))

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def respond(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, media_type: str = "text/plain"
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


ASKED = b'{"head":{},"boolean":true}'
JSON = "application/sparql-results+json"


def test_a_server_that_restarts_is_asked_again() -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        respond(handler, *((200, ASKED, JSON) if number > 2 else (503, b"restarting")))

    with misbehaving(answer) as url, RemoteStore(url) as remote:
        assert bool(remote.query("ASK {}")) is True


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        cut = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a"}}'
        respond(handler, 200, ASKED if number == 1 else cut, JSON)

    refused = pytest.raises(GraphError, match="breaks off or is malformed")
    with misbehaving(answer) as url, RemoteStore(url) as remote, refused:
        remote.query("SELECT ?x { ?x ?y ?z }")


def test_a_page_that_is_no_endpoint() -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        respond(handler, 200, b"<h1>Hello</h1>", "text/html")

    with misbehaving(answer) as url, pytest.raises(GraphError, match="is it one"):
        RemoteStore(url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"http://u:secret@127.0.0.1:{free_port()}/query", "Nothing answers at"),
        ("ftp://example.org/", "no address of a SPARQL server"),
        ("nonsense", "no address of a SPARQL server"),
        ("http://", "no address of a SPARQL server"),
    ],
)
def test_where_no_server_is(url: str, told: str) -> None:
    with pytest.raises(GraphError, match=told) as raised:
        RemoteStore(url)
    assert "secret" not in str(raised.value)


def test_which_queries_answer_in_rows() -> None:
    assert _is_table("# construct\nPREFIX construct: <http://a/construct#> SELECT * {}")
    assert not _is_table("PREFIX a: <http://select/> describe a:b")


def test_parts_hold_whole_statements() -> None:
    lines = [f"<urn:{i}> <urn:p> <urn:o> .\n" for i in range(100)]
    parts = list(_parts("".join(lines).encode(), size=200))
    assert "".join(parts) == "".join(lines)
    assert len(parts) > 5
    assert all(part.endswith(" .\n") for part in parts)
