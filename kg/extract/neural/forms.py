"""How the names of one thing vary: short forms, acronyms, adjectives, slips of the pen."""

from __future__ import annotations

import re

from kg.extract.gazetteer import gazetteer

_LETTERS = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the and for in on de la el al von van bin y e du des".split())
_LEGAL = frozenset("inc ltd llc corp co plc company corporation limited group gmbh sa ag".split())
_SPELLED_OUT = {
    "us": ("united", "states"),
    "usa": ("united", "states"),
    "un": ("united", "nations"),
    "uk": ("united", "kingdom"),
    "eu": ("european", "union"),
    "st": ("saint",),
    "mt": ("mount",),
}
_KINDS = frozenset(
    "province county state region district city town village island river governorate "
    "municipality prefecture valley".split()
)
_COMMON = frozenset(
    "national royal supreme central federal general united new north south east west northern "
    "southern eastern western ministry department university bank state house court council "
    "party movement people republic democratic free great high upper lower first world "
    "international public city local office board committee union institute saint san al "
    "north-west security police army air coalition government commission foundation association "
    "agency center centre group forces alliance front school college hospital church street road "
    "lake mount port fort camp society network institute chamber embassy".split()
)
"""First words of so many bodies that alone they are no short form of one."""
SLIP = 6
"""Fewest letters of names that one wrong letter may keep apart."""


def words_of_name(surface: str) -> tuple[str, ...]:
    """The words of a name in small letters, without points, apostrophes and legal forms."""
    words = _LETTERS.findall(re.sub(r"(?<=\w)[.'’](?=\w)", "", surface).lower())
    return tuple(words)


def spelled_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with "UN" and the like written in full, where more words follow."""
    if len(words) < 2:
        return words
    return tuple(full for word in words for full in _SPELLED_OUT.get(word, (word,)))


def is_acronym(surface: str) -> bool:
    """Whether a name is made of two to eight capitals ("UNHCR", "U.S.")."""
    letters = re.sub(r"[.\s]", "", surface)
    return 2 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def stands_for(acronym: str, surface: str) -> bool:
    """Whether the acronym is made of the initials of the longer name."""
    letters = re.sub(r"[.\s]", "", acronym).lower()
    words = words_of_name(surface)
    if len(words) < 2:
        return False
    core = [word for word in words if word not in _SMALL]
    long = [word for word in spelled_out(words) if word not in _SMALL]
    return letters in ("".join(w[0] for w in every) for every in (words, core, long))


def short_of(short: tuple[str, ...], full: tuple[str, ...], *, person: bool) -> bool:
    """Whether `short` is a shorter form of the name `full`.

    A person: any run of its words ("Jilani", "Abbas Jilani"), initials left out or not. Others:
    the name without its legal form ("Apple", "Apple Inc."), without the country before it or the
    kind of place behind it, its first or last words, or a telling first word ("Sikorsky").
    """
    if not short or len(short) >= len(full):
        return False
    runs = [full[start : start + len(short)] for start in range(len(full) - len(short) + 1)]
    if person:
        if short in runs:
            return True
        # "Donald J. Trump", "Donald Trump": first and last word alike.
        return len(short) > 1 and short[0] == full[0] and short[-1] == full[-1]
    if short in (
        tuple(word for word in full if word not in _LEGAL),
        full[:-1] if full[-1] in _KINDS else (),
        _without_country(full),
    ):
        return True
    if len(short) == 1:
        return short[0] == full[0] and len(short[0]) > 3 and not _is_common(short[0])
    return short in (full[: len(short)], full[-len(short) :])


def _is_common(word: str) -> bool:
    known = gazetteer()
    title = word.title()
    return word in _COMMON or title in known.demonyms or known.place_type(title) is not None


def _without_country(full: tuple[str, ...]) -> tuple[str, ...]:
    """The name without a country's name or adjective before it ("U.S. Senate")."""
    known = gazetteer()
    for count in (1, 2):
        head = " ".join(full[:count])
        if known.country_of(head.upper()) or known.country_of(head.title()):
            return full[count:]
    return ()


def alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names are one but for spelling: "UN" written out, or one wrong letter."""
    if left == right or spelled_out(left) == spelled_out(right):
        return True
    one, two = " ".join(left), " ".join(right)
    if len(left) != len(right) or min(len(one), len(two)) < SLIP or one[:1] != two[:1]:
        return False
    return one.isalpha() == two.isalpha() and not _digits(one + two) and _one_slip(one, two)


def _digits(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _one_slip(one: str, two: str) -> bool:
    """Whether one letter is missing, added or another."""
    if len(one) > len(two):
        one, two = two, one
    if len(two) - len(one) > 1 or one + "s" == two:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    return one[start + (len(one) == len(two)) :] == two[start + 1 :]


def adjective_of(adjective: str, place: str) -> bool:
    """Whether the adjective is made of the place ("African", "European", "Latin American")."""
    one, two = adjective.lower(), place.lower()
    return any(one == two + end for end in ("n", "an", "ian", "ese", "i", "ish")) or (
        two.endswith(("a", "e", "o", "y")) and one in (two[:-1] + "an", two[:-1] + "ian")
    )
