"""Imported by the process that workers are forked off: what each would load by itself, later.

Some tables (the world's cities, the grammar of SPARQL) are read when first needed. A country and
a city, drawn once, and an empty question need them all.
"""

from __future__ import annotations

from rdflib.plugins.sparql import parser

import kg.server.worker  # noqa: F401
from kg.graph.network import Edge, Network, Node
from kg.graph.vocabulary import ENT
from kg.view.payload import Payload
from kg.view.sketch import sketch

parser.parseQuery("ASK {}")
_small = Network(
    (
        Node(f"{ENT}Iran", "entity", "Country", "Iran"),
        Node(f"{ENT}Tehran", "entity", "City", "Tehran"),
    ),
    (Edge(f"{ENT}Tehran", f"{ENT}Iran", "locatedIn"),),
    (),
)
Payload(_small)
sketch(_small)
