"""Given mentions find their things: by what was found, by words, and only within one story."""

from __future__ import annotations

from kg.model import Document, Span
from kg.resolve.mentions import head_of, resolve_mentions, words_of

ROBBERY = "Armed robbers raided the Harrow jewellery vault. The gunman fled Harrow with diamonds."
SECOND = "Harrow jewellery vault robbers took diamonds. Police in Harrow seek the gunman."
TRIAL = "Judge Ellison opened a libel trial. The gunman in the painting was a forgery."
FILLER = [
    Document(f"f{i}", f"Weather report number {i} tells of rain and wind.") for i in range(30)
]


def test_a_description_is_one_thing_within_a_story_and_another_in_the_next() -> None:
    documents = [
        Document("a", ROBBERY),
        Document("b", SECOND),
        Document("c", TRIAL),
        *FILLER,
    ]
    spans = [
        [Span(d.id, d.text.index("gunman"), d.text.index("gunman") + 6)] if d.id in "abc" else []
        for d in documents
    ]
    found = resolve_mentions(documents, spans, [{} for _ in documents])
    things = [found[number][spans[number][0]] for number in range(3)]
    assert things[0] == things[1]
    assert things[0] != things[2]


def test_what_was_found_stands_and_gives_its_words_to_others() -> None:
    document = Document("a", "Harrow spoke. In Harrow it rained.")
    first, second = Span("a", 0, 6), Span("a", 14, 23)
    (found,) = resolve_mentions([document], [[first, second]], [{first: "e1"}])
    assert found == {first: "e1", second: "e1"}


def test_a_pronoun_takes_up_what_stood_before_it_in_its_article() -> None:
    document = Document("a", "The driver ran; he fell.")
    noun, pronoun = Span("a", 0, 10), Span("a", 16, 18)
    (found,) = resolve_mentions([document], [[noun, pronoun]], [{}])
    assert found[noun] == found[pronoun]


def test_words_and_heads() -> None:
    assert words_of("in the Brooklyn apartment") == "brooklyn apartment"
    assert head_of(words_of("two police officers of Brooklyn")) == "officer"
    assert words_of("the") == "the"
