"""The pair heads: who a pronoun means, which triggers are one event, roles, relations, phrases.

They read the word states of a whole article, so the encoder runs once. All are one hidden layer
over (left, right, left x right, features); `kg/extract/neural/heads.py` is the same arithmetic
in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from kg.extract.neural import features
from kg.inventory import ENTITY_TYPES, EVENT_TYPES, PREDICATES, QUANTITY_KINDS, ROLES

from .network import WIDTH, Network

SPAN, HIDDEN = 160, 128
KINDS = ("name", "nominal", "pronoun")
PHRASES = (*ROLES, "time", "source", *QUANTITY_KINDS)
FACTUALITIES = ("Factual", "Planned", "Possible", "Denied")


class Spans(nn.Module):
    """A span as its first, last and mean word state, plus embeddings of its type and kind."""

    def __init__(self, types: int, kinds: int) -> None:
        super().__init__()
        self.first = nn.Linear(WIDTH, SPAN)
        self.last = nn.Linear(WIDTH, SPAN, bias=False)
        self.mean = nn.Linear(WIDTH, SPAN, bias=False)
        self.types = nn.Embedding(types + 1, SPAN)
        self.kinds = nn.Embedding(kinds, SPAN)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.types.weight, std=0.1)
        nn.init.normal_(self.kinds.weight, std=0.1)

    def forward(
        self, states: Tensor, first: Tensor, last: Tensor, types: Tensor, kinds: Tensor
    ) -> Tensor:
        """`last` is inclusive; `types` may be the unknown type (the highest number)."""
        if self.training:
            unknown = torch.rand(types.shape) < 0.15
            types = torch.where(
                unknown, torch.full_like(types, self.types.num_embeddings - 1), types
            )
        sums = torch.cat([torch.zeros(1, WIDTH), states.cumsum(0)])
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        mixed = self.first(states[first]) + self.last(states[last]) + self.mean(mean)
        return torch.tanh(self.dropout(mixed + self.types(types) + self.kinds(kinds)))


class Pairs(nn.Module):
    """Scores of (left, right) pairs from both, their product, and numbered features."""

    def __init__(
        self,
        left: int,
        right: int,
        sizes: tuple[int, ...],
        width: int,
        lexical: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self.left = nn.Linear(left, HIDDEN)
        self.right = nn.Linear(right, HIDDEN, bias=False)
        self.product = nn.Linear(left, HIDDEN, bias=False) if left == right else None
        self.features = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in (*sizes, *lexical))
        self.out = nn.Linear(HIDDEN, width)
        self.dropout = nn.Dropout(0.2)
        for place, table in enumerate(self.features):
            # Tables of words begin at zero: a word seen rarely should change nothing.
            nn.init.normal_(table.weight, std=0.1 if place < len(sizes) else 0.0)

    def forward(
        self, left: Tensor, right: Tensor, i: Tensor, j: Tensor, given: list[Tensor]
    ) -> Tensor:
        """Scores of the pairs (left[i], right[j])."""
        hidden = self.left(left)[i] + self.right(right)[j]
        if self.product is not None:
            hidden = hidden + self.product(left[i] * right[j])
        for table, values in zip(self.features, given, strict=True):
            hidden = hidden + table(values)
        return self.out(self.dropout(torch.relu(hidden)))


class JointNetwork(Network):
    """Word layers and pair heads on one encoding."""

    def __init__(self) -> None:
        super().__init__()
        tokens, sentences, counts = (
            features.TOKEN_BUCKETS,
            features.SENTENCE_BUCKETS,
            features.COUNT_BUCKETS,
        )
        self.mentions = Spans(len(ENTITY_TYPES), len(KINDS))
        self.triggers = Spans(len(EVENT_TYPES), 1)
        classes = features.PRONOUN_CLASSES
        self.antecedent = Pairs(SPAN, SPAN, (tokens, sentences, 2, counts, classes, 4), 1)
        self.nothing = nn.Linear(SPAN, 1)
        self.same_event = Pairs(SPAN, SPAN, (sentences, 2, 2), 1)
        gap, word = features.GAPS, features.BESIDES
        self.role = Pairs(
            SPAN, SPAN, (tokens, sentences, counts, counts), len(ROLES) + 1, (gap, word, word)
        )
        self.relation = Pairs(
            SPAN, SPAN, (tokens, sentences, counts, 2), len(PREDICATES), (gap, word, word)
        )
        self.phrase = Pairs(SPAN, WIDTH, (tokens,), 1 + 2 * len(PHRASES))
        self.factuality = nn.Linear(SPAN, len(FACTUALITIES))


@dataclass
class Lists:
    """Pairs found in an article: indices, feature values, and the group each pair speaks for."""

    left: Tensor
    right: Tensor
    given: list[Tensor]
    group: Tensor
