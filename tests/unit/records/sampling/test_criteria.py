"""The criteria library as it is shipped, and what it refuses."""

from pathlib import Path

import pytest

import godwit.records.sampling
from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import parse_text
from godwit.records.sampling.criteria import Criteria, read_criteria
from godwit.records.sampling.eligible import SQL

STEPS = {"person", "tally", "term", "by_words", "by_query", "filled", "systems", "document_kinds", "cover_next",
         "stratum", "held", "chosen", "kind", "code"}  # fmt: skip
GOOD = """
edition: "1"
groups: {people: People}
criteria:
  - {id: one, group: people, title: One, look: Look., source: here}
not_told: []
"""


def test_every_criterion_has_its_query_or_its_words_and_every_query_its_criterion() -> None:
    queries = {one.id for one in read_criteria().criteria if not one.words}
    assert {path.stem for path in SQL.glob("*.sql")} == queries | STEPS


def test_every_criterion_says_in_a_sentence_what_to_look_at() -> None:
    for one in read_criteria().criteria:
        assert one.look.endswith("."), one.id
        assert one.title[0].isupper(), one.id
    assert len(read_criteria().criteria) >= 50


def test_the_criteria_of_the_guide_are_there() -> None:
    """TP-09 of the guide, each by the criterion that stands for it."""
    wanted = {
        "long_record", "full_immunisations", "cytology_recall", "diabetes", "heart_disease", "asthma", "allergy_coded",
        "allergy_in_words", "repeats", "repeat_and_acute", "repeat_dispensing", "controlled_drug", "anticoagulant",
        "document_types", "rare_units", "local_codes", "recent_registration", "deceased", "left", "name_change",
        "same_name", "linked_problem", "referral", "sensitive_entry", "online_access", "branch_patient",
        "temporary_resident", "two_sites",
    }  # fmt: skip
    assert wanted <= {one.id for one in read_criteria().criteria}


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("group: people,", "group: others,", "no group others"),
        ("source: here", "source: here, needs: [patient.shoe_size]", "no field patient.shoe_size"),
        ("source: here", "source: here, words: x", "belong together"),
        ("source: here", "source: here, words: x, among: [unicorn]", "no coded kind of record unicorn"),
        ("source: here", "source: here, among: [problem]", "belong together"),
        (
            "not_told",
            "  - {id: one, group: people, title: One, look: Look., source: here}\nnot_told",
            "one id",
        ),
    ],
)
def test_a_bad_library_is_refused(old: str, new: str, because: str) -> None:
    assert parse_text(Criteria, "criteria.yaml", GOOD).edition == "1"
    with pytest.raises(DefinitionError, match=because):
        parse_text(Criteria, "criteria.yaml", GOOD.replace(old, new))


def test_a_format_that_lacks_a_field_cannot_tell() -> None:
    ahead = next(one for one in read_criteria().criteria if one.id == "appointment_ahead")
    asthma = next(one for one in read_criteria().criteria if one.id == "asthma")
    assert ahead.tellable({"appointment": frozenset({"start"})})
    assert not ahead.tellable({"appointment": frozenset({"status"})})
    assert asthma.tellable({"problem": frozenset({"code"})})
    assert not asthma.tellable({"problem": frozenset()})


def test_the_library_lies_beside_its_code() -> None:
    assert Path(godwit.records.sampling.__file__).with_name("criteria.yaml").is_file()
