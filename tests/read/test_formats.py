"""PDF, Word, e-mail, CSV, feeds, archives: what is read of each, and what is said of bad ones."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import Problem, read
from kg.read.paragraphs import paragraphs
from tests.read.files import archive, docx, pdf, rss

SENTENCE = "A bomb killed 12 people in Kabul on Thursday, the police said in a statement."
OTHER = "The interior minister, Sirajuddin Haqqani, condemned the attack and promised an inquiry."
EMAIL = f"""From: Jane Doe <jane@ministry.example>
To: press@paper.example
Subject: Fwd: Bomb kills 12
Date: Fri, 12 Jan 2024 23:30:00 -0500
Content-Type: text/plain; charset=utf-8

A bomb killed 12 people in Kabul on Thursday,
the police said in a statement.

{OTHER}

On Thu, 11 Jan 2024, Old Sender wrote:
> What happened?
"""


def one(path: Path, *, published: date | None = None) -> Document:
    (item,) = read([path], published=published)
    assert isinstance(item, Document), item
    return item


def problem(path: Path) -> str:
    (item,) = (item for item in read([path]) if isinstance(item, Problem))
    return item.message


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# PDF


def test_a_pdf_is_read_as_paragraphs_without_headers_and_broken_words(tmp_path: Path) -> None:
    pages = [
        ["Daily News - 12 January 2024", "Bomb kills 12", "A bomb killed 12 people in Kabul on",
         "Thursday, the police said in a state-", "ment. Nobody claimed the attack in the",
         "capital.", "Sirajuddin Haqqani, the interior mini-", "1"],
        ["Daily News - 12 January 2024", "ster, condemned the attack. A cease-fire",
         "had been agreed by him and Hossein Amir-", "Abdollahian, but the cease-",
         "fire did not hold.", "2"],
    ]  # fmt: skip
    document = one(write(tmp_path / "a.pdf", pdf(pages, title="Bomb kills 12", author="J. Doe")))
    assert document.text == (
        "Bomb kills 12\n\n"
        "A bomb killed 12 people in Kabul on Thursday, the police said in a statement. Nobody "
        "claimed the attack in the capital.\n\n"
        "Sirajuddin Haqqani, the interior minister, condemned the attack. A cease-fire had been "
        "agreed by him and Hossein Amir-Abdollahian, but the cease-fire did not hold."
    )
    assert (document.title, document.author) == ("Bomb kills 12", "J. Doe")


def test_the_date_on_a_pdf_beats_the_one_given_and_that_the_day_it_was_made(
    tmp_path: Path,
) -> None:
    dated = write(tmp_path / "a.pdf", pdf([["Bomb kills 12", "12 January 2024", SENTENCE]]))
    made = write(tmp_path / "b.pdf", pdf([["Bomb kills", SENTENCE]], made="D:20240203120000"))
    assert one(dated, published=date(2020, 1, 1)).published == date(2024, 1, 12)
    assert one(made, published=date(2020, 1, 1)).published == date(2020, 1, 1)
    assert one(made).published == date(2024, 2, 3)


def test_a_title_that_is_not_on_the_page_is_not_believed(tmp_path: Path) -> None:
    data = pdf([["Bomb kills 12 in Kabul", SENTENCE]], title="Microsoft Word - final_v3.doc")
    assert one(write(tmp_path / "a.pdf", data)).title == "Bomb kills 12 in Kabul"


GOOD_PDF = pdf([["Bomb kills 12", SENTENCE]])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"<html>no such page</html>", "is not a PDF"),
        (GOOD_PDF[:300], "is a broken PDF"),
        (GOOD_PDF.replace(b"/Pages", b"/Pigs"), "broken PDF"),
        (b"%PDF-1.7\n" + os.urandom(2000), "broken PDF"),
        (pdf([]), "holds no text"),
        (pdf([[]]), "holds no text"),
        (pdf([[], []], picture=True), "it is a scan"),
        (pdf([[SENTENCE]], password="secret"), "is encrypted"),
    ],
)
def test_a_bad_pdf_is_told_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in problem(write(tmp_path / "a.pdf", data))


def test_a_broken_file_table_does_not_cost_the_text(tmp_path: Path) -> None:
    document = one(write(tmp_path / "a.pdf", GOOD_PDF.replace(b"xref\n0", b"xref\n9")))
    assert SENTENCE in document.text


# Word


def test_a_word_document_gives_text_title_author_and_day(tmp_path: Path) -> None:
    data = docx(["Bomb kills 12", SENTENCE, OTHER], title="Bomb kills 12", author="Jane Doe",
                cells=["Killed: 12", "Wounded: 30"])  # fmt: skip
    document = one(write(tmp_path / "a.docx", data))
    assert document.text == (f"Bomb kills 12\n\n{SENTENCE}\n\n{OTHER}\n\nKilled: 12\n\nWounded: 30")
    assert (document.title, document.author) == ("Bomb kills 12", "Jane Doe")
    assert document.published == date(2024, 1, 12)


def test_the_day_a_template_was_made_is_no_publication_date(tmp_path: Path) -> None:
    data = docx([SENTENCE], made=datetime(2013, 12, 23, 23, 15, tzinfo=UTC))
    assert one(write(tmp_path / "a.docx", data)).published is None


GOOD_DOCX = docx([SENTENCE])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Word document"),
        (b"plain text", "no Word document"),
        (GOOD_DOCX[: len(GOOD_DOCX) // 2], "no Word document"),
        (archive({"hello.txt": SENTENCE}), "no Word document"),
        (archive({"[Content_Types].xml": "<Types", "word/document.xml": "<w"}), "no Word document"),
        (docx([]), "holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "is encrypted, or a .doc"),
        (archive({"word/document.xml": b" " * 50_000_000}), "would grow from"),
    ],
)
def test_a_bad_word_document_is_told_in_one_sentence(
    tmp_path: Path, data: bytes, message: str
) -> None:
    assert message in problem(write(tmp_path / "a.docx", data))


# e-mail


def test_an_e_mail_gives_subject_text_sender_and_the_senders_day(tmp_path: Path) -> None:
    document = one(write(tmp_path / "a.eml", EMAIL))
    assert document.text == f"Bomb kills 12\n\n{SENTENCE}\n\n{OTHER}"
    assert document.title == "Bomb kills 12"
    assert document.published == date(2024, 1, 12)
    assert (document.author, document.source) == ("Jane Doe", "ministry.example")


def test_an_e_mail_that_is_a_page(tmp_path: Path) -> None:
    data = f"From: a@b.example\nContent-Type: text/html\n\n<p>{SENTENCE}</p><p>{OTHER}</p>"
    assert one(write(tmp_path / "a.eml", data)).text == f"{SENTENCE}\n\n{OTHER}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "is empty"),
        ("Just a text, without headers.", "is no e-mail"),
        ("From: a@b.example\n\n", "e-mail without text"),
        ("From: a@b.example\nContent-Type: application/pdf\n\nJVBERi0=", "without text"),
        ("From: a@b.example\nContent-Type: text/plain; charset=nonsense\n\nHello", "broken e-mail"),
        ("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\nno parts", "e-mail"),
    ],
)
def test_a_bad_e_mail_is_told_in_one_sentence(tmp_path: Path, data: str, message: str) -> None:
    assert message in problem(write(tmp_path / "a.eml", data))


@pytest.mark.parametrize("header", ["From: @@@ <<<", "Date: yesterday", "Subject: =?x?q?=FF?="])
def test_a_bad_header_costs_only_itself(tmp_path: Path, header: str) -> None:
    data = f"{header}\nFrom: a@b.example\n\n{SENTENCE}"
    assert SENTENCE in one(write(tmp_path / "a.eml", data)).text


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_an_article_a_row(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [
        ["ID", "Text", "published", "source", "pages"],
        ["a1", f'"{SENTENCE}\nThe “Café” was hit{delimiter} too."', "2024-01-12", "Dawn", "4"],
        ["", "", "", "", ""],
        ["a2", f'"{OTHER}, he said"', "", "", "5"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    path = write(tmp_path / "a.csv", text.encode(encoding))
    first, second = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"{SENTENCE}\nThe “Café” was hit{delimiter} too."
    assert (first.id, first.published, first.source) == ("a1", date(2024, 1, 12), "Dawn")
    assert (second.id, second.published) == ("a2", None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"title,body\nx,y\n", "has no column 'text'"),
        (b"text,text\nx,y\n", "two columns 'text'"),
        (b"id,text\na1,one,two\n", "has 3 cells where the first line has 2"),
        (b'id,text\na1,"never closed\n', "is broken from line 2"),
        (b"id,text\na1,\n", "has no text"),
        (b"id,text,published\na1,hello,12.1.2024\n", "publication date '12.1.2024'"),
        (b"id,text\na1,\0\0\n", "binary data"),
        (b"\xff\xfei\0d\0,\0t", "cannot be read as"),
    ],
)
def test_a_bad_table_is_told_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in problem(write(tmp_path / "a.csv", data))


def test_a_bad_row_costs_only_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"id,text\na1,{OTHER.replace(',', '')}\na2\na3,Hello there\n")
    items = list(read([path]))
    assert [item.id for item in items if isinstance(item, Document)] == ["a1", "a3"]
    assert [i.place for i in items if isinstance(i, Problem)] == [f"{path}, line 3"]


# feeds


def test_a_feed_gives_an_article_an_entry(tmp_path: Path) -> None:
    data = rss([
        {"title": "Bomb kills 12", "link": "https://news.example/a?id=1", "author": "Jane Doe",
         "pubDate": "Fri, 12 Jan 2024 23:30:00 -0500", "description": "Short.",
         "content:encoded": f"<p>{SENTENCE}</p><script>x()</script><p>{OTHER}</p>"},
        {"title": "Talks & tea", "link": "https://news.example/b", "description": SENTENCE},
    ])  # fmt: skip
    first, second = read([write(tmp_path / "feed.rss", data)])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"Bomb kills 12\n\n{SENTENCE}\n\n{OTHER}"
    assert first.published == date(2024, 1, 12)
    assert (first.source, first.author) == ("Daily News", "Jane Doe")
    assert first.url == "https://news.example/a?id=1"
    assert second.text == f"Talks & tea\n\n{SENTENCE}"
    assert second.id == "news.example-b"


def test_an_atom_feed(tmp_path: Path) -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
    <title>Bomb kills 12</title><link href="https://wire.example/x"/><id>urn:1</id>
    <updated>2024-01-12T10:00:00Z</updated><author><name>J. Doe</name></author>
    <content type="html">&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>"""
    document = one(write(tmp_path / "feed.atom", data))
    assert document.text == f"Bomb kills 12\n\n{SENTENCE}"
    assert (document.published, document.source) == (date(2024, 1, 12), "Wire")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"plain text", "is no RSS or Atom feed"),
        (b"<html><body>Not found</body></html>", "is no RSS or Atom feed"),
        (rss([]), "is a feed without entries"),
        (rss([{"link": "https://news.example/a"}]), "neither a title nor a text"),
        (rss([{"title": SENTENCE}, {"title": OTHER}])[:-25], "is a broken feed"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
         + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 9) for i in range(1, 12))
         + b']><rss version="2.0"><channel><item><title>&a11;</title></item></channel></rss>',
         "feed"),
    ],
)  # fmt: skip
def test_a_bad_feed_is_told_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    items = list(read([write(tmp_path / "feed.rss", data)]))
    assert any(message in item.message for item in items if isinstance(item, Problem))


def test_a_feed_does_not_read_files_of_the_machine(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "hidden words")
    data = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY s SYSTEM "file://{secret}">]>'
        f"<rss version='2.0'><channel><item><title>{SENTENCE} &s;</title></item></channel></rss>"
    )
    for item in read([write(tmp_path / "feed.rss", data)]):
        assert "hidden" not in (item.text if isinstance(item, Document) else item.message)


def test_a_feed_of_ten_thousand_entries(tmp_path: Path) -> None:
    data = rss(
        {
            "title": f"Bomb {i} kills 12",
            "link": f"https://news.example/{i}",
            "description": SENTENCE,
        }
        for i in range(10_000)
    )
    start = time.process_time()
    assert len(list(read([write(tmp_path / "feed.rss", data)]))) == 10_000
    assert time.process_time() - start < 60


# archives


def test_an_archive_is_read_like_the_folder_it_holds(tmp_path: Path) -> None:
    data = archive({
        "b/two.txt": OTHER, "one.txt": SENTENCE, "three.docx": docx([SENTENCE + " Again."]),
        "four.jsonl": json.dumps({"id": "j1", "text": OTHER + " He did."}),
        "picture.png": b"\x89PNG", "README.md": "About this.", "__MACOSX/._one.txt": "x",
    })  # fmt: skip
    items = list(read([write(tmp_path / "news.zip", data)]))
    assert [item.id for item in items if isinstance(item, Document)] == [
        "news-b-two", "j1", "news-one", "news-three",
    ]  # fmt: skip
    assert len(items) == 4


def zipped_link(target: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, target)
    return stream.getvalue()


def encrypted() -> bytes:
    """An archive whose only member says it is encrypted."""
    data = bytearray(archive({"a.txt": SENTENCE}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 1)
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(archive({"a.txt": (SENTENCE + OTHER) * 20}))
    data[60:80] = b"\xff" * 20
    return bytes(data)


def liar() -> bytes:
    """An archive that understates how large its member grows."""
    data = bytearray(archive({"a.txt": b"a" * 30_000_000}))
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, 1000)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 1000)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no zip archive"),
        (b"PK\x03\x04 and then nothing", "is no zip archive"),
        (archive({"a.txt": SENTENCE})[:-10], "is no zip archive"),
        (archive({"picture.png": b"x"}), "holds no article"),
        (damaged(), "is broken"),
        (encrypted(), "is encrypted"),
        (archive({"../../etc/cron.d/a.txt": SENTENCE}), "leads out of the archive"),
        (archive({"/etc/a.txt": SENTENCE}), "leads out of the archive"),
        (archive({"C:\\a.txt": SENTENCE}), "leads out of the archive"),
        (zipped_link("/etc/passwd"), "symbolic link"),
        (archive({"inner.zip": archive({"a.txt": SENTENCE})}), "an archive in an archive"),
        (archive({"a.txt": b"a" * 20_000_000}), "would grow from"),
        (liar(), "a.txt"),
    ],
)
def test_a_bad_archive_is_told_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    path = write(tmp_path / "a.zip", data)
    (item,) = read([path])
    assert isinstance(item, Problem)
    assert message in f"{item.place} {item.message}"
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    data = archive({"../up.txt": SENTENCE, "a.txt": SENTENCE, "b.pdf": b"no"})
    items = list(read([write(tmp_path / "a.zip", data)]))
    assert [item.id for item in items if isinstance(item, Document)] == ["a-a"]
    assert len(items) == 3


# files as such


@pytest.mark.parametrize("suffix", [".txt", ".html", ".pdf", ".docx", ".eml", ".rss", ".atom"])
def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    start = time.process_time()
    assert "is larger than" in problem(path)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("suffix", "message"), [(".zip", "no zip archive"), (".csv", "binary data")]
)
def test_two_gigabytes_of_nothing_in_a_format_that_may_be_large(
    tmp_path: Path, suffix: str, message: str
) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    assert message in problem(path)


def test_links_in_circles_are_named_and_those_to_folders_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "a.txt").write_text(SENTENCE)
    items = list(read([tmp_path]))
    assert [item.id for item in items if isinstance(item, Document)] == ["a"]
    assert [item.place for item in items if isinstance(item, Problem)] == [
        str(tmp_path / "round.txt")
    ]
    assert "leads nowhere or in a circle" in problem(tmp_path / "round.txt")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "a device or a pipe" in problem(tmp_path / "a.txt")
    assert "holds no article" in problem(tmp_path)


# paragraphs


def test_a_long_list_of_short_lines_stays_lines() -> None:
    lines = [f"Number {i}" for i in range(3000)]
    assert paragraphs(lines) == lines


def test_a_heading_is_not_joined_with_what_follows() -> None:
    lines = ["Reactions", "The minister said that the attack had been planned abroad and that",
             "the guilty would be found."]  # fmt: skip
    assert paragraphs(lines) == ["Reactions", " ".join(lines[1:])]
