"""Events of one article: triggers of one type joined, who plays which role, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural import features
from kg.extract.neural.encoder import Encoding
from kg.extract.neural.heads import Floats, Heads, sigmoid, softmax
from kg.extract.neural.labels import Labelled, labelled
from kg.extract.neural.mentions import Mentions
from kg.extract.neural.settings import Settings
from kg.inventory import EVENT_TYPES, QUANTITY_KINDS, ROLES

Ints = NDArray[np.int64]

PHRASES = (*ROLES, "time", "source", *QUANTITY_KINDS)
FACTUALITIES = ("Factual", "Planned", "Possible", "Denied")
NEAR = 1
"""Sentences between a trigger and what plays a role in its event (97 % in newsgraph train)."""
MOST_LINKS = 80
"""Earlier triggers that one is compared with; in newsgraph train there are at most 49 within
`LINK_REACH`."""
LINK_REACH = 30
"""Sentences between two triggers of one event; keeps long texts linear."""


@dataclass(frozen=True)
class Filler:
    """A mention (its row) or a phrase (words, inclusive) in a role, with its probability."""

    role: str
    probability: float
    row: int
    first: int
    last: int


@dataclass
class Happening:
    """An event: the numbers of its triggers, and what was found of it."""

    triggers: list[int]
    type: str
    confidence: float
    factuality: str
    fillers: list[Filler] = field(default_factory=list)
    phrases: list[Filler] = field(default_factory=list)
    speaker: Filler | None = None


def events_of(
    heads: Heads,
    encoding: Encoding,
    mentions: Mentions,
    rows: Floats,
    triggers: list[Labelled],
    settings: Settings,
) -> list[Happening]:
    """The events with their arguments, in order of their first trigger."""
    if not triggers:
        return []
    first = np.array([trigger.first for trigger in triggers], dtype=np.int64)
    last = np.array([trigger.last for trigger in triggers], dtype=np.int64)
    types = np.array([trigger.type for trigger in triggers], dtype=np.int64)
    own = heads.spans("triggers", encoding.states, first, last, types, np.zeros_like(types))
    groups = _joined(heads, encoding, triggers, own, first, types, settings)
    facts = heads.linear("factuality", own)
    events = []
    for group in groups:
        scores = sum(triggers[t].types / (last[t] + 1 - first[t]) for t in group)
        kind = EVENT_TYPES[int(np.argmax(scores))]
        confidence = max(triggers[t].confidence for t in group)
        factuality = FACTUALITIES[int(facts[group].mean(0).argmax())]
        events.append(Happening(list(group), kind, confidence, factuality))
    _cast(heads, encoding, mentions, rows, own, (first, last), events, settings)
    _phrases(heads, encoding, own, first, events, settings)
    return events


def _joined(
    heads: Heads,
    encoding: Encoding,
    triggers: list[Labelled],
    own: Floats,
    first: Ints,
    types: Ints,
    settings: Settings,
) -> list[list[int]]:
    """Triggers of one event together: each joins the event it fits best on average."""
    where = encoding.sentence_of[first]
    later: list[int] = []
    earlier: list[int] = []
    for trigger in range(len(triggers)):
        low = int(np.searchsorted(where, where[trigger] - LINK_REACH, side="left"))
        before = range(max(low, trigger - MOST_LINKS), trigger)
        later += [trigger] * len(before)
        earlier += before
    i, j = np.array(later, dtype=np.int64), np.array(earlier, dtype=np.int64)
    stems = np.array(
        [features.stem(encoding.shown(t.first, t.first)) for t in triggers], dtype=np.str_
    )
    given = [
        features.sentence_bucket(where[j] - where[i]),
        (stems[i] == stems[j]).astype(np.int64),
        (types[i] == types[j]).astype(np.int64),
    ]
    same = sigmoid(heads.pairs("same_event", own, own, i, j, given)[:, 0])
    links: list[list[tuple[int, float]]] = [[] for _ in triggers]
    for a, b, probability in zip(later, earlier, same.tolist(), strict=True):
        links[a].append((b, probability))
    groups: list[list[int]] = []
    group_of: list[int] = []
    for trigger in range(len(triggers)):
        best, best_score = -1, settings.same_event
        totals: dict[int, float] = {}
        for member, score in links[trigger]:
            totals[group_of[member]] = totals.get(group_of[member], 0.0) + score
        for number in sorted(totals):
            score = totals[number] / len(groups[number])
            if score > best_score:
                best, best_score = number, score
        if best < 0:
            best = len(groups)
            groups.append([])
        groups[best].append(trigger)
        group_of.append(best)
    return groups


def _cast(
    heads: Heads,
    encoding: Encoding,
    mentions: Mentions,
    rows: Floats,
    own: Floats,
    places: tuple[Ints, Ints],
    events: list[Happening],
    settings: Settings,
) -> None:
    """Give entities near the triggers their roles, and find who speaks."""
    first, last = places
    named = mentions.of_entities()
    if not len(named):
        return
    at, where = encoding.sentence_of[mentions.first[named]], encoding.sentence_of[first]
    event_of = {t: number for number, event in enumerate(events) for t in event.triggers}
    left, right = [], []
    for trigger in range(len(first)):
        low = int(np.searchsorted(at, where[trigger] - NEAR, side="left"))
        high = int(np.searchsorted(at, where[trigger] + NEAR, side="right"))
        left += [trigger] * (high - low)
        right += named[low:high].tolist()
    if not left:
        return
    i, j = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
    marks = np.sort(mentions.first[named])
    given = [
        features.token_bucket(mentions.first[j] - first[i]),
        features.sentence_bucket(encoding.sentence_of[mentions.first[j]] - where[i]),
        features.count_bucket(features.between(marks, first[i], mentions.first[j])),
        features.count_bucket(features.between(np.sort(first), first[i], mentions.first[j])),
        features.gaps_between(
            encoding.lower, first[i], last[i], mentions.first[j], mentions.last[j]
        ),
        features.beside(encoding.lower, mentions.first, mentions.last)[0][j],
        features.beside(encoding.lower, first, last)[1][i],
    ]
    scores = heads.pairs("role", own, rows, i, j, given)
    best: dict[tuple[int, int], tuple[Floats, Ints]] = {}
    for place, (trigger, row) in enumerate(zip(left, right, strict=True)):
        key = (event_of[trigger], int(mentions.entity[row]))
        found = best.get(key)
        if found is None:
            best[key] = scores[place].copy(), np.full(scores.shape[1], row, dtype=np.int64)
        else:
            higher = scores[place] > found[0]
            found[0][higher] = scores[place][higher]
            found[1][higher] = row
    for (event, _), (score, source) in sorted(best.items(), key=lambda item: item[0]):
        chances = softmax(np.concatenate([[0.0], score[: len(ROLES)]]).astype(np.float32))
        role = int(chances[1:].argmax())
        if chances[role + 1] >= settings.role:
            events[event].fillers.append(
                _filler(mentions, ROLES[role], float(chances[role + 1]), int(source[role]))
            )
        speaks = float(sigmoid(score[len(ROLES) :])[0])
        known = events[event].speaker
        if speaks >= settings.source and (known is None or speaks > known.probability):
            events[event].speaker = _filler(mentions, "source", speaks, int(source[-1]))


def _filler(mentions: Mentions, role: str, probability: float, row: int) -> Filler:
    return Filler(role, probability, row, int(mentions.first[row]), int(mentions.last[row]))


def _phrases(
    heads: Heads,
    encoding: Encoding,
    own: Floats,
    first: Ints,
    events: list[Happening],
    settings: Settings,
) -> None:
    """Phrases in the sentences of the triggers that fill a role, or tell time and numbers."""
    sentence_of = encoding.sentence_of
    for event in events:
        for trigger in event.triggers:
            sentence = sentence_of[first[trigger]]
            begin = int(np.searchsorted(sentence_of, sentence, side="left"))
            end = int(np.searchsorted(sentence_of, sentence, side="right"))
            j = np.arange(begin, end)
            given = [features.token_bucket(j - first[trigger])]
            scores = heads.pairs(
                "phrase",
                own[trigger : trigger + 1],
                encoding.states[begin:end],
                np.zeros(end - begin, dtype=np.int64),
                np.arange(end - begin),
                given,
            )
            for item in labelled(
                scores, np.zeros(end - begin, dtype=np.int64), outside=settings.phrase_outside
            ):
                event.phrases.append(
                    Filler(
                        PHRASES[item.type],
                        item.confidence,
                        -1,
                        begin + item.first,
                        begin + item.last,
                    )
                )
        event.phrases = _distinct(event.phrases)


def _distinct(phrases: list[Filler]) -> list[Filler]:
    """The surest of phrases that overlap in one role; one time and one source an event."""
    kept: list[Filler] = []
    for phrase in sorted(phrases, key=lambda p: (-p.probability, p.first, p.last)):
        single = phrase.role in ("time", "source", *QUANTITY_KINDS)
        if any(
            phrase.role == other.role
            and (single or (phrase.first <= other.last and other.first <= phrase.last))
            for other in kept
        ):
            continue
        kept.append(phrase)
    return sorted(kept, key=lambda p: (p.first, p.last))
