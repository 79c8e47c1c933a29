"""Events in order, with dates as precise as known and how many sources tell of each."""

from __future__ import annotations

import csv
import html
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.errors import UsageError
from kg.graph.network import Edge, Evidence, Network, Node
from kg.inventory import ACTOR_ROLES
from kg.model import Factuality, Status
from kg.resolve.event_name import date_words

PLACE_ROLES = ("place", "origin", "destination")
FORMATS = ("table", "csv", "json", "html")


@dataclass(frozen=True)
class Entry:
    """One event on a timeline.

    `earliest` and `latest` bound it (both inclusive, None when unknown) and `when` says the same
    in words; `factuality` tells planned, possible and denied events from those that happened;
    `sources` counts independent voices: articles of one publisher are one, so are
    copies of one article.
    """

    id: str
    when: str
    earliest: date | None
    latest: date | None
    event: str
    type: str
    who: tuple[str, ...]
    where: tuple[str, ...]
    factuality: Factuality
    sources: int
    sentence: str


def timeline(network: Network, of: Iterable[str] = ()) -> tuple[Entry, ...]:
    """The events in which all things of `of` (IRIs) take part, or all events, in order.

    Undated events come last, by name. A rejected claim puts nobody into an event.
    """
    wanted = set(of)
    roles: dict[str, list[Edge]] = defaultdict(list)
    for edge in network.edges:
        if edge.status is not Status.REJECTED:
            roles[edge.source].append(edge)
    labels = {node.id: node.label for node in network.nodes}
    sources = {article.id: article.source or article.id for article in network.articles}
    publishers = {
        article.id: sources.get(article.copy_of, sources[article.id])
        for article in network.articles
    }
    entries = [
        _entry(node, roles[node.id], labels, publishers)
        for node in network.nodes
        if node.kind == "event" and wanted <= {edge.target for edge in roles[node.id]}
    ]
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[date, date, str]:
    return (entry.earliest or date.max, entry.latest or date.max, entry.id)


def _entry(
    node: Node, roles: Sequence[Edge], labels: dict[str, str], publishers: dict[str, str]
) -> Entry:
    evidence = [item for edge in roles for item in edge.evidence]
    evidence += [item for value in node.values for item in value.evidence]
    evidence += node.mentions
    voices = {publishers.get(item.article, item.article) for item in evidence}
    return Entry(
        id=node.id,
        when=date_words(node.earliest, node.latest) if node.earliest and node.latest else "",
        earliest=node.earliest,
        latest=node.latest,
        event=node.label,
        type=node.type,
        who=_names(roles, ACTOR_ROLES, labels),
        where=_names(roles, PLACE_ROLES, labels),
        factuality=node.factuality,
        sources=len(voices),
        sentence=_first_sentence(evidence),
    )


def _names(roles: Sequence[Edge], kinds: Sequence[str], labels: dict[str, str]) -> tuple[str, ...]:
    found = [edge for edge in roles if edge.predicate in kinds]
    found.sort(key=lambda edge: (kinds.index(edge.predicate), labels.get(edge.target, "")))
    return tuple(dict.fromkeys(labels[e.target] for e in found if e.target in labels))


def _first_sentence(evidence: Iterable[Evidence]) -> str:
    first = min(evidence, key=lambda item: (item.article, item.start), default=None)
    return " ".join(first.sentence.split()) if first else ""


def render(entries: Sequence[Entry], format: str, *, title: str = "Timeline") -> str:
    """The timeline as text in one of `FORMATS`. Raises `UsageError` for another."""
    writers = {"csv": _csv, "json": _json, "table": _table}
    if format == "html":
        return _html(entries, title)
    if format not in writers:
        raise UsageError(f"No timeline format {format!r}. Known: {', '.join(FORMATS)}.")
    return writers[format](entries)


def _fields(entry: Entry) -> dict[str, str | int]:
    return {
        "from": entry.earliest.isoformat() if entry.earliest else "",
        "to": entry.latest.isoformat() if entry.latest else "",
        "event": entry.event,
        "type": entry.type,
        "who": "; ".join(entry.who),
        "where": "; ".join(entry.where),
        "factuality": entry.factuality.value,
        "sources": entry.sources,
        "sentence": entry.sentence,
        "id": entry.id,
    }


def _csv(entries: Sequence[Entry]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, list(_fields(_BLANK)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_fields, entries))
    return output.getvalue()


def _json(entries: Sequence[Entry]) -> str:
    records = [
        {**_fields(entry), "who": list(entry.who), "where": list(entry.where)} for entry in entries
    ]
    return json.dumps(records, indent=1, ensure_ascii=False) + "\n"


def _table(entries: Sequence[Entry]) -> str:
    """Plain columns: when, event, sources, and below them the first sentence that tells of it."""
    width = max((len(entry.when) for entry in entries), default=0)
    width = max(width, len("undated"))
    lines = []
    for entry in entries:
        count = f"{entry.sources} source{'s' if entry.sources != 1 else ''}"
        lines.append(f"{entry.when or 'undated':<{width}}  {entry.event}  ({count})")
        if entry.sentence:
            lines.append(f"{'':<{width}}    “{entry.sentence}”")
    return "".join(f"{line}\n" for line in lines)


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
li {{ margin: 0 0 1.2rem; }}
ol {{ list-style: none; padding: 0; }}
time {{ display: block; font-weight: 600; }}
q {{ display: block; opacity: .8; }}
small {{ opacity: .7; }}
</style>
<h1>{title}</h1>
<ol>
{items}
</ol>
</html>
"""


def _html(entries: Sequence[Entry], title: str) -> str:
    items = "\n".join(map(_item, entries))
    return _PAGE.format(title=html.escape(title), items=items)


def _item(entry: Entry) -> str:
    first = entry.earliest.isoformat() if entry.earliest else ""
    moment = f' datetime="{first}"' if first and entry.earliest == entry.latest else ""
    count = f"{entry.sources} source{'s' if entry.sources != 1 else ''}"
    return (
        f"<li><time{moment}>{html.escape(entry.when or 'undated')}</time>"
        f"{html.escape(entry.event)} <small>({html.escape(count)})</small>"
        f"<q>{html.escape(entry.sentence)}</q></li>"
    )


_BLANK = Entry("", "", None, None, "", "", (), (), Factuality.FACTUAL, 0, "")
