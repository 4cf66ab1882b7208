"""Which file is which: by name, by header, by width; and what is refused rather than guessed."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.recognise import Recognised, recognise
from godwit.records.bulk.staging import stage_side
from godwit.records.errors import InputRefused, MachineRefused
from tests.support.bulk_scene import GOOD, HEADER, Scene, layout, lines

TEXT = {"type": "text"}
STAFF: dict[str, Any] = {
    "Staff": {
        "title": "Staff", "key": ["ID"], "file_part": "staff_data_extract",
        "layouts": {
            "1": ["ID", "TYPE", "NAME", "SEX"],
            "2": ["ID", "NAME", "SEX", "TYPE"],
            "test": ["ID", "NAME", "SEX"],
        },
        "columns": {"ID": TEXT, "TYPE": TEXT, "NAME": TEXT, "SEX": {"type": "code", "like": "[MF]?"}},
    }
}  # fmt: skip


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def one(scene: Scene, name: str, data: str | bytes) -> Recognised:
    return scene.recognise({name: data}).known[0]


def refused(scene: Scene, name: str, data: str | bytes) -> str:
    with pytest.raises(InputRefused) as error:
        scene.recognise({name: data})
    assert "source file 1" in str(error.value)
    return str(error.value)


def test_a_file_tells_its_table_version_and_time(scene: Scene) -> None:
    found = one(scene, "12_entry_20270301010203.csv", lines(HEADER, *GOOD))
    assert (found.table, found.version, found.processing, found.taken_at) == (
        "Entry",
        "3",
        "12",
        "20270301010203",
    )
    assert found.public == "file-00001.csv (Entry)"
    assert (found.extra, found.absent) == ((), ())


@pytest.mark.parametrize(
    ("header", "version", "absent"),
    [
        ("id,guid,day,number,whole,flag", "1", ()),
        ("ID,GUID,Day,NUMBER,whole,flag,TEXT", "3", ()),
        ("id,text", "3", ("guid", "day", "number", "whole", "flag")),
        ("flag,whole,number,day,guid,id,clock", "1", ()),
    ],
)
def test_the_header_decides_the_version(
    scene: Scene, header: str, version: str, absent: tuple[str, ...]
) -> None:
    found = one(scene, "1_Entry.csv", lines(header))
    assert (found.version, found.absent) == (version, absent)


def test_columns_in_another_order_are_bound_by_name(scene: Scene) -> None:
    scene.stage({"1_Entry.csv": lines("TEXT,id,Number", "hello,7,1.50")})
    assert scene.rows("id, number, text, guid") == [("7", "1.5", "hello", None)]


def test_a_header_with_a_mark_and_blanks(scene: Scene) -> None:
    assert one(scene, "1_Entry.csv", "\ufeff" + lines('"id", "guid"')).columns == ("id", "guid")


def test_additional_columns_are_taken_along_and_told(scene: Scene) -> None:
    scene.stage({"1_Entry.csv": lines('id,New Column,"4857773456 x",text', '1,extra,"say ""x""",t', "2,,,u")})
    assert scene.rows("id, text, more") == [
        ("1", "t", '{"New Column":"extra","4857773456 x":"say \\"x\\""}'),
        ("2", "u", None),
    ]
    assert scene.side.additional == (("Entry", "New Column"), ("Entry", "column 3"))
    told = [(warned.rule, warned.about) for warned in scene.file.warnings]
    assert ("layout.column_additional", "column 3") in told
    assert ("layout.column_absent", "guid") in told


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (lines("guid,day,number"), "column id is missing in the file of Entry [layout.key_missing]"),
        (lines("id,day,DAY"), "layout.column_twice"),
        (b"", "file.empty"),
        (b"id,day\rx,y\rz,z\r", "file.line_ends"),
    ],
)
def test_what_cannot_be_bound_is_refused(scene: Scene, data: str | bytes, rule: str) -> None:
    assert rule in refused(scene, "1_Entry.csv", data)


def test_a_renamed_file_is_known_by_its_header(scene: Scene) -> None:
    assert one(scene, "copy of something.csv", lines(HEADER)).table == "Entry"
    assert one(scene, "x.csv", lines("person,practice,name")).table == "Person"


def test_what_no_table_is_known_for_is_told_apart(scene: Scene) -> None:
    found = scene.recognise(
        {"1_Entry.csv": lines(HEADER), "9_Else.csv": lines("a,b"), "read me.txt": "hello"}
    )
    assert [one.name for one in found.unknown] == ["9_Else.csv", "read me.txt"]


def test_a_delivery_of_nothing_known_is_none(scene: Scene) -> None:
    assert recognise(scene.files({"a.csv": "x,y"}), [scene.layout], "source") is None


def test_two_systems_in_one_delivery_are_refused(scene: Scene) -> None:
    other = layout(STAFF, header=True).model_copy(update={"system": "other"})
    files = scene.files({"1_Entry.csv": lines(HEADER), "1_Staff.csv": lines("ID,NAME,SEX")})
    with pytest.raises(InputRefused, match="small, other"):
        recognise(files, [scene.layout, other], "source")


def test_two_versions_of_one_table_stand_side_by_side(scene: Scene) -> None:
    scene.stage(
        {
            "1_Entry.csv": lines("id,guid,day,number,whole,flag", "1,,,,,"),
            "2_Entry.csv": lines(HEADER, GOOD[0]),
        }
    )
    assert [file.version for file in scene.side.files] == ["1", "3"]
    assert scene.rows("file, record, id, text") == [(1, 1, "1", None), (2, 1, "1", "first")]


def test_only_the_tables_wanted_are_read(scene: Scene) -> None:
    files: dict[str, str | bytes] = {"1_Entry.csv": lines(HEADER, GOOD[0])}
    files["1_Person.csv"] = b"person,practice\r\n\xff"
    side = scene.stage(files, tables=["Entry"])
    assert [file.table for file in side.files] == ["Entry"]
    assert scene.rows("person", "Person") == []


@pytest.fixture
def headless(tmp_path: Path) -> Scene:
    return Scene(tmp_path, STAFF, header=False, dates="vision")


@pytest.mark.parametrize(
    ("rows", "version"),
    [
        (["1,GP,Smith,M", "2,N,Jones,F"], "1"),
        (["1,Smith,M,GP", "2,Jones,F,N"], "2"),
        (["1,Smith,M"], "test"),
    ],
)
def test_a_file_without_header_is_known_by_width_and_content(
    headless: Scene, rows: list[str], version: str
) -> None:
    found = one(headless, "1_staff_data_extract.csv", lines(*rows))
    assert (found.version, found.header) == (version, False)
    headless.stage({"1_staff_data_extract.csv": lines(*rows)})
    assert headless.rows("record, ID, NAME, SEX", "Staff")[0] == (1, "1", "Smith", "M")
    assert headless.file.records == len(rows)


def test_a_header_where_none_should_be_is_no_record(headless: Scene) -> None:
    headless.stage({"1_staff_data_extract.csv": lines("ID,NAME,SEX", "1,Smith,M")})
    assert headless.rows("record, ID", "Staff") == [(1, "1")]


def test_an_empty_file_without_header_is_an_empty_table(headless: Scene) -> None:
    headless.stage({"1_staff_data_extract.csv": ""})
    assert (headless.rows("ID", "Staff"), headless.file.records) == ([], 0)


def test_another_width_is_refused(headless: Scene) -> None:
    said = refused(headless, "1_staff_data_extract.csv", lines("1,2,3,4,5"))
    assert "the file of Staff has 5 columns; known are 4, 4, 3 [layout.width]" in said


SPECIFICATION = lines(
    "TableName,TableDescription,ColumnName,ColumnDescription,ColumnDataType,ColumnLength,DateDefining,ColumnOrdinal,"
    "LinkedTable,LinkedColumn1,LinkedColumn2",
    "Entry,,number,How much,Numeric - Real,9,,1,,,",
    "Entry,,whole,,Numeric - Integer,,,2,Person,person,",
    "SRNew,A new table,RowIdentifier,,Numeric - Integer,,,2,,,",
    "SRNew,A new table,Flag,,Boolean,,,1,,,",
)


def test_the_suppliers_description_is_put_into_the_layout(scene: Scene) -> None:
    files = {"1_Entry.csv": lines(HEADER, GOOD[0]), "1_SRNew.csv": lines("RowIdentifier,Flag", "5,TRUE"),
             "Specification v93.csv": SPECIFICATION}  # fmt: skip
    staged = scene.stage(files)
    assert [file.table for file in staged.files] == ["Entry", "SRNew", "Specification"]
    assert scene.rows("RowIdentifier, Flag", "SRNew") == [(5, True)]
    assert len(scene.rows("TableName", "Specification")) == 4
    found = scene.recognise(files).layout.tables
    assert (found["Entry"].columns["number"].length, found["Entry"].columns["number"].title) == (
        9,
        "How much",
    )
    assert found["Entry"].references[0].to == "Person"
    aside = {(row[4], row[5]) for row in scene.ledger("set_aside")}
    assert aside == {("SRNew", "no_entity"), ("Specification", "no_entity")}


@pytest.mark.parametrize(
    ("odd", "columns"),
    [
        ("SRNew,,rowidentifier,,,,,3,,,", ["RowIdentifier", "Flag"]),
        ("SRNew,,Record,,,,,3,,,", ["RowIdentifier", "Flag"]),
        ('SRNew,,it\'s ""one"",,,,,3,,,', ["RowIdentifier", "Flag"]),
        ("SRNew,,Third,,,²,,²,,,", ["Third", "RowIdentifier", "Flag"]),
        ("srnew,,Third,,,,,9,,,", ["Flag", "RowIdentifier", "Third"]),
        ("O'Brien 9434765919,,RowIdentifier,,,,,1,,,", ["RowIdentifier", "Flag"]),
    ],
)
def test_an_odd_description_does_no_harm(scene: Scene, odd: str, columns: list[str]) -> None:
    files = {"1_Entry.csv": lines(HEADER, GOOD[0]), "1_SRNew.csv": lines("RowIdentifier,Flag", "5,TRUE"),
             "Specification v93.csv": SPECIFICATION + lines(odd)}  # fmt: skip
    found = scene.recognise(files).layout.tables
    assert sorted(found["SRNew"].columns) == sorted(columns)
    assert not [name for name in found if "Brien" in name]
    assert [file.table for file in scene.stage(files).files] == ["Entry", "SRNew", "Specification"]


def test_value_maps_and_the_moment_of_the_extract_are_tables(scene: Scene) -> None:
    scene.stage({"1_Entry_20270301010203.csv": lines(HEADER)})
    assert scene.rows_of("value_kind") == [("A", "acute")]
    assert scene.rows_of("snapshot") == [("2027-03-01T01:02:03",)]


def test_a_file_that_goes_away_is_the_machines_fault_and_its_name_is_not_told(scene: Scene) -> None:
    found = scene.recognise({"1_Entry_20270301010203.csv": lines(HEADER, *GOOD)})
    found.known[0].file.path.unlink()
    with pytest.raises(MachineRefused) as error:
        stage_side(scene.duck, "source", scene.format, found)
    assert str(error.value).startswith("source file-00001.csv (Entry): a file could not be read or written")
    with pytest.raises(MachineRefused, match="source file 1: "):
        recognise([found.known[0].file], [scene.layout], "source")


def test_names_of_files_are_never_said_to_the_engine(scene: Scene) -> None:
    found = scene.stage({"O'Brien's [x] {y} *.csv": lines(HEADER, GOOD[0])})
    assert (found.files[0].table, found.files[0].records) == ("Entry", 1)
    assert "Brien" not in found.files[0].public_name
