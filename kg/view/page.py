"""The page: one HTML file that holds its scripts, its styles and its data, and asks for nothing.

pyvis builds the network and renders it through its template hook; the template is ours
(`assets/page.html`), because pyvis's own loads Bootstrap from the internet, shows titles as
HTML and puts data into scripts. vis-network itself comes out of the pyvis package.
"""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.graph.network import Network
from kg.view.payload import FIRST, Payload, pack

if TYPE_CHECKING:
    from pyvis.network import Network as Drawing  # type: ignore[import-untyped]

SCRIPTS = (
    "dom.js",
    "data.js",
    "words.js",
    "theme.js",
    "state.js",
    "visible.js",
    "canvas.js",
    "evidence.js",
    "panel.js",
    "legend.js",
    "search.js",
    "timeline.js",
    "export.js",
    "viewer.js",
    "main.js",
)
"""The page's own scripts in the order they are joined; they share one scope."""

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


def render(network: Network, *, title: str = "newsgraph", first: int = FIRST) -> str:
    """The viewer of `network` as one HTML document.

    `title` heads the page; at most `first` nodes are shown at the start, the page says what is
    not shown and offers it. The same network gives the same text. The page allows itself
    nothing but its own scripts and styles (Content-Security-Policy), so that no name or sentence
    can run or load anything.
    """
    payload = Payload(network, first=first)
    drawing = _drawing()
    drawing.heading = title
    for node in payload.nodes:
        properties = dict(node)
        drawing.add_node(
            properties.pop("id"), label=properties.pop("label"), color=None, **properties
        )
    # `add_edge` looks both ends up in a list: 10,000 edges would take seconds.
    drawing.edges = [
        {**edge, "from": edge.pop("source"), "to": edge.pop("target")} for edge in payload.edges
    ]
    drawing.templateEnv.globals.update(tables=payload.tables, summary=_summary(payload))
    page: str = drawing.generate_html()
    return page


def frame(page: str, *, height: int = 640) -> str:
    """An inline frame that holds `page`, to show it in a notebook; `height` in pixels.

    The frame may run the page's scripts and save files, and has no access to the notebook.
    """
    return (
        f'<iframe srcdoc="{html.escape(page)}" width="100%" height="{height}" '
        'sandbox="allow-scripts allow-downloads" style="border:0"></iframe>'
    )


def _summary(payload: Payload, *, most: int = 12) -> dict[str, list[str]]:
    """The names of the entities and events most is said of, for previews that run no script."""
    ranked = sorted(payload.nodes, key=lambda node: (-node["score"], node["id"]))
    events = [node["label"] for node in ranked if node["group"] == "event"]
    entities = [node["label"] for node in ranked if node["group"] != "event"]
    return {"entities": entities[:most], "events": events[:most]}


def _drawing() -> Drawing:
    """An empty pyvis network that renders through our template, physics off."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, cdn_resources="in_line")
    drawing.toggle_physics(False)
    drawing.path = "page.html"
    drawing.templateEnv = Environment(
        loader=FileSystemLoader(str(files("kg.view") / "assets")),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    drawing.templateEnv.filters["pack"] = pack
    drawing.templateEnv.globals.update(_inlined())
    return drawing


@cache
def _inlined() -> dict[str, str]:
    """The scripts and styles by template variable, with the hashes the policy allows."""
    from markupsafe import Markup

    library = (files("pyvis") / _VIS).read_text(encoding="utf-8")
    library = library.split("//# sourceMappingURL")[0]  # developer tools would fetch the map
    script = "\n".join(_asset(name) for name in SCRIPTS)
    own = f'(() => {{\n"use strict";\n{script}\n}})();\n'
    style = _asset("style.css")
    return {
        # Trusted: files of this package and of pyvis, none of them holds a closing tag.
        "library": Markup(library),  # noqa: S704
        "script": Markup(own),  # noqa: S704
        "style": Markup(style),  # noqa: S704
        "script_hashes": f"{_hash(library)} {_hash(own)}",
        "style_hash": _hash(style),
    }


def _asset(name: str) -> str:
    return (files("kg.view") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
