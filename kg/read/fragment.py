"""HTML that is all article: entries of feeds, bodies of e-mails."""

from __future__ import annotations

import re

_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr li main ol p pre section table td th tr ul".split()
)
_SILENT = frozenset("script style head title template noscript iframe svg math form button".split())


def lines_of(markup: str) -> list[str]:
    """The paragraphs of `markup`: the words of each block, entities and white space resolved."""
    from lxml import etree, html  # type: ignore[import-untyped]

    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup.replace("\0", ""))
    if not markup.strip():
        return []
    try:
        root = html.document_fromstring(markup)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    lines = [""]
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            text = node.text
        else:
            silent -= event == "end" and tag in _SILENT
            text = node.tail
        if tag in _BLOCKS:
            lines.append("")
        if text and not silent:
            lines[-1] += text
    return [kept for kept in (" ".join(line.split()) for line in lines) if kept]
