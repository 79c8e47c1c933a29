"""Third stage: the pair heads alone, on the states of the finished encoder.

The encoder costs almost all of a training step, and the pair heads see only a few articles in
each: with its states kept, they can read every article many more times in a few minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from . import corpora
from .batches import tensors
from .facts import fact_gold, knowledgenet
from .gold import Gold
from .joint import pair_losses
from .layers import LAYERS
from .pairs import JointNetwork
from .scores import spans
from .stage2 import PAIR_WEIGHTS, like_sized, prepared
from .windows import Coder, Encoded, Window, windows_of

log = logging.getLogger("training")

PAIR_HEADS = (
    "mentions", "triggers", "antecedent", "nothing", "same_event", "role", "relation", "phrase",
    "factuality",
)  # fmt: skip
STATE_DROPOUT = 0.15
PASSAGES = 24
"""Passages of facts read in one step; together about as long as two articles."""


@dataclass
class Read:
    """An article, its word states, and the descriptions the network sees in it."""

    gold: Gold
    states: Tensor
    guessed: list[tuple[int, int]]


@torch.no_grad()
def read(network: JointNetwork, windows: list[Window], gold: Gold) -> Read:
    """Run the encoder over an article once."""
    network.eval()
    parts: dict[int, Tensor] = {}
    for group in like_sized(windows):
        batch = tensors([windows[number] for number in group])
        found = network.states(batch.pieces, batch.shapes, batch.pool)
        for row, number in enumerate(group):
            parts[number] = found[row, : windows[number].last - windows[number].first]
    states = torch.cat([parts[number] for number in range(len(windows))])
    labels = network.layers(states)["nominal"].argmax(-1).tolist()
    return Read(gold, states, [(a, b - 1) for a, b, _ in spans(labels, LAYERS["nominal"])])


@torch.no_grad()
def read_passages(network: JointNetwork, passages: list[Encoded]) -> list[Read]:
    """Passages of facts, with the names that the network sees in them."""
    network.eval()
    found = []
    for start in range(0, len(passages), PASSAGES):
        group = [encoded for encoded in passages[start : start + PASSAGES] if encoded.words]
        batch = tensors([windows_of(encoded)[0] for encoded in group])
        states = network.states(batch.pieces, batch.shapes, batch.pool)
        for row, encoded in enumerate(group):
            count = windows_of(encoded)[0].last
            if count == len(encoded.words):  # all but a few fit into one window
                own = states[row, :count].clone()
                labels = network.layers(own)["name"].argmax(-1).tolist()
                names = spans(labels, LAYERS["name"])
                found.append(Read(fact_gold(encoded, names), own, []))
    return found


def loss_of(network: JointNetwork, articles: list[Read]) -> tuple[Tensor, dict[str, float]]:
    """The summed losses of some articles, per word."""
    total, parts = torch.zeros(()), {}
    count = sum(len(article.states) for article in articles)
    for article in articles:
        states = nn.functional.dropout(article.states, STATE_DROPOUT, network.training)
        for name, loss in pair_losses(network, states, article.gold, article.guessed).items():
            total = total + PAIR_WEIGHTS[name] * loss / count
            parts[name] = parts.get(name, 0.0) + loss.item() / count
    return total, parts


@torch.no_grad()
def dev_losses(network: JointNetwork, dev: list[Read]) -> dict[str, float]:
    """Mean loss per word of each head over the dev articles."""
    network.eval()
    sums: dict[str, float] = {}
    for article in dev:
        for name, value in loss_of(network, [article])[1].items():
            sums[name] = sums.get(name, 0.0) + value / len(dev)
    return {name: round(value, 4) for name, value in sums.items()}


def in_groups(articles: list[Read], size: int, chance: random.Random) -> list[list[Read]]:
    """The articles shuffled, `size` to a group."""
    order = list(articles)
    chance.shuffle(order)
    return [order[start : start + size] for start in range(0, len(order), size)]


def main(arguments: argparse.Namespace) -> None:
    """Train the pair heads and save `final.pt` in the output folder."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    chance = random.Random(arguments.seed)
    data, out = Path(arguments.data), Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    coder = Coder(str(Path(arguments.minilm) / "tokenizer.json"))
    network = JointNetwork()
    # Tables of neighbouring words may be missing in weights of an earlier stage: they stay zero.
    network.load_state_dict(torch.load(arguments.start)["network"], strict=False)
    cache = out / "states.pt"
    parts = {}
    for part in ("train", "dev"):
        records = corpora.newsgraph(data, part)[: arguments.limit or None]
        articles = [prepared(coder.encode(a)) for a in records]
        if arguments.cached and cache.exists():
            kept = torch.load(cache, weights_only=False)[part]
            parts[part] = [Read(gold, *row) for (_, gold), row in zip(articles, kept, strict=True)]
        else:
            parts[part] = [read(network, windows, gold) for windows, gold in articles]
    torch.save({k: [(r.states, r.guessed) for r in v] for k, v in parts.items()}, cache)
    log.info("states kept; dev losses %s", json.dumps(dev_losses(network, parts["dev"])))
    facts = read_passages(network, [coder.encode(a) for a in knowledgenet(data)])
    facts = facts[: arguments.limit or None] if arguments.facts else []
    log.info("%d passages of facts", len(facts))
    trained = [p for name, p in network.named_parameters() if name.startswith(PAIR_HEADS)]
    optimiser = torch.optim.AdamW(trained, lr=arguments.rate, weight_decay=arguments.decay)
    per_epoch = -(-len(parts["train"]) // arguments.articles) + -(-len(facts) // PASSAGES)
    steps = per_epoch * arguments.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * step / steps)),
    )
    begun = time.time()
    for epoch in range(arguments.epochs):
        network.train()
        groups = in_groups(parts["train"], arguments.articles, chance)
        groups += in_groups(facts, PASSAGES, chance)
        chance.shuffle(groups)
        sums: dict[str, float] = {}
        for group in groups:
            loss, found = loss_of(network, group)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            schedule.step()
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + value / per_epoch
        shown = {name: round(value, 4) for name, value in sums.items()}
        log.info("epoch %d (%.0f s) train %s", epoch + 1, time.time() - begun, json.dumps(shown))
        log.info("dev %s", json.dumps(dev_losses(network, parts["dev"])))
        torch.save({"network": network.state_dict()}, out / "final.pt")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--minilm", required=True)
    options.add_argument("--start", required=True, help="weights of the second stage")
    options.add_argument("--out", default="build/training")
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--epochs", type=int, default=12)
    options.add_argument("--articles", type=int, default=2, help="articles a step")
    options.add_argument("--rate", type=float, default=1e-3)
    options.add_argument("--decay", type=float, default=0.01)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--limit", type=int, default=0, help="read so many articles only")
    options.add_argument("--facts", type=int, default=1, help="0: without passages of facts")
    options.add_argument("--cached", action="store_true", help="use the states of the last run")
    main(options.parse_args())
