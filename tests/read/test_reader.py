"""Reading many articles: every bad one is named, and costs nothing but itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import Problem, read

SENTENCE = "A bomb killed 12 people in Kabul on Thursday, the police said in a statement."
GERMAN = (
    "Die Bundesregierung hat gestern beschlossen, dass die Renten im kommenden Jahr steigen. "
    "Der Minister sagte, die Entscheidung sei richtig und notwendig gewesen."
)


def documents(*paths: Path) -> list[Document]:
    return [item for item in read(paths) if isinstance(item, Document)]


def problems(*paths: Path) -> list[Problem]:
    return [item for item in read(paths) if isinstance(item, Problem)]


def test_a_folder_is_read_in_the_order_of_names_whatever_lies_beside(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(SENTENCE)
    (tmp_path / "sub" / "a.txt").write_text(SENTENCE + " Again.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [document.id for document in documents(tmp_path)] == ["b", "sub-a"]


def test_what_tells_about_a_folder_is_no_article_unless_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(SENTENCE)
    (tmp_path / ".hidden.txt").write_text(SENTENCE)
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert [document.id for document in documents(tmp_path)] == ["a"]
    assert [document.id for document in documents(tmp_path / "README.md")] == ["README"]


def test_a_file_has_the_same_id_alone_and_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(SENTENCE)
    assert documents(tmp_path)[0].id == documents(tmp_path / "b.txt")[0].id


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"  \n ", "is empty"),
        ("a.txt", b"\x00\x01\x02binary\x00", "binary"),
        ("a.doc", b"PK", "of a kind newsgraph does not read"),
        ("a.txt", GERMAN.encode(), "is in German"),
        ("a.jsonl", b'{"text": "ok ok"\n', "is not valid JSON"),
        ("a.jsonl", b'{"title": "no text"}\n', "has no text"),
        ("a.jsonl", b"[1, 2]\n", "is not a JSON object"),
        ("a.jsonl", b'{"text": "x", "published": "soon"}\n', "publication date 'soon'"),
        ("a.jsonl", b'{"text": "caf\xe9"}\n', "is not valid UTF-8"),
        ("a.jsonl", b'{"text": "half \\ud800 a pair"}\n', "half a character"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "holds no text"),
    ],
)
def test_bad_input_is_told_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (problem,) = problems(tmp_path / name)
    assert message in problem.message
    assert str(tmp_path / name) in problem.place


def test_a_missing_path_and_an_empty_folder(tmp_path: Path) -> None:
    assert "does not exist" in problems(tmp_path / "nowhere")[0].message
    assert "holds no article" in problems(tmp_path)[0].message


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    good = [json.dumps({"id": f"a{i}", "text": SENTENCE + str(i)}) for i in range(2)]
    path.write_text("\n".join([good[0], "{broken", good[1]]))
    assert [document.id for document in documents(path)] == ["a0", "a1"]
    assert problems(path)[0].place == f"{path}, line 2"


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("w") as stream:
        stream.write('{"text": "' + "word " * 10_000_000 + '"}\n')
        stream.write(json.dumps({"id": "next", "text": SENTENCE}) + "\n")
    assert [document.id for document in documents(path)] == ["next"]
    assert "longer than 10 MB" in problems(path)[0].message


def test_two_articles_with_one_id(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    rows = [{"id": "a", "text": SENTENCE}, {"id": "a", "text": SENTENCE + " No."}]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert [document.text for document in documents(path)] == [SENTENCE]
    assert "has the id 'a' of another article" in problems(path)[0].message


def test_the_same_article_twice_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert len(documents(tmp_path, tmp_path / "a.txt")) == 1
    assert not problems(tmp_path, tmp_path / "a.txt")


def test_json_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = f"  Advertisement\r\n{SENTENCE}\n\n\n"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}))
    assert documents(tmp_path)[0].text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    text = "“Café owners in São Paulo”, the minister said, “were hurt by the new law.” He left."
    (tmp_path / "a.txt").write_bytes((text * 3).encode(encoding))
    assert documents(tmp_path)[0].text == text * 3


def test_published_is_for_articles_that_carry_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").write_text(f"date 2020-02-02 {SENTENCE}")
    days = [item.published for item in read([tmp_path], published=date(2024, 1, 1))
            if isinstance(item, Document)]  # fmt: skip
    assert days == [date(2024, 1, 1), date(2020, 2, 2)]


def test_html_gives_text_title_date_and_publisher(tmp_path: Path) -> None:
    page = f"""<html><head><title>Bomb kills 12 | Daily News</title>
    <meta property="article:published_time" content="2024-01-12T10:00:00Z">
    <meta property="og:site_name" content="Daily News"></head>
    <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
    <article><h1>Bomb kills 12</h1><p>{SENTENCE}</p><p>{SENTENCE.replace("12", "many")}</p>
    </article><footer>Copyright</footer></body></html>"""
    (tmp_path / "a.html").write_text(page)
    (document,) = documents(tmp_path)
    assert document.title == "Bomb kills 12"
    assert document.published == date(2024, 1, 12)
    assert document.source == "Daily News"
    assert SENTENCE in document.text
    assert "Sport" not in document.text


def test_markdown_gives_words_without_markup(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Bomb kills 12\ndate: 2024-01-12\nsource: Daily News\n---\n"
        f"# Bomb kills 12\n\n*{SENTENCE}* See [the map](https://example.org/map).\n"
    )
    (document,) = documents(tmp_path)
    assert document.text == f"Bomb kills 12\n\n{SENTENCE} See the map."
    assert (document.published, document.source) == (date(2024, 1, 12), "Daily News")
