"""Bad input, file by file: refused with a rule and a place, or read on with every bad item counted. Never a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import messages as made
from tests.support.bad_files import KEPT, KEPT_JSON, KEPT_XML, PRIVATE, REFUSED, Kept
from tests.support.books import faults
from tests.support.commands import Outcome, godwit, json_of, names_in, rows_of

pytestmark = pytest.mark.usefixtures("no_control")

WEIGHT = "27113001"


def tells(outcome: Outcome) -> list[str]:
    """Values of the record that a command let out."""
    return [value for value in PRIVATE if value in outcome.out + outcome.err]


def written(folder: Path, data: bytes, name: str = "delivery.dat") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("data", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    outcome = godwit("extract", "inspect", written(tmp_path, data), "--json")
    assert (outcome.code, outcome.error["exit"], outcome.error["rule"]) == (3, 3, rule)
    assert outcome.error["place"].startswith("delivery")
    assert outcome.error["because"] in outcome.err
    assert rule in outcome.err
    assert tells(outcome) == []


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_a_bad_item_is_counted_and_the_rest_is_read(tmp_path: Path, kept: Kept) -> None:
    outcome = godwit("extract", "inspect", written(tmp_path, kept.data), "--json")
    assert outcome.code == 0, outcome.err
    facts = outcome.answer
    assert counted(facts, kept) == kept.count
    assert facts["accounted"]
    assert facts["records"] == sum(kind["read"] for kind in facts["kinds"])
    assert facts["patients"] == 1
    assert sum(kind["converted"] for kind in facts["kinds"]) >= 1
    assert tells(outcome) == []


def counted(facts: dict[str, object], kept: Kept) -> int:
    """How often the ledger holds the rule; without a rule, everything in it."""
    kinds, wrong = facts["kinds"], facts["wrong"]
    assert isinstance(kinds, list)
    assert isinstance(wrong, list)
    if kept.fate == "set_aside":
        return sum(one["set_aside"] for one in kinds if one["kind"] in kept.rule.split(", "))
    return sum(one["count"] for one in wrong if one["fate"] == kept.fate and kept.rule in (one["rule"], ""))


# All of them at once ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two folders, each with every bad file there is for its format, two broken files and a page of words."""
    place = tmp_path_factory.mktemp("everything")
    broken = {f"{number:03d}.bad": REFUSED[name][0] for number, name in enumerate((
        "XML that breaks off in a tag", "JSON that breaks off", "a page of words", "an empty file",
    ), start=900)}  # fmt: skip
    for side, cases, good in (
        ("source", KEPT_XML, made.good_message()),
        ("target", KEPT_JSON, made.good_bundle()),
    ):
        files = {f"{number:03d}.dat": kept.data for number, kept in enumerate(cases.values(), start=100)}
        made.write_folder(place / side, {"000.dat": good, **files, **broken})
    outcome = godwit("compare", place / "source", place / "target", "--out", place / "run", "--json")
    assert outcome.code == 0, outcome.err
    assert set(tells(outcome)) <= {WEIGHT}, (
        "a code that five patients have may be named; nothing else of them"
    )
    assert outcome.answer == json_of(place / "run" / "summary.json")
    return place / "run"


def test_the_books_of_a_run_over_everything_bad_balance(run: Path) -> None:
    assert faults(run) == []


def test_every_broken_file_is_in_the_ledger_under_its_name(run: Path) -> None:
    found = [
        (row["side"], row["file"], row["reason"])
        for row in rows_of(run / "rejects.parquet")
        if row["record"] == 0
    ]
    rules = [
        ("900.bad", "xml.syntax"),
        ("901.bad", "json.syntax"),
        ("902.bad", "file.unrecognised"),
        ("903.bad", "file.empty"),
    ]
    assert found == [(side, name, rule) for side in ("source", "target") for name, rule in rules]


def test_a_broken_file_is_no_patient(run: Path) -> None:
    patients = json_of(run / "summary.json")["patients"]
    assert (patients["source"], patients["target"]) == (len(KEPT_XML) + 1, len(KEPT_JSON) + 1)


@pytest.mark.parametrize(("name", "kept"), KEPT.items(), ids=KEPT)
def test_every_bad_item_is_in_the_ledger_of_its_file(run: Path, name: str, kept: Kept) -> None:
    side, cases = ("source", KEPT_XML) if name in KEPT_XML else ("target", KEPT_JSON)
    file = f"{100 + list(cases).index(name):03d}.dat"
    ledger = {"issue": "issues", "rejected": "rejects", "set_aside": "set_aside"}[kept.fate]
    column, wanted = ("kind", kept.rule.split(", ")) if kept.fate == "set_aside" else ("reason", [kept.rule])
    rows = [row for row in rows_of(run / f"{ledger}.parquet") if (row["side"], row["file"]) == (side, file)]
    assert sum(row[column] in wanted or kept.rule == "" for row in rows) == kept.count
    assert all(row["record"] >= 0 and row["entity"] for row in rows)


# Texts arrive whole -------------------------------------------------------------------------------------------


NOTE = {"system": "http://snomed.info/sct", "code": "37331000000100", "display": "Comment note"}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a<!-- b -->c<?d e?>f", "acf"),
        ("<![CDATA[<b> & ]]>c", "<b> & c"),
        ("&#128105;&#x5d0;&#x202e;", "\U0001f469\u05d0\u202e"),
        ("x" * 100_000, "x" * 100_000),
    ],
    ids=["remarks and instructions", "CDATA", "emoji and right-to-left", "a long text"],
)
def test_a_text_arrives_whole(tmp_path: Path, source: str, target: str) -> None:
    message = made.as_xml(
        made.message(made.composition(made.narrative(source), made.narrative("control", "n2")))
    )
    remarks = [
        made.observation(
            name, comment=text, valueQuantity=None,
            identifier=[{"system": "https://example.org/id", "value": made.identifier(name)}],
            code={"coding": [NOTE]},
        )
        for name, text in (("n1", target), ("n2", "another control"))
    ]  # fmt: skip
    paths = (
        written(tmp_path, message, "a"),
        written(tmp_path, made.as_json(made.bundle(made.patient(), *remarks)), "b"),
    )
    outcome = godwit("compare", *paths, "--out", tmp_path / "run", "--json")
    assert outcome.code == 0, outcome.err
    texts = [
        (row["source_value"], row["target_value"])
        for row in rows_of(tmp_path / "run" / "findings.parquet")
        if row["entity"] == "observation" and row["field"] == "text"
    ]
    assert texts == [("control", "another control")]


# Patients -----------------------------------------------------------------------------------------------------


def compared(folder: Path, source: bytes, target: bytes) -> Outcome:
    paths = (written(folder, source, "a"), written(folder, target, "b"))
    return godwit("compare", *paths, "--out", folder / "run", "--json")


def test_a_bundle_for_another_patient_is_refused(tmp_path: Path) -> None:
    stranger = made.patient(made.NUMBERS[1], "Dunlin", "Edna", birthDate="1990-12-01", gender="male")
    target = made.as_json(made.bundle(stranger, made.observation()))
    outcome = compared(tmp_path, made.good_bundle(), target)
    assert (outcome.code, outcome.error["rule"]) == (3, "patient.none_in_common")
    assert tells(outcome) == []
    assert names_in(tmp_path) == ["a", "b"]


def test_one_nhs_number_on_two_people_is_reported_and_they_are_not_paired(tmp_path: Path) -> None:
    namesake = made.patient(family="Dunlin", given="Edna", birthDate="1990-12-01", gender="male")
    sides = {
        "source": {"1": made.good_bundle(), "2": made.good_bundle(number=made.NUMBERS[1])},
        "target": {"1": made.good_bundle(), "2": made.as_json(made.bundle(namesake, made.observation()))},
    }
    for side, files in sides.items():
        made.write_folder(tmp_path / side, files)
    outcome = godwit("compare", tmp_path / "source", tmp_path / "target", "--out", tmp_path / "run", "--json")
    doubts = {one["rule"] for one in outcome.answer["issues"] if one["side"] == "both"}
    assert doubts >= {"patient.same_nhs_number_twice", "patient.same_nhs_number_other_facts"}
    assert outcome.answer["patients"]["paired"] == 1
    assert faults(tmp_path / "run") == []
