"""A served graph that is known by heart, and a browser that notes every complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.graph.folder import MANIFEST, GraphFolder, Manifest
from tests.server.conftest import serving
from tests.server.pages import hostile
from tests.view.conftest import PATIENCE_MS


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with the affair and the article that means harm."""
    path = tmp_path_factory.mktemp("explorer") / "out"
    path.mkdir()
    hostile.build(GraphFolder(path).store)
    ids = {item.document.id: "" for item in hostile.extractions()}
    (path / MANIFEST).write_text(Manifest(ids, "hand 1", "0").to_json(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[httpx.Client]:
    """The explorer of that graph."""
    with serving(folder, "--jobs", "1") as served:
        served.http.timeout = httpx.Timeout(PATIENCE_MS / 1000)
        yield served.http


class Visit:
    """A browser window on the explorer, with everything it asked for or complained about."""

    def __init__(self, browser: Any, site: str, **options: Any) -> None:
        options.setdefault("viewport", {"width": 1366, "height": 768})
        self.site = site
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)

    def open(self, path: str) -> Any:
        """The page at `path`, its scripts run."""
        self.page.goto(self.site + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def elsewhere(self) -> list[str]:
        """What was asked of another host."""
        own = (self.site, "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(own)]

    def _note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def visit(browser: Any, site: httpx.Client) -> Iterator[Callable[..., Visit]]:
    """Opens windows; when done, checks that none asked another host or had a complaint."""
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(browser, str(site.base_url).rstrip("/"), **options))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert one.elsewhere() == []
        assert one.complaints == []
