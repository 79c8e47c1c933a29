"""The graph as tables for a spreadsheet: entities, events, relations, claims.

UTF-8 with a byte order mark, which is how Excel knows; several values in one cell are separated
by "; ". A cell that a spreadsheet would take for a formula begins with an apostrophe: article
text must not become code.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.graph.network import Edge, Evidence, Network, Node
from kg.graph.reading import network
from kg.graph.store import Store
from kg.inventory import QUANTITY_KINDS, ROLES
from kg.query.result import compact, readable

Row = Sequence[object]

_ROLE_COLUMNS = (*(role for role in ROLES if role != "topic"), "topic")
_ENTITY_COLUMNS = ("id", "type", "name", "aliases", "articles", "mentions")
_EVENT_COLUMNS = (
    *("id", "type", "label", "factuality", "earliest", "latest"),
    *_ROLE_COLUMNS,
    *QUANTITY_KINDS,
    *("articles", "sentence"),
)
_RELATION_COLUMNS = (
    *("subject", "predicate", "object", "subject id", "object id"),
    *("factuality", "status", "articles", "sentence"),
)
_CLAIM_COLUMNS = (
    *("id", "article", "published", "subject", "predicate", "object", "factuality", "status"),
    *("speaker", "confidence", "start", "end", "sentence"),
)

CLAIMS = """
SELECT ?claim ?article ?published ?subject ?predicate ?object ?factuality ?status ?speaker
       ?confidence ?start ?end ?sentence WHERE {
  ?claim a kg:Claim ;
    rdf:subject ?subject ;
    rdf:predicate ?predicate ;
    rdf:object ?object ;
    kg:factuality ?factuality ;
    kg:status ?status ;
    kg:confidence ?confidence ;
    prov:wasDerivedFrom ?span .
  ?span nif:beginIndex ?start ;
    nif:endIndex ?end ;
    nif:anchorOf ?sentence ;
    nif:referenceContext ?document .
  ?document schema:identifier ?article .
  OPTIONAL { ?document schema:datePublished ?published }
  OPTIONAL { ?claim kg:attributedTo ?speaker }
}
ORDER BY ?article ?start ?claim ?end
"""


def write_tables(store: Store, folder: Path) -> None:
    """Writes entities.csv, events.csv, relations.csv and claims.csv into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = network(store)
    names = {node.id: node.label for node in drawn.nodes}
    _write(folder / "entities.csv", _ENTITY_COLUMNS, _entities(drawn))
    _write(folder / "events.csv", _EVENT_COLUMNS, _events(drawn, names))
    _write(folder / "relations.csv", _RELATION_COLUMNS, _relations(drawn, names))
    _write(folder / "claims.csv", _CLAIM_COLUMNS, _claims(store, names))


def _entities(drawn: Network) -> Iterator[Row]:
    for node in drawn.nodes:
        if node.kind == "entity":
            mentions = sum(max(len(evidence.highlights), 1) for evidence in node.mentions)
            aliases = "; ".join(node.aliases)
            articles = _articles(node.mentions)
            yield compact(node.id), node.type, node.label, aliases, articles, mentions


def _events(drawn: Network, names: Mapping[str, str]) -> Iterator[Row]:
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in drawn.edges:
        roles[edge.source][edge.predicate].append(names[edge.target])
    for node in drawn.nodes:
        if node.kind == "event":
            played = roles[node.id]
            for value in node.values:
                if value.preferred:
                    played[value.predicate].append(value.value)
            yield (
                compact(node.id),
                node.type,
                node.label,
                node.factuality.value,
                node.earliest or "",
                node.latest or "",
                *("; ".join(dict.fromkeys(played[role])) for role in _ROLE_COLUMNS),
                *("; ".join(dict.fromkeys(played[kind])) for kind in QUANTITY_KINDS),
                _articles(node.mentions),
                _first_sentence(node),
            )


def _relations(drawn: Network, names: Mapping[str, str]) -> Iterator[Row]:
    events = {node.id for node in drawn.nodes if node.kind == "event"}
    for edge in drawn.edges:
        if edge.source not in events:
            yield (
                names[edge.source],
                edge.predicate,
                names[edge.target],
                compact(edge.source),
                compact(edge.target),
                edge.factuality.value,
                edge.status.value,
                _articles(edge.evidence),
                _first_sentence(edge),
            )


def _claims(store: Store, names: Mapping[str, str]) -> Iterator[Row]:
    for solution in store.query(CLAIMS):
        row = dict(zip(_CLAIM_COLUMNS, solution, strict=True))
        for column in ("subject", "object", "speaker"):
            term = row[column]
            text = term.value if term is not None else ""
            row[column] = names.get(text) or readable(term)
        yield [
            text.removeprefix("kg:") if column in _TERMS else text
            for column, text in ((name, _cell(row[name])) for name in _CLAIM_COLUMNS)
        ]


_TERMS = ("predicate", "object", "factuality", "status")


def _cell(value: object) -> str:
    return value if isinstance(value, str) else readable(value) or ""


def _articles(evidence: Iterable[Evidence]) -> str:
    return "; ".join(sorted({item.article for item in evidence}))


def _first_sentence(thing: Node | Edge) -> str:
    evidence = thing.mentions if isinstance(thing, Node) else thing.evidence
    return " ".join(evidence[0].sentence.split()) if evidence else ""


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([_safe(cell) for cell in row] for row in rows)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _safe(cell: object) -> str:
    """The cell as text, made harmless to spreadsheets."""
    text = str(cell)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
