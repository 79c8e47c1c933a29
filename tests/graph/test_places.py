"""What GeoNames knows stands in a graph of its own, and the direct triples hold none of it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.validate import validate

SAME_AS = ox.NamedNode(v.OWL + "sameAs")


def test_countries_have_ids_positions_and_codes(seed_graph: Path) -> None:
    with Store.open(seed_graph / "store") as store:
        found = store.query(
            "SELECT ?code ?lat { GRAPH <" + v.PLACES_GRAPH + "> "
            "{ ent:Iran owl:sameAs ?place ; wgs84:lat ?lat . ?place gn:countryCode ?code } }"
        )
        ((code, latitude),) = [(row["code"].value, float(row["lat"].value)) for row in found]
    assert code == "IR"
    assert 25 < latitude < 40


def test_a_place_lies_in_its_country_by_way_of_geonames(seed_graph: Path) -> None:
    with Store.open(seed_graph / "store") as store:
        answer = store.query(
            "ASK { GRAPH <" + v.PLACES_GRAPH + "> { ?place kg:locatedIn ent:Iran ; "
            "owl:sameAs/gn:parentFeature+ <https://sws.geonames.org/130758/> } }"
        )
    assert bool(answer)


def test_the_direct_triples_hold_nothing_of_it(seed_graph: Path) -> None:
    with Store.open(seed_graph / "store") as store:
        assert not list(store.quads(predicate=SAME_AS, graph=DEFAULT_GRAPH))


def test_the_evidence_contract_still_holds(seed_graph: Path) -> None:
    with Store.open(seed_graph / "store") as store:
        report = validate(store)
    assert not [finding for finding in report.findings if not finding.warning]
