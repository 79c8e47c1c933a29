"""What a web page leaves around an article: "Leave a Comment", "Advertisement", "Read more: ..."

The patterns lie in `data/furniture.txt`, where they can be read and extended. A pattern takes
whole lines only, so that the article's own sentences are never touched.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _pattern() -> re.Pattern[str]:
    lines = files("kg.read").joinpath("data/furniture.txt").read_text("utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether `line`, as a whole, is web furniture and not part of an article."""
    return _pattern().fullmatch(line.strip()) is not None
