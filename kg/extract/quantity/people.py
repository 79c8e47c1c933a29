"""Numbers of people, and what the words say happened to them."""

from __future__ import annotations

import re

from kg.extract.quantity.count import (
    COUNT,
    DEATHS,
    DETAINED,
    INJURED,
    PARTICIPANTS,
    Piece,
    bound_of,
    count_value,
)
from kg.model import Bound

_KILLED = (
    r"killed|dead|died|dies|die|slain|martyred|murdered|executed|assassinated|massacred|beheaded|"
    r"perished|"
    r"drowned|gunned\s+down|shot\s+dead|hacked\s+to\s+death|stabbed\s+to\s+death|"
    r"burnt\s+to\s+death|"
    r"burned\s+to\s+death|hanged|lynched|"
    r"lost\s+(?:their|his|her)\s+li(?:ves|fe)|succumbed|embraced\s+martyrdom"
)
_KILLING = (
    r"kill(?:s|ed|ing)?|martyr(?:s|ed|ing)?|murder(?:s|ed|ing)?|slay(?:s|ing)?|slew|massacr(?:ed|"
    r"ing)|"
    r"execut(?:es|ed|ing)|assassinat(?:ed|ing)|"
    r"(?:claim(?:s|ed|ing)|took|taking|cost(?:ing)?)\s+the\s+li(?:ves|fe)\s+of|"
    r"le(?:ft|aving|aves)|deaths?\s+of|killings?\s+of|murders?\s+of|claim(?:s|ed|ing)|cost"
)
_WOUNDED = r"injured|wounded|hurt|maimed|hospitali[sz]ed|injuries"
_WOUNDING = (
    r"injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt(?:s|ing)?|maim(?:s|ed|ing)|"
    r"injur(?:y|ies)\s+to|left"
)
_HELD = (
    r"detained|arrested|captured|jailed|imprisoned|apprehended|nabbed|rounded\s+up|"
    r"taken\s+into\s+custody|"
    r"in\s+custody|seized|remanded|held"
)
_HOLDING = (
    r"detain(?:s|ed|ing)|arrest(?:s|ed|ing|\s+of)?|captur(?:es|ed|ing)|nabb?(?:ed|ing)|"
    r"apprehend(?:s|ed|ing)|rounded\s+up"
)
_JOINED = (
    r"(?:took|taken|taking|takes?)\s+part|participat(?:ed|ing|e|es)|attended|attend(?:ing|s)?|"
    r"gathered|"
    r"protested|marched|rallied|demonstrated|joined|turned\s+out|took\s+to\s+the\s+streets|"
    r"visited|arrived|"
    r"departed|signed\s+up|compet(?:ed|e|ing)|assembled|converged|deployed|were\s+on\s+board"
)

_PERSON = (
    r"(?:people|persons?|individuals?|civilians?|soldiers?|troops|policem[ae]n|policewom[ae]n|"
    r"police|"
    r"officers?|personnel|m[ae]n|wom[ae]n|children|child|kids?|boys?|girls?|militants?|"
    r"terrorists?|rebels?|"
    r"insurgents?|fighters?|members?|workers?|students?|protest(?:e|o)rs?|demonstrators?|"
    r"pilgrims?|passengers?|"
    r"migrants?|refugees?|victims?|others?|residents?|villagers?|employees?|staff|journalists?|"
    r"guards?|"
    r"firefighters?|Palestinians?|Israelis?|Iranians?|Pakistanis?|Afghans?|Iraqis?|Syrians?|"
    r"Americans?|"
    r"nationals?|citizens?|suspects?|gunmen|gunman|attackers?|bombers?|commanders?|leaders?|"
    r"tourists?|"
    r"worshippers?|supporters?|activists?|participants?|delegates?|guests?|visitors?|troopers?|"
    r"marines?|"
    r"cops?|airmen|sailors?|crew|athletes?|players?|teams?|countries|nations|lawmakers|MPs|"
    r"artists?|teachers?|"
    r"farmers?|drivers?|youths?|teenagers?|babies|infants?|families|lives|souls|of\s+them|more|"
    r"fans|"
    r"combatants|noncombatants|non-combatants|hostages?|prisoners?|detainees?|inmates?|ministers?|"
    r"representatives|envoys|officials?|casualties|fatalities|deaths)"
)
_NOUN = (
    rf"(?:(?:\s+(?!and\b|or\b|in\b|on\b|at\b|"
    rf"to\b)[\w'’.-]+){{0,4}}?\s+{_PERSON}\b(?:\s+{_PERSON}\b){{0,3}})"
)
_BE = r"(?:were|was|are|is|been|being|be|have\s+been|had\s+been|has\s+been|got|lay|remain(?:ed)?)"
_ADVERB = (
    r"(?:\s+(?:also|reportedly|confirmed|feared|allegedly|believed|believed\s+to\s+have|"
    r"instantly|then|later|seriously|critically|severely|badly|slightly|fatally|brutally|"
    r"either|all|shot\s+and|thought\s+to\s+have|said\s+to\s+have|have|had|has))*"
)
_BETWEEN = (
    r"(?:\s*,?\s*(?:including|among\s+them|mostly|most\s+of\s+them|all|"
    r"many\s+of\s+them)\b(?:(?!\band\s+\w+(?:ed|ing)\b)[^.;:]){0,60}?,?)?"
)


def _after(kind: str, verbs: str, noun: str, rank: int) -> tuple[str, str, int]:
    """ "11 police officers were killed", "20 wounded"."""
    link = rf"(?:(?:\s+who)?\s+{_BE})?{_ADVERB}"
    return kind, rf"{COUNT}(?P<noun>{noun})?{_BETWEEN}{link}\s+(?P<cue>{verbs})\b", rank


def _before(kind: str, verbs: str, noun: str, rank: int) -> tuple[str, str, int]:
    """ "killed 11 police officers", "left five dead"."""
    return kind, rf"\b(?P<cue>{verbs})\s+(?:the\s+)?{COUNT}(?P<noun>{noun})?", rank


_PATTERNS: tuple[tuple[str, str, int], ...] = (
    _after(DEATHS, _KILLED, _NOUN, 0),
    _after(INJURED, _WOUNDED, _NOUN, 0),
    _after(DETAINED, _HELD, _NOUN, 1),
    _before(DEATHS, _KILLING, _NOUN, 1),
    _before(INJURED, _WOUNDING, _NOUN, 1),
    _before(DETAINED, _HOLDING, _NOUN, 1),
    (DEATHS, rf"(?P<cue>death\s+toll|dead|toll|number\s+of\s+(?:the\s+)?(?:dead|deaths|"
             rf"those\s+killed))"
             rf"[^.;:\d]{{0,60}}?\b(?:to|at|is|was|of|stands\s+at|reached|reaches|hit|hits|"
             rf"exceed(?:s|ed)|past|passed)\s+{COUNT}(?P<noun>{_NOUN})?", 0),
    (DEATHS, rf"\b(?P<cue>li(?:ves|fe)\s+of)\s+(?:the\s+)?{COUNT}(?P<noun>{_NOUN})?", 0),
    (DEATHS, rf"\b(?P<cue>cost|claimed|took|"
             rf"taken)\s+(?:the\s+)?{COUNT}(?:\s+[\w'’-]+){{0,3}}?(?P<noun>\s+lives)\b", 0),
    (DEATHS, rf"\b(?P<cue>cost)\s+{COUNT}(?P<noun>(?:\s+[\w'’-]+){{1,5}}?)\s+their\s+lives\b", 0),
    (DEATHS, rf"{COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>deaths|fatalities))\b", 0),
    (INJURED, rf"{COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>injuries|wounded|injured))\b", 1),
    (DETAINED, rf"{COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>arrests|detentions))\b", 0),
    (PARTICIPANTS, rf"{COUNT}(?P<noun>{_NOUN})(?:\s+(?:who|that))?(?:\s+(?:have|had|has|are|were|"
                   rf"also|peacefully))*\s+(?P<cue>{_JOINED})\b", 2),
    (PARTICIPANTS, rf"(?P<cue>attended\s+by|joined\s+by|participation\s+of|turnout\s+of|"
                   rf"crowd\s+of|crowds\s+of|gathering\s+of|group\s+of|rally\s+of|"
                   rf"delegation\s+of|team\s+of|attendance\s+of|attracted|drew|drawing|"
                   rf"involving)\s+{COUNT}(?P<noun>{_NOUN})?", 2),
    (PARTICIPANTS, rf"{COUNT}(?P<noun>(?:\s+[\w'’-]+){{0,2}}?\s+(?P<cue>participants|attendees|"
                   rf"delegates|protesters|demonstrators|marchers|runners|competitors|athletes|"
                   rf"spectators))\b", 3),
)  # fmt: skip


def _cue_of(pattern: str) -> re.Pattern[str]:
    """The part of a pattern that names the cue: no cue in a sentence, no need to try the rest."""
    start = pattern.index("(?P<cue>") + len("(?P<cue>")
    depth, end = 1, start
    while depth:
        depth += {"(": 1, ")": -1}.get(pattern[end], 0)
        end += 1
    return re.compile(pattern[start : end - 1], re.IGNORECASE)


_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), rank, _cue_of(pattern))
    for kind, pattern, rank in _PATTERNS
)
_SINGLE_NOUN = (
    r"(?:[\w'’-]+\s+){0,3}?(?:person|m[ae]n|woman|civilian|soldier|policeman|policewoman|officer|"
    r"child|boy|girl|"
    r"militant|terrorist|fighter|worker|student|protester|demonstrator|journalist|guard|youth|"
    r"teenager|suspect|"
    r"passenger|driver|member|commander|leader|marine|cop|constable|national|citizen|villager|"
    r"farmer|pilgrim|"
    r"teacher|doctor|resident|baby|infant|bystander|pedestrian|gunman)"
)
_SINGLE = (
    (DEATHS, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|"
                        rf"has\s+been|had\s+been)){_ADVERB}"
                        rf"\s+(?P<cue>{_KILLED})\b", re.IGNORECASE)),
    (DEATHS, re.compile(rf"\b(?P<cue>kill(?:ed|ing|s)|martyr(?:ed|ing)|murder(?:ed|ing)|"
                        rf"shot\s+dead|le(?:ft|aving)|(?:claim(?:ed|ing)|took|"
                        rf"taking)\s+the\s+life\s+of)\s+(?P<noun>(?:a|an|"
                        rf"another)\s+{_SINGLE_NOUN})\b(?!\s+(?:injured|wounded|"
                        rf"hurt))", re.IGNORECASE)),
    (INJURED, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|"
                         rf"has\s+been|had\s+been)){_ADVERB}"
                         rf"\s+(?P<cue>{_WOUNDED})\b", re.IGNORECASE)),
    (INJURED, re.compile(rf"\b(?P<cue>injur(?:ed|ing)|wound(?:ed|ing))\s+(?P<noun>(?:a|an|"
                         rf"another)\s+{_SINGLE_NOUN})\b", re.IGNORECASE)),
    (DETAINED, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|"
                          rf"has\s+been|had\s+been)){_ADVERB}\s+(?P<cue>arrested|detained|"
                          rf"apprehended)\b", re.IGNORECASE)),
)  # fmt: skip


def people(words: str) -> list[Piece]:
    found: list[Piece] = []
    for kind, pattern, rank, cue in _COMPILED:
        for match in pattern.finditer(words) if cue.search(words) else ():
            piece = _people_piece(words, kind, match, rank)
            if piece is not None:
                found.append(piece)
    for kind, pattern in _SINGLE:
        for match in pattern.finditer(words):
            start, end = match.span("noun")
            found.append(Piece(kind, start, end, 1.0, Bound.EXACT, *match.span("cue"), rank=3))
    return found


def _people_piece(words: str, kind: str, match: re.Match[str], rank: int) -> Piece | None:
    group = "vague" if match["vague"] else "number"
    value = count_value(match[group])
    noun = match["noun"]
    if value is None or not value.is_integer() or _is_year(match[group], noun):
        return None
    cue = match["cue"].lower()
    if rank and cue.startswith(("le", "claim", "cost")) and not _fits(words, cue, match):
        return None
    if cue.startswith("le") and re.match(
        r"(?:\s+\w+){0,2}?\s+(?:injured|wounded|hurt)", words[match.end() :]
    ):
        return None
    start = match.start("qualifier") if match["qualifier"] else match.start(group)
    end = match.end("noun") if noun else max(match.end(group), match.end("plus"))
    return Piece(kind, start, end, value, bound_of(match), *match.span("cue"), rank=rank)


def _is_year(number: str, noun: str | None) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not noun


def _fits(words: str, cue: str, match: re.Match[str]) -> bool:
    """Whether "left", "claimed" or "cost" is about the dead: "left five dead",
    "cost 11 ... lives"."""
    after = words[match.end() : match.end() + 40]
    if cue.startswith("le"):
        return bool(re.match(r"(?:\s+[\w'’-]+){0,3}?\s+(?:dead|killed)\b", after))
    if "li" in cue[5:]:
        return True
    return bool(re.match(r"(?:\s+[\w'’-]+){0,3}?\s*(?:their\s+)?lives\b", after)) or bool(
        match["noun"] and match["noun"].rstrip().endswith("lives")
    )
