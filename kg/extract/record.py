"""An extraction as one JSON object, and back: the format of `kg extract` and of gold files.

The format is the contract with outside tools (documented in the README); changing it breaks
them. Every offset is written together with the words it stands for, and reading checks that the
two agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kg.errors import InputError
from kg.model import (
    Argument,
    Bound,
    Document,
    Entity,
    Event,
    EventTime,
    Extraction,
    Factuality,
    Mention,
    MentionKind,
    Quantity,
    Relation,
    Span,
    Speaker,
)

Record = dict[str, Any]


def to_record(extraction: Extraction) -> Record:
    """The extraction as plain JSON data, keys in the documented order."""
    text = extraction.document.text
    return {
        "id": extraction.document.id,
        "title": extraction.document.title,
        "published": _iso(extraction.document.published),
        "source": extraction.document.source,
        "url": extraction.document.url,
        **({"author": extraction.document.author} if extraction.document.author else {}),
        "extractor": extraction.extractor,
        "text": text,
        "sentences": [[span.start, span.end] for span in extraction.sentences],
        "entities": [_entity_record(entity, text) for entity in extraction.entities],
        "relations": [_relation_record(relation, text) for relation in extraction.relations],
        "events": [_event_record(event, text) for event in extraction.events],
    }


def from_record(record: Mapping[str, Any], *, extractor: str = "") -> Extraction:
    """The extraction that `record` describes.

    `extractor` names the maker when the record does not (a gold file). Raises `InputError` when
    a key is missing or an offset does not match its words.
    """
    try:
        return _Reader(record).extraction(extractor)
    except KeyError as error:
        name = record.get("id", "?")
        raise InputError(
            f"Record {name!r} lacks the key {error}; see `kg extract --help`."
        ) from None
    except (TypeError, ValueError) as error:
        raise InputError(f"Record {record.get('id', '?')!r} is malformed: {error}.") from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _words(span: Span, text: str) -> Record:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _speaker(speaker: Speaker | None, text: str) -> str | Record | None:
    return _words(speaker, text) if isinstance(speaker, Span) else speaker


def _entity_record(entity: Entity, text: str) -> Record:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "confidence": round(entity.confidence, 4),
        "mentions": [
            {**_words(mention.span, text), "kind": mention.kind.value}
            for mention in entity.mentions
        ],
    }


def _relation_record(relation: Relation, text: str) -> Record:
    return {
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "evidence": [_words(span, text) for span in relation.evidence],
        "factuality": relation.factuality.value,
        "attributed_to": _speaker(relation.attributed_to, text),
        "confidence": round(relation.confidence, 4),
    }


def _event_record(event: Event, text: str) -> Record:
    return {
        "id": event.id,
        "type": event.type,
        "triggers": [_words(span, text) for span in event.triggers],
        "arguments": [
            {"role": argument.role, "entity": argument.entity, **_words(argument.span, text)}
            for argument in event.arguments
        ],
        "time": _time_record(event.time, text) if event.time else None,
        "quantities": [_quantity_record(quantity, text) for quantity in event.quantities],
        "factuality": event.factuality.value,
        "attributed_to": _speaker(event.attributed_to, text),
        "confidence": round(event.confidence, 4),
    }


def _time_record(time: EventTime, text: str) -> Record:
    return {
        "from": _iso(time.earliest),
        "to": _iso(time.latest),
        **(_words(time.span, text) if time.span else {}),
        "granularity": time.granularity,
        "anchor": _iso(time.anchor),
        "basis": time.basis,
        "edtf": time.edtf,
    }


def _quantity_record(quantity: Quantity, text: str) -> Record:
    value = quantity.value
    return {
        "kind": quantity.kind,
        "value": int(value) if float(value).is_integer() else value,
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        **(_words(quantity.span, text) if quantity.span else {}),
    }


class _Reader:
    """Reads one record; holds its text so that every offset can be checked."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.text: str = record["text"]
        self.id = str(record.get("id", ""))

    def extraction(self, extractor: str) -> Extraction:
        record = self.record
        published = record.get("published")
        document = Document(
            id=self.id,
            text=self.text,
            title=record.get("title") or "",
            published=date.fromisoformat(published) if published else None,
            source=record.get("source") or "",
            url=record.get("url") or "",
            author=record.get("author") or "",
        )
        return Extraction(
            document=document,
            extractor=record.get("extractor") or extractor,
            sentences=tuple(Span(self.id, *pair) for pair in record.get("sentences") or ()),
            entities=tuple(self.entity(item) for item in record["entities"]),
            relations=tuple(self.relation(item) for item in record["relations"]),
            events=tuple(self.event(item) for item in record["events"]),
        )

    def span(self, item: Mapping[str, Any]) -> Span:
        span = Span(self.id, item["start"], item["end"])
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"span {span.start}-{span.end} lies outside the text")
        if "text" in item and item["text"] != span.of(self.text):
            raise ValueError(
                f"text at {span.start}-{span.end} is {span.of(self.text)!r}, "
                f"the record says {item['text']!r}"
            )
        return span

    def spans(self, items: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
        return tuple(self.span(item) for item in items)

    def speaker(self, item: Any) -> Speaker | None:
        return self.span(item) if isinstance(item, Mapping) else item

    def entity(self, item: Mapping[str, Any]) -> Entity:
        mentions: Sequence[Mapping[str, Any]] = item["mentions"]
        return Entity(
            id=item["id"],
            type=item["type"],
            name=item["name"],
            mentions=tuple(Mention(self.span(m), MentionKind(m["kind"])) for m in mentions),
            confidence=item.get("confidence", 1.0),
        )

    def relation(self, item: Mapping[str, Any]) -> Relation:
        return Relation(
            subject=item["subject"],
            predicate=item["predicate"],
            object=item["object"],
            evidence=self.spans(item["evidence"]),
            factuality=Factuality(item.get("factuality", "Factual")),
            attributed_to=self.speaker(item.get("attributed_to")),
            confidence=item.get("confidence", 1.0),
        )

    def event(self, item: Mapping[str, Any]) -> Event:
        arguments: Sequence[Mapping[str, Any]] = item.get("arguments") or ()
        triggers = self.spans(item["triggers"])
        time = item.get("time")
        return Event(
            id=item["id"],
            type=item["type"],
            triggers=triggers,
            arguments=tuple(
                # Gold files give no place for an argument that is only understood: the trigger's.
                Argument(
                    role=a["role"],
                    span=self.span(a) if "start" in a else triggers[0],
                    entity=a.get("entity"),
                )
                for a in arguments
            ),
            time=self.time(time) if time else None,
            quantities=tuple(
                quantity
                for quantity in map(self.quantity, item.get("quantities") or ())
                if quantity
            ),
            factuality=Factuality(item.get("factuality", "Factual")),
            attributed_to=self.speaker(item.get("attributed_to")),
            confidence=item.get("confidence", 1.0),
        )

    def time(self, item: Mapping[str, Any]) -> EventTime:
        bounds = {key: item.get(key) for key in ("from", "to", "anchor")}
        days = {key: date.fromisoformat(day) if day else None for key, day in bounds.items()}
        return EventTime(
            span=self.span(item) if "start" in item else None,
            earliest=days["from"],
            latest=days["to"],
            granularity=item.get("granularity") or "day",
            anchor=days["anchor"],
            basis=item.get("basis") or "",
            edtf=item.get("edtf") or "",
        )

    def quantity(self, item: Mapping[str, Any]) -> Quantity | None:
        """The quantity, or None where a gold file gives no number that can be computed with."""
        if not isinstance(item["value"], int | float):
            return None
        return Quantity(
            kind=item["kind"],
            value=item["value"],
            bound=Bound(item.get("bound", "Exact")),
            span=self.span(item) if "start" in item else None,
            unit=item.get("unit") or "",
        )
