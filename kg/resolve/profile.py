"""What linkage compares: one row for each name in each context, however many articles use it.

All local entities with one name and one context (the same countries, the same posts) are one
thing without question, so they share a row; that keeps the number of rows, and of pairs, near
the number of distinct names rather than the number of articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from kg.model import LocalId, Place
from kg.resolve.country import country_code
from kg.resolve.local import Local, Order
from kg.resolve.name import fold, skeleton
from kg.resolve.words import LEGAL_FORMS, SMALL_WORDS, SYNONYMS, is_generic

COMPANY = 20
"""Named things of its articles that a row keeps, the rarest ones: they tell most."""

SUFFIXES = frozenset("jr sr ii iii iv".split())
"""Words after a person's name that are no surname."""

ARTICLES = frozenset({"al", "abu", "abd", "bin", "bint", "ibn"})
"""Words inside Arabic names that a shorter form of the name leaves out."""

MIN_ACRONYM = 3
"""Letters of an acronym that may tie two organisations by itself; two-letter ones collide."""

KNOWN_ACRONYMS = frozenset({"eu", "un", "us", "uk"})
"""Acronyms of two letters that everybody reads alike."""


@dataclass
class Profile:
    """Local entities of one name and one context, and what there is to compare about them.

    `code` is the ISO code of a country or the GeoNames id of a place; the other fields are those
    of `Local`, taken together over `members`, which are in the order of their articles.
    """

    members: list[Local]
    code: str = ""
    countries: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    company: tuple[str, ...] = ()
    names: frozenset[str] = field(default=frozenset())

    @property
    def first(self) -> Local:
        """The local entity of the earliest article."""
        return self.members[0]

    @property
    def id(self) -> LocalId:
        """What the row is called: its first member."""
        return self.members[0].id

    @property
    def family(self) -> str:
        """The kind of thing, within which names are compared."""
        return self.first.family

    @property
    def order(self) -> Order:
        """When the news first told of it."""
        return self.first.order

    @cached_property
    def documents(self) -> frozenset[str]:
        """The articles that speak of it."""
        return frozenset(local.id.document for local in self.members)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name, without what may follow a name or stand before it."""
        words = self.first.form
        if self.family == "person":
            kept = tuple(word for word in words if word not in SUFFIXES)
        elif self.family == "organization":
            kept = tuple(word for word in words if word not in LEGAL_FORMS)
        elif self.family == "group":
            kept = tuple(word.removesuffix("s") for word in words)
        else:
            kept = words
        return kept or words

    @property
    def form(self) -> str:
        """The name itself, comparable."""
        return " ".join(self.words)

    @cached_property
    def given(self) -> str:
        """A person's first name, as far as spellings of it agree; "" if only one is known."""
        if self.family != "person" or len(self.words) < 2:
            return ""
        return given_key(self.words[0])

    @property
    def middle(self) -> str:
        """The first letters of a person's names between the first and the last."""
        if self.family != "person":
            return ""
        return "".join(word[0] for word in self.words[1:-1] if word not in ARTICLES)

    @cached_property
    def surname(self) -> str:
        """A person's last name, as far as transliterations agree."""
        return skeleton(self.words[-1]) if self.family == "person" else ""

    @property
    def bare(self) -> bool:
        """Whether it is a person known by one word, which may be anybody's."""
        return self.family == "person" and len(self.words) == 1

    @cached_property
    def kin(self) -> frozenset[str]:
        """What a person may be called in short: last name, last two, first, all; skeletons."""
        if self.family != "person":
            return frozenset()
        kept = [word for word in self.words if word not in ARTICLES] or list(self.words)
        return frozenset(
            skeleton("".join(part)) for part in (kept[-1:], kept[-2:], kept[:1], self.words)
        )

    @cached_property
    def core(self) -> str:
        """An organisation's name in its usual words, those of a ministry in any order."""
        if self.family != "organization":
            return self.form
        words = " ".join(word for word in self.words if word not in SMALL_WORDS)
        for other, usual in SYNONYMS.items():
            words = words.replace(other, usual)
        split = words.split()
        return " ".join(sorted(set(split)) if "ministry" in split else split) or self.form

    @cached_property
    def acronym(self) -> str:
        """The acronym it is or may be called by; "" when it has none."""
        if self.family != "organization":
            return ""
        name = self.first.entity.name
        letters = name.replace(".", "")
        if letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 6:
            return letters.casefold()
        words = [word for word in fold(name).split() if word not in SMALL_WORDS]
        return "".join(word[0] for word in words) if len(words) > 1 else ""

    @property
    def is_acronym(self) -> bool:
        """Whether its name is an acronym itself."""
        return bool(self.acronym) and self.acronym == self.form.replace(" ", "")

    @cached_property
    def keys(self) -> frozenset[str]:
        """What another row must share one of to be compared with this one."""
        if not any(char.isalnum() for char in self.form):
            return frozenset()
        keys = {f"form {self.form}", f"bones {skeleton(self.core)}"}
        keys |= {f"form {self.form} of {country}" for country in self.countries}
        if self.family == "person":
            keys |= {f"kin {name}" for name in self.kin}
            keys |= {f"kin {self.surname} {self.words[0][0]}"}
        elif self.family == "organization":
            keys |= {f"core {self.core}", *(f"name {name}" for name in self.names)}
            if len(self.acronym) >= MIN_ACRONYM or self.acronym in KNOWN_ACRONYMS:
                keys.add(f"name {self.acronym}")
        if self.family not in ("person", "country"):
            keys |= {
                f"word {word}" for word in self.words if len(word) > 3 and not is_generic(word)
            }
        return frozenset(f"{self.family} {key}" for key in keys)


def telling_names(local: Local) -> Iterable[str]:
    """Names, folded, that by themselves say which organisation is meant."""
    for name in local.names:
        folded, letters = fold(name), name.replace(".", "")
        if is_generic(folded):
            continue
        if letters.isupper() and " " not in folded:
            acronym = letters.casefold()
            if len(acronym) >= MIN_ACRONYM or acronym in KNOWN_ACRONYMS:
                yield acronym
        elif " " in folded:
            yield folded


TELLING = 3
"""Consonants from which two given names that agree in them are spellings of one: Sergei, Sergey.
With fewer, chance is at work: John, Joan, Jane and June have two."""

_SAME_SOUNDS = (
    (re.compile("(?<=[aeiou])h"), ""),
    (re.compile("[eiy]+"), "i"),
    (re.compile("[ou]+"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@cache
def given_key(name: str) -> str:
    """What spellings and short forms of one given name have in common, and no other name has.

    A final a is kept: it tells Carla from Carlo.
    """
    if name in _nicknames():
        return f"={_nicknames()[name]}"
    bones = skeleton(name)
    if sum(letter not in "aeiou" for letter in bones) >= TELLING:
        return bones.removesuffix("a") + ("+a" if name.endswith("a") else "")
    for pattern, sound in _SAME_SOUNDS:
        name = pattern.sub(sound, name)
    return name


@cache
def _nicknames() -> dict[str, str]:
    text = files("kg.resolve").joinpath("data/nicknames.txt").read_text("utf-8")
    short: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            full = line.split()[0]
            for name in line.split():
                short.setdefault(name, full)
    return short


def profiles(found: Sequence[Local], places: Mapping[LocalId, Place]) -> list[Profile]:
    """The rows of all local entities but posts, in the order of their first articles.

    `places` are the linked places of `kg.resolve.toponyms`.
    """
    groups: dict[tuple[object, ...], list[Local]] = defaultdict(list)
    for local in sorted(found, key=lambda local: local.order):
        if local.family != "position":
            groups[_key(local, places)].append(local)
    common = spread(found)
    return [_profile(members, places, common) for members in groups.values()]


def _key(local: Local, places: Mapping[LocalId, Place]) -> tuple[object, ...]:
    """What local entities must share to be one row.

    A person known by one word, or a body whose name every country uses and whose country is not
    told, is a row for its article: only evidence ties it to another.
    """
    name = " ".join(local.form)
    family = local.family
    code = code_of(local, places)
    alone = not code and (
        (family == "person" and len(local.form) == 1)
        or (
            (family == "organization" and is_generic(fold(local.entity.name)))
            and not local.countries
        )
        or not any(char.isalnum() for char in name)
    )
    return (
        family,
        code or name,
        local.id.document if alone else "",
        *((local.countries, local.posts) if not code else ()),
    )


def code_of(local: Local, places: Mapping[LocalId, Place]) -> str:
    """The code that stands for the country or place everywhere; "" when there is none."""
    if local.family == "country":
        return country_code(local.entity.name) or ""
    place = places.get(local.id)
    return f"geonames {place.geonames}" if place else ""


def spread(found: Sequence[Local]) -> dict[str, int]:
    """In how many articles each name of a thing's company stands, countries left out."""
    articles: dict[str, set[str]] = defaultdict(set)
    for local in found:
        if local.family not in ("country", "position"):
            articles[fold(local.entity.name)].add(local.id.document)
    return {name: len(ids) for name, ids in articles.items() if len(ids) > 1}


def _profile(
    members: list[Local], places: Mapping[LocalId, Place], common: Mapping[str, int]
) -> Profile:
    names = {name for local in members for name in telling_names(local)}
    return Profile(
        members=members,
        code=code_of(members[0], places),
        countries=frozenset(country_code(c) or c for c in members[0].countries),
        posts=frozenset(f"{title} of {body}" for title, body in members[0].posts),
        company=_company(members, common),
        names=frozenset(names) if members[0].family == "organization" else frozenset(),
    )


def _company(members: Iterable[Local], common: Mapping[str, int]) -> tuple[str, ...]:
    """The rarest names around things that other articles know as well."""
    around = {name for local in members for name in local.company if name in common}
    return tuple(sorted(sorted(around, key=lambda name: (common[name], name))[:COMPANY]))


def merged(rows: Sequence[Profile], common: Mapping[str, int]) -> Profile:
    """One row for things found to be one, under the fullest name; `common` as `spread` gives."""
    fullest = max(rows, key=lambda row: (len(row.words), len(row.form), row.form))
    members = [local for row in rows for local in row.members]
    members.sort(key=lambda local: (local.form != fullest.first.form, local.order))
    return Profile(
        members=members,
        code=next((row.code for row in rows if row.code), ""),
        countries=frozenset().union(*(row.countries for row in rows)),
        posts=frozenset().union(*(row.posts for row in rows)),
        company=_company(members, common),
        names=frozenset().union(*(row.names for row in rows)),
    )
