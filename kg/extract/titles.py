"""Posts as written in the text: "Caretaker Foreign Minister", "Ambassador to Tehran".

A title is found by its head word ("minister") with the words that belong to it. Who holds the
post and whose post it is, `positions` works out later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon, words
from kg.extract.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAMED_BY_OF = frozenset({"minister", "secretary", "chief", "undersecretary", "under-secretary"})
"""Heads whose "of X" is part of the post's name ("Secretary of State", "Chief of Army Staff");
after other heads it is the body ("president of the club")."""
ACCREDITED = frozenset({"ambassador", "envoy", "representative", "minister", "consul"})
"""Heads with "to X" or "for X" as part of the post's name."""

AFTER_HEAD = frozenset({"officer", "executive", "designate"})
WITH_GENERAL = dict.fromkeys(
    ("attorney", "secretary", "director", "solicitor", "inspector", "consul", "governor"),
    AFTER_HEAD | {"general"},
)
"""Words that follow the head of a post. After other heads "General" is the holder's rank."""


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """A post's words at tokens `start` to `end` (exclusive), `head` among them.

    `key` are the words that make the post, in lower case and in full ("chief of army staff" for
    "COAS"), without those that only tell of time; `former` and `acting` keep what these told.
    """

    start: int
    end: int
    head: int
    key: str
    former: bool = False
    acting: bool = False


def find_titles(parse: Parse, places: Collection[int]) -> list[Title]:
    """The titles of the document in text order; `places` are tokens of names known beforehand."""
    doc = parse.doc
    found: list[Title] = []
    for token in doc:
        if token.lower_ not in _heads() or (found and token.i < found[-1].end):
            continue
        title = _title(doc, token.i, places)
        if title and not (found and title.start < found[-1].end):
            found.append(title)
    return found


@cache
def _heads() -> frozenset[str]:
    titles = lexicon("titles")
    return frozenset(titles["heads"]) | frozenset(titles["civil"]["prefixed"])


@cache
def _modifiers() -> frozenset[str]:
    return words("titles", "modifiers") | words("titles", "passing") | words("titles", "acting")


def _title(doc: Doc, head: int, places: Collection[int]) -> Title | None:
    """The title around a head word, or None when the word is no post here."""
    start, end = _begin(doc, head, places), _end(doc, head, places)
    # The last head word of "foreign minister" or "chief executive officer" is the head.
    bare = start == head and end == head + 1
    weak = doc[head].lower_ in words("titles", "weak")
    if bare and weak and not _names_follow(doc, end):
        return None
    if doc[head].pos_ in ("VERB", "AUX", "ADV") or _is_office(doc, end):
        return None
    former = _is_former(doc, start, head, places)
    acting = any(t.lower_ in words("titles", "acting") for t in doc[start:head])
    while start < head and doc[start].lower_ in words("titles", "passing"):
        start += 1
    if doc[start].text in ("-", "–"):
        start += 1
    return Title(start, end, head, _key(doc, start, end), former, acting)


def _is_office(doc: Doc, end: int) -> bool:
    """Whether the words go on to name an office: "Prime Minister's Office"."""
    after = end + 1 if end < len(doc) and doc[end].text in ("'s", "’s", "s", "'", "’") else end
    return after < len(doc) and doc[after].lower_ in ("office", "department", "ministry")


def _is_former(doc: Doc, start: int, head: int, places: Collection[int]) -> bool:
    """Whether "former" stands in the title or before it ("former Iranian president")."""
    while start > 0 and start - 1 in places:
        start -= 1
    first = max(0, start - 1)
    return any(token.lower_ in words("titles", "former") for token in doc[first:head])


def _begin(doc: Doc, head: int, places: Collection[int]) -> int:
    start = head
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.i in places:
            break
        hyphen = before.text in ("-", "–") and start >= 2 and doc[start - 2].lower_ in _modifiers()
        if before.lower_ in _modifiers() or before.lower_ in _heads() or hyphen:
            start -= 1
            continue
        break
    return start


def _end(doc: Doc, head: int, places: Collection[int]) -> int:
    """The end of a title: further head words, and what "of" or "to" adds to the post's name."""
    end = head + 1
    stop = doc[head].sent.end
    word = doc[head].lower_
    while end < stop and doc[end].lower_ in (WITH_GENERAL.get(word) or AFTER_HEAD):
        end += 1
    if end + 1 >= stop:
        return end
    link = doc[end].lower_
    if link == "of" and word in NAMED_BY_OF and end + 1 not in places:
        return _capitalised_end(doc, end + 1, stop, places) or end
    if link in ("to", "for") and word in ACCREDITED:
        first = end + 2 if doc[end + 1].lower_ == "the" else end + 1
        after = first
        while after < stop and after in places:
            after += 1
        if after > first:
            return after
        if link == "for":
            return _capitalised_end(doc, first, stop, places) or end
    return end


def _capitalised_end(doc: Doc, first: int, stop: int, places: Collection[int]) -> int | None:
    """The end of the capitalised words (or of one or two plain nouns) from `first`."""
    end = first
    while end < stop and end not in places:
        token = doc[end]
        joined = token.lower_ in ("and", ",", "&") and end + 1 < stop and doc[end + 1].is_title
        if not ((token.text[0].isupper() and token.is_alpha) or (joined and end > first)):
            break
        end += 1
    if end == first:
        while end < min(stop, first + 2) and doc[end].pos_ == "NOUN":
            end += 1
    # "Chief of Army Staff General Asim Munir": the rank and the name are no part of the post.
    ranks = words("titles", "civil", "ranks") | words("titles", "civil", "honorifics")
    for position in range(first + 1, end):
        token = doc[position]
        if token.lower_ in ranks or token.ent_type_ == "PERSON":
            return position
        if position > first + 1 and _begins_name(doc[position], doc[position - 1]):
            return position
    while end > first and doc[end - 1].text in (",", "and", "&"):
        end -= 1
    return end if end > first else None


def _begins_name(token: Token, before: Token) -> bool:
    """Whether a new noun phrase begins: the word before is no modifier within the same phrase."""
    return before.lower_ in ("staff", "state", "affairs", "defence", "defense") and token.is_title


def _names_follow(doc: Doc, end: int) -> bool:
    """Whether a capitalised word that can be a person's name follows."""
    return (
        end < len(doc)
        and doc[end].pos_ == "PROPN"
        and doc[end].text[0].isupper()
        and doc[end].ent_type_ in ("PERSON", "")
        and doc[end - 1].text[0].isupper()
    )


def _key(doc: Doc, start: int, end: int) -> str:
    """The post in lower case, abbreviations written out, without words that only tell of time."""
    dropped = words("titles", "passing") | words("titles", "acting") | words("titles", "former")
    full = lexicon("titles")["abbreviations"]
    kept = [full.get(t.lower_, t.lower_) for t in doc[start:end] if t.lower_ not in dropped]
    return " ".join(" ".join(kept).replace("defense", "defence").split())


def iter_tokens(titles: list[Title]) -> Iterator[int]:
    """The tokens that belong to any of the titles."""
    for title in titles:
        yield from range(title.start, title.end)
