"""What tells one pattern from another, and that an agreement on the one never passes for the other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from godwit.records.agreed.agreement import Agreement
from godwit.records.agreed.applying import apply
from godwit.records.agreed.pattern import FEWEST, MOST_MARKS, TRAITS, Held, alike_words, recognised, telling
from godwit.records.compare import cause_tables
from godwit.records.duck import Duck
from godwit.records.evidence.sealed_cause import sealed_cause
from tests.support.agreeing import TODAY, agreement, caused, proposed, sealed_run

UNIT = {"entity": "observation", "outcome": "different", "field": "unit", "reason": "changed"}
CAUSE = "observation.unit.changed"


def found(**traits: str | None) -> dict[str, Any]:
    """A finding as a comparison and as a sealed run hold it."""
    return UNIT | {"cause": CAUSE, "detail": CAUSE, "severity": "high", "traits": traits}


def agreed_in(folder: Path, findings: Sequence[Mapping[str, Any]]) -> Agreement:
    """All findings of a run, agreed as one cause."""
    cause = {"cause": CAUSE, "entity": "observation", "field": "unit", "title": "Units", "severity": "high",
             "findings": len(findings), "patients": 3}  # fmt: skip
    one = sealed_cause(sealed_run(folder / "run", [cause], findings), CAUSE)
    return agreement(scope={**one.scope, "systems": ("emis", "tpp")}, counted=dict(one.counted))


def open_after(folder: Path, one: Agreement, findings: Sequence[Mapping[str, Any]]) -> int:
    """How many of the findings of a later run nobody has agreed to."""
    (folder / "later").mkdir()
    with Duck(folder / "later") as duck:
        caused(duck, findings)
        apply(duck, [one], ("emis", "tpp"), TODAY)
        return int(duck.run("test", "SELECT count(*) FROM finding.open")[0][0])


TURNED = [
    found(turn="mmol/L to mg/dL", code=code, patient=who) for code, who in ("ap", "bq", "cr", "ds", "et")
]
SCATTERED = [found(turn=turn, code=code, patient=who) for turn, code, who in ("1ap", "2bq", "3cr")]


@pytest.mark.parametrize("before", [TURNED, SCATTERED])
@pytest.mark.parametrize("left", [1, 2, 3])
def test_the_same_pattern_with_as_many_or_fewer_stays_agreed(
    tmp_path: Path, before: list[dict[str, Any]], left: int
) -> None:
    elsewhere = [one | {"cause": "other.high", "detail": f"{CAUSE}.turn-1"} for one in before[:left]]
    assert open_after(tmp_path, agreed_in(tmp_path, before), elsewhere) == 0


@pytest.mark.parametrize("before", [TURNED, SCATTERED])
def test_another_pattern_of_the_same_kind_and_field_within_the_count_is_open(
    tmp_path: Path, before: list[dict[str, Any]]
) -> None:
    other = [found(turn="kg to lb", code="d", patient=who) for who in "xy"]
    assert open_after(tmp_path, agreed_in(tmp_path, before), other) == 2


def test_the_same_fault_may_strike_others_within_the_count(tmp_path: Path) -> None:
    others = [found(turn="mmol/L to mg/dL", code="d", patient="x")] * 3
    assert open_after(tmp_path, agreed_in(tmp_path, TURNED), others) == 0


def held(trait: str, values: int = 1, mixed: int = 0, *, without: bool = False) -> Held:
    return Held(trait, values, without, mixed)


def test_what_all_have_in_common_tells_them() -> None:
    every = [held("turn"), held("code", 4), held("unit", without=True), held("kind"), held("day")]
    assert telling(every, known=True, alone=True) == ("turn", "kind")


def test_patients_are_told_where_the_fault_is_not_known() -> None:
    every = [held("kind"), held("code", 2), held("patient", 4)]
    assert telling(every, known=False, alone=True) == ("kind", "patient")


def test_codes_are_told_where_there_are_too_many_patients() -> None:
    every = [held("code", 2), held("patient", MOST_MARKS + 1)]
    assert telling(every, known=False, alone=True) == ("code",)
    assert telling([held("patient", MOST_MARKS + 1)], known=False, alone=True) == tuple(TRAITS)
    nobody = [held("code", without=True), held("patient", without=True)]  # such as colleagues, not patients
    assert telling(nobody, known=False, alone=True) == tuple(TRAITS)


def test_what_sets_them_apart_from_others_is_told_too() -> None:
    every = [held("turn", mixed=1), held("code", 9), held("staff", 3), held("day", 2, mixed=1)]
    assert telling(every, known=True, alone=False) == ("turn", "staff")
    assert telling([held("turn", mixed=1)], known=True, alone=False) == tuple(TRAITS)


@pytest.mark.parametrize(
    ("outcome", "reason", "how", "trait", "expected"),
    [
        ("different", "changed", "", "turn", True),
        ("different", "changed", "decimal", "kind", True),
        ("different", "changed", "", "staff", False),
        ("missing", "no_counterpart", "", "code", False),
        ("missing", "patient_not_paired", "", "code", False),
        ("unexpected", "no_place", "", "kind", True),
    ],
)
def test_when_a_fault_is_known_for_what_it_is(
    outcome: str, reason: str, how: str, trait: str, expected: bool
) -> None:
    assert recognised(outcome, reason, how, [held(trait), held("patient", FEWEST)]) is expected
    assert not recognised(outcome, reason, how, [held(trait), held("patient", FEWEST - 1)])


def test_words() -> None:
    assert alike_words((), 0) == "whatever the records"
    assert alike_words(("turn", "code"), 1) == "always the same: the two values, the code"
    assert alike_words(("patient",), 1_200) == "one of 1,200 patterns of: the patient"


def test_the_traits_are_those_of_a_comparison() -> None:
    sql = (Path(cause_tables.__file__).parent / "cause_pattern.sql").read_text(encoding="utf-8")
    assert all(f"'{name}':" in sql for name in TRAITS)


def test_marks_and_traits_go_together() -> None:
    for wrong in ({"alike": ("code",)}, {"marks": ("0" * 16,)}, {"alike": ("shoe",), "marks": ("0" * 16,)}):
        with pytest.raises(ValueError, match=r"marks belong|no such trait"):
            proposed(scope={"changes": (UNIT | {"how": "", "severity": "low"} | wrong,)})
