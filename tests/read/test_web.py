"""Fetching from the web, from a real server on this machine: what is got, and what is refused."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.read import Problem, address, read, web
from kg.read.address import addresses, is_public
from kg.read.web import Web, id_of_address
from tests.read.files import archive, docx, pdf, rss

SENTENCE = "A bomb killed 12 people in Kabul on Thursday, the police said in a statement."
OTHER = "The interior minister, Sirajuddin Haqqani, condemned the attack and promised an inquiry."
PAGE = f"""<html><head><title>Bomb kills 12</title><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2024-01-12T10:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Bomb kills 12</h1><p>{SENTENCE}</p><p>{OTHER}</p>
</article></body></html>"""

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A site: replies by path, and what was asked for with which Host."""

    port: int = 0
    replies: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = field(
        default_factory=dict
    )
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, data: bytes | str, type: str = "text/html", **headers: str) -> str:
        content = data.encode() if isinstance(data, str) else data
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.replies[path] = (200, {"Content-Type": type, **named}, content)
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        self.replies[path] = (302, {"Location": target}, b"")
        return self.url(path)

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, self.headers["Host"]))
            reply = here.replies.get(self.path, (404, {}, b"gone"))
            if callable(reply):
                reply(self)
                return
            status, headers, content = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()


def near(*, follow: bool = False) -> Web:
    """A fetcher that may ask this machine, without waiting."""
    return Web(allow_private=True, follow=follow, pause=0)


def one(url: str) -> Document:
    (item,) = read([url], web=near())
    assert isinstance(item, Document), item
    return item


def problem(url: str, fetcher: Web | None = None) -> str:
    (item,) = read([url], web=fetcher or near())
    assert isinstance(item, Problem), item
    assert item.place == url
    return item.message


def test_a_page_gives_text_date_author_and_where_it_was(site: Site) -> None:
    document = one(site.put("/news/bomb.html", PAGE))
    assert SENTENCE in document.text
    assert "Home" not in document.text
    assert document.published == date(2024, 1, 12)
    assert document.author == "Jane Doe"
    assert document.url == site.url("/news/bomb.html")
    assert document.id == "127.0.0.1-news-bomb"


@pytest.mark.parametrize(
    ("path", "type", "data"),
    [
        ("/a", "text/plain; charset=utf-8", SENTENCE.encode()),
        ("/a", "application/pdf", pdf([[SENTENCE]])),
        ("/a.pdf", "application/octet-stream", pdf([[SENTENCE]])),
        ("/a.docx", "application/octet-stream", docx([SENTENCE])),
        ("/a", "application/zip", archive({"a.txt": SENTENCE})),
        ("/a", "application/rss+xml", rss([{"title": "Bomb", "description": SENTENCE}])),
        ("/a", "text/html", rss([{"title": "Bomb", "description": SENTENCE}])),
        ("/a", "text/csv", f'text\n"{SENTENCE}"\n'.encode()),
    ],
)
def test_every_format_can_be_fetched(site: Site, path: str, type: str, data: bytes) -> None:
    assert SENTENCE in one(site.put(path, data, type)).text


def test_a_packed_answer_is_unpacked(site: Site) -> None:
    url = site.put("/a", gzip.compress(SENTENCE.encode()), "text/plain", Content_Encoding="gzip")
    assert one(url).text == SENTENCE


# private addresses


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_private_addresses_are_refused_however_written(site: Site, host: str) -> None:
    site.put("/a", SENTENCE, "text/plain")
    message = problem(site.url("/a", host), Web())
    assert "private address" in message or "no machine" in message or "no valid" in message
    assert site.asked == []


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("::ffff:8.8.8.8", True),
        ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("100.64.0.1", False),
        ("169.254.169.254", False), ("0.0.0.0", False), ("255.255.255.255", False),
        ("224.0.0.1", False), ("240.0.0.1", False), ("fe80::1", False), ("fd00::1", False),
        ("fec0::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False), ("2002:a00:1::", False),
        ("2001:0:a00:1:0:0:f5ff:fffe", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(text: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(text)) is public


def resolver(*answers: str) -> Callable[..., Any]:
    """A name server that gives one answer after the other; literal addresses are themselves."""
    left = list(answers)
    genuine = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: Any, **options: Any) -> Any:
        if host[0].isdigit():
            return genuine(host, port, *arguments, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (left.pop(0), port))]

    return resolve


def test_a_name_that_leads_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address.socket, "getaddrinfo", resolver("127.0.0.1"))
    assert "private address" in problem(site.url("/a", "news.example"), Web())
    assert site.asked == []


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        addresses("news.example", 80)


def test_what_was_checked_is_what_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that changes its mind after the check changes nothing (DNS rebinding)."""
    site.put("/a", SENTENCE, "text/plain")
    monkeypatch.setattr(address.socket, "getaddrinfo", resolver("127.0.0.1", "127.0.0.1"))
    document = one(site.url("/a", "news.example"))  # a third question would be an IndexError
    assert document.text == SENTENCE
    assert {host for _, host in site.asked} == {f"news.example:{site.port}"}


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first name is taken as public; what it redirects to is asked about again."""
    inner = site.put("/secret", SENTENCE, "text/plain")
    outer = site.redirect("/a", inner).replace("127.0.0.1", "news.example")
    genuine = address.is_public
    monkeypatch.setattr(address.socket, "getaddrinfo", resolver("127.0.0.1", "127.0.0.1"))
    answers = iter([True, True])
    monkeypatch.setattr(address, "is_public", lambda ip: next(answers, None) or genuine(ip))
    assert "private address" in problem(outer, Web(pause=0))
    assert site.paths == ["/a"]


# robots


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: newsgraph\nDisallow: /news", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/a", True),
        ("<html>not robots at all</html>", True),
    ],
)
def test_robots_txt_is_respected(site: Site, robots: str, allowed: bool) -> None:
    site.put("/robots.txt", robots, "text/plain")
    url = site.put("/news/a", SENTENCE, "text/plain")
    if allowed:
        assert one(url).text == SENTENCE
    else:
        assert "robots.txt of the site forbids it" in problem(url)
        assert site.paths == []


def test_a_robots_txt_that_cannot_be_had_forbids_all_a_missing_one_nothing(site: Site) -> None:
    url = site.put("/a", SENTENCE, "text/plain")
    site.replies["/robots.txt"] = (503, {}, b"")
    assert "its robots.txt" in problem(url)
    del site.replies["/robots.txt"]
    assert one(url).text == SENTENCE


def test_a_redirect_does_not_lead_around_robots_txt(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /hidden", "text/plain")
    site.put("/hidden", SENTENCE, "text/plain")
    assert "robots.txt" in problem(site.redirect("/a", "/hidden"))
    assert site.paths == ["/a"]


def test_the_pause_that_a_site_asks_for_is_kept(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.4", "text/plain")
    fetcher = near()
    start = time.monotonic()
    for name in ("/a", "/b", "/c"):
        fetcher.fetch(site.put(name, SENTENCE, "text/plain"))
    assert time.monotonic() - start >= 0.8


# what goes wrong


def test_an_endless_redirect(site: Site) -> None:
    assert "redirects more than 5 times" in problem(site.redirect("/a", "/a"))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://news.example/a", "javascript:1", "http://"]
)
def test_a_redirect_out_of_the_web(site: Site, target: str) -> None:
    assert "cannot be fetched" in problem(site.redirect("/a", target))


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503])
def test_an_error_of_the_server(site: Site, status: int) -> None:
    site.replies["/a"] = (status, {}, b"<p>sorry</p>")
    assert f"the server answers {status}" in problem(site.url("/a"))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://user:secret@news.example/a", "holds a password"),
        ("http://[::1/a", "no valid address"),
        ("http:///a", "no address of the web"),
        ("http://news.example:99999/a", "cannot be fetched"),
        ("http://no-such-machine.invalid/a", "no machine called"),
    ],
)
def test_an_address_that_is_none(url: str, message: str) -> None:
    assert message in problem(url)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be fetched" in problem(f"http://127.0.0.1:{port}/a")


def test_an_unknown_type(site: Site) -> None:
    assert "of the type 'image/png'" in problem(site.put("/a", b"\x89PNG", "image/png"))


def test_an_answer_that_is_too_large(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 10_000)
    plain = site.put("/a", "a" * 10_001, "text/plain")
    bomb = site.put("/b", gzip.compress(b"a" * 50_000_000), "text/plain", Content_Encoding="gzip")
    assert "is larger than" in problem(plain)
    assert "is larger than" in problem(bomb)


@pytest.mark.parametrize(("packing", "message"), [("br", "unasked"), ("gzip", "broken gzip")])
def test_an_answer_that_cannot_be_unpacked(site: Site, packing: str, message: str) -> None:
    assert message in problem(site.put("/a", b"no", "text/plain", Content_Encoding=packing))


def test_a_server_that_never_ends(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TOTAL_SECONDS", 0.5)
    monkeypatch.setattr(web, "STEP_SECONDS", 0.4)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(100):
            try:
                handler.wfile.write(b"a")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    site.replies["/slow"] = drip
    site.replies["/silent"] = lambda handler: time.sleep(1.5)
    start = time.monotonic()
    assert "in all" in problem(site.url("/slow"))
    assert "took longer" in problem(site.url("/silent"))
    assert time.monotonic() - start < 5


# feeds


def test_links_of_a_feed_are_followed_only_when_asked(site: Site, tmp_path: Path) -> None:
    page = site.put("/bomb", PAGE)
    feed = rss([
        {"title": "Bomb kills 12", "link": page, "description": "12 people died, police say.",
         "pubDate": "Sat, 13 Jan 2024 08:00:00 +0000"},
        {"title": "Whole", "link": site.url("/whole"), "content:encoded": f"<p>{OTHER}</p>"},
        {"title": "Gone", "link": site.url("/gone"), "description": SENTENCE},
    ])  # fmt: skip
    url = site.put("/feed", feed, "application/rss+xml")
    summaries = [item for item in read([url], web=near()) if isinstance(item, Document)]
    assert summaries[0].text == "Bomb kills 12\n\n12 people died, police say."
    assert site.paths == ["/feed"]
    items = list(read([url], web=near(follow=True)))
    documents = [item for item in items if isinstance(item, Document)]
    assert [document.id for document in documents] == [document.id for document in summaries]
    assert OTHER in documents[0].text
    assert documents[0].published == date(2024, 1, 13)
    assert documents[1:] == summaries[1:]
    (missing,) = (item for item in items if isinstance(item, Problem))
    assert "404" in missing.message
    assert site.paths == ["/feed", "/feed", "/bomb", "/gone"]
    (tmp_path / "feed.rss").write_bytes(feed)
    before = len(site.asked)
    assert len(list(read([tmp_path / "feed.rss"], web=near(follow=True)))) == 3
    assert len(site.asked) == before


def test_a_feed_on_the_web_does_not_lead_into_the_network(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = site.put("/secret", PAGE)
    feed = rss([{"title": "Bomb kills 12", "link": inner, "description": SENTENCE}])
    url = site.put("/feed", feed, "application/rss+xml").replace("127.0.0.1", "news.example")
    genuine = address.is_public
    monkeypatch.setattr(address.socket, "getaddrinfo", resolver("127.0.0.1", "127.0.0.1"))
    answers = iter([True, True])
    monkeypatch.setattr(address, "is_public", lambda ip: next(answers, None) or genuine(ip))
    items = list(read([url], web=Web(follow=True, pause=0)))
    assert "private address" in next(i.message for i in items if isinstance(i, Problem))
    assert site.paths == ["/feed"]


# ids


def test_ids_of_pages() -> None:
    assert id_of_address("https://www.news.example/2024/bomb.html") == "news.example-2024-bomb"
    assert id_of_address("https://news.example/") == "news.example"
    first, second = (id_of_address(f"https://news.example/a?id={i}") for i in (1, 2))
    assert first != second
    assert len(id_of_address("https://news.example/" + "long/" * 100)) < 120
