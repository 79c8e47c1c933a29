"""The commonest errors on newsgraph dev, as the table in the model card."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from kg.evaluate import newsgraph as suite
from kg.evaluate.alignment import align
from kg.extract.neural.extractor import NeuralExtractor
from kg.model import Extraction


def name_errors(mine: Extraction, true: Extraction) -> list[tuple[str, str]]:
    """(what went wrong, example) for the names of one article."""
    text = true.document.text
    found = {span: kind for kind, span in suite._named(mine)}
    wanted = {span: kind for kind, span in suite._named(true)}
    errors = []
    for span, kind in wanted.items():
        if span in found:
            if found[span] != kind:
                errors.append((f"name: {kind} taken for {found[span]}", span.of(text)))
        elif any(span.overlaps(other) for other in found):
            errors.append((f"name: {kind} with other bounds", span.of(text)))
        else:
            errors.append((f"name: {kind} missed", span.of(text)))
    errors += [
        (f"name: {kind} invented", span.of(text))
        for span, kind in found.items()
        if not any(span.overlaps(other) for other in wanted)
    ]
    return errors


def event_errors(mine: Extraction, true: Extraction) -> list[tuple[str, str]]:
    """The same for events and relations."""
    text = true.document.text
    matched = align(mine, true)
    theirs = {event.id: event for event in true.events}
    errors = []
    for event in mine.events:
        other = matched.events.get(event.id)
        word = event.triggers[0].of(text)
        if other is None:
            errors.append((f"event: {event.type} invented or split", word))
        elif theirs[other].type != event.type:
            errors.append((f"event: {theirs[other].type} taken for {event.type}", word))
    met = set(matched.events.values())
    errors += [
        (f"event: {event.type} missed", event.triggers[0].of(text))
        for event in true.events
        if event.id not in met and event.triggers
    ]
    names = {entity.id: entity.name for entity in true.entities}
    mine_triples = set(suite._triples(mine, matched))
    true_triples = set(suite._triples(true))
    for subject, predicate, object_ in true_triples - mine_triples:
        pair = f"{names.get(subject, '?')} / {names.get(object_, '?')}"
        errors.append((f"relation: {predicate} missed", pair))
    errors += [
        (f"relation: {predicate} wrong", f"{names.get(s, '?')} / {names.get(o, '?')}")
        for s, predicate, o in mine_triples - true_triples
    ]
    return errors


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--weights", default="kg/extract/neural/weights")
    options.add_argument("--top", type=int, default=20)
    arguments = options.parse_args()
    extractor = NeuralExtractor(Path(arguments.weights))
    _, gold = suite.read(Path(arguments.data), "dev")
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    for true in gold:
        mine = extractor.extract(true.document)
        for error, example in [*name_errors(mine, true), *event_errors(mine, true)]:
            counts[error] += 1
            if example not in examples[error]:
                examples[error].append(example)
    print("| error | count | examples |\n|---|---|---|")
    for error, count in counts.most_common(arguments.top):
        shown = "; ".join(" ".join(example.split()) for example in examples[error][:3])
        print(f"| {error} | {count} | {shown} |")


if __name__ == "__main__":
    main()
