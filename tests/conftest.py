"""What tests share: the graph of the seed articles, built once, and a browser, started once."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of seeds/, built as a user builds it. Not to be written to."""
    from kg.pipeline import build

    out = tmp_path_factory.mktemp("seeds") / "out"
    outcome = build([ROOT / "seeds"], out)
    assert not outcome.problems
    return out


ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; tests that need it are skipped, with the reason, without.

    One for all tests: the driver keeps an event loop running, and there can be only one.
    """
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the page is tested with Playwright, which is not installed"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("the page is tested in Chromium, which is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


def heed_interrupts() -> None:
    """For the `preexec_fn` of a process that a test interrupts.

    What a shell starts in the background ignores interrupts, and so do the tests' children then.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
