"""The paths of the JSON API under `/api/v1`, and their documentation."""

from __future__ import annotations

import html
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pyoxigraph import NamedNode
from starlette.responses import HTMLResponse

from kg.graph import vocabulary as v
from kg.graph.iri import local_name
from kg.inventory import EVENT_GROUPS
from kg.model import Factuality
from kg.query import named_queries
from kg.server.api import reading
from kg.server.api import record as r
from kg.server.endpoint import unless_gone
from kg.server.pages.timeline import Choice
from kg.server.protocol import RefusedError

if TYPE_CHECKING:
    from kg.server.current import Current

PREFIX = "/api/v1"
_LONGEST = 300
_MOST_THINGS = 20

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": r.Problem, "description": "The request is not well-formed"},
    404: {"model": r.Problem, "description": "The graph holds no such thing"},
    429: {"model": r.Problem, "description": "Too many requests of this client are waiting"},
    503: {"model": r.Problem, "description": "A limit of time or memory, or too many are asking"},
}

Name = Annotated[str, Query(max_length=_LONGEST, description="A short name, e.g. ent:Iran")]
Names = Annotated[
    list[str], Query(max_length=_MOST_THINGS, description="Short names (ent:Iran); repeat for more")
]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


def router(current: Current) -> APIRouter:
    """The operations of the API."""
    api = APIRouter(prefix=PREFIX, responses=_PROBLEMS)

    @api.get("/graph", summary="What is served", tags=["graph"])
    async def graph() -> r.Graph:
        statements, articles, things = await current.run_once(reading.contents)
        manifest = current.manifest
        return r.Graph(
            current.version, manifest.version, manifest.extractor, statements, articles, things
        )

    @api.get("/search", summary="Things by name, articles by title", tags=["things"])
    async def search(
        request: Request,
        q: Annotated[str, Query(max_length=_LONGEST, description="A name or part of one")],
        limit: Limit = 20,
    ) -> r.Found:
        return await unless_gone(request, current.run(reading.found, q, most=limit))

    @api.get("/entity/{name}", summary="An entity with its claims and sentences", tags=["things"])
    async def entity(request: Request, name: str) -> r.Profile:
        return await unless_gone(request, current.run(reading.profile, _iri(v.ENT, name)))

    @api.get("/event/{name}", summary="An event with its claims and sentences", tags=["things"])
    async def event(request: Request, name: str) -> r.Profile:
        return await unless_gone(request, current.run(reading.profile, _iri(v.EV, name)))

    @api.get("/article/{id}", summary="An article with its text and mentions", tags=["things"])
    async def article(request: Request, id: str) -> r.Article:
        return await unless_gone(request, current.run(reading.article, _iri(v.DOC, id)))

    @api.get("/neighbourhood", summary="The network around some things", tags=["things"])
    async def neighbourhood(request: Request, of: Names) -> r.Surroundings:
        iris = [_long(name) for name in of]
        return await unless_gone(request, current.run(reading.neighbourhood, iris))

    @api.get("/claims", summary="Claims with their sentences", tags=["claims"])
    async def claims(
        request: Request,
        about: Annotated[
            str,
            Query(max_length=_LONGEST, description="ent:Iran, ev:..., or doc:... for an article"),
        ],
    ) -> r.Claims:
        return await unless_gone(request, current.run(reading.claims, _long(about)))

    @api.get("/timeline", summary="Events in order of time", tags=["claims"])
    async def timeline(
        request: Request,
        of: Annotated[
            list[str],
            Query(max_length=_MOST_THINGS, description="Events in which all of these take part"),
        ] = [],  # noqa: B006  FastAPI copies it
        group: Annotated[str, Query(description=f"One of {', '.join(EVENT_GROUPS)}")] = "",
        factuality: Factuality | None = None,
        date_from: Annotated[date | None, Query(alias="from")] = None,
        date_to: Annotated[date | None, Query(alias="to")] = None,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> r.Timeline:
        if group and group not in EVENT_GROUPS:
            raise RefusedError(f"No group {group[:50]!r}. There are: {', '.join(EVENT_GROUPS)}.")
        choice = Choice(
            who=tuple(map(_long, of)),
            group=group,
            certainty=factuality.value if factuality else "",
            date_from=date_from,
            date_to=date_to,
        )
        asking = current.run(reading.timeline, choice, offset=offset, limit=limit)
        return await unless_gone(request, asking)

    @api.get("/disagreements", summary="Where sources contradict each other", tags=["claims"])
    async def disagreements() -> r.Disagreements:
        return await current.run_once(reading.disagreements)

    @api.get("/queries", summary="The named queries", tags=["queries"])
    async def queries() -> list[r.Query]:
        return [
            r.Query(
                named.name,
                named.description,
                [r.Parameter(p.name, p.meaning, p.optional) for p in named.parameters],
                named.text,
            )
            for named in named_queries()
        ]

    @api.get("/queries/{name}", summary="The answer to a named query", tags=["queries"])
    async def answer(request: Request, name: str) -> r.Rows:
        """Every other parameter of the request gives the query's variable of that name a value."""
        if name not in {named.name for named in named_queries()}:
            known = ", ".join(named.name for named in named_queries())
            raise RefusedError(f"No query is called {name[:50]!r}. There are: {known}.", 404)
        values = {key: value for key, value in request.query_params.items() if value.strip()}
        asking = current.run(reading.rows, name, values, most=current.options.rows)
        return await unless_gone(request, asking)

    return api


def document(api: APIRouter) -> dict[str, Any]:
    """The OpenAPI document of the API."""
    from fastapi.openapi.utils import get_openapi

    return get_openapi(
        title="newsgraph",
        version=version("newsgraph"),
        summary="Who did what to whom, where, when, and who says so",
        description='Answers are JSON; errors are `{"error": "one sentence"}`.',
        routes=api.routes,
    )


def documentation(document: dict[str, Any]) -> HTMLResponse:
    """The OpenAPI document as a page without scripts."""
    parts = []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            rows = "".join(map(_row, operation.get("parameters", ())))
            note = f"<p>{_e(operation['description'])}</p>" if "description" in operation else ""
            table = f"<table>{rows}</table>" if rows else ""
            summary = _e(operation["summary"])
            parts.append(f"<h2><code>{_e(path)}</code></h2><p>{summary}</p>{note}{table}")
    return HTMLResponse(_PAGE.format(operations="".join(parts)))


def _row(parameter: dict[str, Any]) -> str:
    cells = (
        f"<code>{_e(parameter['name'])}</code>",
        "" if parameter["required"] else "optional",
        _e(parameter.get("description", "")),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>newsgraph: JSON API</title><link rel="stylesheet" href="/assets/page.css">
<main><h1>JSON API</h1>
<p>The machine-readable description is <a href="/api/v1/openapi.json">openapi.json</a>; for queries
of your own there is <a href="/query">SPARQL</a>.</p>
{operations}</main></html>
"""


def _e(text: str) -> str:
    return html.escape(text)


def _iri(namespace: str, name: str) -> str:
    """The IRI of a local name; `ent:Iran` is taken for `Iran`."""
    local = name.partition(":")[2] if name.startswith(("ent:", "ev:", "doc:")) else name
    try:
        return NamedNode(namespace + local).value
    except ValueError:  # what no IRI may hold is escaped, as it is when the graph is made
        return namespace + local_name(local)


def _long(name: str) -> str:
    """The IRI of `ent:Iran`; an IRI of the graph stays as it is."""
    for prefix, namespace in (("ent:", v.ENT), ("ev:", v.EV), ("doc:", v.DOC)):
        if name.startswith(prefix):
            return _iri(namespace, name.removeprefix(prefix))
        if name.startswith(namespace):
            return _iri(namespace, name.removeprefix(namespace))
    raise RefusedError(f"{name[:100]!r} is no name like ent:Iran; find it with /api/v1/search?q=.")
