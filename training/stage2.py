"""Second stage: all heads together, on whole newsgraph articles, from the weights of stage one."""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from pathlib import Path

import torch
from torch import Tensor

from . import corpora
from .batches import batched, tensors
from .gold import Gold, gold_of
from .joint import pair_losses
from .layers import LAYERS
from .network import set_loss
from .pairs import JointNetwork
from .scores import spans, word_scores
from .stage1 import WEIGHTS, groups, layer_loss, shouted
from .windows import Coder, Encoded, Window, windows_of

log = logging.getLogger("training")

PAIR_WEIGHTS = {
    "antecedent": 1.0,
    "relation": 1.0,
    "same_event": 0.5,
    "role": 1.0,
    "phrase": 0.4,
    "factuality": 0.5,
}
MOST_WINDOWS = 10
"""Windows of an article read in training; the few longer ones are cut (memory)."""
SMOOTHING = 0.995
"""Decay of the running mean of the weights that is saved (about the last 200 steps)."""


def article_loss(
    network: JointNetwork, articles: list[tuple[list[Window], Gold]], rows: dict[str, Tensor]
) -> tuple[Tensor, dict[str, float]]:
    """The loss on whole articles, per word, and its parts."""
    order = [window for windows, _ in articles for window in windows]
    states: dict[int, Tensor] = {}
    targets: dict[int, dict[str, Tensor]] = {}
    for group in like_sized(order):
        batch = tensors([order[number] for number in group])
        found = network.states(batch.pieces, batch.shapes, batch.pool)
        for row, number in enumerate(group):
            count = order[number].last - order[number].first
            states[number] = found[row, :count]
            targets[number] = {layer: t[row, :count] for layer, t in batch.targets.items()}
    everything = torch.cat([states[number] for number in range(len(order))])
    scores = network.layers(everything)
    total = torch.zeros(())
    parts: dict[str, float] = {}
    count = len(everything)
    for layer, weight in WEIGHTS.items():
        target = torch.cat([targets[number][layer] for number in range(len(order))])
        seen = target > 0
        if seen.any():
            loss = set_loss(scores[layer][seen], rows[layer][target[seen]]).sum() / count
            total = total + weight * loss
            parts[layer] = loss.item()
    first = 0
    for windows, gold in articles:
        inside = slice(first, first + sum(window.last - window.first for window in windows))
        first = inside.stop
        guesses = scores["nominal"][inside].argmax(-1).tolist()
        guessed = [(a, b - 1) for a, b, _ in spans(guesses, LAYERS["nominal"])]
        for name, loss in pair_losses(network, everything[inside], gold, guessed).items():
            total = total + PAIR_WEIGHTS[name] * loss / count
            parts[name] = parts.get(name, 0.0) + loss.item() / count
    return total, parts


def like_sized(windows: list[Window]) -> list[list[int]]:
    """The windows' numbers in groups of like size, so that little padding is read."""
    order = sorted(range(len(windows)), key=lambda number: windows[number].size)
    found: list[list[int]] = []
    for number in order:
        if found and windows[found[-1][0]].size * 1.25 + 8 >= windows[number].size:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def grouped(
    articles: list[tuple[list[Window], Gold]], size: int, chance: random.Random
) -> list[list[tuple[list[Window], Gold]]]:
    """Articles in batches of about `size` wordpieces."""
    articles = list(articles)
    chance.shuffle(articles)
    found, current, total = [], [], 0
    for article in articles:
        pieces = sum(window.size for window in article[0])
        if current and total + pieces > size:
            found.append(current)
            current, total = [], 0
        current.append(article)
        total += pieces
    return [*found, current]


def prepared(encoded: Encoded) -> tuple[list[Window], Gold]:
    """An article's windows and gold lists."""
    windows = windows_of(encoded)[:MOST_WINDOWS]
    return windows, gold_of(encoded, windows[-1].last)


def main(arguments: argparse.Namespace) -> None:
    """Train and save `joint.pt` in the output folder."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    chance = random.Random(arguments.seed)
    data, out = Path(arguments.data), Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    coder = Coder(str(Path(arguments.minilm) / "tokenizer.json"))
    world, held = corpora.worldwide(data)
    wiki, wiki_dev = corpora.wikievents(data)
    news = corpora.newsgraph(data, "train")
    dev = [prepared(coder.encode(article)) for article in corpora.newsgraph(data, "dev")]
    tests = {
        "newsgraph": [gold.encoded for _, gold in dev],
        "worldwide": [coder.encode(article) for article in held[:40]],
        "wikievents": [coder.encode(article) for article in wiki_dev],
    }
    plan: list[tuple[str, list]] = []
    read = {article.id: prepared(coder.encode(article)) for article in news}
    others = [(article, coder.encode(article)) for article in [*world, *wiki]]
    share = arguments.others / arguments.epochs
    for _ in range(arguments.epochs):
        articles = []
        for article in news:
            changed = shouted(article.text, chance)
            articles.append(
                read[article.id] if changed is None else prepared(coder.encode(article, changed))
            )
        steps = [("articles", group) for group in grouped(articles, arguments.batch, chance)]
        windows: list[Window] = []
        for article, encoded in others:
            changed = shouted(article.text, chance)
            taken = encoded if changed is None else coder.encode(article, changed)
            windows += [w for w in windows_of(taken, chance) if chance.random() < share]
        steps += [("windows", group) for group in batched(windows, arguments.batch, chance)]
        chance.shuffle(steps)
        plan += steps
    rows = {layer: torch.tensor(p.rows) for layer, p in coder.patterns.items()}
    network = JointNetwork()
    start = torch.load(arguments.start or out / "stage1.pt")["network"]
    _, unexpected = network.load_state_dict(start, strict=False)
    assert not unexpected, unexpected
    optimiser = torch.optim.AdamW(
        groups(network, arguments.rate, arguments.head_rate, 0.9), weight_decay=0.01
    )
    steps_total = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: (
            min(1.0, (step + 1) / 50)
            * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * step / steps_total)))
        ),
    )
    smooth = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
    begun, seen = time.time(), 0
    running: dict[str, float] = {}
    log.info("%d steps", steps_total)
    for step, (kind, group) in enumerate(plan[: arguments.stop or None]):
        network.train()
        if kind == "articles":
            loss, parts = article_loss(network, group, rows)
            for name, value in parts.items():
                running[name] = 0.95 * running.get(name, value) + 0.05 * value
            seen += sum(window.size for windows, _ in group for window in windows)
        else:
            batch = tensors(group)
            loss = layer_loss(network, batch, rows)
            seen += batch.pieces.numel()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        keep = min(SMOOTHING, (step + 1) / (step + 10))
        for name, tensor in network.state_dict().items():
            smooth[name].lerp_(tensor.detach(), 1 - keep)
        if step % 20 == 0:
            shown = " ".join(f"{name} {value:.3f}" for name, value in running.items())
            log.info(
                "step %d/%d %.0f pieces/s %s",
                step,
                steps_total,
                seen / (time.time() - begun),
                shown,
            )
        if (step + 1) % arguments.every == 0 or step + 1 in (steps_total, arguments.stop):
            own = {name: tensor.clone() for name, tensor in network.state_dict().items()}
            network.load_state_dict(smooth)
            torch.save({"network": smooth, "step": step + 1}, out / "joint.pt")
            network.eval()
            with torch.no_grad():
                losses: dict[str, float] = {}
                for article in dev:
                    for name, value in article_loss(network, [article], rows)[1].items():
                        losses[name] = losses.get(name, 0.0) + value / len(dev)
            log.info("dev losses %s", json.dumps({k: round(v, 4) for k, v in losses.items()}))
            log.info("scores %s", json.dumps(word_scores(network, tests)))
            network.load_state_dict(own)


def parser() -> argparse.ArgumentParser:
    """The options of this stage."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--minilm", required=True, help="folder of all-MiniLM-L6-v2")
    options.add_argument("--out", default="build/training")
    options.add_argument("--start", default="", help="weights to start from (stage1.pt in --out)")
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--threads", type=int, default=2, help="cores used; the bits depend on it")
    options.add_argument("--batch", type=int, default=2048, help="wordpieces a step")
    options.add_argument("--epochs", type=int, default=5, help="passes over newsgraph")
    options.add_argument("--others", type=float, default=1.0, help="passes over the other corpora")
    options.add_argument("--rate", type=float, default=1.2e-4)
    options.add_argument("--head-rate", type=float, default=1e-3)
    options.add_argument("--stop", type=int, default=0, help="end after so many steps of the plan")
    options.add_argument("--every", type=int, default=200, help="steps between scores")
    return options


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main(parser().parse_args())
