"""Scores of exported weights on the dev parts, the choice of thresholds, and the calibration.

Everything here reads newsgraph dev (and, for names, the held-out articles of worldwide-ner); the
thresholds and the curves that chose them go into `settings.json` beside the weights.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from kg.evaluate import newsgraph as suite
from kg.evaluate.alignment import align
from kg.evaluate.coreference import METRICS, conll
from kg.evaluate.score import Score, Tally
from kg.extract.neural.drafting import Drafter
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.events import Happening
from kg.extract.neural.extractor import Found, find, named
from kg.extract.neural.settings import Settings
from kg.extract.neural.weights import Model, load
from kg.model import EventTime, Extraction, Quantity, Span

from .export import seal

GRID: dict[str, tuple[float, ...]] = {
    "name_outside": (-0.5, 0.0, 0.5, 1.0),
    "name_sure": (0.5, 0.7, 0.9, 1.1),
    "nominal_outside": (-1.5, -1.0, -0.5, 0.0),
    "nothing": (-0.5, 0.0, 0.5, 1.0),
    "trigger_outside": (-2.5, -2.0, -1.5, -1.0, -0.5, 0.0),
    "same_event": (0.3, 0.5, 0.6, 0.7, 0.8, 0.9),
    "phrase_outside": (-1.5, -1.0, -0.5, 0.0, 0.5),
    "role": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6),
    "source": (0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "relation": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
}
"""Values tried, in this order; each setting is fixed before the next is tried."""
SAME = 0.005
"""F1 that close is the same on 24 articles: then the value of higher precision is taken."""
SLACK = {"source": 0.015}
"""A claim laid in the wrong mouth is worse than one without a speaker."""
FILTERS = ("role", "source", "relation")
"""Settings that only leave out what was found: found once with the lowest value."""
NAMING = ("names", "coreference, CoNLL")
JUDGES = {
    "name_outside": "names",
    "name_sure": "names",
    "nominal_outside": "coreference, CoNLL",
    "nothing": "coreference, CoNLL",
    "trigger_outside": "events with type",
    "same_event": "events with type",
    "role": "arguments",
    "phrase_outside": "arguments",
    "source": "attribution",
    "relation": "relations",
}
"""The measure that chooses each setting."""


class Undated(Drafter):
    """Leaves out dates and numbers: no setting changes them, and they take longest."""

    def _times(
        self, events: list[Happening], triggers: list[tuple[Span, ...]]
    ) -> tuple[EventTime | None, ...]:
        return tuple(None for _ in events)

    def _numbers(
        self, events: list[Happening], triggers: list[tuple[Span, ...]]
    ) -> tuple[tuple[Quantity, ...], ...]:
        return tuple(() for _ in events)


def predicted(
    model: Model,
    encodings: Sequence[Encoding],
    gold: Sequence[Extraction],
    settings: Settings,
    drafter: type[Drafter] = Drafter,
) -> list[Extraction]:
    """The extractions of encoded articles under the settings."""
    return [
        drafter(article.document, find(model.heads, settings, encoding), settings).extraction("dev")
        for article, encoding in zip(gold, encodings, strict=True)
    ]


PARTS: dict[str, Callable[[Extraction, Extraction], dict[str, Tally]]] = {
    "names": suite._names,
    "coreference, CoNLL": suite._coreference,
    "relations": lambda mine, true: suite._relations(mine, true, align(mine, true)),
    "events with type": lambda mine, true: suite._events(mine, true, align(mine, true)),
    "arguments": lambda mine, true: suite._arguments(mine, true, align(mine, true)),
    "attribution": lambda mine, true: suite._attribution(mine, true, align(mine, true)),
}
"""How to count for one measure only."""


def judged(measure: str, extractions: Sequence[Extraction], gold: Sequence[Extraction]) -> Score:
    """One measure over all articles."""
    sums: dict[str, Tally] = {}
    for mine, true in zip(extractions, gold, strict=True):
        for name, tally in PARTS[measure](mine, true).items():
            sums[name] = sums.get(name, Tally()) + tally
    if measure == "coreference, CoNLL":
        return conll({metric: sums[f"coreference, {metric}"] for metric in METRICS})
    return sums[measure].score()


def tuned(
    model: Model, encodings: Sequence[Encoding], gold: Sequence[Extraction], settings: Settings
) -> tuple[Settings, dict[str, list[dict[str, float]]]]:
    """The best value of each setting in turn, and the curves."""
    curves: dict[str, list[dict[str, float]]] = {}
    lowest = {name: min(GRID[name]) for name in FILTERS}
    kept: list[Found] = []
    for name, values in GRID.items():
        measure, curve = JUDGES[name], []
        for value in values:
            tried = replace(settings, **{name: value})
            if name in FILTERS:
                if not kept:
                    low = replace(settings, **lowest)
                    kept = [find(model.heads, low, encoding) for encoding in encodings]
                found = [filtered(one, tried) for one in kept]
            elif measure in NAMING:
                found = [
                    Found(encoding, *named(model.heads, tried, encoding), [], [], [])
                    for encoding in encodings
                ]
            else:
                found = [find(model.heads, tried, encoding) for encoding in encodings]
            extractions = [
                Undated(article.document, one, tried).extraction("dev")
                for article, one in zip(gold, found, strict=True)
            ]
            score = judged(measure, extractions, gold)
            curve.append(
                {
                    "value": value,
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                }
            )
        top = max(point["f1"] for point in curve)
        near = [point for point in curve if point["f1"] >= top - SLACK.get(name, SAME)]
        best = max(near, key=lambda point: (point["precision"], point["f1"]))
        settings = replace(settings, **{name: best["value"]})
        curves[name] = curve
        print(name, best, flush=True)
    return settings, curves


def filtered(found: Found, settings: Settings) -> Found:
    """What is left of it under higher thresholds."""
    events = [
        replace(
            event,
            fillers=[one for one in event.fillers if one.probability >= settings.role],
            speaker=event.speaker
            if event.speaker and event.speaker.probability >= settings.source
            else None,
        )
        for event in found.events
    ]
    ties = [tie for tie in found.ties if tie.probability >= settings.relation]
    return replace(found, events=events, ties=ties)


def outcomes(
    extractions: Iterable[Extraction], gold: Sequence[Extraction]
) -> dict[str, list[tuple[float, bool]]]:
    """Per kind: the uncalibrated confidence of everything found, and whether it is right."""
    found: dict[str, list[tuple[float, bool]]] = {
        kind: [] for kind in ("entity", "relation", "event", "argument")
    }
    for mine, true in zip(extractions, gold, strict=True):
        matched = align(mine, true)
        theirs = {entity.id: entity for entity in true.entities}
        for entity in mine.entities:
            other = matched.entities.get(entity.id)
            right = other is not None and theirs[other].type == entity.type
            found["entity"].append((entity.confidence, right))
        triples = set(suite._triples(true))
        for relation in mine.relations:
            own = suite._triples(replace(mine, relations=(relation,)), matched)
            found["relation"].append((relation.confidence, bool(set(own) & triples)))
        events = {event.id: event for event in true.events}
        for event in mine.events:
            other = matched.events.get(event.id)
            right = other is not None and events[other].type == event.type
            found["event"].append((event.confidence, right))
            for argument in event.arguments:
                given = events[other].arguments if other is not None else ()
                right = any(
                    argument.role == a.role
                    and (
                        matched.entities.get(argument.entity) == a.entity
                        if argument.entity and a.entity
                        else argument.span.overlaps(a.span)
                    )
                    for a in given
                )
                found["argument"].append((argument.confidence, right))
    return found


def platt(points: list[tuple[float, bool]], rounds: int = 3000) -> tuple[float, float]:
    """Slope and offset on the log odds that make the confidences most likely (Platt scaling)."""
    slope, offset = 1.0, 0.0
    rows = []
    for confidence, right in points:
        clipped = min(max(confidence, 1e-4), 1 - 1e-4)
        rows.append((math.log(clipped / (1 - clipped)), float(right)))
    count = len(rows)
    for _ in range(rounds):
        by_slope = by_offset = 0.0
        for odds, right in rows:
            error = 1 / (1 + math.exp(-(slope * odds + offset))) - right
            by_slope += error * odds
            by_offset += error
        slope -= 0.2 * by_slope / count
        offset -= 0.2 * by_offset / count
    return round(max(slope, 0.05), 4), round(offset, 4)


def calibration_error(points: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and share right, over ten bins."""
    gap = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [p for p in points if low <= p[0] < high or (high == 1 and p[0] == 1)]
        if inside:
            mean = sum(p[0] for p in inside) / len(inside)
            right = sum(p[1] for p in inside) / len(inside)
            gap += abs(mean - right) * len(inside) / len(points)
    return round(gap, 4)


def main(arguments: argparse.Namespace) -> None:
    """Score, and with --write choose thresholds and calibration."""
    folder = Path(arguments.weights)
    model = load(folder)
    _, gold = suite.read(Path(arguments.data), "dev")
    gold = list(gold)
    encodings = [model.encoder.encode(article.document.text) for article in gold]
    settings = replace(model.settings, calibration=None)
    curves: dict[str, list[dict[str, float]]] = {}
    if arguments.write:
        settings, curves = tuned(model, encodings, gold, Settings())
    if arguments.write or arguments.calibrate:
        settings = replace(settings, calibration=None)
    extractions = predicted(model, encodings, gold, settings)
    scores = suite.score(gold, extractions)
    for measure, score in scores.items():
        print(f"{measure:32} P {score.precision:.3f} R {score.recall:.3f} F {score.f1:.3f}")
    points = outcomes(extractions, gold)
    scaling = {kind: platt(found) for kind, found in points.items() if found}
    # Fitted on one half of the articles, measured on the other, and the other way round.
    halves = [outcomes(extractions[half::2], gold[half::2]) for half in (0, 1)]
    errors = {}
    for kind, found in points.items():
        after = []
        for fitted, measured in (halves, halves[::-1]):
            if fitted[kind] and measured[kind]:
                half = replace(settings, calibration={kind: platt(fitted[kind])})
                after += [(half.calibrated(kind, c), right) for c, right in measured[kind]]
        errors[kind] = {"before": calibration_error(found), "after": calibration_error(after)}
        if errors[kind]["after"] >= errors[kind]["before"]:
            scaling[kind] = (1.0, 0.0)  # too few cases to do better than the network itself
    settings = replace(settings, calibration=scaling)
    print("expected calibration error", json.dumps(errors))
    if arguments.calibrate:
        seal(folder, settings=asdict(settings), calibration_error=errors)
    if arguments.write:
        record = asdict(settings)
        seal(folder, settings=record, curves=curves, calibration_error=errors)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", default="kg/extract/neural/weights")
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--write", action="store_true", help="choose and write the settings")
    options.add_argument("--calibrate", action="store_true", help="keep thresholds, calibrate")
    main(options.parse_args())
