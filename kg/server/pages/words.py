"""How types, relations, certainty and numbers are put to a reader.

The drawing says the same in `kg/view/assets/words.js`; a test holds the two to one another.
"""

from __future__ import annotations

from datetime import date

from kg.graph.network import Value
from kg.model import Bound, Factuality, Status
from kg.show import words as spaced
from kg.view.period import period_words

ROLE = {
    "agent": "by",
    "participant": "with",
    "target": "against",
    "person": "who",
    "victim": "victim",
    "recipient": "to",
    "instrument": "by means of",
    "place": "in",
    "origin": "from",
    "destination": "to",
    "topic": "about",
    "position": "post",
    "product": "product",
}
RELATION = {
    "holdsPosition": "holds the post",
    "formerlyHeldPosition": "formerly held the post",
    "positionOf": "post of",
    "leaderOf": "leader of",
    "memberOf": "member of",
    "memberOfParty": "member of the party",
    "employedBy": "works for",
    "citizenOf": "citizen of",
    "affiliatedWith": "affiliated with",
    "representative": "representative of",
    "bornIn": "born in",
    "diedIn": "died in",
    "residesIn": "lives in",
    "educatedAt": "educated at",
    "spouse": "married to",
    "childOf": "child of",
    "siblingOf": "sibling of",
    "relativeOf": "relative of",
    "alliedWith": "allied with",
    "hostileTo": "hostile to",
    "designatedTerroristBy": "designated as terrorist by",
    "signatoryTo": "signed",
    "diplomaticRelationWith": "has diplomatic relations with",
    "capitalOf": "capital of",
    "borders": "borders",
}
INVERSE = {
    "holdsPosition": "held by",
    "formerlyHeldPosition": "formerly held by",
    "positionOf": "posts",
    "leaderOf": "leaders",
    "memberOf": "members",
    "memberOfParty": "members",
    "employedBy": "people who work for it",
    "citizenOf": "citizens",
    "affiliatedWith": "affiliated people",
    "representative": "representatives",
    "bornIn": "born here",
    "diedIn": "died here",
    "residesIn": "people who live here",
    "educatedAt": "educated here",
    "childOf": "children",
    "basedIn": "based here",
    "operatesIn": "active here",
    "partOf": "parts",
    "foundedBy": "founded",
    "ownedBy": "owns",
    "supports": "supported by",
    "designatedTerroristBy": "designates as terrorist",
    "signatoryTo": "signatories",
    "locatedIn": "places in it",
    "capitalOf": "capital",
}
"""Headings on the page of the thing at the other end; symmetric relations read the same."""

CERTAINTY = {
    Factuality.PLANNED: "planned",
    Factuality.POSSIBLE: "possible",
    Factuality.DENIED: "denied",
}
STATUS = {
    Status.ATTRIBUTED: "claimed, not taken as fact",
    Status.UNCERTAIN: "too uncertain to be taken as fact",
    Status.REJECTED: "rejected by a correction",
}
_BOUND = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.ABOUT: "about "}


def predicate_words(predicate: str) -> str:
    """A relation or role as it reads from its subject: "attack" - "against" - target."""
    return ROLE.get(predicate) or RELATION.get(predicate) or spaced(predicate)


def inverse_words(predicate: str) -> str:
    """A relation as a heading on the page of its object."""
    return INVERSE.get(predicate) or predicate_words(predicate)


def standing(factuality: Factuality, status: Status) -> str:
    """How far a statement is from an accepted fact, in words; "" for one."""
    return CERTAINTY.get(factuality) or STATUS.get(status, "")


def value_words(value: Value) -> str:
    """A number with its bound, a date as people write it, a phrase as it stands."""
    if value.predicate == "date":
        start, _, end = value.value.partition("/")
        return period_words(_day(start), _day(end or start))
    return f"{_BOUND.get(value.bound, '') if value.bound else ''}{value.value}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 article", "1,200 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def _day(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)
