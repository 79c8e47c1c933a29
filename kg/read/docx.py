"""Word documents (.docx), through python-docx: paragraphs and cells of tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Document
from kg.read.plain import article
from kg.read.zip import refuse_bomb

if TYPE_CHECKING:
    import docx.document

TEMPLATE_MADE = date(2013, 12, 23)
"""When the template was made that python-docx starts from; it stays in documents that programs
write with it and says nothing of them."""


def parse(data: bytes, id: str, *, published: date | None = None) -> Document:
    """The article in a Word document.

    The publication date is a date line in the text, else `published`, else the day the document
    was made. Raises `InputError` for a broken or encrypted file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree  # type: ignore[import-untyped]

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "is encrypted, or a .doc of an old version of Word; save a copy as .docx without a "
            "password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_bomb(package)
        opened = docx.Document(io.BytesIO(data))
        lines = list(_lines(opened))
        about = opened.core_properties
        title, author = (about.title or "").strip(), (about.author or "").strip()
        made = _day(about.created)
    except InputError:
        raise
    except (
        zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError,
        AttributeError, NotImplementedError, EOFError, OSError,
    ) as error:  # fmt: skip
        told = " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__
        raise InputError(f"is no Word document that can be read ({told}); save it anew") from None
    return article(
        [part for line in lines for part in (line, "")],
        id=id,
        title=title if title in lines[:3] else "",
        undated=published or made,
        author="" if author == "python-docx" else author,
    )


def _lines(opened: docx.document.Document) -> Iterator[str]:
    from docx.table import Table

    for block in opened.iter_inner_content():
        for text in _cells(block) if isinstance(block, Table) else [block.text]:
            yield from (line.strip() for line in text.splitlines())


def _cells(table: Any) -> Iterator[str]:
    """The texts of the cells, one that spans several counted once."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield cell.text


def _day(made: datetime | None) -> date | None:
    return made.date() if made and made.date() != TEMPLATE_MADE else None
