"""The data tables of the guide: nothing dropped, every reference points at something, every status kept."""

import pytest
from pydantic import ValidationError

from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.capture_streams import read_capture_streams
from godwit.definitions.guide.checking_rules import read_checking_rules
from godwit.definitions.guide.checks import Checks, CleaningCheck, read_checks
from godwit.definitions.guide.data_kinds import read_data_kinds
from godwit.definitions.guide.data_requirements import read_data_requirements
from godwit.definitions.guide.reentry_order import ReentryOrder, read_reentry_order
from godwit.definitions.read import parse_text

KINDS, STREAMS, ORDER = read_data_kinds(), read_capture_streams().streams, read_reentry_order()
CHECKS, RULES, REQUIREMENTS = read_checks(), read_checking_rules(), read_data_requirements()


def numbered(letters: str, first: int, last: int, digits: int = 2) -> list[str]:
    return [f"{letters}-{number:0{digits}}" for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        (KINDS, numbered("DK", 1, 40)),
        (STREAMS, numbered("CS", 1, 16)),
        (ORDER.requirements, numbered("RE", 1, 7)),
        (CHECKS.cleaning, numbered("DC", 1, 20)),
        (CHECKS.comparison, numbered("CK", 1, 12)),
        (CHECKS.post_go_live, numbered("PG", 1, 14)),
        (CHECKS.measures, numbered("PM", 1, 10)),
        (RULES.issue_log, numbered("IS", 1, 9)),
        (RULES.test_patients, numbered("TP", 1, 9)),
        (RULES.sign_offs, numbered("SO", 1, 6)),
        (REQUIREMENTS.extracts, numbered("DR", 1, 13, digits=3)),
        (REQUIREMENTS.reconciliation, numbered("DR", 30, 36, digits=3)),
        (REQUIREMENTS.mapping, numbered("MP", 1, 11)),
    ],
)
def test_every_row_of_the_guide_is_there_in_its_order(rows: tuple, ids: list[str]) -> None:
    assert [row.id for row in rows] == ids


def test_slugs_are_unique() -> None:
    for rows in (KINDS, STREAMS):
        assert len({row.slug for row in rows}) == len(rows)


def test_the_gaps_are_those_that_the_guide_leaves() -> None:
    assert [row.id for row in KINDS if row.gap] == ["DK-04", "DK-25"]
    assert [row.id for row in STREAMS if row.gap] == ["CS-15"]


def test_the_fields_that_the_guide_states_are_marked() -> None:
    stated = {
        stream.id: [part.name for part in stream.fields if part.status == "stated"] for stream in STREAMS
    }
    assert {stream: fields for stream, fields in stated.items() if fields} == {
        "CS-01": ["date"],
        "CS-02": ["patient"],
        "CS-03": ["patient name", "date called"],
        "CS-04": ["channel", "date"],
        "CS-06": ["UBRN"],
    }


def test_a_stream_needs_five_things() -> None:
    assert len(read_capture_streams().each_needs) == 5


def test_every_stream_of_which_something_is_kept_has_one_place_in_the_order() -> None:
    placed = [stream for step in ORDER.steps for stream in step.streams]
    assert sorted(placed) == [stream.id for stream in STREAMS if stream.fields]
    assert len(ORDER.steps) == 10


def test_the_lists_of_three_editions_are_kept_as_they_are() -> None:
    assert [(one.edition, len(one.items)) for one in ORDER.guide_lists] == [
        ("2019", 6),
        ("2020", 5),
        ("draft of 2019", 5),
    ]


def test_what_is_ours_or_inferred_is_marked_so() -> None:
    tables = [table for one in (CHECKS, RULES, REQUIREMENTS) for _, table in one]
    rows = [row for table in tables for row in table if hasattr(row, "status") and "-" in row.id]
    assert [row.id for row in rows if row.status == "inferred"] == ["CK-11", "DR-012", "DR-036"]
    measures = numbered("PM", 3, 9)
    assert [row.id for row in rows if row.status == "proposed"] == [
        *measures,
        "TP-08",
        "TP-09",
        "IS-09",
        "MP-11",
    ]
    assert all(step.status == "proposed" for step in ORDER.steps)
    assert [row.id for row in ORDER.requirements if row.status == "proposed"] == ["RE-05", "RE-07"]


def test_the_library_of_criteria_and_the_long_field_lists_are_whole() -> None:
    assert len(RULES.criteria) == 30
    assert len(RULES.issue_log[8].fields) == 15
    assert len(REQUIREMENTS.extracts[1].fields) == 13
    assert len(REQUIREMENTS.mapping[10].fields) == 10


def test_who_signs() -> None:
    assert {row.id: row.signers for row in RULES.sign_offs} == {
        "SO-01": ("practice_manager",),
        "SO-02": ("lead_gp",),
        "SO-03": ("practice_manager",),
        "SO-04": ("practice_manager",),
        "SO-05": ("practice_manager",),
        "SO-06": ("practice_manager", "commissioner"),
    }
    assert [row.id for row in RULES.sign_offs if row.task is None] == ["SO-06"]


def test_an_id_given_twice_is_refused() -> None:
    row = CleaningCheck(id="DC-01", check="x", tasks=("T05-04",), source=("S3",))
    with pytest.raises(ValidationError, match="DC-01 stands twice"):
        Checks.model_validate({**dict(CHECKS), "cleaning": (row, row)})


def test_a_stated_row_without_a_source_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs its source"):
        CleaningCheck(id="DC-01", check="x", tasks=("T05-04",))


@pytest.mark.parametrize(
    "text",
    [
        "steps: []\nrequirements: []\nguide_lists: []\nmore: 1",
        "steps: [{place: 2, item: a, who: [b], method: c, why_here: d}]\nrequirements: []\nguide_lists: []",
    ],
)
def test_a_key_too_many_or_a_hole_in_the_order_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError, match=r"definition\.shape"):
        parse_text(ReentryOrder, "a.yaml", text)
