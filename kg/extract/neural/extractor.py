"""The trained extractor: one reading of the text, and every statement with its words.

The encoder reads the article once. Names are found first and tied into entities, pronouns and
descriptions are resolved to them, triggers are found and joined into events, and then pairs of
mentions and triggers are asked for relations and roles. Dates and numbers are read by rules from
the phrases the network points at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from kg.extract.neural.amend import amended
from kg.extract.neural.drafting import Drafter
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.entities import Group, entities_of
from kg.extract.neural.events import Happening, events_of
from kg.extract.neural.heads import Heads, softmax
from kg.extract.neural.labels import labelled
from kg.extract.neural.mentions import UNKNOWN, Mentions, candidates, resolve, rows_of
from kg.extract.neural.names import names_of
from kg.extract.neural.relations import Tie, relations_of
from kg.extract.neural.settings import Settings
from kg.extract.neural.weights import FOLDER, Model, load, version
from kg.model import Document, Extraction

VERSION = "1"
"""Raised when the code changes what it finds with the same weights."""


@dataclass(frozen=True)
class Found:
    """What the network found in a text, still in words and numbers."""

    encoding: Encoding
    groups: list[Group]
    mentions: Mentions
    triggers: list[tuple[int, int]]
    events: list[Happening]
    ties: list[Tie]


def named(heads: Heads, settings: Settings, encoding: Encoding) -> tuple[list[Group], Mentions]:
    """The entities of an encoded text, and all their mentions."""
    states, sentence_of = encoding.states, encoding.sentence_of
    adjectives = 1.0 - softmax(heads.layer("demonym", states))[:, 0]
    names = names_of(
        encoding,
        labelled(heads.layer("name", states), sentence_of, outside=settings.name_outside),
        np.asarray(adjectives, dtype=np.float32),
        sure=settings.name_sure,
    )
    groups = entities_of(names)
    nominals = labelled(
        heads.layer("nominal", states), sentence_of, outside=settings.nominal_outside
    )
    mentions = candidates(encoding, groups, nominals)
    resolve(heads, encoding, mentions, groups, bias=settings.nothing)
    return groups, mentions


def find(heads: Heads, settings: Settings, encoding: Encoding) -> Found:
    """Everything the heads say of an encoded text."""
    groups, mentions = named(heads, settings, encoding)
    types = np.array([group.type for group in groups], dtype=np.int64)
    known = np.append(types, UNKNOWN)[mentions.entity]  # entity -1 takes the last: unknown
    rows = rows_of(heads, encoding, mentions, known)
    triggers = labelled(
        heads.layer("trigger", encoding.states),
        encoding.sentence_of,
        outside=settings.trigger_outside,
    )
    events = events_of(heads, encoding, mentions, rows, triggers, settings)
    ties = relations_of(heads, encoding, mentions, rows, types, settings)
    ties = amended(ties, encoding, mentions, groups)
    return Found(encoding, groups, mentions, [(t.first, t.last) for t in triggers], events, ties)


class NeuralExtractor:
    """The extraction model that newsgraph ships. Weights are opened when first needed."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> Model:
        return load(self._folder)

    @property
    def name(self) -> str:
        """Name, version of the code, and the weights' hash."""
        return f"newsgraph-{VERSION}-{version(self._folder)}"

    @cached_property
    def _threads(self) -> ThreadpoolController:
        return ThreadpoolController()

    def extract(self, document: Document) -> Extraction:
        """Everything found in `document`, with offsets into its text."""
        model = self._model
        # The heads multiply small matrices: a second BLAS thread doubles the work (measured on
        # two cores) and gains no time; and one thread gives the same bits on every machine size.
        with self._threads.limit(limits=1, user_api="blas"):
            return self._read(document, model)

    def _read(self, document: Document, model: Model) -> Extraction:
        found = find(model.heads, model.settings, model.encoder.encode(document.text))
        return Drafter(document, found, model.settings).extraction(self.name)
