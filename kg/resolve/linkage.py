"""Record linkage with Splink: how likely two rows are one thing, with the parts of each score.

The model is that of Fellegi and Sunter ("A Theory for Record Linkage", JASA 1969): every way in
which two rows agree or differ has a weight, log2 of how much commoner it is among rows of one
thing than among rows of two; the weights add up. Splink (Linacre et al., IJPDS 2022) does it in
SQL, here in an embedded DuckDB, and in Spark with the same settings. `data/linkage.json` holds
the trained model (`training/linkage.py` makes it), `data/surnames.json` how common surnames are:
sharing "Khan" says less than sharing "Amirabdollahian".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.resolve.name import skeleton
from kg.resolve.profile import Profile

if TYPE_CHECKING:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

MOST = 100
"""Rows that may share a blocking key. A commoner key tells little and would cost the square of
its rows; those rows meet under narrower keys."""

MOST_CONTEXTS = 1000
"""The same for the key of one whole name: a president stands in hundreds of contexts."""

Record = dict[str, Any]
"""A row as a table has it: values by column."""

KEPT = -4.0
"""Bits from which scores are kept; below lie pairs with nothing in common but a blocking key."""

COMPARISONS = ("name", "rarity", "code", "type", "countries", "posts", "company")
"""The parts of a score, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison of two rows: what was found (`level`), and its weight in bits."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows, by number, `left` below `right` when both are of one list.

    `weight` is the sum of prior and parts, in bits; `probability`, that both are one thing,
    follows from it.
    """

    left: int
    right: int
    weight: float
    probability: float
    parts: tuple[Part, ...]


def compare(rows: Sequence[Profile]) -> list[Pair]:
    """All pairs of rows worth comparing with their scores, sorted by row numbers."""
    blocks = _blocks([row.keys for row in rows])
    return _scored([_records(rows, blocks)]) if any(blocks) else []


def attach(short: Sequence[Profile], full: Sequence[Profile]) -> list[Pair]:
    """Pairs of a person known by one word and a full name it may stand for, with their scores.

    `left` numbers a row of `short`, `right` one of `full`. A word that more than `MOST` full names
    hold stands for none of them.
    """
    keys = _blocks([row.kin for row in full], least=1)
    held = {key for row in keys for key in row}
    asked = [sorted(row.kin & held) for row in short]
    if not any(asked):
        return []
    return _scored([_records(short, asked), _records(full, keys)])


def _blocks(keys: Sequence[frozenset[str]], *, least: int = 2) -> list[list[str]]:
    """The keys of each row that are shared, but not too widely."""
    shared = Counter(key for row in keys for key in row)
    return [
        sorted(
            key
            for key in row
            if least <= shared[key] <= (MOST_CONTEXTS if " form " in key else MOST)
        )
        for row in keys
    ]


def _scored(tables: list[list[Record]], *, least: float = KEPT) -> list[Pair]:
    """The scores of all blocked pairs that weigh at least `least` bits."""
    linker = _linker(tables)
    columns = ["unique_id_l", "unique_id_r", "match_weight", "match_probability"]
    if len(tables) > 1:
        columns += ["source_dataset_l"]
    for name in COMPARISONS:
        columns += [f"gamma_{name}", f"mw_{name}"]
    columns += ["mw_tf_adj_rarity"]
    predicted = linker.inference.predict(threshold_match_weight=least)
    wanted = f"select {', '.join(columns)} from {predicted.physical_name}"  # noqa: S608 - ours
    chosen = linker.misc.query_sql(wanted)  # type: ignore[no-untyped-call]
    levels = _levels()
    pairs = {_pair(record, levels) for record in chosen.as_record_list()}
    return sorted(pairs, key=lambda pair: (pair.left, pair.right))


def most_alike(left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Profile, Profile, Pair]:
    """The two rows, one of each list, with the highest score, whatever they share."""
    tables = [_records(rows, [["both"]] * len(rows)) for rows in (left, right)]
    for record in tables[1]:
        record["family"] = left[0].family  # only the blocking rule asks for it
    pair = max(
        _scored(tables, least=-1000.0), key=lambda pair: (pair.weight, -pair.left, -pair.right)
    )
    return left[pair.left], right[pair.right], pair


def waterfall(left: Profile, right: Profile, path: Path) -> None:
    """Writes Splink's waterfall chart of the score of two rows as a page that needs no network."""
    records = [{**row, "family": left.family} for row in _records([left, right], [["both"]] * 2)]
    linker = _linker([records])
    scored = linker.inference.predict()
    chart = linker.visualisations.waterfall_chart(scored.as_record_list())
    chart.save_offline_chart(str(path), overwrite=True, print_msg=False)


def _pair(record: Mapping[str, Any], levels: Mapping[str, Mapping[int, str]]) -> Pair:
    parts = []
    for comparison in COMPARISONS:
        level = levels[comparison][int(record[f"gamma_{comparison}"])]
        weight = float(record[f"mw_{comparison}"])
        weight += float(record.get(f"mw_tf_adj_{comparison}") or 0.0)
        parts.append(Part(comparison, level, round(weight, 2)))
    left, right = int(record["unique_id_l"]), int(record["unique_id_r"])
    # Of two tables the first comes first, and Splink orders them by name; within one it may not.
    if "source_dataset_l" not in record and left > right:
        left, right = right, left
    return Pair(
        left,
        right,
        round(float(record["match_weight"]), 3),
        round(float(record["match_probability"]), 4),
        tuple(parts),
    )


def _linker(tables: list[list[Record]]) -> Linker:
    """A Splink linker over one table, or between two, with the trained model."""
    from splink import Linker

    database = _database()
    settings = json.loads(_resource("linkage.json"))
    settings["link_type"] = "dedupe_only" if len(tables) == 1 else "link_only"
    registered = [
        database.register(_columns(table), dataset_display_name=f"rows_{number}")
        for number, table in enumerate(tables)
    ]
    linker = Linker(
        registered if len(registered) > 1 else registered[0],
        settings,
        log_level=None,
        validate_settings=False,
    )
    frequencies = surname_frequencies([record for table in tables for record in table])
    linker.table_management.register_term_frequency_lookup(
        database.register(_columns(frequencies), dataset_display_name="surnames"), "surname"
    )
    return linker


def _columns(records: Sequence[Record]) -> Any:
    """The records as an Arrow table with declared types: a column may be empty."""
    import pyarrow  # type: ignore[import-untyped]

    return pyarrow.table(
        {
            name: pyarrow.array([record[name] for record in records], type=_arrow_type(name))
            for name in records[0]
        }
    )


def _arrow_type(name: str) -> Any:
    import pyarrow

    if name == "unique_id":
        return pyarrow.int64()
    if name == "tf_surname":
        return pyarrow.float64()
    if name in ("single", "is_acronym", "bare"):
        return pyarrow.bool_()
    if name in ("blocks", "names", "kin", "countries", "posts", "company"):
        return pyarrow.list_(pyarrow.string())
    return pyarrow.string()


def _database() -> DuckDBAPI:
    """A database in memory: one thread, no network, no files, no extensions."""
    import duckdb
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    return DuckDBAPI(connection)


@cache
def _resource(name: str) -> str:
    return files("kg.resolve").joinpath(f"data/{name}").read_text("utf-8")


@cache
def _levels() -> dict[str, dict[int, str]]:
    """What each value of each comparison is called."""
    named: dict[str, dict[int, str]] = {}
    for comparison in json.loads(_resource("linkage.json"))["comparisons"]:
        levels = comparison["comparison_levels"]
        values = [-1] * sum(level.get("is_null_level", False) for level in levels)
        values += range(len(levels) - len(values) - 1, -1, -1)
        labels = (level["label_for_charts"] for level in levels)
        named[comparison["output_column_name"]] = dict(zip(values, labels, strict=True))
    return named


def surname_frequencies(records: Sequence[Record]) -> list[Record]:
    """How common each surname is: among the full names of the rows and of the training news."""
    counts = Counter[str](json.loads(_resource("surnames.json")))
    counts.update(record["surname"] for record in records if record["given"])
    for record in records:
        if record["surname"]:
            counts.setdefault(record["surname"], 1)
    total = sum(counts.values())
    return [
        {"surname": surname, "tf_surname": count / total}
        for surname, count in sorted(counts.items())
    ]


def _records(rows: Sequence[Profile], blocks: Sequence[list[str]]) -> list[Record]:
    """The rows as Splink takes them. None where there is nothing to compare."""
    return [
        {
            "unique_id": number,
            "blocks": keys,
            "family": row.family,
            "form": row.form,
            "joined": row.form.replace(" ", ""),
            "bones": skeleton(row.core),
            "code": row.code or None,
            "given": row.given or None,
            "initial": row.words[0][0] if row.given else None,
            "single": len(row.words[0]) == 1,
            "middle": row.middle,
            "surname": row.surname or None,
            "bare": row.bare,
            "kin": sorted(row.kin),
            "acronym": row.acronym or None,
            "is_acronym": row.is_acronym,
            "core": row.core,
            "names": sorted(row.names),
            "type": row.first.entity.type,
            "countries": sorted(row.countries) or None,
            "posts": sorted(row.posts) or None,
            "company": list(row.company) or None,
        }
        for number, (row, keys) in enumerate(zip(rows, blocks, strict=True))
    ]
