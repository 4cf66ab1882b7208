"""What made-up practices choose from is complete, consistent, and nobody's."""

from collections import Counter
from typing import get_args

import pytest

from godwit.synth.catalogue import catalogue
from godwit.synth.identifiers import NAMESPACE, nhs_number
from godwit.synth.knowledge import conditions, illnesses, schedule
from godwit.synth.model import CodeKind
from godwit.synth.places import names, places
from godwit.values.nhs_number import NhsNumber
from godwit.values.snomed_id import SnomedId, SnomedKind

CODES = catalogue().codes


def test_every_kind_of_code_is_there_and_ids_are_positions() -> None:
    assert {code.kind for code in CODES} == set(get_args(CodeKind))
    assert [code.id for code in CODES] == list(range(1, len(CODES) + 1))
    assert [drug.id for drug in catalogue().drugs] == list(range(1, len(catalogue().drugs) + 1))


def test_identifiers_check_and_lie_in_the_made_up_namespace() -> None:
    for code in CODES:
        if code.snomed and code.description:
            assert SnomedId.parse(code.snomed).namespace == NAMESPACE
            assert SnomedId.parse(code.description).kind is SnomedKind.DESCRIPTION
    for drug in catalogue().drugs:
        assert drug.dmd is None or SnomedId.parse(drug.dmd).namespace == NAMESPACE


@pytest.mark.parametrize("field", ["snomed", "description", "read2", "ctv3", "local", "term", "multilex"])
def test_no_two_codes_share_an_identifier(field: str) -> None:
    used = Counter(value for code in CODES if (value := getattr(code, field)) is not None)
    assert [value for value, count in used.items() if count > 1] == []


def test_a_local_code_has_nothing_but_its_own_identifier() -> None:
    local = [code for code in CODES if code.local]
    assert 10 <= len(local) <= 25
    assert {(code.snomed, code.description, code.read2, code.ctv3) for code in local} == {(None,) * 4}
    assert all(
        code.snomed and len(code.read2 or "") == 5 == len(code.ctv3 or "") for code in CODES if not code.local
    )


@pytest.mark.parametrize(
    ("kind", "branches"),
    [("immunisation", ("65",)), ("allergy", ("14L", "SN5")), ("family_history", ("12",))],
)
def test_read_codes_lie_in_the_branch_of_their_kind(kind: str, branches: tuple[str, ...]) -> None:
    for code in CODES:
        if code.kind == kind:
            assert (code.read2 or "").startswith(branches)
            assert code.ctv3 == code.read2


def test_an_allergy_names_its_agent_and_only_a_drug_has_a_product_family() -> None:
    for code in CODES:
        if code.kind == "allergy":
            assert code.agent
            assert code.term == f"Allergy to {code.agent}"
            assert (code.multilex is not None) == (code.degree == "drug")


def test_siblings_are_other_codes() -> None:
    with_sibling = [code for code in CODES if code.sibling]
    assert len(with_sibling) > 300
    assert all(code.sibling != code.id and code.sibling in range(1, len(CODES) + 1) for code in with_sibling)


def test_what_conditions_and_illnesses_name_is_in_the_catalogue() -> None:
    known, drugs = catalogue().ids, catalogue().drug_ids
    for name, one in conditions().items():
        wanted = {
            name,
            one.review,
            *one.signs,
            *one.panels,
            *one.values,
            one.recall,
            one.refer,
            one.family,
        } - {None}
        assert wanted <= set(known), name
        assert {drug for line in one.drugs for drug in line} <= set(drugs), name
    for name, ill in illnesses().items():
        wanted = {name, *ill.signs, *ill.tests, *ill.panels, ill.refer} - {None}
        assert wanted <= set(known), name
        assert set(ill.drugs) <= set(drugs), name
    some = schedule()
    assert {one.code for one in (*some.childhood, *some.later.values())} <= set(known)


def test_some_drugs_are_dangerous_and_a_few_are_in_no_dictionary() -> None:
    drugs = catalogue().drugs
    assert len(drugs) > 110
    assert sum(drug.high_risk for drug in drugs) > 15
    assert 2 <= sum(drug.dmd is None for drug in drugs) <= 8


def test_names_and_places_fit_in_windows_1252() -> None:
    some = names()
    for text in (*some.female, *some.male, *some.family, *some.streets, *some.towns, *some.sites):
        text.encode("cp1252")
    for other in places().others:
        other.name.encode("cp1252")


@pytest.mark.parametrize("seed", [0, 1, 7919, 2**31])
def test_nhs_numbers_are_test_numbers_and_differ(seed: int) -> None:
    numbers = [nhs_number(seed, patient) for patient in range(1, 3_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(NhsNumber.parse(one).is_test for one in numbers)
