"""Several practices in one feed are told apart, and one is picked out with nothing of the others."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk import practices
from godwit.records.bulk.practices import choose_practice, practices_in
from godwit.records.bulk.staging import StagedSide
from godwit.records.errors import InputRefused
from tests.support.bulk_scene import Scene, lines

ONE, TWO = "{AAAAAAAA-0000-4000-8000-000000000001}", "{AAAAAAAA-0000-4000-8000-000000000002}"
SQL = """SELECT DISTINCT CAST(p.practice AS VARCHAR) AS practice, o.ods, o.name FROM raw.Person AS p
    LEFT JOIN raw.Organisation AS o ON o.id = p.practice ORDER BY practice"""
GUID, TEXT = {"type": "guid"}, {"type": "text"}
TABLES: dict[str, Any] = {
    "Person": {
        "title": "People", "key": ["person"], "practice": "practice", "patient": "person",
        "layouts": {"1": ["person", "practice"]}, "columns": {"person": TEXT, "practice": GUID},
    },
    "Organisation": {
        "title": "Organisations", "key": ["id"], "reference": True,
        "layouts": {"1": ["id", "ods", "name"]}, "columns": {"id": GUID, "ods": TEXT, "name": TEXT},
    },
    "Session": {
        "title": "Sessions", "key": ["session"], "practice": "practice",
        "layouts": {"1": ["session", "practice"]}, "columns": {"session": TEXT, "practice": GUID},
    },
    "SessionUser": {
        "title": "Who holds a session", "key": ["session", "user"],
        "layouts": {"1": ["session", "user"]}, "columns": {"session": TEXT, "user": TEXT},
        "references": [{"column": "session", "to": "Session", "at": "session"}],
    },
}  # fmt: skip
FILES = {
    "1_Person.csv": lines("person,practice", f"p1,{ONE}", f"p2,{TWO}", "p3,"),
    "1_Organisation.csv": lines("id,ods,name", f"{ONE},A81001,The Surgery", f"{TWO},B82002,The Other"),
    "1_Session.csv": lines("session,practice", f"s1,{ONE}", f"s2,{TWO}", f"both,{ONE}", f"both,{TWO}"),
    "1_SessionUser.csv": lines("session,user", "s1,u1", "s2,u1", "both,u2", "nowhere,u3"),
}


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = Scene(tmp_path, TABLES)
    made.with_practices(SQL, monkeypatch)
    return made


def test_the_practices_are_listed(scene: Scene) -> None:
    found = practices_in(scene.duck, scene.stage(FILES))
    assert [str(one) for one in found] == ["A81001 The Surgery", "B82002 The Other"]


def test_one_is_picked_out(scene: Scene) -> None:
    staged: StagedSide = scene.stage(FILES)
    chosen = choose_practice(scene.duck, staged, "a81001 ")
    assert chosen
    assert str(chosen) == "A81001 The Surgery"
    assert scene.rows("person", "Person") == [("p1",), ("p3",)]
    assert scene.rows("ods", "Organisation") == [("A81001",), ("B82002",)]
    assert scene.rows("session", "Session") == [("s1",), ("both",)]
    assert scene.rows("session, user", "SessionUser") == [("s1", "u1"), ("both", "u2"), ("nowhere", "u3")]
    aside = {(row[4], row[3], row[5]) for row in scene.ledger("set_aside")}
    assert aside == {
        ("Person", 2, "other_practice"),
        ("Session", 2, "other_practice"),
        ("Session", 4, "other_practice"),
        ("SessionUser", 2, "other_practice"),
    }


def test_several_and_none_chosen_is_refused_with_a_list(scene: Scene) -> None:
    with pytest.raises(InputRefused) as error:
        choose_practice(scene.duck, scene.stage(FILES), None)
    assert error.value.rule == "practice.several"
    assert "A81001 The Surgery; B82002 The Other" in str(error.value)
    with pytest.raises(InputRefused) as error:
        choose_practice(scene.duck, scene.side, "C1")
    assert error.value.rule == "practice.absent"


def test_one_practice_needs_no_choice(scene: Scene) -> None:
    files = FILES | {"1_Person.csv": lines("person,practice", f"p1,{ONE}")}
    chosen = choose_practice(scene.duck, scene.stage(files), None)
    assert chosen
    assert chosen.ods == "A81001"
    assert len(scene.rows("session", "Session")) == 4
    assert scene.ledger("set_aside") == []


def test_a_format_that_cannot_say_has_none(tmp_path: Path) -> None:
    scene = Scene(tmp_path, TABLES)
    assert practices.choose_practice(scene.duck, scene.stage(FILES), None) is None
