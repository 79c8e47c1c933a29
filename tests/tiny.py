"""An extractor that takes no time: full names are persons, "called" between two is a phone call.

For tests of what happens around extraction. `python -m tests.tiny build ...` is `kg build ...` with
it in the place of every extractor, also in the processes that it starts.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from dataclasses import replace

import kg.extract
from kg.model import Document, Extraction
from tests.factory import A, E, V, extraction

DEADLY, FAULTY, SLOW = "Deadly", "Faulty", "Slow"
"""Titles of documents that kill the process that reads them, make it fail, or take 0.2 s."""


class TinyExtractor:
    """Reads with two regular expressions. `seen` are the ids of what it has read."""

    name = "tiny-1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> Extraction:
        """Persons, and one phone call, in `document`."""
        self.seen.append(document.id)
        if document.title == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if document.title == FAULTY:
            raise ZeroDivisionError("no such luck")
        if document.title == SLOW:
            time.sleep(0.2)
        names = list(dict.fromkeys(re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", document.text)))
        ids = {name: f"e{number}" for number, name in enumerate(names, 1)}
        made = [E(id, "Person", name) for name, id in ids.items()]
        if call := re.search(r"([A-Z][a-z]+ [A-Z][a-z]+) called ([A-Z][a-z]+ [A-Z][a-z]+)",
                             document.text):  # fmt: skip
            roles = [A("participant", name, ids[name]) for name in call.groups()]
            made.append(V("v1", "PhoneCall", "called", *roles))
        return replace(extraction(document, made), extractor=self.name)


_ONLY = TinyExtractor()


def tiny(name: str = "") -> TinyExtractor:
    """The one tiny extractor of this process, whatever it is asked for as."""
    return _ONLY


def use() -> None:
    """Makes it the extractor that this process uses."""
    kg.extract.extractor = tiny  # type: ignore[assignment]
    for module in ("kg.pipeline", "kg.extract.pool"):
        __import__(module, fromlist=["extractor"]).extractor = tiny


if __name__ in ("__main__", "__mp_main__"):  # the latter is what a started process calls it
    use()

if __name__ == "__main__":
    from kg.__main__ import main

    main(sys.argv[1:])
