"""Pages and feeds of the web: fetched with bounds on time, size and redirects, robots respected."""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.read.address import addresses
from kg.read.source import SUFFIXES, Source, id_of

if TYPE_CHECKING:
    import ssl

    import httpx
    from protego import Protego

AGENT = "newsgraph"
"""What robots.txt calls us."""

MAX_BYTES = 50_000_000
"""Of one answer, unpacked: large enough for feeds of many articles and PDFs with pictures."""

MAX_ROBOTS_BYTES = 512_000
"""RFC 9309 asks crawlers to read at least 500 kB."""

MAX_REDIRECTS = 5
"""As RFC 9309 asks for robots.txt; pages of news sites take two."""

STEP_SECONDS, TOTAL_SECONDS = 10.0, 60.0
"""Patience with one step (connecting, one piece of the answer), and with one answer in all."""

PAUSE_SECONDS, MAX_PAUSE_SECONDS = 1.0, 30.0
"""Between two pages of one host, unless its robots.txt asks for more; at most."""

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>)*"
                   rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a server sent: the address it came from in the end, its type and its bytes."""

    url: str
    type: str
    content: bytes


class _RefusalError(InputError):
    """The server answered, but with an error; `status` is its HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"cannot be fetched: the server answers {status} {reason}".rstrip())
        self.status = status


def is_address(path: object) -> bool:
    """Whether `path` is an address of the web, and no file."""
    return re.match(r"https?://", str(path), re.IGNORECASE) is not None


class Web:
    """Fetches pages, remembering what robots.txt of each host says and when it was last asked.

    Private addresses are refused unless `allow_private`. `follow` tells readers of feeds to fetch
    the pages that entries link to. `pause` are seconds between two pages of one host.
    """

    def __init__(
        self, *, allow_private: bool = False, follow: bool = False, pause: float = PAUSE_SECONDS
    ) -> None:
        self.follow = follow
        self._allow_private = allow_private
        self._pause = pause
        self._robots: dict[str, Protego] = {}
        self._asked: dict[str, float] = {}

    def source(self, url: str) -> Source:
        """What is at `url`, ready to be read. Raises `InputError`, also for unknown kinds."""
        answer = self.fetch(url)
        return Source(
            place=url,
            id=id_of_address(url),
            suffix=_suffix(answer),
            content=answer.content,
            url=answer.url,
        )

    def fetch(self, url: str) -> Answer:
        """The answer to `url`, redirects followed, each of them checked like the first.

        Raises `InputError` for private addresses, for what robots.txt forbids, and for whatever
        goes wrong on the way.
        """
        answer = None
        for _ in range(MAX_REDIRECTS + 1):
            _parsed(url)
            self._check_robots(url)
            answer, url = self._step(url, limit=MAX_BYTES)
            if answer:
                return answer
        raise InputError(f"cannot be fetched: it redirects more than {MAX_REDIRECTS} times")

    def _check_robots(self, url: str) -> None:
        """Waits for our turn. Raises `InputError` when robots.txt forbids `url` to us."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(f"{origin}/robots.txt")
        robots = self._robots[origin]
        if not robots.can_fetch(url, AGENT):
            raise InputError(
                "was not fetched: robots.txt of the site forbids it; save the page with a browser "
                "and build from the file"
            )
        delay = min(max(self._pause, robots.crawl_delay(AGENT) or 0), MAX_PAUSE_SECONDS)
        now = time.monotonic()
        turn = max(self._asked.get(origin, 0) + delay, now)
        if origin in self._asked:
            time.sleep(turn - now)
        self._asked[origin] = turn

    def _read_robots(self, url: str) -> Protego:
        """As RFC 9309 says: none is allowed all, one that cannot be had forbids all."""
        from protego import Protego

        answer = None
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer, url = self._step(url, limit=MAX_ROBOTS_BYTES)
                if answer:
                    break
        except _RefusalError as error:
            if error.status >= 500:
                raise InputError(f"was not fetched: its robots.txt {error}") from None
        except InputError as error:
            raise InputError(f"was not fetched: its robots.txt {error}") from None
        return Protego.parse(answer.content.decode("utf-8", "replace") if answer else "")

    def _step(self, url: str, *, limit: int) -> tuple[Answer | None, str]:
        """One request: the answer, or None and the address it redirects to."""
        import httpx

        parsed = _parsed(url)
        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            with self._connected(parsed) as response:
                if response.has_redirect_location:
                    return None, str(parsed.join(response.headers["location"]))
                if response.status_code != 200:
                    raise _RefusalError(response.status_code, response.reason_phrase)
                content = _body(response, limit=limit, deadline=deadline)
        except httpx.InvalidURL:
            raise InputError("cannot be fetched: it redirects to an invalid address") from None
        except httpx.TimeoutException:
            raise InputError(
                f"cannot be fetched: the server took longer than {STEP_SECONDS:.0f} s to answer"
            ) from None
        except httpx.HTTPError as error:
            raise InputError(f"cannot be fetched: {_told(error)}") from None
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(url, kind, content), url

    @contextmanager
    def _connected(self, url: httpx.URL) -> Iterator[httpx.Response]:
        """The answer to a request sent to the very address that was checked.

        Each request has a connection of its own: those that are kept are found by address, and
        two hosts may share one.
        """
        import httpx

        port = url.port or (443 if url.scheme == "https" else 80)
        found = addresses(url.host, port, allow_private=self._allow_private)
        failure: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for address in found:
            with httpx.Client(
                verify=self._trust, trust_env=False, follow_redirects=False, timeout=STEP_SECONDS
            ) as client:
                request = client.build_request(
                    "GET",
                    url.copy_with(host=address, fragment=None),
                    headers={
                        "Host": url.netloc.decode("ascii"),
                        "User-Agent": f"{AGENT} (+https://w3id.org/newsgraph)",
                        "Accept-Encoding": "gzip",
                    },
                    extensions={"sni_hostname": url.host},
                )
                try:
                    response = client.send(request, stream=True)
                except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                    failure = error
                    continue
                try:
                    yield response
                finally:
                    response.close()
                return
        assert failure is not None  # noqa: S101  # an address was tried, and none answered
        raise failure

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        import httpx

        return httpx.create_ssl_context()


def id_of_address(url: str) -> str:
    """A document id for a page: host and path, with a hash where that does not tell all."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", parts.path.rstrip("/"))
    name = id_of(host + path)
    if parts.query or len(name) > MAX_ID:
        digest = hashlib.sha256(f"{host}{parts.path}?{parts.query}".encode()).hexdigest()[:8]
        name = f"{name[:MAX_ID]}-{digest}"
    return name


MAX_ID = 100
"""Characters of a page's address that are kept in its id."""


def _parsed(url: str) -> httpx.URL:
    """The parts of an address. Raises `InputError` for one that must not be asked for."""
    import httpx

    try:
        parsed = httpx.URL(url)
        urlsplit(url)
    except (httpx.InvalidURL, ValueError):
        raise InputError(f"cannot be fetched: {url!r} is no valid address") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise InputError(f"cannot be fetched: {url!r} is no address of the web")
    if parsed.userinfo:
        raise InputError("was not fetched: it holds a password, which would get into the graph")
    return parsed


def _body(response: httpx.Response, *, limit: int, deadline: float) -> bytes:
    """The bytes of the answer, unpacked here, so that a bomb does not get to grow."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise InputError(f"cannot be fetched: the server packs its answer as {packing!r}, unasked")
    unpack = zlib.decompressobj(wbits=31) if packing in ("gzip", "x-gzip") else None
    content = bytearray()
    try:
        for chunk in response.iter_raw():
            room = limit + 1 - len(content)
            content += unpack.decompress(chunk, room) if unpack else chunk[:room]
            if len(content) > limit:
                raise InputError(
                    f"was not fetched: it is larger than {limit // 1_000_000} MB; download it and "
                    "build from the file"
                )
            if time.monotonic() > deadline:
                raise InputError(
                    f"cannot be fetched: it takes longer than {TOTAL_SECONDS:.0f} s in all"
                )
    except zlib.error:
        raise InputError("cannot be fetched: the server sent a broken gzip stream") from None
    return bytes(content)


def _suffix(answer: Answer) -> str:
    """The format of an answer: a feed if it looks like one, else what its type or name says."""
    if _FEED.match(answer.content[:4096].removeprefix(b"\xef\xbb\xbf")):
        return ".rss"
    if answer.type in TYPES:
        return TYPES[answer.type]
    suffix = "." + urlsplit(answer.url).path.rpartition(".")[2].lower()
    if suffix in SUFFIXES:
        return suffix
    raise InputError(f"is of the type {answer.type or 'unknown'!r}, which newsgraph does not read")


def _told(error: httpx.HTTPError) -> str:
    """What went wrong, as the system or the library says it."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
