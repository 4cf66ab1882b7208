"""A list as a file: every line a patient, set aside or rejected, in any encoding and either shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from godwit.records.errors import InputRefused
from godwit.records.listing.column_map import ColumnMap
from godwit.records.listing.list_file import Fate, RegistrationList, read_list

HEADER = "NHS number,Surname,Forenames,DOB,Sex,Postcode,Practice code,Status,FP69"
FIXED = ColumnMap.model_validate(
    {
        "title": "Fixed", "shape": "fixed", "header": False, "skip_first": 1, "skip_starting": ["TRL"],
        "dates": ["yearmonthday"],
        "columns": {"nhs_number": {"start": 1, "width": 10}, "family": {"start": 11, "width": 10},
                    "birth_date": {"start": 21, "width": 8}},
    }
)  # fmt: skip


def read(
    folder: Path, data: str | bytes, told: ColumnMap | None = None, practice: str | None = None
) -> RegistrationList:
    path = folder / "list.csv"
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return read_list(path, told, practice)


def test_a_line_becomes_facts_in_our_words(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path, f"{HEADER}\r\n999 123 4500,Tern,Ada,3-Feb-1950 00:00,f,ZZ1 1ZZ,a81001,,open\r\n"
    ).entries
    assert one.number == 2
    assert one.facts == {"nhs_number": "999 123 4500", "family": "Tern", "given": "Ada", "birth_date": "1950-02-03",
                         "sex": "female", "postcode": "ZZ1 1ZZ", "practice": "a81001", "fp69": "yes"}  # fmt: skip
    assert one.nhs_number == "9991234500"
    assert one.current


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_seen(tmp_path: Path, encoding: str, separator: str) -> None:
    text = f"{HEADER}\n9991234500,Jürgen,Ada,03/02/1950,F,ZZ1 1ZZ,,,".replace(",", separator)
    (one,) = read(tmp_path, text.encode(encoding)).entries
    assert one.facts["family"] == "Jürgen"


def test_a_fixed_file_is_read_by_places_and_its_trailer_set_aside(tmp_path: Path) -> None:
    listed = read(tmp_path, "HDR made up\n9991234500Tern      19500203\n\nTRL 1\n", FIXED)
    assert [dict(one.facts) for one in listed.entries] == [
        {"nhs_number": "9991234500", "family": "Tern", "birth_date": "1950-02-03"}
    ]
    assert (listed.set_aside, listed.lines) == ((Fate(4, "list.no_patient"),), 2)


def test_what_cannot_be_a_patient_is_rejected_with_its_line(tmp_path: Path) -> None:
    lines = [HEADER, "1,2", '"open,Tern,Ada,03/02/1950,F,,,,', ",,Ada,,,,,,", ",Tern,Ada,30/02/1950,F,,,,"]
    listed = read(tmp_path, "\n".join(lines))
    assert listed.rejects == (
        Fate(2, "list.width"), Fate(3, "list.quotes"), Fate(4, "list.nobody"), Fate(5, "list.nobody"),
    )  # fmt: skip
    assert listed.lines == 4


def test_odd_values_are_kept_and_counted(tmp_path: Path) -> None:
    listed = read(
        tmp_path, f"{HEADER}\n9991234501,Tern,Ada,03/02/1950,?,,,,\n9991234500,Tern,Ada,32/02/1950,F,,,,\n"
    )
    assert [one.rule for one in listed.odd] == ["list.nhs_number", "list.sex", "list.date"]
    assert listed.entries[0].facts["nhs_number"] == "9991234501"
    assert listed.entries[0].nhs_number is None
    assert listed.entries[1].facts["birth_date"] == "unreadable:32/02/1950"


def test_who_is_no_longer_on_the_list_is_closed(tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        f"{HEADER}\n9991234500,Tern,Ada,03/02/1950,F,,,Deducted,\n9991234519,A,B,03/02/1951,F,,,X,\n",
    )
    assert [one.state for one in listed.entries] == ["closed", "current"]


def test_one_practice_is_chosen_where_there_are_several(tmp_path: Path) -> None:
    text = (
        f"{HEADER}\n9991234500,Tern,Ada,03/02/1950,F,,A81001,,\n9991234519,Tern,Bo,03/02/1951,F,,B82002,,\n"
    )
    with pytest.raises(InputRefused, match="2 practices"):
        read(tmp_path, text)
    with pytest.raises(InputRefused, match="no patient of the practice"):
        read(tmp_path, text, practice="C83003")
    listed = read(tmp_path, text, practice="a81001")
    assert [one.number for one in listed.entries] == [2]
    assert listed.set_aside == (Fate(3, "list.other_practice"),)


@pytest.mark.parametrize(
    ("data", "told", "rule"),
    [(b"", None, "list.empty"), (b"\n \n", None, "list.empty"), (b'"a', None, "list.columns_unclear"),
     (b"\xff\xff", FIXED, "list.encoding"),
     (b"Surname,DOB\n", ColumnMap.model_validate(
         {"title": "x", "columns": {"family": "Surname", "birth_date": "Born"}}), "list.column_absent")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, data: bytes, told: ColumnMap | None, rule: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, data, told)
    assert refused.value.rule == rule


def test_an_absent_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        read_list(tmp_path / "none.csv", None, None)
