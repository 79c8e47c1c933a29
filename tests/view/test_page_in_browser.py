"""The page as a reader meets it, in Chromium.

Every test also checks that the page asked for nothing but itself and logged no error
(`open_page` in conftest.py).
"""

from __future__ import annotations

import csv
import io
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest
import rdflib

from kg.graph.network import Article, Edge, Network, Node
from kg.view import frame, render
from tests.view import small
from tests.view.conftest import PATIENCE_MS
from tests.view.networks import annotated, generated

KG = rdflib.Namespace("https://w3id.org/newsgraph/ns#")


@pytest.fixture
def window(open_page: Any) -> Any:
    return open_page(render(small.network(), title="Rask"))


def test_it_opens_with_everything_that_is_tied(window: Any) -> None:
    names = {node.label for node in small.network().nodes}
    assert window.shown() == names - {"Zahra Omid"}
    assert "1 name without a stated tie not shown" in window.page.inner_text("#notice")
    window.page.click("#notice button")
    assert window.shown() == names


def test_the_overview_tells_the_affair(window: Any) -> None:
    text = window.panel()
    assert "2 articles" in text
    assert text.index("Key actors") < text.index("Iran") < text.index("What happened")
    assert "deaths: 11 or 12" in text
    assert "Police station attacked" in text


def test_search_finds_by_alias_and_shows_the_sentence_with_its_source(window: Any) -> None:
    window.search("army of just")
    text = window.panel()
    assert "Jaish al-Adl" in text
    assert "Jaish ul-Adl" in text
    assert small.ATTACK_SENTENCE in text
    assert "Police station attacked" in text
    assert "Daily, 16 Dec 2023" in text
    assert window.page.inner_text("#panel mark >> nth=0") == "Jaish al-Adl"


def test_search_does_not_care_for_accents_and_case(window: Any) -> None:
    window.page.fill("#search", "JAÏSH AL ADL")
    assert "Jaish al-Adl" in window.page.inner_text("#suggestions")
    window.page.fill("#search", "nobody at all")
    assert "Nothing of that name" in window.page.inner_text("#suggestions")


def press(window: Any, point: list[float], done: str, *, double: bool = False) -> None:
    """Click until it is taken: on a busy machine a slow click counts as a long press."""
    for _ in range(20):
        (window.page.mouse.dblclick if double else window.page.mouse.click)(*point)
        for _ in range(10):
            if window.page.evaluate(done):
                return
            window.page.wait_for_timeout(50)


def click_edge(window: Any, predicate: str) -> None:
    """Click with the mouse on the middle of an edge."""
    point = window.page.evaluate(
        """(predicate) => {
          const { graph, canvas } = newsgraph;
          const edge = graph.edges.find((e) => e.predicate === predicate);
          const box = document.getElementById("network").getBoundingClientRect();
          const at = [edge.from, edge.to].map((id) =>
            canvas.network.canvasToDOM(canvas.network.getPosition(id)));
          return [box.left + (at[0].x + at[1].x) / 2, box.top + (at[0].y + at[1].y) / 2];
        }""",
        predicate,
    )
    press(window, point, "newsgraph.state.selected !== null")


def click_node(window: Any, label: str, *, double: bool = False) -> None:
    point = window.page.evaluate(
        """(label) => {
          const { graph, canvas } = newsgraph;
          const id = graph.nodes.findIndex((node) => node.label === label);
          const box = document.getElementById("network").getBoundingClientRect();
          const at = canvas.network.canvasToDOM(canvas.network.getPosition(id));
          return [box.left + at.x, box.top + at.y];
        }""",
        label,
    )
    done = "newsgraph.state.selected !== null || newsgraph.state.path.length > 0"
    press(window, point, "newsgraph.state.focus !== null" if double else done, double=double)


def test_a_click_on_an_edge_shows_who_says_so_and_how_certain_it_is(window: Any) -> None:
    click_edge(window, "target")
    text = window.panel()
    assert "Military strike, Jan 2024 against Jaish al-Adl" in text.replace("\n", " ")
    assert small.STRIKE_SENTENCE in text
    assert "said by an official" in text
    assert "possible" in text
    assert "93% sure" in text


def test_a_click_on_a_node_shows_disputed_figures_with_the_accepted_one_first(window: Any) -> None:
    click_node(window, "Attack, Rask, 15 Dec 2023")
    text = window.panel()
    assert "Sources disagree" in text
    assert text.index("Deaths: 11") < text.index("taken as the fact") < text.index("Deaths: 12")
    assert "Twelve died, the union said." in text


def test_what_is_claimed_only_says_so(window: Any) -> None:
    window.search("Jaish")
    assert "claimed, not taken as fact" in window.panel()


def test_switching_a_type_off_takes_its_nodes_away(window: Any) -> None:
    window.page.click("#legend label:has-text('Events')  >> input")
    assert not any("," in label for label in window.shown())
    window.page.click("text=Reset")
    assert "Visit, Quetta" in window.shown()


def test_certainty_is_a_filter(window: Any) -> None:
    window.page.click("#legend label:has-text('Denied') >> input")
    assert "Visit, Quetta" not in window.shown()
    assert "Quetta" not in window.shown()
    assert "Attack, Rask, 15 Dec 2023" in window.shown()


def test_an_article_and_a_number_of_sources_are_filters(window: Any) -> None:
    window.page.click("#panel button:has-text('After the attack')")
    assert "Rask" not in window.shown()
    assert "Military strike, Jan 2024" in window.shown()
    window.page.click("text=Reset")
    window.page.click("#legend summary:has-text('Sources')")
    window.page.fill("#legend input[type=number]", "2")
    window.page.keyboard.press("Enter")
    assert window.shown() == set()
    assert "filters leave nothing" in window.page.inner_text("#notice")


def test_time_can_be_narrowed_and_played(window: Any) -> None:
    window.page.evaluate("newsgraph.timeline.choose(0, 0)")
    shown = window.shown()
    assert "Attack, Rask, 15 Dec 2023" in shown
    assert "Military strike, Jan 2024" not in shown
    assert "1 event without a date left out" in window.page.inner_text("#notice")
    window.page.click("text=All time")
    assert "Military strike, Jan 2024" in window.shown()
    window.page.click(".play")
    assert "Military strike, Jan 2024" not in window.shown()
    for _ in range(100):  # `wait_for_function` needs eval, which the policy forbids
        if window.page.evaluate("newsgraph.timeline.timer === null"):
            break
        window.page.wait_for_timeout(200)
    assert "Military strike, Jan 2024" in window.shown()


def test_double_click_focuses_and_back_returns(window: Any) -> None:
    click_node(window, "Quetta", double=True)
    assert window.shown() == {"Quetta", "Visit, Quetta"}
    while "Rask" not in window.shown():  # the first click of the double one is a step, too
        window.page.click("#tools button[aria-label=Back]")
        window.page.wait_for_timeout(300)
    while "Rask" in window.shown():
        window.page.click("#tools button[aria-label=Forward]")
        window.page.wait_for_timeout(300)
    assert window.shown() == {"Quetta", "Visit, Quetta"}


def test_a_view_can_be_shared_by_its_address(window: Any, open_page: Any) -> None:
    window.search("Jaish")
    window.page.click("#legend label:has-text('Denied') >> input")
    fragment = "#" + window.page.url.split("#")[1]
    other = open_page(render(small.network(), title="Rask"), fragment)
    assert other.shown() == window.shown()
    assert other.panel() == window.panel()


def test_an_address_of_another_graph_is_no_trouble(open_page: Any) -> None:
    strange = "#node=Nobody&focus=2|Nowhere&show=x&from=never&edge=a|b|c&types=x:y&article=zz"
    window = open_page(render(small.network()), strange)
    assert "Attack, Rask, 15 Dec 2023" in window.shown()


def test_the_shortest_path_between_two_nodes(window: Any) -> None:
    window.search("Quetta")
    window.page.click("#panel button:has-text('Path to')")
    window.page.evaluate("newsgraph.state.selected = null")
    click_node(window, "Rask")
    text = window.panel()
    assert "3 steps" in text
    assert text.index("Visit, Quetta") < text.index("Iran") < text.rindex("Rask")


def test_neighbours_are_shown_and_hidden(window: Any) -> None:
    window.search("Visit")
    window.page.click("#panel button:has-text('Hide neighbours')")
    assert "Quetta" not in window.shown()
    assert "Iran" in window.shown()
    window.page.click("#panel button:has-text('Show neighbours')")
    assert "Quetta" in window.shown()
    window.page.click("#panel button:text-is('Hide')")
    assert "Visit, Quetta" not in window.shown()
    window.page.click("text=Bring back")
    assert "Visit, Quetta" in window.shown()


def test_evidence_is_copied_with_its_source(browser: Any, open_page: Any) -> None:
    window = open_page(render(small.network()), permissions=["clipboard-read", "clipboard-write"])
    window.search("Jaish")
    window.page.click("text=Copy as text")
    window.page.wait_for_selector("text=Copied")
    text = window.page.evaluate("navigator.clipboard.readText()")
    assert f"“{small.ATTACK_SENTENCE}”" in text
    assert "Police station attacked, Daily, 16 Dec 2023, https://x.example/1" in text


def test_the_visible_part_as_turtle(window: Any) -> None:
    window.page.click("#legend label:has-text('Denied') >> input")
    graph = rdflib.Graph().parse(data=window.download("Turtle"), format="turtle")
    group = rdflib.URIRef(small.ENT + "Jaish_al-Adl")
    iran = rdflib.URIRef(small.ENT + "Iran")
    strike = rdflib.URIRef(small.EV + "MilitaryStrike_2024-01")
    assert (group, rdflib.RDF.type, KG.ArmedGroup) in graph
    assert (group, KG.hostileTo, iran) in graph
    assert (group, KG.operatesIn, iran) not in graph
    claims = list(graph.subjects(KG.status, KG.Attributed))
    assert [graph.value(claim, rdflib.RDF.predicate) for claim in claims] == [KG.operatesIn]
    assert (strike, rdflib.RDF.type, KG.UnrealizedEvent) in graph
    assert (strike, rdflib.RDF.type, KG.MilitaryStrike) not in graph
    assert rdflib.URIRef(small.EV + "Visit_Quetta") not in set(graph.subjects())


def test_the_visible_part_as_a_table(window: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(window.download("CSV").decode("utf-8-sig"))))
    assert len(rows) == sum(len(edge.evidence) for edge in small.network().edges)
    row = next(row for row in rows if row["relation"] == "target")
    assert row["source"] == "Military strike, Jan 2024"
    assert row["sentence"] == small.STRIKE_SENTENCE
    assert (row["said by"], row["certainty"]) == ("an official", "Possible")


def test_the_view_as_pictures(window: Any) -> None:
    assert window.download("PNG").startswith(b"\x89PNG")
    svg = ET.fromstring(window.download("SVG"))
    words = " ".join(text for text in svg.itertext())
    assert "Jaish al-Adl" in words
    assert "Organisations and groups" in words


def test_the_keyboard_is_enough(window: Any) -> None:
    window.page.keyboard.press("/")
    window.page.keyboard.type("a")
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("newsgraph.state.selected !== null")
    window.page.keyboard.press("f")
    assert window.page.evaluate("newsgraph.state.focus !== null")
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("Escape")
    assert window.page.evaluate(
        "newsgraph.state.selected === null && newsgraph.state.focus === null"
    )
    for _ in range(40):
        window.page.keyboard.press("Tab")
        if window.page.evaluate("document.activeElement.closest('#panel li') !== null"):
            break
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("newsgraph.state.selected !== null")


# --- hostile names and sentences -------------------------------------------------------------

HOSTILE = (
    "<script>window.pwned=1</script>",
    "</script><img src=x onerror=window.pwned=1>",
    '<a href="javascript:window.pwned=1">href</a>',
    "javascript:window.pwned=1",
    "\"'><svg onload=window.pwned=1>",
    "{{ 7*7 }}{% raw %}",
    "مرحبا \u202eabc\u202c بالعالم",
    "👩🏽‍🚀 emoji 🇮🇷 name",
    "__proto__",
    "constructor",
    "<!--<script>",
    "a&amp;b &lt;i&gt;",
)


def hostile_network() -> Network:
    articles = tuple(
        Article(f"id {text}", text, None, text, f"javascript:{number}")
        for number, text in enumerate(HOSTILE)
    )
    nodes = []
    edges = []
    for number, text in enumerate(HOSTILE):
        evidence = replace(
            small.said(f"Before {text} after.", text), article=articles[number].id, speaker=text
        )
        nodes.append(
            Node(
                f"{small.ENT}{number:02}%22%3E",
                "entity",
                "Person",
                text,
                (f"alias {text}",),
                mentions=(evidence,),
            )
        )
        other = f"{small.ENT}{(number + 1) % len(HOSTILE):02}%22%3E"
        edges.append(Edge(nodes[-1].id, other, "affiliatedWith", evidence=(evidence,)))
    return Network(tuple(nodes), tuple(edges), articles)


def test_hostile_text_is_shown_as_text_and_nothing_runs(open_page: Any) -> None:
    window = open_page(render(hostile_network(), title=HOSTILE[1]))
    assert window.page.title() == HOSTILE[1]
    for number, text in enumerate(HOSTILE):
        window.page.evaluate(f"newsgraph.open({number})")
        assert window.page.inner_text("#panel h2").strip() == text.strip()
        assert text in window.page.text_content("#panel blockquote >> nth=0")
        window.page.evaluate(f"newsgraph.canvas.hover({{kind: 'node', id: {number}}})")
        assert text in window.page.text_content("#tip")
        window.page.evaluate(f"newsgraph.openEdge({number})")
        window.page.evaluate(f"newsgraph.canvas.hover({{kind: 'edge', id: {number}}})")
        window.page.fill("#search", text)
        assert text in window.page.text_content("#suggestions")
    assert window.page.evaluate("window.pwned") is None
    assert (
        window.page.evaluate("document.querySelectorAll('a[href], img, iframe, main svg').length")
        == 0
    )


def test_hostile_text_is_harmless_in_what_is_saved(open_page: Any) -> None:
    window = open_page(render(hostile_network(), title="hostile"))
    graph = rdflib.Graph().parse(data=window.download("Turtle"), format="turtle")
    labels = {str(label) for label in graph.objects(None, rdflib.SKOS.prefLabel)}
    assert labels == set(HOSTILE)
    svg = window.download("SVG").decode()
    assert not [e for e in ET.fromstring(svg).iter() if e.tag.endswith(("script", "image", "a"))]
    rows = list(csv.DictReader(io.StringIO(window.download("CSV").decode("utf-8-sig"))))
    assert {row["source"] for row in rows} == set(HOSTILE)


def test_a_formula_stays_text_in_a_table(open_page: Any) -> None:
    network = small.network()
    bad = replace(network.nodes[0], label='=HYPERLINK("http://x.example")')
    window = open_page(render(replace(network, nodes=(bad, *network.nodes[1:]))))
    table = window.download("CSV").decode()
    assert '"=HYPERLINK' not in table


# --- large and narrow --------------------------------------------------------------------------


def test_a_large_network_starts_small_says_so_and_gives_more(open_page: Any) -> None:
    network = generated(900)
    window = open_page(render(network))
    assert len(window.shown()) == 300
    assert "The 300 most connected of 900 nodes" in window.page.inner_text("#notice")
    window.page.click("#notice button:has-text('300 more')")
    assert len(window.shown()) == 600
    hidden = network.nodes[0].label
    missing = sorted({node.label for node in network.nodes} - window.shown())
    hidden = missing[0]
    window.search(hidden)
    assert hidden in window.shown()
    window.page.click("#notice button:text-is('All')")
    assert len(window.shown()) == 900


def test_search_answers_at_once_among_5000_nodes(open_page: Any) -> None:
    window = open_page(render(generated(5000)))
    spent = window.page.evaluate(
        "(() => { const t = performance.now(); newsgraph.search.find('harbour 49'); "
        "return performance.now() - t; })()"
    )
    assert spent < 100


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 700), (390, 844)])
def test_nothing_overlaps_or_leaves_the_screen(open_page: Any, width: int, height: int) -> None:
    window = open_page(render(generated(200)), viewport={"width": width, "height": height})
    boxes = window.page.evaluate(
        """['header', '#legend', '#stage', '#panel', '#timeline'].map((name) => {
          const box = document.querySelector(name).getBoundingClientRect();
          return [box.left, box.top, box.right, box.bottom];
        }).filter((box) => box[2] > box[0])"""
    )
    for index, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= width + 0.5
        assert bottom <= height + 0.5
        for other in boxes[index + 1 :]:
            assert (
                left >= other[2] - 0.5
                or right <= other[0] + 0.5
                or top >= other[3] - 0.5
                or bottom <= other[1] + 0.5
            )
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width


def test_labels_never_cover_each_other(open_page: Any) -> None:
    window = open_page(render(annotated("seeds")))
    labels = window.page.evaluate(
        """newsgraph.canvas.drawn.map(({ lines, middle, top, size }) => {
          const context = document.createElement("canvas").getContext("2d");
          context.font = `${size}px system-ui`;
          const width = Math.max(...lines.map((line) => context.measureText(line).width));
          return [middle - width / 2, top, middle + width / 2, top + lines.length * (size + 2)];
        })"""
    )
    assert len(labels) > 40
    for index, (left, top, right, bottom) in enumerate(labels):
        for other in labels[index + 1 :]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


def test_it_runs_in_a_notebook_frame(open_page: Any, tmp_path: Any, browser: Any) -> None:
    holder = tmp_path / "notebook.html"
    holder.write_text(f"<!doctype html><body>{frame(render(small.network()))}", encoding="utf-8")
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(holder.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("body.ready").wait_for(timeout=PATIENCE_MS)
    inner.locator("#panel button:has-text('Jaish al-Adl') >> nth=0").click()
    assert small.ATTACK_SENTENCE in inner.locator("#panel").inner_text()
    assert errors == []
    page.close()


def test_dark_pages_are_dark(open_page: Any) -> None:
    window = open_page(render(small.network()), color_scheme="dark")
    colour = window.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(20, 24, 31)"
    window.page.click("#tools button[aria-label='Light or dark']")
    time.sleep(0.1)
    colour = window.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(255, 255, 255)"


def test_a_publisher_is_a_filter(window: Any) -> None:
    window.page.click("#legend summary:has-text('Sources')")
    window.page.select_option("#legend label:has-text('publisher') select", "Weekly")
    assert "Attack, Rask, 15 Dec 2023" not in window.shown()
    assert "Military strike, Jan 2024" in window.shown()
    assert "publisher=Weekly" in window.page.url


def test_nodes_can_be_arranged_anew_and_stay(window: Any) -> None:
    before = window.page.evaluate("newsgraph.canvas.network.getPositions()")
    window.page.click("#tools button:has-text('Arrange')")
    window.page.wait_for_selector("body:not(.arranging)")
    after = window.page.evaluate("newsgraph.canvas.network.getPositions()")
    assert before != after
    assert window.page.evaluate("newsgraph.canvas.network.physics.options.enabled") is False


def test_without_scripts_the_page_says_what_it_is_about(browser: Any, tmp_path: Any) -> None:
    path = tmp_path / "preview.html"
    path.write_text(render(small.network(), title="Rask"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    text = page.inner_text("body")
    assert "Save it and open it in a browser" in text
    assert "Jaish al-Adl" in text
    assert "Attack, Rask, 15 Dec 2023" in text
    context.close()
