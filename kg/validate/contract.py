"""The evidence contract: nothing stands in the graph without the words that say it.

1. Every direct triple has an accepted claim (an unrealised event's, an unrealised one); a type
   may rest on a correction instead.
2. Every accepted claim shows in the direct triples, or has a preferred rival there.
3. Every claim has a sentence.
4. Every span's text is the article's text at its offsets.
5. The things a claim is about are mentioned in its sentences, by name or by a mention that was
   stored as referring to them.

The direct triples that follow by rule (`kg.graph.direct`) are checked against the claim they
follow from. Everything is read in a few passes and joined in memory, so the check is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.graph import vocabulary as v
from kg.graph.store import DEFAULT_GRAPH
from kg.graph.vocabulary import KG, NIF, RDF, SCHEMA
from kg.inventory import ACTOR_ROLES, PREDICATES, QUANTITY_KINDS, ROLES
from kg.query.result import compact
from kg.validate.columns import Columns
from kg.validate.report import Finding

_ACCEPTED, _UNREALIZED = KG + "Accepted", KG + "Unrealized"
_UNCERTAIN, _REJECTED = KG + "Uncertain", KG + "Rejected"
_LABELS = {v.PREF_LABEL, v.ALT_LABEL, v.LABEL}
_SYMMETRIC = {KG + name for name, predicate in PREDICATES.items() if predicate.symmetric}
_ACTOR_ROLES = tuple(KG + role for role in ACTOR_ROLES)
_SINGLE_VALUED = {KG + name for name in (*v.TIME_PREDICATES, *QUANTITY_KINDS)}
_RELATIONAL = {KG + name for name in (*PREDICATES, *ROLES)}
_BOUND_OF = {
    KG + bound(kind): KG + kind for kind in QUANTITY_KINDS for bound in (v.minimum, v.maximum)
}
_NARROWER = {KG + narrow: KG + wide for of in v.HOMONYMS.values() for wide, narrow in of.items()}


@dataclass
class Outcome:
    """What the check counted and found."""

    claims: int = 0
    sound_claims: int = 0
    facts: int = 0
    backed_facts: int = 0
    findings: list[Finding] = field(default_factory=list)


def check_contract(columns: Columns) -> Outcome:
    """Checks every claim, span and direct triple of the graph."""
    return _Contract(columns).check()


class _Contract:
    """The claims, spans and mentions of a graph, by IRI; terms are kept as text."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.texts = self.values(NIF + "isString")
        self.begin = self.values(NIF + "beginIndex")
        self.end = self.values(NIF + "endIndex")
        self.context = self.values(NIF + "referenceContext")
        self.article = self.values(SCHEMA + "identifier")
        self.subject = self.values(RDF + "subject")
        self.predicate = self.values(RDF + "predicate")
        self.object = self.terms(RDF + "object")
        self.status = self.values(KG + "status")
        self.factuality = self.values(KG + "factuality")
        self.sentences = self.lists(v.DERIVED_FROM)
        self.claims = [
            node
            for node in sorted(columns.instances(KG + "Claim"))
            if node in self.subject and node in self.predicate and node in self.object
        ]
        self.statuses: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for claim in self.claims:
            self.statuses[self.fact(claim)].add(self.status.get(claim, ""))
        for correction in columns.instances(KG + "RetypeCorrection"):
            if correction in self.subject:  # a person's word backs the type of the thing
                self.statuses[self.fact(correction)] |= {_ACCEPTED, _UNREALIZED}

    def check(self) -> Outcome:
        outcome = Outcome()
        direct = [
            (_text(quad.subject), quad.predicate.value, str(quad.object))
            for quad in self.columns.store.quads(graph=DEFAULT_GRAPH)
            if quad.predicate.value not in _LABELS
        ]
        broken_spans = dict(self.broken_spans())
        outcome.findings += broken_spans.values()
        self.check_claims(outcome, direct, set(broken_spans))
        self.check_facts(outcome, direct)
        return outcome

    # reading

    def values(self, predicate: str) -> dict[str, str]:
        return self.columns.texts(predicate)

    def terms(self, predicate: str) -> dict[str, str]:
        return {node: str(values[0]) for node, values in self.columns.of(predicate).items()}

    def lists(self, predicate: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node, values in self.columns.of(predicate).items():
            found[node] = [_text(value) for value in values]
        return found

    def fact(self, claim: str) -> tuple[str, str, str]:
        return (self.subject[claim], self.predicate[claim], self.object[claim])

    def offsets(self, span: str) -> tuple[int, int] | None:
        """Where the span stands; None when the graph does not say so properly."""
        begin, end = self.begin.get(span, ""), self.end.get(span, "")
        if not (begin.isdecimal() and end.isdecimal()):
            return None
        return int(begin), int(end)

    # spans

    def broken_spans(self) -> Iterator[tuple[str, Finding]]:
        """Spans whose words are not those of the article at their offsets."""
        for span, words in self.values(NIF + "anchorOf").items():
            text = self.texts.get(self.context.get(span, ""))
            offsets = self.offsets(span)
            if text is None or offsets is None:
                message = f"{compact(span)}: has no article text and offsets to check it against"
                yield span, Finding("span-without-text", compact(span), message)
                continue
            begin, end = offsets
            actual = text[begin:end]
            if actual != words:
                message = (
                    f"{compact(span)} in article {self.article_of(span)}: the text at {begin}-"
                    f"{end} is {_quoted(actual)}, the span says {_quoted(words)}"
                )
                yield span, Finding("span-text", compact(span), message)

    def article_of(self, span: str) -> str:
        context = self.context.get(span, "")
        return self.article.get(context, compact(context))

    # claims

    def check_claims(
        self, outcome: Outcome, direct: list[tuple[str, str, str]], broken_spans: set[str]
    ) -> None:
        """Rules 2, 3 and 5, and which claims rest on a broken span."""
        stated = set(direct)
        answered = {(subject, predicate) for subject, predicate, _ in direct}
        mentions = self.mentions()
        for claim in self.claims:
            outcome.claims += 1
            findings = [
                *self.without_sentence(claim),
                *self.not_stated(claim, stated, answered),
                *self.not_mentioned(claim, mentions),
            ]
            outcome.findings += findings
            rests_on_broken = any(span in broken_spans for span in self.sentences[claim])
            outcome.sound_claims += not findings and not rests_on_broken

    def mentions(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """(article, entity) -> offsets of the mentions."""
        found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for span, entities in self.lists(KG + "refersTo").items():
            offsets = self.offsets(span)
            if offsets:
                for entity in entities:
                    found[self.context.get(span, ""), entity].append(offsets)
        return found

    def without_sentence(self, claim: str) -> Iterator[Finding]:
        if not self.sentences[claim]:
            message = f"{self.described(claim)} has no span of text that it is derived from"
            yield Finding("claim-without-span", compact(claim), message)

    def not_stated(
        self, claim: str, stated: set[tuple[str, str, str]], answered: set[tuple[str, str]]
    ) -> Iterator[Finding]:
        if self.status.get(claim) != _ACCEPTED:
            return
        subject, predicate, value = self.fact(claim)
        rival = predicate in _SINGLE_VALUED and (subject, predicate) in answered
        # One of several values; an interval's other bound may be open in the preferred one.
        dated = predicate in _SINGLE_VALUED and predicate[len(KG) :] in v.TIME_PREDICATES
        if (subject, predicate, value) not in stated and not rival and not dated:
            message = f"{self.described(claim)} is accepted, but the direct triple is missing"
            yield Finding("accepted-not-stated", compact(claim), message)

    def not_mentioned(
        self, claim: str, mentions: dict[tuple[str, str], list[tuple[int, int]]]
    ) -> Iterator[Finding]:
        """An uncertain or rejected claim need not be grounded: that may be why it is one."""
        subject, predicate, value = self.fact(claim)
        if predicate not in _RELATIONAL or self.status.get(claim) in (_UNCERTAIN, _REJECTED):
            return
        for end in (subject, value.strip("<>")):
            if not end.startswith(v.ENT):
                continue
            places = [
                (self.offsets(sentence), mentions[self.context.get(sentence, ""), end])
                for sentence in self.sentences[claim]
            ]
            if not any(
                offsets and offsets[0] <= begin and stop <= offsets[1]
                for offsets, mentioned in places
                for begin, stop in mentioned
            ):
                message = f"{self.described(claim)}: its sentences do not mention {compact(end)}"
                yield Finding("end-not-mentioned", compact(claim), message)

    def described(self, claim: str) -> str:
        """The claim for people: its id, what it says, and the place in the article."""
        subject, predicate, value = self.fact(claim)
        said = " ".join(compact(part.strip("<>")) for part in (subject, predicate, value))
        for span in self.sentences[claim]:
            offsets = self.offsets(span)
            if offsets:
                where = f"{offsets[0]}-{offsets[1]}"
                return f"{compact(claim)} ({said}; article {self.article_of(span)}, {where})"
        return f"{compact(claim)} ({said})"

    # direct triples

    def check_facts(self, outcome: Outcome, direct: list[tuple[str, str, str]]) -> None:
        """Rule 1."""
        unrealized = {
            subject
            for subject, predicate, value in direct
            if predicate == v.RDF_TYPE and value == f"<{KG}{v.UNREALIZED_EVENT}>"
        }
        types = self.event_types()
        for fact in direct:
            outcome.facts += 1
            needed = _UNREALIZED if fact[0] in unrealized else _ACCEPTED
            if self.backed(fact, needed, types):
                outcome.backed_facts += 1
            else:
                said = " ".join(compact(part.strip("<>")) for part in fact)
                kind = needed[len(KG) :].lower()
                message = f"the direct triple {said} has no {kind} claim behind it"
                outcome.findings.append(Finding("fact-without-claim", compact(fact[0]), message))

    def event_types(self) -> dict[str, set[str]]:
        """Subject -> how the claims that it is unrealised put it: kg:Planned and so on."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            if self.status.get(claim) == _UNREALIZED:
                found[self.subject[claim]].add(self.factuality.get(claim, ""))
        return found

    def backed(
        self, fact: tuple[str, str, str], needed: str, unrealized: dict[str, set[str]]
    ) -> bool:
        """Whether a claim of the needed status says this, or says what this follows from."""
        subject, predicate, value = fact
        plain = value.strip("<>")

        def claimed(predicate: str, value: str = value, subject: str = subject) -> bool:
            return needed in self.statuses.get((subject, predicate, value), ())

        if claimed(predicate):
            return True
        if predicate == v.RDF_TYPE:
            wide = _NARROWER.get(plain)
            return plain == KG + v.UNREALIZED_EVENT or (
                wide is not None and claimed(v.RDF_TYPE, f"<{wide}>")
            )
        if predicate == KG + "eventType":
            return claimed(v.RDF_TYPE)
        if predicate == KG + "factuality":
            return plain in unrealized[subject]
        if predicate == KG + "participant":
            return any(claimed(role) for role in _ACTOR_ROLES)
        if predicate in _BOUND_OF:
            return claimed(_BOUND_OF[predicate])
        return predicate in _SYMMETRIC and claimed(predicate, f"<{subject}>", plain)


def _text(term: Any) -> str:
    return str(term.value)


def _quoted(words: str, most: int = 80) -> str:
    return repr(words if len(words) <= most else words[: most - 3] + "...")
