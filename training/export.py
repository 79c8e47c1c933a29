"""The trained network as the files that ship: ONNX encoder, heads, tokeniser, settings."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.neural.weights import PARTS

from .network import Encoder
from .pairs import JointNetwork

UNSHIPPED = ("encoder.", "heads.kairos", "heads.time")
"""Parameters left out of heads.npz: the encoder, and layers that only helped the training."""


class Exported(nn.Module):
    """The encoder as ONNX sees it."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """Piece states."""
        return self.encoder(pieces, shapes)


def export(network: JointNetwork, tokenizer: Path, out: Path, *, quantised: bool = True) -> None:
    """Write the files; `settings.json` keeps the settings it may already hold."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    network.eval()
    plain = out / "plain.onnx"
    example = (torch.ones(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long))
    torch.onnx.export(
        Exported(network.encoder),
        example,
        str(plain),
        input_names=["pieces", "shapes"],
        output_names=["states"],
        dynamic_axes={
            "pieces": {0: "rows", 1: "length"},
            "shapes": {0: "rows", 1: "length"},
            "states": {0: "rows", 1: "length"},
        },
        opset_version=17,
        dynamo=False,
    )
    if quantised:
        # Seven bits of weight: with eight, CPUs without VNNI overflow when they add products.
        quantize_dynamic(
            plain,
            out / "encoder.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        plain.unlink()
    else:
        plain.replace(out / "encoder.onnx")
    heads = {
        name: tensor.numpy().astype(np.float16)
        for name, tensor in network.state_dict().items()
        if not name.startswith(UNSHIPPED)
    }
    np.savez_compressed(out / "heads.npz", **heads)
    shutil.copy(tokenizer, out / "tokenizer.json")
    seal(out)


def seal(out: Path, **changes: object) -> None:
    """Write the hashes of the parts, and changed settings, into settings.json."""
    path = out / "settings.json"
    record = json.loads(path.read_text()) if path.exists() else {"settings": {}}
    record["sha256"] = {
        part: hashlib.sha256((out / part).read_bytes()).hexdigest() for part in PARTS
    }
    record.update(changes)
    path.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


def main(arguments: argparse.Namespace) -> None:
    """Export a checkpoint."""
    network = JointNetwork()
    network.load_state_dict(torch.load(arguments.weights)["network"], strict=not arguments.loose)
    export(
        network,
        Path(arguments.minilm) / "tokenizer.json",
        Path(arguments.to),
        quantised=not arguments.plain,
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", required=True)
    options.add_argument("--minilm", required=True)
    options.add_argument("--to", default="kg/extract/neural/weights")
    options.add_argument("--plain", action="store_true", help="no quantisation")
    options.add_argument("--loose", action="store_true", help="allow missing heads")
    main(options.parse_args())
