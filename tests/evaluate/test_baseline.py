from kg.evaluate.baseline import SpacyEntities, head_lemmas
from kg.model import Document, Span

TEXT = "The United Nations praised Kenya's government on Monday. Troops attacked in Nairobi, Kenya."


def test_spacy_entities_in_our_types_without_article_and_possessive() -> None:
    extraction = SpacyEntities().extract(Document("a", TEXT))
    found = {(entity.type, entity.name): len(entity.mentions) for entity in extraction.entities}
    assert found[("Organization", "United Nations")] == 1
    assert found[("Country", "Kenya")] == 2  # same string, same type: one entity
    assert ("City", "Nairobi") in found
    for entity in extraction.entities:
        assert {mention.span.of(TEXT) for mention in entity.mentions} == {entity.name}


def test_the_lemma_of_the_head_word() -> None:
    start = TEXT.index("Troops attacked")
    span = Span("a", start, start + len("Troops attacked"))
    assert head_lemmas(Document("a", TEXT), [span]) == {span: "attack"}
    assert head_lemmas(Document("a", TEXT), []) == {}
