"""A sample holds somebody for every criterion and rare kind of data, is drawn fairly, and can be drawn again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from godwit.records.sampling.drawing import Sample, SampleOrder, allocate
from tests.support.sampled import Practice, sampled

Fill = Callable[[Practice, int], None]


def plain(people: int = 60) -> Practice:
    """A practice of patients like one another."""
    practice = Practice()
    for person in range(1, people + 1):
        practice.patient(person)
        practice.both(
            "observation", person, code='["snomed|1"]', code_term='["Cough"]', effective="2020-02-03"
        )
    return practice


def coded(entity: str, term: str, **fields: Any) -> Fill:
    """Somebody with one coded record."""
    name = "drug" if entity.startswith("medication") else "code"
    coding: dict[str, Any] = {name: '["snomed|2"]', f"{name}_term": f'["{term}"]', **fields}
    return lambda practice, person: practice.both(entity, person, **coding)


def repeats(practice: Practice, person: int) -> None:
    for number in range(4):
        practice.both(
            "medication_authorisation", person, type="repeat", status="active", start=f"2020-01-0{number + 1}"
        )


def each(entity: str, field: str, values: tuple[str, ...], **fields: Any) -> Fill:
    """Somebody with a record for each value of a field."""

    def fill(practice: Practice, person: int) -> None:
        for value in values:
            record: dict[str, Any] = {**fields, field: value}
            practice.both(entity, person, **record)

    return fill


def many(entity: str, count: int, **fields: Any) -> Fill:
    """Somebody with so many records that differ in their text."""

    def fill(practice: Practice, person: int) -> None:
        for number in range(count):
            practice.both(entity, person, text=f"entry {number}", **fields)

    return fill


FITS: dict[str, Fill] = {
    "diabetes": coded("problem", "Type 2 diabetes mellitus"),
    "heart_disease": coded("problem", "Angina pectoris"),
    "asthma": coded("problem", "Asthma"),
    "pregnancy": coded("observation", "Antenatal care"),
    "palliative": coded("observation", "Receiving palliative care"),
    "safeguarding": coded("observation", "Child protection plan"),
    "resuscitation": coded("observation", "Not for attempted CPR (cardiopulmonary resuscitation)"),
    "consent": coded("observation", "Consent given"),
    "cytology_recall": coded("recall", "Cervical smear due", due="2027-09-01"),
    "controlled_drug": coded("medication_authorisation", "Morphine 10mg tablets"),
    "anticoagulant": coded("observation", "INR"),
    "high_risk_drug": coded("medication_authorisation", "Methotrexate 2.5mg tablets"),
    "family_history": coded("observation", "FH: Diabetes"),
    "allergy_coded": coded("allergy", "Allergy to penicillin"),
    "allergy_in_words": lambda practice, person: practice.both("allergy", person, agent="kiwi", onset="2020"),
    "many_allergies": many("allergy", 3, code='["snomed|9"]'),
    "repeats": repeats,
    "repeat_dispensing": coded(
        "medication_authorisation", "Senna", type="repeat_dispensing", status="active"
    ),
    "stopped_repeat": coded("medication_authorisation", "Senna", type="repeat", status="ended"),
    "rare_units": coded("observation", "Weight", value="70", unit="[lb_av]"),
    "compared_results": coded("observation", "eGFR", value="90", comparator=">"),
    "abnormal_results": coded("observation", "eGFR", value="12", abnormal="true"),
    "sensitive_entry": coded("observation", "Counselling", confidentiality="confidential"),
    "local_codes": lambda practice, person: practice.both("observation", person, code='["emis_local|x"]'),
    "degraded": coded("observation", "Original term", code='["snomed|196411000000103"]'),
    "partial_dates": coded("observation", "Measles", effective="1961"),
    "dates_before_1900": coded("problem", "Gout", onset="1899-12-31"),
    "alert": coded("observation", "Dog", kind="alert"),
    "recall_due": coded("recall", "Review", due="2027-04-01"),
    "referral": coded("referral", "Cardiology", authored="2026-01-01"),
    "appointment_ahead": lambda practice, person: practice.both(
        "appointment", person, start="2027-03-05T09:00"
    ),
    "document_types": each("document", "type_text", ("Letter", "Scan", "Photo"), created="2020-01-01"),
    "full_immunisations": many("immunisation", 10, effective="2016-01-01"),
    "linked_problem": many("observation", 3, problem="asthma @ 1999"),
    "two_sites": each("consultation", "location", ("main", "branch"), start="2020-01-01"),
}
"""A record that makes somebody fit each criterion."""
PEOPLE: dict[str, dict[str, str]] = {
    "non_uk_characters": {"family": "Łęcka"},
    "sensitive_patient": {"confidentiality": "confidential"},
    "next_of_kin": {"carer": "a sister"},
    "name_change": {"other_names": '["Smith"]'},
    "deceased": {"death_date": "2026-01-01"},
}


def drawn(practice: Practice, work: Path, shuffle: int = 0, seed: int = 1, size: int = 8) -> Sample:
    with sampled(practice, work, SampleOrder(size, seed), shuffle) as (_, sample):
        return sample


def rich() -> Practice:
    """Patients alike, and after them one for each criterion."""
    practice = plain()
    person = 100
    for name, fill in FITS.items():
        practice.patient(person, birth_date="2012-01-01" if name == "full_immunisations" else "1970-01-01")
        fill(practice, person)
        person += 1
    for fields in PEOPLE.values():
        practice.patient(person, **fields)
        person += 1
    return practice


def by_criterion(sample: Sample) -> dict[str, tuple[str, ...]]:
    return {one.criterion.id: one.patients for one in sample.criteria}


def nhs_numbers(practice: Practice, sample: Sample) -> list[str]:
    """Whoever is in the sample, by name of the practice as it was given."""
    names = {row["person"]: str(row["nhs_number"]) for name, row in practice.rows if name == "patient"}
    return [names[one.person] for one in sample.chosen]


def test_every_criterion_that_somebody_meets_has_somebody_in_the_sample(tmp_path: Path) -> None:
    sample = drawn(rich(), tmp_path / "work")
    found = by_criterion(sample)
    assert [name for name in (*FITS, *PEOPLE) if not found[name]] == []
    assert {one.criterion.id for one in sample.criteria if one.eligible and not one.patients} == set()


@pytest.mark.parametrize("name", ["asthma", "local_codes", "appointment_ahead", "rare_units"])
def test_without_the_record_nobody_meets_the_criterion(tmp_path: Path, name: str) -> None:
    sample = drawn(plain(), tmp_path / "work")
    assert by_criterion(sample)[name] == ()
    assert {one.criterion.id: one.eligible for one in sample.criteria}[name] == 0


def test_words_are_words_of_codes_and_not_of_another_condition(tmp_path: Path) -> None:
    practice = plain()
    coded("problem", "Non-diabetic hyperglycaemia")(practice, 3)
    coded("observation", "FH: Asthma")(practice, 4)
    found = by_criterion(drawn(practice, tmp_path / "work"))
    assert found["diabetes"] == found["asthma"] == ()


def test_namesakes_and_twins_come_in_pairs(tmp_path: Path) -> None:
    practice = plain()
    practice.patient(201, family="Bird", given="Jo")
    practice.patient(202, family="bird", given="JO", birth_date="1951-01-01")
    practice.patient(203, family="Reed", given="Ann", birth_date="2001-06-07")
    practice.patient(204, family="Reed", given="Bob", birth_date="2001-06-07")
    sample = drawn(practice, tmp_path / "work")
    found = by_criterion(sample)
    assert len(found["same_name"]) == 2
    assert len(found["twins"]) == 2


def test_each_rare_kind_of_data_has_somebody_too(tmp_path: Path) -> None:
    practice = plain()
    practice.both("immunisation", 7, code='["martian|1"]', effective="2020-01-01", batch="B1")
    practice.both("document", 9, content_type="audio/wav", created="2021-01-01")
    sample = drawn(practice, tmp_path / "work", size=0)
    held = {one.kind: one.patients for one in sample.kinds}
    for kind in (
        "immunisation",
        "immunisation.batch",
        "immunisation.code=martian",
        "document.content_type=audio/wav",
    ):
        assert held[kind], kind
    assert "allergy.code" in sample.empty


def test_the_same_seed_draws_the_same_patients_in_whatever_order_they_came(tmp_path: Path) -> None:
    practice = rich()
    numbers = []
    for shuffle in (0, 1, 2):
        with sampled(practice, tmp_path / f"work{shuffle}", SampleOrder(8, 5), shuffle) as (duck, _):
            rows = duck.run(
                "who",
                "SELECT nhs_number, route FROM sampling.chosen JOIN sampling.person USING (person) ORDER BY place",
            )
            numbers.append(rows)
    assert numbers[0] == numbers[1] == numbers[2]


def test_another_seed_draws_others(tmp_path: Path) -> None:
    practice = plain()
    one, other = (
        nhs_numbers(practice, drawn(practice, tmp_path / f"work{seed}", seed=seed)) for seed in (1, 2)
    )
    assert set(one) != set(other)


def test_every_group_gets_its_share_and_a_test_patient_is_nobody(tmp_path: Path) -> None:
    practice = plain(80)
    practice.patient(300, test_patient="true")
    for person in range(301, 311):
        practice.patient(person, birth_date="2020-01-01", sex="male")
    sample = drawn(practice, tmp_path / "work", size=9)
    assert (sample.population, sample.test_patients) == (90, 1)
    drawn_of = {one.title: one.drawn for one in sample.strata}
    assert sum(drawn_of.values()) == 9
    assert drawn_of["registered, 5 to 17, male"] == 1
    assert min(drawn_of.values()) >= 1
    assert sample.power.sample == 9
    assert sample.power.population == 90 - sum(one.route != "random" for one in sample.chosen)


def test_more_than_there_are_draws_everybody_once(tmp_path: Path) -> None:
    sample = drawn(plain(12), tmp_path / "work", size=500)
    assert len({one.person for one in sample.chosen}) == len(sample.chosen) == 12
    assert sample.power.rules_out in (1, None)


@given(some.dictionaries(some.text("abc", min_size=1, max_size=3), some.integers(1, 50), min_size=1, max_size=8),
       some.integers(0, 80))  # fmt: skip
def test_the_shares_add_up_and_no_larger_group_gets_less(sizes: dict[str, int], size: int) -> None:
    shares = allocate(sizes, size)
    assert sum(shares.values()) == min(size, sum(sizes.values()))
    assert all(0 <= shares[one] <= sizes[one] for one in sizes)
    if size >= len(sizes):
        assert all(shares[one] >= 1 for one in sizes)
    assert all(shares[one] >= shares[two] for one in sizes for two in sizes if sizes[one] > sizes[two])
