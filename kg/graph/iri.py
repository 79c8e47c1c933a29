"""IRIs of entities, events, articles, claims and spans: slash-free, safe for any id."""

from __future__ import annotations

from functools import cache, lru_cache

from pyoxigraph import NamedNode

from kg.graph import vocabulary as v
from kg.model import EntityRef, EventRef, LocalId, Span

_PLAIN = frozenset("-_")


def local_name(text: str) -> str:
    """`text` as the local name of an IRI, one to one.

    Letters and digits of any script, hyphens, underscores and inner dots stay; every other
    character becomes `%` and its UTF-8 bytes in hexadecimal. So no id, however hostile, can
    break out of an IRI, and every Turtle reader takes the result as a prefixed name.
    """
    last = len(text) - 1
    return "".join(
        c if c.isalnum() or c in _PLAIN or (c == "." and 0 < i < last) else _escaped(c)
        for i, c in enumerate(text)
    )


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


@cache
def term(name: str) -> NamedNode:
    """The kg: term called `name`."""
    return NamedNode(v.KG + name)


def entity(id: str) -> NamedNode:
    """`ent:<id>`."""
    return NamedNode(v.ENT + local_name(id))


def event(id: str) -> NamedNode:
    """`ev:<id>`."""
    return NamedNode(v.EV + local_name(id))


@lru_cache(maxsize=64)
def document(id: str) -> NamedNode:
    """`doc:<id>`: the article, and the name of its graph."""
    return NamedNode(v.DOC + local_name(id))


def claim(id: str) -> NamedNode:
    """`claim:<id>`."""
    return NamedNode(v.CLAIM + id)


def span(span: Span) -> NamedNode:
    """`span:<article>_<start>_<end>`, offsets in characters, end exclusive."""
    return NamedNode(f"{v.SPAN}{local_name(span.document)}_{span.start}_{span.end}")


def correction(number: int) -> NamedNode:
    """`correction:<number>`."""
    return NamedNode(f"{v.CORRECTION}{number}")


def author(name: str) -> NamedNode:
    """`author:<name>`: who made a correction."""
    return NamedNode(v.AUTHOR + local_name(name))


def local(id: LocalId) -> NamedNode:
    """The entity or event as one article knows it, before it is tied to others."""
    return NamedNode(f"{v.LOCAL}{local_name(id.document)}~{local_name(id.id)}")


def thing(ref: EntityRef | EventRef) -> NamedNode:
    """The IRI of what a claim speaks of."""
    return entity(ref.id) if isinstance(ref, EntityRef) else event(ref.id)
