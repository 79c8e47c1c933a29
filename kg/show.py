"""An entity or event as text: what is claimed about it, by whom, and in which sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import disagreement
from kg.disagreement import Disagreement, disagreements
from kg.graph import vocabulary as v
from kg.graph.lookup import lookup
from kg.graph.store import Store
from kg.inventory import EVENT_TYPES, PREDICATES
from kg.inventory import words as words

_CLAIMS = """
SELECT ?claim ?thing ?subject ?predicate ?object ?status ?factuality ?confidence ?bound
       ?speaker ?speakerText ?article ?headline ?published ?sentence ?begin
WHERE {
  GRAPH ?article {
    ?claim %s ?thing ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
           kg:status ?status ; kg:factuality ?factuality ; kg:confidence ?confidence ;
           prov:wasDerivedFrom ?span .
    ?span nif:anchorOf ?sentence ; nif:beginIndex ?begin .
    OPTIONAL { ?claim kg:bound ?bound }
    OPTIONAL { ?claim kg:attributedTo ?speaker . OPTIONAL { ?speaker nif:anchorOf ?speakerText } }
    OPTIONAL { ?article schema:headline ?headline }
    OPTIONAL { ?article schema:datePublished ?published }
  }
}
"""


@dataclass(frozen=True, order=True)
class Statement:
    """One claim about a thing, with one sentence that makes it, ready to print.

    `topic` groups statements ("holds position", "agent in"; an arrow back, "leader of ←", where
    the thing is the object); `said` is the other end of the
    claim; `article` cites the article; `begin` is where in it the sentence starts; `claim` is the
    id under which the claim can be rejected.
    """

    topic: str
    said: str
    article: str
    begin: int
    sentence: str
    speaker: str = ""
    status: str = "Accepted"
    factuality: str = "Factual"
    confidence: float = 1.0
    claim: str = ""


@dataclass(frozen=True)
class Profile:
    """All that is claimed about one thing, and where its sources disagree.

    `kind` is its type in words.
    """

    iri: str
    label: str
    kind: str
    aliases: tuple[str, ...]
    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...] = ()


def profile(store: Store, name: str) -> Profile:
    """What the graph holds about the entity or event called `name` (see `kg.graph.lookup`).

    Raises `QueryError` with close names when nothing is called so.
    """
    prefix, _, id = name.partition(":")
    thing = lookup(store, id if prefix in ("ent", "ev") else name)
    iri = thing.value
    labels = _Labels(store)
    statements = {
        *_statements(store, thing, labels, end="rdf:subject"),
        *_statements(store, thing, labels, end="rdf:object"),
    }
    return Profile(
        iri=iri,
        label=labels[iri],
        kind=_kind(store, iri),
        aliases=tuple(sorted(_literals(store, iri, v.ALT_LABEL))),
        statements=tuple(sorted(statements)),
        disagreements=disagreements(store, thing, labels),
    )


class _Labels(Mapping[str, str]):
    """Labels of things, read when needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def __getitem__(self, iri: str) -> str:
        if iri not in self._known:
            found = [
                *_literals(self._store, iri, v.PREF_LABEL),
                *_literals(self._store, iri, v.LABEL),
            ]
            self._known[iri] = found[0] if found else re.split(r"[/#]", iri)[-1]
        return self._known[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _literals(store: Store, iri: str, predicate: str) -> list[str]:
    quads = store.quads(subject=ox.NamedNode(iri), predicate=ox.NamedNode(predicate))
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]


def _linked(store: Store, iri: str, predicate: str) -> set[str]:
    """The terms of the ontology that `predicate` links to, as inventory names."""
    quads = store.quads(subject=ox.NamedNode(iri), predicate=ox.NamedNode(predicate))
    terms = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return {term.removeprefix(v.KG) for term in terms}


def _kind(store: Store, iri: str) -> str:
    types = _linked(store, iri, v.RDF_TYPE)
    if v.UNREALIZED_EVENT in types:
        types = _linked(store, iri, v.KG + "eventType")
    return words(
        min(types, key=lambda name: (name not in EVENT_TYPES, len(name), name), default="")
    )


def _statements(
    store: Store, thing: ox.NamedNode, labels: _Labels, *, end: str
) -> Iterator[Statement]:
    rows = store.query(_CLAIMS % end, bindings={"thing": thing})
    for row in rows:
        values = {key.value: row[key] for key in rows.variables}
        predicate = values["predicate"].value
        if predicate in (v.RDF_TYPE, v.KG + v.TYPE):
            continue
        topic = words(re.split(r"[/#]", predicate)[-1])
        other = values["object"] if end == "rdf:subject" else values["subject"]
        symmetric = topic in _SYMMETRIC
        if end == "rdf:object" and not symmetric:
            topic = f"{topic} in" if other.value.startswith(v.EV) else f"{topic} ←"
        speaker = values["speakerText"] or values["speaker"]
        yield Statement(
            topic=topic,
            said=_said(other, values["bound"], labels),
            article=_cited(values),
            begin=int(values["begin"].value),
            sentence=" ".join(values["sentence"].value.split()),
            speaker=_term(speaker, labels) if speaker else "",
            status=values["status"].value.removeprefix(v.KG),
            factuality=values["factuality"].value.removeprefix(v.KG),
            confidence=float(values["confidence"].value),
            claim=values["claim"].value.removeprefix(v.CLAIM),
        )


def _term(term: ox.NamedNode | ox.Literal, labels: _Labels) -> str:
    return labels[term.value] if isinstance(term, ox.NamedNode) else str(term.value)


def _said(term: ox.NamedNode | ox.Literal, bound: ox.NamedNode | None, labels: _Labels) -> str:
    limit = bound.value.removeprefix(v.KG) if bound is not None else "Exact"
    prefix = {"AtLeast": "at least ", "AtMost": "at most ", "About": "about "}.get(limit, "")
    return prefix + " ".join(_term(term, labels).split())


def _cited(values: dict[str, ox.Literal]) -> str:
    """The article as one would cite it: headline and date, or its id."""
    id = values["article"].value.removeprefix(v.DOC)
    headline = values["headline"].value if values["headline"] else id
    day = f" ({values['published'].value})" if values["published"] else ""
    return f"{headline}{day}"


_SYMMETRIC = {words(name) for name, predicate in PREDICATES.items() if predicate.symmetric}


def grouped(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Statement]]:
    """Statements that say the same thing together: topic and other end -> its sentences."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.topic, statement.said].append(statement)
    return groups


def lines(found: Profile) -> Iterator[str]:
    """The profile as lines of plain text."""
    yield f"{found.label}  ({found.kind})" if found.kind else found.label
    if found.aliases:
        yield f"also: {', '.join(found.aliases)}"
    if found.disagreements:
        yield ""
        yield "sources disagree (* what the graph takes as fact)"
        yield from disagreement.lines(found.disagreements)
    topic = ""
    for (name, said), statements in grouped(found.statements).items():
        if name != topic:
            yield ""
            yield name
            topic = name
        standing = _standing(statements)
        yield f"  {said}{standing}"
        for statement in statements:
            yield f"    “{statement.sentence}”"
            who = f", according to {statement.speaker}" if statement.speaker else ""
            own = _standing([statement])
            apart = own if own != standing else ""  # one voice denies what others state
            place = f"{statement.article}, at {statement.begin}{who}"
            yield f"      {place}  claim:{statement.claim}{apart}"


def _standing(statements: list[Statement]) -> str:
    """How sure the claim is, unless it is simply accepted as fact."""
    if any(statement.status == "Accepted" for statement in statements):
        return ""
    best = statements[0]
    told = best.factuality if best.factuality != "Factual" else best.status
    return f"  [{told.lower()}]"
