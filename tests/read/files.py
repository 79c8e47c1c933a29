"""Real PDFs, Word documents, feeds and archives, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    title: str = "",
    author: str = "",
    made: str = "",
    password: str = "",
    picture: bool = False,
) -> bytes:
    """A PDF with a text layer: one line of text below the other, set in Helvetica.

    `made` is a date as PDF writes it (D:20240112); `picture` puts an image on every page.
    """
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    reference = writer._add_object(font)
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        resources = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): reference})}
        )
        if picture:
            image = DecodedStreamObject()
            image.set_data(b"\0" * 12)
            for key, value in (("/Width", 2), ("/Height", 2), ("/BitsPerComponent", 8)):
                image[NameObject(key)] = NumberObject(value)
            image[NameObject("/Type")] = NameObject("/XObject")
            image[NameObject("/Subtype")] = NameObject("/Image")
            image[NameObject("/ColorSpace")] = NameObject("/DeviceRGB")
            resources[NameObject("/XObject")] = DictionaryObject(
                {NameObject("/Im1"): writer._add_object(image)}
            )
        page[NameObject("/Resources")] = resources
        content = DecodedStreamObject()
        drawn = [b"BT /F1 11 Tf 14 TL 50 800 Td"]
        for line in lines:
            raw = line.encode("cp1252")
            for special in (b"\\", b"(", b")"):
                raw = raw.replace(special, b"\\" + special)
            drawn.append(b"(" + raw + b") Tj T*")
        content.set_data(b"\n".join([*drawn, b"ET"]))
        page[NameObject("/Contents")] = writer._add_object(content)
    metadata = {"/Title": title, "/Author": author, "/CreationDate": made}
    writer.add_metadata({key: value for key, value in metadata.items() if value})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx(
    paragraphs: Iterable[str],
    *,
    title: str = "",
    author: str = "",
    made: datetime = datetime(2024, 1, 12, tzinfo=UTC),
    cells: Sequence[str] = (),
) -> bytes:
    """A Word document of paragraphs, with a table of one row after them."""
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    about = document.core_properties
    about.title, about.author, about.created = title, author, made
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rss(entries: Iterable[Mapping[str, str]], *, title: str = "Daily News") -> bytes:
    """An RSS feed; keys of an entry are element names, such as "content:encoded"."""
    items = "".join(
        "<item>"
        + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in entry.items())
        + "</item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{escape(title)}</title>{items}</channel></rss>"
    ).encode()


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """A zip archive, packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()
