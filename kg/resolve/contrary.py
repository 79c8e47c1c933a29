"""What speaks against two rows being one thing, whatever else they share."""

from __future__ import annotations

from kg.resolve.name import alike, skeleton
from kg.resolve.profile import Profile

NATIONAL = ("GovernmentBody", "MilitaryUnit", "PoliticalParty")
"""Types of which every country has its own under the same name."""

SPELT = 0.85
"""Likeness from which two whole names are spellings of one even if their words are cut apart
differently: Amirabdollahian and Amir-Abdollahian."""


def contradiction(left: Profile, right: Profile) -> str:
    """Why the two cannot be one thing, or "" when they can."""
    if left.family != right.family:
        return "different kinds of thing"
    if left.code and right.code and left.code != right.code:
        return "different places"
    if left.family == "person":
        return _persons(left, right)
    if left.family == "place" and _disjoint(left.countries, right.countries):
        return f"one lies in {_told(left)}, the other in {_told(right)}"
    if left.family == "organization" and _told_apart(left, right):
        return "one article names both"
    national = left.first.entity.type in NATIONAL or right.first.entity.type in NATIONAL
    if national and _disjoint(left.countries, right.countries):
        return f"one belongs to {_told(left)}, the other to {_told(right)}"
    return ""


def _told_apart(left: Profile, right: Profile) -> bool:
    """Whether an article names both, each with a word the other lacks: a Front and an Army."""
    if not left.documents & right.documents:
        return False
    one, other = ({skeleton(word) for word in row.words} for row in (left, right))
    return len(one) > 1 and len(other) > 1 and bool(one - other) and bool(other - one)


def _told(row: Profile) -> str:
    return " or ".join(sorted(row.countries))


def _disjoint(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right and not left & right)


def _persons(left: Profile, right: Profile) -> str:
    if left.given and right.given and not names_agree(left, right):
        return f"different names, {left.first.entity.name!r} and {right.first.entity.name!r}"
    return _lives(left, right)


def names_agree(left: Profile, right: Profile) -> bool:
    """Whether two full names may be one person's."""
    if not _middles_agree(left, right):
        return False
    if _spelt(left, right) or _contained(left.form, right.form):
        return True
    if left.surname != right.surname:
        return True  # the score judges this: Gaddafi and Kadhafi
    single = min(len(left.words[0]), len(right.words[0])) == 1
    return left.given == right.given or (single and left.words[0][0] == right.words[0][0])


def _middles_agree(left: Profile, right: Profile) -> bool:
    """Whether the names between first and last can be one person's: H. W. is not W."""
    shorter, longer = sorted((left.words[1:-1], right.words[1:-1]), key=len)
    if {skeleton(word) for word in shorter} <= {skeleton(word) for word in longer}:
        return not any(len(word) == 1 for word in (*shorter, *longer)) or shorter[:1] in (
            (),
            longer[:1],
        )
    initials = "".join(word[0] for word in longer)
    return initials.startswith("".join(word[0] for word in shorter))


def _spelt(left: Profile, right: Profile) -> bool:
    """Whether the names are two spellings of one, as wholes and in their first names."""
    return (
        skeleton(left.form) == skeleton(right.form)
        and alike(left.form, right.form) >= SPELT
        and (left.given == right.given or len(left.words) != len(right.words))
    )


def _contained(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    return f" {longer} ".startswith(f" {shorter} ") or f" {longer} ".endswith(f" {shorter} ")


def _lives(left: Profile, right: Profile) -> str:
    """Two of one name with other countries, no title in common and nobody around them shared.

    A country alone does not part them: an article about Iran may seem to give a Pakistani general
    to it. A title of both ("chief of army staff") outweighs that.
    """
    if not _disjoint(left.countries, right.countries):
        return ""
    if _titles(left) & _titles(right) or set(left.company) & set(right.company):
        return ""
    return f"one is of {_told(left)}, the other of {_told(right)}, with no one around them shared"


def _titles(row: Profile) -> set[str]:
    return {title for local in row.members for title, _ in local.posts}
