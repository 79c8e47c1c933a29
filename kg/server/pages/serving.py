"""Answers the requests for pages: reads what is asked, has the data read, renders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.errors import KGError
from kg.inventory import EVENT_GROUPS
from kg.model import Factuality
from kg.query import named_queries
from kg.query.named import declared_parameters
from kg.server.failure import ServerError
from kg.server.pages import sparql as asking
from kg.server.pages.address import iri_of, long, network_address, short
from kg.server.pages.article import article, articles
from kg.server.pages.asset import LIBRARY, VIEWER, viewer_file
from kg.server.pages.disagreement import disagreements
from kg.server.pages.entity import entity
from kg.server.pages.event import event
from kg.server.pages.home import home
from kg.server.pages.network import centres_of, drawing
from kg.server.pages.place import places
from kg.server.pages.search import close_names, search, suggestions
from kg.server.pages.template import render
from kg.server.pages.timeline import Choice, timeline
from kg.server.security import POLICY
from kg.view.payload import pack

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.server.current import Current
    from kg.server.options import Options

Handler = Callable[["Request"], Awaitable[Response]]

LONGEST = 300
"""Characters of a name searched for; nothing is called by a longer one."""

_FRAMING = {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"}
"""For pages that show the drawing in a frame."""

_FRAMED = {
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
"""For the drawing itself."""


class Pages:
    """The pages of one server."""

    def __init__(self, current: Current, options: Options) -> None:
        self._current = current
        self._options = options

    def routes(self) -> list[Route]:
        """All pages, by path."""
        paths: dict[str, Handler] = {
            "/": self.home,
            "/search": self.search,
            "/suggest": self.suggest,
            "/entity/{name:path}": self.entity,
            "/event/{name:path}": self.event,
            "/articles": self.articles,
            "/article/{name:path}": self.article,
            "/timeline": self.timeline,
            "/disagreements": self.disagreements,
            "/places": self.places,
            "/network": self.network,
            "/network.json": self.network_data,
            "/query": self.query,
            "/viewer/{name}": self.viewer,
        }
        return [
            Route(path, self._answering(handler), name=f"page {path}", include_in_schema=False)
            for path, handler in paths.items()
        ]

    def _answering(self, handler: Handler) -> Handler:
        """The handler, with what goes wrong told as a page."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except ServerError as error:
                wait = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
                return self._problem(str(error), error.status, headers=wait)
            except KGError as error:
                return self._problem(str(error), 400)

        return answer

    # pages

    async def home(self, request: Request) -> Response:
        return self._page("home.html", view=await self._current.run_once(home))

    async def search(self, request: Request) -> Response:
        text = request.query_params.get("q", "")[:LONGEST]
        return self._page("search.html", view=await self._current.run(search, text), text=text)

    async def suggest(self, request: Request) -> Response:
        text = request.query_params.get("q", "")[:LONGEST]
        return JSONResponse(await self._current.run(suggestions, text) if text.strip() else [])

    async def entity(self, request: Request) -> Response:
        name = request.path_params["name"]
        iri = iri_of("entity", name)
        view = await self._current.run(entity, iri) if iri else None
        if view is None:
            return await self._unknown("person, organisation or place", name)
        return self._page("entity.html", headers=_FRAMING, view=view)

    async def event(self, request: Request) -> Response:
        name = request.path_params["name"]
        iri = iri_of("event", name)
        view = await self._current.run(event, iri) if iri else None
        if view is None:
            return await self._unknown("event", name)
        return self._page("event.html", headers=_FRAMING, view=view)

    async def articles(self, request: Request) -> Response:
        text = request.query_params.get("q", "")[:LONGEST]
        view = await self._current.run(articles, text, _number(request))
        return self._page("articles.html", view=view)

    async def article(self, request: Request) -> Response:
        name = request.path_params["name"]
        iri = iri_of("article", name)
        view = await self._current.run(article, iri) if iri else None
        if view is None:
            return await self._unknown("article", name)
        return self._page("article.html", view=view)

    async def timeline(self, request: Request) -> Response:
        asked = request.query_params
        kind, certainty = asked.get("kind", ""), asked.get("certainty", "")
        choice = Choice(
            who=tuple(filter(None, map(long, asked.getlist("with")))),
            group=kind if kind in EVENT_GROUPS else "",
            certainty=certainty if certainty in [value.value for value in Factuality] else "",
            date_from=_day(asked.get("from", "")),
            date_to=_day(asked.get("to", "")),
            number=_number(request),
        )
        return self._page("timeline.html", view=await self._current.run(timeline, choice))

    async def disagreements(self, request: Request) -> Response:
        view = await self._current.run_once(disagreements)
        return self._page("disagreements.html", view=view)

    async def places(self, request: Request) -> Response:
        of = long(request.query_params.get("of", ""))
        return self._page("places.html", view=await self._current.run(places, of))

    async def network(self, request: Request) -> Response:
        chosen = [iri for name in request.query_params.getlist("of") if (iri := long(name))]
        centres = await self._current.run(centres_of, chosen)
        data = await self._current.run(drawing, centres)
        ranked = sorted(data["nodes"], key=lambda node: (-node["score"], node["id"]))
        return self._page(
            "network.html",
            headers=_FRAMED,
            data=pack(data),
            ranked=ranked,
            centres=" ".join(map(short, centres)),
            full=network_address(*centres),
            embedded="embedded" in request.query_params,
            scripts=(LIBRARY, *VIEWER),
        )

    async def network_data(self, request: Request) -> Response:
        chosen = [iri for name in request.query_params.getlist("of") if (iri := long(name))]
        centres = await self._current.run(centres_of, chosen)
        return JSONResponse(await self._current.run(drawing, centres))

    async def query(self, request: Request) -> Response:
        asked = request.query_params
        name, given = asked.get("name", ""), asked.get("query", "")
        values = {key: value for key, value in asked.items() if key not in ("name", "query")}
        text, values = asking.chosen(name, given, values)
        answer = await self._current.run(asking.answer, text, values) if text else None
        return self._page(
            "query.html",
            text=text or asking.EXAMPLE,
            name=name,
            values=values,
            named=named_queries(),
            parameters=declared_parameters(text),
            answer=answer,
            prefixes=asking.prefixes(),
            most=asking.MOST_ROWS,
        )

    async def viewer(self, request: Request) -> Response:
        found = viewer_file(request.path_params["name"])
        if found is None:
            return self._problem("There is no such file.", 404)
        text, kind = found
        return Response(text, media_type=kind, headers={"Cache-Control": "max-age=3600"})

    # what all pages share

    def _page(
        self,
        template: str,
        /,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Response:
        return HTMLResponse(render(template, **values), status_code=status, headers=headers)

    def _problem(
        self, message: str, status: int, *, headers: dict[str, str] | None = None
    ) -> Response:
        return self._page(
            "problem.html",
            status=status,
            headers=headers,
            heading="This did not work",
            message=message,
            close=(),
        )

    async def _unknown(self, kind: str, name: str) -> Response:
        close = await self._current.run(close_names, name[:LONGEST])
        return self._page(
            "problem.html",
            status=404,
            heading="Not in this graph",
            message=f"The graph holds no {kind} called “{name[:LONGEST].replace('_', ' ')}”.",
            close=close,
        )


def _number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
