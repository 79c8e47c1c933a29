"""The losses of the pair heads on one article."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.neural import features
from kg.inventory import ENTITY_TYPES, PREDICATES, ROLES

from .gold import PERMITTED, PHRASE, Gold, Mentions
from .pairs import JointNetwork

NOMINAL, UNKNOWN = 1, len(ENTITY_TYPES)
MOST_PAIRS = 30000
"""Relation pairs of one article looked at (long lists of names have many more)."""
FIRST_PHRASES = frozenset({PHRASE["time"], PHRASE["source"], *range(len(ROLES) + 2, len(PHRASE))})
"""Times, sources and quantities win over a longer phrase they lie in."""


def whole(values: list[int] | np.ndarray) -> Tensor:
    """A tensor of whole numbers."""
    return torch.as_tensor(np.asarray(values), dtype=torch.long)


def with_guesses(gold: Gold, guessed: list[tuple[int, int]]) -> Mentions:
    """The gold mentions and the nominals the network sees where there is none."""
    own = gold.mentions
    known = set(zip(own.first, own.last, strict=True))
    extra = [span for span in guessed if span not in known]
    return Mentions(
        own.first + [first for first, _ in extra],
        own.last + [last for _, last in extra],
        own.kind + [NOMINAL] * len(extra),
        own.type + [UNKNOWN] * len(extra),
        own.entities + [set() for _ in extra],
    )


def pair_losses(
    network: JointNetwork, states: Tensor, gold: Gold, guessed: list[tuple[int, int]]
) -> dict[str, Tensor]:
    """The summed loss of every pair head on an article; `states` are its word states."""
    mentions = with_guesses(gold, guessed)
    losses: dict[str, Tensor] = {}
    if mentions.first:
        spans = (whole(mentions.first), whole(mentions.last))
        kinds = whole(mentions.kind)
        if gold.asked is None:
            rows = network.mentions(states, *spans, whole(mentions.type), kinds)
            losses["antecedent"] = _antecedent(network, rows, mentions, gold)
        # Once a pronoun is resolved its entity's type is known to the heads that follow.
        types = [
            gold.entity_type[min(found)] if found else own
            for found, own in zip(mentions.entities, mentions.type, strict=True)
        ]
        rows = network.mentions(states, *spans, whole(types), kinds)
        losses["relation"] = _relation(network, rows, mentions, gold)
    if gold.trigger_first:
        triggers = network.triggers(
            states,
            whole(gold.trigger_first),
            whole(gold.trigger_last),
            whole(gold.trigger_type),
            torch.zeros(len(gold.trigger_first), dtype=torch.long),
        )
        losses["same_event"] = _same_event(network, triggers, gold)
        losses["phrase"] = _phrase(network, triggers, states, gold)
        losses["factuality"] = _factuality(network, triggers, gold)
        if mentions.first:
            losses["role"] = _role(network, triggers, rows, mentions, gold)
    return losses


def _antecedent(network: JointNetwork, rows: Tensor, mentions: Mentions, gold: Gold) -> Tensor:
    kind = np.array(mentions.kind)
    first = np.array(mentions.first)
    anaphors = np.flatnonzero(kind > 0)
    resolved = np.array([bool(e) for e in mentions.entities])
    if not len(anaphors) or not resolved.any():
        return torch.zeros(())
    entities = len(gold.entity_type)
    member = np.zeros((len(kind), entities), dtype=np.float32)
    for index, found in enumerate(mentions.entities):
        for entity in found:
            member[index, entity] = 1.0
    i, j = np.meshgrid(anaphors, np.flatnonzero(resolved), indexing="ij")
    usable = ((kind[j] == 0) | (first[j] < first[i])) & (i != j)
    i, j = i[usable], j[usable]
    given = antecedent_features(gold, mentions, i, j)
    score = network.antecedent(rows, rows, whole(i), whole(j), given)[:, 0]
    place = {anaphor: row for row, anaphor in enumerate(anaphors)}
    table = torch.full((len(anaphors), len(kind)), -30.0)
    table = table.index_put((whole([place[a] for a in i]), whole(j)), score)
    top = table.max(1, keepdim=True).values.detach()
    grouped = torch.log((torch.exp(table - top) @ torch.from_numpy(member)).clamp_min(1e-12)) + top
    scores = torch.cat([network.nothing(rows[whole(anaphors)]), grouped], 1)
    allowed = torch.zeros(len(anaphors), 1 + entities, dtype=torch.bool)
    for row, anaphor in enumerate(anaphors):
        if not mentions.entities[anaphor]:
            allowed[row, 0] = True
        for entity in mentions.entities[anaphor]:
            allowed[row, 1 + entity] = True
    inside = scores.masked_fill(~allowed, -1e4)
    loss = torch.logsumexp(scores, -1) - torch.logsumexp(inside, -1)
    return loss.clamp_max(20.0).sum()


def antecedent_features(
    gold: Gold, mentions: Mentions, i: np.ndarray, j: np.ndarray
) -> list[Tensor]:
    """Distances, head match, frequency, pronoun class and quotes of the pairs."""
    first, sentence = np.array(mentions.first), gold.sentence
    text, words = gold.encoded.article.text, gold.encoded.words
    classes = np.array(
        [
            features.pronoun_class(text[words[f].start : words[f].end]) if k == 2 else 0
            for f, k in zip(mentions.first, mentions.kind, strict=True)
        ]
    )
    counts: dict[int, int] = {}
    for found, k in zip(mentions.entities, mentions.kind, strict=True):
        if k == 0:
            for entity in found:
                counts[entity] = counts.get(entity, 0) + 1
    frequency = np.array(
        [max((counts.get(e, 0) for e in found), default=0) for found in mentions.entities]
    )
    shown = [
        text[words[f].start : words[last].end]
        for f, last in zip(mentions.first, mentions.last, strict=True)
    ]
    matches = features.head_matches(shown, [k == NOMINAL for k in mentions.kind])[i, j]
    quotes = gold.quoted[first[i]] * 2 + gold.quoted[first[j]]
    return [
        whole(features.token_bucket(first[j] - first[i])),
        whole(features.sentence_bucket(sentence[first[j]] - sentence[first[i]])),
        whole(matches),
        whole(features.count_bucket(frequency[j])),
        whole(classes[i]),
        whole(quotes),
    ]


def grouped_max(scores: Tensor, group: Tensor, size: int) -> Tensor:
    """Per group the highest score of each column; groups without a pair hold -1e4."""
    table = torch.full((size, scores.shape[1]), -1e4)
    index = group[:, None].expand_as(scores)
    return table.scatter_reduce(0, index, scores, "amax", include_self=False)


def _relation(network: JointNetwork, rows: Tensor, mentions: Mentions, gold: Gold) -> Tensor:
    first, last = np.array(mentions.first), np.array(mentions.last)
    at = gold.sentence[first]
    resolved = np.flatnonzero([bool(e) for e in mentions.entities])
    left, right, group = [], [], []
    entities = len(gold.entity_type)
    types = gold.entity_type
    for i in resolved:
        near = resolved[np.abs(at[resolved] - at[i]) <= 1]
        for j in near:
            for a in mentions.entities[i]:
                for b in mentions.entities[j]:
                    if a != b and PERMITTED[types[a], types[b]].any():
                        left.append(i)
                        right.append(j)
                        group.append(a * entities + b)
    if not left:
        return torch.zeros(())
    i, j, owner = np.array(left), np.array(right), np.array(group)
    if len(i) > MOST_PAIRS:
        keep = np.sort(np.random.default_rng(0).choice(len(i), MOST_PAIRS, replace=False))
        i, j, owner = i[keep], j[keep], owner[keep]
    marks = np.sort(first[resolved])
    overlap = (first[i] <= last[j]) & (first[j] <= last[i])
    given = [
        whole(features.token_bucket(first[j] - first[i])),
        whole(features.sentence_bucket(at[j] - at[i])),
        whole(features.count_bucket(features.between(marks, first[i], first[j]))),
        whole(overlap.astype(np.int64)),
        whole(features.gaps(gold.lower, first, last, i, j)),
        whole(features.beside(gold.lower, first, last)[0][i]),
        whole(features.beside(gold.lower, first, last)[1][j]),
    ]
    scores = network.relation(rows, rows, whole(i), whole(j), given)
    present, inverse = np.unique(owner, return_inverse=True)
    best = grouped_max(scores, whole(inverse), len(present))
    targets = torch.zeros(len(present), len(PREDICATES))
    permitted = np.zeros((len(present), len(PREDICATES)), dtype=bool)
    for row, value in enumerate(present):
        a, b = divmod(int(value), entities)
        permitted[row] = PERMITTED[types[a], types[b]]
        for predicate in gold.relations.get((a, b), ()):
            targets[row, predicate] = 1.0
    losses = functional.binary_cross_entropy_with_logits(best, targets, reduction="none")
    if gold.asked is None:
        return losses[torch.from_numpy(permitted)].sum()
    permitted &= np.isin(np.arange(len(PREDICATES)), sorted(gold.asked))
    total = torch.zeros(())
    for row, value in enumerate(present):
        for answers in gold.either.get(divmod(int(value), entities), ()):
            chosen = sorted(answers)
            permitted[row, chosen] = False
            # At least one of them holds: 1 - product of (1 - p).
            none = functional.logsigmoid(-best[row, chosen]).sum()
            total = total - torch.log((-torch.expm1(none)).clamp_min(1e-6))
    return total + losses[torch.from_numpy(permitted)].sum()


def _role(
    network: JointNetwork, triggers: Tensor, rows: Tensor, mentions: Mentions, gold: Gold
) -> Tensor:
    first = np.array(mentions.first)
    last, ends = np.array(mentions.last), np.array(gold.trigger_last)
    at, places = gold.sentence[first], np.array(gold.trigger_first)
    where = gold.sentence[places]
    entities = len(gold.entity_type)
    left, right, group = [], [], []
    for t, (sentence, event) in enumerate(zip(where, gold.trigger_event, strict=True)):
        for m in np.flatnonzero(np.abs(at - sentence) <= 1):
            for entity in mentions.entities[m]:
                left.append(t)
                right.append(m)
                group.append(event * entities + entity)
    if not left:
        return torch.zeros(())
    i, j = np.array(left), np.array(right)
    resolved = np.sort(first[[bool(e) for e in mentions.entities]])
    given = [
        whole(features.token_bucket(first[j] - places[i])),
        whole(features.sentence_bucket(at[j] - where[i])),
        whole(features.count_bucket(features.between(resolved, places[i], first[j]))),
        whole(features.count_bucket(features.between(np.sort(places), places[i], first[j]))),
        whole(features.gaps_between(gold.lower, places[i], ends[i], first[j], last[j])),
        whole(features.beside(gold.lower, first, last)[0][j]),
        whole(features.beside(gold.lower, places, ends)[1][i]),
    ]
    scores = network.role(triggers, rows, whole(i), whole(j), given)
    present, inverse = np.unique(np.array(group), return_inverse=True)
    best = grouped_max(scores, whole(inverse), len(present))
    target = [gold.roles.get(divmod(int(value), entities), -1) + 1 for value in present]
    speaks = [float(divmod(int(value), entities) in gold.sources) for value in present]
    choice = torch.cat([torch.zeros(len(present), 1), best[:, : len(ROLES)]], 1)
    loss = functional.cross_entropy(choice, whole(target), reduction="sum")
    return loss + functional.binary_cross_entropy_with_logits(
        best[:, len(ROLES)], torch.tensor(speaks), reduction="sum"
    )


def _same_event(network: JointNetwork, triggers: Tensor, gold: Gold) -> Tensor:
    count = len(gold.trigger_first)
    if count < 2:
        return torch.zeros(())
    i, j = np.tril_indices(count, -1)
    kinds, events = np.array(gold.trigger_type), np.array(gold.trigger_event)
    where = gold.sentence[np.array(gold.trigger_first)]
    text, words = gold.encoded.article.text, gold.encoded.words
    stems = np.array(
        [features.stem(text[words[f].start : words[f].end]) for f in gold.trigger_first]
    )
    given = [
        whole(features.sentence_bucket(where[j] - where[i])),
        whole((stems[i] == stems[j]).astype(np.int64)),
        whole((kinds[i] == kinds[j]).astype(np.int64)),
    ]
    scores = network.same_event(triggers, triggers, whole(i), whole(j), given)[:, 0]
    same = torch.tensor((events[i] == events[j]).astype(np.float32))
    losses = functional.binary_cross_entropy_with_logits(scores, same, reduction="none")
    return losses.sum() / max(1.0, count / 4)


def _phrase(network: JointNetwork, triggers: Tensor, states: Tensor, gold: Gold) -> Tensor:
    left, right, labels = [], [], []
    for t, (place, event) in enumerate(zip(gold.trigger_first, gold.trigger_event, strict=True)):
        inside = np.flatnonzero(gold.sentence[: gold.word_limit] == gold.sentence[place])
        begin, end = int(inside[0]), int(inside[-1]) + 1
        row = [0] * (end - begin)
        ordered = sorted(
            gold.phrases[event], key=lambda p: (p[2] not in FIRST_PHRASES, p[0] - p[1])
        )
        for first, stop, kind in ordered:
            if first < begin or stop > end or any(row[first - begin : stop - begin]):
                continue
            for word in range(first, stop):
                row[word - begin] = 1 + 2 * kind + (word > first)
        left += [t] * len(row)
        right += range(begin, end)
        labels += row
    i, j = np.array(left), np.array(right)
    given = [whole(features.token_bucket(j - np.array(gold.trigger_first)[i]))]
    scores = network.phrase(triggers, states, whole(i), whole(j), given)
    return functional.cross_entropy(scores, whole(labels), reduction="sum")


def _factuality(network: JointNetwork, triggers: Tensor, gold: Gold) -> Tensor:
    scores = network.factuality(triggers)
    events, inverse = np.unique(np.array(gold.trigger_event), return_inverse=True)
    member = torch.zeros(len(events), len(inverse))
    member[torch.from_numpy(inverse), torch.arange(len(inverse))] = 1.0
    mean = (member @ scores) / member.sum(1, keepdim=True)
    return functional.cross_entropy(
        mean, whole([gold.factuality[event] for event in events]), reduction="sum"
    )
