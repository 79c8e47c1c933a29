import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import evaluate
from kg.evaluate.identity import KINDS, _scores
from kg.evaluate.mentions import MentionsGold, read
from kg.model import Document, Extraction
from tests.evaluate.told import Article

HEAD = "Omar Said met Kofi Annan in Accra"
BODY = "Mr Said and Annan talked ."


def ecb(name: str, sentences: Sequence[str], mentions: Sequence[tuple[str, str, str]]) -> str:
    """An ECB+ file; a mention is tag, words (at their last place) and the thing ("" for none)."""
    tokens = [
        (word, number) for number, sentence in enumerate(sentences) for word in sentence.split()
    ]
    words = [word for word, _ in tokens]
    parts = [
        f'<token t_id="{t + 1}" sentence="{number}" number="0">{word}</token>'
        for t, (word, number) in enumerate(tokens)
    ]
    marks, links = [], []
    for m, (tag, phrase, thing) in enumerate(mentions, 1):
        run = phrase.split()
        first = max(i for i in range(len(words)) if words[i : i + len(run)] == run)
        anchors = "".join(f'<token_anchor t_id="{first + i + 1}"/>' for i in range(len(run)))
        marks.append(f'<{tag} m_id="{m}">{anchors}</{tag}>')
        if thing:
            links.append(
                f'<CROSS_DOC_COREF r_id="{m}" note="{thing}"><source m_id="{m}"/>'
                f'<target m_id="99"/></CROSS_DOC_COREF>'
            )
    return (
        f'<Document doc_name="{name}">{"".join(parts)}<Markables>{"".join(marks)}</Markables>'
        f"<Relations>{''.join(links)}</Relations></Document>"
    )


@pytest.fixture
def ecbplus(tmp_path: Path) -> Path:
    topic = tmp_path / "val" / "7"
    topic.mkdir(parents=True)
    (topic / "7_1ecb.xml").write_text(
        ecb(
            "7_1ecb.xml",
            [HEAD, BODY, "Nobody annotated this here ."],
            [
                ("HUMAN_PART_PER", "Omar Said", "HUM1"),
                ("HUMAN_PART_PER", "Kofi Annan", "HUM2"),
                ("LOC_GEO", "Accra", "LOC1"),
                ("ACTION_OCCURRENCE", "met", "ACT1"),
                ("HUMAN_PART_PER", "Said", "HUM1"),
                ("ACTION_OCCURRENCE", "talked", "ACT1"),
                ("TIME_DATE", "here", ""),
            ],
        )
    )
    (topic / "7_2ecbplus.xml").write_text(
        ecb(
            "7_2ecbplus.xml",
            ["http : / / example . org", "Kofi Annan resigned ."],
            [
                ("HUMAN_PART_PER", "Kofi Annan", "HUM2"),
                ("NEG_ACTION_OCCURRENCE", "resigned", ""),
            ],
        )
    )
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(
        "Topic,File,Sentence Number\n7,1ecb,0\n7,1ecb,1\n7,2ecbplus,1\n"
    )
    return tmp_path


class Told:
    name = "told"

    def extract(self, document: Document) -> Extraction:
        article = Article(document)
        if document.id == "7_1ecb":
            article.entity("Person", "Omar Said", "Mr Said")
            article.entity("Person", "Kofi Annan")
            article.entity("Person", "Nobody")  # in a sentence without annotation
        else:
            article.entity("Person", "Kofi Annan")
        return article.extraction()


def test_ecb_is_read(ecbplus: Path) -> None:
    _, (first, second) = read(ecbplus)
    assert first.document.text.startswith("Omar Said met Kofi Annan in Accra\nMr Said and Annan")
    assert second.document.text == "Kofi Annan resigned."
    words = [m.span.of(first.document.text) for m in (*first.entities, *first.events)]
    assert words == ["Omar Said", "Kofi Annan", "Accra", "Said", "met", "talked"]
    assert [m.thing for m in second.events] == ["7_2ecbplus 2"]


def test_any_folder_of_topics_will_do(ecbplus: Path) -> None:
    for data, split in ((ecbplus, "val"), (ecbplus / "val", None), (ecbplus / "val" / "7", None)):
        assert len(read(data, split)[1]) == 2
        assert len(read(data, split)[1][0].entities) == 4


def test_identity_of_what_was_found(ecbplus: Path) -> None:
    report = evaluate("identity", data=ecbplus, extractor=Told())
    # Gold: {Omar Said, Said}, {Kofi Annan, Kofi Annan}, {Accra}; Accra was not found.
    assert report["entities, gold mentions, CoNLL"].f1 == 1
    assert report["entities, found mentions, B3"].f1 == 1
    assert report["entities, mentions found"].precision == 1
    assert report["entities, mentions found"].recall == pytest.approx(4 / 5)
    # Predicted "Mr Said" is the gold's "Said"; only Accra is missing.
    assert report["entities, predicted mentions, MUC"].f1 == 1
    assert report["entities, predicted mentions, B3"].recall == pytest.approx(4 / 5)
    # No event was found: gold mentions stay alone.
    assert report["events, gold mentions, MUC"].recall == 0
    assert report["events, predicted mentions, B3"].recall == 0


def test_baselines_are_same_string_and_same_lemma(ecbplus: Path) -> None:
    report = evaluate("identity", data=ecbplus, extractor=Told())
    baseline = {row.measure: row.baseline for row in report.rows}
    strings = baseline["entities, gold mentions, MUC"]
    assert strings is not None
    assert (strings.precision, strings.recall) == (1, 0.5)  # the two Kofi Annans
    lemmas = baseline["events, gold mentions, B3"]
    assert lemmas is not None
    assert lemmas.precision == 1  # met, talked, resigned: three lemmas


def perfect(articles: Sequence[MentionsGold]) -> None:
    for kind, mentions in KINDS.items():
        things = [{m.span: m.thing for m in mentions(article)} for article in articles]
        for measure, result in _scores(kind, articles, things, things).items():
            assert result.f1 == pytest.approx(1), measure


def test_gold_as_prediction_scores_one(ecbplus: Path) -> None:
    perfect(read(ecbplus)[1])


@pytest.fixture
def meantime(tmp_path: Path) -> Path:
    with (tmp_path / "conll.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["", "topic/subtopic_name", "sent_id", "token_id", "token", "reference"])
        for name in ("corpus/1", "corpus/2"):
            for number, word in enumerate(["Ana", "Cruz", "leads", "Airbus"]):
                writer.writerow([number, name, 0, number, word, "-"])
    mentions = [
        ("corpus/1", [0, 1], "PERSON", "cross_intra_P1"),
        ("corpus/1", [3], "ORGANIZATION", "intra_O1"),
        ("corpus/1", [2], "PRODUCT", "intra_X"),
        ("corpus/2", [1], "PERSON", "cross_P1"),
        ("corpus/2", [1], "PERSON", "intra_P7"),
    ]
    (tmp_path / "entities_mentions.json").write_text(
        json.dumps(
            [
                {
                    "conll_doc_key": name,
                    "sent_id": 0,
                    "tokens_number": numbers,
                    "mention_full_type": kind,
                    "coref_chain": chain,
                    "mention_id": f"m{position}",
                }
                for position, (name, numbers, kind, chain) in enumerate(mentions)
            ]
        )
    )
    return tmp_path


def test_meantime_is_read(meantime: Path) -> None:
    _, articles = read(meantime)
    found = [
        (m.span.of(article.document.text), m.thing)
        for article in articles
        for m in article.entities
    ]
    assert found == [("Ana Cruz", "P1"), ("Airbus", "O1"), ("Cruz", "P1")]
    perfect(articles)


def test_missing_or_broken_data_is_named(tmp_path: Path, meantime: Path) -> None:
    with pytest.raises(InputError, match="no test set at"):
        read(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"empty.*ECB\+"):
        read(tmp_path / "empty")
    (meantime / "entities_mentions.json").write_text('[{"sent_id": 1}]')
    with pytest.raises(InputError, match="mention 0: it lacks conll_doc_key"):
        read(meantime)


def test_a_broken_xml_file_is_named(ecbplus: Path) -> None:
    (ecbplus / "val" / "7" / "7_3ecb.xml").write_text("<Document>")
    with pytest.raises(InputError, match=r"7_3ecb\.xml is no XML"):
        read(ecbplus)
