"""Suite `identity`: which mentions in many articles are one person, place or event.

Gold: ECB+ (Cybulska and Vossen, LREC 2014; people, organisations, places and events, in the
sentences selected for coreference) or MEANTIME (Minard et al., LREC 2016; people, organisations
and places). All articles are resolved together; nobody tells which belong to one topic. Mentions
without a link are clusters of one, on both sides.

* "gold mentions" of entities: the resolver is told the gold mentions. Each goes to the thing of the
  predicted mention that matches it best (shares half the shorter of the two; most in common over
  both together); one that the extractor did not find is resolved by its words, in its article and
  in articles about the same news (`kg.resolve.mentions`). Invented mentions cost nothing.
* "gold mentions" of events: the resolver is told the gold mentions, as in the literature (and as
  the baseline is), instead of those the extractor found. One that matches a found event best has
  its type, participants, time and numbers; the others, half of all in ECB+ since its annotators
  marked "said" and "walking", have none of these, and are one event of their article when their
  head words have one lemma. Identity across articles is left to the resolver.
* "gold mentions alone" of events: the same without anything that the extractor found; the resolver
  knows the articles and the words of the mentions, which is all that the baseline knows.
* "found mentions": the gold mentions that the extractor found go to the thing of their match.
* "predicted mentions": all predicted mentions in annotated sentences. One that matches a gold
  mention counts as that mention, each used once; the others count against precision, which is
  hard on an extractor that finds more than the annotators were asked for.

The baseline: mentions with the same string are one thing; event mentions whose head words have
the same lemma are one event; for predicted mentions, spaCy's entities with the same string.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.evaluate import coreference
from kg.evaluate.alignment import match_phrases
from kg.evaluate.baseline import SpacyEntities, head_lemmas
from kg.evaluate.coreference import Cluster, conll, partition
from kg.evaluate.mentions import GoldMention, MentionsGold, read
from kg.evaluate.score import Score, exact
from kg.evaluate.suite import Suite
from kg.model import Event, Extraction, LocalId, Span

UNSCORED = ("Position", "Agreement")
"""Entity types that neither test set has."""

Things = Mapping[Span, str]
"""The thing that each mention of an article refers to; equal ids are one thing."""

KINDS: dict[str, Callable[[MentionsGold], tuple[GoldMention, ...]]] = {
    "entities": lambda article: article.entities,
    "events": lambda article: article.events,
}


def score(
    gold: Sequence[MentionsGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """The extractor's mentions, resolved across articles; there is no further `detail`."""
    things = resolved(predicted)
    told = {
        "entities": with_gold_mentions(gold, things["entities"]),
        "events": resolved(with_gold_events(gold, predicted, things["events"]))["events"],
    }
    return {
        measure: result
        for kind, mentions in KINDS.items()
        if any(mentions(article) for article in gold)
        for measure, result in _scores(
            kind, gold, things[kind], things[kind], told=told.get(kind)
        ).items()
    } | _alone(gold, predicted)


def _alone(gold: Sequence[MentionsGold], predicted: Sequence[Extraction]) -> dict[str, Score]:
    """Events by their gold mentions and the articles alone."""
    bare = [replace(x, entities=(), relations=(), events=()) for x in predicted]
    things = resolved(with_gold_events(gold, bare, [{} for _ in bare]))["events"]
    return _metrics(
        "events, gold mentions alone",
        _clusters(
            pair
            for article, found in zip(gold, things, strict=True)
            for pair in _projected(article.events, found)
        ),
        _clusters((m.span, m.thing) for article in gold for m in article.events),
    )


def with_gold_mentions(gold: Sequence[MentionsGold], things: Sequence[Things]) -> list[Things]:
    """The thing of every gold mention of an entity, those that were not found among them."""
    from kg.resolve.mentions import resolve_mentions

    spans = [[mention.span for mention in article.entities] for article in gold]
    known = [
        {span: found[other] for span, other in _counterparts(wanted, found).items()}
        for wanted, found in zip(spans, things, strict=True)
    ]
    return [*resolve_mentions([article.document for article in gold], spans, known)]


def with_gold_events(
    gold: Sequence[MentionsGold], predicted: Sequence[Extraction], things: Sequence[Things]
) -> list[Extraction]:
    """The extractions with the gold event mentions in place of the events found.

    `things` are those found, by trigger; a gold mention without a counterpart among them has no
    type, which the inventory otherwise demands.
    """
    return [
        replace(extraction, events=tuple(_told_events(article, extraction, found)))
        for article, extraction, found in zip(gold, predicted, things, strict=True)
    ]


def _told_events(article: MentionsGold, extraction: Extraction, found: Things) -> Iterator[Event]:
    """The gold mentions of one article as events, in text order."""
    spans = sorted({mention.span for mention in article.events})
    counterparts = _counterparts(spans, found)
    lemmas = head_lemmas(article.document, [span for span in spans if span not in counterparts])
    owner = {trigger: event for event in extraction.events for trigger in event.triggers}
    groups: dict[str, list[Span]] = {}
    for span in spans:
        known = owner.get(counterparts[span]) if span in counterparts else None
        key = f"found {known.id}" if known else f"told {lemmas.get(span, span)}"
        groups.setdefault(key, []).append(span)
    events = {f"found {event.id}": event for event in extraction.events}
    for key, triggers in groups.items():
        if key in events:
            yield replace(events[key], triggers=tuple(triggers))
        else:
            yield Event(key, "", tuple(triggers))


def resolved(extractions: Sequence[Extraction]) -> dict[str, list[Things]]:
    """The canonical entity or event of every mention, for each article."""
    from kg.resolve import resolve

    identities = resolve(extractions)
    entity_of, event_of = identities.entity_of, identities.event_of
    return {
        "entities": [
            {
                mention.span: entity_of[LocalId(extraction.document.id, entity.id)].id
                for entity in extraction.entities
                if entity.type not in UNSCORED
                for mention in entity.mentions
            }
            for extraction in extractions
        ],
        "events": [
            {
                trigger: event_of[LocalId(extraction.document.id, event.id)].id
                for event in extraction.events
                for trigger in event.triggers
            }
            for extraction in extractions
        ],
    }


def baseline(gold: Sequence[MentionsGold], predicted: Sequence[Extraction]) -> dict[str, Score]:
    """Same string and same head lemma, on the gold mentions and on spaCy's entities.

    `predicted` is the extractor's output; it tells which gold mentions were "found", so that the
    baseline is measured on the same ones.
    """
    things = resolved(predicted)
    same_string = [
        {m.span: m.span.of(a.document.text).casefold() for m in a.entities} for a in gold
    ]
    same_lemma = [head_lemmas(a.document, [m.span for m in a.events]) for a in gold]
    spacy = [
        {
            mention.span: mention.span.of(extraction.document.text).casefold()
            for entity in extraction.entities
            for mention in entity.mentions
        }
        for extraction in SpacyEntities().extract_all(gold)
    ]
    return {
        **_scores("entities", gold, same_string, spacy, found_by=things["entities"]),
        **_scores("events", gold, same_lemma, None, found_by=things["events"]),
    }


def _scores(
    kind: str,
    gold: Sequence[MentionsGold],
    on_gold: Sequence[Things],
    on_predicted: Sequence[Things] | None,
    *,
    found_by: Sequence[Things] | None = None,
    told: Sequence[Things] | None = None,
) -> dict[str, Score]:
    """All measures for entities or for events.

    `on_gold` says what gold mentions refer to, `on_predicted` what predicted ones do (None when
    there are none), `found_by` which gold mentions count as found (`on_gold` itself if None),
    `told` what gold mentions refer to when the resolver is told them (`on_gold` if None).
    """
    wanted = [KINDS[kind](article) for article in gold]
    all_gold = _clusters((m.span, m.thing) for mentions in wanted for m in mentions)
    if not all_gold:
        return {}
    projected = [_projected(m, things) for m, things in zip(wanted, on_gold, strict=True)]
    reached = {
        span
        for m, things in zip(wanted, found_by or on_gold, strict=True)
        for span in _counterparts([mention.span for mention in m], things)
    }
    given = [_projected(m, things) for m, things in zip(wanted, told or on_gold, strict=True)]
    result = _metrics(
        f"{kind}, gold mentions",
        _clusters(pair for pairs in given for pair in pairs),
        all_gold,
    )
    result |= _metrics(
        f"{kind}, found mentions",
        _clusters(pair for pairs in projected for pair in pairs if pair[0] in reached),
        _clusters((m.span, m.thing) for ms in wanted for m in ms if m.span in reached),
    )
    if on_predicted is not None:
        renamed = [
            pair
            for article, mentions, things in zip(gold, wanted, on_predicted, strict=True)
            for pair in _renamed(article, mentions, things)
        ]
        result |= _metrics(f"{kind}, predicted mentions", _clusters(renamed), all_gold)
        result[f"{kind}, mentions found"] = exact(
            (span for span, _ in renamed), (m.span for ms in wanted for m in ms)
        ).score()
    return result


def _metrics(name: str, predicted: list[Cluster], gold: list[Cluster]) -> dict[str, Score]:
    if not gold:
        return {}
    tallies = coreference.tallies(predicted, gold)
    return {
        f"{name}, CoNLL": conll(tallies),
        **{f"{name}, {metric}": tally.score() for metric, tally in tallies.items()},
    }


def _clusters(pairs: Iterable[tuple[Span, str]]) -> list[Cluster]:
    groups: dict[str, list[Span]] = {}
    for span, thing in pairs:
        groups.setdefault(thing, []).append(span)
    return partition(groups.values())


def _projected(mentions: Sequence[GoldMention], things: Things) -> list[tuple[Span, str]]:
    """Each gold mention with the thing of its counterpart, or alone with a thing of its own."""
    counterparts = _counterparts([mention.span for mention in mentions], things)
    return [
        (span, things[counterparts[span]] if span in counterparts else f"only {span}")
        for span in sorted({mention.span for mention in mentions})
    ]


def _counterparts(spans: Iterable[Span], things: Things) -> dict[Span, Span]:
    """The mention that matches each span best; several spans may share one."""
    result = {}
    for span in spans:
        matching = [other for other in things if match_phrases(span, other)]
        if matching:
            result[span] = max(matching, key=lambda other: (_likeness(span, other), other))
    return result


def _likeness(span: Span, other: Span) -> float:
    """Characters shared, over characters in either."""
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared / (max(span.end, other.end) - min(span.start, other.start))


def _renamed(
    article: MentionsGold, mentions: Sequence[GoldMention], things: Things
) -> list[tuple[Span, str]]:
    """The predicted mentions in annotated sentences; those that match a gold one as that one."""
    found = sorted(span for span in things if article.in_scope(span))
    pairs = sorted(
        (-_likeness(span, mention.span), span, mention.span)
        for span in found
        for mention in mentions
        if match_phrases(span, mention.span)
    )
    gold_of: dict[Span, Span] = {}
    taken: set[Span] = set()
    for _, span, gold in pairs:
        if span not in gold_of and gold not in taken:
            gold_of[span] = gold
            taken.add(gold)
    return [(gold_of.get(span, span), things[span]) for span in found]


SUITE = Suite(
    read=read,
    score=score,
    baseline=baseline,
    baseline_name="same string, same head lemma",
)
