"""The names of sheets."""

from godwit.records.evidence.list_sheets import NAME_LENGTH, numbered


def test_names_are_told_apart_by_their_number() -> None:
    assert list(numbered(["Diabetes", "Diabetes"])) == ["01 Diabetes", "02 Diabetes"]


def test_a_name_is_one_that_a_spreadsheet_takes() -> None:
    names = list(numbered(["A/B [c]: d*?", "x" * 99, "x" * 27 + "'s own"]))
    assert names == ["01 AB c d", f"02 {'x' * 28}", f"03 {'x' * 27}"]
    assert all(len(name) <= NAME_LENGTH for name in names)
