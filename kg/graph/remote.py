"""A graph in a SPARQL 1.1 server: asked like the store on disk, and published to after a build.

One thin client for the three protocols (query, update, graph store) on httpx. What it has learnt
from servers: queries go as forms, for Virtuoso never answers `application/sparql-query`; a query
that Oxigraph's server stops ends in an answer that breaks off; Virtuoso has no default graph,
wants updates at another path and with digest authentication, and calls ASK's answer a column.
So what is in the default graph on disk is in the named graph `FACTS_GRAPH` in a server; the union
of all graphs, which queries see, is the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH, Graph, Store, Term

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
"""Seconds without a byte: longer than the usual limit of a server, which then says so itself."""

ATTEMPTS = 4
"""How often a request is sent that may safely be sent again: servers restart in some seconds."""

PATIENCE = 30.0
"""Seconds to wait before another attempt at most, whatever the server's Retry-After says."""

_TEMPORARY = (429, 502, 503, 504)
_JSON = "application/sparql-results+json"
_ASK = "__ASK_RETVAL"
"""The column in which Virtuoso answers ASK."""


@dataclass(frozen=True)
class Endpoints:
    """Where a server takes queries, updates, and whole graphs ("" where it takes none)."""

    query: str
    update: str
    graphs: str


def endpoints_of(url: str, server: str, *, signed_in: bool) -> Endpoints:
    """The endpoints beside the query endpoint `url` of a server that names itself `server`.

    Oxigraph's (and Fuseki's) `/query` has `/update` and `/store` beside it, Virtuoso's `/sparql`
    has `/sparql-auth` and `/sparql-graph-crud-auth` for who signs in. Of any other server it is
    assumed that it takes updates where it takes queries, as most do.
    """
    base = url.rstrip("/")
    if server.lower().startswith("virtuoso"):
        secured = "-auth" if signed_in else ""
        return Endpoints(base, base + secured, f"{base}-graph-crud{secured}")
    if base.endswith("/query"):
        stem = base.removesuffix("/query")
        graphs = f"{stem}/store" if "oxigraph" in server.lower() else f"{stem}/data"
        return Endpoints(base, f"{stem}/update", graphs)
    return Endpoints(base, base, "")


class RemoteStore:
    """The graph in the SPARQL server at `url`, its query endpoint; use as a context manager.

    A user name and password stand in the URL (`http://user:password@host/sparql`); they are sent
    as the server asks for them, and never shown. Raises `GraphError` when nothing answers there.
    """

    def __init__(self, url: str, *, timeout: httpx.Timeout = TIMEOUT) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise GraphError(
                f"{url!r} is no address of a SPARQL server; write http://HOST/PATH-OF-QUERIES."
            )
        host = parts.netloc.rpartition("@")[2]
        self.url = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
        self._user = (parts.username or "", parts.password or "")
        self._http = httpx.Client(
            timeout=timeout, headers={"User-Agent": "newsgraph"}, follow_redirects=False
        )
        try:
            first = self._send(
                "POST", self.url, data={"query": "ASK {}"}, headers={"Accept": _JSON}
            )
            if first.status_code >= 400 or "json" not in first.headers.get("content-type", ""):
                raise self._refused(first, "a query")
        except BaseException:
            self._http.close()
            raise
        server = first.headers.get("server", "")
        self.endpoints = endpoints_of(self.url, server, signed_in=bool(self._user[0]))

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        rows = self.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } " + _OURS + " }")
        return int(next(iter(rows))["n"].value)

    # reading

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        union: bool = True,
        base: str | None = None,
    ) -> Any:
        """What the server answers, as Oxigraph would hand it out; prefixes are predeclared.

        Raises `QueryError` for a query that the server cannot read, `GraphError` for any other
        refusal, and for an answer that breaks off.
        """
        fields: dict[str, Any] = {"query": _declared(text, base) + _values(bindings or {})}
        if union:
            fields["union-default-graph"] = "true"  # Oxigraph's; others do not know it
        if default_graphs is not None:
            fields["default-graph-uri"] = list(default_graphs)
        if named_graphs is not None:
            fields["named-graph-uri"] = list(named_graphs)
        accept = _JSON if _is_table(text) else "application/n-triples, text/turtle;q=0.5"
        answer = self._send("POST", self.endpoints.query, data=fields, headers={"Accept": accept})
        if answer.status_code >= 400:
            raise self._refused(answer, "the query")
        return self._parsed(answer)

    def quads(
        self,
        *,
        subject: Any = None,
        predicate: ox.NamedNode | None = None,
        value: Any = None,
        graph: Graph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches anything. `FACTS_GRAPH` is the default graph."""
        where = ox.NamedNode(v.FACTS_GRAPH) if isinstance(graph, ox.DefaultGraph) else graph
        given = {"s": subject, "p": predicate, "o": value, "g": where}
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in given.items())
        for row in self.query(f"SELECT * {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            found = {name: row[name] if term is None else term for name, term in given.items()}
            is_fact = found["g"].value == v.FACTS_GRAPH
            yield ox.Quad(
                found["s"], found["p"], found["o"], DEFAULT_GRAPH if is_fact else found["g"]
            )

    def named_graphs(self) -> list[ox.NamedNode]:
        """The named graphs that newsgraph published, sorted by IRI; not that of the facts."""
        return [graph for graph in self._published() if graph.value != v.FACTS_GRAPH]

    def _published(self) -> list[ox.NamedNode]:
        rows = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } " + _OURS + " }")
        return sorted((row["g"] for row in rows), key=lambda graph: str(graph.value))

    # writing

    def publish(
        self, store: Store, *, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> int:
        """Makes the server hold what `store` does; returns the number of graphs written.

        Every graph is replaced as a whole, the facts last, and graphs of articles that are gone
        are dropped; data of others in the same server stays. A failure in between leaves old and
        new graphs side by side: publish again.
        """
        facts = ox.NamedNode(v.FACTS_GRAPH)
        graphs = [*store.named_graphs(), facts]
        for done, graph in enumerate(graphs, 1):
            here = DEFAULT_GRAPH if graph == facts else graph
            self.put(graph, (quad.triple for quad in store.quads(graph=here)))
            progress(done, len(graphs))
        for graph in self._published():
            if graph not in graphs:
                self.update(f"DROP SILENT GRAPH {graph}")
        return len(graphs)

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Makes a named graph consist of `triples`, by the graph store protocol if there is one."""
        data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        if self.endpoints.graphs:
            answer = self._send(
                "PUT",
                self.endpoints.graphs,
                params={"graph": graph.value},
                content=data,
                # Every N-Triples document is a Turtle one, and Virtuoso takes Turtle alone.
                headers={"Content-Type": "text/turtle; charset=utf-8"},
            )
            if answer.status_code < 400:
                return
            if answer.status_code not in (404, 405, 501):
                raise self._refused(answer, f"the graph {graph}")
        self.update(f"DROP SILENT GRAPH {graph}")
        for part in _parts(data):
            self.update(f"INSERT DATA {{ GRAPH {graph} {{\n{part}}} }}")

    def update(self, text: str) -> None:
        """Runs a SPARQL update. Raises `GraphError` when the server refuses it."""
        answer = self._send("POST", self.endpoints.update, data={"update": text})
        if answer.status_code >= 400:
            raise self._refused(answer, "an update")

    # requests

    def _send(self, method: str, url: str, **request: Any) -> httpx.Response:
        """The answer to a request that may be sent again; waits while the server is not ready."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._once(method, url, **request)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if attempt == ATTEMPTS or isinstance(error, httpx.ReadTimeout | httpx.InvalidURL):
                    raise self._unreachable(error) from None
                time.sleep(_pause(attempt))
                continue
            if answer.status_code not in _TEMPORARY or attempt == ATTEMPTS:
                return answer
            time.sleep(_pause(attempt, answer.headers.get("retry-after", "")))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method: str, url: str, **request: Any) -> httpx.Response:
        answer = self._http.request(method, url, **request)
        if answer.status_code != 401 or not self._user[0]:
            return answer
        scheme = answer.headers.get("www-authenticate", "").partition(" ")[0].lower()
        sign_in = httpx.DigestAuth if scheme == "digest" else httpx.BasicAuth
        self._http.auth = sign_in(*self._user)
        return self._http.request(method, url, **request)

    def _parsed(self, answer: httpx.Response) -> Any:
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        try:
            if media_type in ("application/sparql-results+json", "application/json"):
                return _Rows.of(answer.content)
            format = ox.RdfFormat.from_media_type(media_type)
            if format is None:
                raise GraphError(f"{self.url} answers in {media_type!r}, which is no RDF format.")
            return [quad.triple for quad in ox.parse(answer.content, format=format)]
        except SyntaxError as error:
            raise GraphError(
                f"The answer of {self.url} breaks off or is malformed ({error.msg}); the server "
                "may have stopped the query. Ask for less, or raise its time limit."
            ) from None

    def _unreachable(self, error: Exception) -> GraphError:
        if isinstance(error, httpx.ReadTimeout):
            return GraphError(
                f"{self.url} did not answer within {self._http.timeout.read:g} seconds; ask for "
                "less, or look after the server."
            )
        return GraphError(
            f"Nothing answers at {self.url} ({error}); is the server running, and is this the "
            "address of its queries?"
        )

    def _refused(self, answer: httpx.Response, what: str) -> GraphError | QueryError:
        url, status = answer.request.url.copy_with(query=None), answer.status_code
        said = " ".join(answer.text.split())[:300] if _is_plain(answer) else ""
        if status in (401, 403):
            return GraphError(
                f"{url} does not let us send {what} (status {status}); give a user who may, as "
                "http://USER:PASSWORD@HOST/..."
            )
        if status == 404:
            return GraphError(
                f"There is no SPARQL endpoint at {url}. Usual ones are /query (Oxigraph, Fuseki) "
                "and /sparql (Virtuoso)."
            )
        if status == 400 and what == "the query":
            return QueryError(f"{url} cannot read the query: {said or 'it does not say why'}")
        if status < 400:
            return GraphError(f"{url} does not answer as a SPARQL endpoint does; is it one?")
        told = f": {said}" if said else ""
        return GraphError(f"{url} refuses {what} with status {status}{told}")


class _Rows:
    """Rows read to their end, so that an answer that breaks off is found out here."""

    def __init__(self, variables: Sequence[ox.Variable], rows: Sequence[Any]) -> None:
        self.variables = variables
        self._rows = iter(rows)

    @classmethod
    def of(cls, content: bytes) -> Any:
        found: Any = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return found
        rows = list(found)
        if [variable.value for variable in found.variables] == [_ASK]:
            document = b'{"head":{},"boolean":%s}' % (b"true" if rows else b"false")
            return ox.parse_query_results(document, ox.QueryResultsFormat.JSON)
        return cls(found.variables, rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __next__(self) -> Any:
        return next(self._rows)


_OURS = f'FILTER(STRSTARTS(STR(?g), "{v.BASE}"))'


def _is_table(text: str) -> bool:
    """Whether the query is a SELECT or ASK: the first of the four words says so."""
    plain = re.sub(r"<[^<>\s]*>|#[^\n]*", " ", text)
    found = re.search(r"\b(select|ask|construct|describe)\b(?!\s*:)", plain, re.IGNORECASE)
    return found is None or found[1].lower() in ("select", "ask")


def _declared(text: str, base: str | None) -> str:
    """The query with all prefixes declared, in front of its first line so that lines stay."""
    declarations = [f"PREFIX {name}: <{iri}>" for name, iri in v.PREFIXES.items()]
    if base:
        declarations.insert(0, f"BASE <{base}>")
    return f"{' '.join(declarations)} {text}"


def _values(bindings: Mapping[str, Term]) -> str:
    """Bindings as the VALUES clause that may end a query: terms, never text put into it."""
    if not bindings:
        return ""
    names = " ".join(f"?{name}" for name in bindings)
    return f"\nVALUES ({names}) {{ ({' '.join(map(str, bindings.values()))}) }}"


def _parts(data: bytes, size: int = 500_000) -> Iterator[str]:
    """N-Triples in parts of some size in bytes, which every server takes as one request."""
    part: list[str] = []
    length = 0
    for line in data.decode().splitlines(keepends=True):
        part.append(line)
        length += len(line)
        if length > size:
            yield "".join(part)
            part, length = [], 0
    if part:
        yield "".join(part)


def _pause(attempt: int, asked: str = "") -> float:
    """Seconds before the next attempt: what the server asks for, or half, one, two ..."""
    wanted = float(asked) if asked.isdecimal() else 0.25 * 2**attempt
    return min(wanted, PATIENCE)


def _is_plain(answer: httpx.Response) -> bool:
    media_type = answer.headers.get("content-type", "")
    return media_type.startswith("text/plain") or "json" in media_type
