"""The ontology, the inventory and the vocabulary module name the same things, and say what."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import ORG, OWL, PROV, RDF, RDFS, SKOS

from kg.graph import vocabulary as v
from kg.graph.resources import ontology_file
from kg.inventory import (
    AGENT_TYPES,
    ENTITY_TYPES,
    EVENT_TYPES,
    ORGANIZATION_TYPES,
    PLACE_TYPES,
    PREDICATES,
    QUANTITY_KINDS,
    ROLES,
)

KG = rdflib.Namespace(v.KG)
SCHEMA = rdflib.Namespace(v.SCHEMA)
ONTOLOGY = rdflib.Graph().parse(ontology_file("newsgraph.ttl"))
NOTATIONS = {"plover", "ace", "kairos", "aida"}
TERMS = {str(s)[len(v.KG) :] for s in ONTOLOGY.subjects() if str(s).startswith(v.KG)}


def test_the_ontology_and_the_vocabulary_module_name_the_same_terms() -> None:
    assert set(v.TERMS) == TERMS - NOTATIONS


def test_the_whole_inventory_is_in_the_ontology() -> None:
    inventory = {*ENTITY_TYPES, *EVENT_TYPES, *PREDICATES, *ROLES, *QUANTITY_KINDS}
    assert inventory <= TERMS


@pytest.mark.parametrize("name", sorted(TERMS))
def test_a_term_has_one_label_and_one_sentence(name: str) -> None:
    (label,) = ONTOLOGY.objects(KG[name], RDFS.label)
    (comment,) = ONTOLOGY.objects(KG[name], RDFS.comment)
    assert str(label)
    assert str(comment).rstrip('"').endswith(".")


def above(name: str) -> set[str]:
    found = ONTOLOGY.transitive_objects(KG[name], RDFS.subClassOf)
    return {str(item)[len(v.KG) :] for item in found if str(item).startswith(v.KG)}


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_an_event_type_stands_under_its_group(name: str) -> None:
    narrow = v.narrower_class("event", name) or name
    assert {v.superclass(name), "Event", "Occurrence"} <= above(narrow)


@pytest.mark.parametrize("name", ENTITY_TYPES)
def test_an_entity_type_stands_under_what_it_is(name: str) -> None:
    found = above(v.narrower_class("entity", name) or name)
    assert "Entity" in found
    assert ("Agent" in found) == (name in AGENT_TYPES)
    assert ("Place" in found) == (name in PLACE_TYPES)
    assert ("Organization" in found) == (name in ORGANIZATION_TYPES)


def allowed(name: str, *properties: rdflib.URIRef) -> set[str]:
    classes = {str(c)[len(v.KG) :] for p in properties for c in ONTOLOGY.objects(KG[name], p)}
    return {
        type for type in ENTITY_TYPES if above(v.narrower_class("entity", type) or type) & classes
    }


@pytest.mark.parametrize("name", PREDICATES)
def test_a_relation_takes_what_the_inventory_says(name: str) -> None:
    predicate = PREDICATES[name]
    assert allowed(name, RDFS.domain, SCHEMA.domainIncludes) == set(predicate.subjects)
    assert allowed(name, RDFS.range, SCHEMA.rangeIncludes) == set(predicate.objects)
    assert ((KG[name], RDF.type, OWL.SymmetricProperty) in ONTOLOGY) == predicate.symmetric


def test_every_mapped_term_of_a_known_vocabulary_exists() -> None:
    for namespace in (ORG, PROV, SKOS):
        for term in {o for o in ONTOLOGY.objects() if str(o).startswith(str(namespace))}:
            assert term in namespace, term


MAPPED = Path(__file__).parent / "data" / "mapped_terms.tsv"
LOOKED_UP = {
    line.split("\t")[0]
    for line in (Path(__file__).parent / "data" / "mapped_terms.tsv")
    .read_text("utf-8")
    .splitlines()
}
"""Terms of other vocabularies that were found in the vocabulary's own files, with their label and
where they were seen; read the label before a new one is mapped."""
VOCABULARIES = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "gn": "http://www.geonames.org/ontology#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "schema": v.SCHEMA,
    "org": str(ORG),
    "prov": str(PROV),
    "wdt": "http://www.wikidata.org/prop/direct/",
}


@pytest.mark.parametrize("prefix", VOCABULARIES)
def test_every_mapped_term_was_looked_up_in_its_vocabulary(prefix: str) -> None:
    namespace = VOCABULARIES[prefix]
    mapped = {str(term) for triple in ONTOLOGY for term in triple} - {namespace}
    names = {f"{prefix}:{t[len(namespace) :]}" for t in mapped if t.startswith(namespace)}
    assert names <= LOOKED_UP


def test_the_ontology_has_no_blank_nodes() -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in ONTOLOGY for term in triple)
