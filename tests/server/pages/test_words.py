"""Pages, the drawing and the palette say and show the same."""

from __future__ import annotations

import re
from importlib.resources import files

from kg.inventory import PREDICATES, ROLES
from kg.server.pages import words
from kg.server.pages.asset import palette, viewer_file
from kg.server.pages.template import environment
from kg.view.style import CATEGORIES


def table(name: str) -> dict[str, str]:
    """A table of words in the viewer's script."""
    script = (files("kg.view") / "assets" / "words.js").read_text(encoding="utf-8")
    body = re.search(rf"const {name} = {{(.*?)}};", script, re.S)
    assert body
    return dict(re.findall(r'(\w+): "(.*?)"', body[1]))


def test_pages_and_drawing_use_the_same_words() -> None:
    assert table("ROLE_OF_EVENT") == words.ROLE
    assert table("RELATION") == words.RELATION
    certainty = {key.value: text for key, text in words.CERTAINTY.items()}
    assert {k: t for k, t in table("CERTAINTY").items() if k != "Factual"} == certainty
    assert table("STATUS") == {key.value: text for key, text in words.STATUS.items()}


def test_every_role_and_relation_has_words_from_both_ends() -> None:
    assert set(words.ROLE) == set(ROLES)
    assert set(words.RELATION) <= set(PREDICATES)
    assert set(words.INVERSE) <= set(PREDICATES)
    for name, predicate in PREDICATES.items():
        assert predicate.symmetric or name in words.INVERSE, name


def test_every_category_has_its_shape_and_its_two_colours() -> None:
    shapes = environment().globals["shapes"]
    for category in CATEGORIES:
        assert shapes[category.name].startswith("M")
        assert palette().count(f"--{category.name}:{category.dark}") == 2
        assert palette().count(f"--{category.name}:{category.light}") == 1


def test_only_the_viewers_own_files_are_served() -> None:
    assert viewer_file("canvas.js")
    assert viewer_file("page.html") is None
    assert viewer_file("../page.py") is None
