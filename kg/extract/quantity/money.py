"""Sums of money, with their currency as an ISO 4217 code."""

from __future__ import annotations

import re

from kg.extract.number import NUMBER, SCALES, value_of
from kg.extract.quantity.count import (
    AMOUNT,
    GUARD,
    QUALIFIER,
    VAGUE,
    Piece,
    bound_of,
    count_value,
)

CURRENCIES = {
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS", "₺": "TRY", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND", "₴": "UAH", "৳": "BDT",
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "nt$": "TWD", "n$": "NAD", "r$": "BRL", "rs": "", "rs.": "", "re": "", "rm": "MYR", "tk": "BDT",
    "sr": "SAR", "qr": "QAR", "kd": "KWD", "bd": "BHD", "aed": "AED", "dhs": "AED", "dh": "AED",
    "r": "ZAR", "ksh": "KES", "sh": "KES", "tsh": "TZS", "ush": "UGX", "p": "PHP", "s/": "PEN",
    "rmb": "CNY",
    "chf": "CHF", "php": "PHP", "gh¢": "GHS", "gh₵": "GHS",
}  # fmt: skip
"""ISO 4217 codes of currency signs; "" where the sign is shared ("Rs": India, Pakistan, ...)."""

CURRENCY_NAMES = {
    "us dollars": "USD", "u.s. dollars": "USD", "american dollars": "USD", "dollars": "USD",
    "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP", "sterling": "GBP",
    "british pounds": "GBP", "pounds": "GBP", "pakistani rupees": "PKR", "indian rupees": "INR",
    "sri lankan rupees": "LKR", "nepali rupees": "NPR", "rupees": "", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "won": "KRW", "baht": "THB", "rubles": "RUB", "roubles": "RUB",
    "riyals": "SAR",
    "saudi riyals": "SAR", "qatari riyals": "QAR", "rials": "IRR", "tomans": "IRR", "rial": "IRR",
    "dinars": "", "kuwaiti dinars": "KWD", "iraqi dinars": "IQD", "dirhams": "AED", "taka": "BDT",
    "birr": "ETB", "shekels": "ILS", "naira": "NGN", "cedis": "GHS", "rand": "ZAR", "reais": "BRL",
    "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "kyat": "MMK", "lira": "TRY", "liras": "TRY",
    "hryvnia": "UAH", "hryvnias": "UAH", "zloty": "PLN", "forint": "HUF", "francs": "",
    "swiss francs": "CHF",
    "cfa francs": "XOF", "canadian dollars": "CAD", "australian dollars": "AUD",
    "new zealand dollars": "NZD",
    "hong kong dollars": "HKD", "singapore dollars": "SGD", "taiwan dollars": "TWD",
    "kenya shillings": "KES",
    "kenyan shillings": "KES", "shillings": "", "pesos": "", "mexican pesos": "MXN",
    "lempiras": "HNL",
    "colones": "", "cordobas": "NIO", "quetzales": "GTQ", "afghanis": "AFN", "crowns": "",
    "kronor": "SEK",
    "kroner": "", "tugriks": "MNT", "tugrik": "MNT",
}  # fmt: skip

_CODES = (
    r"USD|EUR|GBP|JPY|CNY|INR|PKR|BDT|LKR|NPR|AUD|CAD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RUB|UAH|TRY|ILS|SAR|AED"
    r"|"
    r"QAR|KWD|BHD|OMR|IQD|IRR|EGP|ZAR|NGN|KES|UGX|TZS|ETB|GHS|MYR|SGD|IDR|THB|PHP|VND|KRW|HKD|TWD|MXN|BRL|ARS"
    r"|"
    r"CLP|COP|PEN|MNT|NAD"
)
_SIGNS = "|".join(
    sorted((re.escape(sign) for sign in CURRENCIES if not sign.isalpha()), key=len, reverse=True)
)
_LETTER_SIGNS = (
    r"US\s?\$|NT\s?\$|HK\s?\$|AU?\s?\$|CA?\s?\$|NZ\s?\$|N\s\$|S\$|R\$|Rs\.?|Re|RM|Tk\.?|SR|QR|"
    r"KD|BD|AED|Dhs?|Ksh|Sh|TSh|USh|R|P|RMB|CHF"
)
_SINGLE_LETTERS = ("R", "P", "Re", "Sh")
_NAMES = "|".join(
    sorted((name.replace(" ", r"\s+") for name in CURRENCY_NAMES), key=len, reverse=True)
)
_PLAIN = (
    r"(?:\d{1,3}(?:(?:,\d{3})+|(?:,[  ]\d{3})+)(?!\d)(?:\.\d+)?|\d{1,3}(?:[  ]\d{3})+(?!\d)|"
    r"\d+(?:\.\d+)?)"
)
_SCALE = (
    r"(?:[\s-]?(?P<scale>hundred|thousand|lakh|lac|million|crore|billion|trillion|mn|mln|bn|"
    r"bln|tn|trn|[mkb])\b(?:\s+(?P<scale2>crore|million|billion)\b)?)?"
)
_MONEY = (
    re.compile(
        rf"{QUALIFIER}?(?<![\w])"
        rf"(?:(?P<code>{_CODES})\s?|(?-i:(?P<letters>{_LETTER_SIGNS}))\s?|(?P<sign>{_SIGNS})\s?)"
        rf"(?P<number>{_PLAIN}){_SCALE}(?P<plus>\+)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{QUALIFIER}?{GUARD}(?:(?P<vague>{VAGUE})\s+"
        rf"(?:of\s+)?|(?P<number>{_PLAIN}|{NUMBER}){_SCALE}\s?-?)"
        rf"(?:(?-i:(?P<code>{_CODES}))|(?P<name>{_NAMES})|(?P<sign>{_SIGNS}))(?![\w])",
        re.IGNORECASE,
    ),
)


def money(words: str) -> list[Piece]:
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
                Piece(AMOUNT, start, end, value, bound_of(match), start, end, _currency(match))
            )
    return found


def _money_value(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("vague"):
        return count_value(groups["vague"])
    short = (groups.get("letters") or "").strip()
    if short in _SINGLE_LETTERS and not groups["scale"] and len(groups["number"]) < 3:
        return None  # "P5" and "R4" are names
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
