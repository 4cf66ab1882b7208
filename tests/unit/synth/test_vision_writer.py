"""A Vision extract holds every item of the practice with its values, and counts what it cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from godwit.synth.model import Item, Patient
from godwit.synth.vision import make_writer
from godwit.synth.vision.columns import COLUMNS
from tests.support.extract_rows import AWKWARD, Rows, read_back
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENTS = [patient_of(MADE, number) for number in range(1, 6)]


def extract(patients: list[Patient]) -> Rows:
    return read_back(make_writer(MADE), patients, COLUMNS)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return extract(PATIENTS)


def of_first(rows: Rows, table: str) -> list[dict[str, str]]:
    return [row for row in rows[table] if row["PID"] == "1"]


def test_names_say_what_is_in_a_file_and_files_have_no_header() -> None:
    files = make_writer(MADE).openings()
    assert "FULL_Y99991_journal_data_extract-2027-03-01-010000.csv" in files
    assert len(files) == 6
    assert not any("PID" in text for text in files.values())


def test_the_subset_says_what_a_journal_row_is(rows: Rows) -> None:
    one = PATIENTS[0]
    subsets = Counter(row["SUBSET"] for row in of_first(rows, "journal"))
    assert subsets == {"C": 9, "T": 5, "P": 1, "L": 2, "I": 2, "R": 3, "A": 1, "S": 4}
    told: list[Sequence[Item]] = [
        one.observations,
        one.allergies,
        one.immunisations,
        one.issues,
        one.recalls,
        one.documents,
    ]
    assert sum(subsets.values()) == sum(map(len, told)) + 3  # the repeats
    assert len(of_first(rows, "encounter")) == len(of_first(rows, "referral")) == 1


def test_keys_are_unique(rows: Rows) -> None:
    for table in ("journal", "encounter", "referral"):
        keys = [(row["PID"], row["ID"]) for row in rows[table]]
        assert len(keys) == len(set(keys))


def test_dates_times_and_codes_have_their_shape(rows: Rows) -> None:
    journal = of_first(rows, "journal")
    first = journal[0]
    assert (first["DATE"], first["TIME"], first["CODE"]) == ("20200306", "0915", "H33..00")
    assert {len(row["CODE"]) for row in journal if row["SUBSET"] not in "ARS"} == {7}
    assert {len(row["DATE"]) for row in journal} == {8}
    assert "9999" in {row["TIME"] for row in journal}


def test_links_name_the_encounter_and_the_problem(rows: Rows) -> None:
    one, journal = PATIENTS[0], of_first(rows, "journal")
    problem = str(one.problems[0].entry)
    links = Counter(row["LINKS"] for row in journal)
    assert links[f"E{one.consultations[0].id}"] >= 4
    assert links[problem] == 1
    assert [row["ID"] for row in journal if row["SUBSET"] == "P"] == [problem]


def test_results_quantities_and_review_dates_are_the_first_value(rows: Rows) -> None:
    values = {(row["VALUE1_NAME"], row["VALUE1"], row["VALUE1_UNITS"]) for row in of_first(rows, "journal")}
    assert ("NUM_RESULT", "<2.5", "mmol/L") in values
    assert ("QUANTITY", "28", "capsule") in values
    assert ("REVIEW_DAT", "20210410", "") in values


def test_vaccinations_say_whether_they_were_given(rows: Rows) -> None:
    given, refused = [row for row in of_first(rows, "journal") if row["SUBSET"] == "I"]
    assert (given["IMMS_STATUS"], given["IMMS_BATCH"], given["IMMS_SITE"]) == ("Given", "AB1", "Left arm")
    assert refused["IMMS_STATUS"].startswith("Refusal")
    assert refused["IMMS_REASON"] == "Declined"


def test_allergies_say_how_sure_and_how_bad_they_are(rows: Rows) -> None:
    first = next(row for row in of_first(rows, "journal") if row["SUBSET"] == "L")
    assert (first["CERTAINTY"], first["SEVERITY"]) == ("385433004", "24484000")


def test_awkward_texts_survive_and_quotes_stand_only_where_they_must() -> None:
    base = PATIENTS[0].observations[2]
    texts = (*AWKWARD, "Nguyễn ≥ 5")
    entries = [replace(base, id=base.id + 1000 + n, text=text) for n, text in enumerate(texts)]
    changed = replace(PATIENTS[0], observations=entries, problems=[])
    found = extract([changed])["journal"]
    assert [row["TEXT"] for row in found][: len(entries)] == list(texts)
    assert ',"=1+1",' not in "".join(make_writer(MADE).patient(changed).parts.values())


def test_two_problems_of_one_entry_and_one_without_stay_apart() -> None:
    one = PATIENTS[0]
    twin = replace(one.problems[0], id=one.problems[0].id + 500)
    alone = replace(one.problems[0], id=one.problems[0].id + 501, entry=0)
    journal = extract([replace(one, problems=[*one.problems, twin, alone])])["journal"]
    found = [row["ID"] for row in journal if row["SUBSET"] == "P"]
    assert found == [str(one.problems[0].entry), str(twin.id), str(alone.id)]


def test_the_letter_of_a_registration_says_that_it_is_over() -> None:
    one = PATIENTS[0]
    left = replace(one, registrations=[replace(one.registrations[0], ends=one.registrations[0].starts)])
    dead = replace(one, id=99, death=one.registrations[0].starts)
    assert [row["ACTIVE"] for row in extract([one, left, dead])["patient"]] == ["R", "L", "D"]


def test_every_loss_has_words() -> None:
    writer = make_writer(MADE)
    losses = writer.patient(PATIENTS[0]).losses
    assert losses.keys() <= writer.losses.keys()
    assert (losses["vision_appointment"], losses["vision_alert"], losses["vision_negation"]) == (1, 1, 1)
