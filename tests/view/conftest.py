"""A real browser for the tests of the page; they are skipped, with the reason, without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PATIENCE_MS = 120_000
"""How long a step may take: a busy machine is slow and not wrong."""


class Window:
    """A page opened from disk, with everything it asked for or complained about."""

    def __init__(self, browser: Any, path: Path, fragment: str = "", **options: Any) -> None:
        options.setdefault("viewport", {"width": 1366, "height": 768})
        self.context = browser.new_context(accept_downloads=True, **options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self._dialog(dialog))
        self.address = path.as_uri()
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("body.ready")

    def _note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def search(self, text: str) -> None:
        """Type a name into the search and take the first suggestion."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        self.page.wait_for_selector("#suggestions li[role=option]")
        self.page.keyboard.press("Enter")

    def panel(self) -> str:
        """What the panel says."""
        return str(self.page.inner_text("#panel"))

    def shown(self) -> set[str]:
        """The labels of the nodes in the picture."""
        return set(
            self.page.evaluate(
                "[...newsgraph.shown.nodes].map(i => newsgraph.graph.nodes[i].label)"
            )
        )

    def download(self, item: str) -> bytes:
        """What the Save menu's `item` gives."""
        with self.page.expect_download() as started:
            self.page.click(".menu summary")
            self.page.click(f".menu button:has-text('{item}')")
        return Path(started.value.path()).read_bytes()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens some HTML; when done, checks that it asked for nothing and had nothing to complain."""
    windows: list[Window] = []

    def opener(html: str, fragment: str = "", **options: Any) -> Window:
        path = tmp_path / f"graph{len(windows)}.html"
        path.write_text(html, encoding="utf-8")
        windows.append(Window(browser, path, fragment, **options))
        return windows[-1]

    yield opener
    for window in windows:
        window.context.close()
        assert [url.split("#")[0] for url in window.requests if not url.startswith("blob:")] == [
            window.address
        ]
        assert window.complaints == []
