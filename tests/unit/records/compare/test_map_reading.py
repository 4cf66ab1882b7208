"""Every row of a code map has a fate, and a file that breaks a rule is refused with its line."""

from pathlib import Path

import pytest

from godwit.records.compare.map_reading import read_code_maps
from godwit.records.errors import InputRefused

HEADER = "from_system,from_code,to_system,to_code,quality,map_id,effective_date,active\n"
FINE = "read2,C10F.,snomed,44054006,exact,,,\n"


def a_map(folder: Path, *rows: str, name: str = "map.csv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def targets(*paths: Path, day: str = "2026-11-21") -> dict[str, set[str]]:
    return {code: set(ends) for code, ends in read_code_maps(paths, day).targets.items()}


def test_exact_and_assured_rows_are_used_and_no_others(tmp_path: Path) -> None:
    path = a_map(
        tmp_path,
        "ctv3,X40J5,snomed,44054006,exact,,,",
        "ctv3,X40J4,snomed,46635009,assured,,,yes",
        "ctv3,H33..,snomed,195967001,unassured,,,1",
        "ctv3,H32..,snomed,195967001,exact,,,no",
        "ctv3,zzzzz,snomed,_NONE,exact,,,",
        "ctv3,G20..,snomed,38341003,exact,,2027-01-01,",
    )
    assert targets(path) == {"ctv3|X40J5": {"snomed|44054006"}, "ctv3|X40J4": {"snomed|46635009"}}
    (told,) = read_code_maps([path], "2026-11-21").files
    fates = (told.used, told.unassured, told.inactive, told.superseded, told.not_yet, told.no_target)
    assert (told.name, told.shape, told.rows, fates) == ("map.csv", "godwit", 6, (2, 1, 1, 0, 1, 1))
    assert sum(fates) == told.rows
    assert len(told.sha256) == 64


def test_the_latest_row_of_a_map_number_counts_and_only_while_it_is_active(tmp_path: Path) -> None:
    path = a_map(
        tmp_path,
        "ctv3,X40J5,snomed,44054006,exact,1,2015-04-01,1",
        "ctv3,X40J5,snomed,46635009,exact,1,2018-04-01,0",
        "ctv3,X40J4,snomed,44054006,exact,2,2015-04-01,1",
        "ctv3,X40J4,snomed,46635009,exact,2,2018-04-01,1",
    )
    assert targets(path, day="2020-04-01") == {"ctv3|X40J4": {"snomed|46635009"}}
    assert targets(path, day="2016-04-01") == {
        "ctv3|X40J5": {"snomed|44054006"},
        "ctv3|X40J4": {"snomed|44054006"},
    }


def test_a_code_with_two_targets_in_one_system_is_not_used_and_counted(tmp_path: Path) -> None:
    one = a_map(tmp_path, "ctv3,X40J5,snomed,44054006,exact,,,", "ctv3,X40J5,read2,C10F.,exact,,,")
    two = a_map(
        tmp_path, "ctv3,X40J5,snomed,44054006,exact,,,", "ctv3,X40J4,snomed,44054006,exact,,,", name="2.csv"
    )
    other = a_map(tmp_path, "ctv3,X40J4,snomed,46635009,assured,,,", name="3.csv")
    assert targets(one, two)["ctv3|X40J5"] == {"snomed|44054006", "read2|C10F."}
    read = read_code_maps([two, other], "2026-11-21")
    assert set(read.targets) == {"ctv3|X40J5"}
    assert [one.ambiguous for one in read.files] == [1, 1]
    assert read.covered == {"ctv3"}


def test_a_read_code_is_known_with_and_without_its_term(tmp_path: Path) -> None:
    path = a_map(
        tmp_path,
        "read2,C10F.,snomed,44054006,exact,,,",
        "read2,G20..11,snomed,38341003,exact,,,",
        "read2,H33..00,snomed,195967001,exact,,,",
        "read2,H33..11,snomed,233678006,exact,,,",
    )
    assert targets(path) == {
        "read2|C10F.": {"snomed|44054006"},
        "read2|C10F.00": {"snomed|44054006"},
        "read2|G20..": {"snomed|38341003"},
        "read2|G20..11": {"snomed|38341003"},
        "read2|H33..00": {"snomed|195967001"},
        "read2|H33..11": {"snomed|233678006"},
    }


def test_the_national_shapes_are_known_by_their_columns(tmp_path: Path) -> None:
    read2 = a_map(
        tmp_path,
        "{1}\tC10F.\t00\t44054006\t123\t1\t20180401\t1",
        '{2}\tG20..\t00\t38341003\t"123\t0\t20180401\t1',
        name="rcsctmap2.txt",
        header="MapId\tReadCode\tTermCode\tConceptId\tDescriptionId\tIS_ASSURED\tEffectiveDate\tMapStatus\r\n",
    )
    ctv3 = a_map(
        tmp_path,
        "{1}\tX40J5\tY1\tP\t44054006\t123\t1\t20180401\t1",
        "{2}\tabcde\tY2\tP\t_DRUG\t\t1\t20180401\t1",
        name="ctv3sctmap2.txt",
        header="MAPID\tCTV3_CONCEPTID\tCTV3_TERMID\tCTV3_TERMTYPE\tSCT_CONCEPTID\tSCT_DESCRIPTIONID\tMAPSTATUS\tEFFECTIVEDATE\tIS_ASSURED\n",
    )
    read = read_code_maps([read2, ctv3], "2026-11-21")
    assert {one.shape for one in read.files} == {"read2", "ctv3"}
    assert set(read.targets) == {"read2|C10F.00", "read2|C10F.", "ctv3|X40J5"}
    assert [(one.used, one.unassured, one.no_target) for one in read.files] == [(1, 1, 0), (1, 0, 1)]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("read2,C10F.,snomed,44054006,exact,,", "map.row"),
        ("read2,C10F.,snomed,44054006,exact,,,,", "map.row"),
        ('read2,C10F.,snomed,44054006,"exact,,,', "map.row"),
        ("read9,C10F.,snomed,44054006,exact,,,", "map.system"),
        ("read2,C10F.,icd10,E11,exact,,,", "map.system"),
        ("read2,C10F.,snomed,44054007,exact,,,", "map.code"),
        ("read2,C10F.,snomed,,exact,,,", "map.code"),
        ("read2,C1,snomed,44054006,exact,,,", "map.code"),
        ("emis,,snomed,44054006,exact,,,", "map.code"),
        ("read2,C10F.,snomed,44054006,good,,,", "map.quality"),
        ("read2,C10F.,snomed,44054006,,,,", "map.quality"),
        ("read2,C10F.,snomed,44054006,exact,,01/04/2020,", "map.date"),
        ("read2,C10F.,snomed,44054006,exact,,2020-02-30,", "map.date"),
        ("read2,C10F.,snomed,44054006,exact,,,maybe", "map.active"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_by_its_line_and_without_its_values(
    tmp_path: Path, row: str, rule: str
) -> None:
    path = a_map(tmp_path, FINE.strip(), row)
    with pytest.raises(InputRefused) as refused:
        read_code_maps([path], "2026-11-21")
    assert refused.value.rule == rule
    assert refused.value.place == "map.csv, line 3"
    assert "C10F" not in str(refused.value)


def test_two_rows_of_one_number_and_date_are_refused(tmp_path: Path) -> None:
    rows = ("ctv3,X40J5,snomed,44054006,exact,7,2018-04-01,", "ctv3,X40J5,snomed,46635009,exact,7,20180401,")
    with pytest.raises(InputRefused, match=r"map\.same_date"):
        read_code_maps([a_map(tmp_path, *rows)], "2026-11-21")


def test_a_file_of_another_shape_or_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        InputRefused, match=r"from_system, from_code, to_system, to_code, quality \[map\.shape\]"
    ):
        read_code_maps([a_map(tmp_path, header="a,b,c\n")], "2026-11-21")
    path = tmp_path / "map.csv"
    path.write_bytes(HEADER.encode() + b"read2,\xe9,snomed\n")
    with pytest.raises(InputRefused, match=r"map\.encoding"):
        read_code_maps([path], "2026-11-21")


def test_a_mark_at_the_start_windows_line_ends_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEADER + FINE + "\n").replace("\n", "\r\n").encode())
    assert set(targets(path)) == {"read2|C10F.", "read2|C10F.00"}


def test_no_file_is_no_map() -> None:
    assert read_code_maps([], "2026-11-21").targets == {}
