"""Names of one article that mean the same thing, made one entity with one type.

Joined are: equal names (but for hyphens, accents and apostrophes), short names with the one full
name that holds them ("Jilani", "Jalil Abbas Jilani"), transliterations with the same consonants
("Balochistan", "Baluchestan"), acronyms with the name they stand for, and the names and
adjectives of one country. A short name that fits two full names joins the one that went before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.cues import cue_type
from kg.extract.gazetteer import folded, gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.name import CONTEXT, CUE, KNOWN, Name
from kg.extract.parse import Parse
from kg.extract.titles import Title
from kg.extract.trim import ARTICLE_FORMS
from kg.inventory import ORGANIZATION_TYPES
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LETTERS = re.compile(r"[^\W_]+")
SKELETON = 4
"""Fewest consonants by which two spellings are told to be one name: with three, "Raisi" would
meet "Rouse"."""


@dataclass
class Cluster:
    """An entity in the making: its names, later its pronouns and descriptions."""

    type: str
    name: str
    names: list[Name]
    others: list[tuple[int, int, MentionKind]] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The token at which the entity is first named."""
        return self.names[0].start


def cluster(parse: Parse, names: Iterable[Name], titles: Iterable[Title]) -> list[Cluster]:
    """The entities that the names mean, in order of first mention."""
    titled = {title.end for title in titles}
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[_identity(name)].append(name)
    votes = {key: _votes(parse, group, titled) for key, group in groups.items()}
    parent = {key: key for key in groups}
    _join_short(groups, votes, parent)
    _join_spellings(groups, votes, parent)
    _join_acronyms(parse, groups, votes, parent)
    joined: dict[str, list[str]] = defaultdict(list)
    for key in groups:
        joined[_root(parent, key)].append(key)
    clusters = [
        _cluster([name for key in keys for name in groups[key]], [votes[key] for key in keys])
        for keys in joined.values()
    ]
    return sorted(clusters, key=lambda c: (c.first, c.name))


def _identity(name: Name) -> str:
    """What equal names have in common; the country for its names and adjectives."""
    if name.type == "Country":
        country = gazetteer().country_of(name.surface)
        if country:
            return f"country {country}"
    return "".join(parts(name.surface)) or name.surface


def parts(surface: str) -> list[str]:
    """The words of a name, folded, cut at hyphens; the forms of the Arabic article as "al"."""
    found = _LETTERS.findall(folded(surface).replace("'", ""))
    return ["al" if i > 0 and part in ARTICLE_FORMS else part for i, part in enumerate(found)]


def _votes(parse: Parse, names: list[Name], titled: set[int]) -> Counter[str]:
    """How often the names seem to be of each type; `titled` are the tokens after a title."""
    votes: Counter[str] = Counter()
    for name in names:
        votes[name.type] += name.weight
        if (
            name.start in titled
            and not cue_type(name.surface.split())
            and not name.surface.isupper()
        ):
            votes["Person"] += CONTEXT
        beside = _beside(parse, name)
        if beside:
            votes[beside] += CONTEXT
    return votes


def _beside(parse: Parse, name: Name) -> str | None:
    """The type told by a noun right beside the name."""
    doc = parse.doc
    nouns = _nouns_beside()
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.lower_ == "of" and name.start > 1:
        kind = nouns.get(doc[name.start - 2].lower_)
        if kind in ("City", "Region"):
            return kind
    if before is not None and not before.is_punct:
        if before.lower_ in nouns and nouns[before.lower_] not in ("City", "Region"):
            return str(nouns[before.lower_])
        if kind := _qualified(doc, before.i):
            return kind
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if after in nouns:
        return nouns[after]
    if name.end < len(doc) and (kind := _qualified(doc, name.end)):
        return kind
    root = doc[name.start : name.end].root
    for child in root.children:
        if child.dep_ == "appos" and child.i >= name.end:
            if child.lemma_ in nouns:
                return nouns[child.lemma_]
            if kind := _qualified(doc, child.i):
                return kind
    return None


@cache
def _nouns_beside() -> dict[str, str]:
    return {noun: kind for kind, found in lexicon("types")["beside"].items() for noun in found}


def _qualified(doc: Doc, position: int) -> str | None:
    """The type of "militant group" whose noun stands at `position`."""
    lists = lexicon("types")["beside_qualified"]
    token = doc[position]
    if token.lemma_.lower() not in lists["nouns"] or position == 0:
        return None
    before = doc[position - 1].lower_
    for kind, qualifiers in lists.items():
        if kind != "nouns" and before in qualifiers:
            return str(kind)
    return None


def _root(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _join(parent: dict[str, str], left: str, right: str) -> None:
    """Make two keys one; the earlier key (dict order is text order) stays the root."""
    a, b = _root(parent, left), _root(parent, right)
    if a != b:
        order = {key: number for number, key in enumerate((a, b))}
        parent[b if order[a] < order[b] else a] = a if order[a] < order[b] else b


def _leading(votes: Counter[str]) -> tuple[str, int]:
    """The type with most votes; ties go to the order of the alphabet."""
    kind, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return kind, weight


def _join_short(
    groups: dict[str, list[Name]], votes: dict[str, Counter[str]], parent: dict[str, str]
) -> None:
    """Short names of persons, and of bodies by their last words, with the full name."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        words = parts(group[0].surface)
        kind, _ = _leading(votes[key])
        if len(words) < 2 or len(words) > 8 or kind not in ("Person", *ORGANIZATION_TYPES):
            continue
        person = kind == "Person"
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                whole = end - start == len(words)
                if whole or (not person and (end < len(words) or end - start < 2)):
                    continue
                holders["".join(words[start:end])].append(key)
    for key, group in groups.items():
        kind, weight = _leading(votes[key])
        full = [k for k in holders.get(key, ()) if _may_be_short(kind, weight, votes[k])]
        full = list(dict.fromkeys(_root(parent, k) for k in full))
        if len(full) > 1:
            at = group[0].start
            before = [k for k in full if groups[k][0].start < at]
            full = [max(before, key=lambda k: groups[k][0].start)] if before else []
        if full and _root(parent, key) != full[0]:
            _join(parent, full[0], key)
            # The full name tells the type better than a part of it.
            votes[key] = Counter(dict.fromkeys(votes[key], 0))


def _may_be_short(kind: str, weight: int, full: Counter[str]) -> bool:
    """Whether a name of this type can be short for one of that: the same, or hardly sure."""
    other, _ = _leading(full)
    return kind == other or (weight < CUE and other == "Person" and kind != "Country")


def _join_spellings(
    groups: dict[str, list[Name]], votes: dict[str, Counter[str]], parent: dict[str, str]
) -> None:
    """Names of one type with the same consonants and the same first letter."""
    seen: dict[tuple[str, str], str] = {}
    for key, group in groups.items():
        kind, weight = _leading(votes[key])
        skeleton = consonants(parts(group[0].surface))
        if weight >= KNOWN or kind == "Country" or len(skeleton) < SKELETON:
            continue
        kind = "organisation" if kind in ORGANIZATION_TYPES else kind
        other = seen.setdefault((kind, skeleton), key)
        if other != key:
            _join(parent, other, key)


def consonants(words: list[str]) -> str:
    """The consonants of a name, doubled ones once, with the first letter whatever it is."""
    joined = "".join(word for word in words if word != "al")
    kept = joined[:1]
    for letter in joined[1:]:
        if letter not in "aeiouyhw" and letter != kept[-1]:
            kept += letter
    return kept


def _join_acronyms(
    parse: Parse,
    groups: dict[str, list[Name]],
    votes: dict[str, Counter[str]],
    parent: dict[str, str],
) -> None:
    """Acronyms with the one name of the article whose initials they are."""
    initials: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        words = [w for w in re.split(r"[\s\-]+", group[0].surface) if w[:1].isupper()]
        if len(words) > 2 or (len(words) == 2 and not key.startswith("country")):
            initials["".join(word[0] for word in words)].append(key)
    for key, group in groups.items():
        surface = group[0].surface.replace(".", "").replace(" ", "")
        if not surface.isupper() or not 2 <= len(surface) <= 8:
            continue
        full = [k for k in initials.get(surface, ()) if k != key and _is_body(votes[k])]
        if len(full) == 1:
            _join(parent, full[0], key)
            # What an acronym seems to be on its own tells nothing beside its full name.
            votes[key] = Counter(dict.fromkeys(votes[key], 0))


def _is_body(votes: Counter[str]) -> bool:
    return _leading(votes)[0] not in ("Person", "Country", "City")


def _cluster(names: list[Name], votes: list[Counter[str]]) -> Cluster:
    names = sorted(names)
    total: Counter[str] = Counter()
    for count in votes:
        total.update(count)
    kind, _ = _leading(total)
    return Cluster(kind, _fullest(kind, names), names)


def _fullest(kind: str, names: list[Name]) -> str:
    """The fullest form in the article; for a country its own name, even if only its adjective
    stands there."""
    if kind == "Country":
        plain = [name.surface for name in names if not name.demonym]
        country = gazetteer().country_of(names[0].surface)
        return country or (plain or [names[0].surface])[0]
    spellings = Counter(name.surface for name in names)
    return min(spellings, key=lambda s: (-len(parts(s)), -len("".join(parts(s))), s.isupper(), s))
