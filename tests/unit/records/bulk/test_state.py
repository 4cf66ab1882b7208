"""A bulk and its deltas: which rows are current, and why every other row is not."""

from __future__ import annotations

import pytest

from godwit.records.errors import InputRefused
from tests.support.series import WITH_MANIFEST, File, Row, batch, settled


def patient(pat: str, turn: int = 1, org: str = "A", **more: object) -> Row:
    return {"Pat": pat, "Org": org, "Name": f"name {pat}", "Gone": False, "Turn": turn, **more}


def entry(pat: str, ident: str, text: str = "x", turn: int = 1, **more: object) -> Row:
    return {"Pat": pat, "Id": ident, "Org": "A", "Text": text, "Gone": False, "Turn": turn, **more}


BULK: dict[str, list[Row]] = {
    "Patient": [patient("p1"), patient("p2")],
    "Entry": [entry("p1", "e1"), entry("p1", "e2"), entry("p2", "e3")],
    "Extension": [{"Pat": "p1", "Id": "e1", "Org": "A", "Extra": "y"}],
    "Code": [{"Id": "c1", "Term": "old"}],
    "Audit": [{"What": "insert", "Org": "A"}],
    "Agreement": [{"Org": "A", "Active": True}],
}


def test_a_bulk_alone_is_left_as_it_was_staged() -> None:
    with settled(batch(1, BULK)) as one:
        assert one.balanced()
        assert one.fates() == {}
        views = one.duck.run(
            "views", "SELECT view_name FROM duckdb_views() WHERE view_name LIKE '%as staged'"
        )
        assert views == []


def test_the_last_row_of_a_key_counts() -> None:
    delta = {
        "Entry": [entry("p1", "e1", "later", 3), entry("p1", "e1", "between", 2), entry("p2", "e9", "new")]
    }
    with settled([*batch(1, BULK), *batch(2, delta)]) as one:
        assert one.rows("Entry", "Id", "Text") == [("e1", "later"), ("e2", "x"), ("e3", "x"), ("e9", "new")]
        assert one.fates() == {("Entry", "superseded"): 2}
        assert one.balanced()


def test_a_deletion_while_the_patient_stays_is_one_in_error() -> None:
    delta = {"Entry": [entry("p1", "e1", Gone=True), entry("p1", "unheard", Gone=True)]}
    with settled([*batch(1, BULK), *batch(2, delta)]) as one:
        assert one.rows("Entry", "Id") == [("e2",), ("e3",)]
        assert one.fates() == {
            ("Entry", "deleted_in_error"): 1,
            ("Entry", "deletion"): 1,
            ("Entry", "deletion_of_unknown"): 1,
            ("Extension", "withheld_with_record"): 1,
        }
        assert one.balanced()


@pytest.mark.parametrize(
    ("left", "cause"),
    [("2025-12-20", "patient_left"), ("2020-01-01", "out_of_window"), (None, "removed_by_supplier")],
)
def test_why_a_patient_is_gone(left: str | None, cause: str) -> None:
    bulk = {**BULK, "Patient": [patient("p1", LeftOn=left), patient("p2"), patient("p3")]}
    delta = {"Patient": [patient("p1", Gone=True)], "Entry": [entry("p1", "e1", Gone=True)]}
    with settled([*batch(1, bulk), *batch(2, delta)]) as one:
        assert one.rows("Patient", "Pat") == [("p2",), ("p3",)]
        assert one.fates()["Patient", cause] == 1
        assert one.fates()["Entry", cause] == 1, "its record shares the cause"
        assert one.fates()["Entry", "withheld_with_patient"] == 1, "the supplier never deletes the rest"
        assert one.rows("Entry", "Id") == [("e3",)]
        assert one.balanced()


def test_a_patient_who_returns_frees_the_records() -> None:
    back = {"Patient": [patient("p1", Name="back")]}
    gone = {"Patient": [patient("p1", Gone=True)]}
    with settled([*batch(1, BULK), *batch(2, gone), *batch(3, back)]) as one:
        assert one.rows("Patient", "Pat", "Name") == [("p1", "back"), ("p2", "name p2")]
        assert one.rows("Entry", "Id") == [("e1",), ("e2",), ("e3",)]
        assert one.fates() == {("Patient", "superseded"): 2}
        assert one.balanced()


def test_a_removed_row_may_carry_its_key_alone() -> None:
    removed = {"Patient": [{"Pat": "p1", "Gone": True}], "Entry": [{"Pat": "p2", "Id": "e3", "Gone": True}]}
    with settled([*batch(1, BULK), *batch(2, removed)]) as one:
        assert one.rows("Patient", "Pat") == [("p2",)]
        assert one.rows("Entry", "Id") == []
        assert one.balanced()


def test_rows_that_name_no_practice_are_withheld_with_their_patient_all_the_same() -> None:
    bulk: dict[str, list[Row]] = {**BULK, "Note": [{"Pat": "p1", "Id": "n1"}, {"Pat": "p2", "Id": "n2"}]}
    with settled([*batch(1, bulk), *batch(2, {"Patient": [patient("p1", Gone=True)]})]) as one:
        assert one.rows("Note", "Id") == [("n2",)]
        assert one.balanced()


def test_a_removed_row_that_fits_two_practices_is_not_applied() -> None:
    bulk = {"Patient": [patient("p1"), patient("p1", org="B")]}
    with settled([*batch(1, bulk), *batch(2, {"Patient": [{"Pat": "p1", "Gone": True}]})]) as one:
        assert one.rows("Patient", "Pat", "Org") == [("p1", "A"), ("p1", "B")]
        assert one.fates() == {("Patient", "deletion_ambiguous"): 1}
        assert one.balanced()


def test_the_same_key_in_two_practices_is_two_records() -> None:
    bulk = {"Patient": [patient("p1"), patient("p1", org="B")]}
    delta = {"Patient": [patient("p1", org="B", Gone=True)]}
    with settled([*batch(1, bulk), *batch(2, delta)]) as one:
        assert one.rows("Patient", "Pat", "Org") == [("p1", "A")]


def test_sharing_switched_off_does_not_delete_a_practice() -> None:
    off: dict[str, list[Row]] = {
        "Agreement": [{"Org": "A", "Active": False}],
        "Patient": [patient("p1", Gone=True), patient("p2", Gone=True)],
        "Entry": [entry("p1", "e1", Gone=True)],
    }
    with settled([*batch(1, BULK), *batch(2, off)]) as one:
        assert one.rows("Patient", "Pat") == [("p1",), ("p2",)]
        assert one.rows("Entry", "Id") == [("e1",), ("e2",), ("e3",)]
        assert one.fates()["Patient", "sharing_switched_off"] == 2
        assert "switched off" in " ".join(one.settled.warnings)
        assert one.balanced()


def test_sharing_switched_on_again_comes_with_a_new_bulk() -> None:
    large = {**BULK, "Patient": [patient(f"p{n}") for n in range(5)]}
    large["Entry"] = [entry(f"p{n % 5}", f"e{n}") for n in range(20)]
    off: dict[str, list[Row]] = {
        "Agreement": [{"Org": "A", "Active": False}],
        "Entry": [entry("p1", "e1", Gone=True)],
    }
    on = {**large, "Entry": large["Entry"][:-1]}
    with settled([*batch(1, large), *batch(2, off), *batch(9, on)]) as one:
        assert [each.whole for each in one.settled.batches] == [True, False, True]
        assert len(one.rows("Entry")) == 19
        assert one.fates()["Entry", "gone_at_rebulk"] == 1
        assert one.balanced()


def test_an_audit_grows_and_a_file_that_came_twice_does_not_count_twice() -> None:
    more = {"Audit": [{"What": "update", "Org": "A"}]}
    again = [File(one.name, one.table, one.rows, "same") for one in batch(2, more)]
    with settled([*batch(1, BULK), *again, *again]) as one:
        assert one.rows("Audit", "What") == [("insert",), ("update",)]
        assert one.fates() == {("Audit", "delivered_twice"): 1}
        assert one.balanced()


def test_a_gap_stops() -> None:
    delta = {"Entry": [entry("p1", "e1", "later")]}
    with pytest.raises(InputRefused, match=r"delta\.gap"), settled([*batch(1, BULK), *batch(3, delta)]):
        pass
    with settled([*batch(1, BULK, upto=2), *batch(3, delta)]) as one:
        assert one.balanced()


def test_codes_shared_by_two_agreements_stand_once() -> None:
    other: dict[str, list[Row]] = {
        "Patient": [patient("q1", org="B")],
        "Code": [{"Id": "c1", "Term": "new"}, {"Id": "c2", "Term": "z"}],
    }
    with settled([*batch(1, BULK, "one"), *batch(2, other, "two")]) as one:
        assert one.rows("Code", "Id", "Term") == [("c1", "new"), ("c2", "z")]
        assert [pat for (pat,) in one.rows("Patient", "Pat")] == ["p1", "p2", "q1"]
        assert one.balanced()


def manifest(folder: str, delta: bool, since: str, until: str, *tables: str) -> File:
    lines = [
        {"Name": f"{table}.csv", "Delta": "Y" if delta else "N", "Since": since, "Until": until}
        for table in tables
    ]
    return File(f"{folder}/Manifest.csv", "Manifest", lines)


def run(folder: str, rows: dict[str, list[Row]], delta: bool, since: str, until: str) -> list[File]:
    files = [File(f"{folder}/{table}.csv", table, found) for table, found in rows.items()]
    return [*files, manifest(folder, delta, since, until, *rows)]


def test_a_manifest_tells_bulk_from_delta() -> None:
    first = run("20260101_0100", BULK, False, "", "20260101_0100")
    later = run("20260102_0100", {"Entry": [entry("p1", "e1", "v")]}, True, "20260101_0100", "20260102_0100")
    with settled([*later, *first], WITH_MANIFEST) as one:
        assert ("e1", "v") in one.rows("Entry", "Id", "Text")
        assert one.balanced()
    anew = run("20260102_0100", {"Entry": [entry("p1", "e1", "v")]}, False, "", "20260102_0100")
    with settled([*first, *anew], WITH_MANIFEST) as one:
        assert one.rows("Entry", "Id", "Text") == [("e1", "v")]
        assert one.fates() == {("Entry", "superseded"): 1, ("Entry", "gone_at_rebulk"): 2}
        assert one.balanced()
    empty = run("20260102_0100", {"Patient": []}, False, "", "20260102_0100")
    with pytest.raises(InputRefused, match=r"delta\.empty_bulk"), settled([*first, *empty], WITH_MANIFEST):
        pass
    other = run("20260102_0100", {"Patient": [patient("p1", org="B")]}, False, "", "20260102_0100")
    with (
        pytest.raises(InputRefused, match=r"delta\.other_practice"),
        settled([*first, *other], WITH_MANIFEST),
    ):
        pass
    hole = run("20260102_0100", {"Entry": [entry("p1", "e1", "v")]}, True, "20260101_0200", "20260102_0100")
    with pytest.raises(InputRefused, match=r"delta\.gap"), settled([*first, *hole], WITH_MANIFEST):
        pass
