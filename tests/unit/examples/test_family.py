"""The example family is what its description makes, is valid, and shows every kind of record."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from lxml import etree

from examples.family_maker.differences import DIFFERENCES, as_received
from examples.family_maker.family import FAMILY
from examples.family_maker.model import all_entries
from examples.make_family import files, write
from godwit.records.canonical import ENTITIES
from godwit.records.formats import FORMATS
from godwit.records.formats.reading import Reading
from godwit.values import NhsNumber
from tests.needs import ROOT

FOLDER = ROOT / "examples" / "family"
SHOWN = {
    "patient", "consultation", "consultation_section", "observation", "problem", "allergy", "immunisation",
    "medication_authorisation", "medication_issue", "referral", "recall", "document", "practitioner", "organisation",
}  # fmt: skip
NUMBERS = [patient.number for patient in FAMILY]


def read(side: str, number: int) -> Reading:
    system, end = {"source": ("gp2gp", "xml"), "target": ("gpconnect", "json")}[side]
    return FORMATS[system].read((FOLDER / side / f"patient-{number}.{end}").read_bytes(), number)


@pytest.fixture(scope="module")
def readings() -> dict[str, list[Reading]]:
    return {side: [read(side, number) for number in NUMBERS] for side in ("source", "target")}


def differing(found: Path, wanted: dict[str, bytes]) -> list[str]:
    """Names of files that are there and should not be, should be and are not, or hold something else."""
    there = {
        path.relative_to(found).as_posix(): path.read_bytes() for path in found.rglob("*") if path.is_file()
    }
    return [name for name in sorted({*there, *wanted}) if there.get(name) != wanted.get(name)]


def test_the_committed_files_are_what_the_description_makes(tmp_path: Path) -> None:
    write(tmp_path)
    assert differing(tmp_path, files()) == []
    assert differing(FOLDER, files()) == [], "run: python -m examples.make_family"


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "differences.yaml").write_bytes(b"[]\n")
    (tmp_path / "stray.txt").write_bytes(b"")
    assert differing(tmp_path, files()) == ["differences.yaml", "stray.txt"]


def test_file_names_tell_nothing_of_the_patient() -> None:
    names = [name for name in files() if name != "differences.yaml"]
    assert [name for name in names if not re.fullmatch(r"(source|target)/patient-\d\.(xml|json)", name)] == []


def test_keys_are_unique_within_a_patient() -> None:
    for patient in (*FAMILY, *map(as_received, FAMILY)):
        keys = Counter(entry.key for entry in all_entries(patient.record))
        assert [key for key, count in keys.items() if count > 1] == []


def test_every_message_is_valid(fixtures_root: Path) -> None:
    schema = etree.XMLSchema(
        etree.parse(str(fixtures_root / "gp2gp-mim-xsd" / "schema" / "RCMR_IN030000UK06.xsd"))
    )
    for path in sorted((FOLDER / "source").iterdir()):
        assert schema.validate(etree.parse(str(path))), [error.message for error in schema.error_log]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("side", ["source", "target"])
def test_every_file_reads_without_a_doubt(side: str, number: int) -> None:
    reading = read(side, number)
    assert (reading.rejects, reading.issues, reading.warnings) == ([], [], [])
    assert reading.read == reading.witnessed
    assert 20 <= len(reading.rows) <= 45


def test_both_sides_show_every_kind_of_record(readings: dict[str, list[Reading]]) -> None:
    shown = {side: {row.entity for one in found for row in one.rows} for side, found in readings.items()}
    assert shown["source"] == SHOWN
    assert shown["target"] == {*SHOWN, "registration"}


def test_every_nhs_number_is_from_the_range_for_tests(readings: dict[str, list[Reading]]) -> None:
    numbers = {
        side: [row.fields["nhs_number"] for one in found for row in one.rows if row.entity == "patient"]
        for side, found in readings.items()
    }
    assert numbers["source"] == numbers["target"]
    assert [number for number in numbers["source"] if not number.startswith("999")] == []
    assert [NhsNumber.parse(number).text for number in numbers["source"]] == numbers["source"]
    named = {number for text in files().values() for number in re.findall(r"\b999\d{7}\b", text.decode())}
    assert named == set(numbers["source"])


def test_the_list_of_differences_names_what_exists() -> None:
    listed = yaml.safe_load((FOLDER / "differences.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for one in listed] == [difference.id for difference in DIFFERENCES]
    assert len({one["id"] for one in listed}) == len(listed)
    for one in listed:
        assert set(one) == {"id", "patient", "entity", "outcome", "field", "sentence"}
        assert one["patient"] in NUMBERS
        assert one["outcome"] in ("different", "missing", "unexpected")
        fields = ENTITIES[one["entity"]].field_names
        assert one["field"] in fields if one["outcome"] == "different" else one["field"] is None


def test_differences_change_the_number_of_records_as_listed(readings: dict[str, list[Reading]]) -> None:
    counts = {
        side: Counter(
            (number, row.entity) for number, one in zip(NUMBERS, found, strict=True) for row in one.rows
        )
        for side, found in readings.items()
    }
    expected = Counter(counts["source"])
    expected.update((number, "registration") for number in NUMBERS)
    for difference in DIFFERENCES:
        step = {"missing": -1, "unexpected": 1, "different": 0}[difference.outcome]
        expected[difference.patient, difference.entity] += step
    assert +expected == counts["target"]


def test_the_readme_tells_every_difference() -> None:
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [one.id for one in DIFFERENCES if f"`{one.id}`" not in readme or one.sentence not in readme] == []
