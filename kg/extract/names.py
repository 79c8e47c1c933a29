"""Names in a parsed document, each with the type it seems to have where it stands.

Three sources agree or outvote each other: spaCy's entity recogniser, the gazetteer with the
names known beforehand, and cue words ("Ministry", "Army"). A second pass finds every further
place where an accepted name stands, so that a name missed once is not lost, and a headline's
names count only when they stand in running text too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.gazetteer import Gazetteer, gazetteer
from kg.extract.lexicon import lexicon, words
from kg.extract.parse import Parse
from kg.extract.titles import Title, find_titles, iter_tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Token

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

KNOWN, CUE, CONTEXT, TAGGED = 100, 20, 5, 1
"""Weight of a vote for a type: a name known beforehand decides; a cue word inside the name beats
any number of tagger votes an article holds in practice; a describing noun beside it ("militant
group X") beats a few."""

PLACES = ("Country", "Region", "City")

LONGEST_NAME = 12
"""Tokens. The longest names of newsgraph train have 11; longer ones are lists or sentences."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name at tokens `start` to `end` (exclusive), as spelled, with a vote for its type."""

    start: int
    end: int
    surface: str
    type: str
    weight: int
    demonym: bool = False
    headline: bool = False


def find_names(parse: Parse, matcher: KnownNames) -> tuple[list[Name], list[Title]]:
    """All names of the document in text order, none overlapping another, and all titles."""
    places = gazetteer()
    known = list(matcher.names(parse))
    titles = find_titles(parse, {token for name in known for token in range(name.start, name.end)})
    barred = frozenset(iter_tokens(titles))
    tagged = [name for name in _tagged(parse, places, barred) if not name.headline]
    cued = [*_cued(parse, barred), *_bodies(parse, places)]
    inside = [name for name in known if name.start not in barred or name.type in PLACES]
    first = _longest_first([*inside, *tagged, *cued], parse)
    return _recurring(parse, first, matcher), titles


class KnownNames:
    """Finds the names that are known beforehand: gazetteer, adjectives of countries, word list."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        places = gazetteer()
        self.types = dict(places.sure_names())
        for kind, entry in lexicon("types").items():
            self.types |= {name: kind for name in entry.get("known", ())}
        self.demonyms = places.demonyms
        self.peoples = places.peoples
        self.matcher = self.matcher_of([*self.types, *self.demonyms, *self.peoples])

    def matcher_of(self, names: Iterable[str]) -> PhraseMatcher:
        """A matcher for exactly these names, as the pipeline's tokenizer cuts them."""
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self.nlp.vocab)
        matcher.add("name", [self.nlp.make_doc(name) for name in sorted(set(names))])
        return matcher

    def names(self, parse: Parse) -> Iterator[Name]:
        """The known names of the document; overlapping ones are all given."""
        doc = parse.doc
        for _, start, end in self.matcher(doc):
            surface = doc[start:end].text
            headline = parse.in_headline(doc[start])
            kind = self.types.get(surface)
            if kind is None and _is_people(doc, start, end, surface in self.peoples):
                yield Name(start, end, surface, "PopulationGroup", KNOWN, headline=headline)
            elif kind is None:
                yield Name(start, end, surface, "Country", KNOWN, True, headline)
            else:
                yield Name(start, end, surface, kind, KNOWN, False, headline)


def _is_people(doc: Doc, start: int, end: int, plural: bool) -> bool:
    """Whether an adjective of a country means its people ("Pakistanis", "two Chinese")."""
    if plural:
        return True
    return end < len(doc) and doc[end].lower_ in ("people", "peoples", "nationals", "citizens")


def _tagged(parse: Parse, places: Gazetteer, barred: frozenset[int]) -> Iterator[Name]:
    """spaCy's entities, trimmed to the bare name."""
    doc = parse.doc
    for entity in doc.ents:
        kind = LABELS.get(entity.label_)
        if kind is None:
            continue
        bounds = _trimmed(doc, *_outside(entity.start, entity.end, barred), kind)
        if bounds is None:
            continue
        start, end = bounds
        surface = doc[start:end].text
        if not _is_namelike(doc, start, end, kind):
            continue
        weight = TAGGED
        if entity.label_ in ("GPE", "LOC"):
            kind = places.place_type(surface) or kind
        yield Name(start, end, surface, kind, weight, False, parse.in_headline(doc[start]))


def _outside(start: int, end: int, barred: frozenset[int]) -> tuple[int, int]:
    """The last stretch of the tokens that belongs to no title."""
    while end > start and end - 1 in barred:
        end -= 1
    inner = [token for token in range(start, end) if token in barred]
    return (inner[-1] + 1 if inner else start), end


@cache
def _strippable() -> frozenset[str]:
    """Words in front of a person's name that are no part of it, in lower case."""
    titles = lexicon("titles")
    found = set(titles["heads"]) | set(titles["modifiers"]) | set(titles["passing"])
    found |= set(titles["civil"]["honorifics"]) | set(titles["civil"]["ranks"])
    return frozenset(found | set(titles["civil"]["prefixed"]) | {"&", "and"})


POSSESSIVE = ("'s", "’s", "'", "’", "`s")
ARTICLES = ("the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "both")


def _trimmed(doc: Doc, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The tokens of a name without articles, titles, possessive endings and punctuation."""
    for token in doc[start:end]:
        if token.is_space and token.i > start:
            end = token.i
            break
    while start < end and _droppable_before(doc[start], kind):
        start += 1
    while end > start and _droppable_after(doc[end - 1]):
        end -= 1
    if start < end:
        end = _past_article(doc, end)
    if kind == "Person" and start < end:
        start, end = _widened(doc, start, end)
    return (start, end) if 0 < end - start <= LONGEST_NAME else None


def _droppable_before(token: Token, kind: str) -> bool:
    if token.is_space or token.is_punct or token.lower_ in ARTICLES or token.text in POSSESSIVE:
        return True
    return kind == "Person" and token.lower_ in _strippable() and not _is_initial(token)


def _is_initial(token: Token) -> bool:
    return len(token) == 2 and token.text[0].isupper() and token.text[1] == "."


def _droppable_after(token: Token) -> bool:
    if token.is_space or token.text in POSSESSIVE:
        return True
    return token.is_punct and not (token.text in (")", ".") and len(token) > 1)


def _past_article(doc: Doc, end: int) -> int:
    """The end of a name cut before an Arabic article: "Jaish" of "Jaish ul-Adl"."""
    if end + 2 < len(doc) and doc[end].lower_ in ARTICLE_FORMS and doc[end + 1].text == "-":
        return end + 3 if doc[end + 2].text[0].isupper() else end
    return end


def _widened(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A person's name with the capitalised words that directly follow it."""
    sentence_end = doc[start].sent.end
    while (
        end < sentence_end
        and end - start < 5
        and doc[end].pos_ == "PROPN"
        and doc[end].is_title
        and doc[end].is_alpha
        and doc[end].ent_type_ in ("", "PERSON")
        and doc[end].lower_ not in _strippable()
        and doc[end - 1].whitespace_ == " "
        and (doc[end].dep_ in ("flat", "compound") or doc[end - 1].head == doc[end])
    ):
        end += 1
    return start, end


def _is_namelike(doc: Doc, start: int, end: int, kind: str) -> bool:
    """Whether the tokens can be a name: capitalised, no stop name, no verb or number alone."""
    tokens = doc[start:end]
    surface = tokens.text
    if surface.lower() in words("stops", "names") or not any(c.isalpha() for c in surface):
        return False
    if any(c in surface for c in "@/\\|<>{}[]_=#*\n\t"):
        return False
    capital = [token for token in tokens if any(c.isupper() for c in token.text)]
    if not capital or (kind == "Person" and not all(_is_name_part(t) for t in tokens)):
        return False
    if len(tokens) == 1:
        token = tokens[0]
        return token.pos_ in ("PROPN", "ADJ") or kind != "Person" and token.pos_ == "NOUN"
    return any(token.pos_ == "PROPN" for token in tokens)


ARTICLE_FORMS = frozenset({"al", "el", "ul", "ud", "ur", "as", "ash", "at", "an"})
"""Forms of the Arabic article between the parts of a name; the spelling varies freely."""
PARTICLES = frozenset(
    "al el ul ud ur bin ben ibn bint abu de del della di da do dos du la le van von der den ten y e "
    "bou ould san st. mac o' d' dal das zu zur und i".split()
)


def _is_name_part(token: Token) -> bool:
    text = token.text
    return (
        text[0].isupper()
        or text.lower() in PARTICLES
        or text in ("-", "'", "’", "‘", "`", ".", '"', "“", "”")
        or text.lower().startswith(("al-", "el-", "ul-", "d'", "d’", "-"))
    )


def _cued(parse: Parse, barred: frozenset[int]) -> Iterator[Name]:
    """Runs of capitalised words that hold a cue word: "Ministry of Foreign Affairs"."""
    doc = parse.doc
    for start, end in _runs(parse, barred):
        while start < end and _droppable_before(doc[start], ""):
            start += 1
        tokens = [token.text for token in doc[start:end]]
        kind = cue_type(tokens)
        if kind and 1 < len(tokens) <= LONGEST_NAME:
            yield Name(start, end, doc[start:end].text, kind, CUE)


def _bodies(parse: Parse, places: Gazetteer) -> Iterator[Name]:
    """Bodies of a country: "Pakistani government", "US security forces"."""
    doc = parse.doc
    bodies = lexicon("types")["bodies"]
    for token in doc[1:]:
        pair = f"{token.lower_} {doc[token.i + 1].lower_}" if token.i + 1 < len(doc) else ""
        width = 2 if pair in bodies else 1 if token.lower_ in bodies else 0
        if not width or parse.in_headline(token):
            continue
        start = token.i - 1
        if not places.country_of(doc[start].text) and start:
            start -= 1
        if places.country_of(doc[start : token.i].text):
            end = token.i + width
            kind = bodies[pair if width == 2 else token.lower_]
            yield Name(start, end, doc[start:end].text, kind, CUE)


def _runs(parse: Parse, barred: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Capitalised words in a row, joined by "of (the)" and "for", in running text."""
    doc = parse.doc
    start = None
    position = 0
    while position < len(doc):
        token = doc[position]
        if _capitalised(token) and position not in barred and not parse.in_headline(token):
            start = position if start is None else start
            position += 1
            continue
        if start is not None:
            step = _joint(doc, position)
            if step and _capitalised(doc[position + step]) and position + step not in barred:
                position += step
                continue
            yield start, position
            start = None
        position += 1
    if start is not None:
        yield start, len(doc)


def _capitalised(token: Token) -> bool:
    return token.text[0].isupper() and not (token.is_sent_start and token.pos_ != "PROPN")


def _joint(doc: Doc, position: int) -> int:
    """Tokens of a joint inside a name at `position`: "of", "of the", "for", "and", "-"."""
    if position + 1 >= len(doc):
        return 0
    token = doc[position]
    if token.text == "-" and not token.whitespace_ and not doc[position - 1].whitespace_:
        return 1
    if token.lower_ in ARTICLE_FORMS and doc[position + 1].text == "-":
        return 2 if position + 2 < len(doc) else 0
    if token.lower_ not in ("of", "for"):
        return 0
    wide = doc[position + 1].lower_ == "the" and position + 2 < len(doc)
    return 2 if wide else 1


PLACES_OF_CUES = ("sure", "last", "first", "any")


def cue_type(tokens: list[str]) -> str | None:
    """The type that a cue word in a name of several words gives it."""
    if len(tokens) < 2:
        return None
    for place in PLACES_OF_CUES:
        for kind, cues in _cues()[place].items():
            if place == "last" and _before_of(tokens)[-1] in cues and len(_before_of(tokens)) > 1:
                return kind
            if place == "last" and tokens[-1] in cues:
                return kind
            if place == "first" and tokens[0] in cues:
                return kind
            if place in ("sure", "any") and not cues.isdisjoint(tokens):
                return kind
    return None


def _before_of(tokens: list[str]) -> list[str]:
    """The part of a name before "of": the head of "Supreme Court of India" ends it."""
    for position, token in enumerate(tokens):
        if token in ("of", "for") and position:
            return tokens[:position]
    return tokens


@cache
def _cues() -> dict[str, dict[str, frozenset[str]]]:
    entries = lexicon("types")
    return {
        place: {kind: frozenset(entry[place]) for kind, entry in entries.items() if place in entry}
        for place in PLACES_OF_CUES
    }


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
