"""Suite `names`: named people, organisations, places and facilities in the world's English news.

Gold: Worldwide English Newswire (Shan et al., "Do 'English' Named Entity Recognizers Work Well on
Global Englishes?", Findings of EMNLP 2023). A file is made of articles, each a line
`-DOC-<TAB>id` and then lines `token<TAB>tag` (B-, I-, O; further columns are ignored), with blank
lines between paragraphs. A first paragraph that is one web address is left out.

Scored: exact span and type of mentions of kind `name`. Demonyms, groups of people, posts,
agreements, dates, products and amounts take no part, on either side. A span given twice counts
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.baseline import SpacyEntities
from kg.evaluate.folder import broken, gold_paths, lines
from kg.evaluate.score import Score, Tally, exact
from kg.evaluate.suite import Suite
from kg.evaluate.tokens import token_text
from kg.inventory import ORGANIZATION_TYPES
from kg.model import Document, Extraction, MentionKind

FOLDER = "worldwide-ner"
LAYOUT = (
    "The names suite needs .tsv files of the Worldwide English Newswire test set (on GitHub: "
    "stanfordnlp/en-worldwide-newswire): articles begin with a line '-DOC-<TAB>id', then come "
    "lines 'token<TAB>tag'."
)
COARSE = {
    "Person": "Person",
    **dict.fromkeys(ORGANIZATION_TYPES, "Organization"),
    "Country": "Location",
    "Region": "Location",
    "City": "Location",
    "Facility": "Facility",
}
"""Our types in the test set's four; the others take no part."""
TYPES = ("Person", "Organization", "Location", "Facility")

_COUNTRIES = {
    "Africa": "af afs alg eg et ghana kenya mauritius nm panaf sa",
    "Asia": "asia bangladesh cn in jp kr mong my th tw",
    "Latin America": "arg bol chile col cosric cosrica cuba ecuador elsalv guyana hond mex nic pan"
    " paraguay peru uruguay ven",
    "Middle East": "iran israel jr kw oman pk qt saud uae",
    "Oceania and Canada": "aus canada nz",
}
REGION_OF = {prefix: region for region, line in _COUNTRIES.items() for prefix in line.split()}
"""The region of an article by the first part of its id, after the test set's own list."""

Named = tuple[int, int, str]
"""Start, end (exclusive) and one of `TYPES`."""


@dataclass(frozen=True)
class NamesGold:
    """An article and its names."""

    document: Document
    names: tuple[Named, ...]

    @property
    def region(self) -> str:
        """Where the article was published."""
        return REGION_OF.get(self.document.id.partition("_")[0], "elsewhere")


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[NamesGold]]:
    """The files read and the articles in them."""
    paths = gold_paths(data, folder=FOLDER, pattern="*.tsv", layout=LAYOUT, split=split)
    return paths, [gold for path in paths for gold in _articles(path)]


def score(
    gold: Sequence[NamesGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Scores over all articles, by type, and by region; there is no further `detail`."""
    total, by_type, by_region = Tally(), dict.fromkeys(TYPES, Tally()), dict[str, Tally]()
    for article, extraction in zip(gold, predicted, strict=True):
        found = names(extraction)
        tally = exact(found, article.names)
        total += tally
        by_region[article.region] = by_region.get(article.region, Tally()) + tally
        for kind in TYPES:
            by_type[kind] += exact(_of_type(found, kind), _of_type(article.names, kind))
    return {
        "names": total.score(),
        **{kind: tally.score() for kind, tally in by_type.items()},
        **{f"names, {region}": by_region[region].score() for region in sorted(by_region)},
    }


def names(extraction: Extraction) -> frozenset[Named]:
    """The name mentions of an extraction, in the types of the test set."""
    return frozenset(
        (mention.span.start, mention.span.end, COARSE[entity.type])
        for entity in extraction.entities
        if entity.type in COARSE
        for mention in entity.mentions
        if mention.kind is MentionKind.NAME
    )


def _of_type(found: Iterable[Named], kind: str) -> set[Named]:
    return {name for name in found if name[2] == kind}


Token = tuple[str, str]


def _articles(path: Path) -> Iterator[NamesGold]:
    for identifier, paragraphs in _paragraphs(path):
        if paragraphs and _is_address(paragraphs[0]):
            paragraphs = paragraphs[1:]
        built = token_text([[word for word, _ in paragraph] for paragraph in paragraphs])
        places = iter(built.places)
        found = [
            name
            for paragraph in paragraphs
            for name in _tagged([(tag, *next(places)) for _, tag in paragraph])
        ]
        names = tuple(name for name in found if name[2] in TYPES)
        yield NamesGold(Document(identifier, built.text), names)


def _paragraphs(path: Path) -> Iterator[tuple[str, list[list[Token]]]]:
    identifier, paragraphs = "", list[list[Token]]()
    for number, line in lines(path):
        word, _, rest = line.partition("\t")
        if word == "-DOC-":
            if identifier:
                yield identifier, [paragraph for paragraph in paragraphs if paragraph]
            identifier, paragraphs = rest.strip(), [[]]
        elif not line.strip():
            paragraphs.append([])
        elif not identifier:
            raise broken(path, number, "no '-DOC-<TAB>id' line comes before it")
        else:
            paragraphs[-1].append(_token(path, number, word, rest.partition("\t")[0]))
    if not identifier:
        raise InputError(f"{path} holds no article. {LAYOUT}")
    yield identifier, [paragraph for paragraph in paragraphs if paragraph]


def _token(path: Path, number: int, word: str, tag: str) -> Token:
    if not tag:  # a few lines of the original have spaces where the tab should be
        word, _, tag = word.rstrip().rpartition(" ")
    word, tag = word.strip(), tag.strip()
    mark, _, kind = tag.partition("-")
    if not word or not (tag == "O" or (mark in _MARKS and kind)):
        raise broken(path, number, "it is not 'token<TAB>tag' with a tag O, B-Type or I-Type")
    return word, tag


_MARKS = frozenset("BIES")
"""Both BIO and BIOES are read."""


def _is_address(paragraph: Sequence[Token]) -> bool:
    return len(paragraph) == 1 and paragraph[0][0].startswith(("http://", "https://", "www."))


def _tagged(tokens: Sequence[tuple[str, int, int]]) -> list[Named]:
    """The spans that the tags of one paragraph mark, from (tag, start, end) of its tokens.

    I and E go on only after a token of the same type; else they begin a span, as in conlleval.
    """
    spans: list[Named] = []
    going_on = ""
    for tag, start, end in tokens:
        mark, _, kind = tag.partition("-")
        if mark in ("I", "E") and kind == going_on:
            spans[-1] = (spans[-1][0], end, kind)
        elif kind:
            spans.append((start, end, kind))
        going_on = kind if mark in ("B", "I") else ""
    return spans


SUITE = Suite(
    read=read,
    score=score,
    baseline=lambda gold, _: score(gold, SpacyEntities().extract_all(gold)),
    baseline_name=SpacyEntities.name,
)
