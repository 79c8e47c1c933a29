"""Identity across articles: spellings merge, namesakes do not, and every merge has a reason."""

from __future__ import annotations

import random

from kg.model import CanonicalEntity, Extraction, Identities, LocalId
from kg.resolve import resolve
from tests.factory import E, R, document, extraction


def article(id: str, text: str, *made: object, published: str | None = None) -> Extraction:
    return extraction(document(text, id, published=published), made)  # type: ignore[arg-type]


def named(identities: Identities, name: str) -> list[CanonicalEntity]:
    return [e for e in identities.entities if name in (e.name, *e.aliases)]


def one(identities: Identities, document: str, id: str = "e1") -> CanonicalEntity:
    return identities.entity_of[LocalId(document, id)]


def test_spellings_of_a_person_are_one_node() -> None:
    spellings = [
        "Hossein Amir Abdollahian",
        "Hossein Amir-Abdollahian",
        "Hossein Amirabdollahian",
        "Amir Abdollahian",
    ]
    found = resolve(
        article(f"a{i}", f"{name} spoke.", E("e1", "Person", name))
        for i, name in enumerate(spellings)
    )
    assert len(found.entities) == 1
    assert found.entities[0].id == "Hossein_Amir_Abdollahian"
    assert all(decision.reason for decision in found.decisions)


def test_an_honorific_is_no_part_of_the_name() -> None:
    found = resolve(
        [
            article(
                "a1", "Seyyed Ebrahim Raeisi spoke.", E("e1", "Person", "Seyyed Ebrahim Raeisi")
            ),
            article("a2", "Ebrahim Raisi spoke.", E("e1", "Person", "Ebrahim Raisi")),
        ]
    )
    assert len(found.entities) == 1


def test_a_first_name_keeps_namesakes_apart() -> None:
    found = resolve(
        [
            article("a1", "Imran Khan spoke.", E("e1", "Person", "Imran Khan")),
            article("a2", "Karim Khan spoke.", E("e1", "Person", "Karim Khan")),
            article("a3", "Khan spoke.", E("e1", "Person", "Khan")),
        ]
    )
    assert len(found.entities) == 3


def test_a_bare_surname_joins_the_only_full_name_in_the_same_company() -> None:
    full = article(
        "a1",
        "Asim Munir visited the Inter-Services Public Relations.",
        E("e1", "Person", "Asim Munir"),
        E("e2", "GovernmentBody", "Inter-Services Public Relations"),
    )
    same = article(
        "a2",
        "Munir thanked the Inter-Services Public Relations.",
        E("e1", "Person", "Munir"),
        E("e2", "GovernmentBody", "Inter-Services Public Relations"),
    )
    stranger = article("a3", "Munir won in Peru.", E("e1", "Person", "Munir"))
    found = resolve([full, same, stranger])
    assert one(found, "a1") == one(found, "a2")
    assert one(found, "a1") != one(found, "a3")


def test_a_name_every_country_uses_belongs_to_one_country() -> None:
    def ministry(id: str, country: str) -> Extraction:
        return article(
            id,
            f"The Foreign Ministry of {country} spoke.",
            E("e1", "GovernmentBody", "Foreign Ministry"),
            E("e2", "Country", country),
            R("e1", "partOf", "e2"),
        )

    found = resolve([ministry("a1", "Iran"), ministry("a2", "Iran"), ministry("a3", "Pakistan")])
    assert one(found, "a1") == one(found, "a2")
    assert one(found, "a1") != one(found, "a3")


def test_an_acronym_given_with_the_name_ties_the_two() -> None:
    found = resolve(
        [
            article(
                "a1",
                "Inter-Services Public Relations (ISPR) spoke.",
                E("e1", "GovernmentBody", "Inter-Services Public Relations", "ISPR"),
            ),
            article("a2", "ISPR spoke.", E("e1", "Organization", "ISPR")),
        ]
    )
    assert one(found, "a1") == one(found, "a2")
    assert one(found, "a1").name == "Inter-Services Public Relations"


def test_names_of_a_country_are_one_country() -> None:
    names = ["United States", "US", "U.S.", "America", "United States of America"]
    found = resolve(
        article(f"a{i}", f"The {name} spoke.", E("e1", "Country", name))
        for i, name in enumerate(names)
    )
    assert len(found.entities) == 1
    assert found.entities[0].name == "United States"


def test_a_post_is_known_by_title_and_country() -> None:
    def minister(id: str, post: str, country: str) -> Extraction:
        return article(
            id,
            f"The {post} of {country} spoke.",
            E("e1", "Position", post),
            E("e2", "Country", country),
            R("e1", "positionOf", "e2"),
        )

    found = resolve(
        [
            minister("a1", "Foreign Minister", "Iran"),
            minister("a2", "caretaker Foreign Minister", "Pakistan"),
            minister("a3", "FM", "Pakistan"),
        ]
    )
    assert one(found, "a2") == one(found, "a3")
    assert one(found, "a1") != one(found, "a2")


def test_a_bare_title_is_the_post_its_holder_has_elsewhere() -> None:
    told = article(
        "a1",
        "Pakistan has an army chief, Asim Munir.",
        E("e1", "Position", "army chief"),
        E("e2", "Country", "Pakistan"),
        E("e3", "Person", "Asim Munir"),
        R("e1", "positionOf", "e2"),
        R("e3", "holdsPosition", "e1"),
    )
    bare = article(
        "a2",
        "The Chief of Army Staff is Asim Munir.",
        E("e1", "Position", "Chief of Army Staff"),
        E("e3", "Person", "Asim Munir"),
        R("e3", "holdsPosition", "e1"),
    )
    found = resolve([told, bare])
    assert one(found, "a1") == one(found, "a2")


def test_a_person_is_never_a_place() -> None:
    found = resolve(
        [
            article("a1", "Washington spoke.", E("e1", "Person", "Washington")),
            article("a2", "Washington froze.", E("e1", "City", "Washington")),
        ]
    )
    assert len({entity.id for entity in found.entities}) == 2


def test_the_order_of_articles_leaves_no_trace() -> None:
    articles = [
        article(f"a{i}", f"{name} spoke.", E("e1", "Person", name), published=day)
        for i, (name, day) in enumerate(
            [
                ("Hossein Amir Abdollahian", "2024-01-03"),
                ("Hossein Amirabdollahian", "2024-01-01"),
                ("Amir-Abdollahian", "2024-01-02"),
                ("Ebrahim Raisi", None),
                ("Ebrahim Raeisi", "2023-01-01"),
            ]
        )
    ]
    expected = resolve(articles)
    for seed in range(5):
        shuffled = articles[:]
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == expected


def test_a_later_article_does_not_change_an_id() -> None:
    first = article("a1", "Ebrahim Raisi spoke.", E("e1", "Person", "Ebrahim Raisi"),
                    published="2024-01-01")  # fmt: skip
    later = article("a0", "Sayyid Ebrahim Raeisi.", E("e1", "Person", "Sayyid Ebrahim Raeisi"),
                    published="2024-02-01")  # fmt: skip
    assert one(resolve([first]), "a1").id == one(resolve([first, later]), "a1").id


def test_a_name_without_letters_and_a_thousand_of_one_name() -> None:
    odd = article("a0", "??? spoke.", E("e1", "Organization", "???"))
    many = [article(f"b{i}", "Wei Li spoke.", E("e1", "Person", "Wei Li")) for i in range(1000)]
    found = resolve([odd, *many])
    assert len(found.entities) == 2


def test_names_in_other_scripts_are_compared_as_they_are() -> None:
    found = resolve(
        [
            article("a1", "Владимир Путин spoke.", E("e1", "Person", "Владимир Путин")),
            article("a2", "Владимир Путин left.", E("e1", "Person", "Владимир Путин")),
            article("a3", "習近平 spoke.", E("e1", "Person", "習近平")),
        ]
    )
    assert one(found, "a1") == one(found, "a2")
    assert one(found, "a1") != one(found, "a3")


def test_namesakes_with_other_countries_and_posts_stay_apart_for_a_reason() -> None:
    def told(id: str, post: str, country: str) -> Extraction:
        return article(
            id,
            f"John Roberts, {post} of {country}, spoke.",
            E("e1", "Person", "John Roberts"),
            E("e2", "Position", post),
            E("e3", "Country", country),
            R("e1", "holdsPosition", "e2"),
            R("e2", "positionOf", "e3"),
        )

    found = resolve([told("a1", "Chief Justice", "United States"), told("a2", "Mayor", "Belize")])
    assert one(found, "a1") != one(found, "a2")
    assert one(found, "a2").id.startswith("John_Roberts_")
    apart = [decision for decision in found.decisions if not decision.same]
    assert apart
    assert "BLZ" in apart[0].reason
