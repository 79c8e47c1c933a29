"""Gold mentions of things told in many articles, and the extractor's view of the same mentions.

Readers of ECB+ and MEANTIME give `MentionsGold`; `kg.evaluate.identity` scores on it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kg.errors import InputError
from kg.evaluate.folder import gold_paths, lines
from kg.evaluate.tokens import TokenText
from kg.model import Document, Span

LAYOUT = (
    "The identity suite needs ECB+ (folders of topics with .xml files, perhaps in folders for the "
    "splits; on GitHub: cltl/ecbPlus) or MEANTIME (entities_mentions.json and conll.csv)."
)


@dataclass(frozen=True)
class GoldMention:
    """A mention and the id of the thing it refers to; the same id in all articles."""

    span: Span
    thing: str


@dataclass(frozen=True)
class MentionsGold:
    """An article with its mentions. `scope` are the sentences in which mentions were annotated."""

    document: Document
    entities: tuple[GoldMention, ...]
    events: tuple[GoldMention, ...]
    scope: tuple[Span, ...]

    def in_scope(self, span: Span) -> bool:
        """Whether a mention at `span` would have been annotated."""
        return any(sentence.contains(span) for sentence in self.scope)


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[MentionsGold]]:
    """The files or folders read and the articles in them, by id."""
    mentions = data / "entities_mentions.json"
    if mentions.is_file():
        return [mentions], list(_meantime(mentions, data / "conll.csv"))
    topics = _topics(data, split)
    if not topics:
        raise InputError(f"{data} holds no folders with .xml files. {LAYOUT}")
    index = next(
        (p for p in (f / _SENTENCES for f in (data, *data.parents[:2])) if p.is_file()), None
    )
    chosen = _chosen_sentences(index) if index else None
    articles = [
        _ecb_article(path, chosen) for topic in topics for path in sorted(topic.glob("*.xml"))
    ]
    return topics, sorted(articles, key=lambda article: article.document.id)


_SENTENCES = "ECBplus_coreference_sentences.csv"


def _topics(data: Path, split: str | None) -> list[Path]:
    """The folders that hold the articles: those of a split, or all of `data`."""
    if list(data.glob("*.xml")):
        return [data]
    if not data.is_dir() or not list(data.glob("*/*.xml")):
        splits = gold_paths(data, folder="ecbplus", pattern="*/", layout=LAYOUT, split=split)
        return sorted(
            topic for part in splits for topic in part.glob("*/") if list(topic.glob("*.xml"))
        )
    found = gold_paths(data, folder="ecbplus", pattern="*/", layout=LAYOUT, split=split)
    return [topic for topic in found if list(topic.glob("*.xml"))]


def _chosen_sentences(index: Path) -> dict[str, set[int]]:
    """The sentences whose coreference was annotated, by the name of the file."""
    chosen: dict[str, set[int]] = defaultdict(set)
    with index.open(encoding="utf-8", newline="") as file:
        for row in DictReader(file):
            chosen[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return chosen


EVENT_TAGS = ("ACTION_", "NEG_ACTION_")
ENTITY_TAGS = ("HUMAN_PART", "LOC_")
"""Of ECB+: actions; people, organisations and places. Times and things take no part."""


def _ecb_article(path: Path, chosen: dict[str, set[int]] | None) -> MentionsGold:
    """One ECB+ file. The web address that begins some files is no part of the text."""
    root = parse_xml(path)
    name = path.stem
    sentences: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for token in root.iter("token"):
        sentences[int(token.get("sentence", 0))].append((token.get("t_id", ""), token.text or ""))
    built, places, spans = TokenText(), dict[str, tuple[int, int]](), dict[int, Span]()
    for number, tokens in sorted(sentences.items()):
        if tokens[0][1].startswith("http"):
            continue
        first = len(built.places)
        built.add([word for _, word in tokens], before="\n")
        added = built.places[first:]
        places |= {t_id: place for (t_id, _), place in zip(tokens, added, strict=True)}
        spans[number] = Span(name, added[0][0], added[-1][1])
    scope = [
        span for number, span in spans.items() if chosen is None or number in chosen.get(name, ())
    ]
    mentions = [
        (tag, GoldMention(Span(name, places[ids[0]][0], places[ids[-1]][1]), thing))
        for tag, ids, thing in _ecb_mentions(root, name)
        if all(t_id in places for t_id in ids)
    ]
    mentions = [
        (tag, mention)
        for tag, mention in mentions
        if any(sentence.contains(mention.span) for sentence in scope)
    ]
    return MentionsGold(
        Document(name, built.text),
        tuple(m for tag, m in mentions if tag.startswith(ENTITY_TAGS)),
        tuple(m for tag, m in mentions if tag.startswith(EVENT_TAGS)),
        tuple(scope),
    )


def _ecb_mentions(root: Element, name: str) -> Iterator[tuple[str, list[str], str]]:
    """Tag, tokens in text order and thing of every mention; without a link a thing of its own."""
    thing_of: dict[str, str] = {}
    for relation in root.iterfind("Relations/*"):
        thing = relation.get("note") or ""
        if relation.tag == "INTRA_DOC_COREF" or not thing:
            thing = f"{name} chain {relation.get('r_id')}"
        for source in relation.iter("source"):
            thing_of[source.get("m_id", "")] = thing
    for markable in root.iterfind("Markables/*"):
        ids = [anchor.get("t_id", "") for anchor in markable.iter("token_anchor")]
        m_id = markable.get("m_id", "")
        if ids:
            yield str(markable.tag), sorted(ids, key=int), thing_of.get(m_id, f"{name} {m_id}")


def parse_xml(path: Path) -> Element:
    """The root of an XML file."""
    try:
        return ElementTree.parse(path).getroot()  # noqa: S314 - expat limits what entities expand to
    except ElementTree.ParseError as error:
        raise InputError(f"{path} is no XML: {error}. Mend the file or take it out.") from None


MEANTIME_TYPES = ("PERSON", "ORGANIZATION", "LOCATION")


def _meantime(mentions: Path, tokens: Path) -> Iterator[MentionsGold]:
    """MEANTIME as prepared by uCDCR: mentions by sentence and token numbers of `conll.csv`."""
    if not tokens.is_file():
        raise InputError(f"{tokens} is missing. {LAYOUT}")
    texts, places, scopes = _meantime_texts(tokens)
    found: dict[str, list[GoldMention]] = {name: [] for name in texts}
    for record in _meantime_mentions(mentions):
        name, sentence = record["conll_doc_key"], record["sent_id"]
        numbers = record["tokens_number"]
        try:
            first, last = (places[name][sentence, n] for n in (min(numbers), max(numbers)))
        except KeyError:
            raise InputError(
                f"{mentions}: mention {record['mention_id']!r} lies outside {tokens.name}."
            ) from None
        if record["mention_full_type"] in MEANTIME_TYPES:
            thing = _CHAIN_PREFIX.sub("", record["coref_chain"])
            found[name].append(GoldMention(Span(name, first[0], last[1]), thing))
    for name in sorted(texts):
        yield MentionsGold(
            Document(name, texts[name]),
            _unique(found[name]),
            (),
            tuple(scopes[name] if found[name] else ()),  # a few articles were never annotated
        )


_CHAIN_PREFIX = re.compile(r"^(?:cross_|intra_)+")
"""Tells where links to the thing were drawn, and differs between mentions of one thing."""


def _unique(mentions: Sequence[GoldMention]) -> tuple[GoldMention, ...]:
    """One mention a span, the first: some are listed again under another link."""
    first: dict[Span, GoldMention] = {}
    for mention in mentions:
        first.setdefault(mention.span, mention)
    return tuple(first[span] for span in sorted(first))


def _meantime_mentions(path: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}.") from None
    needed = {"conll_doc_key", "sent_id", "tokens_number", "mention_full_type", "coref_chain"}
    for number, record in enumerate(records):
        if missing := sorted(needed - record.keys()):
            raise InputError(f"{path}, mention {number}: it lacks {', '.join(missing)}.")
    return list(records)


Places = dict[str, dict[tuple[int, int], tuple[int, int]]]


def _meantime_texts(path: Path) -> tuple[dict[str, str], Places, dict[str, list[Span]]]:
    """Text, token places and sentences of each article."""
    sentences: dict[str, dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    reader = DictReader(line for _, line in lines(path))
    for row in reader:
        token = (int(row["token_id"]), row["token"])
        sentences[row["topic/subtopic_name"]][int(row["sent_id"])].append(token)
    texts, places, scopes = {}, {}, {}
    for name, article in sentences.items():
        built, at = TokenText(), dict[tuple[int, int], tuple[int, int]]()
        scope = list[Span]()
        for number, tokens in sorted(article.items()):
            first = len(built.places)
            built.add([word for _, word in tokens], before="\n")
            added = built.places[first:]
            at |= {(number, t): place for (t, _), place in zip(tokens, added, strict=True)}
            scope.append(Span(name, added[0][0], added[-1][1]))
        texts[name], places[name], scopes[name] = built.text, at, scope
    return texts, places, scopes
