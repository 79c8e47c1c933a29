"""Who is asking: what the fair shares of the workers go by."""

from __future__ import annotations

from contextvars import ContextVar

client: ContextVar[str] = ContextVar("client", default="")
"""The client of the request that is being answered, "" for the server itself."""
