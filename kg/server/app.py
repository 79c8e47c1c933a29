"""The application: which path leads where, and the layers around all of them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import KGError, UnknownNameError
from kg.server.current import Current
from kg.server.failure import ServerError
from kg.server.options import Options

if TYPE_CHECKING:
    from fastapi import FastAPI

ASSETS = Path(__file__).parent / "assets"


def make_app(folder: str | os.PathLike[str], *, options: Options | None = None) -> FastAPI:
    """The server of the graph in `folder`. Raises `GraphError` when that holds no graph.

    The workers start and end with the application's lifespan.
    """
    from fastapi import FastAPI
    from starlette.staticfiles import StaticFiles

    from kg.server import endpoint, linked_data, pages

    options = options or Options()
    current = Current(folder, options)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await current.start()
            yield
        finally:
            await current.close()

    app = FastAPI(title="newsgraph", lifespan=lifespan, openapi_url=None)
    app.state.current = current
    app.add_exception_handler(KGError, _told)
    app.mount("/assets", StaticFiles(directory=ASSETS, check_dir=False), name="assets")
    app.router.routes.extend(endpoint.routes(current))
    app.router.routes.extend(linked_data.routes(current))
    _mount_api(app, current)
    app.router.routes.extend(pages.routes(current, options))
    _protect(app, options)
    return app


def _mount_api(app: FastAPI, current: Current) -> None:
    """The JSON API with its documentation, for programs and for people."""
    from fastapi.exceptions import RequestValidationError

    from kg.server.api import routes

    api = routes.router(current)
    app.include_router(api)
    document = routes.document(api)
    page = routes.documentation(document)

    async def openapi(request: Request) -> Response:
        return JSONResponse(document)

    async def documentation(request: Request) -> Response:
        return page

    app.router.add_route(f"{routes.PREFIX}/openapi.json", openapi)
    app.router.add_route(routes.PREFIX, documentation)
    app.add_exception_handler(RequestValidationError, _malformed)


def _malformed(request: Request, error: Exception) -> Response:
    """A parameter that is missing or not of its type, as one sentence."""
    problems: list[dict[str, Any]] = getattr(error, "errors", list)()
    told = "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in problems[:3])
    return JSONResponse({"error": f"The request is not well-formed. {told}."}, 400)


def _told(request: Request, error: Exception) -> Response:
    """An error as one sentence: JSON below /api/, plain text elsewhere."""
    status, headers = 400, {}
    if isinstance(error, ServerError):
        status = error.status
        if error.retry_after is not None:
            headers["Retry-After"] = str(error.retry_after)
    elif isinstance(error, UnknownNameError):
        status = 404
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": str(error)}, status, headers)
    return PlainTextResponse(f"{error}\n", status, headers)


def _protect(app: FastAPI, options: Options) -> None:
    """The layers around the routes; what is added last is outermost."""
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from kg.server.security import Client, SecurityHeaders, Token

    app.add_middleware(Client)
    if options.auth_token:
        app.add_middleware(Token, token=options.auth_token)
    if options.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[options.cors],
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Authorization", "Content-Type"],
        )
    if options.is_loopback:
        # A page elsewhere whose name was made to point to 127.0.0.1 must not read the graph.
        app.add_middleware(
            TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1", "[::1]", options.host]
        )
    app.add_middleware(SecurityHeaders)
