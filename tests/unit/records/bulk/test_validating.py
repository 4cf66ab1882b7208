"""Every field of a file is checked in one reading, and the odd ones are listed with their record's key."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.validating import Validated, validate
from tests.support.bulk_scene import GOOD, HEADER, Scene, lines


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def validated(scene: Scene, data: str | bytes) -> Validated:
    one = scene.recognise({"1_Entry.csv": data}).known[0]
    return validate(scene.duck, scene.format, one, "odd_cell")


def listed(scene: Scene) -> list[tuple[Any, ...]]:
    return scene.duck.run("odd", "SELECT key, odd, rows FROM odd_cell ORDER BY key NULLS FIRST")


def test_a_sound_file(scene: Scene) -> None:
    told = validated(scene, lines(HEADER, *GOOD))
    assert told == Validated(3, {}, {})
    assert told.sound
    assert listed(scene) == [(None, None, 3)]


def test_odd_cells_are_counted_by_column_and_listed_by_key(scene: Scene) -> None:
    rows = (GOOD[0], '"7","{x","31/02/2020","","","",""', '"8","","31/02/2020","NaN","1.5","maybe","x"')
    told = validated(scene, lines(HEADER, *rows))
    assert told == Validated(3, {}, {"day": 2, "flag": 1, "guid": 1, "number": 1, "whole": 1})
    assert listed(scene)[1:] == [
        ("7", '{"guid":"{x","day":"31/02/2020"}', 1),
        ("8", '{"day":"31/02/2020","number":"NaN","whole":"1.5","flag":"maybe"}', 1),
    ]


def test_bad_records_are_counted_by_rule(scene: Scene) -> None:
    told = validated(scene, lines(HEADER, GOOD[0], "1,2,3", '"9","","","","","","x" y', GOOD[1]))
    assert told == Validated(4, {"record.width": 1, "record.quotes": 1}, {})
    assert not told.sound


def test_a_header_alone_and_letters_of_another_encoding(scene: Scene) -> None:
    assert validated(scene, lines(HEADER)) == Validated(0, {}, {})
    assert validated(scene, lines(HEADER).encode() + b'"1","","","","","","caf\xe9"\r\n').records == 1
