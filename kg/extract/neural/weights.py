"""The shipped weights: found, checked against their hashes, and opened."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ExtractorError
from kg.extract.neural.heads import Heads
from kg.extract.neural.settings import Settings, settings_of

if TYPE_CHECKING:
    from kg.extract.neural.encoder import Encoder

FOLDER = Path(__file__).parent / "weights"
PARTS = ("encoder.onnx", "heads.npz", "tokenizer.json")
REMEDY = "Install newsgraph again: pip install --force-reinstall newsgraph."


@dataclass(frozen=True)
class Model:
    """Everything the extractor needs, and the name of what it is (first letters of a hash)."""

    encoder: Encoder
    heads: Heads
    settings: Settings
    version: str


def load(folder: Path = FOLDER) -> Model:
    """Open the weights in `folder`.

    Raises `ExtractorError` when a part is missing or damaged, or a needed package is.
    """
    from kg.extract.neural.encoder import Encoder

    record = _settings(folder)
    for part in PARTS:
        if _hash(folder / part) != record["sha256"].get(part):
            raise ExtractorError(
                f"{folder / part} is damaged: it is not the file it was packed as. {REMEDY}"
            )
    try:
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ExtractorError(
            f"The extraction model needs the package {error.name}, which is not installed. {REMEDY}"
        ) from None
    options = onnxruntime.SessionOptions()
    # One thread, one order of sums: the same text gives the same bytes on any machine load.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with np.load(folder / "heads.npz") as stored:
        heads = Heads({name: stored[name] for name in stored.files})
    return Model(
        Encoder(session, tokenizer), heads, settings_of(record["settings"]), version(folder)
    )


def version(folder: Path = FOLDER) -> str:
    """The name of the weights in `folder`: told by their settings, which hold their hashes, so
    that nothing large is opened. Raises `ExtractorError` when the settings are missing."""
    digest = hashlib.sha256(json.dumps(_settings(folder), sort_keys=True).encode()).hexdigest()
    return digest[:8]


def _settings(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / "settings.json"
    try:
        record: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExtractorError(f"The extraction model is missing: no {path}. {REMEDY}") from None
    except (ValueError, OSError) as error:
        raise ExtractorError(f"{path} cannot be read ({error}). {REMEDY}") from None
    if not isinstance(record.get("sha256"), dict) or not isinstance(record.get("settings"), dict):
        raise ExtractorError(f"{path} is damaged: it lacks its settings. {REMEDY}")
    return record


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise ExtractorError(f"The extraction model is missing: no {path}. {REMEDY}") from None
