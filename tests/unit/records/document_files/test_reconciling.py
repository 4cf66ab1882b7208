"""Documents of both sides beside each other: every fate and every trouble, under its patient, and what explains it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from godwit.records.document_files.checks import read_checks
from godwit.records.document_files.reading import DocumentsAsked, open_documents
from godwit.records.document_files.reconciling import CheckResult, DocumentsDone, reconcile_documents
from godwit.records.duck import Duck
from tests.support.comparing import watch
from tests.support.made_files import RTF

NUMBERS = {1: "9434765919", 2: "9434765870", 3: "9990000018"}
BIRTHS = {1: "1950-02-01", 2: "1960-03-04", 3: "1970-05-06"}
HEADER = (
    "Document ID",
    "NHS number",
    "Date of birth",
    "Patient ID",
    "File",
    "Title",
    "Document date",
    "SHA-256",
    "Size",
)
_PATIENT = {
    "side": "VARCHAR", "person": "BIGINT", "row": "BIGINT", "nhs_number": "VARCHAR", "birth_date": "VARCHAR",
    "source_id": "VARCHAR",
}  # fmt: skip
_DOCUMENT = {
    "side": "VARCHAR", "person": "BIGINT", "row": "BIGINT", "source_id": "VARCHAR", "path": "VARCHAR",
    "content_hash": "VARCHAR", "title": "VARCHAR", "created": "VARCHAR",
}  # fmt: skip
_FINDING = {
    "finding": "BIGINT", "cause": "VARCHAR", "entity": "VARCHAR", "field": "VARCHAR", "source_row": "BIGINT",
    "target_row": "BIGINT",
}  # fmt: skip


@dataclass
class Desk:
    """Two folders being filled. A document is known by its number; its words make its content."""

    folder: Path
    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {"source": [], "target": []})
    records: list[dict[str, object]] = field(default_factory=list)
    findings: list[dict[str, object]] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)
    patients: list[dict[str, object]] = field(default_factory=list)

    def both(self, number: str, patient: int, words: str) -> None:
        for side in ("source", "target"):
            self.put(side, number, patient, words)

    def put(self, side: str, number: str, patient: int, words: str | bytes | None, **more: str) -> None:
        """A line of the index, and its file unless there are no words."""
        path = more.get("path", f"{number}.txt")
        self.file(side, path, words)
        who = (more.get("nhs", NUMBERS[patient]), more.get("birth", BIRTHS[patient]), more.get("local", ""))
        rest = (
            more.get("title", number),
            more.get("dated", ""),
            more.get("sha256", ""),
            more.get("size", ""),
        )
        self.rows[side].append((more.get("document", number), *who, path, *rest))

    def file(self, side: str, path: str, words: str | bytes | None) -> None:
        place = self.folder / side / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if words is not None:
            place.write_bytes(words if isinstance(words, bytes) else words.encode())

    def reconciled(self) -> tuple[DocumentsDone, Duck]:
        for side, rows in self.rows.items():
            (self.folder / side).mkdir(exist_ok=True)
            with (self.folder / side / "index.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([HEADER, *rows])
        asked = DocumentsAsked((self.folder / "source", self.folder / "target"))
        opened = open_documents(asked)
        work = self.folder / "work"
        work.mkdir()
        duck = Duck(work)
        self._fill(duck)
        return reconcile_documents(duck, opened, watch()), duck

    def _fill(self, duck: Duck) -> None:
        duck.run("rooms", "CREATE SCHEMA canonical; CREATE SCHEMA reconcile; CREATE SCHEMA finding")
        people = [
            {"side": side, "person": number, "row": number, "nhs_number": NUMBERS[number], "birth_date": BIRTHS[number],
             "source_id": f"x.Patient|P{number}"}
            for side in ("source", "target") for number in NUMBERS
        ]  # fmt: skip
        duck.load("canonical.patient", _PATIENT, [*people, *self.patients])
        duck.load("canonical.document", _DOCUMENT, self.records)
        duck.load("finding.caused", _FINDING, self.findings)
        duck.load("finding.agreed", {"finding": "BIGINT"}, [{"finding": one} for one in self.agreed])
        duck.run(
            "reconcile.person",
            "CREATE TABLE reconcile.person AS SELECT side, person, person AS who FROM canonical.patient",
        )

    def found(self) -> dict[str, list[int | None]]:
        """Each check that found anything, with its patients."""
        _, duck = self.reconciled()
        with duck:
            told = duck.run("told", 'SELECT "check", who FROM filed.told ORDER BY 1, 2')
        found: dict[str, list[int | None]] = {}
        for check, who in told:
            found.setdefault(check, []).append(who)
        return found

    def results(self) -> dict[str, CheckResult]:
        done, duck = self.reconciled()
        duck.__exit__(None, None, None)
        return {one.check.id: one for one in done.results}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.both("D1", 1, "first letter")
    made.both("D2", 2, "second letter")
    return made


def test_the_same_files_leave_no_question(desk: Desk) -> None:
    done, duck = desk.reconciled()
    with duck:
        assert (done.compared, done.same, done.unexplained) == (2, 2, 0)
        assert {one.state for one in done.results} == {"passed"}
        assert done.sides[0].fingerprint == done.sides[1].fingerprint
        [kind] = done.kinds
        assert (kind.kind, kind.files, kind.bytes) == ("txt", (2, 2), (25, 25))


def test_names_and_order_do_not_matter(desk: Desk) -> None:
    desk.put("source", "A", 1, "third", path="deep/Er\\X.TXT".replace("\\", "/"))
    desk.rows["target"].insert(
        0, ("Z", NUMBERS[1], "01/02/1950", "", "C:\\export\\other.txt", "", "", "", "")
    )
    desk.file("target", "export/other.txt", "third")
    assert desk.found() == {}


def test_a_patient_is_known_by_two_identifiers_whichever_they_are(desk: Desk) -> None:
    desk.put("source", "A", 3, "third", nhs="", local="p3")
    desk.put("target", "A", 3, "third", birth="", local="P3")
    desk.put("source", "B", 3, "fourth", birth="1970-06-06", local="P3")  # the birth date is mistyped
    desk.put("target", "B", 3, "fourth")
    assert desk.found() == {}


def test_what_the_other_side_knows_of_a_patient_counts(desk: Desk) -> None:
    desk.patients += [
        {"side": "source", "person": 4, "row": 4, "nhs_number": "9990000026"},  # as GP2GP carries a patient
        {"side": "target", "person": 4, "row": 4, "nhs_number": "9990000026", "birth_date": "1980-01-01"},
    ]
    for side in ("source", "target"):
        desk.put(side, "A", 1, "third", nhs="9990000026", birth="01/01/1980")
    assert desk.found() == {}


def test_a_patient_nobody_knows_or_one_of_two_is_not_guessed(desk: Desk) -> None:
    desk.put("target", "A", 1, "third", birth=BIRTHS[2])
    twin = {
        "person": 9,
        "row": 9,
        "nhs_number": NUMBERS[3],
        "birth_date": BIRTHS[3],
        "source_id": "x.Patient|P9",
    }
    desk.patients.append({"side": "target", **twin})
    desk.put("target", "B", 3, "fourth")
    desk.put("source", "B", 3, "fourth")
    assert desk.found() == {"missing": [3], "patient_unclear": [None], "patient_unknown": [None]}


def test_missing_unexpected_and_copies(desk: Desk) -> None:
    desk.put("source", "A", 1, "third")
    desk.put("target", "B", 2, "fourth")
    desk.put("target", "C", 2, "second letter")
    desk.put("source", "E", 1, "first letter", title="other")
    assert desk.found() == {"fewer": [1], "missing": [1], "more": [2], "unexpected": [2]}


def test_a_file_that_stands_for_others_is_named(desk: Desk) -> None:
    for patient in NUMBERS:
        desk.put("source", f"A{patient}", patient, f"letter of {patient}")
        desk.put("target", f"A{patient}", patient, "This document could not be moved.")
        desk.both(f"L{patient}", patient, "a leaflet that many have had before")
    assert desk.found() == {"changed": [1, 2, 3], "stand_in": [1, 2, 3]}


def test_another_patients_file_is_critical(desk: Desk) -> None:
    desk.put("source", "A", 1, "third")
    desk.put("target", "A", 2, "third")
    desk.put("target", "B", 3, "first letter")
    found = desk.results()
    assert (found["moved"].source, found["moved"].target, found["moved"].unexplained) == (1, 1, 1)
    assert found["copy_of_another"].target == 1
    assert {found[one].check.severity for one in ("moved", "copy_of_another")} == {"critical"}
    assert sum(one.unexplained for one in found.values()) == 2


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ({"document": "17"}, {"document": "17", "path": "x.txt", "title": "x"}),
        ({"document": "17", "path": "a/l.txt"}, {"document": "18", "path": "b/L.TXT", "title": "x"}),
        ({"dated": "2020-01-01", "title": "Same", "document": ""},
         {"dated": "01/01/2020", "title": "same", "document": "", "path": "x.txt"}),
    ],
)  # fmt: skip
def test_other_content_under_the_same_number_name_or_title(
    desk: Desk, source: dict[str, str], target: dict[str, str]
) -> None:
    desk.put("source", "A", 1, "third", **source)
    desk.put("target", "A", 1, "third, cut", **target)
    assert desk.found() == {"changed": [1]}


def test_files_and_lines_without_each_other(desk: Desk) -> None:
    desk.put("target", "A", 1, None)
    desk.file("target", "B.txt", "nobody's")
    desk.rows["target"].append(("C", NUMBERS[2], BIRTHS[2], "", "", "", "", "", ""))
    assert desk.found() == {"file_without_row": [None], "row_rejected": [None], "row_without_file": [1]}


def test_a_file_named_twice(desk: Desk) -> None:
    for side in ("source", "target"):
        desk.put(side, "A", 1, None, path="D1.txt")
    desk.put("target", "B", 1, None, path="D2.txt")
    found = desk.results()
    assert found["row_twice"].state == "information"
    assert found["file_of_two"].unexplained == 2
    assert found["copy_of_another"].unexplained == 1


def test_an_index_that_states_something_else(desk: Desk) -> None:
    for side in ("source", "target"):
        desk.put(side, "A", 1, "third", sha256="ab" * 32)
    desk.put("source", "B", 2, "fourth", size="6")
    desk.put("target", "B", 2, "fourth", size="7")
    found = desk.results()
    assert (found["other_hash"].inherited, found["other_hash"].unexplained) == (
        1,
        1,
    )  # the old supplier is asked once
    assert found["other_size"].unexplained == 1


def test_what_did_not_open_before_does_not_open_now(desk: Desk) -> None:
    desk.both("A", 1, "")
    desk.put("source", "B", 2, RTF[:-1].decode("latin-1"), path="B.rtf")
    desk.put("target", "B", 2, RTF[:-1].decode("latin-1"), path="B.txt")
    desk.put("source", "C", 3, RTF.decode("latin-1"), path="C.rtf")
    desk.put("target", "C", 3, RTF[:-2].decode("latin-1"), path="C.rtf")
    found = desk.results()
    assert (found["empty"].state, found["empty"].inherited) == ("allowed", 1)
    assert (found["damaged"].source, found["damaged"].target, found["damaged"].unexplained) == (1, 2, 1)
    assert found["misnamed"].state == "information"
    assert found["changed"].unexplained == 1


def record(side: str, row: int, person: int, path: str) -> dict[str, object]:
    return {
        "side": side,
        "row": row,
        "person": person,
        "path": path,
        "source_id": f"x.Doc|R{row}",
        "title": "t",
    }


def test_records_and_the_index_must_lead_to_each_other(desk: Desk) -> None:
    desk.records += [
        record("source", 1, 1, "d1"),
        record("source", 2, 2, "D2.TXT"),
        record("target", 1, 1, "d1"),
    ]
    desk.records.append(record("source", 3, 3, "D9"))
    assert desk.found() == {"record_without_file": [3], "row_without_record": [2]}


def test_a_finding_of_the_record_explains_its_file_and_an_agreement_settles_it(desk: Desk) -> None:
    for number, patient, row in (("A", 1, 11), ("B", 2, 12), ("C", 3, 13)):
        desk.put("source", number, patient, f"letter {number}")
        desk.records.append(record("source", row, patient, number))
    for side in ("source", "target"):
        desk.records += [record(side, 1, 1, "D1"), record(side, 2, 2, "D2")]
    desk.findings += [
        {"finding": 1, "cause": "c", "entity": "document", "source_row": 11},
        {"finding": 2, "cause": "c", "entity": "document", "source_row": 12},
        {"finding": 3, "cause": "c", "entity": "document", "field": "title", "source_row": 13},
    ]
    desk.agreed.append(2)
    found = desk.results()["missing"]
    assert (found.source, found.by_finding, found.agreed, found.unexplained) == (3, 1, 1, 1)
    assert found.state == "failed"


def test_a_patient_who_is_missing_explains_the_files(desk: Desk) -> None:
    desk.put("source", "A", 3, "third")
    desk.findings.append({"finding": 1, "cause": "c", "entity": "patient", "source_row": 3})
    found = desk.results()["missing"]
    assert (found.state, found.by_finding, found.unexplained) == ("explained", 1, 0)


def test_no_more_is_opened_than_asked_and_the_rest_is_compared(desk: Desk) -> None:
    desk.reconciled()[1].__exit__(None, None, None)
    folders = (desk.folder / "source", desk.folder / "target")
    opened = open_documents(DocumentsAsked(folders, open_at_most=1))
    (desk.folder / "work2").mkdir()
    with Duck(desk.folder / "work2") as duck:
        desk._fill(duck)
        done = reconcile_documents(duck, opened, watch())
    assert (done.sides[0].opened, done.same, done.unexplained) == (1, 2, 0)


def test_every_trouble_and_fate_has_its_check() -> None:
    folder = Path(__file__).parents[4] / "src/godwit/records/document_files/sql"
    sql = (folder / "trouble.sql").read_text() + (folder / "left_over.sql").read_text()
    ids = {one.id for one in read_checks()}
    fates = {one.id for one in read_checks() if one.fate}
    states = {"empty", "damaged", "unopenable", "encrypted", "unknown", "too_large", "hung"}
    assert {one for one in ids if f"'{one}'" in sql} | states | {"moved", "changed"} == ids
    assert fates == {"moved", "copy_of_another", "missing", "changed", "unexpected", "more", "fewer"}
