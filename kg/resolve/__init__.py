"""From the entities and events of single articles to the things they are about.

`resolve(extractions, corrections)` tells which local entities are one thing and which local
events are one event, with a reason for every merge. It is a pure function of the set of
extractions and of the corrections: the order in which articles were added leaves no trace.
"""

from __future__ import annotations

from kg.resolve.resolver import resolve

__all__ = ["resolve"]
