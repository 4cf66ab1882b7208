"""Faults planted in copies of the files of a whole practice, and whether its reader shows them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.converting import open_canonical
from godwit.records.bulk.loading import Extract, Opening, load_bulk, open_bulk
from godwit.records.compare.stage import make_rooms
from godwit.records.control import reading
from godwit.records.control.reading import IN_FILES, FileFault, control_reading
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from tests.support.twins import make_twin

OPENING = Opening()


def made(system: str, folder: Path) -> Path:
    """A small practice as a system writes it."""
    return make_twin(("gp2gp", system), folder / "made", (12, 0.05), 5).folder / "target"


@pytest.fixture(scope="module", params=["emis", "tpp", "vision"])
def each(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice of each system in turn."""
    return made(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice of the system with most kinds of file."""
    return made("tpp", tmp_path_factory.mktemp("one"))


@contextmanager
def opened(delivery: Path, work: Path) -> Iterator[tuple[Duck, Extract]]:
    work.mkdir()
    with Duck(work, reads=[delivery]) as duck:
        make_rooms(duck)
        extract = open_bulk(delivery, "target", None, work, OPENING)
        assert extract
        loaded = load_bulk(duck, "target", extract, OPENING, lambda: None)
        open_canonical(duck, {"target": loaded.canonical})
        yield duck, extract


def controlled(delivery: Path, work: Path) -> tuple[FileFault, ...]:
    with opened(delivery, work) as (duck, extract):
        return control_reading(duck, extract, OPENING, work / "files")


def digests(folder: Path) -> list[str]:
    return [hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir())]


def test_every_fault_in_a_file_is_read_and_the_delivery_is_not_touched(each: Path, tmp_path: Path) -> None:
    before = digests(each)
    found = controlled(each, tmp_path / "work")
    assert [one for one in found if not one.found] == []
    assert {one.kind for one in found} == set(IN_FILES)
    assert len({one.table for one in found}) >= 3
    assert digests(each) == before


def test_a_reader_that_reads_something_else_than_the_files_it_is_given_is_seen(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(delivery, tmp_path / "work") as (duck, extract):

        def remembers(lab: Duck, side: Any, _: Extract, *rest: Any) -> Any:
            return load_bulk(lab, side, extract, *rest)

        def both(work: Path, reads: Any) -> Duck:
            return Duck(work, reads=[*reads, delivery])

        monkeypatch.setattr(reading, "load_bulk", remembers)
        monkeypatch.setattr(reading, "Duck", both)
        found = control_reading(duck, extract, OPENING, tmp_path / "work" / "files")
        assert found
        assert not any(one.found for one in found)


def test_of_a_table_in_several_files_nothing_is_planted(delivery: Path, tmp_path: Path) -> None:
    """A later file may say again what is taken out of an earlier one, as deltas do."""
    twice = tmp_path / "twice"
    twice.mkdir()
    for one in delivery.iterdir():
        (twice / one.name).write_bytes(one.read_bytes())
    with opened(twice, tmp_path / "work") as (duck, extract):
        known = extract.recognition.known
        double = type(extract)(
            extract.format, type(extract.recognition)(extract.recognition.layout, (*known, *known), ())
        )
        assert control_reading(duck, double, OPENING, tmp_path / "work" / "files") == ()


def test_where_the_beginnings_alone_are_no_delivery_the_files_are_left_out(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: Any) -> None:
        raise InputRefused("practice.absent", "no row is of that practice", "target")

    with opened(delivery, tmp_path / "work") as (duck, extract):
        monkeypatch.setattr(reading, "load_bulk", refuses)
        assert control_reading(duck, extract, OPENING, tmp_path / "work" / "files") == ()


def test_a_file_with_broken_records_is_not_misjudged(delivery: Path, tmp_path: Path) -> None:
    """A quote that is never closed shifts the records that our own splitting sees after it."""
    broken = tmp_path / "broken"
    broken.mkdir()
    for one in delivery.iterdir():
        lines = one.read_bytes().splitlines(keepends=True)
        lines.insert(min(3, len(lines)), b'"never closed\r\n')
        (broken / one.name).write_bytes(b"".join(lines))
    found = controlled(broken, tmp_path / "work")
    assert [one for one in found if not one.found] == []
