"""Why mentions were taken as one thing, or kept apart: the decisions, and the score of a pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.extract.archive import Archive
from kg.graph import iri
from kg.graph import vocabulary as v
from kg.graph.folder import GraphFolder
from kg.graph.lookup import lookup
from kg.graph.store import Store
from kg.model import Extraction
from kg.resolve import linkage, toponyms
from kg.resolve.contrary import contradiction
from kg.resolve.local import Local, locals_of
from kg.resolve.profile import Profile, profiles

MOST_ROWS = 40
"""Rows of a thing that are compared with those of another, the earliest ones."""


@dataclass(frozen=True)
class Step:
    """One decision: two mentions, as "name (article)", whether they are one thing, and why."""

    left: str
    right: str
    same: bool
    score: float
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The most alike rows of two things: what each is called, and the parts of the score in bits.

    `against` tells what forbids that they are one, "" when nothing does; `parts` are (what was
    found, bits), the prior first; `weight` is their sum.
    """

    left: str
    right: str
    parts: tuple[tuple[str, float], ...]
    weight: float
    probability: float
    against: str


@dataclass(frozen=True)
class Why:
    """What is known of the identity of one thing or two."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]
    comparison: Comparison | None = None


_DECISIONS = """
SELECT ?thing ?left ?predicate ?right ?score ?reason WHERE {
  GRAPH <%s> {
    ?node a kg:IdentityDecision ; rdf:subject ?left ; rdf:predicate ?predicate ;
          rdf:object ?right ; kg:score ?score ; kg:reason ?reason .
    { ?left kg:denotes ?thing } UNION { ?right kg:denotes ?thing }
  }
}
"""


def why(directory: str | PathLike[str], names: Sequence[str], *, chart: Path | None = None) -> Why:
    """Why the thing called `names[0]` is one, or how it stands to the one called `names[1]`.

    `chart` is where to write Splink's waterfall chart of the two. Raises `QueryError` for a name
    that nothing has, `GraphError` for a graph that holds no articles (it was loaded).
    """
    folder = GraphFolder(directory)
    manifest = folder.require()
    if chart and len(names) != 2:
        raise QueryError("A chart shows two things; give the names of both.")
    with Store.open(folder.store) as store:
        things = [lookup(store, name) for name in names]
        steps = _steps(store, things)
    comparison = None
    if len(things) == 2 and things[0] != things[1]:
        if not all(thing.value.startswith(v.ENT) for thing in things):
            raise QueryError("Only people, groups and places are compared; events tell it below.")
        if not folder.archive.is_file():
            raise GraphError(f"{folder.path} was loaded from a dump and holds no articles to ask.")
        with Archive(folder.archive) as archive:
            extractions = list(archive.extractions(manifest.articles.values()))
        comparison = _compared(extractions, _members(folder, things), chart)
    elif chart:
        raise QueryError(f"{names[0]!r} and {names[1]!r} are one thing; a chart shows two.")
    return Why(tuple(names), tuple(steps), comparison)


def _steps(store: Store, things: Sequence[ox.NamedNode]) -> list[Step]:
    """The decisions about one thing; of two, those that have an end in each."""
    found: list[set[Step]] = []
    for thing in things:
        solutions = store.query(_DECISIONS % v.IDENTITIES_GRAPH, bindings={"thing": thing})
        found.append(
            {
                Step(
                    left=_mention(solution["left"].value),
                    right=_mention(solution["right"].value),
                    same=solution["predicate"].value.endswith("sameEntityAs"),
                    score=float(solution["score"].value),
                    reason=solution["reason"].value,
                )
                for solution in solutions
            }
        )
    chosen = set.intersection(*found) if found else set()
    return sorted(chosen, key=lambda step: (not step.same, -step.score, step.left, step.right))


def _mention(local: str) -> str:
    """`article: e3` of the IRI of a local thing."""
    document, _, id = local.removeprefix(v.LOCAL).rpartition("~")
    return f"{document}: {id}"


def _members(folder: GraphFolder, things: Sequence[ox.NamedNode]) -> list[set[str]]:
    """The IRIs of the local things that each of `things` is made of."""
    with Store.open(folder.store) as store:
        return [
            {
                quad.subject.value
                for quad in store.quads(predicate=iri.term("denotes"), value=thing)
                if isinstance(quad.subject, ox.NamedNode)
            }
            for thing in things
        ]


def _compared(
    extractions: Iterable[Extraction], members: Sequence[set[str]], chart: Path | None
) -> Comparison | None:
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    found = locals_of(ordered)
    rows = profiles(found, toponyms.link(found))
    sides = [
        [row for row in rows if any(iri.local(m.id).value in own for m in row.members)][:MOST_ROWS]
        for own in members
    ]
    if not all(sides):
        return None  # posts are told apart by title and body, not by scores
    left, right, pair = linkage.most_alike(*sides)
    if chart:
        linkage.waterfall(left, right, chart)
    said = [(part.level, part.weight) for part in pair.parts]
    prior = round(pair.weight - sum(weight for _, weight in said), 2)
    return Comparison(
        left=_named(left),
        right=_named(right),
        parts=(("before anything is compared", prior), *said),
        weight=pair.weight,
        probability=pair.probability,
        against=contradiction(left, right),
    )


def _named(row: Profile) -> str:
    first: Local = row.first
    return f"{first.entity.name} ({first.id.document})"


def lines(answer: Why) -> Iterator[str]:
    """The answer as plain text, a table where there are parts."""
    if answer.comparison:
        pair = answer.comparison
        yield f"{pair.left}  and  {pair.right}"
        width = max(len(level) for level, _ in pair.parts)
        for level, weight in pair.parts:
            yield f"  {level:{width}}  {weight:+7.2f} bits"
        yield f"  {'sum':{width}}  {pair.weight:+7.2f} bits: probability {pair.probability:.4f}"
        yield f"  kept apart: {pair.against}" if pair.against else "  nothing forbids it"
    for step in answer.steps:
        verdict = "one thing" if step.same else "kept apart"
        yield f"{verdict}, {step.score:.4g}: {step.left} and {step.right}"
        yield f"    {step.reason}"
    if not answer.comparison and not answer.steps:
        yield "No decision was needed: it is mentioned in one article, under one name."
