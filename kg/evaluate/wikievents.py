"""Suite `events`: events and their arguments, against WikiEvents.

Gold: WikiEvents (Li et al., "Document-Level Event Argument Extraction by Conditional
Generation", NAACL 2021) with the KAIROS inventory; its event types are cut to two levels
("Conflict.Attack"). One article a line, with `tokens`, and either `sentences`, `entity_mentions`
and `event_mentions` (as published) or `events` (a common short form). The text is put together
from the sentences, one a line, or from the tokens.

Our inventory is another, so `EVENT_TYPES` lists the KAIROS types that each of ours may stand for.
There are several for violence, because by our guide the words for the dead and the damage belong
to the attack that caused them. `KAIROS_ROLES` does the same for roles. Gold events and roles that
none of ours stands for take no part, nor do predictions that stand for no gold type.

* triggers: equal spans; with type: and a fitting type. Overlapping: spans share a character,
  each used once, with a fitting type.
* arguments: a predicted argument is right when its event has a trigger that overlaps a gold
  trigger of fitting type, the roles fit, and its phrase, or any mention of its entity, shares half
  the shorter with the gold phrase. A gold argument is found when a prediction matches it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.alignment import match_phrases
from kg.evaluate.folder import broken, gold_paths, json_lines
from kg.evaluate.score import Score, Tally, exact
from kg.evaluate.suite import Suite
from kg.evaluate.tokens import token_text
from kg.model import Document, Event, Extraction, Span

FOLDER = "wikievents"
LAYOUT = (
    "The events suite needs the .jsonl files of WikiEvents (on GitHub: raspberryice/gen-arg), one "
    "article a line with doc_id, tokens, sentences, entity_mentions and event_mentions."
)

_VIOLENCE = (
    "Conflict.Attack",
    "Life.Die",
    "Life.Injure",
    "ArtifactExistence.DamageDestroyDisableDismantle",
)
_COURT = ("Justice.Convict", "Justice.Sentence", "Justice.Acquit")

EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Attack": (*_VIOLENCE, "GenericCrime.GenericCrime"),
    "MilitaryStrike": _VIOLENCE,
    "Bombing": _VIOLENCE,
    "Shooting": _VIOLENCE,
    "Clash": (*_VIOLENCE, "Conflict.Defeat"),
    "Killing": ("Life.Die", "Conflict.Attack", "GenericCrime.GenericCrime"),
    "Death": ("Life.Die",),
    "Injury": ("Life.Injure",),
    "Abduction": ("Justice.ArrestJailDetain", "GenericCrime.GenericCrime"),
    "Arrest": ("Justice.ArrestJailDetain",),
    "Trial": ("Justice.TrialHearing", "Justice.ChargeIndict"),
    "Sentence": _COURT,
    "Investigation": ("Justice.InvestigateCrime", "Cognitive.Inspection", "Cognitive.Research"),
    "Release": ("Justice.ReleaseParole",),
    "Protest": ("Conflict.Demonstrate",),
    "Meeting": ("Contact.Contact",),
    "PhoneCall": ("Contact.Contact",),
    "Negotiation": ("Contact.Contact",),
    "Speech": ("Contact.Contact",),
    "Visit": ("Movement.Transportation", "Contact.Contact"),
    "Deployment": ("Movement.Transportation",),
    "Withdrawal": ("Movement.Transportation",),
    "Request": ("Contact.RequestCommand",),
    "Threat": ("Contact.ThreatenCoerce",),
    "Appointment": ("Personnel.StartPosition",),
    "Departure": ("Personnel.EndPosition",),
    "Election": ("Conflict.Defeat",),
    "Aid": ("Transaction.Donation", "Medical.Intervention"),
    "Transaction": ("Transaction.ExchangeBuySell",),
    "Accident": ("Disaster.Crash", "Disaster.FireExplosion"),
    "Disaster": ("Disaster.DiseaseOutbreak", "Disaster.FireExplosion", "Life.Infect"),
    "Launch": ("ArtifactExistence.ManufactureAssemble",),
}
"""Our event types, and the KAIROS types (two levels) that each may stand for."""

KAIROS_ROLES: dict[str, tuple[str, ...]] = {
    "Attacker": ("agent", "participant"),
    "Killer": ("agent", "participant"),
    "Injurer": ("agent", "participant"),
    "Target": ("target", "victim"),
    "Victim": ("victim", "person", "target"),
    "Instrument": ("instrument",),
    "ExplosiveDevice": ("instrument",),
    "Place": ("place",),
    "Participant": ("participant", "agent", "recipient"),
    "Communicator": ("agent", "participant"),
    "Recipient": ("recipient", "participant", "target"),
    "Topic": ("topic",),
    "Transporter": ("agent",),
    "PassengerArtifact": ("agent", "person", "target"),
    "Vehicle": ("instrument",),
    "Origin": ("origin", "place"),
    "Destination": ("destination", "place"),
    "Detainee": ("person", "victim", "target"),
    "Jailer": ("agent",),
    "Defendant": ("person", "target"),
    "JudgeCourt": ("agent",),
    "Prosecutor": ("agent",),
    "Investigator": ("agent",),
    "Observer": ("agent",),
    "ObservedEntity": ("target", "topic"),
    "Crime": ("topic",),
    "Demonstrator": ("agent", "participant"),
    "Employee": ("person",),
    "Position": ("position",),
    "Perpetrator": ("agent",),
    "Damager": ("agent",),
    "Destroyer": ("agent",),
    "DamagerDestroyer": ("agent",),
    "Artifact": ("target", "product"),
    "ManufacturerAssembler": ("agent",),
    "AcquiredEntity": ("product",),
    "Giver": ("agent",),
    "ArtifactMoney": ("product",),
    "Victor": ("agent", "person"),
    "Defeated": ("target",),
}
"""KAIROS roles, and the roles of ours that say the same."""

SCOPE = frozenset(kind for kinds in EVENT_TYPES.values() for kind in kinds)


@dataclass(frozen=True)
class GoldArgument:
    """A KAIROS role and the phrase that fills it."""

    role: str
    span: Span


@dataclass(frozen=True)
class GoldEvent:
    """An event mention; `type` has two levels."""

    type: str
    trigger: Span
    arguments: tuple[GoldArgument, ...]


@dataclass(frozen=True)
class EventsGold:
    """An article and its event mentions, of all KAIROS types."""

    document: Document
    events: tuple[GoldEvent, ...]


def read(data: Path, split: str | None = None) -> tuple[list[Path], list[EventsGold]]:
    """The files read and their articles."""
    paths = gold_paths(data, folder=FOLDER, pattern="*.jsonl", layout=LAYOUT, split=split)
    return paths, [gold for path in paths for gold in _articles(path)]


def _articles(path: Path) -> Iterator[EventsGold]:
    for number, record in json_lines(path):
        try:
            yield _Article(record).gold()
        except KeyError as error:
            raise broken(path, number, f"it lacks {error}") from None
        except (IndexError, TypeError, ValueError, InputError) as error:
            raise broken(path, number, str(error)) from None


class _Article:
    """One record: its text, and the place of every token in it."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        if "sentences" in record:
            self.text, self.places = _from_sentences(record["sentences"])
        else:
            built = token_text([record["tokens"]])
            self.text, self.places = built.text, built.places
        if len(self.places) != len(record["tokens"]):
            raise InputError("its sentences have other tokens than its list of tokens")

    def gold(self) -> EventsGold:
        record = self.record
        if "event_mentions" in record:
            mentions = {m["id"]: (m["start"], m["end"]) for m in record["entity_mentions"]}
            events = [
                (
                    event["event_type"],
                    (event["trigger"]["start"], event["trigger"]["end"]),
                    [(a["role"], mentions[a["entity_id"]]) for a in event["arguments"]],
                )
                for event in record["event_mentions"]
            ]
        else:
            events = [
                (
                    event["event_type"],
                    event["trigger"],
                    [(a["role"], a["span"]) for a in event["arguments"] if a["span"]],
                )
                for event in record["events"]
            ]
        return EventsGold(
            Document(record["doc_id"], self.text),
            tuple(
                GoldEvent(
                    ".".join(kind.split(".")[:2]),
                    self.span(*trigger),
                    tuple(GoldArgument(role, self.span(*place)) for role, place in arguments),
                )
                for kind, trigger, arguments in events
            ),
        )

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens from `first` to before `last`."""
        return Span(self.record["doc_id"], self.places[first][0], self.places[last - 1][1])


def _from_sentences(sentences: Sequence[Any]) -> tuple[str, list[tuple[int, int]]]:
    """The sentences on a line each; their offsets count over the text without line ends."""
    text, places = "", []
    for tokens, words in sentences:
        shift = len(text) - (tokens[0][1] if tokens else 0)
        places += [(start + shift, end + shift) for _, start, end in tokens]
        text += words.rstrip() + "\n"
    return text.rstrip("\n"), places


def score(
    gold: Sequence[EventsGold], predicted: Sequence[Extraction], detail: bool = False
) -> dict[str, Score]:
    """Triggers and arguments; there is no further `detail`."""
    sums: dict[str, Tally] = {}
    for article, extraction in zip(gold, predicted, strict=True):
        tallies = {
            **_triggers(article, extraction),
            **_arguments(article, extraction),
        }
        for name, tally in tallies.items():
            sums[name] = sums.get(name, Tally()) + tally
    return {name: tally.score() for name, tally in sums.items()}


def _triggers(article: EventsGold, extraction: Extraction) -> dict[str, Tally]:
    wanted = {(event.trigger, event.type) for event in article.events if event.type in SCOPE}
    found = {
        (span, EVENT_TYPES[event.type])
        for event in extraction.events
        if event.type in EVENT_TYPES
        for span in event.triggers
    }
    spans = exact((span for span, _ in found), (span for span, _ in wanted))
    typed = _one_to_one(found, wanted, lambda a, b: a == b)
    overlapping = _one_to_one(found, wanted, Span.overlaps)
    return {
        "triggers": spans,
        "triggers with type": Tally(typed, len(found), typed, len(wanted)),
        "triggers with type, overlapping": Tally(overlapping, len(found), overlapping, len(wanted)),
    }


Found = tuple[Span, tuple[str, ...]]
Wanted = tuple[Span, str]


def _one_to_one(
    found: Iterable[Found], wanted: Iterable[Wanted], match: Callable[[Span, Span], bool]
) -> int:
    """How many pairs of fitting type match, each used once, equal spans first, in text order."""
    fitting = sorted(
        (left[0] != right[0], left, right)
        for left in found
        for right in wanted
        if right[1] in left[1] and match(left[0], right[0])
    )
    used: set[Found | Wanted] = set()
    pairs = 0
    for _, left, right in fitting:
        if left not in used and right not in used:
            used |= {left, right}
            pairs += 1
    return pairs


def _arguments(article: EventsGold, extraction: Extraction) -> dict[str, Tally]:
    wanted = {
        (event, argument)
        for event in article.events
        if event.type in SCOPE
        for argument in event.arguments
        if argument.role in KAIROS_ROLES
    }
    mentions = {
        entity.id: tuple(mention.span for mention in entity.mentions)
        for entity in extraction.entities
    }
    said, right, reached = set(), set(), set()
    for event in extraction.events:
        if event.type not in EVENT_TYPES:
            continue
        counterparts = _counterparts(event, article)
        for argument in event.arguments:
            spans = (argument.span, *mentions.get(argument.entity or "", ()))
            filler = argument.entity or argument.span
            said.add((event.id, argument.role, filler))
            for pair in wanted:
                if pair[0] in counterparts and _fits(argument.role, spans, pair[1]):
                    right.add((event.id, argument.role, filler))
                    reached.add(pair)
    return {"arguments": Tally(len(right), len(said), len(reached), len(wanted))}


def _counterparts(event: Event, article: EventsGold) -> set[GoldEvent]:
    """The gold events of fitting type at the triggers of an event."""
    return {
        gold
        for gold in article.events
        if gold.type in EVENT_TYPES[event.type]
        and any(span.overlaps(gold.trigger) for span in event.triggers)
    }


def _fits(role: str, spans: Iterable[Span], gold: GoldArgument) -> bool:
    return role in KAIROS_ROLES[gold.role] and any(match_phrases(span, gold.span) for span in spans)


SUITE = Suite(
    read=read,
    score=score,
    notes=(
        "Scored are the events that our inventory has; the others (teaching, research, disease"
        " carriers, obstruction) take no part.",
    ),
)
