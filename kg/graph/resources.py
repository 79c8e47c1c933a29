"""Where the ontology's files are: in a checkout, or inside an installed package."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from kg.errors import GraphError

_PACKAGE = Path(__file__).resolve().parent.parent


def ontology_folder() -> Path:
    """The folder with newsgraph.ttl, shapes.ttl, context.jsonld and queries/.

    The wheel carries it as `kg/ontology`; a checkout keeps it beside `kg`.
    """
    for folder in (_PACKAGE / "ontology", _PACKAGE.parent / "ontology"):
        if (folder / "newsgraph.ttl").is_file():
            return folder
    raise GraphError(
        f"The ontology's files are missing beside {_PACKAGE}; install newsgraph again."
    )


@cache
def ontology_version() -> str:
    """What the ontology is known by in a graph folder: the first letters of its hash."""
    return sha256(ontology_file("newsgraph.ttl").read_bytes()).hexdigest()[:8]


def ontology_file(name: str) -> Path:
    """The path of one of the ontology's files."""
    path = ontology_folder() / name
    if not path.is_file():
        raise GraphError(f"{path} is missing; install newsgraph again.")
    return path
