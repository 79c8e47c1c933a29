"""newsgraph: news articles as a knowledge graph in which every statement leads to its sentence.

import kg

graph = kg.build(["seeds"], out="out")
graph.query("SELECT ?who WHERE { ?who a kg:Person }")
graph.show("Jaish al-Adl")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KGError
from kg.model import Claim, Document, Extraction

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.knowledge_graph import build_graph as build
    from kg.knowledge_graph import open_graph as open

__all__ = [
    "Claim",
    "Document",
    "Extraction",
    "KGError",
    "KnowledgeGraph",
    "build",
    "open",
]

_LATE = {"KnowledgeGraph": "KnowledgeGraph", "build": "build_graph", "open": "open_graph"}


def __getattr__(name: str) -> Any:
    """Imports what needs the store only when it is asked for, so that `kg --help` is quick."""
    if name in _LATE:
        from kg import knowledge_graph

        return getattr(knowledge_graph, _LATE[name])
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
