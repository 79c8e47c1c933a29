"""`python -m training.linkage`: the model by which entities of many articles are linked.

    python -m training.linkage --data ../shared/data --cache build/linkage.sqlite

Writes `kg/resolve/data/linkage.json` (a Splink model) and `surnames.json`. Two sources teach two
kinds of comparison, as labelled pairs (m) against pairs drawn at random (u):

* how names of one thing differ ("name"): newsgraph train, where every entity of an
  article stands with all its names; each distinct name is a row, labelled with its entity;
* what contexts of one thing share ("type", "countries", "posts", "company", "code"), and how often
  articles give it the same name: the entities that the extractor finds in ECB+ train and in every
  other article of MEANTIME, labelled with the gold thing that most of their mentions refer to.

Half a pair is added to every count, so that what was never seen is unlikely but not impossible.
Surnames are counted over the persons of newsgraph train and worldwide-ner.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.evaluate import mentions
from kg.evaluate.alignment import match_phrases
from kg.evaluate.mentions import MentionsGold
from kg.extract import extractor
from kg.extract.archive import Archive, key_of
from kg.extract.record import from_record
from kg.model import Entity, Extraction, MentionKind
from kg.resolve.linkage import _columns, _database, _records
from kg.resolve.local import Local, locals_of
from kg.resolve.name import skeleton
from kg.resolve.profile import Profile, profiles
from kg.resolve.toponyms import link

TARGET = Path("kg/resolve/data")
PAIRS = 2e6
"""Random pairs for u."""
PRIOR = 1e-3
"""How many of the pairs that share a blocking key are one thing when nothing else is known, as
order of magnitude; the threshold of clustering is chosen given it."""
RAREST = 1e-4
"""No surname counts as rarer than one in ten thousand: the counts know no better."""
BOTH_FULL = "l.given is not null and r.given is not null"
SAME_SURNAME = f"l.surname = r.surname and {BOTH_FULL}"
SAME_GIVEN = "l.given = r.given"
INITIAL = "l.initial = r.initial and (l.single or r.single)"
MIDDLES_AGREE = (
    "(l.middle = '' or r.middle = '' "
    "or l.middle like '%' || r.middle || '%' or r.middle like '%' || l.middle || '%')"
)
NAME_LEVELS = (
    ("same name", "l.form = r.form"),
    (
        "two spellings of one name",
        f"l.bones = r.bones and (l.given is null or r.given is null or {SAME_GIVEN} "
        "or l.given like r.given || '%' or r.given like l.given || '%') "
        "and jaro_winkler_similarity(l.joined, r.joined) >= 0.8",
    ),
    ("same words", "l.family = 'organization' and l.core = r.core"),
    (
        "acronym",
        "l.family = 'organization' and ((l.is_acronym or r.is_acronym) and l.acronym = r.acronym)",
    ),
    ("a name in common", "array_length(list_intersect(l.names, r.names)) >= 1"),
    ("same first and last name", f"{SAME_SURNAME} and {SAME_GIVEN} and {MIDDLES_AGREE}"),
    ("same last name and initial", f"{SAME_SURNAME} and {INITIAL} and {MIDDLES_AGREE}"),
    ("other middle name", f"{SAME_SURNAME} and ({SAME_GIVEN} or {INITIAL})"),
    (
        "one name goes on",
        f"{BOTH_FULL} and (l.form like r.form || ' %' or r.form like l.form || ' %')",
    ),
    (
        "one name ends the other",
        "l.family = 'person' and (l.form like '% ' || r.form or r.form like '% ' || l.form)",
    ),
    (
        "last name of the other, spelt otherwise",
        "l.family = 'person' and (l.bare or r.bare) and (l.surname = r.surname "
        "or (length(l.bones) > 5 and r.bones like '%' || l.bones) "
        "or (length(r.bones) > 5 and l.bones like '%' || r.bones))",
    ),
    (
        "first name of the other",
        "(l.bare and r.form like l.form || ' %') or (r.bare and l.form like r.form || ' %')",
    ),
    ("other first name", SAME_SURNAME),
    ("alike", "jaro_winkler_similarity(l.joined, r.joined) >= 0.93"),
    (
        "one name holds the other",
        "l.family <> 'person' and (' ' || l.form || ' ' like '% ' || r.form || ' %' "
        "or ' ' || r.form || ' ' like '% ' || l.form || ' %')",
    ),
)
"""Label and condition; the first that holds is taken."""


def _level(label: str, condition: str) -> dict[str, Any]:
    import re

    sql = re.sub(r"\b([lr])\.(\w+)", r'"\2_\1"', condition)
    return {"sql_condition": sql, "label_for_charts": label}


def _null(label: str, column: str) -> dict[str, Any]:
    condition = f"l.{column} is null or r.{column} is null"
    return {**_level(label, condition), "is_null_level": True}


def _otherwise(label: str) -> dict[str, Any]:
    return {"sql_condition": "ELSE", "label_for_charts": label}


def _shared(column: str, least: int) -> str:
    return f"array_length(list_intersect(l.{column}, r.{column})) >= {least}"


def settings() -> dict[str, Any]:
    """The comparisons and blocking rules, with no parameters yet."""
    compared = {
        "name": [
            _null("no name", "form"),
            *(_level(*level) for level in NAME_LEVELS),
            _otherwise("other name"),
        ],
        "rarity": [
            _null("no last name", "surname"),
            {
                **_level("how rare the shared last name is", "l.surname = r.surname"),
                "tf_adjustment_column": "surname",
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": RAREST,
            },
            _otherwise("another last name"),
        ],
        "code": [
            _null("not both known to a gazetteer", "code"),
            _level("same place or country", "l.code = r.code"),
            _otherwise("other place or country"),
        ],
        "type": [
            _null("no type", "type"),
            _level("same type", "l.type = r.type"),
            _otherwise("other type"),
        ],
        "countries": [
            _null("no country told", "countries"),
            _level("a country in common", _shared("countries", 1)),
            _otherwise("other countries"),
        ],
        "posts": [
            _null("no post told", "posts"),
            _level("a post in common", _shared("posts", 1)),
            _otherwise("other posts"),
        ],
        "company": [
            _null("no company told", "company"),
            *(
                _level(f"{least} or more shared names around", _shared("company", least))
                for least in (4, 2)
            ),
            _level("a shared name around", _shared("company", 1)),
            _otherwise("no shared names around"),
        ],
    }
    return {
        "link_type": "dedupe_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": PRIOR,
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": "l.blocks = r.blocks and l.family = r.family",
                "sql_dialect": "duckdb",
                "arrays_to_explode": ["blocks"],
            }
        ],
        "comparisons": [
            {"output_column_name": name, "comparison_levels": levels}
            for name, levels in compared.items()
        ],
    }


Counts = dict[str, dict[str, list[float]]]
"""For each comparison and label, how many labelled and how many random pairs show it."""


def named_rows(data: Path) -> tuple[list[Profile], list[str]]:
    """A row for each distinct name of each entity of newsgraph train, and what it names."""
    rows, labels = [], []
    for line in (data / "newsgraph" / "train.jsonl").read_text("utf-8").splitlines():
        try:
            extraction = from_record(json.loads(line))
        except ValueError:
            continue  # one record has a date that is none
        except Exception as error:
            if "isoformat" not in str(error):
                raise
            continue
        renamed = _one_entity_a_name(extraction)
        found = locals_of([renamed])
        for local in found:
            if local.family != "position":
                rows.extend(profiles([local], {}))
                labels.append(f"{local.id.document} {local.id.id.partition('/')[0]}")
    return rows, labels


def _one_entity_a_name(extraction: Extraction) -> Extraction:
    """The same article as if each name of an entity were an entity of its own."""
    from dataclasses import replace

    text = extraction.document.text
    split: list[Entity] = []
    for entity in extraction.entities:
        names: dict[str, list[Any]] = {}
        for mention in entity.mentions:
            if mention.kind is MentionKind.NAME:
                names.setdefault(mention.span.of(text), []).append(mention)
        split += [
            Entity(f"{entity.id}/{number}", entity.type, name, tuple(found))
            for number, (name, found) in enumerate(sorted(names.items()))
        ]
    return replace(extraction, entities=tuple(split), relations=(), events=())


def context_rows(data: Path, archive: Archive) -> tuple[list[Profile], list[str]]:
    """A row for each entity found in ECB+ train and half of MEANTIME, and the thing it is."""
    rows: list[Profile] = []
    labels: list[str] = []
    for gold in (
        mentions.read(data / "ecbplus", "train")[1],
        mentions.read(data / "meantime")[1][::2],
    ):
        extracted = [extracted_by(article, archive) for article in gold]
        found = locals_of(extracted)
        places = link(found)
        things = {
            (article.document.id, entity.id): _thing(article, entity)
            for article, extraction in zip(gold, extracted, strict=True)
            for entity in extraction.entities
        }
        kept = [local for local in found if things.get((local.id.document, local.id.id))]
        grouped = {row.id: row for local in kept for row in _alone(local, found, places)}
        for local in kept:
            if local.id in grouped:
                rows.append(grouped[local.id])
                labels.append(things[local.id.document, local.id.id])
    return rows, labels


def _alone(local: Local, found: Sequence[Local], places: Any) -> list[Profile]:
    """The row of one local entity by itself, with the company it has among all."""
    return [] if local.family == "position" else [_row(local, _spread_of(found), places)]


_spreads: dict[int, Any] = {}


def _spread_of(found: Sequence[Local]) -> Any:
    from kg.resolve.profile import spread

    if id(found) not in _spreads:
        _spreads[id(found)] = spread(found)
    return _spreads[id(found)]


def _row(local: Local, spread: Any, places: Any) -> Profile:
    from kg.resolve.profile import _profile

    return _profile([local], places, spread)


def extracted_by(article: MentionsGold, archive: Archive) -> Extraction:
    """What the default extractor finds in the article, from the archive if it is there."""
    tool = extractor()
    key = key_of(article.document, tool.name)
    if not archive.holds(key):
        archive.add(key, tool.extract(article.document))
    return next(iter(archive.extractions([key])))


def _thing(article: MentionsGold, entity: Entity) -> str | None:
    """The gold thing that most of the entity's mentions refer to."""
    votes = Counter(
        gold.thing
        for mention in entity.mentions
        for gold in article.entities
        if match_phrases(mention.span, gold.span)
    )
    return max(sorted(votes), key=lambda thing: votes[thing]) if votes else None


def count(rows: Sequence[Profile], labels: Sequence[str]) -> Counts:
    """Labelled pairs by Splink's label join, random pairs by its sampling, level by level."""
    from splink import Linker

    made = settings()
    records = [
        {**record, "label": label}
        for record, label in zip(_records(rows, [["any"]] * len(rows)), labels, strict=True)
    ]
    database = _database()
    linker = Linker(
        database.register(_columns(records), dataset_display_name="rows"),
        made,
        log_level=None,
        validate_settings=False,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=1)
    linker.training.estimate_m_from_label_column("label")
    trained = linker.misc.save_model_to_json()
    labelled = sum(n * (n - 1) // 2 for n in Counter(labels).values())
    counts: Counts = {}
    for comparison in trained["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                counts.setdefault(comparison["output_column_name"], {})[
                    level["label_for_charts"]
                ] = [
                    float(level.get("m_probability") or 0) * labelled,
                    float(level.get("u_probability") or 0) * PAIRS,
                ]
    return counts


def fitted(names: Counts, contexts: Counts) -> dict[str, Any]:
    """The settings with m and u of every level."""
    made = settings()
    for comparison in made["comparisons"]:
        name = comparison["output_column_name"]
        counts = (names if name in ("name", "rarity") else contexts)[name]
        if name == "name":
            # An article writes most names one way; how often articles agree, only they tell.
            seen = {label: pair[0] for label, pair in contexts[name].items()}
            counts = {label: [m + seen[label], u] for label, (m, u) in counts.items()}
        totals = [sum(pair[side] + 0.5 for pair in counts.values()) for side in (0, 1)]
        for level in comparison["comparison_levels"]:
            if level.get("is_null_level"):
                continue
            m, u = counts[level["label_for_charts"]]
            level["m_probability"] = (m + 0.5) / totals[0]
            level["u_probability"] = (u + 0.5) / totals[1]
            if name == "rarity":
                # That last names agree is counted under "name"; here only how rare they are.
                level["m_probability"] = level["u_probability"]
    return made


def surnames(data: Path, rows: Iterable[Profile]) -> dict[str, int]:
    """How often each surname occurs among different full names, twice or more."""
    names = {row.form for row in rows if row.family == "person" and row.given}
    person: list[str] = []
    for line in (data / "worldwide-ner" / "train.tsv").read_text("utf-8").splitlines():
        word, _, tag = line.partition("\t")
        if tag.startswith("I-Person") and person:
            person.append(word)
            continue
        if len(person) > 1:
            names.add(" ".join(person).casefold())
        person = [word] if tag.startswith("B-Person") else []
    counted = Counter(skeleton(name.split()[-1]) for name in sorted(names))
    return {name: n for name, n in sorted(counted.items()) if n > 1 and name}


def report(model: dict[str, Any]) -> Iterable[str]:
    """Every level with its weight in bits."""
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                m, u = level["m_probability"], level["u_probability"]
                yield (
                    f"{comparison['output_column_name']:10} {level['label_for_charts']:42} "
                    f"m {m:.5f} u {u:.6f} weight {math.log2(m / u):6.2f}"
                )


def main() -> None:
    """Count, fit, write."""
    options = argparse.ArgumentParser(prog="python -m training.linkage", description=__doc__)
    options.add_argument("--data", default="../shared/data", type=Path)
    options.add_argument("--cache", default="build/linkage.sqlite", type=Path)
    chosen = options.parse_args()
    rows, labels = named_rows(chosen.data)
    names = count(rows, labels)
    with Archive(chosen.cache) as archive:
        contexts = count(*context_rows(chosen.data, archive))
    model = fitted(names, contexts)
    (TARGET / "linkage.json").write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    counted = surnames(chosen.data, rows)
    (TARGET / "surnames.json").write_text(json.dumps(counted, indent=0) + "\n", "utf-8")
    print("\n".join(report(model)))


if __name__ == "__main__":
    main()
