"""Where things are found: the pages' own paths, and which outside addresses may be links."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from pyoxigraph import NamedNode

from kg.graph import vocabulary as v
from kg.graph.iri import local_name

_PATHS = {v.ENT: "/entity/", v.EV: "/event/", v.DOC: "/article/"}
_NAMESPACES = {path.strip("/"): namespace for namespace, path in _PATHS.items()}
_LINKABLE = ("http", "https")


def address(iri: str) -> str:
    """The path of the page about the entity, event or article `iri`."""
    for namespace, path in _PATHS.items():
        if iri.startswith(namespace):
            # An IRI may hold "%3A" as it stands: the path carries it escaped once more.
            return path + quote(iri[len(namespace) :], safe="")
    raise ValueError(f"There is no page about <{iri}>.")


def iri_of(kind: str, name: str) -> str:
    """The IRI behind a path, "" when it cannot be one.

    `kind` is "entity", "event" or "article", `name` the decoded rest of the path.
    """
    iri = _NAMESPACES[kind] + name
    try:
        NamedNode(iri)
    except ValueError:
        return ""
    return iri


def data_address(iri: str) -> str:
    """Where the RDF about a thing is: the linked data path of the server."""
    return "/id" + address(iri) + ".ttl"


def article_address(id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of the article with this id, at the characters `start` to `end`."""
    place = f"#c{start}-{end}" if start is not None else ""
    return address(v.DOC + local_name(id)) + place


def network_address(*iris: str, embedded: bool = False) -> str:
    """The drawing of what surrounds some things."""
    of = [("of", iri) for iri in map(short, iris)]
    return "/network?" + urlencode([*of, *([("embedded", "1")] if embedded else [])])


def short(iri: str) -> str:
    """`ent:Iran` for an entity, `ev:...` for an event."""
    for prefix, namespace in (("ent:", v.ENT), ("ev:", v.EV)):
        if iri.startswith(namespace):
            return prefix + iri[len(namespace) :]
    return iri


def long(name: str) -> str:
    """The IRI of `ent:Iran`; an IRI stays as it is, anything else is ""."""
    for prefix, namespace in (("ent:", v.ENT), ("ev:", v.EV)):
        if name.startswith(prefix):
            return namespace + name[len(prefix) :]
    return name if name.startswith((v.ENT, v.EV)) else ""


def outside(url: str) -> str:
    """`url` when it is a web address that may be a link, else "": never `javascript:`."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in _LINKABLE and parts.netloc else ""
