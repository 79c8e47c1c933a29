"""`/sparql`: queries by the SPARQL 1.1 Protocol, and what is served, when nothing is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.server.answer import GRAPHS, NotAcceptableError, answer
from kg.server.current import Current
from kg.server.description import endpoint_description, void_description
from kg.server.negotiation import preferred
from kg.server.protocol import LONGEST, RefusedError, asked

NOTICE = "X-Newsgraph-Notice"
"""Response header that tells what is not as asked: an answer cut off, a graph that is not here."""

T = TypeVar("T")


def routes(current: Current) -> list[BaseRoute]:
    """`/sparql`, `/sparql/` and `/.well-known/void`."""

    async def sparql(request: Request) -> Response:
        body = await body_of(request) if request.method == "POST" else b""
        question = asked(
            request.method,
            request.scope["query_string"].decode("latin-1"),
            request.headers.get("content-type", ""),
            body,
        )
        if question.text is None:
            return await _described(request, current, endpoint_description)
        found = await unless_gone(
            request,
            current.run(
                answer,
                question.text,
                dataset=question.dataset,
                accept=request.headers.get("accept", ""),
                most=current.options.rows,
                base=f"{request.base_url}sparql",
            ),
        )
        headers = {"Vary": "Accept"}
        if found.notice:
            headers[NOTICE] = found.notice.encode("ascii", "xmlcharrefreplace").decode()
        return Response(found.body, media_type=found.media_type, headers=headers)

    async def void(request: Request) -> Response:
        return await _described(request, current, void_description)

    return [
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/sparql/", sparql, methods=["GET", "POST"]),
        Route("/.well-known/void", void, methods=["GET"]),
    ]


async def _described(request: Request, current: Current, description: Any) -> Response:
    media_type = media_type_for(request)
    base = str(request.base_url)
    body = await current.run_once(description, base=base, media_type=media_type)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def media_type_for(request: Request) -> str:
    """The RDF format that the client likes best. Raises `NotAcceptableError`.

    Browsers ask for HTML, which is none of them; what they take besides (`*/*`) becomes Turtle.
    """
    media_type = preferred(request.headers.get("accept", ""), tuple(GRAPHS))
    if media_type is None:
        raise NotAcceptableError(f"There is RDF here, in these formats: {', '.join(GRAPHS)}.")
    return media_type


async def body_of(request: Request) -> bytes:
    """The body of a request. Raises `RefusedError` above `LONGEST` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise RefusedError(f"The request is longer than {LONGEST >> 20} MB.", 413)
    return bytes(body)


async def unless_gone(request: Request, answering: Coroutine[Any, Any, T]) -> T:
    """The answer; if the client goes away meanwhile, the work on it is stopped."""
    task = asyncio.create_task(answering)
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        for unneeded in (task, gone):
            unneeded.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await unneeded


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class ClientGoneError(RefusedError):
    """Nobody is there to send the answer to."""

    def __init__(self) -> None:
        super().__init__("The client closed the connection.", 499)
