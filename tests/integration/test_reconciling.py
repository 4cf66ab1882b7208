"""Counts of made-up practices: without faults every gate holds; with them each touched count has its cause."""

from datetime import date
from pathlib import Path

import pytest

from godwit.records.reconcile.reconciling import Reconciled, reconcile
from tests.support.twins import SEED, make_twin, twins_compared

SNAPSHOT = date(2027, 3, 1)
PAIRS = [("emis", "tpp"), ("tpp", "vision"), ("vision", "emis")]
SIZE = (40, 0.05)


def reconciled(pair: tuple[str, str], folder: Path, faults: int) -> tuple[Reconciled, list[str]]:
    """The counts of a made-up practice, and the kinds of fault that were planted."""
    twin = make_twin(pair, folder / "twin", SIZE, SEED, faults)
    with twins_compared(twin, folder / "work") as compared:
        done = reconcile(compared.duck, compared.terms.scheme, SNAPSHOT)
    return done, [name for name, times in twin.said("answers")["planted"].items() if times] if faults else []


@pytest.mark.parametrize("pair", PAIRS)
def test_a_practice_without_faults_passes_every_gate(pair: tuple[str, str], tmp_path: Path) -> None:
    done, _ = reconciled(pair, tmp_path, 0)
    wrong = [
        (one.measure, one.counts, one.behind) for one in done.every if one.state in ("failed", "explained")
    ]
    assert wrong == []
    assert sum(one.state == "passed" for one in done.every) > 30
    assert done.traces.identical == done.traces.patients == SIZE[0]
    assert [one for one in done.values if not one.same] == []
    assert [one for one in done.codes if one.source != one.target] == []


@pytest.mark.parametrize("pair", PAIRS)
def test_every_count_that_a_fault_touches_has_its_cause(pair: tuple[str, str], tmp_path: Path) -> None:
    done, planted = reconciled(pair, tmp_path, 2)
    states = {one.measure: one.state for one in done.every}
    assert {one.measure for one in done.every if one.unexplained} == set()
    assert [one for one in done.values if one.unexplained] == []
    assert done.traces.unexplained == 0
    touched = {
        "patient_dropped": "registered",
        "registration_status_changed": "registered",
        "allergy_lost": "allergies",
        "repeat_made_acute": "repeats_active",
        "stopped_medication_active": "repeats_active",
        "document_missing": "documents",
    }
    seen = {measure for fault, measure in touched.items() if fault in planted}
    assert len(seen) > 2
    assert {measure for measure in seen if states[measure] not in ("failed", "explained")} == set()
