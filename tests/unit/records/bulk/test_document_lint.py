"""The linter of documented data extracts: every kind of promise that can be broken, and what may be left unsaid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from godwit.records.bulk.document import Document, read_document
from godwit.records.bulk.document_gaps import HEADINGS, Finding, gaps
from godwit.records.bulk.document_lint import answer, lint
from godwit.records.bulk.document_specification import document_of_specification
from godwit.records.bulk.document_work import describe_delivery, document_of, lint_delivery
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.intake.unpack import unpacked
from godwit.records.rule_words import RULE_WORDS
from tests.support.comparing import Silent

TOLD = {"meaning": "m", "derivation": "none", "sensitivity": "none", "example": "x", "changes": "none"}
WHOLE = {
    "system": "small",
    "edition": "1",
    "files": {"header": True, "time_zone": "Europe/London"},
    "headings": {name: "told" for name in HEADINGS if name != "physical_items"},
    "code_lists": {"sex": {"values": {"M": "male", "F": "female"}}},
    "tables": {
        "Person": {
            "title": "People",
            "key": ["id"],
            "columns": {
                "id": TOLD | {"type": "int", "may_be_empty": False},
                "born": TOLD | {"type": "date", "may_be_empty": True, "precision": "day"},
                "sex": TOLD | {"type": "code", "may_be_empty": True, "length": 1, "codes": "sex"},
                "name": TOLD | {"type": "text", "may_be_empty": False, "length": 5},
            },
        },
        "Weight": {
            "title": "Weights",
            "key": ["id"],
            "columns": {
                "id": TOLD | {"type": "int", "may_be_empty": False},
                "person": TOLD | {"type": "int", "may_be_empty": False},
                "kg": TOLD | {"type": "number", "may_be_empty": True, "unit": "kg"},
            },
            "references": [{"column": "person", "to": "Person", "at": "id"}],
        },
    },
}
PEOPLE = "id,born,sex,name\n1,1950-01-02,F,Ann\n2,,M,Bob\n"
WEIGHTS = "id,person,kg\n1,1,82.5\n2,2,\n"


def document(**changes: object) -> Document:
    return Document.model_validate(json.loads(json.dumps(WHOLE)) | changes)


def linted(folder: Path, described: Document, **files: str) -> list[Finding]:
    here = folder / "delivery"
    here.mkdir()
    for name, content in files.items():
        (here / f"{name}.csv").write_text(content, encoding="utf-8")
    with Duck(folder, reads=[here]) as duck:
        return list(lint(duck, described, unpacked(here, "source", folder / "room")))


def broken(findings: list[Finding]) -> list[tuple[str, str | None, str, int]]:
    return [
        (one.rule.removeprefix("document."), one.table, one.about, one.count)
        for one in findings
        if one.breaks
    ]


def test_a_whole_document_of_sound_files_has_no_finding(tmp_path: Path) -> None:
    assert linted(tmp_path, document(), Person=PEOPLE, Weight=WEIGHTS) == []


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ("id,born,sex,name\n1,31/02/2020,F,Ann\n", ("type_broken", "Person", "born", 1)),
        ("id,born,sex,name\n1,,X,Ann\n", ("value_outside", "Person", "sex", 1)),
        ("id,born,sex,name\n1,,F,Annabel\n", ("length_broken", "Person", "name", 1)),
        ("id,born,sex,name\n1,,F,\n", ("empty_broken", "Person", "name", 1)),
        ("id,born,sex,name\n1,,F,Ann\n1,,M,Bob\n1,,M,Bo\n", ("key_twice", "Person", "id", 2)),
        ("id,born,sex,name,secret\n1,,F,Ann,x\n2,,F,Bo,\n", ("column_undocumented", "Person", "secret", 1)),
        ("id,born,name\n1,,Ann\n", ("column_absent", "Person", "sex", 1)),
        (
            "id,born,sex,name\n1,,F,Ann\n1,2\n",
            ("record_unreadable", "Person", "records that cannot be read", 1),
        ),
    ],
)
def test_each_broken_promise_is_told_and_counted(
    tmp_path: Path, people: str, found: tuple[str, str, str, int]
) -> None:
    assert broken(linted(tmp_path, document(), Person=people, Weight="id,person,kg\n")) == [found]


def test_rows_without_a_key_are_told(tmp_path: Path) -> None:
    findings = broken(
        linted(tmp_path, document(), Person="id,born,sex,name\n,,F,Ann\n", Weight="id,person,kg\n")
    )
    assert findings == [("empty_broken", "Person", "id", 1), ("key_empty", "Person", "id", 1)]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    weights = "id,person,kg\n1,1,82\n2,9,82\n3,8,82\n"
    findings = linted(tmp_path, document(), Person=PEOPLE, Weight=weights)
    assert broken(findings) == [("link_broken", "Weight", "person → Person.id", 2)]


def test_an_undocumented_column_that_is_empty_breaks_nothing(tmp_path: Path) -> None:
    people = "id,born,sex,name,spare\n1,,F,Ann,\n"
    (finding,) = linted(tmp_path, document(), Person=people, Weight="id,person,kg\n")
    assert (finding.rule, finding.about, finding.breaks) == (
        "document.column_undocumented_empty",
        "spare",
        False,
    )


def test_files_and_tables_without_each_other_are_told(tmp_path: Path) -> None:
    found = broken(linted(tmp_path, document(), Person=PEOPLE, Other="a,b\n1,2\n"))
    assert [rule for rule, *_ in found] == ["file_undocumented", "table_absent"]


def test_files_of_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"document\.other_files"):
        linted(tmp_path, document(), Other="a,b\n1,2\n")


def test_files_without_a_header_are_read_in_the_documents_order(tmp_path: Path) -> None:
    described = document(files={"header": False, "dates": "vision", "time_zone": "Europe/London"})
    assert linted(tmp_path, described, Person='1,19500102,F,"Ann"\n', Weight="1,1,82\n") == []


def test_a_column_whose_name_may_be_a_value_is_told_by_its_place(tmp_path: Path) -> None:
    people = 'id,born,sex,name,"9990000018 Smith"\n1,,F,Ann,x\n'
    (finding,) = linted(tmp_path, document(), Person=people, Weight="id,person,kg\n")
    assert (finding.about, finding.count) == ("column 5", 1)


@pytest.mark.parametrize(
    "heading", [name for name in HEADINGS if name not in ("physical_items", "units", "coded_values")]
)
@pytest.mark.parametrize("words", [None, "", "  ", "TO BE COMPLETED", []])
def test_a_heading_without_words_is_told(heading: str, words: object) -> None:
    found = list(gaps(document(headings=WHOLE["headings"] | {heading: words})))  # type: ignore[operator]
    assert [(one.rule, one.about) for one in found] == [("document.heading_missing", HEADINGS[heading])]


def test_units_and_codes_may_be_told_beside_their_columns() -> None:
    assert list(gaps(document(headings=WHOLE["headings"] | {"units": None, "coded_values": None}))) == []  # type: ignore[operator]


def test_what_a_bare_document_leaves_unsaid() -> None:
    columns = {"a": {"type": "number"}, "b": {"type": "code"}, "c": {"type": "number", "unit": "in nowhere"}}
    bare = Document.model_validate({"system": "small", "tables": {"T": {"columns": columns}}})
    rules = [one.rule.removeprefix("document.") for one in gaps(bare)]
    assert rules.count("heading_missing") == len(HEADINGS) - 1
    assert {"unit_missing", "unit_elsewhere", "codes_missing", "key_missing", "unanswered"} <= set(rules)


def test_the_answer_has_words_for_every_finding_and_never_says_conforms(tmp_path: Path) -> None:
    told = answer(document(), linted(tmp_path, document(), Person=PEOPLE))
    assert told["broken"] == 1
    assert all(one["words"] == RULE_WORDS[one["rule"]] for one in told["findings"])
    assert "does not say that either conforms" in told["says"]


@pytest.mark.parametrize(
    "text",
    [
        "system: x\n", "system: x\ntables: {}\n", "tables: [", "system: x\nwhat: 1\ntables: {T: {columns: {a: {}}}}\n",
        "system: x\ntables: {T: {key: [b], columns: {a: {}}}}\n",
        "system: x\ntables: {T: {columns: {a: {codes: none_such}}}}\n",
    ],
)  # fmt: skip
def test_a_document_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "document.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"document\.shape"):
        read_document(file)


def test_columns_that_staging_cannot_tell_apart_are_refused() -> None:
    described = Document.model_validate({"system": "x", "tables": {"T": {"columns": {"a": {}, "A": {}}}}})
    with pytest.raises(InputRefused, match=r"document\.shape"):
        described.as_format()


def test_a_document_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"document\.absent"):
        document_of(tmp_path / "none.yaml")


SPECIFICATION = (
    "TableName,TableDescription,ColumnName,ColumnDescription,ColumnDataType,ColumnLength,DateDefining,ColumnOrdinal,"
    "LinkedTable,LinkedColumn1,LinkedColumn2\r\n"
    "SRThing,Things,Value,The value,Decimal,,,3,,,\r\n"
    "SRThing,Things,RowIdentifier,The row,Integer,,,1,,,\r\n"
    "SRThing,Things,IDPatient,The patient,BigInt,,,2,SRPatient,RowIdentifier,\r\n"
    "SRPatient,Patients,RowIdentifier,The row,Integer,,,1,,,\r\n"
    "SRPatient,Patients,FirstName,Name,Text,4,,2,,,\r\n"
    "SRPatient,Patients,DateBirth,Born,DateTime,,,3,,,\r\n"
)


def test_a_specification_is_a_document(tmp_path: Path) -> None:
    file = tmp_path / "Specification.csv"
    file.write_text(SPECIFICATION, encoding="cp1252")
    described = document_of_specification(file)
    assert list(described.tables["SRThing"].columns) == ["RowIdentifier", "IDPatient", "Value"]
    patients = "RowIdentifier,FirstName,DateBirth\n1,Anna,01 Jan 1950 00:00:00\n2,Robert,tomorrow\n"
    things = "RowIdentifier,IDPatient,Value\n1,1,5.0\n2,3,6\n"
    found = broken(linted(tmp_path, described, SRPatient=patients, SRThing=things))
    assert [one for one in found if one[0] not in ("heading_missing", "codes_missing")] == [
        ("unit_missing", "SRThing", "Value", 0),
        ("link_broken", "SRThing", "IDPatient → SRPatient.RowIdentifier", 1),
        ("length_broken", "SRPatient", "FirstName", 1),
        ("type_broken", "SRPatient", "DateBirth", 1),
    ]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "TableName,ColumnName\nSRX,a\n"])
def test_a_specification_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "Specification.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"^document: .* \[specification\.shape\]"):
        document_of_specification(file)


def test_a_specification_means_the_same_as_a_document_and_beside_the_files(tmp_path: Path) -> None:
    """Tables may be called as their files are; types are the words of the supplier; a link may leave out its column."""
    file = tmp_path / "Specification.csv"
    lines = (
        SPECIFICATION.splitlines()[0],
        "SRThing.csv,,Value,,Numeric - Real,,,2,,,",
        "SRThing.csv,,IDPatient,,Numeric - Integer,9,,1,SRPatient.csv,,",
        "SRPatient.csv,,RowIdentifier,,Numeric - Integer,,,1,,,",
        "SRPatient.csv,,Name,,Text - Fixed,3,,2,SRNowhere.csv,,",
        ",,,,,,,,,,",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    described = document_of_specification(file).tables
    types = {(table, name): (one.type, one.length) for table in described
             for name, one in described[table].columns.items()}  # fmt: skip
    assert types == {
        ("SRThing", "IDPatient"): ("int", None), ("SRThing", "Value"): ("number", None),
        ("SRPatient", "RowIdentifier"): ("int", None), ("SRPatient", "Name"): ("text", 3),
    }  # fmt: skip
    (link,) = described["SRThing"].references
    assert (link.column, link.to, link.at) == ("IDPatient", "SRPatient", "RowIdentifier")
    assert described["SRPatient"].references == ()


def staff(folder: Path) -> Path:
    delivery = folder / "extract"
    delivery.mkdir()
    rows = '3,A,G1234567,"Adams","Sarah","Dr",F,9\n4,B,,"O\'Brien","Pat","",M,9\n'
    (delivery / "FULL_Z99999_staff_data_extract-2027-03-01-010000.csv").write_text(rows, encoding="utf-8")
    return delivery


def test_a_draft_describes_the_files_without_a_value_and_can_be_linted(tmp_path: Path) -> None:
    delivery = staff(tmp_path)
    text = describe_delivery(delivery, Silent())
    assert not any(value in text for value in ("Adams", "G1234567", "O'Brien"))
    assert yaml.safe_load(text)["tables"]["Staff"]["columns"]["SURNAME"]["length"] == len("O'Brien")
    file = tmp_path / "draft.yaml"
    file.write_text(text, encoding="utf-8")
    told = lint_delivery(delivery, file, Silent())
    assert {one["rule"] for one in told["findings"]} == {
        "document.heading_missing", "document.unanswered", "document.codes_missing",
    }  # fmt: skip


def test_only_extracts_of_a_known_system_can_be_drafted(tmp_path: Path) -> None:
    (tmp_path / "things.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"file\.unrecognised"):
        describe_delivery(tmp_path, Silent())
