"""What people decided about the graph, as lines of JSON in `corrections.jsonl`.

The file is a log: a correction is added, never changed; an undo is a line of its own. So nothing
that anybody decided is lost, and who undid it is known too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.model import Action, Correction, EntityRef, EventRef, Quote, Span, Target

_PREFIXES: dict[str, type[EntityRef] | type[EventRef]] = {"ent": EntityRef, "ev": EventRef}


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """All corrections of the file, undone ones too; none when there is no file.

    Raises `GraphError` that names the line which cannot be understood.
    """
    if not path.exists():
        return ()
    found: dict[int, Correction] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            correction = from_line(line.decode("utf-8"))
            if correction.number in found:
                raise ValueError(f"a second correction has the number {correction.number}")
            if correction.action is Action.UNDO and int(correction.to) not in found:
                raise ValueError(f"it undoes {correction.to}, which no line before it has")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            fault = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
            raise GraphError(
                f"{path}, line {number} is no correction ({fault}); mend or delete that line. "
                "The graph and the other corrections are as they were."
            ) from None
        found[correction.number] = correction
    return tuple(sorted(found.values(), key=lambda correction: correction.number))


def to_lines(corrections: Iterable[Correction]) -> str:
    """The text of the file."""
    return "".join(to_line(correction) + "\n" for correction in corrections)


def in_force(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that nobody has undone, without the undoings; an undone undoing undoes nothing."""
    undone: set[int] = set()
    for correction in reversed(corrections):
        if correction.action is Action.UNDO and correction.number not in undone:
            undone.add(int(correction.to))
    return tuple(
        correction
        for correction in corrections
        if correction.action is not Action.UNDO and correction.number not in undone
    )


def digest(corrections: Sequence[Correction]) -> str:
    """Tells sets of corrections in force apart; "" for none."""
    kept = in_force(corrections)
    return hashlib.sha256(to_lines(kept).encode("utf-8")).hexdigest() if kept else ""


def to_line(correction: Correction) -> str:
    """One correction as a line of JSON, without what is empty."""
    fields = {
        "number": correction.number,
        "do": correction.action.value,
        "to": correction.to,
        "of": [_target_fields(target) for target in correction.targets],
        "at": [_quote_fields(quote) for quote in correction.quotes],
        "predicate": correction.predicate,
        "value": correction.value,
        "by": correction.by,
        "because": correction.because,
        "when": f"{correction.at:%Y-%m-%dT%H:%M:%SZ}",
    }
    return json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False)


def from_line(line: str) -> Correction:
    """The reverse of `to_line`. Raises ValueError, KeyError or TypeError for anything else."""
    fields = json.loads(line)
    if not isinstance(fields, dict):
        raise ValueError("it is no JSON object")
    action = Action(fields["do"])
    correction = Correction(
        number=_number(fields["number"]),
        action=action,
        by=_text(fields.get("by", "")),
        because=_text(fields.get("because", "")),
        at=datetime.strptime(fields["when"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        targets=tuple(_target(item) for item in fields.get("of", ())),
        quotes=tuple(_quote(item) for item in fields.get("at", ())),
        to=_text(fields.get("to", "")),
        predicate=_text(fields.get("predicate", "")),
        value=_text(fields.get("value", "")),
    )
    least = {Action.MERGE: 2, Action.UNDO: 0}.get(action, 1)
    if len(correction.targets) < least:
        raise ValueError(f'a {action} needs {least} things under "of"')
    if action is Action.SPLIT and not correction.quotes:
        raise ValueError('a split needs the mentions to split off under "at"')
    if action not in (Action.MERGE, Action.SPLIT) and not correction.to:
        raise ValueError(f'a {action} needs a value under "to"')
    if action is Action.UNDO:
        _number(int(correction.to))
    return correction


def _target_fields(target: Target) -> dict[str, Any]:
    prefix = "ent" if isinstance(target.ref, EntityRef) else "ev"
    quotes = [_quote_fields(quote) for quote in target.quotes]
    return {"id": f"{prefix}:{target.ref.id}", "name": target.name, "at": quotes}


def _target(fields: Any) -> Target:
    prefix, _, id = _text(fields["id"]).partition(":")
    if prefix not in _PREFIXES or not id:
        raise ValueError(f"{fields['id']!r} begins with neither ent: nor ev:")
    quotes = tuple(_quote(item) for item in fields.get("at", ()))
    return Target(_PREFIXES[prefix](id), _text(fields.get("name", "")), quotes)


def _quote_fields(quote: Quote) -> list[str | int]:
    return [quote.span.document, quote.span.start, quote.span.end, quote.words]


def _quote(item: Any) -> Quote:
    document, start, end, words = item
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise ValueError(f"{start!r} to {end!r} are no offsets")
    return Quote(Span(_text(document), start, end), _text(words))


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{value!r} is no number of a correction")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
