from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.evaluate import evaluate
from kg.evaluate.baseline import SpacyEntities
from kg.evaluate.names import read
from kg.model import Document, Entity, Extraction, Mention, MentionKind, Span

ARTICLE = """-DOC-\tqt_peninsula_1
https://example.org/a\tO

Layla\tB-Person
Hassan\tI-Person
left\tO
Doha\tB-Location
,\tO
Qatar\tB-Location
's\tO
capital\tO
.\tO

Qatari\tB-NORP
police\tB-Organization
closed\tO
Hamad\tB-Facility\tB-Person
Airport\tI-Facility
-DOC-\tnz_rnz_9
Te\tB-Organization
Puni    I-Organization
met\tO
"""


class Found:
    """An extractor that finds what it is told: (words, type) in any article that has them."""

    name = "told"

    def __init__(self, *names: tuple[str, str], kind: MentionKind = MentionKind.NAME) -> None:
        self.names = names
        self.kind = kind

    def extract(self, document: Document) -> Extraction:
        entities = []
        for number, (words, type_) in enumerate(self.names):
            if (start := document.text.find(words)) >= 0:
                span = Span(document.id, start, start + len(words))
                entities.append(Entity(f"e{number}", type_, words, (Mention(span, self.kind),)))
        return Extraction(document, self.name, entities=tuple(entities))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "test.tsv").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_text_and_offsets_are_rebuilt(data: Path) -> None:
    _, articles = read(data)
    first, second = articles
    text = "Layla Hassan left Doha, Qatar's capital.\nQatari police closed Hamad Airport"
    assert first.document == Document("qt_peninsula_1", text)
    assert [(text[start:end], kind) for start, end, kind in first.names] == [
        ("Layla Hassan", "Person"),
        ("Doha", "Location"),
        ("Qatar", "Location"),
        ("police", "Organization"),
        ("Hamad Airport", "Facility"),
    ]
    assert (first.region, second.region) == ("Middle East", "Oceania and Canada")
    assert second.names == ((0, 7, "Organization"),)


def test_scores_by_type_and_region(data: Path) -> None:
    told = Found(
        ("Layla Hassan", "Person"),
        ("Doha", "City"),
        ("Qatar's", "Country"),  # a character too many
        ("police", "MilitaryUnit"),
        ("capital", "Position"),  # takes no part
        ("Te Puni", "Person"),  # wrong type
    )
    report = evaluate("names", data=data, extractor=told, baseline=False)
    assert report["names"].precision == pytest.approx(3 / 5)
    assert report["names"].recall == pytest.approx(3 / 6)
    assert report["Location"].f1 == pytest.approx(0.5)
    assert report["names, Oceania and Canada"].f1 == 0
    assert report["names, Middle East"].recall == pytest.approx(3 / 5)


def test_pronouns_and_demonyms_are_no_names(data: Path) -> None:
    told = Found(("Doha", "City"), kind=MentionKind.DEMONYM)
    assert evaluate("names", data=data, extractor=told, baseline=False)["names"].recall == 0


def test_the_baseline_stands_beside(data: Path) -> None:
    report = evaluate("names", data=data, extractor=Found(("Doha", "City")))
    assert report.baseline == SpacyEntities.name
    assert report.rows[0].baseline is not None
    record = report.to_record()
    assert record["rows"][0]["measure"] == "names"
    assert set(record["rows"][0]["baseline"]) >= {"precision", "recall", "f1"}


def test_a_choice_of_articles(data: Path) -> None:
    told = Found(("Te Puni", "Organization"))
    report = evaluate("names", data=data, extractor=told, only={"nz_rnz_9"}, baseline=False)
    assert (report.articles, report["names"].f1) == (1, 1.0)
    with pytest.raises(InputError, match="No article"):
        evaluate("names", data=data, extractor=told, only={"nobody"}, baseline=False)


def test_the_development_part_is_taken_where_there_is_one(data: Path) -> None:
    (data / "dev.tsv").write_text("-DOC-\tqt_1\nDoha\tB-Location\n", encoding="utf-8")

    def ids(split: str | None) -> list[str]:
        return [article.document.id for article in read(data, split)[1]]

    assert ids(None) == ["qt_1"]
    assert ids("test") == ["qt_peninsula_1", "nz_rnz_9"]
    with pytest.raises(UsageError, match=r"no split 'train'.*'dev', 'test'"):
        ids("train")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("-DOC-\ta\nDoha\tB-Location\nonly\n", "line 3: it is not"),
        ("-DOC-\ta\nDoha\tX-Location\n", "line 2: it is not"),
        ("Doha\tB-Location\n", "line 1: no '-DOC-"),
        ("\n", "holds no article"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "dev.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read(tmp_path)


def test_missing_data_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no test set at.*en-worldwide-newswire.*token"):
        read(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"nothing like \*\.tsv.*en-worldwide-newswire"):
        read(tmp_path)


def test_an_unknown_suite_lists_the_known(data: Path) -> None:
    with pytest.raises(UsageError, match=r"'nmes'\. Known: names, "):
        evaluate("nmes", data=data, extractor=Found())


def test_gold_is_its_own_perfect_prediction(data: Path) -> None:
    told = Found(
        ("Layla Hassan", "Person"),
        ("Doha", "City"),
        ("Qatar", "Country"),
        ("police", "MilitaryUnit"),
        ("Hamad Airport", "Facility"),
        ("Te Puni", "Company"),
    )
    assert evaluate("names", data=data, extractor=told, baseline=False)["names"].f1 == 1.0
