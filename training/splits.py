"""What is kept out of training, decided by rule so that anyone can check it.

* `newsgraph` dev and seeds, and every source article they were made from.
* `wikievents` dev.
* Of `worldwide-ner` one article in ten (`held_out`), chosen among those that newsgraph does not
  annotate: newsgraph train holds 385 of its texts, and a text trained on cannot be held out.
* `re3d`: the folder "UK Government", also where newsgraph train annotates its 26 texts.
* `knowledgenet`: fold 3.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

HELD_OUT_MODULUS = 6
"""sha256(id) modulo this == 0 is held out: one in six of the 530 free articles, 10 % of all."""


KNOWLEDGENET_HELD_OUT = 3
"""The fold of knowledgenet that is kept out."""


def bucket(identifier: str, modulus: int) -> int:
    """A stable pseudo-random number below `modulus` for an id."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:8], "big") % modulus


def newsgraph_ids(data: Path) -> dict[str, list[str]]:
    """The article ids of each part of newsgraph."""
    parts = {}
    for part in ("train", "dev", "seeds"):
        with (data / "newsgraph" / f"{part}.jsonl").open(encoding="utf-8") as lines:
            parts[part] = [json.loads(line)["id"] for line in lines]
    return parts


def dev_sources(data: Path) -> set[str]:
    """`prefix_id` of every source article that stands in newsgraph dev."""
    return set(newsgraph_ids(data)["dev"])


def uk_government(data: Path) -> set[str]:
    """Ids that newsgraph gives the texts of re3d's folder "UK Government"."""
    with (data / "re3d" / "UK Government" / "documents.json").open(encoding="utf-8") as lines:
        return {f"re3d_{json.loads(line)['_id'][:12]}" for line in lines if line.strip()}


def held_out(identifier: str, annotated: set[str]) -> bool:
    """Whether a worldwide-ner article is held out; `annotated` are the ids newsgraph holds."""
    return identifier not in annotated and bucket(identifier, HELD_OUT_MODULUS) == 0
