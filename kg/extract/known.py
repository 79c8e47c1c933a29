"""Names known before reading: the gazetteer, adjectives of countries, the word list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.gazetteer import gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.name import KNOWN, Name
from kg.extract.parse import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc


class KnownNames:
    """Finds the names that are known beforehand: gazetteer, adjectives of countries, word list."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        places = gazetteer()
        self.types = dict(places.sure_names())
        for kind, entry in lexicon("types").items():
            self.types |= dict.fromkeys(entry.get("known", ()), kind)
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
