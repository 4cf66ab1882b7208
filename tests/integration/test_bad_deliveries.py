"""Bad zips, bad folders and bad places for a run: what is refused, and that nothing is left behind or passed over."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from godwit.records.intake import limits
from tests.support import messages as made
from tests.support.bad_files import PRIVATE
from tests.support.books import faults
from tests.support.commands import Outcome, godwit, json_of, names_in, rows_of

pytestmark = pytest.mark.usefixtures("no_control")

GOOD, OTHER = made.good_bundle(), made.good_bundle(number=made.NUMBERS[1])
NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may read everything cannot be refused"
)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs links and pipes in folders")


def inspected(path: Path) -> Outcome:
    outcome = godwit("extract", "inspect", path, "--json")
    assert [value for value in PRIVATE if value in outcome.out + outcome.err] == []
    return outcome


# Zips ---------------------------------------------------------------------------------------------------------


def a_zip(*files: tuple[str, bytes]) -> Callable[[Path], Path]:
    return lambda folder: made.write_zip(folder / "a.zip", files)


def patched(*files: tuple[str, bytes], change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        path = made.write_zip(folder / "a.zip", files)
        path.write_bytes(change(path.read_bytes()))
        return path

    return build


def in_every_header(offset_local: int, offset_central: int, field: bytes) -> Callable[[bytes], bytes]:
    """Write `field` into every local and every central header of a zip."""

    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        for mark, offset in ((b"PK\x03\x04", offset_local), (b"PK\x01\x02", offset_central)):
            at = data.find(mark)
            while at >= 0:
                changed[at + offset : at + offset + len(field)] = field
                at = data.find(mark, at + 4)
        return bytes(changed)

    return change


def a_link(folder: Path) -> Path:
    member = zipfile.ZipInfo("a.json")
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(member, "/etc/hostname")
    return folder / "a.zip"


def twice(folder: Path) -> Path:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return made.write_zip(folder / "a.zip", [("a.json", GOOD), ("a.json", OTHER)])


def renamed(name: bytes) -> Callable[[bytes], bytes]:
    """The one file of a zip, `_` as often as the name is long, under another name."""
    return lambda data: data.replace(b"_" * len(name), name)


ZIPS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a zip bomb": (a_zip(("a.json", b" " * (limits.RATIO_COUNTS_FROM + 1))), "zip.bomb"),
    "a path that climbs out": (a_zip(("../a.json", GOOD)), "zip.path"),
    "a path that climbs out further down": (a_zip(("x/../../a.json", GOOD)), "zip.path"),
    "an absolute path": (a_zip(("/etc/a.json", GOOD)), "zip.path"),
    "a path with backslashes": (a_zip(("..\\a.json", GOOD)), "zip.path"),
    "a path on a drive": (a_zip(("C:/a.json", GOOD)), "zip.path"),
    "a file called nothing but a dot": (patched(("_", GOOD), change=renamed(b".")), "zip.path"),
    "one name twice": (twice, "zip.name_twice"),
    "a link": (a_link, "zip.link"),
    "an encrypted zip": (patched(("a.json", GOOD), change=in_every_header(6, 8, b"\x01")), "zip.encrypted"),
    "an unknown way of packing": (
        patched(("a.json", GOOD), change=in_every_header(8, 10, struct.pack("<H", 77))),
        "zip.damaged",
    ),
    "a size that is too small": (
        patched(("a.json", GOOD), change=in_every_header(22, 24, struct.pack("<L", 10))),
        "zip.damaged",
    ),
    "a size that is too large": (
        patched(("a.json", GOOD), change=in_every_header(22, 24, struct.pack("<L", 10**6))),
        "zip.bomb",
    ),
    "a wrong check sum": (
        patched(("a.json", GOOD), change=in_every_header(14, 16, b"\x00\x00\x00\x00")),
        "zip.damaged",
    ),
    "packed bytes that are none": (
        patched(("a.json", GOOD), change=lambda data: data[:45] + b"\xff" * 40 + data[85:]),
        "zip.damaged",
    ),
    "a zip that breaks off": (patched(("a.json", GOOD), change=lambda data: data[:-40]), "zip.damaged"),
    "a zip that breaks off early": (patched(("a.json", GOOD), change=lambda data: data[:90]), "zip.damaged"),
    "a list of files that is damaged": (
        patched(("a.json", GOOD), change=lambda data: data.replace(b"PK\x01\x02", b"PK\x01\x03")),
        "zip.damaged",
    ),
    "a zip with nothing in it": (a_zip(), "delivery.empty"),
    "a zip with folders only": (a_zip(("a/", b"")), "delivery.empty"),
    "a zip in a zip": (
        a_zip(("a.zip", b"PK\x03\x04 and so on"), ("b.zip", b"PK\x03\x04")),
        "zip.damaged",
    ),
}


@pytest.mark.parametrize(("build", "rule"), ZIPS.values(), ids=ZIPS)
def test_a_bad_zip_is_refused(tmp_path: Path, build: Callable[[Path], Path], rule: str) -> None:
    outcome = inspected(build(tmp_path))
    assert (outcome.code, outcome.error["rule"]) == (3, rule)
    assert outcome.error["place"].startswith("delivery")
    assert names_in(tmp_path) == ["a.zip"]


def test_many_small_bombs_are_one_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100_000)
    path = made.write_zip(tmp_path / "a.zip", [(f"{n}.json", b" " * 50_000) for n in range(5)])
    assert inspected(path).error["rule"] == "zip.bomb"


def test_a_good_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    path = made.write_zip(tmp_path / "a.zip", [("b/two.json", OTHER), ("one.json", GOOD)])
    made.write_folder(tmp_path / "folder", {"one.json": GOOD, "b/two.json": OTHER})
    assert inspected(path).answer == inspected(tmp_path / "folder").answer


def test_a_damaged_file_in_a_zip_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    path = made.write_zip(tmp_path / "a.zip", [("a.json", GOOD), ("b.json", OTHER)], zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace(OTHER, OTHER.replace(b"kg", b"lb")))
    facts = inspected(path).answer
    assert [(one["rule"], one["count"]) for one in facts["wrong"]] == [("zip.damaged", 1)]
    assert (facts["patients"], facts["accounted"]) == (1, True)


# Folders ------------------------------------------------------------------------------------------------------


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert inspected(tmp_path).error["rule"] == "delivery.empty"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert inspected(tmp_path / "none").error["rule"] == "delivery.absent"


@POSIX
@pytest.mark.parametrize("kind", ["a link to a file", "a link to a folder", "a link to nothing", "a pipe"])
def test_a_link_or_pipe_in_a_folder_is_refused_and_not_passed_over(tmp_path: Path, kind: str) -> None:
    folder = made.write_folder(tmp_path / "folder", {"a.json": GOOD})
    elsewhere = made.write_folder(tmp_path / "elsewhere", {"b.json": OTHER})
    goals = {
        "a link to a file": elsewhere / "b.json",
        "a link to a folder": elsewhere,
        "a link to nothing": Path("x"),
    }
    if kind in goals:
        (folder / "z").symlink_to(goals[kind])
    else:
        os.mkfifo(folder / "z")
    outcome = inspected(folder)
    assert (outcome.code, outcome.error["rule"], outcome.error["place"]) == (
        3,
        "delivery.link",
        "delivery file 2",
    )


@POSIX
def test_a_pipe_instead_of_a_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert inspected(tmp_path / "pipe").error["rule"] == "delivery.link"


@NOT_ROOT
@pytest.mark.parametrize("what", ["a.json", "sub"])
def test_what_may_not_be_read_is_an_error(tmp_path: Path, what: str) -> None:
    made.write_folder(tmp_path, {"a.json": GOOD, "sub/b.json": OTHER})
    (tmp_path / what).chmod(0)
    outcome = inspected(tmp_path)
    (tmp_path / what).chmod(0o700)
    assert (outcome.code, outcome.error["rule"]) == (6, "machine.read")


@pytest.mark.parametrize("call", ["read_bytes", "walk"])
def test_what_cannot_be_read_is_an_error_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    made.write_folder(tmp_path, {"a.json": GOOD, "sub/b.json": OTHER})

    def refuse(*_: object, onerror: Callable[[OSError], None] | None = None, **__: object) -> bytes:
        error = PermissionError(13, "Permission denied", "Sandpiper")
        if onerror:
            onerror(error)
        raise error

    holder: object = Path if call == "read_bytes" else os
    monkeypatch.setattr(holder, call, refuse)
    outcome = inspected(tmp_path)
    assert (outcome.code, outcome.error["rule"]) == (6, "machine.read")
    assert "Permission denied" in outcome.err


def test_junk_beside_good_files_is_counted(tmp_path: Path) -> None:
    junk = {
        "readme.txt": b"Dear Dr Sandpiper",
        "x.zip": b"PK\x03\x04",
        "half.json": GOOD[:99],
        ".DS_Store": b"x",
    }
    facts = inspected(made.write_folder(tmp_path, {"a.json": GOOD, **junk})).answer
    assert {one["rule"]: one["count"] for one in facts["wrong"]} == {"file.unrecognised": 2, "json.syntax": 1}
    assert (facts["files"], facts["patients"], facts["accounted"]) == (4, 1, True)


def test_two_systems_on_one_side_are_refused(tmp_path: Path) -> None:
    outcome = inspected(made.write_folder(tmp_path, {"a.json": GOOD, "b.xml": made.good_message()}))
    assert (outcome.code, outcome.error["rule"]) == (3, "delivery.mixed")


def test_the_system_may_be_named(tmp_path: Path) -> None:
    path = made.write_folder(tmp_path, {"a": GOOD}) / "a"
    assert godwit("extract", "inspect", path, "--system", "gpconnect").code == 0
    assert godwit("extract", "inspect", path, "--system", "gp2gp", "--json").error["rule"] == "xml.syntax"
    assert (
        godwit("extract", "inspect", path, "--system", "curlew", "--json").error["rule"] == "system.unknown"
    )


@POSIX
def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.json")
    for side in ("source", "target"):
        made.write_folder(tmp_path / side, {name: GOOD, "good.json": OTHER})
    outcome = godwit("compare", tmp_path / "source", tmp_path / "target", "--out", tmp_path / "run", "--json")
    assert outcome.code == 0, outcome.err
    assert "\\xff\\xfe.json" in [one["name"] for one in json_of(tmp_path / "run" / "summary.json")["files"]]


# The place of the run -----------------------------------------------------------------------------------------


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return made.write_folder(tmp_path / "delivery", {"good.json": GOOD, "half.json": GOOD[:-9]})


def into(delivery: Path, out: Path) -> Outcome:
    before = names_in(delivery)
    outcome = godwit("compare", delivery, delivery, "--out", out, "--json")
    assert names_in(delivery) == before
    return outcome


def test_one_good_and_one_broken_file_make_a_run(delivery: Path, tmp_path: Path) -> None:
    assert into(delivery, tmp_path / "run").code == 0
    assert faults(tmp_path / "run") == []
    assert [(row["file"], row["reason"]) for row in rows_of(tmp_path / "run" / "rejects.parquet")] == [
        ("half.json", "json.syntax")
    ] * 2


def test_an_empty_folder_a_missing_parent_and_a_slash_at_the_end_will_do(
    delivery: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "a" / "b", f"{tmp_path / 'c'}/"):
        assert into(delivery, Path(out)).code == 0
        assert godwit("run", "verify", out).code == 0


@pytest.mark.parametrize("name", ["[bold]run[/x]", "run 1 é", "-run"])
def test_a_run_may_have_an_odd_name(delivery: Path, tmp_path: Path, name: str) -> None:
    outcome = godwit("compare", delivery, delivery, "--out", tmp_path / name)
    assert outcome.code == 0, outcome.err
    assert f"{name}/report.html" in outcome.out


def test_a_run_in_the_folder_one_stands_in(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert into(delivery, Path()).code == 0
    assert godwit("run", "verify", tmp_path / "here").code == 0


def test_a_folder_that_holds_something_is_left_alone(delivery: Path, tmp_path: Path) -> None:
    folder = made.write_folder(tmp_path / "run", {"mine.txt": b"mine"})
    outcome = into(delivery, folder)
    assert (outcome.code, outcome.error["rule"]) == (2, "run.taken")
    assert names_in(folder) == ["mine.txt"]


def test_a_file_is_left_alone(delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"mine")
    assert into(delivery, tmp_path / "run").error["rule"] == "run.taken"
    assert into(delivery, tmp_path / "run" / "below").code == 6
    assert (tmp_path / "run").read_bytes() == b"mine"


def test_a_folder_that_only_looks_unfinished_is_left_alone(delivery: Path, tmp_path: Path) -> None:
    folder = made.write_folder(tmp_path / "run.unfinished", {"mine.txt": b"mine"})
    assert into(delivery, tmp_path / "run").error["rule"] == "run.taken"
    assert names_in(folder) == ["mine.txt"]


def test_a_run_inside_a_delivery_is_refused(delivery: Path) -> None:
    for out in (delivery / "run", delivery / "deep" / "run"):
        outcome = into(delivery, out)
        assert (outcome.code, outcome.error["rule"]) == (2, "run.inside_delivery")


@pytest.mark.parametrize("length", [250, 300])
def test_a_name_that_is_too_long_is_an_error_of_the_machine(
    delivery: Path, tmp_path: Path, length: int
) -> None:
    assert into(delivery, tmp_path / ("x" * length)).code == 6
    assert names_in(tmp_path) == ["delivery"]


@NOT_ROOT
def test_a_folder_one_may_not_write_to_is_an_error_of_the_machine(delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    assert into(delivery, tmp_path / "locked" / "run").code == 6


def test_source_and_target_may_be_one_and_agree_with_themselves(delivery: Path, tmp_path: Path) -> None:
    summary = into(delivery, tmp_path / "run").answer
    assert summary["causes"] == []
    assert all(one["source"] == one["target"] for one in summary["entities"].values())
