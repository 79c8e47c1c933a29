"""How fast the graph is built, written, checked and asked, on made-up articles.

    python -m benchmarks.graph --claims 100000

Prints one line a step: seconds, and how much it handled. The articles are made by a fixed rule,
so that every run measures the same graph; only the seconds differ.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from kg.export import export
from kg.graph.claims import claims
from kg.graph.reading import network
from kg.graph.store import build_store
from kg.graph.turtle import write_trig, write_turtle
from kg.model import (
    Argument,
    Bound,
    CanonicalEntity,
    CanonicalEvent,
    Document,
    Entity,
    Event,
    EventTime,
    Extraction,
    Identities,
    LocalId,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
)
from kg.query import named_query, query
from kg.validate import validate

T = TypeVar("T")

CLAIMS_AN_ARTICLE = 25
PEOPLE, PLACES, DAYS = 2000, 200, 365
TEMPLATE = (
    "{a} met {b} in {city} on Monday. "
    "{a} is the minister of {country}. "
    "Gunmen of {group} attacked {city} in {country}. "
    "The attack killed {deaths} people, {b} said. "
)


def main() -> None:
    """Runs every step and prints what it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--claims", type=int, default=100_000)
    wanted = arguments.parse_args().claims
    extractions = [article(number) for number in range(wanted // CLAIMS_AN_ARTICLE)]
    identities = tie(extractions)
    print(f"{len(extractions)} articles, load {os.getloadavg()[0]:.1f}")
    statements = step("claims", lambda: claims(extractions, identities))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with step(
            "build_store", lambda: build_store(folder / "s", extractions, identities, statements)
        ) as store:
            print(f"{len(statements)} claims, {len(store)} statements")
            step("write_turtle", lambda: write_turtle(store, folder / "g.ttl"))
            step("write_trig", lambda: write_trig(store, folder / "g.trig"))
            for format in ("nquads", "jsonld", "rdf12", "graphml", "csv"):
                step(f"export {format}", lambda f=format: export(store, f, folder / f"x.{f}"))
            report = step("validate", lambda: validate(store))
            print(report.lines()[-2])
            step("network", lambda: network(store))
            for name, parameters in QUESTIONS.items():
                text = named_query(name).text
                step(f"query {name}", lambda t=text, p=parameters: query(store, t, parameters=p))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


QUESTIONS = {
    "contacts": {"who": "ent:Person_7"},
    "attacks": {"where": "ent:Country_3"},
    "disagreements": {},
    "blame": {},
    "promises": {},
    "between": {"one": "ent:Country_3", "other": "ent:Country_4"},
    "reprisals": {},
    "posts": {},
    "support": {"subject": "ent:Person_7"},
    "about": {"about": "ent:Person_7"},
    "plover": {"one": "ent:Person_7", "other": "ent:Person_20"},
    "paths": {"from": "ent:Person_7", "to": "ent:Person_20"},
}


def step(name: str, work: Callable[[], T]) -> T:
    """Does the work and prints how long it took, by the clock and in processor time.

    On a shared machine the processor time is the one to compare.
    """
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    processor, clock = time.process_time() - processor, time.perf_counter() - clock
    size = f"  {len(result)}" if hasattr(result, "__len__") else ""
    print(f"{name:24} {clock:8.2f} s clock {processor:8.2f} s processor{size}", flush=True)
    return result


def article(number: int) -> Extraction:
    """One made-up article; its number fixes everything in it."""
    names = {
        "a": f"Person {number % PEOPLE}",
        "b": f"Person {(number * 7 + 13) % PEOPLE}",
        "city": f"City {number % PLACES}",
        "country": f"Country {number % 20}",
        "group": f"Group {number % 50}",
    }
    text = TEMPLATE.format(**names, deaths=number % 5 + 1)
    id = f"article_{number:06}"
    day = date(2024, 1, 1) + timedelta(days=number % DAYS)
    document = Document(id=id, text=text, title=text[:20], published=day, source=f"S{number % 30}")
    sentences = tuple(_sentences(id, text))
    types = ("Person", "Person", "City", "Country", "ArmedGroup")
    entities = tuple(
        Entity(f"e{index}", type, name, tuple(_mentions(id, text, name)))
        for index, (type, name) in enumerate(zip(types, names.values(), strict=True))
    )
    first = {entity.id: entity.mentions[0].span for entity in entities}

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(id, start, start + len(words))

    def argument(role: str, entity: str) -> Argument:
        return Argument(role, first[entity], entity)

    time = EventTime(at("on Monday"), day, day, anchor=day)
    events = (
        Event(
            "v1",
            "Meeting",
            (at("met"),),
            (argument("participant", "e0"), argument("participant", "e1"), argument("place", "e2")),
            time=time,
        ),
        Event(
            "v2",
            "Attack",
            (at("attacked"), at("attack killed")),
            (argument("agent", "e4"), argument("place", "e2")),
            time=time,
            quantities=(Quantity("deaths", number % 5 + 1, Bound.EXACT, at(str(number % 5 + 1))),),
            attributed_to="e1",
        ),
    )
    relations = (
        Relation("e2", "locatedIn", "e3", (sentences[2],)),
        Relation("e0", "citizenOf", "e3", (sentences[1],)),
        Relation("e4", "operatesIn", "e3", (sentences[2],)),
    )
    return Extraction(document, "benchmark 1", sentences, entities, relations, events)


def _sentences(id: str, text: str) -> Iterator[Span]:
    start = 0
    for part in text.split(". ")[:-1]:
        yield Span(id, start, start + len(part) + 1)
        start += len(part) + 2


def _mentions(id: str, text: str, name: str) -> Iterator[Mention]:
    start = text.find(name)
    while start >= 0:
        yield Mention(Span(id, start, start + len(name)), MentionKind.NAME)
        start = text.find(name, start + 1)


def tie(extractions: list[Extraction]) -> Identities:
    """Entities by name; attacks of the same group and city as one event for every four reports."""
    entities: dict[str, tuple[Entity, list[LocalId]]] = {}
    events: dict[str, tuple[str, list[LocalId]]] = {}
    for number, extraction in enumerate(extractions):
        id = extraction.document.id
        for entity in extraction.entities:
            entities.setdefault(entity.name, (entity, []))[1].append(LocalId(id, entity.id))
        for event in extraction.events:
            key = f"{event.type}_{number // 4 if event.type == 'Attack' else number}"
            events.setdefault(key, (event.type, []))[1].append(LocalId(id, event.id))
    return Identities(
        entities=tuple(
            CanonicalEntity(name.replace(" ", "_"), entity.type, name, (), tuple(members))
            for name, (entity, members) in sorted(entities.items())
        ),
        events=tuple(
            CanonicalEvent(key, type, key.replace("_", " "), tuple(members))
            for key, (type, members) in sorted(events.items())
        ),
    )


if __name__ == "__main__":
    main()
