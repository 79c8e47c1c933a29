"""The explorer in a real browser: find, open, expand, filter, follow a sentence, ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.server.pages import hostile

Visits = Callable[..., Any]

LABELS = "[...newsgraph.shown.nodes].map((id) => newsgraph.graph.nodes[id].label)"
PLACE = """(label) => {
  const { id } = newsgraph.graph.nodes.find((node) => node.label === label);
  return newsgraph.canvas.network.getPosition(id);
}"""
PHONE = {"width": 375, "height": 800}


def shown(page: Any) -> set[str]:
    """The labels in the drawing."""
    return set(page.evaluate(LABELS))


def drawing(visit: Any, path: str) -> Any:
    """The drawing's page, drawn."""
    page = visit.open(path)
    page.wait_for_selector("body.ready")
    return page


# --- finding ------------------------------------------------------------------------------------


def test_search_suggests_and_opens_with_keys_alone(visit: Visits) -> None:
    page = visit().open("/")
    page.keyboard.press("/")
    page.keyboard.type("jaish")
    page.wait_for_selector(".suggestions li")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#find", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/Jaish_al_Adl")
    assert page.inner_text("h1") == "Jaish al-Adl"


def test_enter_without_a_choice_lists_all_that_is_called_so(visit: Visits) -> None:
    page = visit().open("/")
    page.fill("#find", "rask")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=rask")
    assert page.locator(".hits li").count() >= 2
    assert "Attack in Rask" in page.inner_text("main")


# --- evidence -----------------------------------------------------------------------------------


def test_from_a_post_to_its_sentence_to_the_article_and_back_to_the_graph(visit: Visits) -> None:
    page = visit().open("/entity/Jalil_Abbas_Jilani")
    post = page.locator("#relations .tie", has_text="Foreign Minister of Pakistan")
    post.locator(".evidence > summary").click()
    quote = post.locator("blockquote")
    assert "met Hossein Amir-Abdollahian" in quote.inner_text()
    assert "Foreign Minister of Pakistan" in quote.locator("mark").all_inner_texts()
    post.locator(".context > summary").click()
    assert "Jaish al-Adl was behind the attack" in post.locator(".context").inner_text()
    post.locator("cite a").click()
    page.wait_for_url("**/article/a1#c*")
    sentence = page.locator(".sentence:target")
    assert "met Hossein Amir-Abdollahian" in sentence.inner_text()
    assert sentence.evaluate(
        """(element) => {
          const box = element.getBoundingClientRect();
          return box.top >= 0 && box.bottom <= innerHeight;
        }"""
    )
    sentence.locator("a", has_text="Hossein Amir-Abdollahian").click()
    page.wait_for_url("**/entity/Hossein_Amir_Abdollahian")


def test_numbers_that_differ_stand_side_by_side_with_their_words(visit: Visits) -> None:
    page = visit().open("/disagreements")
    box = page.locator(".figures.disputed").first
    assert "The attack killed 11 officers." in box.inner_text()
    assert "killed 12 people" in box.inner_text()
    assert "taken as the fact" in box.inner_text()


def test_the_timeline_is_chosen_by_form_and_bars_and_each_choice_has_an_address(
    visit: Visits,
) -> None:
    page = visit().open("/timeline")
    page.select_option("[name=kind]", "Conflict")
    page.click("text=Show")
    page.wait_for_url("**kind=Conflict**")
    assert "Phone" not in page.inner_text("main")
    page.locator(".strip a").last.click()
    page.wait_for_url("**from=**")
    assert "Pakistan struck targets in Iran" in page.inner_text("main")
    assert "killed 12 people" not in page.inner_text("main")
    assert page.input_value("[name=kind]") == "Conflict"


# --- the drawing ----------------------------------------------------------------------------------


def test_a_node_opens_into_more_of_the_graph_and_the_address_keeps_it(visit: Visits) -> None:
    one = visit()
    page = drawing(one, "/network?of=ent:Jaish_al_Adl")
    before = shown(page)
    assert "Hossein Amir-Abdollahian" not in before
    at = page.evaluate(PLACE, "Iran")
    page.click("#panel button:has-text('Jalil Abbas Jilani') >> nth=0")
    page.click("#panel button:has-text('Show neighbours')")
    page.wait_for_url("**of=ent%3AJalil_Abbas_Jilani**")
    assert "Hossein Amir-Abdollahian" in shown(page)
    assert shown(page) > before
    assert page.evaluate(PLACE, "Iran") == at, "what was there stays where it was"
    again = drawing(one, page.url.removeprefix(one.site))
    assert shown(again) >= shown(page)


def test_a_double_click_opens_a_node(visit: Visits) -> None:
    page = drawing(visit(), "/network?of=ent:Rask")
    place = page.evaluate(
        """(() => {
          const id = newsgraph.graph.nodes.find((n) => n.label === "Jaish al-Adl").id;
          const at = newsgraph.canvas.network.canvasToDOM(newsgraph.canvas.network.getPosition(id));
          const box = document.getElementById("network").getBoundingClientRect();
          return [box.left + at.x, box.top + at.y];
        })()"""
    )
    page.mouse.dblclick(*place)
    page.wait_for_url("**of=ent%3AJaish_al_Adl**")
    assert "Jalil Abbas Jilani" in shown(page)


def test_the_drawing_is_filtered_by_type_relation_article_and_time(visit: Visits) -> None:
    page = drawing(visit(), "/network?of=ent:Iran")
    assert {"Rask", "Pakistan"} <= shown(page)
    page.uncheck("#legend .category:has-text('Places') input >> nth=0")
    assert not {"Rask", "Pakistan"} & shown(page)
    page.click("#legend button:has-text('Reset')")
    page.click("#legend summary:has-text('Relations')")
    page.uncheck("#legend label:has-text('Located in') input")
    located = (
        "[...newsgraph.shown.edges].some((e) => newsgraph.graph.edges[e].predicate === 'locatedIn')"
    )
    assert page.evaluate(located) is False
    assert "relations=locatedIn" in page.url
    page.click("#legend button:has-text('Reset')")
    assert page.evaluate(located) is True
    page.click("#legend summary:has-text('Sources')")
    page.select_option("#legend label:has-text('article') select", label="2024-01-20 · Strikes")
    assert not any("Agreement" in label for label in shown(page))
    page.click("#legend button:has-text('Reset')")
    page.locator(".track input").last.fill("0")
    assert "to=" in page.url
    kinds = "[...newsgraph.shown.nodes].map((id) => newsgraph.graph.nodes[id].type)"
    assert page.evaluate(kinds).count("MilitaryStrike") == 1, "the strike of 18 January is later"


def test_a_sentence_in_the_drawing_leads_to_its_article(visit: Visits) -> None:
    page = drawing(visit(), "/network?of=ent:Jaish_al_Adl")
    page.fill("#search", "Jalil")
    page.wait_for_selector("#suggestions li[role=option]")
    page.keyboard.press("Enter")
    link = page.locator("#panel .quote cite a").first
    assert link.get_attribute("href").startswith("/article/a")
    link.click()
    page.wait_for_url("**/article/a*#c*")
    assert page.locator(".sentence:target").count() == 1


def test_the_drawing_stands_in_the_page_of_a_thing(visit: Visits) -> None:
    page = visit().open("/entity/Iran")
    page.locator("#network").scroll_into_view_if_needed()
    frame = page.frame_locator("#network iframe")
    frame.locator("body.ready").wait_for()
    assert "Iran" in frame.locator("#panel").inner_text()
    frame.locator("#panel button:has-text('Rask') >> nth=0").click()
    frame.locator("#panel a:has-text('Open page')").click()
    page.wait_for_url("**/e*/*Rask*")


def test_the_map_is_drawn_here_and_its_places_are_links(visit: Visits) -> None:
    page = visit().open("/places")
    page.locator(".map a[aria-label=Pakistan]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/Pakistan")


# --- asking --------------------------------------------------------------------------------------


def test_a_query_is_run_in_yasgui_and_its_answer_leads_to_pages(visit: Visits) -> None:
    page = visit().open("/query")
    page.wait_for_selector("body.ready")
    assert "PREFIX kg:" in page.inner_text(".CodeMirror-code")
    page.click(".yasqe_queryButton")
    page.wait_for_url("**/query?query=PREFIX**")
    page.wait_for_selector("body.ready")
    assert "skos:prefLabel ?name" in page.inner_text(".CodeMirror-code")
    # Names that are markup pass through the table, and nothing complains.
    assert hostile.IMAGE in page.inner_text("#answer")
    page.click("#answer a:has-text('Jalil Abbas Jilani') >> nth=0")
    page.wait_for_url("**/entity/Jalil_Abbas_Jilani")


def test_a_named_query_is_asked_about_a_name_that_is_suggested(visit: Visits) -> None:
    page = visit().open("/query?name=contacts")
    page.wait_for_selector("body.ready")
    field = page.locator("[name=who]")
    field.fill("jal")
    page.wait_for_selector(".suggestions li:visible")
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "Jalil Abbas Jilani"
    page.click("button:has-text('Ask')")
    page.wait_for_url("**name=contacts&who=Jalil**")
    rows = page.locator("#answer tbody tr")
    assert rows.count() == 1
    assert "Hossein Amir-Abdollahian" in rows.first.inner_text()


def test_a_broken_query_says_where(visit: Visits) -> None:
    page = visit().open("/query?query=SELECT+%3Fp+%7B+%3Fp+a")
    assert "line 1" in page.inner_text("#answer [role=alert]")


# --- hostile text, narrow screens, darkness, paper, no scripts ----------------------------------


@pytest.mark.parametrize("path", ["/", "/articles", "/timeline", "/disagreements", "/places"])
def test_text_from_articles_never_runs(visit: Visits, path: str) -> None:
    page = visit().open(path)
    assert page.locator("img, svg[onload], b:has(img)").count() == 0


def test_hostile_names_are_shown_to_the_letter_wherever_they_go(visit: Visits) -> None:
    one = visit()
    page = one.open("/articles")
    page.click("a:has-text('<script>')")
    page.wait_for_load_state("networkidle")
    assert hostile.SCRIPT in page.inner_text("h1")
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert hostile.LINK in page.inner_text("main")
    page.click(".text a.person >> nth=0")
    page.wait_for_url("**/entity/**")
    page.wait_for_load_state("networkidle")
    assert page.inner_text("h1") == hostile.IMAGE
    address = page.get_attribute("#network .note a", "href")
    drawn = drawing(one, address)
    assert hostile.IMAGE in drawn.inner_text("#panel")
    drawn.click("#panel button:has-text('onerror') >> nth=0")
    assert drawn.locator("#panel img").count() == 0
    field = one.open("/").locator("#find")
    field.fill("img")
    field.press("End")
    one.page.wait_for_selector(".suggestions li")
    assert hostile.IMAGE in one.page.inner_text(".suggestions")


@pytest.mark.parametrize(
    "path",
    ["/", "/entity/Iran", "/event/Rask_attack", "/article/a1", "/timeline", "/places",
     "/disagreements", "/query?name=contacts", "/articles", "/network"],
)  # fmt: skip
def test_a_phone_is_wide_enough(visit: Visits, path: str) -> None:
    page = visit(viewport=PHONE).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("iframe").count() == 0


def test_dark_as_the_system_says_or_as_chosen_and_kept(visit: Visits) -> None:
    one = visit(color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    page = one.open("/entity/Iran")
    assert page.evaluate(colour) == "rgb(20, 24, 31)"
    page.click("#theme")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    page = one.open("/timeline")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"


def test_on_paper_there_is_text_and_no_furniture(visit: Visits) -> None:
    page = visit().open("/event/Rask_attack")
    page.emulate_media(media="print")
    for furniture in (".top nav", "#find", "#theme", "#network", ".bottom"):
        assert not page.locator(furniture).first.is_visible()
    assert page.locator("text=The attack killed 11 officers.").first.is_visible()


def test_without_scripts_everything_is_told(browser: Any, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    root = str(site.base_url).rstrip("/")
    page.goto(f"{root}/entity/Jalil_Abbas_Jilani")
    page.click("text=Open the network on its own page")
    page.wait_for_url("**/network?**")
    assert "Hossein Amir-Abdollahian" in page.inner_text("noscript")
    page.goto(f"{root}/query?name=contacts")
    page.fill("[name=who]", "Jilani")
    page.click("button:has-text('Ask')")
    assert "Hossein Amir-Abdollahian" in page.inner_text("#answer")
    page.fill("#find", "Rask")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Rask")
    context.close()
