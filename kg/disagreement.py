"""Where the articles disagree on one thing: the values side by side, and who gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.acceptance import independent
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import QUANTITY_KINDS

_CLAIMS = """
SELECT ?thing ?claim ?predicate ?value ?bound ?article ?publisher ?speaker ?sentence ?against
       ?copied
WHERE {
  GRAPH ?article {
    ?claim %s ?thing ; rdf:predicate ?predicate ; %s ?value ;
           kg:status kg:Accepted ; prov:wasDerivedFrom/nif:anchorOf ?sentence .
    OPTIONAL { ?claim kg:bound ?bound }
    OPTIONAL { ?claim kg:attributedTo ?speaker }
    OPTIONAL { ?article schema:publisher ?publisher }
    OPTIONAL { ?article kg:copyOf ?copied }
    OPTIONAL { ?claim kg:disputes ?against }
  }
}
"""
_ENDS = ("rdf:subject", "rdf:object")
_HOLDERS = "holdsPosition"
_PLACE = "place"
_LOCATED_IN = ox.NamedNode(v.KG + "locatedIn")


@dataclass(frozen=True)
class Reading:
    """One of the values given: in words, by whom (labels of speakers), and where.

    `sources` counts independent sources (one speaker, one publisher or one sentence is one
    source); `articles` are the ids of the articles, sorted; `preferred` tells that the graph
    holds this value as the fact.
    """

    value: str
    preferred: bool
    sources: int
    articles: tuple[str, ...]
    speakers: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Disagreement:
    """The readings of one property of a thing: a kind of number, `date`, `place`, or `holder`."""

    property: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class _Told:
    """A claim as far as it matters here."""

    predicate: str
    value: Any
    bound: str
    article: str
    keys: frozenset[str]
    speaker: str | None
    sentence: str
    disputed: bool


def disagreements(
    store: Store, thing: ox.NamedNode, labels: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """What the articles cannot all be right about: numbers, days and places of an event, and the
    holder of a post. `labels` leads from IRIs to what they are called.
    """
    told = _told(store, thing)
    found = [
        *_numbers(store, thing, told, labels),
        *_days(store, thing, told, labels),
        *_places(store, told, labels),
        *_holders(store, thing, labels),
    ]
    return tuple(found)


def lines(found: Sequence[Disagreement]) -> Iterator[str]:
    """The disagreements as a small table of plain text, a sentence below each reading.

    The reading that the graph takes as fact has a star.
    """
    readings = [reading for disagreement in found for reading in disagreement.readings]
    wide = max((len(_starred(reading)) for reading in readings), default=0)
    for disagreement in found:
        yield f"  {disagreement.property}"
        for reading in disagreement.readings:
            count = f"{reading.sources} source{'s' if reading.sources != 1 else ' '}"
            who = f"  according to {', '.join(reading.speakers)}" if reading.speakers else ""
            articles = ", ".join(reading.articles)
            yield f"    {_starred(reading).ljust(wide)}  {count}  in {articles}{who}"
            yield f"      “{reading.sentence}”"


def _starred(reading: Reading) -> str:
    return f"{reading.value} *" if reading.preferred else reading.value


def _told(store: Store, thing: ox.NamedNode, *, ends: tuple[str, str] = _ENDS) -> list[_Told]:
    """The accepted claims with the thing at the first of the `ends`."""
    rows = store.query(_CLAIMS % ends, bindings={"thing": thing})
    claims: dict[str, _Told] = {}
    for row in rows:
        row = {variable.value: row[variable] for variable in rows.variables}
        article = row["article"].value.removeprefix(v.DOC)
        speaker = row["speaker"]
        sentence = " ".join(row["sentence"].value.split())
        known = claims.get(row["claim"].value)
        claims[row["claim"].value] = _Told(
            predicate=row["predicate"].value.removeprefix(v.KG),
            value=row["value"],
            bound=row["bound"].value.removeprefix(v.KG) if row["bound"] else "Exact",
            article=article,
            keys=_keys(row, article, sentence),
            speaker=speaker.value if speaker else None,
            sentence=min(sentence, known.sentence) if known else sentence,
            disputed=row["against"] is not None or bool(known and known.disputed),
        )
    return [claims[claim] for claim in sorted(claims)]


def _keys(row: Mapping[str, Any], article: str, sentence: str) -> frozenset[str]:
    """What would make two claims one source; as `kg.graph.acceptance.Sources.keys` has it."""
    same_words = f"sentence {sentence.casefold()}"
    if isinstance(row["speaker"], ox.NamedNode) and row["speaker"].value.startswith(v.ENT):
        return frozenset((f"speaker {row['speaker'].value}", same_words))
    publisher, copied = row["publisher"], row["copied"]
    voice = f"publisher {publisher.value.casefold()}" if publisher else f"article {article}"
    first = copied.value.removeprefix(v.DOC) if copied else article
    return frozenset((voice, same_words, f"words of {first}"))


def _reading(
    value: str, told: Sequence[_Told], labels: Mapping[str, str], *, preferred: bool = False
) -> Reading:
    return Reading(
        value=value,
        preferred=preferred,
        sources=independent(claim.keys for claim in told),
        articles=tuple(sorted({claim.article for claim in told})),
        speakers=tuple(sorted({labels[claim.speaker] for claim in told if claim.speaker})),
        sentence=min(claim.sentence for claim in told),
    )


def _ordered(property: str, readings: list[Reading]) -> Disagreement:
    readings.sort(key=lambda reading: (not reading.preferred, -reading.sources, reading.value))
    return Disagreement(property, tuple(readings))


_BOUNDS = {"AtLeast": "at least ", "AtMost": "at most ", "About": "about "}


def _numbers(
    store: Store, thing: ox.NamedNode, told: Sequence[_Told], labels: Mapping[str, str]
) -> Iterator[Disagreement]:
    for kind in QUANTITY_KINDS:
        claims = [claim for claim in told if claim.predicate == kind]
        if not any(claim.disputed for claim in claims):
            continue
        preferred = _facts(store, thing, kind)
        groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        for claim in claims:
            groups[claim.bound, claim.value.value].append(claim)
        starred = {value: _best(groups, value) for value in preferred}
        readings = [
            _reading(
                f"{_BOUNDS.get(bound, '')}{value}",
                group,
                labels,
                preferred=starred.get(value) == (bound, value),
            )
            for (bound, value), group in groups.items()
        ]
        yield _ordered(kind, readings)


def _best(groups: Mapping[tuple[str, str], list[_Told]], value: str) -> tuple[str, str]:
    """Of "11" and "at least 11" the one to mark as preferred: exact first."""
    return min(
        (key for key in groups if key[1] == value),
        key=lambda key: (key[0] != "Exact", key),
        default=("", value),
    )


def _facts(store: Store, thing: ox.NamedNode, name: str) -> set[str]:
    """The values of a property in the direct triples."""
    predicate = ox.NamedNode(v.KG + name)
    quads = store.quads(subject=thing, predicate=predicate, graph=DEFAULT_GRAPH)
    return {quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)}


def _days(
    store: Store, thing: ox.NamedNode, told: Sequence[_Told], labels: Mapping[str, str]
) -> Iterator[Disagreement]:
    disputed = [claim for claim in told if claim.predicate in _TIME and claim.disputed]
    if not disputed:
        return
    preferred = _facts(store, thing, v.DATE_EARLIEST)
    times: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    groups: dict[str, list[_Told]] = defaultdict(list)
    for claim in told:
        if claim.predicate in _TIME:
            times[claim.article, claim.sentence][claim.predicate] = claim.value.value
    for claim in disputed:
        bounds = times[claim.article, claim.sentence]
        start, end = bounds.get(v.DATE_EARLIEST, ".."), bounds.get(v.DATE_LATEST, "..")
        groups[start if start == end else f"{start} to {end}"].append(claim)
    yield _ordered(
        "date",
        [
            _reading(shown, group, labels, preferred=shown.split(" to ")[0] in preferred)
            for shown, group in groups.items()
        ],
    )


_TIME = (v.DATE_EARLIEST, v.DATE_LATEST)


def _places(
    store: Store, told: Sequence[_Told], labels: Mapping[str, str]
) -> Iterator[Disagreement]:
    groups: dict[str, list[_Told]] = defaultdict(list)
    for claim in told:
        if claim.predicate == _PLACE and isinstance(claim.value, ox.NamedNode):
            groups[claim.value.value].append(claim)
    inside = {place: _containers(store, place) for place in groups}
    apart = {
        place
        for place in groups
        for other in groups
        if other != place and other not in inside[place] and place not in inside[other]
    }
    if apart:
        yield _ordered(
            "place", [_reading(labels[place], groups[place], labels) for place in sorted(apart)]
        )


def _containers(store: Store, place: str) -> set[str]:
    """Everything the place lies in, at any depth, by the articles or by GeoNames."""
    reached: set[str] = set()
    front = {place}
    while front:
        front = {
            quad.object.value
            for inner in front
            for quad in store.quads(subject=ox.NamedNode(inner), predicate=_LOCATED_IN)
            if isinstance(quad.object, ox.NamedNode)
        } - reached
        reached |= front
    return reached


def _holders(
    store: Store, thing: ox.NamedNode, labels: Mapping[str, str]
) -> Iterator[Disagreement]:
    groups: dict[str, list[_Told]] = defaultdict(list)
    for claim in _told(store, thing, ends=_ENDS[::-1]):
        if claim.predicate == _HOLDERS:
            groups[claim.value.value].append(claim)
    if len(groups) > 1:
        yield _ordered(
            "holder", [_reading(labels[holder], group, labels) for holder, group in groups.items()]
        )
