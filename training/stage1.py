"""First stage: the word layers on every corpus, each teaching what it knows."""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from pathlib import Path

import torch

from . import corpora
from .batches import Batch, batched, tensors
from .network import Network, load_minilm, set_loss
from .scores import word_scores
from .windows import Coder, Window, windows_of

log = logging.getLogger("training")

WEIGHTS = {"name": 1.0, "nominal": 0.5, "trigger": 1.0, "kairos": 0.5, "time": 0.3, "demonym": 0.3}
"""Share of each layer in the loss (times are easy, the auxiliary layers must not rule)."""


def groups(network: Network, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Parameter groups: lower layers learn slower, wordpiece embeddings stay as they are."""
    encoder = network.encoder
    encoder.pieces.weight.requires_grad_(False)
    encoder.places.weight.requires_grad_(False)
    found = []
    for depth, block in enumerate(reversed(encoder.blocks)):
        found.append({"params": list(block.parameters()), "lr": rate * decay**depth})
    found.append({"params": list(encoder.norm.parameters()), "lr": rate * decay**6})
    own = {id(p) for group in found for p in group["params"]}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in own]
    found.append({"params": rest, "lr": head_rate})
    return found


def layer_loss(network: Network, batch: Batch, rows: dict[str, torch.Tensor]) -> torch.Tensor:
    """The weighted loss of all word layers on a batch, per word."""
    scores = network.layers(network.states(batch.pieces, batch.shapes, batch.pool))
    total = torch.zeros(())
    for layer, weight in WEIGHTS.items():
        target = batch.targets[layer]
        seen = batch.present & (target > 0)
        if seen.any():
            allowed = rows[layer][target[seen]]
            total = total + weight * set_loss(scores[layer][seen], allowed).sum()
    return total / batch.present.sum()


def shouted(text: str, chance: random.Random) -> str | None:
    """Now and then the text in capitals or in small letters, where offsets allow it."""
    draw = chance.random()
    if draw < 0.03 and len(text.upper()) == len(text):
        return text.upper()
    if draw < 0.06 and len(text.lower()) == len(text):
        return text.lower()
    return None


def main(arguments: argparse.Namespace) -> None:
    """Train and save `stage1.pt` in the output folder."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    chance = random.Random(arguments.seed)
    data, out = Path(arguments.data), Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    coder = Coder(str(Path(arguments.minilm) / "tokenizer.json"))
    world, held = corpora.worldwide(data)
    wiki, wiki_dev = corpora.wikievents(data)
    news, news_dev = corpora.newsgraph(data, "train"), corpora.newsgraph(data, "dev")
    train = [*3 * news, *2 * world, *2 * wiki, *corpora.m2e2(data)]
    evaluation = {"newsgraph": news_dev, "worldwide": held[:40], "wikievents": wiki_dev}
    tests = {name: [coder.encode(a) for a in articles] for name, articles in evaluation.items()}
    windows: list[Window] = []
    for article in train:
        encoded = coder.encode(article, shouted(article.text, chance))
        windows += windows_of(encoded, chance)
    rows = {layer: torch.tensor(p.rows) for layer, p in coder.patterns.items()}
    batches = batched(windows, arguments.batch, chance)
    pieces = sum(window.size for window in windows)
    log.info("%d windows, %d pieces, %d steps", len(windows), pieces, len(batches))
    network = Network()
    load_minilm(network.encoder, Path(arguments.minilm))
    optimiser = torch.optim.AdamW(
        groups(network, arguments.rate, arguments.head_rate, 0.9), weight_decay=0.01
    )
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: (
            min(1.0, (step + 1) / 60) * (0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        ),
    )
    begun, seen, running = time.time(), 0, 0.0
    for step, group in enumerate(batches[: arguments.stop]):
        network.train()
        batch = tensors(group)
        loss = layer_loss(network, batch, rows)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen += batch.pieces.numel()
        running = 0.95 * running + 0.05 * loss.item() if step else loss.item()
        if step % 20 == 0:
            log.info(
                "step %d/%d loss %.3f, %.0f pieces/s",
                step,
                steps,
                running,
                seen / (time.time() - begun),
            )
        if (step + 1) % arguments.every == 0 or step + 1 == arguments.stop:
            torch.save({"network": network.state_dict()}, out / "stage1.pt")
            log.info("scores %s", json.dumps(word_scores(network, tests)))


def parser() -> argparse.ArgumentParser:
    """The options of this stage."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--minilm", required=True, help="folder of all-MiniLM-L6-v2")
    options.add_argument("--out", default="build/training")
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--threads", type=int, default=2, help="cores used; the bits depend on it")
    options.add_argument("--batch", type=int, default=2048, help="wordpieces a step")
    options.add_argument("--rate", type=float, default=2e-4)
    options.add_argument("--head-rate", type=float, default=1.5e-3)
    options.add_argument("--stop", type=int, default=250, help="steps, still at a high rate")
    options.add_argument("--every", type=int, default=200, help="steps between scores")
    return options


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main(parser().parse_args())
