"""From extractions to the graph: claims, acceptance, RDF, the store, the network view."""
