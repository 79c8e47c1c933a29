"""The explorer: pages for people, as routes that `kg.server.app` mounts at the root.

A page asks `current` for its data (`await current.run(function, ...)`), with the same functions
that the JSON API answers from, and renders HTML. Files under `kg/server/assets` are served at
`/assets/`. The app sets a strict content security policy (`kg.server.security.POLICY`) on every
response; a page that needs another (a map whose user turned tiles on) sets the header itself.
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
    return []


def page_for(iri: str) -> str | None:
    """The path of the explorer's page of the thing `iri`, to which `/id/...` sends browsers.

    None when there is no page for it; browsers then get Turtle.
    """
    return None
