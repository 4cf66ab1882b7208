"""What people read of the control: all found, or what not to rely on a run for, and the exit code that follows."""

from typing import Any

import pytest

from godwit.cli.compare import FailOn, _verdict
from godwit.cli.exits import Exit
from godwit.records.evidence.control_tables import control_section, missed
from godwit.records.evidence.report import render_report
from tests.support import summaries

Facts = dict[str, Any]
BLIND = [
    {"entity": "allergy", "kind": "garbled", "field": "text"},
    {"table": "SRCode", "kind": "row_lost", "column": None},
    {"table": "SRCode", "kind": "cell", "column": "DateEvent"},
]


def told(**control: object) -> Facts:
    """A run with a control that showed this."""
    return {**summaries.told(), "control": {**summaries.control(), **control}}


def page(summary: Facts) -> str:
    return " ".join(render_report(summary, summaries.manifest()).split())


def test_what_was_missed_is_named_by_its_place_in_record_or_file() -> None:
    part = control_section(told(found=293, missed=BLIND))
    assert part is not None
    assert part["failed"]
    assert part["missed"] == [
        "Allergies, free text: a letter of a text garbled",
        "SRCode: a row taken out of a file",
        "SRCode, DateEvent: another text in a cell of a file",
    ]


def test_a_run_that_overlooks_a_fault_says_so_and_leaves_with_a_code_of_its_own() -> None:
    blind, sound = told(found=295, missed=BLIND[:1]), told()
    assert (missed(blind), missed(sound)) == (1, 0)
    assert "Not found. Do not rely on this run for:" in page(blind)
    assert "Do not rely on this run" not in page(sound)
    blind["causes"] = sound["causes"] = []
    assert _verdict(blind, FailOn.critical) is Exit.FINDINGS
    assert _verdict(sound, FailOn.critical) is Exit.DONE


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ({}, "Nothing was found in records that have nothing to do with a planted fault."),
        ({"beside": 1}, "1 finding came up beside a planted fault"),
        ({"others": 2}, "2 findings came up in records that have nothing to do with any planted fault"),
        ({"bare": [{"entity": "allergy", "field": "text"}]}, "1 field in which nothing could be planted"),
        (
            {"kinds": [{"kind": "moved", "planted": 9, "found": 9, "at_field": 3}]},
            "that nothing but its date tells from others is shown as one that is missing and one that is unexpected",
        ),
        (
            {"kinds": [{"kind": "cell", "planted": 9, "found": 9, "at_field": 9}]},
            "Faults in files were planted in a copy of the beginning of each file of the target",
        ),
    ],
)
def test_the_report_says_what_else_the_control_showed(control: Facts, words: str) -> None:
    assert words in page(told(**control))
    assert (words in page(told())) == (not control)
