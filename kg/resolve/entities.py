"""Which local entities are the same thing: decided form by form, with a reason for each merge.

Works on name forms, not on pairs of mentions: all local entities of one form are one, unless
the form is too common to tell; forms are then compared within small blocks. That keeps the cost
near-linear in the number of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from kg.model import Decision, LocalId
from kg.resolve.cluster import Clusters
from kg.resolve.country import country_code
from kg.resolve.local import Local
from kg.resolve.name import alike, fold, skeleton, spelt_alike

Join = tuple[Local, Local, float, str]

PUBLIC_BODIES = ("GovernmentBody", "MilitaryUnit", "Organization")
"""Types whose names every country repeats. An "Army of Justice" that is an armed group is one."""

MIN_ACRONYM = 3
"""Letters of an acronym that may tie two organisations by itself; two-letter ones collide."""


def cluster(found: Sequence[Local]) -> tuple[list[list[Local]], list[Decision]]:
    """Sets of local entities that are one thing, and the decisions that made them.

    `found` is in the order of articles; positions are left out (see `positions`).
    """
    by_id = {local.id: local for local in found if local.family != "position"}
    clusters = Clusters(by_id)
    decisions: list[Decision] = []

    def decide(joins: Iterable[Join]) -> None:
        for left, right, score, reason in joins:
            if clusters.join(left.id, right.id):
                decisions.append(Decision(left.id, right.id, True, round(score, 3), reason))

    families: dict[str, list[Local]] = defaultdict(list)
    for local in by_id.values():
        families[local.family].append(local)
    for family in sorted(families):
        members = families[family]
        decide(_same_form(members))
        decide(_spelt_alike(members))
        if family == "organization":
            decide(_shared_names(members))
    decide(_short_persons(families["person"], clusters))
    sets = [[by_id[i] for i in ids] for ids in clusters.sets()]
    for members in sets:
        members.sort(key=lambda local: local.order)
    return sets, decisions


def _same_form(members: list[Local]) -> Iterable[Join]:
    """Entities of one family with one name."""
    first: dict[tuple[str, ...], Local] = {}
    for local in members:
        key = identity_key(local)
        if key not in first:
            first[key] = local
        elif (owner := first[key]).id != local.id:
            yield owner, local, 1.0, _same_reason(owner, local, key)


def identity_key(local: Local) -> tuple[str, ...]:
    """What two entities of one family must share to be one without further evidence.

    For a country the ISO code. For a body with a name that every country uses ("Foreign
    Ministry") the country it belongs to, or the article itself when it tells none. For a person
    known by one word only the article, since surnames are shared (see `_short_persons`).
    """
    name = " ".join(local.form)
    if local.family == "country":
        return ("country", country_code(local.entity.name) or name)
    if local.family == "person" and len(local.form) == 1:
        return (name, local.id.document)
    if local.entity.type in PUBLIC_BODIES and is_generic(name):
        return (name, *(sorted(local.countries)[:1] or [local.id.document]))
    if local.family == "group":
        name = name.removesuffix("s")
    return (name,)


def _same_reason(left: Local, right: Local, key: tuple[str, ...]) -> str:
    if key[0] == "country":
        return f"the same country ({key[1]})"
    if len(key) == 2 and left.family == "organization":
        return f"the same body, {left.entity.name!r} of {key[1]}"
    return f"the same name, {left.entity.name!r}"


def _spelt_alike(members: list[Local]) -> Iterable[Join]:
    """Entities whose names are two spellings of one, by skeleton and likeness."""
    blocks: dict[tuple[str, ...], dict[str, Local]] = defaultdict(dict)
    for local in members:
        key = identity_key(local)
        if local.family != "country":
            blocks[(skeleton(key[0]), *key[1:])].setdefault(key[0], local)
    for _, forms in sorted(blocks.items()):
        ordered = sorted(forms.items(), key=lambda item: item[1].order)
        for i, (name, local) in enumerate(ordered):
            for earlier_name, earlier in ordered[:i]:
                if spelt_alike(name, earlier_name):
                    reason = (
                        f"two spellings of one name, {earlier.entity.name!r} and "
                        f"{local.entity.name!r}"
                    )
                    yield earlier, local, alike(name, earlier_name), reason
                    break


def _shared_names(members: list[Local]) -> Iterable[Join]:
    """Organisations of which an article gives two names, one of them that of another entity.

    "Inter-Services Public Relations (ISPR)" in one article makes the ISPR of the next the same
    body. Only full names and acronyms count, and none that many bodies share.
    """
    owners: dict[str, Local] = {}
    for local in members:
        for name in local.names:
            key = fold(name)
            if not _tells(name, key):
                continue
            if key in owners and owners[key].id != local.id:
                yield owners[key], local, 0.9, f"both are called {name!r}"
            else:
                owners.setdefault(key, local)


def _tells(name: str, folded: str) -> bool:
    if is_generic(folded):
        return False
    if " " in folded:
        return True
    letters = name.replace(".", "")
    return letters.isupper() and len(letters) >= MIN_ACRONYM


def _short_persons(members: list[Local], clusters: Clusters[LocalId]) -> Iterable[Join]:
    """Persons known by part of a name, joined to the only full name it can stand for.

    "Amir Abdollahian" ends "Hossein Amir Abdollahian"; a bare surname further needs company: a
    third named thing, other than a country, that both articles speak of.
    """
    endings: dict[str, set[LocalId]] = defaultdict(set)
    by_id = {local.id: local for local in members}
    for local in members:
        for start in range(1, len(local.form)):
            endings[skeleton("".join(local.form[start:]))].add(clusters.root(local.id))
    for local in members:
        key = skeleton("".join(local.form))
        owners = {clusters.root(owner) for owner in endings.get(key, ())}
        owners.discard(clusters.root(local.id))
        if len(owners) != 1:
            continue
        full = _with_ending(local, [by_id[i] for i in clusters.members(next(iter(owners)))])
        if full is None or (len(local.form) == 1 and not _company(local, full)):
            continue
        reason = f"{local.entity.name!r} can only be {full.entity.name!r} among these articles"
        yield full, local, 0.8, reason


def _with_ending(local: Local, owners: list[Local]) -> Local | None:
    """The first of `owners` whose name ends in the name of `local`, letter by letter alike."""
    name = " ".join(local.form)
    for owner in sorted(owners, key=lambda owner: owner.order):
        for start in range(1, len(owner.form)):
            if spelt_alike(name, " ".join(owner.form[start:])):
                return owner
    return None


def _company(left: Local, right: Local) -> bool:
    if left.id.document == right.id.document:
        return True
    shared = left.company & right.company
    return any(country_code(name) is None for name in shared)


@cache
def _generic_words() -> frozenset[str]:
    text = files("kg.resolve").joinpath("data/generic.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_generic(folded: str) -> bool:
    """Whether a folded name consists of words that bodies of every country share."""
    return all(word in _generic_words() for word in folded.split())


def common_type(members: Sequence[Local]) -> str:
    """The type most mentions of a thing have; the more specific one on a tie."""
    votes: Counter[str] = Counter()
    for local in members:
        votes[local.entity.type] += 1 + sum(local.counts.values())
    return max(sorted(votes), key=lambda kind: (votes[kind], kind != "Organization"))
