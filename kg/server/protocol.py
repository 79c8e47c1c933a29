"""What a client asks by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/).

Three ways to ask: GET with `?query=`, POST with a form, POST with the query itself as the body.
Everything else is refused with the status that the protocol, or HTTP, has for it. Updates are
refused in whichever way they come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.query import Dataset
from kg.server.failure import ServerError

LONGEST = 1 << 20
"""Bytes of a query, and of a request's body, at most."""

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


class RefusedError(ServerError):
    """A request that the protocol, or this server, does not allow."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message, status)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Asked:
    """A query and the graphs it is to be asked of. `text` is None when none was given."""

    text: str | None
    dataset: Dataset


def asked(method: str, query_string: str, content_type: str, body: bytes) -> Asked:
    """The query of a request. Raises `RefusedError`."""
    given = _parameters(query_string)
    if method == "POST":
        given += _of_body(content_type, body)
    if any(name == "update" for name, _ in given):
        raise _update_refused()
    queries = [value for name, value in given if name == "query"]
    if len(queries) > 1:
        raise RefusedError("The request has more than one query; send one.")
    if method == "POST" and not queries:
        raise RefusedError("The form has no field `query`.")
    return Asked(queries[0] if queries else None, _dataset(given))


def _of_body(content_type: str, body: bytes) -> list[tuple[str, str]]:
    media_type, charset = _content_type(content_type)
    if media_type not in (FORM, QUERY, UPDATE):
        told = f"not as {media_type}" if media_type else "and say so in Content-Type"
        raise RefusedError(f"Send the query as {FORM} or as {QUERY}, {told}.", 415)
    if media_type == UPDATE:
        raise _update_refused()
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise RefusedError(f"The body is in {charset}; the protocol knows UTF-8 alone.", 415)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(f"The body is not UTF-8 at byte {error.start}.") from None
    return _parameters(text) if media_type == FORM else [("query", text)]


def _content_type(text: str) -> tuple[str, str]:
    """The media type and the charset, in lower case."""
    media_type, *parameters = (piece.strip().lower() for piece in text.split(";"))
    charsets = [p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset=")]
    return media_type, charsets[0] if charsets else ""


def _parameters(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        raise RefusedError("The parameters are not UTF-8.") from None
    except ValueError:
        raise RefusedError("The request has more than 1000 parameters.") from None


def _dataset(given: list[tuple[str, str]]) -> Dataset:
    default = tuple(value for name, value in given if name == "default-graph-uri")
    named = tuple(value for name, value in given if name == "named-graph-uri")
    for iri in (*default, *named):
        if not _ABSOLUTE.fullmatch(iri):
            raise RefusedError(f"{iri[:200]!r} is no absolute IRI, so it names no graph.")
    return Dataset(default, named)


def _update_refused() -> RefusedError:
    return RefusedError(
        "This endpoint only answers queries; the graph is changed by building it from other "
        "articles.",
        403,
    )
