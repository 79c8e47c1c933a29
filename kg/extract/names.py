"""Names in a parsed document, each with the type it seems to have where it stands.

Three sources agree or outvote each other: spaCy's entity recogniser, the gazetteer with the
names known beforehand, and cue words ("Ministry", "Army"). A second pass finds every further
place where an accepted name stands, so that a name missed once is not lost, and a headline's
names count only when they stand in running text too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.cues import body_names, cued_names
from kg.extract.gazetteer import Gazetteer, gazetteer
from kg.extract.known import KnownNames
from kg.extract.lexicon import words
from kg.extract.name import TAGGED, Name
from kg.extract.parse import Parse
from kg.extract.titles import Title, find_titles, iter_tokens
from kg.extract.trim import is_namelike, trimmed, widened

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "City",
    "LOC": "Region",
    "FAC": "Facility",
    "NORP": "PopulationGroup",
    "LAW": "Agreement",
}
"""spaCy's labels (OntoNotes 5) that can name an entity of the inventory, with the nearest type."""

PLACES = ("Country", "Region", "City")


def find_names(parse: Parse, matcher: KnownNames) -> tuple[list[Name], list[Title]]:
    """All names of the document in text order, none overlapping another, and all titles."""
    places = gazetteer()
    known = list(matcher.names(parse))
    titles = find_titles(parse, {token for name in known for token in range(name.start, name.end)})
    barred = frozenset(iter_tokens(titles))
    tagged = [name for name in _tagged(parse, places, barred) if not name.headline]
    cued = [*cued_names(parse, barred), *body_names(parse)]
    titled = list(_titled(parse, titles))
    inside = [name for name in known if name.start not in barred or name.type in PLACES]
    first = _longest_first([*inside, *tagged, *cued, *titled], parse)
    return _recurring(parse, _trusted(first), matcher), titles


def _tagged(parse: Parse, places: Gazetteer, barred: frozenset[int]) -> Iterator[Name]:
    """spaCy's entities, trimmed to the bare name."""
    doc = parse.doc
    for entity in doc.ents:
        kind = LABELS.get(entity.label_)
        if kind is None:
            continue
        bounds = trimmed(doc, *_outside(entity.start, entity.end, barred), kind)
        if bounds is None:
            continue
        start, end = bounds
        surface = doc[start:end].text
        if not is_namelike(doc, start, end, kind):
            continue
        weight = TAGGED
        if entity.label_ in ("GPE", "LOC", "NORP"):
            kind = places.place_type(surface) or kind
        yield Name(start, end, surface, kind, weight, False, parse.in_headline(doc[start]))


def _titled(parse: Parse, titles: list[Title]) -> Iterator[Name]:
    """Capitalised words right after a capitalised title: "Foreign Secretary Philip Hammond"."""
    doc = parse.doc
    skipped = words("titles", "civil", "ranks") | words("titles", "civil", "honorifics")
    for title in titles:
        start = title.end
        if not doc[title.head].text[0].isupper() or parse.in_headline(doc[title.head]):
            continue
        while start < len(doc) and doc[start].lower_ in skipped:
            start += 1
        if start >= len(doc) or doc[start].is_sent_start or not _can_begin(doc, start):
            continue
        start, end = widened(doc, start, start + 1)
        surface = doc[start:end].text
        if start >= title.end and is_namelike(doc, start, end, "Person"):
            yield Name(start, end, surface, "Person", TAGGED)


def _can_begin(doc: Doc, start: int) -> bool:
    token = doc[start]
    return (
        token.pos_ == "PROPN"
        and token.is_title
        and token.is_alpha
        and len(token) > 1
        and token.ent_type_ in ("", "PERSON", "ORG", "GPE")
    )


def _trusted(names: list[Name]) -> list[Name]:
    """The names without those that only a single doubtful tag speaks for.

    On newsgraph train two of three single words that spaCy calls an organisation, and that no cue
    or list confirms, are products, words or parts of other names; told twice they are mostly right.
    An adjective called a people is one only in the plural.
    """
    told = Counter(name.surface for name in names if name.weight)
    kept = []
    for name in names:
        doubtful = name.weight <= TAGGED and " " not in name.surface
        if doubtful and name.type == "Organization" and told[name.surface] < 2:
            continue
        if (
            name.weight <= TAGGED
            and name.type == "PopulationGroup"
            and not name.surface.endswith("s")
        ):
            continue
        kept.append(name)
    return kept


def _outside(start: int, end: int, barred: frozenset[int]) -> tuple[int, int]:
    """The last stretch of the tokens that belongs to no title."""
    while end > start and end - 1 in barred:
        end -= 1
    inner = [token for token in range(start, end) if token in barred]
    return (inner[-1] + 1 if inner else start), end


def _longest_first(names: list[Name], parse: Parse) -> list[Name]:
    """The names of which none overlaps another; longer ones first, then weightier ones."""
    taken = bytearray(len(parse.doc))
    kept = []
    votes: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[name.start, name.end][name.type] += name.weight
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.weight, n.start, n.type)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
            kept.append(name)
    return sorted(kept)


def _add_surname(doc: Doc, name: Name, best: dict[str, Name]) -> None:
    """Add the last word of a person's full name, with what a hyphen joins to it."""
    start = name.end - 1
    while start - 2 >= name.start and doc[start - 1].text == "-":
        start -= 2
    surname = doc[start : name.end].text
    if start > name.start and surname[0].isupper() and len(surname) > 3:
        kept = Name(start, name.end, surname, "Person", TAGGED, headline=name.headline)
        best.setdefault(surname, kept)


def _recurring(parse: Parse, found: list[Name], matcher: KnownNames) -> list[Name]:
    """The names, and every further place where one of them stands."""
    best: dict[str, Name] = {}
    for name in found:
        if name.surface not in best or name.weight > best[name.surface].weight:
            best[name.surface] = name
    for name in list(best.values()):
        if name.type == "Person":
            _add_surname(parse.doc, name, best)
    new = [surface for surface in best if len(surface) > 1 and surface not in matcher.types]
    if not new:
        return found
    doc = parse.doc
    at = {(name.start, name.end): name for name in found}
    everywhere = list(found)
    for _, start, end in matcher.matcher_of(new)(doc):
        if (start, end) not in at:
            name = best[doc[start:end].text]
            headline = parse.in_headline(doc[start])
            everywhere.append(Name(start, end, name.surface, name.type, 0, name.demonym, headline))
    return _longest_first(everywhere, parse)
