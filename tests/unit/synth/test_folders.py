"""Made-up folders of documents: whole files, the same every time, faults with their answers."""

from collections import Counter
from pathlib import Path

import pytest

from godwit.synth.folders.contents import content_of
from godwit.synth.folders.faults import FOLDER_FAULTS, plant_in_folder
from godwit.synth.folders.writing import Entry, entries_of, write_folder
from godwit.synth.lives import patient_of
from godwit.synth.places import make_practice
from tests.support.commands import godwit

SEED, PATIENTS, DENSITY = 4, 12, 0.2


def entries(system: str) -> list[Entry]:
    practice = make_practice(SEED, PATIENTS, DENSITY)
    return list(entries_of(practice, (patient_of(practice, one) for one in range(1, PATIENTS + 1)), system))


@pytest.mark.parametrize("ending", ["pdf", "rtf", "tif", "jpg", "txt"])
def test_the_same_words_make_the_same_bytes_and_others_do_not(ending: str) -> None:
    assert content_of(ending, "one (1) \\ {x} é") == content_of(ending, "one (1) \\ {x} é")
    assert content_of(ending, "one") != content_of(ending, "two")


def test_both_sides_have_the_same_documents_of_the_same_patients() -> None:
    source, target = entries("emis"), entries("tpp")
    assert len(source) > 20
    assert [one.content for one in source] == [one.content for one in target]
    assert len({one.content for one in source}) == len(source)
    assert source[0].owner.local_id != target[0].owner.local_id


def test_a_folder_holds_its_index_and_every_file(tmp_path: Path) -> None:
    made = entries("emis")
    assert write_folder(tmp_path / "one", made) == len(made)
    assert write_folder(tmp_path / "two", made) == len(made)
    names = sorted(
        path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()
    )
    assert len(names) == len(made) + 1
    assert all(
        (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names
    )


def test_every_fault_is_planted_as_often_as_asked_and_in_a_document_of_its_own() -> None:
    made = entries("tpp")
    planted, answers = plant_in_folder(made, dict.fromkeys(FOLDER_FAULTS, 1))
    assert Counter(one.fault for one in answers) == dict.fromkeys(FOLDER_FAULTS, 1)
    assert len({one.document for one in answers}) == len(answers)
    assert all(one.found for one in answers)
    untouched = {one.document for one in made} - {one.document for one in answers}
    assert [one for one in planted if one.document in untouched] == [
        one for one in made if one.document in untouched
    ]


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (("--documents",), "synth.documents_need_twin"),
        (("--twin", "tpp", "--file-faults", 1), "synth.file_faults_need_documents"),
    ],
)
def test_documents_need_a_twin_and_their_faults_need_documents(
    tmp_path: Path, options: tuple[object, ...], rule: str
) -> None:
    outcome = godwit("synth", "--system", "emis", "--patients", 2, "--out", tmp_path / "out", *options)
    assert outcome.code == 2
    assert rule in outcome.err
    assert not (tmp_path / "out").exists()
