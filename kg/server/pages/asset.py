"""The files of the viewer that the pages share with `graph.html`, and the colours they share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.view.page import SCRIPTS
from kg.view.style import CATEGORIES

VIEWER = SCRIPTS[: SCRIPTS.index("main.js")]
"""The viewer's scripts in the order they are loaded; they share one scope."""

LIBRARY = "vis-network.min.js"
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


@cache
def viewer_file(name: str) -> tuple[str, str] | None:
    """A file under `/viewer/` as (text, media type); None when there is none of that name."""
    if name == LIBRARY:
        library = (files("pyvis") / _VIS).read_text(encoding="utf-8")
        # Developer tools would look for the map, which is not here.
        return library.split("//# sourceMappingURL")[0], "text/javascript"
    if name == "palette.css":
        return palette(), "text/css"
    if name in VIEWER or name == "style.css":
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return (files("kg.view") / "assets" / name).read_text(encoding="utf-8"), kind
    return None


def palette() -> str:
    """The colours of the categories as custom properties, for light and for dark pages."""
    light = "".join(f"--{category.name}:{category.light};" for category in CATEGORIES)
    dark = "".join(f"--{category.name}:{category.dark};" for category in CATEGORIES)
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )
