"""Suite `timelines`: the dated, ordered events in which a person or organisation takes part.

Gold: SemEval-2015 task 4 (Minard et al., "TimeLine: Cross-Document Event Ordering"): Wikinews
articles as .xml files with tokens, and one .txt file for each timeline: the name of its entity,
then lines `order<TAB>date<TAB>event...`, an event being `article-sentence-words`. Order 0 stands
for events that cannot be placed; they take no part, as in the task.

Predicted: the events that have the entity as an argument, or an argument phrase that contains its
name (products are no entities of ours). The entity is the one with a name or alias that shares
most words with the one asked for, at least half of all words in both (`MIN_LIKENESS`). Events are
ordered by their first day; all triggers of one event stand at one place; undated events are left
out. The day of publication is read from the article's date line.

Scored as in the task, after the temporal awareness of TempEval-3 (UzZaman et al., 2013): a
timeline says that events at one place are simultaneous, that those of one place come before those
of the next, and for each event its date. Precision is the share of the statements of the
prediction that follow from the gold, recall the share of those of the gold that follow from the
prediction; micro F1 sums over all timelines. A timeline's own statements are the least that say
it all: a chain through the events of a place, in the order of articles and text, and one link to
the next place. A predicted trigger that overlaps a gold event's words is that event.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.folder import broken, lines
from kg.evaluate.mentions import parse_xml
from kg.evaluate.score import Score, Tally
from kg.evaluate.suite import Suite
from kg.evaluate.tokens import TokenText
from kg.model import CanonicalEntity, Document, Event, EventTime, Extraction, LocalId, Span

LAYOUT = (
    "The timelines suite needs the data of SemEval-2015 task 4: .xml articles with tokens and .txt "
    "timelines, in any folders below (on alt.qcri.org/semeval2015/task4)."
)
MIN_LIKENESS = 0.5
"""Words shared over words in either: "Apple Corps" is "Beatles Apple Corps", "Apple" is not."""


@dataclass(frozen=True)
class Placed:
    """An event's words on the timeline of `entity`; `when` is a date, month or year, or ""."""

    entity: str
    order: int
    when: str
    span: Span


@dataclass(frozen=True)
class TimelineGold:
    """An article and what stands in it of all timelines."""

    document: Document
    placed: tuple[Placed, ...]


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[TimelineGold]]:
    """The timeline files read and all articles; a split is a folder at any depth."""
    if not data.is_dir():
        raise InputError(f"There is no test set at {data}. {LAYOUT}")
    articles = {
        article.id: article
        for path in sorted(data.rglob("*.xml"), reverse=True)  # of copies, the first stays
        if split is None or split in path.parts
        for article in [_Article(path)]
    }
    files = [
        path
        for path in sorted(data.rglob("*.txt"))
        if (split is None or split in path.parts) and _is_timeline(path)
    ]
    if not articles or not files:
        missing = "articles (.xml)" if not articles else "timelines (.txt)"
        raise InputError(f"{data} holds no {missing}. {LAYOUT}")
    placed: dict[str, list[Placed]] = {name: [] for name in articles}
    for file in files:
        for event in _placed(file, articles):
            placed[event.span.document].append(event)
    return files, [
        TimelineGold(articles[name].document, tuple(placed[name])) for name in sorted(articles)
    ]


def _is_timeline(path: Path) -> bool:
    found = [line for _, line in lines(path)]
    return len(found) > 1 and bool(_LINE.match(found[1]))


_LINE = re.compile(r"(\d+)\t(\S+)\t(.+)")
_EVENT = re.compile(r"([^-\s]+)-(\d+)-(\S+)")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DATELINE = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")


class _Article:
    """An article with the place of each token, by sentence."""

    def __init__(self, path: Path) -> None:
        root = parse_xml(path)
        self.id = root.get("doc_id") or path.stem
        sentences: dict[int, list[str]] = defaultdict(list)
        for token in root.iter("token"):
            sentences[int(token.get("sentence", 0))].append(token.text or "")
        built = TokenText()
        self.tokens: dict[int, list[tuple[str, int, int]]] = {}
        for number, words in sorted(sentences.items()):
            first = len(built.places)
            built.add(words, before="\n")
            self.tokens[number] = [
                (word, *place) for word, place in zip(words, built.places[first:], strict=True)
            ]
        title, _, rest = built.text.partition("\n")
        self.document = Document(self.id, built.text, title=title, published=_published(rest[:200]))

    def find(self, sentence: int, words: Sequence[str]) -> Span | None:
        """The first place in a sentence where the words stand in a row."""
        tokens = self.tokens.get(sentence, [])
        for first in range(len(tokens) - len(words) + 1):
            run = tokens[first : first + len(words)]
            if [word.casefold() for word, _, _ in run] == [word.casefold() for word in words]:
                return Span(self.id, run[0][1], run[-1][2])
        return None


def _published(beginning: str) -> date | None:
    line = _DATELINE.search(beginning)
    if line is None:
        return None
    return date(int(line[3]), _MONTHS.index(line[1]) + 1, int(line[2]))


def _placed(path: Path, articles: dict[str, _Article]) -> Iterable[Placed]:
    """The events of a timeline; a few name articles or words that the data does not hold."""
    entity = ""
    for number, line in lines(path):
        if not entity:
            entity = line.strip()
            continue
        if not line.strip():
            continue
        if not (match := _LINE.match(line)):
            raise broken(path, number, "it is not 'order<TAB>date<TAB>article-sentence-words'")
        order, when = int(match[1]), _when(match[2])
        for event in match[3].split():
            if not (parts := _EVENT.fullmatch(event)):
                raise broken(path, number, f"{event!r} is not 'article-sentence-words'")
            article = articles.get(parts[1])
            span = article.find(int(parts[2]), parts[3].split("_")) if article else None
            if span and order > 0:
                yield Placed(entity, order, when, span)


def _when(text: str) -> str:
    """The known part of a date: "2008-03-XX" is "2008-03", "XXXX-XX-XX" is ""."""
    known = []
    for part in text.split("-"):
        if "X" in part.upper():
            break
        known.append(part)
    return "-".join(known)


Timeline = list[tuple[str, frozenset[Span]]]
"""Date and events of each place, in order. Places may share a date, and dates may be unknown."""


def score(
    gold: Sequence[TimelineGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Micro F1 over all timelines, order alone and dates alone; `detail` adds each timeline."""
    wanted = _gold_timelines(gold)
    known = sorted({placed.span for article in gold for placed in article.placed})
    builder = _Timelines(predicted, known)
    found = {entity: builder.of(entity) for entity in wanted}
    sums = dict.fromkeys(("timelines", "order", "dates"), Tally())
    details = {}
    for entity in sorted(wanted):
        order = _order_tally(found[entity], wanted[entity])
        dates = _date_tally(found[entity], wanted[entity])
        details[f"timeline {entity}"] = order + dates
        sums["timelines"] += order + dates
        sums["order"] += order
        sums["dates"] += dates
    return {name: tally.score() for name, tally in (sums | (details if detail else {})).items()}


def _gold_timelines(gold: Sequence[TimelineGold]) -> dict[str, Timeline]:
    places: dict[str, dict[int, dict[Span, str]]] = defaultdict(lambda: defaultdict(dict))
    for article in gold:
        for placed in article.placed:
            places[placed.entity][placed.order][placed.span] = placed.when
    return {
        entity: [
            (next(iter(sorted(set(events.values()), reverse=True))), frozenset(events))
            for _, events in sorted(by_order.items())
        ]
        for entity, by_order in places.items()
    }


def _position(timeline: Timeline) -> dict[Span, int]:
    return {span: place for place, (_, spans) in enumerate(timeline) for span in spans}


def _statements(timeline: Timeline) -> list[tuple[Span, Span]]:
    """The least links that say the order: through each place, then on to the next."""
    places = [sorted(spans) for _, spans in timeline if spans]
    within = [link for place in places for link in pairwise(place)]
    return within + [(left[0], right[0]) for left, right in pairwise(places)]


def _order_tally(found: Timeline, wanted: Timeline) -> Tally:
    def kept(statements: list[tuple[Span, Span]], own: Timeline, other: Timeline) -> int:
        mine, theirs = _position(own), _position(other)
        return sum(
            left in theirs
            and right in theirs
            and (mine[left] == mine[right]) == (theirs[left] == theirs[right])
            and (mine[left] <= mine[right]) == (theirs[left] <= theirs[right])
            for left, right in statements
        )

    said, asked = _statements(found), _statements(wanted)
    return Tally(kept(said, found, wanted), len(said), kept(asked, wanted, found), len(asked))


def _date_tally(found: Timeline, wanted: Timeline) -> Tally:
    said = {(span, when) for when, spans in found for span in spans if when}
    asked = {(span, when) for when, spans in wanted for span in spans if when}
    hits = len(said & asked)
    return Tally(hits, len(said), hits, len(asked))


class _Timelines:
    """Builds the timeline of any entity from resolved extractions.

    `known` are the gold events' spans: a trigger that overlaps one stands for it.
    """

    def __init__(self, extractions: Sequence[Extraction], known: Sequence[Span]) -> None:
        from kg.resolve import resolve

        self.extractions = extractions
        self.known = known
        self.identities = resolve(extractions)

    def of(self, name: str) -> Timeline:
        """The dated events of the thing called `name`, those on one date at one place."""
        entity = self._entity(name)
        times: dict[str, list[EventTime]] = defaultdict(list)
        spans: dict[str, set[Span]] = defaultdict(set)
        involved = set()
        for extraction in self.extractions:
            for event in extraction.events:
                id_ = self.identities.event_of[LocalId(extraction.document.id, event.id)].id
                spans[id_].update(self._gold_span(trigger) for trigger in event.triggers)
                if event.time and event.time.earliest:
                    times[id_].append(event.time)
                if self._involves(extraction, event, entity, name):
                    involved.add(id_)
        by_date: dict[tuple[date, str], set[Span]] = defaultdict(set)
        for id_ in sorted(involved & times.keys()):
            time = min(times[id_], key=_width)
            by_date[time.earliest or date.min, _written(time)] |= spans[id_]
        return [(when, frozenset(events)) for (_, when), events in sorted(by_date.items())]

    def _entity(self, name: str) -> CanonicalEntity | None:
        likeness = {
            entity.id: max(_likeness(alias, name) for alias in (entity.name, *entity.aliases))
            for entity in self.identities.entities
        }
        ranked = sorted(
            self.identities.entities,
            key=lambda entity: (-likeness[entity.id], -len(entity.members), entity.id),
        )
        return ranked[0] if ranked and likeness[ranked[0].id] >= MIN_LIKENESS else None

    def _involves(
        self, extraction: Extraction, event: Event, entity: CanonicalEntity | None, name: str
    ) -> bool:
        for argument in event.arguments:
            if argument.entity is not None and entity is not None:
                local = LocalId(extraction.document.id, argument.entity)
                if self.identities.entity_of[local].id == entity.id:
                    return True
            if name.casefold() in argument.span.of(extraction.document.text).casefold():
                return True
        return False

    def _gold_span(self, trigger: Span) -> Span:
        return next((span for span in self.known if span.overlaps(trigger)), trigger)


def _width(time: EventTime) -> tuple[int, date]:
    """Days a time spans, for the most exact of several; open ends are widest."""
    earliest, latest = time.earliest or date.min, time.latest or date.max
    return (latest - earliest).days, earliest


def _written(time: EventTime) -> str:
    """A time as the gold writes it: a day, a month or a year."""
    earliest, latest = time.earliest, time.latest
    if earliest is None:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    if latest and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest:%Y-%m}"
    return f"{earliest:%Y}"


def _likeness(name: str, other: str) -> float:
    left, right = set(name.casefold().split()), set(other.casefold().split())
    return len(left & right) / len(left | right) if left | right else 0.0


SUITE = Suite(read=read, score=score)
