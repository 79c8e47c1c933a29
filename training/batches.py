"""Windows to tensors, and batches of about equal size."""

from __future__ import annotations

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from .layers import LAYERS
from .windows import CLS, SEP, Window


@dataclass
class Batch:
    """Windows side by side: pieces and shapes, the pooling of pieces to words, the targets."""

    windows: list[Window]
    pieces: Tensor
    shapes: Tensor
    pool: Tensor
    targets: dict[str, Tensor]
    present: Tensor


def tensors(windows: list[Window]) -> Batch:
    """The windows as one padded batch."""
    length = max(window.size for window in windows)
    widest = max(window.last - window.first for window in windows)
    pieces = torch.zeros(len(windows), length, dtype=torch.long)
    shapes = torch.zeros(len(windows), length, dtype=torch.long)
    pool = torch.zeros(len(windows), widest, length)
    present = torch.zeros(len(windows), widest, dtype=torch.bool)
    targets = {layer: torch.zeros(len(windows), widest, dtype=torch.long) for layer in LAYERS}
    for row, window in enumerate(windows):
        encoded, column = window.encoded, 1
        pieces[row, 0] = CLS
        for place, word in enumerate(range(window.first, window.last)):
            found = encoded.pieces[word]
            stop = column + len(found)
            pieces[row, column:stop] = torch.tensor(found)
            shapes[row, column:stop] = encoded.shapes[word]
            pool[row, place, column:stop] = 1.0 / len(found)
            column = stop
        pieces[row, column] = SEP
        count = window.last - window.first
        present[row, :count] = True
        for layer in LAYERS:
            targets[layer][row, :count] = torch.tensor(
                encoded.targets[layer][window.first : window.last]
            )
    return Batch(windows, pieces, shapes, pool, targets, present)


def batched(windows: list[Window], size: int, chance: random.Random) -> list[list[Window]]:
    """Shuffled batches of about `size` wordpieces, windows of like length together."""
    windows = list(windows)
    chance.shuffle(windows)
    found: list[list[Window]] = []
    for start in range(0, len(windows), 256):
        pool = sorted(windows[start : start + 256], key=lambda window: window.size)
        current: list[Window] = []
        for window in pool:
            if current and (len(current) + 1) * window.size > size:
                found.append(current)
                current = []
            current.append(window)
        if current:
            found.append(current)
    chance.shuffle(found)
    return found
