"""Reading a delivery: the format is known by the content, every file is hashed, what cannot be read is quarantined."""

import hashlib
from pathlib import Path

import pytest

from godwit.records.errors import InputRefused, WrongUse
from godwit.records.intake.delivery import open_delivery
from godwit.records.intake.reading import ReadFile, detect, read_delivery
from tests.support.bundles import bundle, resource
from tests.support.extracts import extract

PATIENT = resource("Patient", 1, name=[{"use": "official", "family": "Adams", "given": ["Ann"]}])
GOOD_JSON = bundle({"resource": PATIENT})
GOOD_XML = extract()


def read(folder: Path, files: dict[str, bytes], system: str | None = None) -> list[ReadFile]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return list(read_delivery(open_delivery(folder, "source"), "source", system))


@pytest.mark.parametrize(
    ("head", "system"),
    [(GOOD_JSON, "gpconnect"), (GOOD_XML, "gp2gp"), (b"hello", None), (b"", None), (b"PK\x03\x04", None)],
)
def test_the_format_is_known_by_the_content(head: bytes, system: str | None) -> None:
    found = detect(head[:4096])
    assert (found.system if found else None) == system


def test_every_file_is_read_and_hashed(tmp_path: Path) -> None:
    one, two = read(tmp_path, {"a.txt": GOOD_JSON, "b.txt": GOOD_XML})
    assert [file.format.system for file in (one, two) if file.format] == ["gpconnect", "gp2gp"]
    assert [file.sha256 for file in (one, two)] == [
        hashlib.sha256(data).hexdigest() for data in (GOOD_JSON, GOOD_XML)
    ]
    assert [len(file.reading.rows) for file in (one, two)] == [1, 1]


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("file.empty", b""),
        ("file.empty", b" \r\n"),
        ("file.unrecognised", b"hello"),
        ("json.syntax", b"{"),
        ("xml.syntax", b"<a>"),
        ("root.not_a_bundle", b"{}"),
        ("root.not_an_extract", b"<a/>"),
    ],
)
def test_a_file_that_cannot_be_read_is_quarantined_beside_good_ones(
    tmp_path: Path, rule: str, data: bytes
) -> None:
    bad, good = read(tmp_path, {"a.json": data, "b.json": GOOD_JSON})
    assert (bad.format, bad.reading.witnessed, bad.reading.read) == (None, 1, 1)
    assert [(one.rule, one.entity, one.place.kind) for one in bad.reading.rejects] == [
        (rule, "unclassified", "file")
    ]
    assert bad.sha256 == hashlib.sha256(data).hexdigest()
    assert good.reading.rejects == []


@pytest.mark.parametrize("files", [1, 2])
def test_where_nothing_can_be_read_the_delivery_is_refused(tmp_path: Path, files: int) -> None:
    with pytest.raises(InputRefused, match=r"json\.syntax"):
        read(tmp_path, {f"{number}.json": b"{" for number in range(files)})


def test_a_named_system_is_taken_at_its_word(tmp_path: Path) -> None:
    assert [one.format.system for one in read(tmp_path, {"a": GOOD_XML}, "gp2gp") if one.format] == ["gp2gp"]
    with pytest.raises(InputRefused, match=r"json\."):
        read(tmp_path, {"a": GOOD_XML}, "gpconnect")


def test_a_system_nobody_knows_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"gp2gp, gpconnect.*system\.unknown"):
        read(tmp_path, {"a": GOOD_XML}, "abacus")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("record.json", "record.json"),
        ("adams.json", "file-00001.json (name withheld)"),
        ("for Ann.json", "file-00001.json (name withheld)"),
        ("9990000018.json", "file-00001.json (name withheld)"),
    ],
)
def test_a_name_that_tells_who_is_in_the_file_is_withheld(tmp_path: Path, name: str, shown: str) -> None:
    assert [one.public_name for one in read(tmp_path, {name: GOOD_JSON})] == [shown]


def test_an_error_does_not_name_a_file_by_a_patients_number(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, {"9990000018.json": b"{"})
    assert "9990000018" not in str(caught.value)
