"""The page in Chromium, beside plain pyvis with its defaults on the same made-up network.

Two ties a node, one or two sentences a tie. "Ready" is from opening the file to the first drawn
picture, for plain pyvis to the end of its physics, which is when it can be read. "All" is the
same page after "All" was pressed. Frames a second are counted over two seconds of moving.
Seconds are of the clock: read them with the load of the machine, and beside each other.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.results import table
from kg.graph.network import Network
from kg.view import render
from tests.view.conftest import ARGUMENTS
from tests.view.networks import generated

SIZES, SIZES_FULL = (500,), (500, 2000, 5000)
LIMIT_S = 90.0
MOVING = """() => new Promise((done) => {
  const { network } = newsgraph.canvas;
  const start = performance.now();
  let frames = 0;
  const step = () => {
    const spent = performance.now() - start;
    if (spent > 2000) return done((frames * 1000) / spent);
    frames += 1;
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + 5, y } });
    return requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def run(*, full: bool = False) -> list[str]:
    """A row for each size."""
    from playwright.sync_api import sync_playwright

    rows = []
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        for size in SIZES_FULL if full else SIZES:
            rows.append(_row(browser, generated(size), Path(folder)))
            print(rows[-1], flush=True)
        browser.close()
    headings = ("nodes", "render s", "MB", "ready s", "search ms", "all s", "frames/s with all")
    return table((*headings, "plain pyvis MB", "plain pyvis ready s"), rows)


def _row(browser: Any, network: Network, folder: Path) -> tuple[object, ...]:
    start = time.perf_counter()
    page = render(network)
    rendered = time.perf_counter() - start
    ours = folder / "ours.html"
    ours.write_text(page, encoding="utf-8")
    plain = folder / "plain.html"
    plain.write_text(_plain(network), encoding="utf-8")
    return (
        len(network.nodes),
        rendered,
        ours.stat().st_size / 1e6,
        *_ours(browser, ours),
        plain.stat().st_size / 1e6,
        _plain_ready(browser, plain),
    )


def _ours(browser: Any, file: Path) -> tuple[float, float, float, float]:
    """Seconds to the first picture, of a search in milliseconds, to all nodes, and frames."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(file.as_uri())
    page.wait_for_selector("body.drawn", timeout=LIMIT_S * 1000)
    ready = page.evaluate("performance.getEntriesByName('drawn')[0].startTime / 1000")
    search = page.evaluate(
        "(() => { const start = performance.now(); newsgraph.search.find('harbour 4');"
        "return performance.now() - start; })()"
    )
    start = time.perf_counter()
    page.evaluate(
        "newsgraph.state.set({ limit: newsgraph.graph.order.length, lonely: true });"
        "newsgraph.canvas.network.redraw()"
    )
    everything = time.perf_counter() - start
    page.wait_for_timeout(600)
    frames = page.evaluate(MOVING)
    page.close()
    return ready, search, everything, frames


def _plain(network: Network) -> str:
    """What pyvis makes of the network on its own: labels, sentences as titles, its physics."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, cdn_resources="in_line")
    for node in network.nodes:
        title = "\n".join(evidence.sentence for evidence in node.mentions)
        drawing.add_node(node.id, label=node.label, title=title)
    for edge in network.edges:
        title = "\n".join(evidence.sentence for evidence in edge.evidence)
        drawing.add_edge(edge.source, edge.target, title=title)
    page: str = drawing.generate_html()
    return page


def _plain_ready(browser: Any, file: Path) -> float | str:
    """Seconds until the loading bar of plain pyvis goes away."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route("http*://**", lambda route: route.abort())
    page.set_default_timeout(LIMIT_S * 1000)
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(
            "document.getElementById('loadingBar')?.style.opacity === '0'", polling=200
        )
        return time.perf_counter() - start
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return f"over {LIMIT_S:.0f}"
    finally:
        page.close()
