"""Markdown articles: the words without the markup, title and date from heading or front matter."""

from __future__ import annotations

import re
from datetime import date

from kg.model import Document
from kg.read.dateline import date_of_line
from kg.read.furniture import is_furniture
from kg.read.plain import document

_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"(?P<key>\w+)\s*:\s*(?P<value>.*)")


def parse(text: str, id: str) -> Document:
    """The article in `text`; front matter may give title, date, source and url."""
    fields: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        fields = _fields(match["fields"])
        text = text[match.end() :]
    lines = [line for line in _paragraphs(text) if not is_furniture(line)]
    published: date | None = date_of_line(fields.get("date", ""))
    if lines and published is None and len(lines) > 1 and (day := date_of_line(lines[1])):
        published = day
        del lines[1]
    title = fields.get("title", "")
    if title and (not lines or lines[0] != title):
        lines.insert(0, title)
    return document(
        [part for line in lines for part in (line, "")],
        id=id,
        title=title,
        published=published,
        source=fields.get("source", ""),
        url=fields.get("url", ""),
    )


def _fields(block: str) -> dict[str, str]:
    matches = (_FIELD.fullmatch(line.strip()) for line in block.splitlines())
    return {m["key"].lower(): m["value"].strip().strip("\"'") for m in matches if m}


def _paragraphs(text: str) -> list[str]:
    """The text of every heading, paragraph and list item, links and emphasis resolved."""
    from markdown_it import MarkdownIt

    paragraphs = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "inline":
            words = "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak")
            )
            if words.strip():
                paragraphs.append(words.strip())
    return paragraphs
