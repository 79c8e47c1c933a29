"""The pages as a reader without scripts gets them: whole text, right links, nothing unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from tests.server.pages import hostile

PAGES = (
    "/", "/search?q=jilani", "/entity/Iran", "/entity/Jaish_al_Adl", "/event/Rask_attack",
    "/articles", "/article/a1", "/timeline", "/timeline?with=ent:Iran&kind=Conflict",
    "/disagreements", "/places", "/network", "/network?of=ent:Iran", "/query",
    "/query?name=contacts&who=Iran",
)  # fmt: skip


class Reader(HTMLParser):
    """Collects links, ids, scripts and event handlers, and checks that tags close."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice in <{tag}>"
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag in ("script", "style") and "src" not in given:
            self.inline.append(tag)
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def read(site: httpx.Client, path: str, status: int = 200) -> Reader:
    answer = site.get(path)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"].startswith("text/html")
    return Reader(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_has_nothing_inline(site: httpx.Client, path: str) -> None:
    page = read(site, path)
    assert page.handlers == []
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))


def test_every_link_of_the_site_leads_somewhere(site: httpx.Client) -> None:
    waiting, seen = ["/"], set()
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = site.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if answer.headers["content-type"].startswith("text/html"):
            for link in Reader(answer.text).links:
                assert link.startswith(("/", "#")), link
                target = link.partition("#")[0]
                # The whole site is small; the endless ways to filter the timeline are not.
                if target and not target.startswith("/timeline?"):
                    waiting.append(target)
    assert len(seen) > 40
    assert any("%252E" in path for path in seen), "the article with the bad id was reached"


def test_the_first_page_says_what_there_is(site: httpx.Client) -> None:
    page = read(site, "/")
    assert "4 articles" in page.text
    assert "/entity/Jalil_Abbas_Jilani" in page.links
    assert "Where sources disagree" in page.text
    assert "Who met, called or visited whom, when?" in page.text


def test_an_entity_page_tells_all_with_its_sentences(site: httpx.Client) -> None:
    page = read(site, "/entity/Jalil_Abbas_Jilani")
    assert "Foreign Minister of Pakistan" in page.text
    assert "also Jilani" in page.text
    assert "He pledged to fight terrorism." in page.text
    assert "planned" in page.text
    assert any(link.startswith("/article/a2#c") for link in page.links)
    assert "/network?of=ent%3AJalil_Abbas_Jilani" in page.links


def test_an_entity_page_tells_what_it_is_made_to_say(site: httpx.Client) -> None:
    page = read(site, f"/entity/{RIGHT_TO_LEFT_ID}")
    assert "What articles have it say" in page.text
    assert "Meeting" in page.text


RIGHT_TO_LEFT_ID = hostile.RIGHT_TO_LEFT.replace(" ", "_")


def test_an_event_page_sets_the_numbers_side_by_side(site: httpx.Client) -> None:
    page = read(site, "/event/Rask_attack")
    assert "Sources disagree: deaths" in page.text
    for value in ("11", "12", "at least 11"):
        assert value in page.text
    assert "The attack killed 11 officers." in page.text
    assert "/entity/Rask" in page.links


def test_an_article_page_is_the_article_to_the_letter(site: httpx.Client) -> None:
    answer = site.get("/article/a1").text
    body = re.search(r"<article[^>]*>(.*?)</article>", answer, re.S)
    assert body
    shown = "".join(Reader(body[1]).words).strip()
    assert shown == hostile.extractions()[0].document.text
    assert "/event/Rask_attack" in Reader(answer).links
    assert "/entity/Rask" in Reader(answer).links


def test_a_sentence_has_the_address_that_quotes_lead_to(site: httpx.Client) -> None:
    quotes = [link for link in read(site, "/event/Rask_attack").links if "#c" in link]
    assert quotes
    for link in set(quotes):
        path, _, place = link.partition("#")
        assert place in read(site, path).ids


def test_what_is_not_there_is_404_with_close_names(site: httpx.Client) -> None:
    page = read(site, "/entity/Jaish_al_Adel", 404)
    assert "/entity/Jaish_al_Adl" in page.links
    for path in ("/event/x", "/article/x", "/entity/a/b", "/viewer/page.html", "/entity/%F0%28"):
        assert site.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?from=never&to=2024-13-99&kind=Nope&certainty=x&page=-1&with=zzz",
        "/timeline?page=99999999999999999999", "/articles?page=0&q=%00", "/search?q=" + "x" * 5000,
        "/network?of=javascript:alert(1)", "/network?of=ent:%22%3E%3Cscript%3E", "/places?of=%00",
        "/query?name=nope", "/suggest?q=%F0%9F%92%A3", "/network.json?of=zzz",
    ],
)  # fmt: skip
def test_odd_requests_are_answered(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 200


def test_a_query_without_scripts(site: httpx.Client) -> None:
    page = read(site, "/query?query=SELECT ?p ?n { ?p a kg:Person ; skos:prefLabel ?n }")
    assert "/entity/Jalil_Abbas_Jilani" in page.links
    assert "line 1, column" in read(site, "/query?query=SELECT ?p { ?p a").text
    assert (
        "SERVICE is not allowed"
        in read(site, "/query?query=SELECT*{SERVICE<http://x>{?s ?p ?o}}").text
    )
    assert "needs a value for ?where" in read(site, "/query?name=attacks").text
    assert "12" in read(site, "/query?name=attacks&where=Iran").text


def test_suggestions(site: httpx.Client) -> None:
    (first, *_) = site.get("/suggest", params={"q": "jaish"}).json()
    assert first == {
        "label": "Jaish al-Adl", "alias": "", "type": "armed group",
        "category": "organization", "address": "/entity/Jaish_al_Adl",
    }  # fmt: skip
    assert site.get("/suggest", params={"q": " "}).json() == []


@pytest.mark.parametrize("path", ["/", "/articles", "/timeline", "/disagreements", "/places"])
def test_text_from_articles_stays_text(site: httpx.Client, path: str) -> None:
    hostile_text = site.get(path).text
    assert "<script>alert" not in hostile_text
    assert "<img" not in hostile_text
    assert "<svg onload" not in hostile_text


def test_an_address_that_is_no_web_address_is_no_link(site: httpx.Client) -> None:
    path = next(link for link in read(site, "/articles").links if "%252E" in link)
    page = read(site, path)
    assert hostile.LINK in page.text
    assert not [link for link in page.links if "javascript" in link.lower()]
    assert hostile.SCRIPT in page.text


def test_the_drawing_alone_may_be_framed_and_only_here(site: httpx.Client) -> None:
    policy = site.get("/network").headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors 'none'" in site.get("/entity/Iran").headers["content-security-policy"]
    for path in PAGES:
        policy = site.get(path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
