"""What is true of the five seed articles must be true of their graph, read back from the files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[1]
PREFIXES = """
PREFIX kg: <https://w3id.org/newsgraph/ns#>
PREFIX ent: <https://w3id.org/newsgraph/entity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
"""


@pytest.fixture(scope="module")
def trig(seed_graph: Path) -> ox.Store:
    """graph.trig in a store of its own: what another tool would see."""
    store = ox.Store()
    store.load(path=seed_graph / "graph.trig", format=ox.RdfFormat.TRIG)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    answer = store.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True)
    return bool(answer)


def values(store: ox.Store, select: str) -> set[str]:
    rows = store.query(PREFIXES + select, use_default_graph_as_union=True)
    return {str(row[0].value) for row in rows}


def called(store: ox.Store, *names: str) -> dict[str, set[str]]:
    """For each name, the things that have it as a label or are mentioned by it."""
    found: dict[str, set[str]] = {}
    for name in names:
        found[name] = values(
            store,
            f'SELECT ?e WHERE {{ {{ ?e skos:prefLabel|skos:altLabel "{name}" }} UNION '
            f'{{ ?m nif:anchorOf "{name}" ; kg:refersTo ?e }} }}',
        )
    return found


PERSON = "a kg:Person"


@pytest.mark.parametrize(
    "names",
    [
        (
            "Hossein Amir Abdollahian",
            "Hossein Amir-Abdollahian",
            "Hossein Amirabdollahian",
            "Amir Abdollahian",
            "Amir-Abdollahian",
        ),
        ("Jalil Abbas Jilani", "Jilani"),
        ("Asim Munir", "Munir"),
    ],
)
def test_one_person_whatever_the_spelling(trig: ox.Store, names: tuple[str, ...]) -> None:
    found = called(trig, *names)
    things = set().union(*found.values())
    assert all(found.values()), f"no mention of {[n for n in names if not found[n]]}"
    assert len(things) == 1
    assert ask(trig, f"<{things.pop()}> a kg:Person")


def test_raisi_and_raeisi_are_one_person(trig: ox.Store) -> None:
    raisi = values(trig, 'SELECT ?e { ?m nif:anchorOf "Ebrahim Raisi" ; kg:refersTo ?e }')
    raeisi = values(
        trig,
        'SELECT ?e { ?m nif:anchorOf ?n ; kg:refersTo ?e . ?e a kg:Person . '
        'FILTER(CONTAINS(?n, "Raeisi")) }',
    )  # fmt: skip
    assert len(raisi) == 1
    assert raisi == raeisi


def test_munir_is_not_bajwa(trig: ox.Store) -> None:
    found = called(trig, "Asim Munir", "Qamar Bajwa")
    assert found["Asim Munir"]
    assert found["Qamar Bajwa"]
    assert not found["Asim Munir"] & found["Qamar Bajwa"]


def test_jaish_al_adl_is_one_armed_group(trig: ox.Store) -> None:
    found = called(trig, "Jaish Al-Adl", "Jaish al-Adl", "Jaish ul-Adl")
    things = set().union(*found.values())
    assert all(found.values())
    assert len(things) == 1
    group = things.pop()
    assert ask(trig, f"<{group}> a kg:ArmedGroup")
    assert not ask(trig, f"<{group}> a kg:Person")


def test_the_province_is_one_region_in_iran(trig: ox.Store) -> None:
    found = called(trig, "Sistan-Balochistan", "Sistan-Baluchestan")
    things = set().union(*found.values())
    assert all(found.values())
    assert len(things) == 1
    assert ask(trig, f"<{things.pop()}> a kg:Region ; kg:locatedIn/skos:prefLabel 'Iran'")


@pytest.mark.parametrize(
    ("person", "post", "country"),
    [
        ("Jalil Abbas Jilani", "foreign minister", "Pakistan"),
        ("Hossein Amir", "foreign minister", "Iran"),
        ("Muhammad Mudassir Tipu", "ambassador", "Pakistan"),
        ("Reza Amiri Moqaddam", "ambassador", "Iran"),
    ],
)
def test_posts(trig: ox.Store, person: str, post: str, country: str) -> None:
    assert ask(
        trig,
        f"""?p a kg:Person ; skos:prefLabel ?name ; kg:holdsPosition ?post .
        FILTER(STRSTARTS(?name, "{person}"))
        ?post skos:prefLabel|skos:altLabel ?title .
        FILTER(CONTAINS(LCASE(?title), "{post}"))
        ?post kg:positionOf/skos:prefLabel "{country}" .""",
    )


def test_munir_is_chief_of_army_staff(trig: ox.Store) -> None:
    assert ask(
        trig,
        '?p skos:prefLabel "Asim Munir" ; kg:holdsPosition/(skos:prefLabel|skos:altLabel) ?title . '
        'FILTER(CONTAINS(LCASE(?title), "chief of army staff"))',
    )


def test_the_attack_in_rask(trig: ox.Store) -> None:
    attack = values(
        trig,
        """SELECT ?e WHERE { ?e a kg:Attack ; kg:agent ?who ; kg:place ?where ; kg:deaths 11 .
        ?who skos:prefLabel|skos:altLabel "Jaish al-Adl" . ?where skos:prefLabel "Rask" . }""",
    )
    assert len(attack) == 1
    articles = values(
        trig,
        f"SELECT ?g WHERE {{ GRAPH ?g {{ ?c a kg:Claim ; rdf:subject <{attack.pop()}> ; "
        "prov:wasDerivedFrom ?span } }",
    )
    assert len(articles) >= 2


def test_the_strikes_of_iran_and_of_pakistan_are_two_events(trig: ox.Store) -> None:
    strikes = {
        country: values(
            trig,
            f"""SELECT ?e WHERE {{ ?e a ?type ; kg:agent/skos:prefLabel "{country}" .
            FILTER(?type IN (kg:MilitaryStrike, kg:Attack)) }}""",
        )
        for country in ("Iran", "Pakistan")
    }
    # An article may also sum up "strikes in each other's territories" as one event of both.
    assert strikes["Iran"] - strikes["Pakistan"]
    assert strikes["Pakistan"] - strikes["Iran"]


def test_the_visit_of_raisi_is_planned(trig: ox.Store) -> None:
    visitor = """?v kg:agent|kg:participant|kg:person ?who .
        ?who a kg:Person ; skos:prefLabel ?name .
        FILTER(CONTAINS(?name, "Raisi") || CONTAINS(?name, "Raeisi"))"""
    assert ask(trig, f"?v a kg:UnrealizedEvent ; kg:eventType kg:Visit . {visitor}")
    assert not ask(trig, f"?v a kg:Visit . {visitor}")


@pytest.mark.parametrize(
    "furniture",
    ["Regional Stability", "Verifies Killing", "Agency Inputs", "Iran Forge Agreement"],
)
def test_headlines_and_furniture_make_no_entities(trig: ox.Store, furniture: str) -> None:
    assert not values(
        trig,
        f'SELECT ?e {{ ?e skos:prefLabel|skos:altLabel ?n . FILTER(CONTAINS(?n, "{furniture}")) }}',
    )


def spans(store: ox.Store) -> Iterator[tuple[int, int, str, str]]:
    rows = store.query(
        PREFIXES
        + """SELECT ?begin ?end ?words ?text WHERE { ?span nif:beginIndex ?begin ;
        nif:endIndex ?end ; nif:anchorOf ?words ; nif:referenceContext/nif:isString ?text }""",
        use_default_graph_as_union=True,
    )
    for row in rows:
        yield int(row[0].value), int(row[1].value), row[2].value, row[3].value


def test_every_span_is_the_text_at_its_offsets(trig: ox.Store) -> None:
    found = list(spans(trig))
    assert found
    assert all(text[begin:end] == words for begin, end, words, text in found)


def test_every_claim_has_a_span(trig: ox.Store) -> None:
    assert ask(trig, "?c a kg:Claim")
    assert not ask(trig, "?c a kg:Claim . FILTER NOT EXISTS { ?c prov:wasDerivedFrom ?span }")


def test_two_builds_give_the_same_bytes(seed_graph: Path, tmp_path: Path) -> None:
    """The second in another process, with another seed for the order of sets."""
    subprocess.run(
        [sys.executable, "-m", "kg", "build", ROOT / "seeds", "--out", tmp_path / "out"],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
        capture_output=True,
    )
    for name in ("graph.ttl", "graph.trig", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (seed_graph / name).read_bytes(), name
