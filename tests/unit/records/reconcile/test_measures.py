"""The measures are read, name columns of the model, and every state of a gate follows from what is behind it."""

import pytest

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import parse_text
from godwit.records.reconcile.changes import because_of
from godwit.records.reconcile.measures import Measures, read_measures
from godwit.records.reconcile.results import Counts, Result, State, state_of

ONE = "id: x, family: f, title: X, source: s, gate: exact, counts: records"


def test_every_measure_is_of_a_family_and_ids_are_unique() -> None:
    found = read_measures()
    assert {one.family for one in found.measures} <= set(found.families)
    assert len({one.id for one in found.measures}) == len(found.measures)


@pytest.mark.parametrize(
    "part",
    [
        "entity: nothing",
        "entity: recall, when: '{colour} IS NULL'",
        "entity: recall, also: [colour]",
        "entity: recall, key: '{colour?}'",
    ],
)
def test_a_measure_of_what_the_model_does_not_have_is_refused(part: str) -> None:
    text = f"edition: x\nfamilies: {{f: F}}\nmeasures:\n  - {{{ONE}, {part}}}\n"
    with pytest.raises(DefinitionError):
        parse_text(Measures, "x.yaml", text)


def test_what_a_measure_rests_on_and_what_it_needs() -> None:
    by_id = {one.id: one for one in read_measures().measures}
    assert by_id["allergic"].columns == ("end_date", "status")
    assert by_id["allergic"].needed == ()
    assert by_id["recalls_to_come"].columns == ("status", "due")
    assert set(by_id["high_risk_same"].columns) == {
        "status",
        "drug",
        "dosage",
        "quantity",
        "drug_term",
        "drug_text",
    }


@pytest.mark.parametrize(
    ("gate", "kinds", "state"),
    [
        ("exact", [], "passed"),
        ("exact", ["loss", "rule", "agreed"], "allowed"),
        ("exact", ["finding"], "failed"),
        ("exact", ["unexplained"], "failed"),
        ("explained", ["finding", "loss"], "explained"),
        ("explained", ["finding", "unexplained"], "failed"),
        ("explained", ["rule"], "allowed"),
    ],
)
def test_the_state_of_a_gate(gate: str, kinds: list[str], state: State) -> None:
    assert state_of(gate, kinds) == state


def test_states_that_come_before_the_gate() -> None:
    result = Result("x", "f", "X", "s", "exact", "records", Counts())
    assert result.state == "nothing"
    assert Result("x", "f", "X", "s", "exact", "records", Counts(), lacking=("end",)).state == "not_told"
    assert Result("x", "f", "X", "s", "information", "records", Counts(1, 2)).state == "information"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("finding", "recent", "medication_issue", "missing", None, "no_counterpart"),
         "recent entry or medicine missing in the target"),
        (("finding", "member", "referral", "unexpected", None, "duplicate"), "record is there twice"),
        (("finding", "member", "observation", "different", "patient", "moved"), "under another patient"),
        (("finding", "member", "allergy", "missing", None, "kind_changed_observation"),
         "record is another kind of record in the target"),
        (("finding", "list", "registration", "missing", None, "no_counterpart"), "registration is on one side only"),
        (("finding", "member", "document", "different", "size", "changed"), "record changed"),
    ],
)  # fmt: skip
def test_reasons_in_words(asked: tuple[str, str, str, str, str | None, str], words: str) -> None:
    assert because_of(*asked) == words
