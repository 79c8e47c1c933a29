"""What changed between two graphs, in words a reader understands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.diff import Difference, diff, lines
from kg.errors import GraphError
from kg.graph.claims import claims
from kg.graph.folder import MANIFEST, GraphFolder, Manifest
from kg.graph.store import build_store
from kg.graph.turtle import write_turtle
from kg.model import Extraction, Identities
from tests.factory import A, E, Q, R, V, document, extraction, same

FIRST = extraction(
    document("Police said an attack killed 11 people in Rask. Hossein Amir leads Iran.", "a1"),
    [
        E("e1", "City", "Rask"), E("e2", "Person", "Hossein Amir"), E("e3", "Country", "Iran"),
        R("e2", "leaderOf", "e3", sentence=1),
        V("v1", "Attack", "attack", A("place", "Rask", "e1"), quantities=[Q("deaths", 11, "11")]),
    ],
)  # fmt: skip
SECOND = extraction(
    document("12 people were killed in the attack in Rask. Asim Munir met Hossein Amir.", "a2"),
    [
        E("e1", "City", "Rask"), E("e2", "Person", "Asim Munir"), E("e3", "Person", "Hossein Amir"),
        V("v1", "Attack", "attack", A("place", "Rask", "e1"), quantities=[Q("deaths", 12, "12")]),
        V("v2", "Meeting", "met", A("participant", "Asim Munir", "e2"),
          A("participant", "Hossein Amir", "e3")),
    ],
)  # fmt: skip
ATTACK = {"Attack_Rask": [("a1", "v1"), ("a2", "v1")]}


def graph(out: Path, items: Sequence[Extraction], identities: Identities | None = None) -> Path:
    """A graph folder of these articles."""
    known = {item.document.id for item in items}
    ties = {key: [m for m in members if m[0] in known] for key, members in ATTACK.items()}
    identities = identities or same(items, ties)
    folder = GraphFolder(out)
    folder.prepare()
    with folder.replacing() as new:
        with build_store(new / "store", items, identities, claims(items, identities)) as store:
            write_turtle(store, new / "graph.ttl")
        (new / MANIFEST).write_text(Manifest({}, "hand 1", "0").to_json())
    return out


def told(difference: Difference) -> list[str]:
    return list(lines(difference))


def test_an_added_article_is_told_as_things_facts_and_disagreements(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "a", [FIRST]), graph(tmp_path / "b", [FIRST, SECOND])
    assert told(diff(old, new)) == [
        "+ entity       Asim Munir (person)",
        "+ event        Meeting a2_v2 (meeting)",
        "~ fact         Attack Attack_Rask: deaths 12, was 11",
        "+ fact         Meeting a2_v2: participant Asim Munir",
        "+ fact         Meeting a2_v2: participant Hossein Amir",
        "+ disagreement Attack Attack_Rask: deaths 11 or 12",
    ]


def test_the_other_way_round_it_is_told_the_other_way_round(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "a", [FIRST]), graph(tmp_path / "b", [FIRST, SECOND])
    there, back = diff(old, new).counts(), diff(new, old).counts()
    turn = str.maketrans("+-", "-+")
    assert {kind.translate(turn): count for kind, count in there.items()} == back


def test_two_files_are_compared_like_two_folders_but_for_who_disputes_whom(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "a", [FIRST]), graph(tmp_path / "b", [FIRST, SECOND])
    files = told(diff(old / "graph.ttl", new / "graph.ttl"))
    assert files[:-1] == told(diff(old, new))[:-1]
    assert files[-1] == "+ disagreement Attack Attack_Rask: deaths 11 to 12"


def test_a_graph_does_not_differ_from_itself(tmp_path: Path) -> None:
    out = graph(tmp_path / "a", [FIRST, SECOND])
    assert diff(out, out) == Difference(())
    assert diff(out / "graph.ttl", out) == Difference(())


def test_a_merge_is_told_as_one(tmp_path: Path) -> None:
    one = extraction(
        document("Hossein Amir Abdollahian resigned. Amir Abdollahian left.", "a3"),
        [E("e1", "Person", "Hossein Amir Abdollahian", "Amir Abdollahian")],
    )
    two = extraction(
        one.document,
        [E("e1", "Person", "Hossein Amir Abdollahian"), E("e2", "Person", "Amir Abdollahian")],
    )
    old, new = graph(tmp_path / "a", [two]), graph(tmp_path / "b", [one])
    assert (
        "- entity       Amir Abdollahian (person), now the same as Hossein Amir Abdollahian"
        in told(diff(old, new))
    )


def test_only_so_many_changes_are_told(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "a", [FIRST]), graph(tmp_path / "b", [FIRST, SECOND])
    short = list(lines(diff(old, new), most=2))
    assert len(short) == 3
    assert short[-1] == "  and 1 × ~ fact, 2 × + fact, 1 × + disagreement"


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    out = graph(tmp_path / "a", [FIRST])
    (tmp_path / "bad.ttl").write_text("this is no Turtle")
    with pytest.raises(GraphError, match="does not exist"):
        diff(out, tmp_path / "nowhere")
    with pytest.raises(GraphError, match=r"is no graph\.ttl"):
        diff(out, tmp_path / "bad.ttl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(GraphError, match="holds no graph"):
        diff(out, tmp_path / "empty")
