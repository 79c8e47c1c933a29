"""`/id/...`: everything that has an IRI in the graph, as a page for people or as RDF for programs.

`https://w3id.org/newsgraph/entity/Iran` is found at `/id/entity/Iran`: as RDF in the format that
the client likes best, or, for browsers, by a redirect to its page. An ending (`.ttl`, `.nt`,
`.jsonld`, `.rdf`, `.trig`) chooses the format by hand.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph import vocabulary as v
from kg.server.answer import GRAPHS
from kg.server.current import Current
from kg.server.endpoint import media_type_for
from kg.server.negotiation import preferred
from kg.server.pages import page_for
from kg.server.thing import description

ENDINGS = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
HTML = "text/html"


def routes(current: Current) -> list[BaseRoute]:
    """`/id/{kind}/{name}`."""

    async def thing(request: Request) -> Response:
        name = request.path_params["name"]
        for ending, media_type in ENDINGS.items():
            if name.endswith(ending):
                return await _rdf(v.BASE + name.removesuffix(ending), media_type)
        iri = v.BASE + name
        accept = request.headers.get("accept", "")
        page = page_for(iri)
        if page is not None and preferred(accept, (*GRAPHS, HTML)) == HTML:
            return RedirectResponse(page, 303, {"Vary": "Accept"})
        return await _rdf(iri, media_type_for(request))

    async def _rdf(iri: str, media_type: str) -> Response:
        body = await current.run(description, iri, media_type=media_type)
        about = quote(iri, safe=":/#%")  # a header is ASCII, an IRI need not be
        headers = {"Vary": "Accept", "Link": f'<{about}>; rel="about"'}
        return Response(body, media_type=media_type, headers=headers)

    return [Route("/id/{name:path}", thing, methods=["GET"])]
