"""E-mails (.eml): the message without quoted ones and signature; attachments are not read."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default

from kg.errors import InputError
from kg.model import Document
from kg.read.fragment import lines_of
from kg.read.paragraphs import paragraphs
from kg.read.plain import article

_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_INTRODUCTION = re.compile(r"On .{5,200} wrote:|-{2,} ?Original Message ?-{2,}", re.IGNORECASE)
_BAD = (LookupError, ValueError, AttributeError, TypeError, MessageError)
"""What the email package raises on headers and bodies that break the standard."""


def parse(data: bytes, id: str) -> Document:
    """The article in an e-mail: subject, text, day it was sent; the sender is the author, and the
    domain it was sent from the source. Raises `InputError` for what is no e-mail, or empty."""
    if not data.strip():
        raise InputError("is empty; there is nothing to read")
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not any(message.get(h) for h in ("From", "Date")):
        raise InputError("is no e-mail: it has neither 'From' nor 'Date' at its top")
    lines = _body(message)
    title = _PREFIX.sub("", _header(message, "Subject")).strip()
    author, source = _sender(message)
    if title and title not in lines[:3]:
        lines = [title, *lines]
    return article(
        [part for line in lines for part in (line, "")],
        id=id,
        title=title,
        published=_sent(message),
        source=source,
        author=author,
    )


def _body(message: EmailMessage) -> list[str]:
    """The paragraphs of the text, or of the page where there is no text."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part else None
    except _BAD as error:
        raise InputError(f"is a broken e-mail ({error}); save it anew") from None
    if part is None or not isinstance(content, str) or not content.strip():
        raise InputError("is an e-mail without text; attachments are not read, save them as files")
    if part.get_content_type() == "text/html":
        return lines_of(content)
    return paragraphs(_own(content.splitlines()))


def _own(lines: list[str]) -> list[str]:
    """What the sender wrote: no quotations, nothing from the signature on."""
    kept: list[str] = []
    for line in lines:
        if line == "-- " or _INTRODUCTION.fullmatch(line.strip()):
            break
        if not line.startswith(">"):
            kept.append(line)
    return kept


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except _BAD:
        return ""


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Name and domain of the sender."""
    try:
        header = message.get("From")
        address = header.addresses[0] if header else None
        return (address.display_name, address.domain) if address else ("", "")
    except (*_BAD, IndexError):
        return "", ""


def _sent(message: EmailMessage) -> date | None:
    """The day the e-mail was sent, in the sender's time zone."""
    try:
        header = message.get("Date")
        return header.datetime.date() if header else None
    except _BAD:
        return None
