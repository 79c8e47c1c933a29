"""Numbers that belong to events: the dead, the injured, the detained, those who took part, money.

A number counts as one of these only where the words around it say so ("killed 11", "11 people
were killed", "the death toll rose to 12"); years, ages, shares, scores and the numbers in names
("G7", "9/11") do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.number import NUMBER, SCALES, value_of
from kg.model import Bound, Quantity, Span

DEATHS, INJURED, DETAINED, PARTICIPANTS, AMOUNT = (
    "deaths",
    "injured",
    "detained",
    "participants",
    "amount",
)


@dataclass(frozen=True, slots=True)
class CountedQuantity:
    """A number with what it counts, and the word that says so.

    `quantity.span` holds the number with its qualifier and the noun it counts; `cue` is the
    word that gives the kind ("killed"), where an event's trigger is most likely to be;
    `sentence` is the sentence around both.
    """

    quantity: Quantity
    cue: Span
    sentence: Span


def find_quantities(
    text: str, *, document: str, sentences: Iterable[Span]
) -> tuple[CountedQuantity, ...]:
    """Every number of `text` that counts people in an event, or money, in text order.

    `sentences` are the spans of `document` to read; nothing crosses their ends.
    """
    found: list[CountedQuantity] = []
    for sentence in sentences:
        words = sentence.of(text)
        if not _ANY_CUE.search(words):
            continue
        pieces = [*_people(words), *_money(words)]
        for piece in sorted(_without_overlaps(pieces), key=lambda piece: piece.start):
            found.append(_counted(piece, document, sentence))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number in a sentence: offsets there of the whole phrase and of the cue."""

    kind: str
    start: int
    end: int
    value: float
    bound: Bound
    cue_start: int
    cue_end: int
    unit: str = ""
    rank: int = 0


def _counted(piece: _Piece, document: str, sentence: Span) -> CountedQuantity:
    span = Span(document, sentence.start + piece.start, sentence.start + piece.end)
    cue = Span(document, sentence.start + piece.cue_start, sentence.start + piece.cue_end)
    quantity = Quantity(piece.kind, piece.value, piece.bound, span, piece.unit)
    return CountedQuantity(quantity, cue, sentence)


def _without_overlaps(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The surest reading of each stretch: by rank of its pattern, then the longest.

    One number may be read as two kinds ("20 people were killed and injured"); only of one kind
    it is read once.
    """
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.rank, -(p.end - p.start), p.start, p.kind)):
        clash = any(
            other.start < piece.end
            and piece.start < other.end
            and (other.kind == piece.kind or other.rank < piece.rank)
            for other in kept
        )
        if not clash:
            kept.append(piece)
    return kept


# --- how large: number, qualifier and bound ---------------------------------------------------

_AT_LEAST = (
    r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|well\s+over|not\s+less\s+than|"
    r"a\s+minimum\s+of|in\s+excess\s+of|exceeding|above"
)
_AT_MOST = (
    r"up\s+to|at\s+most|as\s+many\s+as|as\s+much\s+as|no\s+more\s+than|fewer\s+than|less\s+than|under|"
    r"a\s+maximum\s+of|not\s+more\s+than|below"
)
_ABOUT = (
    r"about|around|approximately|roughly|nearly|almost|some|close\s+to|an?\s+estimated|"
    r"an?\s+reported|circa|just\s+(?:over|under)|approx\.?"
)
_QUALIFIER = rf"(?:(?P<qualifier>{_AT_LEAST}|{_AT_MOST}|{_ABOUT})\s+|[~≈]\s?)"
_VAGUE_NUMBERS = {
    "hundreds of thousands": 2e5,
    "tens of thousands": 2e4,
    "hundreds of millions": 2e8,
    "tens of millions": 2e7,
    "millions": 2e6,
    "thousands": 2e3,
    "hundreds": 2e2,
    "scores": 40,
    "dozens": 24,
    "several hundred": 2e2,
    "several thousand": 2e3,
    "several dozen": 24,
    "a few dozen": 24,
    "a handful": 3,
}
"""The least that a plural of a round number says: two of them."""
_VAGUE = "|".join(word.replace(" ", r"\s+") for word in _VAGUE_NUMBERS)
_GUARD = r"(?<![\w$€£¥₹/:.,-])"
_COUNT = (
    rf"{_QUALIFIER}?{_GUARD}(?:(?P<vague>{_VAGUE})(?:\s+of\b)?|(?P<number>{NUMBER}))"
    r"(?![\d%:/]|[.,-]\d|\s*(?:%|percent\b|per\s*cent\b)|(?:st|nd|rd|th)\b)(?P<plus>\+|\s+or\s+more\b)?"
)


def _value(words: str) -> float | None:
    vague = re.sub(r"\s+", " ", words.lower())
    return _VAGUE_NUMBERS.get(vague) or value_of(words)


def _bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    qualifier = groups.get("qualifier") or ""
    if groups.get("plus") or groups.get("vague"):
        return Bound.AT_LEAST
    if re.fullmatch(_AT_LEAST, qualifier, re.IGNORECASE):
        return Bound.AT_LEAST
    if re.fullmatch(_AT_MOST, qualifier, re.IGNORECASE):
        return Bound.AT_MOST
    if qualifier or match.group().lstrip().startswith(("~", "≈")):
        return Bound.ABOUT
    return Bound.EXACT


# --- what it counts: people and what happened to them ------------------------------------------

_KILLED = (
    r"killed|dead|died|dies|die|slain|martyred|murdered|executed|assassinated|massacred|beheaded|perished|"
    r"drowned|gunned\s+down|shot\s+dead|hacked\s+to\s+death|stabbed\s+to\s+death|burnt\s+to\s+death|"
    r"burned\s+to\s+death|hanged|lynched|"
    r"lost\s+(?:their|his|her)\s+li(?:ves|fe)|succumbed|embraced\s+martyrdom"
)
_KILLING = (
    r"kill(?:s|ed|ing)?|martyr(?:s|ed|ing)?|murder(?:s|ed|ing)?|slay(?:s|ing)?|slew|massacr(?:ed|ing)|"
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
    r"detained|arrested|captured|jailed|imprisoned|apprehended|nabbed|rounded\s+up|taken\s+into\s+custody|"
    r"in\s+custody|seized|remanded|held"
)
_HOLDING = r"detain(?:s|ed|ing)|arrest(?:s|ed|ing|\s+of)?|captur(?:es|ed|ing)|nabb?(?:ed|ing)|apprehend(?:s|ed|ing)|rounded\s+up"
_JOINED = (
    r"(?:took|taken|taking|takes?)\s+part|participat(?:ed|ing|e|es)|attended|attend(?:ing|s)?|gathered|"
    r"protested|marched|rallied|demonstrated|joined|turned\s+out|took\s+to\s+the\s+streets|visited|arrived|"
    r"departed|signed\s+up|compet(?:ed|e|ing)|assembled|converged|deployed|were\s+on\s+board"
)

_PERSON = (
    r"(?:people|persons?|individuals?|civilians?|soldiers?|troops|policem[ae]n|policewom[ae]n|police|"
    r"officers?|personnel|m[ae]n|wom[ae]n|children|child|kids?|boys?|girls?|militants?|terrorists?|rebels?|"
    r"insurgents?|fighters?|members?|workers?|students?|protest(?:e|o)rs?|demonstrators?|pilgrims?|passengers?|"
    r"migrants?|refugees?|victims?|others?|residents?|villagers?|employees?|staff|journalists?|guards?|"
    r"firefighters?|Palestinians?|Israelis?|Iranians?|Pakistanis?|Afghans?|Iraqis?|Syrians?|Americans?|"
    r"nationals?|citizens?|suspects?|gunmen|gunman|attackers?|bombers?|commanders?|leaders?|tourists?|"
    r"worshippers?|supporters?|activists?|participants?|delegates?|guests?|visitors?|troopers?|marines?|"
    r"cops?|airmen|sailors?|crew|athletes?|players?|teams?|countries|nations|lawmakers|MPs|artists?|teachers?|"
    r"farmers?|drivers?|youths?|teenagers?|babies|infants?|families|lives|souls|of\s+them|more|fans|"
    r"combatants|noncombatants|non-combatants|hostages?|prisoners?|detainees?|inmates?|ministers?|"
    r"representatives|envoys|officials?|casualties|fatalities|deaths)"
)
_NOUN = rf"(?:(?:\s+(?!and\b|or\b|in\b|on\b|at\b|to\b)[\w'’.-]+){{0,4}}?\s+{_PERSON}\b)"
_BE = r"(?:were|was|are|is|been|being|be|have\s+been|had\s+been|has\s+been|got|lay|remain(?:ed)?)"
_ADVERB = r"(?:\s+(?:also|reportedly|confirmed|feared|allegedly|believed|believed\s+to\s+have|instantly|then|later|seriously|critically|severely|badly|slightly|fatally|brutally|either|all|shot\s+and|thought\s+to\s+have|said\s+to\s+have|have|had|has))*"
_BETWEEN = r"(?:\s*,?\s*(?:including|among\s+them|mostly|most\s+of\s+them|all|many\s+of\s+them)\b[^.;:]{0,60}?,?)?"


def _after(kind: str, verbs: str, noun: str, rank: int) -> tuple[str, str, int]:
    """ "11 police officers were killed", "20 wounded"."""
    link = rf"(?:(?:\s+who)?\s+{_BE})?{_ADVERB}"
    return kind, rf"{_COUNT}(?P<noun>{noun})?{_BETWEEN}{link}\s+(?P<cue>{verbs})\b", rank


def _before(kind: str, verbs: str, noun: str, rank: int) -> tuple[str, str, int]:
    """ "killed 11 police officers", "left five dead"."""
    return kind, rf"\b(?P<cue>{verbs})\s+(?:the\s+)?{_COUNT}(?P<noun>{noun})?", rank


_PATTERNS: tuple[tuple[str, str, int], ...] = (
    _after(DEATHS, _KILLED, _NOUN, 0),
    _after(INJURED, _WOUNDED, _NOUN, 0),
    _after(DETAINED, _HELD, _NOUN, 1),
    _before(DEATHS, _KILLING, _NOUN, 1),
    _before(INJURED, _WOUNDING, _NOUN, 1),
    _before(DETAINED, _HOLDING, _NOUN, 1),
    (DEATHS, rf"(?P<cue>death\s+toll|dead|toll|number\s+of\s+(?:the\s+)?(?:dead|deaths|those\s+killed))"
             rf"[^.;:\d]{{0,60}}?\b(?:to|at|is|was|of|stands\s+at|reached|reaches|hit|hits|exceed(?:s|ed)|past|passed)\s+{_COUNT}(?P<noun>{_NOUN})?", 0),
    (DEATHS, rf"\b(?P<cue>li(?:ves|fe)\s+of)\s+(?:the\s+)?{_COUNT}(?P<noun>{_NOUN})?", 0),
    (DEATHS, rf"\b(?P<cue>cost|claimed|took|taken)\s+(?:the\s+)?{_COUNT}(?:\s+[\w'’-]+){{0,3}}?(?P<noun>\s+lives)\b", 0),
    (DEATHS, rf"\b(?P<cue>cost)\s+{_COUNT}(?P<noun>(?:\s+[\w'’-]+){{1,5}}?)\s+their\s+lives\b", 0),
    (DEATHS, rf"{_COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>deaths|fatalities))\b", 0),
    (INJURED, rf"{_COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>injuries|wounded|injured))\b", 1),
    (DETAINED, rf"{_COUNT}(?P<noun>\s+(?:[\w'’-]+\s+)?(?P<cue>arrests|detentions))\b", 0),
    (PARTICIPANTS, rf"{_COUNT}(?P<noun>{_NOUN})(?:\s+(?:who|that))?(?:\s+(?:have|had|has|are|were|also|peacefully))*\s+(?P<cue>{_JOINED})\b", 2),
    (PARTICIPANTS, rf"(?P<cue>attended\s+by|joined\s+by|participation\s+of|turnout\s+of|crowd\s+of|crowds\s+of|gathering\s+of|group\s+of|rally\s+of|delegation\s+of|team\s+of|attendance\s+of|attracted|drew|drawing)\s+{_COUNT}(?P<noun>{_NOUN})?", 2),
    (PARTICIPANTS, rf"{_COUNT}(?P<noun>(?:\s+[\w'’-]+){{0,2}}?\s+(?P<cue>participants|attendees|delegates|protesters|demonstrators|marchers|runners|competitors|athletes|spectators))\b", 3),
)  # fmt: skip

_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), rank) for kind, pattern, rank in _PATTERNS
)
_SINGLE_NOUN = (
    r"(?:[\w'’-]+\s+){0,3}?(?:person|m[ae]n|woman|civilian|soldier|policeman|policewoman|officer|child|boy|girl|"
    r"militant|terrorist|fighter|worker|student|protester|demonstrator|journalist|guard|youth|teenager|suspect|"
    r"passenger|driver|member|commander|leader|marine|cop|constable|national|citizen|villager|farmer|pilgrim|"
    r"teacher|doctor|resident|baby|infant|bystander|pedestrian|gunman)"
)
_SINGLE = (
    (DEATHS, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|has\s+been|had\s+been)){_ADVERB}\s+(?P<cue>{_KILLED})\b", re.IGNORECASE)),
    (DEATHS, re.compile(rf"\b(?P<cue>kill(?:ed|ing|s)|martyr(?:ed|ing)|murder(?:ed|ing)|shot\s+dead|le(?:ft|aving)|(?:claim(?:ed|ing)|took|taking)\s+the\s+life\s+of)\s+(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})\b(?!\s+(?:injured|wounded|hurt))", re.IGNORECASE)),
    (INJURED, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|has\s+been|had\s+been)){_ADVERB}\s+(?P<cue>{_WOUNDED})\b", re.IGNORECASE)),
    (INJURED, re.compile(rf"\b(?P<cue>injur(?:ed|ing)|wound(?:ed|ing))\s+(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})\b", re.IGNORECASE)),
    (DETAINED, re.compile(rf"\b(?P<noun>(?:a|an|another)\s+{_SINGLE_NOUN})(?:\s+(?:was|is|has\s+been|had\s+been)){_ADVERB}\s+(?P<cue>arrested|detained|apprehended)\b", re.IGNORECASE)),
)  # fmt: skip

_ANY_CUE = re.compile(
    r"\d|[$€£¥₹₽]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens?|"
    r"scores|hundreds?|thousands?|millions?|billions?|an?|another|several)\b",
    re.IGNORECASE,
)


def _people(words: str) -> list[_Piece]:
    found: list[_Piece] = []
    for kind, pattern, rank in _COMPILED:
        for match in pattern.finditer(words):
            piece = _people_piece(words, kind, match, rank)
            if piece is not None:
                found.append(piece)
    for kind, pattern in _SINGLE:
        for match in pattern.finditer(words):
            start, end = match.span("noun")
            found.append(_Piece(kind, start, end, 1.0, Bound.EXACT, *match.span("cue"), rank=3))
    return found


def _people_piece(words: str, kind: str, match: re.Match[str], rank: int) -> _Piece | None:
    group = "vague" if match["vague"] else "number"
    value = _value(match[group])
    noun = match["noun"]
    if value is None or not value.is_integer() or _is_year(match[group], noun):
        return None
    cue = match["cue"].lower()
    if cue.startswith(("le", "claim", "cost")) and not _fits(words, cue, match):
        return None
    if cue.startswith("le") and re.match(
        r"(?:\s+\w+){0,2}?\s+(?:injured|wounded|hurt)", words[match.end() :]
    ):
        return None
    start = match.start("qualifier") if match["qualifier"] else match.start(group)
    end = match.end("noun") if noun else max(match.end(group), match.end("plus"))
    return _Piece(kind, start, end, value, _bound(match), *match.span("cue"), rank=rank)


def _is_year(number: str, noun: str | None) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not noun


def _fits(words: str, cue: str, match: re.Match[str]) -> bool:
    """Whether "left", "claimed" or "cost" is about the dead: "left five dead", "cost 11 ... lives"."""
    after = words[match.end() : match.end() + 40]
    if cue.startswith("le"):
        return bool(re.match(r"(?:\s+[\w'’-]+){0,3}?\s+(?:dead|killed)\b", after))
    if "li" in cue[5:]:
        return True
    return bool(re.match(r"(?:\s+[\w'’-]+){0,3}?\s*(?:their\s+)?lives\b", after)) or bool(
        match["noun"] and match["noun"].rstrip().endswith("lives")
    )


# --- money --------------------------------------------------------------------------------------

CURRENCIES = {
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
    "₪": "ILS", "₺": "TRY", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND", "₴": "UAH", "৳": "BDT",
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "nt$": "TWD", "n$": "NAD", "r$": "BRL", "rs": "", "rs.": "", "re": "", "rm": "MYR", "tk": "BDT",
    "sr": "SAR", "qr": "QAR", "kd": "KWD", "bd": "BHD", "aed": "AED", "dhs": "AED", "dh": "AED",
    "r": "ZAR", "ksh": "KES", "sh": "KES", "tsh": "TZS", "ush": "UGX", "p": "PHP", "s/": "PEN", "rmb": "CNY",
    "chf": "CHF", "php": "PHP", "gh¢": "GHS", "gh₵": "GHS", "#": "",
}  # fmt: skip
"""ISO 4217 codes of currency signs; "" where the sign is shared ("Rs": India, Pakistan, ...)."""

CURRENCY_NAMES = {
    "us dollars": "USD", "u.s. dollars": "USD", "american dollars": "USD", "dollars": "USD",
    "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP", "sterling": "GBP",
    "british pounds": "GBP", "pounds": "GBP", "pakistani rupees": "PKR", "indian rupees": "INR",
    "sri lankan rupees": "LKR", "nepali rupees": "NPR", "rupees": "", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "won": "KRW", "baht": "THB", "rubles": "RUB", "roubles": "RUB", "riyals": "SAR",
    "saudi riyals": "SAR", "qatari riyals": "QAR", "rials": "IRR", "tomans": "IRR", "rial": "IRR",
    "dinars": "", "kuwaiti dinars": "KWD", "iraqi dinars": "IQD", "dirhams": "AED", "taka": "BDT",
    "birr": "ETB", "shekels": "ILS", "naira": "NGN", "cedis": "GHS", "rand": "ZAR", "reais": "BRL",
    "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "kyat": "MMK", "lira": "TRY", "liras": "TRY",
    "hryvnia": "UAH", "hryvnias": "UAH", "zloty": "PLN", "forint": "HUF", "francs": "", "swiss francs": "CHF",
    "cfa francs": "XOF", "canadian dollars": "CAD", "australian dollars": "AUD", "new zealand dollars": "NZD",
    "hong kong dollars": "HKD", "singapore dollars": "SGD", "taiwan dollars": "TWD", "kenya shillings": "KES",
    "kenyan shillings": "KES", "shillings": "", "pesos": "", "mexican pesos": "MXN", "lempiras": "HNL",
    "colones": "", "cordobas": "NIO", "quetzales": "GTQ", "afghanis": "AFN", "crowns": "", "kronor": "SEK",
    "kroner": "", "tugriks": "MNT", "tugrik": "MNT",
}  # fmt: skip

_CODES = (
    r"USD|EUR|GBP|JPY|CNY|INR|PKR|BDT|LKR|NPR|AUD|CAD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RUB|UAH|TRY|ILS|SAR|AED|"
    r"QAR|KWD|BHD|OMR|IQD|IRR|EGP|ZAR|NGN|KES|UGX|TZS|ETB|GHS|MYR|SGD|IDR|THB|PHP|VND|KRW|HKD|TWD|MXN|BRL|ARS|"
    r"CLP|COP|PEN|MNT|NAD"
)
_SIGNS = "|".join(
    sorted((re.escape(sign) for sign in CURRENCIES if not sign.isalpha()), key=len, reverse=True)
)
_LETTER_SIGNS = r"US\s?\$|NT\s?\$|HK\s?\$|AU?\s?\$|CA?\s?\$|NZ\s?\$|N\s\$|S\$|R\$|Rs\.?|Re|RM|Tk\.?|SR|QR|KD|BD|AED|Dhs?|Ksh|Sh|TSh|USh|R|P|RMB|CHF"
_NAMES = "|".join(
    sorted((name.replace(" ", r"\s+") for name in CURRENCY_NAMES), key=len, reverse=True)
)
_PLAIN = r"(?:\d{1,3}(?:,[  ]?\d{3})+(?:\.\d+)?|\d{1,3}(?:[  ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_SCALE = r"(?:[\s-]?(?P<scale>hundred|thousand|lakh|lac|million|crore|billion|trillion|mn|mln|bn|bln|tn|trn|[mkb])\b\.?(?:\s+(?P<scale2>crore|million|billion)\b)?)?"
_MONEY = (
    re.compile(
        rf"{_QUALIFIER}?(?<![\w])(?:(?P<code>{_CODES})\s?|(?-i:(?P<letters>{_LETTER_SIGNS}))\s?|(?P<sign>{_SIGNS})\s?)"
        rf"(?P<number>{_PLAIN}){_SCALE}(?P<plus>\+)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_QUALIFIER}?{_GUARD}(?:(?P<vague>{_VAGUE})\s+(?:of\s+)?|(?P<number>{_PLAIN}|{NUMBER}){_SCALE}\s?-?)"
        rf"(?:(?-i:(?P<code>{_CODES}))|(?P<name>{_NAMES})|(?P<sign>{_SIGNS}))(?![\w])",
        re.IGNORECASE,
    ),
)


def _money(words: str) -> list[_Piece]:
    found = []
    for pattern in _MONEY:
        for match in pattern.finditer(words):
            value = _money_value(match)
            if value is None:
                continue
            start, end = match.span()
            while words[start].isspace():
                start += 1
            found.append(
                _Piece(AMOUNT, start, end, value, _bound(match), start, end, _currency(match))
            )
    return found


def _money_value(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("vague"):
        return _value(groups["vague"])
    value = value_of(re.sub(r"(?<=\d)[  ](?=\d{3})", "", groups["number"]))
    for name in ("scale", "scale2"):
        scale = groups.get(name)
        if value is not None and scale:
            value *= SCALES[scale.lower()]
    return round(value, 2) if value is not None else None


def _currency(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("code"):
        return groups["code"].upper()
    sign = groups.get("sign") or groups.get("letters")
    if sign:
        return CURRENCIES.get(re.sub(r"\s", "", sign.lower()), "")
    return CURRENCY_NAMES[re.sub(r"\s+", " ", groups["name"].lower())]


# --- which event ----------------------------------------------------------------------------------

KINDS_OF_EVENT = {
    DEATHS: (
        "Attack", "MilitaryStrike", "Bombing", "Shooting", "Clash", "Killing", "Death", "Accident",
        "Disaster", "Protest", "Abduction",
    ),
    INJURED: (
        "Attack", "MilitaryStrike", "Bombing", "Shooting", "Clash", "Injury", "Accident", "Disaster",
        "Protest", "Killing", "Death",
    ),
    DETAINED: ("Arrest", "Abduction", "Protest", "Attack", "Clash", "Sentence", "Trial"),
    PARTICIPANTS: (
        "Protest", "Ceremony", "Meeting", "Visit", "Competition", "Deployment", "Election", "Speech",
        "Negotiation", "Launch",
    ),
    AMOUNT: (
        "Transaction", "Aid", "Sanction", "Sentence", "Pledge", "Accusation", "BusinessChange",
        "Request", "Agreement", "Launch", "Legislation", "Trial", "Release", "Arrest",
    ),
}  # fmt: skip
"""Which events have which quantities, the likeliest first: as counted in the training articles."""


@dataclass(frozen=True, slots=True)
class QuantityTarget:
    """An event a number may belong to: its type and its triggers in the document."""

    type: str
    triggers: tuple[Span, ...]


REACH = 45
"""How many words may lie between a number and the trigger of its event."""


def attach_quantities(
    quantities: Sequence[CountedQuantity], events: Sequence[QuantityTarget], *, text: str
) -> tuple[tuple[Quantity, ...], ...]:
    """For each event, in order, its numbers: at most one of a kind, the first told.

    A number goes to the event whose trigger is its cue, else to the nearest trigger of an event
    that can have such a number in its sentence.
    """
    taken: list[dict[str, Quantity]] = [{} for _ in events]
    for counted in quantities:
        best: tuple[float, int] | None = None
        for index, event in enumerate(events):
            cost = _attachment_cost(counted, event, text)
            if cost is not None and (best is None or (cost, index) < best):
                best = (cost, index)
        if best is not None:
            taken[best[1]].setdefault(counted.quantity.kind, counted.quantity)
    return tuple(tuple(kinds[kind] for kind in sorted(kinds)) for kinds in taken)


def _attachment_cost(counted: CountedQuantity, event: QuantityTarget, text: str) -> float | None:
    kinds = KINDS_OF_EVENT[counted.quantity.kind]
    if event.type not in kinds:
        return None
    costs = []
    for trigger in event.triggers:
        if not counted.sentence.start <= trigger.start < counted.sentence.end:
            continue
        if trigger.overlaps(counted.cue):
            return -1.0
        left, right = sorted((trigger, counted.cue))
        costs.append(len(text[left.end : right.start].split()) + kinds.index(event.type) * 0.5)
    nearest = min(costs, default=None)
    return nearest if nearest is not None and nearest <= REACH else None
