"""From files to documents: articles in any supported format become `Document`s with exact text.

`read(paths)` yields a `Document` for every readable article and a `Problem` for every one that
is not, so that one bad file costs nothing but itself.
"""

from __future__ import annotations

from kg.read.reader import Problem, read

__all__ = ["Problem", "read"]
