"""Who is on a register: each condition of a rule from both of its sides."""

from datetime import date
from pathlib import Path

import pytest

from godwit.definitions.registers import Clusters, read_registers
from godwit.records.reconcile.reconciling import Reconciled, reconcile
from godwit.records.reconcile.registers import lacking
from tests.support.reconcile_scene import OwnFormats, Scene, opened

TODAY = date(2027, 3, 1)
LISTS = Clusters(
    {
        "AST_COD": frozenset({"snomed|1"}),
        "ASTRES_COD": frozenset({"snomed|2"}),
        "ASTTRT_COD": frozenset({"snomed|3"}),
        "CAN_COD": frozenset({"snomed|4"}),
        "BMIVAL_COD": frozenset({"snomed|5"}),
        "SMEAR_COD": frozenset({"snomed|6"}),
        "NDH_COD": frozenset({"snomed|7"}),
        "DM_COD": frozenset({"snomed|8", "read2|C10.."}),
        "DMRES_COD": frozenset({"snomed|9"}),
        "CHD_COD": frozenset({"snomed|10"}),
        "COPD_COD": frozenset({"snomed|11"}),
        "FEV1FVC_COD": frozenset({"snomed|12"}),
    }
)
ADULT: dict[str, str | None] = {"birth_date": "1980-05-05", "sex": "female"}


def entry(code: str, day: str | None, **more: str) -> tuple[str, dict[str, str | None]]:
    return "observation", {"code": f'["snomed|{code}"]', "effective": day, "kind": "entry", **more}


def drug(code: str, day: str) -> tuple[str, dict[str, str | None]]:
    return "medication_issue", {"drug": f'["snomed|{code}"]', "start": day}


ASTHMA, INHALER = entry("1", "2020-01-01"), drug("3", "2026-06-01")
Case = tuple[str, dict[str, str | None], list[tuple[str, dict[str, str | None]]], bool]
CASES: list[Case] = [
    ("AST_REG", ADULT, [ASTHMA, INHALER], True),
    ("AST_REG", ADULT, [ASTHMA], False),
    ("AST_REG", ADULT, [ASTHMA, drug("3", "2026-03-01")], False),  # 12 months ago to the day
    ("AST_REG", ADULT, [ASTHMA, drug("3", "2026-03-02")], True),
    ("AST_REG", ADULT, [ASTHMA, INHALER, entry("2", "2021-01-01")], False),
    ("AST_REG", ADULT, [ASTHMA, INHALER, entry("2", "2020-01-01")], False),  # must be later, not as late
    ("AST_REG", ADULT, [ASTHMA, INHALER, entry("2", "2019-01-01")], True),
    (
        "AST_REG",
        ADULT,
        [ASTHMA, INHALER, entry("2", None)],
        True,
    ),  # a resolved code without a date overtakes nothing
    ("AST_REG", {"birth_date": "2021-03-01"}, [ASTHMA, INHALER], True),  # six today
    ("AST_REG", {"birth_date": "2021-03-02"}, [ASTHMA, INHALER], False),
    ("AST_REG", ADULT, [entry("1", "2020-01-01", kind="family_history"), INHALER], False),
    ("CAN_REG", ADULT, [entry("4", "2003-04-01")], True),
    ("CAN_REG", ADULT, [entry("4", "2003-03-31")], False),
    ("CAN_REG", ADULT, [entry("4", "2003-05")], True),
    ("OBES_REG", ADULT, [entry("5", "2026-12-01", value="30")], True),
    ("OBES_REG", ADULT, [entry("5", "2026-12-01", value="29.9")], False),
    ("OBES_REG", ADULT, [entry("5", "2025-12-01", value="35")], False),
    ("COPD_REG", ADULT, [entry("11", "2023-03-31")], True),
    ("COPD_REG", ADULT, [entry("11", "2023-04-01")], False),
    ("COPD_REG", ADULT, [entry("11", "2023-04-01"), entry("12", "2023-04-01", value="0.65")], True),
    ("COPD_REG", ADULT, [entry("11", "2023-04-01"), entry("12", "2023-04-01", value="0.7")], False),
    ("NDH_REG", ADULT, [entry("7", "2020-01-01")], True),
    ("NDH_REG", ADULT, [entry("7", "2020-01-01"), entry("8", "2022-01-01")], False),
    ("NDH_REG", ADULT, [entry("7", "2020-01-01"), entry("8", "2022-01-01"), entry("9", "2023-01-01")], True),
    ("CHOL_REG", ADULT, [entry("10", "2020-01-01")], True),
    ("CHOL_REG", ADULT, [], False),
    ("SMOK1_REG", ADULT, [ASTHMA, INHALER], True),
    ("SMOK2_REG", {"birth_date": "2012-03-01"}, [], True),
    ("SMOK2_REG", {"birth_date": "2012-03-02"}, [], False),
    ("SMOK2_REG", {"birth_date": None}, [], False),
    ("CS_REG", ADULT, [], True),
    ("CS_REG", {**ADULT, "sex": "male"}, [], False),
    ("CS_REG", {**ADULT, "birth_date": "1962-03-01"}, [], False),  # 65 today
    ("CS_REG", {**ADULT, "birth_date": "1962-03-02"}, [], True),
    ("CS_DONE", ADULT, [entry("6", "2021-09-02")], True),
    ("CS_DONE", ADULT, [entry("6", "2021-09-01")], False),  # 66 months ago to the day
    ("VICC001", {"birth_date": "2026-07-31"}, [], True),  # turns 8 months on the last day of the year
    ("VICC001", {"birth_date": "2026-08-01"}, [], False),
    ("VICC001", {"birth_date": "2025-08-01"}, [], True),
    ("VICC001", {"birth_date": "2025-07-31"}, [], False),
]


def told(scene: Scene, work: Path, formats: OwnFormats | None = None) -> Reconciled:
    with opened(scene, work) as duck:
        return reconcile(duck, formats or OwnFormats(), TODAY, LISTS)


def counts(done: Reconciled, register: str) -> tuple[int, int]:
    found = next(one.result.counts for one in done.registers if one.result.measure == register)
    return found.source, found.target


def test_each_condition_from_both_sides(tmp_path: Path) -> None:
    """All cases in one practice of one patient a case, so that the engine starts once."""
    scene = Scene()
    for person, (_, who, entries, _) in enumerate(CASES, start=1):
        scene.patient(person, who, who)
        for entity, fields in entries:
            scene.both(entity, person, **fields)
    with opened(scene, tmp_path) as duck:
        done = reconcile(duck, OwnFormats(), TODAY, LISTS)
        members = set(duck.run("test", "SELECT measure, who FROM reconcile.member WHERE side = 'source'"))
    wrong = [case for who, case in enumerate(CASES, start=1) if ((case[0], who) in members) is not case[3]]
    assert wrong == []
    assert {one.result.state for one in done.registers} <= {"passed", "nothing"}


def test_only_those_on_the_list(tmp_path: Path) -> None:
    scene = Scene()
    scene.patient(1, ADULT, ADULT, on_list=False)
    scene.both("observation", 1, code='["snomed|10"]', effective="2020-01-01")
    assert counts(told(scene, tmp_path), "CHD_REG") == (0, 0)


def test_where_nobody_says_who_is_registered_everybody_counts(tmp_path: Path) -> None:
    scene = Scene()
    scene.patient(1, ADULT, ADULT, on_list=False)
    scene.both("observation", 1, code='["snomed|10"]', effective="2020-01-01")
    done = told(scene, tmp_path, OwnFormats(frozenset({"registration.status"})))
    assert (done.on_list, counts(done, "CHD_REG")) == (False, (1, 1))


def test_codes_count_as_far_as_both_formats_hold_them(tmp_path: Path) -> None:
    """A Read code that only one format has would put the patient on one side's register only."""
    scene = Scene()
    scene.patient(1, ADULT, ADULT)
    codes = '["read2|C10..","snomed|77"]', '["ctv3|C10..","snomed|77"]'
    source, target = ({"code": code, "effective": "2020-01-01"} for code in codes)
    scene.add("observation", 1, source, target, "nothing")
    losses = {"observation.code": "gp_codes_of({value}, ['snomed'])"}
    assert counts(told(scene, tmp_path, OwnFormats(losses=losses)), "DM_REG") == (0, 0)


@pytest.mark.parametrize(
    ("unfilled", "register", "expected"),
    [
        ("patient.birth_date", "SMOK2_REG", ("date of birth",)),
        ("patient.birth_date", "CHD_REG", ()),
        ("patient.birth_date", "SMOK1_REG", ("date of birth",)),  # made of registers that ask for an age
        ("patient.sex", "CS_REG", ("sex",)),
        ("patient.sex", "SMOK2_REG", ()),
    ],
)
def test_what_a_register_lacks(unfilled: str, register: str, expected: tuple[str, ...]) -> None:
    assert lacking(read_registers(), OwnFormats(frozenset({unfilled})))[register] == expected


def test_a_register_that_cannot_be_told_is_not_counted(tmp_path: Path) -> None:
    scene = Scene()
    scene.patient(1, ADULT, ADULT)
    done = told(scene, tmp_path, OwnFormats(frozenset({"patient.birth_date"})))
    found = next(one.result for one in done.registers if one.result.measure == "SMOK2_REG")
    assert (found.state, found.counts.source) == ("not_told", 0)


def test_lists_of_registers_that_are_made_of_others(tmp_path: Path) -> None:
    scene = Scene()
    scene.patient(1, ADULT, ADULT)
    done = told(scene, tmp_path)
    found = next(one for one in done.registers if one.result.measure == "CHOL2_REG")
    assert dict(found.clusters) == {
        "CHD_COD": "loaded",
        "PAD_COD": "absent",
        "STRK_COD": "absent",
        "TIA_COD": "absent",
    }
