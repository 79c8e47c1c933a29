"""Who may ask, and what a browser may do with the answer: small ASGI layers.

Written against ASGI itself: Starlette's own middleware classes for hosts and CORS are used where
they fit (`kg.server.app`); there is none for headers and tokens.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.client import client

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Content security policy: nothing inline, nothing from another host."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


class SecurityHeaders:
    """Sets `HEADERS` on every response that has not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


class Client:
    """Notes who asks, for the fair shares of `kg.server.lane`: the address, as far as we know it.

    An IPv6 client owns a whole /64, so that counts as one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = (scope.get("client") or ("",))[0]
            client.set(_network(host) if ":" in host else host)
        await self.app(scope, receive, send)


def _network(host: str) -> str:
    try:
        return str(ipaddress.ip_network((host, 64), strict=False))
    except ValueError:
        return host


class Token:
    """Lets only requests through that carry the token, as a bearer or as a Basic password.

    Basic is what a browser asks its user for by itself; the user name does not matter.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._admits(Headers(scope=scope).get("authorization", "")):
            await self.app(scope, receive, send)
            return
        response = PlainTextResponse(
            "This server asks for its token: send it as `Authorization: Bearer TOKEN`, or as the "
            "password when the browser asks.\n",
            status_code=401,
            headers={"WWW-Authenticate": 'Basic realm="newsgraph", charset="UTF-8"'},
        )
        await response(scope, receive, send)

    def _admits(self, authorization: str) -> bool:
        scheme, _, credentials = authorization.partition(" ")
        given = b""
        if scheme.lower() == "bearer":
            given = credentials.strip().encode("latin-1", "replace")
        elif scheme.lower() == "basic":
            try:
                given = base64.b64decode(credentials, validate=True).partition(b":")[2]
            except (ValueError, binascii.Error):
                return False
        return secrets.compare_digest(given, self._token)
