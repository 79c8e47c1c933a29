"""The encoder (a BERT of 6 layers, weights of all-MiniLM-L6-v2) with letter shapes, and heads."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.neural.words import SHAPES

from .layers import WIDTHS

WIDTH, DEPTH, HEADS, INNER = 384, 6, 12, 1536


class Block(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores: 0 seen, very negative unseen."""
        rows, length, _ = state.shape
        parts = self.query_key_value(state).view(rows, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        state = self.attended_norm(state + self.dropout(self.attended(mixed)))
        inner = functional.gelu(self.inner(state))
        return self.outer_norm(state + self.dropout(self.outer(inner)))


class Encoder(nn.Module):
    """Wordpieces and shapes to states of 384 numbers."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(DEPTH))
        nn.init.normal_(self.shapes.weight, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """`pieces`, `shapes`: rows x length, 0 is padding."""
        mask = (pieces == 0)[:, None, None, :].to(torch.float32) * -1e9
        places = torch.arange(pieces.shape[1], device=pieces.device)
        state = self.pieces(pieces) + self.places(places) + self.shapes(shapes)
        state = self.dropout(self.norm(state))
        for block in self.blocks:
            state = block(state, mask)
        return state


def load_minilm(encoder: Encoder, folder: Path) -> None:
    """Copy the published weights into the encoder."""
    given = load_file(folder / "model.safetensors")
    given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
    own: dict[str, Tensor] = {
        "pieces.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "shapes.weight": encoder.shapes.weight.data,
    }
    names = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    for layer in range(DEPTH):
        source, target = f"encoder.layer.{layer}", f"blocks.{layer}"
        for kind in ("weight", "bias"):
            own[f"{target}.query_key_value.{kind}"] = torch.cat(
                [
                    given[f"{source}.attention.self.{part}.{kind}"]
                    for part in ("query", "key", "value")
                ]
            )
            for mine, theirs in names.items():
                own[f"{target}.{mine}.{kind}"] = given[f"{source}.{theirs}.{kind}"]
    encoder.load_state_dict(own)


class Network(nn.Module):
    """The encoder and one linear head per word layer."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(WIDTH, width) for name, width in WIDTHS.items()}
        )

    def states(self, pieces: Tensor, shapes: Tensor, pool: Tensor) -> Tensor:
        """Word states: `pool` (rows x words x length) averages the pieces of each word."""
        return torch.bmm(pool, self.encoder(pieces, shapes))

    def layers(self, states: Tensor) -> dict[str, Tensor]:
        """The label scores of every layer for the word states."""
        states = self.dropout(states)
        return {name: head(states) for name, head in self.heads.items()}


def set_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus log of the probability of the allowed labels, per word."""
    inside = scores.masked_fill(~allowed, -1e9)
    return torch.logsumexp(scores, -1) - torch.logsumexp(inside, -1)
