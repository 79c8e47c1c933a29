"""Where a name begins and ends: without titles, articles and possessive endings, and whole."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon, words
from kg.extract.name import LONGEST_NAME

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ARTICLE_FORMS = frozenset({"al", "el", "ul", "ud", "ur", "as", "ash", "at", "an"})
"""Forms of the Arabic article between the parts of a name; the spelling varies freely."""
PARTICLES = frozenset(
    "al el ul ud ur bin ben ibn bint abu de del della di da do dos du la le van von der den ten y "
    "e bou ould san st. mac o' d' dal das zu zur und i".split()
)


def _is_name_part(token: Token) -> bool:
    text = token.text
    return (
        text[0].isupper()
        or text.lower() in PARTICLES
        or text in ("-", "'", "’", "‘", "`", ".", '"', "“", "”")
        or text.lower().startswith(("al-", "el-", "ul-", "d'", "d’", "-"))
    )


@cache
def strippable() -> frozenset[str]:
    """Words in front of a person's name that are no part of it, in lower case."""
    titles = lexicon("titles")
    found = set(titles["heads"]) | set(titles["modifiers"]) | set(titles["passing"])
    found |= set(titles["civil"]["honorifics"]) | set(titles["civil"]["ranks"])
    return frozenset(found | set(titles["civil"]["prefixed"]) | {"&", "and"})


POSSESSIVE = ("'s", "’s", "'", "’", "`s")
ARTICLES = ("the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "both")


def trimmed(doc: Doc, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The tokens of a name without articles, titles, possessive endings and punctuation."""
    for token in doc[start:end]:
        if token.is_space and token.i > start:
            end = token.i
            break
    while start < end and droppable_before(doc[start], kind):
        start += 1
    while end > start and _droppable_after(doc[end - 1], kind):
        end -= 1
    if start < end:
        end = _past_article(doc, end)
    if kind == "Person" and start < end:
        start, end = widened(doc, start, end)
    return (start, end) if 0 < end - start <= LONGEST_NAME else None


def droppable_before(token: Token, kind: str) -> bool:
    if token.is_space or token.is_punct or token.lower_ in ARTICLES or token.text in POSSESSIVE:
        return True
    return kind == "Person" and token.lower_ in strippable() and not _is_initial(token)


def _is_initial(token: Token) -> bool:
    return len(token) == 2 and token.text[0].isupper() and token.text[1] == "."


SUFFIXES = frozenset({"qc", "kc", "mp", "obe", "cbe", "phd", "md", "r", "d", "esq", "esq."})
"""Letters after a person's name that are no part of it."""


def _droppable_after(token: Token, kind: str) -> bool:
    if token.is_space or token.text in POSSESSIVE:
        return True
    if kind == "Person" and token.text.isupper() and token.lower_ in SUFFIXES:
        return True
    return token.is_punct and not (token.text in (")", ".") and len(token) > 1)


def _past_article(doc: Doc, end: int) -> int:
    """The end of a name cut before an Arabic article: "Jaish" of "Jaish ul-Adl"."""
    if end + 2 < len(doc) and doc[end].lower_ in ARTICLE_FORMS and doc[end + 1].text == "-":
        return end + 3 if doc[end + 2].text[0].isupper() else end
    return end


def widened(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A person's name with the capitalised words that belong to it on both sides."""
    sentence = doc[start].sent
    while end < sentence.end and end - start < LONGEST_PERSON:
        if _goes_on(doc[end]) and doc[end - 1].whitespace_ == " " and _tied(doc[end - 1], doc[end]):
            end += 1
        elif _hyphen(doc, end) and end + 1 < sentence.end and doc[end + 1].is_alpha:
            end += 2
        else:
            break
    while start > sentence.start and end - start < LONGEST_PERSON:
        before = doc[start - 1]
        if not (_goes_on(before) and before.whitespace_ == " " and _tied(before, doc[start])):
            break
        start -= 1
    return start, end


LONGEST_PERSON = 6
"""Tokens of a person's name. Longer ones in newsgraph train are full Arabic and Spanish names,
which spaCy gives whole."""


def _goes_on(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.is_title
        and token.is_alpha
        and token.ent_type_ in ("", "PERSON")
        and token.lower_ not in strippable()
        and token.lower_ not in words("stops", "names")
    )


def _tied(left: Token, right: Token) -> bool:
    """Whether two neighbours belong to one name in the parse."""
    return (
        left.head == right
        or right.head == left
        or (left.head == right.head and left.dep_ in _INNER)
    )


_INNER = ("compound", "flat", "nmod")


def _hyphen(doc: Doc, position: int) -> bool:
    """Whether a hyphen at the position joins the words around it ("Kam-leung")."""
    token = doc[position]
    return token.text == "-" and not token.whitespace_ and not doc[position - 1].whitespace_


def is_namelike(doc: Doc, start: int, end: int, kind: str) -> bool:
    """Whether the tokens can be a name: capitalised, no stop name, no verb or number alone."""
    tokens = doc[start:end]
    surface = tokens.text
    if surface.lower() in words("stops", "names") or not any(c.isalpha() for c in surface):
        return False
    if any(c in surface for c in "@/\\|<>{}[]_=#*\n\t"):
        return False
    capital = [token for token in tokens if any(c.isupper() for c in token.text)]
    if not capital or (kind == "Person" and not all(_is_name_part(t) for t in tokens)):
        return False
    if len(tokens) == 1:
        token = tokens[0]
        return token.pos_ in ("PROPN", "ADJ") or (kind != "Person" and token.pos_ == "NOUN")
    return any(token.pos_ == "PROPN" for token in tokens)
