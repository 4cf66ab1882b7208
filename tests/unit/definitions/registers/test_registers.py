"""The rules of registers are read, hang together, and name lists by both of their names."""

import pytest

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import parse_text
from godwit.definitions.registers import Clusters, read_registers, read_starter_clusters
from godwit.definitions.registers.clusters import refset_names
from godwit.definitions.registers.registers import _File

NOTES = {
    "AFIB_REG", "AST_REG", "CAN_REG", "CHD_REG", "CHOL_REG", "CKD_REG", "COPD_REG", "DEM_REG", "DEP1_REG", "DM_REG",
    "EPIL_REG", "HF1_REG", "HF2_REG", "HYP_REG", "LD_REG", "MH1_REG", "MH2_REG", "NDH_REG", "OBES_REG", "OSTEO1_REG",
    "OSTEO2_REG", "PAD_REG", "PALCARE_REG", "RA_REG", "STIA_REG", "SMOK1_REG", "SMOK2_REG", "CS_REG", "VICC001",
    "VICC002", "VICC003", "VICC004", "THY_REG",
}  # fmt: skip
"""Every register of the standards notes, section 7.2."""


def test_every_register_of_the_notes_is_there() -> None:
    found = {one.id for one in read_registers()}
    assert found >= NOTES
    assert {"SAFE_CHILD", "SAFE_ADULT", "SAFE_DNACPR", "SAFE_CONSENT", "SAFE_CARER"} <= found


def test_every_register_says_its_rule_and_its_source() -> None:
    for one in read_registers():
        assert one.rule, one.id
        assert one.source.startswith("standards notes 7"), one.id


def test_starter_lists_are_of_made_up_practices_only() -> None:
    starter = read_starter_clusters()
    codes = {code for codes in starter.codes.values() for code in codes}
    assert codes
    # 9990999 is the namespace that nobody has been given.
    assert {code for code in codes if "9990999" not in code} == set()
    assert all(starter.state(name) == "starter" for name in starter.codes)


def test_every_starter_list_is_used_by_a_register() -> None:
    used = {name for one in read_registers() for name in one.clusters}
    assert set(read_starter_clusters().codes) - used == set()


def test_a_loaded_list_takes_the_place_of_a_starter_list() -> None:
    lists = read_starter_clusters().with_lists({"DM_COD": frozenset({"snomed|44054006"})})
    assert lists.state("DM_COD") == "loaded"
    assert lists.state("HYP_COD") == "starter"
    assert lists.state("NO_SUCH_COD") == "absent"
    assert Clusters({"A_COD": frozenset()}).state("A_COD") == "absent"


def test_reference_sets_lead_to_clusters() -> None:
    assert refset_names()["999004691000230108"] == "DM_COD"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{id: A, title: A, rule: a, source: s}", "a way"),
        ("{id: A, title: A, rule: a, source: s, of: [B]}", "stand above"),
        ("{id: A, title: A, rule: a, source: s, ways: [{needs: [{clusters: []}]}]}", "at least one cluster"),
    ],
)
def test_a_register_that_does_not_hang_together_is_refused(rows: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        parse_text(_File, "x.yaml", f"edition: x\nregisters:\n  - {rows}\n")
