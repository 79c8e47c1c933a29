"""Which claims the graph takes as reported fact: one rule, and what it needs to know.

The table in `ontology/README.md` says the same in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.graph.corrections import rejections, retyped
from kg.inventory import EVENT_GROUPS, PREDICATES
from kg.model import (
    Claim,
    ClaimObject,
    ClassRef,
    EntityRef,
    EventRef,
    Extraction,
    Factuality,
    Identities,
    LocalId,
    Span,
    Status,
)
from kg.resolve.replay import reason

ACCEPTANCE_THRESHOLD = 0.5
"""Confidence is a calibrated probability: at one half, taking a claim is right more often than
leaving it, which makes the fewest wrong decisions in all."""

INDEPENDENT_SOURCES = 2
"""A contentious claim that its article only reports needs this many independent sources."""

CONTENTIOUS_RELATIONS = ("supports", "alliedWith", "hostileTo")
CONTENTIOUS_EVENTS = EVENT_GROUPS["Conflict"]
"""Who did it is contentious for these events: their `agent` role."""

SPOKESMAN_RELATIONS = ("representative", "leaderOf", "employedBy", "partOf")
"""Who speaks for whom: a statement by the subject of these counts as one by the object."""

Fact = tuple[EntityRef | EventRef, str, ClaimObject]


def status_of(
    claim: Claim, *, grounded: bool, contentious: bool, admitted: bool, sources: int
) -> Status:
    """The rule: whether `claim` is taken as reported fact, and if not, why not.

    `grounded` says that its evidence mentions the things it is about; `contentious` that the two
    sides would tell it differently; `admitted` that the speaker is the very actor the claim is
    about; `sources` counts the independent sources that say the same.
    """
    if claim.factuality is not Factuality.FACTUAL:
        return Status.UNREALIZED
    if claim.confidence < ACCEPTANCE_THRESHOLD or not grounded:
        return Status.UNCERTAIN
    stated_by_article = claim.speaker is None
    if contentious and not (stated_by_article or admitted or sources >= INDEPENDENT_SOURCES):
        return Status.ATTRIBUTED
    return Status.ACCEPTED


def reason_of(claim: Claim, status: Status) -> str:
    """The status in words, for people; empty for an accepted claim."""
    match status:
        case Status.UNREALIZED:
            return f"said to be {claim.factuality.value.lower()}, not to have happened"
        case Status.UNCERTAIN if claim.confidence >= ACCEPTANCE_THRESHOLD:
            return "its sentences do not mention both things it is about"
        case Status.UNCERTAIN:
            return f"confidence {claim.confidence:.2f} is below {ACCEPTANCE_THRESHOLD}"
        case Status.ATTRIBUTED:
            return "contentious, and only one source says it: neither the article nor the actor"
        case _:
            return ""


class Mentions:
    """Where the canonical entities are mentioned: by name, description or pronoun."""

    def __init__(self, extractions: Iterable[Extraction], identities: Identities) -> None:
        self.spans: dict[tuple[str, EntityRef], list[Span]] = defaultdict(list)
        for extraction in extractions:
            for entity in extraction.entities:
                canonical = identities.entity_of.get(LocalId(extraction.document.id, entity.id))
                if canonical:
                    key = (extraction.document.id, EntityRef(canonical.id))
                    self.spans[key] += [mention.span for mention in entity.mentions]

    def ground(self, claim: Claim) -> bool:
        """Whether the claim's evidence mentions every entity that the claim is about."""
        ends = [end for end in (claim.subject, claim.object) if isinstance(end, EntityRef)]
        return all(
            any(
                evidence.contains(mention)
                for evidence in claim.evidence
                for mention in self.spans[claim.document, end]
            )
            for end in ends
        )


def independent(sources: Iterable[frozenset[str]]) -> int:
    """How many of `sources` are independent; two that share a key are one, and so are chains."""
    groups: list[frozenset[str]] = []
    for keys in set(sources):
        tied = [group for group in groups if group & keys]
        groups = [group for group in groups if not group & keys]
        groups.append(keys.union(*tied))
    return len(groups)


class Sources:
    """Where claims come from, so that independent voices can be told from echoes."""

    def __init__(
        self, extractions: Iterable[Extraction], copies: Iterable[tuple[str, str]] = ()
    ) -> None:
        """`copies` are articles that repeat another, with the first that has their words."""
        self.first = dict(copies)
        self.documents = {item.document.id: item.document for item in extractions}

    def keys(self, claim: Claim) -> frozenset[str]:
        """What would make two claims one source: speaker, publisher, article or same sentence."""
        document = self.documents[claim.document]
        sentence = " ".join(claim.evidence[0].of(document.text).casefold().split())
        if isinstance(claim.speaker, EntityRef):
            voice = f"speaker {claim.speaker.id}"
        elif document.source:
            voice = f"publisher {document.source.casefold()}"
        else:
            voice = f"article {document.id}"
        keys = {voice, f"sentence {sentence}"}
        if not isinstance(claim.speaker, EntityRef):
            keys.add(f"words of {self.first.get(document.id, document.id)}")
        return frozenset(keys)

    def independent(self, claims: Iterable[Claim]) -> int:
        """The number of independent sources behind `claims`.

        Claims by the same speaker, by the same publisher, or in the same words (a wire report
        printed twice, with changes) are one source, and so is a chain of such ties.
        """
        return independent(self.keys(claim) for claim in claims)

    def published(self, claim: Claim) -> str:
        """The publication date of the claim's article as an ISO date, "" when unknown."""
        published = self.documents[claim.document].published
        return published.isoformat() if published else ""


def with_status(
    claims: Sequence[Claim], identities: Identities, extractions: Sequence[Extraction]
) -> tuple[Claim, ...]:
    """The same claims with `status` and `note` set, in the same order.

    What somebody rejected is neither counted nor taken into account for others.
    """
    rejected = rejections(claims, identities)
    standing = [claim for claim in claims if claim.id not in rejected]
    by_hand = retyped(identities)
    sources = Sources(extractions, identities.copies)
    conflicts = {event.id for event in identities.events if event.type in CONTENTIOUS_EVENTS}
    by_fact: dict[Fact, list[Claim]] = defaultdict(list)
    for claim in standing:
        if _contentious(claim, conflicts) and claim.factuality is Factuality.FACTUAL:
            for fact in facts(claim):
                by_fact[fact].append(claim)
    counts = {fact: sources.independent(group) for fact, group in by_fact.items()}
    principals = _principals(standing)
    mentions = Mentions(extractions, identities)
    chosen = _chosen_types(identities)

    def judged(claim: Claim) -> Claim:
        if claim.id in rejected:
            note = reason(rejected[claim.id].correction)
            return replace(claim, status=Status.REJECTED, note=note)
        if isinstance(claim.object, ClassRef) and claim.object.name != chosen[claim.subject]:
            note = "most articles say it is of another type"
            if claim.subject in by_hand:
                note = reason(by_hand[claim.subject].correction)
            return replace(claim, status=Status.UNCERTAIN, note=note)
        status = status_of(
            claim,
            grounded=mentions.ground(claim),
            contentious=_contentious(claim, conflicts),
            admitted=_admitted(claim, principals),
            sources=counts.get((claim.subject, claim.predicate, claim.object), 0),
        )
        return replace(claim, status=status, note=reason_of(claim, status))

    return tuple(judged(claim) for claim in claims)


def facts(claim: Claim) -> tuple[Fact, ...]:
    """What the claim says, also read from the other end where the relation is symmetric."""
    fact = (claim.subject, claim.predicate, claim.object)
    predicate = PREDICATES.get(claim.predicate)
    if predicate and predicate.symmetric and isinstance(claim.object, EntityRef):
        return (fact, (claim.object, claim.predicate, claim.subject))
    return (fact,)


def _contentious(claim: Claim, conflicts: set[str]) -> bool:
    if isinstance(claim.subject, EventRef):
        return claim.predicate == "agent" and claim.subject.id in conflicts
    return claim.predicate in CONTENTIOUS_RELATIONS


def _admitted(claim: Claim, principals: Mapping[EntityRef, set[EntityRef]]) -> bool:
    """Whether the speaker, or one the speaker speaks for, is the actor of the claim."""
    if not isinstance(claim.speaker, EntityRef):
        return False
    actor = claim.object if isinstance(claim.subject, EventRef) else claim.subject
    return actor in principals.get(claim.speaker, set()) | {claim.speaker}


def _principals(claims: Iterable[Claim]) -> dict[EntityRef, set[EntityRef]]:
    """For each speaker those it speaks for: its body, and the country or body of its post."""
    bodies: dict[EntityRef, set[EntityRef]] = defaultdict(set)
    posts: dict[EntityRef, set[EntityRef]] = defaultdict(set)
    for claim in claims:
        subject, target = claim.subject, claim.object
        if not (isinstance(subject, EntityRef) and isinstance(target, EntityRef)):
            continue
        if claim.factuality is not Factuality.FACTUAL or claim.confidence < ACCEPTANCE_THRESHOLD:
            continue
        if claim.predicate in (*SPOKESMAN_RELATIONS, "positionOf"):
            bodies[subject].add(target)
        elif claim.predicate == "holdsPosition":
            posts[subject].add(target)
    return {
        speaker: bodies.get(speaker, set()).union(
            *(bodies.get(post, set()) for post in posts.get(speaker, ()))
        )
        for speaker in {*bodies, *posts}
    }


def _chosen_types(identities: Identities) -> dict[EntityRef | EventRef, str]:
    """The type that each canonical entity and event was given when its reports were joined."""
    return {
        **{EntityRef(entity.id): entity.type for entity in identities.entities},
        **{EventRef(event.id): event.type for event in identities.events},
    }
