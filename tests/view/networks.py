"""Networks to draw in the tests: from articles annotated by hand, and generated ones of any size.

The real reading of a network out of a store belongs to `kg.graph`; here names of the same type
are simply taken as the same thing, which is close enough to have realistic graphs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.record import from_record
from kg.graph.network import Article, Edge, Evidence, Network, Node, Value
from kg.model import Bound, Event, Extraction, Factuality, Span, Speaker, Status

ANNOTATED = Path(__file__).parents[3] / "shared" / "data" / "newsgraph"


def annotated(name: str, limit: int | None = None) -> Network:
    """The network of an annotated file; skips the test when the corpus is not there."""
    path = ANNOTATED / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the annotated articles are not at {path}")
    extractions = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                extractions.append(from_record(json.loads(line), extractor="gold"))
            except InputError:
                continue
            if limit is not None and len(extractions) == limit:
                break
    return network_of(extractions)


def network_of(extractions: Iterable[Extraction]) -> Network:
    """The network of some extractions, names of one type taken as one thing."""
    builder = _Builder()
    for extraction in extractions:
        builder.add(extraction)
    return builder.network()


class _Builder:
    def __init__(self) -> None:
        self.nodes: dict[str, dict] = {}
        self.edges: dict[tuple[str, str, str], list[Evidence]] = {}
        self.articles: list[Article] = []

    def add(self, extraction: Extraction) -> None:
        document = extraction.document
        self.articles.append(
            Article(document.id, document.title, document.published, document.source, document.url)
        )
        names = {entity.id: entity.name for entity in extraction.entities}

        def evidence(
            spans: Iterable[Span],
            factuality: Factuality = Factuality.FACTUAL,
            speaker: Speaker | None = None,
        ) -> tuple[Evidence, ...]:
            return tuple(_evidence(extraction, span, factuality, speaker, names) for span in spans)

        iris = {}
        for entity in extraction.entities:
            iri = f"https://w3id.org/newsgraph/entity/{entity.type}_{entity.name}"
            iri = iri.replace(" ", "_")
            iris[entity.id] = iri
            node = self.nodes.setdefault(
                iri,
                {
                    "kind": "entity",
                    "type": entity.type,
                    "label": entity.name,
                    "aliases": set(),
                    "mentions": [],
                    "values": {},
                },
            )
            node["mentions"] += evidence(mention.span for mention in entity.mentions)
            node["aliases"] |= {
                mention.span.of(document.text)
                for mention in entity.mentions
                if mention.kind == "name"
            } - {entity.name}
        for relation in extraction.relations:
            key = (iris[relation.subject], iris[relation.object], relation.predicate)
            self.edges.setdefault(key, []).extend(
                evidence(relation.evidence, relation.factuality, relation.attributed_to)
            )
        for event in extraction.events:
            self.add_event(extraction, event, iris, evidence)

    def add_event(self, extraction, event: Event, iris, evidence) -> None:
        iri = f"https://w3id.org/newsgraph/event/{event.type}_{extraction.document.id}_{event.id}"
        places = [a for a in event.arguments if a.role == "place" and a.entity]
        parts = [event.type]
        if places:
            parts.append(self.nodes[iris[places[0].entity]]["label"])
        if event.time and event.time.earliest:
            parts.append(event.time.earliest.strftime("%b %Y"))
        self.nodes[iri] = {
            "kind": "event",
            "type": event.type,
            "label": ", ".join(parts),
            "aliases": set(),
            "mentions": list(evidence(event.triggers, event.factuality, event.attributed_to)),
            "factuality": event.factuality,
            "earliest": event.time.earliest if event.time else None,
            "latest": event.time.latest if event.time else None,
            "values": {
                (quantity.kind, f"{quantity.value:g}"): (
                    quantity.bound,
                    evidence([quantity.span or event.triggers[0]], event.factuality),
                )
                for quantity in event.quantities
            },
        }
        for argument in event.arguments:
            if argument.entity:
                key = (iri, iris[argument.entity], argument.role)
                self.edges.setdefault(key, []).extend(
                    evidence([argument.span], event.factuality, event.attributed_to)
                )

    def network(self) -> Network:
        nodes = []
        for iri, data in sorted(self.nodes.items()):
            values = tuple(
                Value(predicate, value, bound, position == 0, evidence)
                for position, ((predicate, value), (bound, evidence)) in enumerate(
                    sorted(data["values"].items())
                )
            )
            nodes.append(
                Node(
                    iri,
                    data["kind"],
                    data["type"],
                    data["label"],
                    tuple(sorted(data["aliases"])),
                    data.get("factuality", Factuality.FACTUAL),
                    data.get("earliest"),
                    data.get("latest"),
                    values,
                    tuple(data["mentions"]),
                )
            )
        edges = tuple(
            Edge(
                source,
                target,
                predicate,
                evidence[0].factuality,
                evidence[0].status,
                tuple(evidence),
            )
            for (source, target, predicate), evidence in sorted(self.edges.items())
        )
        return Network(
            tuple(nodes), edges, tuple(sorted(self.articles, key=lambda article: article.id))
        )


def _evidence(
    extraction: Extraction,
    span: Span,
    factuality: Factuality,
    speaker: Speaker | None,
    names: dict[str, str],
) -> Evidence:
    text = extraction.document.text
    sentence = extraction.sentence_at(span)
    end = max(sentence.end, span.end)
    who = speaker.of(text) if isinstance(speaker, Span) else names.get(speaker or "", "")
    whole = (span.start, span.end) == (sentence.start, sentence.end)
    return Evidence(
        article=extraction.document.id,
        sentence=text[sentence.start : end],
        start=sentence.start,
        end=end,
        highlights=() if whole else ((span.start - sentence.start, span.end - sentence.start),),
        speaker=who,
        factuality=factuality,
        status=_status(factuality, who),
        confidence=0.9,
    )


def _status(factuality: Factuality, speaker: str) -> Status:
    if factuality is not Factuality.FACTUAL:
        return Status.UNREALIZED
    return Status.ATTRIBUTED if speaker else Status.ACCEPTED


_WORDS = (
    "border talks police minister attack report village council truce court rally aid convoy "
    "statement visit army strike harbour treaty union election budget storm bridge school"
).split()


def generated(size: int, *, seed: int = 7) -> Network:
    """A network of `size` nodes with two edges each, grouped, hubs and leaves, with evidence.

    Every edge has one or two sentences of its own, as in a graph built from articles.
    """
    chance = random.Random(seed)
    articles = tuple(
        Article(
            f"a{number:04}",
            f"Article {number}: {' '.join(chance.choices(_WORDS, k=6))}",
            date(2023, 1, 1) + timedelta(days=number % 700),
            f"Paper {number % 23}",
        )
        for number in range(max(5, size // 12))
    )
    types = ("Person", "Organization", "Country", "City", "Position", "ArmedGroup")
    happenings = ("Attack", "Meeting", "Visit", "Agreement", "Arrest", "Accusation")
    certainty = (*(Factuality.FACTUAL,) * 7, *list(Factuality)[1:])

    def evidence(name: str, factuality: Factuality) -> Evidence:
        sentence = f"{name} {' '.join(chance.choices(_WORDS, k=22))}."
        article = chance.choice(articles).id
        start = chance.randrange(4000)
        return Evidence(
            article,
            sentence,
            start,
            start + len(sentence),
            ((0, len(name)),),
            "the ministry" if chance.random() < 0.2 else "",
            factuality,
            _status(factuality, ""),
            0.9,
        )

    nodes = []
    for number in range(size):
        event = number % 3 == 2
        factuality = chance.choice(certainty) if event else Factuality.FACTUAL
        name = " ".join(chance.choices(_WORDS, k=2)).title() + f" {number}"
        kind = chance.choice(happenings if event else types)
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(700))
        values = ()
        if event and chance.random() < 0.1:
            values = (
                Value("deaths", "11", Bound.AT_LEAST, True, (evidence(name, factuality),)),
                Value("deaths", "12", Bound.EXACT, False, (evidence(name, factuality),)),
            )
        nodes.append(
            Node(
                f"https://w3id.org/newsgraph/x/{number:05}",
                "event" if event else "entity",
                kind,
                f"{kind}, {name}, {day:%b %Y}" if event else name,
                (name.upper(),),
                factuality,
                day if event else None,
                day if event else None,
                values,
                (evidence(name, factuality),),
            )
        )
    edges = {}
    group = 40
    for number in range(1, size):
        for _ in range(2):
            near = chance.random() < 0.85
            low = number - number % group if near else 0
            other = low + int((number - low) * chance.random() ** 2) if number > low else number - 1
            source, target = (number, other) if nodes[number].kind == "event" else (other, number)
            predicate = (
                chance.choice(("agent", "target", "place", "participant"))
                if nodes[source].kind == "event"
                else chance.choice(("memberOf", "locatedIn", "supports"))
            )
            factuality = nodes[source].factuality
            key = (nodes[source].id, nodes[target].id, predicate)
            edges[key] = Edge(
                *key,
                factuality,
                _status(factuality, ""),
                tuple(
                    evidence(nodes[source].label, factuality)
                    for _ in range(chance.choice((1, 1, 2)))
                ),
            )
    return Network(tuple(nodes), tuple(edges[key] for key in sorted(edges)), articles)
