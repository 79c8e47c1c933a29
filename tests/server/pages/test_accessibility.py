"""Every page, light and dark, wide and narrow, before axe-core's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parent / "axe" / "axe.min.js"
PATHS = (
    "/", "/search?q=ja", "/entity/Iran", "/event/Rask_attack", "/article/a1", "/articles",
    "/timeline", "/disagreements", "/places", "/network?of=ent:Iran", "/query?name=contacts",
    "/entity/Nobody",
)  # fmt: skip
THEIRS = {"/query?name=contacts": ["#yasgui"]}
"""What others made is left out: YASGUI's editor and tables. The page has a way without them."""


LOOKS = [
    *((path, ("light", "dark")[number % 2], 1366) for number, path in enumerate(PATHS)),
    ("/entity/Iran", "dark", 375),
    ("/event/Rask_attack", "light", 375),
]
"""Every page once, in turn light and dark: the colours are the same on all of them."""


@pytest.mark.parametrize(("path", "scheme", "width"), LOOKS)
def test_no_page_shuts_anybody_out(
    browser: Any, site: Any, path: str, scheme: str, width: int
) -> None:
    # Evaluated from outside: the pages' policy lets no foreign script in, and stays as it is.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(str(site.base_url).rstrip("/") + path)
    page.wait_for_load_state("networkidle")
    for summary in page.locator("main details > summary").all()[:6]:
        if summary.is_visible():
            summary.click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(theirs) => axe.run({ exclude: theirs }, { resultTypes: ['violations'], iframes: false })",
        [[one] for one in THEIRS.get(path, [])],
    )
    context.close()
    serious = [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:4]
    ]
    assert serious == [], "\n".join(serious)
