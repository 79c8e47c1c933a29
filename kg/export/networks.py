"""The network for Gephi, Cytoscape and the like: labels, types and weights included."""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING

from kg.export.rdf import xml_text
from kg.graph.network import to_networkx
from kg.graph.reading import network
from kg.graph.store import Store

if TYPE_CHECKING:
    import networkx as nx


def write_graphml(store: Store, output: IO[bytes]) -> None:
    """The network as GraphML."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(_graph(store), buffer)
    output.write(buffer.getvalue())


def write_gexf(store: Store, output: IO[bytes]) -> None:
    """The network as GEXF. The date of writing, which networkx adds, is left out."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_gexf(_graph(store), buffer, version="1.2draft")
    output.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1))


def _graph(store: Store) -> nx.MultiDiGraph[str]:
    """The network with texts that XML can hold, and an id for every edge."""
    graph = to_networkx(network(store))
    for _, attributes in graph.nodes(data=True):
        attributes.update(
            {key: xml_text(text) for key, text in attributes.items() if isinstance(text, str)}
        )
    for number, (_, _, attributes) in enumerate(graph.edges(data=True)):
        attributes["id"] = str(number)
    return graph
