"""Fits the weights by which temporal phrases are tied to events.

    python training/fit_time_attachment.py ../shared/data/newsgraph/train.jsonl

Prints the weights for `kg/extract/time/attachment.py`, and what each threshold gives on the same
articles. Logistic regression with an L2 penalty of 1, by Newton's method; deterministic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from kg.extract.time import find_times
from kg.extract.time.attachment import WEIGHTS, holds, signs
from kg.model import Span

NAMES = list(WEIGHTS)


def examples(path: Path) -> list[tuple[np.ndarray, np.ndarray, bool]]:
    """For each event: the signs of each phrase near it, which phrase is right, whether any is."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        name, text = record["id"], record["text"]
        sentences = [Span(name, *pair) for pair in record["sentences"]]
        expressions = [
            expression
            for expression in find_times(text, document=name, sentences=sentences)
            if expression.places
        ]
        events = [
            [Span(name, t["start"], t["end"]) for t in e["triggers"]] for e in record["events"]
        ]
        for event, triggers in zip(record["events"], events, strict=True):
            time = event.get("time")
            if time and "start" not in time:
                continue
            gold = Span(name, time["start"], time["end"]) if time else None
            rivals = [t for other in events if other is not triggers for t in other]
            rows, right = [], []
            for trigger in triggers:
                near = [e for e in expressions if holds(e.sentence, trigger)]
                for expression in near:
                    values = signs(
                        expression,
                        trigger,
                        text=text,
                        rivals=rivals,
                        later_trigger=trigger != triggers[0],
                        others=len(near) - 1,
                    )
                    rows.append([values[key] for key in NAMES])
                    right.append(gold is not None and expression.span.overlaps(gold))
            table = np.array(rows, float).reshape(-1, len(NAMES))
            found.append((table, np.array(right, float), gold is not None))
    return found


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The weights of the logistic regression of y on x; the first column is the constant."""
    penalty = np.ones(x.shape[1])
    penalty[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def main(path: Path) -> None:
    events = examples(path)
    weights = fitted(np.vstack([e[0] for e in events]), np.concatenate([e[1] for e in events]))
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    dated = sum(has for _, _, has in events)
    for threshold in (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5):
        taken = right = 0
        for rows, labels, _ in events:
            if len(rows) and (scores := rows @ weights).max() > threshold:
                taken += 1
                right += int(labels[scores.argmax()])
        print(f"{threshold:5} precision {right / taken:.3f} recall {right / dated:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
