"""The articles of worldwide-ner kept out of training, as a folder `kg evaluate names` reads.

python -m training.held_out --data ../shared/data --out build/held-out
kg evaluate names --data build/held-out
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import splits


def write(data: Path, out: Path) -> int:
    """Copy the held-out articles, line by line, and say how many there are."""
    ids = splits.newsgraph_ids(data)
    annotated = {identifier for part in ids.values() for identifier in part}
    target = out / "worldwide-ner"
    target.mkdir(parents=True, exist_ok=True)
    count, keep = 0, False
    with (
        (data / "worldwide-ner" / "train.tsv").open(encoding="utf-8") as lines,
        (target / "held-out.tsv").open("w", encoding="utf-8") as copy,
    ):
        for line in lines:
            if line.startswith("-DOC-\t"):
                keep = splits.held_out(f"ww_{line.rstrip().partition(chr(9))[2]}", annotated)
                count += keep
            if keep:
                copy.write(line)
    return count


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--out", default="build/held-out")
    arguments = options.parse_args()
    print(write(Path(arguments.data), Path(arguments.out)), "articles")
