"""The explorer: pages for people, as routes that `kg.server.app` mounts at the root.

The module named after a page has a function that reads an excerpt of the store and returns plain
data; `serving` reads the request, has that done in a worker (`current.run`), and renders the
template. Every page shows its text without scripts; the scripts in `kg/server/assets` only add
to it.

Files under `kg/server/assets` are served at `/assets/`, those of the viewer that `graph.html`
consists of at `/viewer/`. The app sets a strict content security policy
(`kg.server.security.POLICY`) on every response; pages that frame the drawing widen it to
themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from kg.server.current import Current
    from kg.server.options import Options


def routes(current: Current, options: Options) -> list[BaseRoute]:
    """The routes of the explorer: `/`, `/search`, `/entity/...`, `/article/...` and so on.

    `/id/...`, `/sparql`, `/api/...`, `/.well-known/...` and `/assets/...` belong to the app.
    """
    from kg.server.pages.serving import Pages

    return [*Pages(current, options).routes()]


def page_for(iri: str) -> str | None:
    """The path of the explorer's page of the thing `iri`, to which `/id/...` sends browsers.

    None when there is no page for it; browsers then get Turtle.
    """
    from kg.server.pages.address import address

    try:
        return address(iri)
    except ValueError:
        return None
