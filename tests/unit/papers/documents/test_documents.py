"""Every document of a plan, as files."""

import re
from datetime import date
from itertools import groupby

import pytest

from godwit.papers.documents.desk import day_in_words, short_day
from godwit.papers.documents.documents import document_kinds, plan_documents
from godwit.papers.documents.words import BLANK
from godwit.papers.paper import Note, Table
from tests.unit.papers.documents.filled import (
    FORTY_TEN_DIGITS,
    MADE_ON,
    files,
    paper,
    papers,
    plan,
    text_of,
    texts,
)


def said(path: str, key: str = "full") -> str:
    return "\n".join(texts(paper(path, key)))


def test_every_document_opens_and_holds_its_title() -> None:
    found = files()
    titles = {path: one.title for _, path, one in papers()}
    assert len(found) > 110
    for path, content in found.items():
        stem = path.rpartition(".")[0]
        assert re.sub(r"\s+", " ", titles[stem]) in re.sub(r"\s+", " ", text_of(path, content)), path


@pytest.mark.parametrize("key", ["full", "bare", "chosen"])
def test_nothing_is_left_to_fill_in_and_no_patient_stands_there(key: str) -> None:
    for _, path, one in papers(key):
        whole = "\n".join(texts(one))
        assert not re.search(r"[{}]", whole), path
        assert not FORTY_TEN_DIGITS.search(whole), path
        assert "None" not in re.sub(r"None\.", "", whole), path


def test_the_same_plan_gives_the_same_bytes() -> None:
    wanted = {"documents/cutover-plan.docx", "documents/cutover-plan.pdf", "documents/notices/pcse.docx"}
    again = {path: content for path, content in plan_documents(plan(), MADE_ON) if path in wanted}
    assert again == {path: files()[path] for path in wanted}


def test_kinds_say_what_they_are() -> None:
    kinds = {one.slug: one for one in document_kinds()}
    request = kinds["data-extract-request"]
    assert (request.artefacts, request.formats, request.for_role) == (
        ("ART-21",),
        ("docx", "pdf"),
        "current_supplier",
    )
    assert [path for path, _ in request.made_by(plan(), MADE_ON)] == ["documents/data-extract-request"]
    assert [phase for phase, _ in groupby(one.phase for one in document_kinds())] == sorted(
        {one.phase for one in document_kinds()}
    )


def test_the_documents_of_the_brief_are_there() -> None:
    wanted = """data-extract-request kickoff-agenda-and-minutes contact-and-role-list raci hazard-log action-log
        integration-register notice-schedule technical-survey-checklist test-patient-request cutover-plan reentry-plan
        information-governance-checklist training-plan log-off-and-zero-task-proof non-migrating-data data-sign-off
        go-live-sign-off overrun-report deployment-survey lessons-log patients/poster patients/website-text
        patients/letter patients/online-message patients/questions-and-answers"""
    assert {f"documents/{one}.docx" for one in wanted.split()} <= set(files())


@pytest.mark.parametrize("go_live", [date(2027, 6, 18), date(2027, 9, 15)])
def test_dates_are_the_plans(go_live: date) -> None:
    made = plan("full", go_live)
    request = dict(
        next(one for one in document_kinds() if one.slug == "data-extract-request").made_by(made, MADE_ON)
    )
    whole = "\n".join(texts(request["documents/data-extract-request"]))
    for anchor in ("IDP", "FDP", "GL", "LEGACY"):
        assert day_in_words(made.schedule.on(anchor)) in whole
    assert day_in_words(made.schedule.tasks["T02-18"].due) in whole


def test_every_third_party_gets_its_notice() -> None:
    for notice in plan().notices:
        letter = said(f"notices/{notice.party.slug.replace('_', '-')}")
        for day in (notice.tell_by, *notice.remind_on, notice.off_on, notice.on_on):
            assert day_in_words(day) in letter, notice.party.slug
        assert notice.party.name in letter
        assert "X99999" in letter
        assert notice.period.words in letter
        assert "Slip to send back" in letter


def test_a_notice_asks_what_this_party_is_asked() -> None:
    letter = said("notices/pathology-laboratories")
    assert "telephone urgent results" in letter
    assert "telephone urgent results" not in said("notices/docman")
    assert day_in_words(plan().schedule.on("GL")) in letter


def test_only_parties_in_use_are_written_to() -> None:
    notices = [path for _, path, _ in papers("chosen") if "/notices/" in path]
    assert notices == ["documents/notices/pcse", "documents/notices/docman"]
    assert "desk@example.org" in said("notices/docman", "chosen")
    assert [path for _, path, _ in papers("chosen") if "/extract-requests/" in path] == [
        "documents/extract-requests/docman"
    ]


def test_every_stream_that_is_kept_has_its_form() -> None:
    forms = {path.rpartition("/")[2] for _, path, _ in papers() if "/capture-forms/" in path}
    streams = plan().guide.capture_streams.streams
    assert forms == {one.slug.replace("_", "-") for one in streams if one.fields}
    table = next(block for block in paper("capture-forms/consultations").blocks if isinstance(block, Table))
    wanted = ["Patient", "Date", "Author", "Coded items", "Free text", "Medication", "Entered again, by"]
    assert [column.title for column in table.columns] == wanted
    assert all(cell.strip() == "" for row in table.rows for cell in row)


def test_a_capture_form_is_one_page() -> None:
    for path, content in files().items():
        if "/capture-forms/" in path:
            assert "Page 1 of 1" in text_of(path, content), path


def test_what_does_not_apply_is_not_made() -> None:
    made = {path for _, path, _ in papers("bare")}
    assert "documents/dispensary-stock-record" not in made
    assert "documents/legacy-access-extension" not in made
    assert "documents/capture-forms/dispensary" not in made
    assert "documents/dispensary-stock-record" in {path for _, path, _ in papers("full")}


def test_names_are_the_practices_or_lines_to_write_on() -> None:
    assert "Mina Example" in said("data-extract-request")
    assert "Lead GP: Dr Sam Sample" in said("data-sign-off")
    bare = said("kickoff-agenda-and-minutes", "bare")
    assert f"Lead GP: {BLANK}" in bare
    fields = [
        entry for block in paper("go-live-record", "bare").blocks for entry in getattr(block, "entries", ())
    ]
    assert next(one for one in fields if one.label == "ODS code").value is None


def test_the_table_of_roles_is_the_guides() -> None:
    table = next(block for block in paper("raci").blocks if isinstance(block, Table))
    assert (len(table.rows), len(table.columns)) == (15, 14)
    assert table.rows[7][3] == "A sign"
    assert table.rows[0][2] == "i"


def test_the_hazard_log_starts_with_twelve() -> None:
    table = next(block for block in paper("hazard-log").blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows if row[0].startswith("HZ")] == [f"HZ-{n:02}" for n in range(1, 13)]


def test_reentry_keeps_the_order_of_the_guide() -> None:
    table = next(block for block in paper("reentry-plan").blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [str(n) for n in range(1, 11)]
    assert table.rows[0][1] == "Future appointments"


def test_the_cutover_plan_has_every_stream_and_marks_what_is_proposed() -> None:
    whole = said("cutover-plan")
    assert all(one.name in whole for one in plan().guide.capture_streams.streams)
    assert "Rollback triggers (proposed)" in whole
    assert "Proposed: do this" in whole
    assert short_day(plan().schedule.on("FDP")) in whole


def test_test_patients_have_pseudonyms_only() -> None:
    one = paper("test-patient-request")
    table = next(block for block in one.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == [
        "No",
        "Criterion",
        "Patient key",
        "Picked by",
        "Random",
    ]
    criteria = {one.name for one in plan().guide.checking_rules.criteria}
    assert criteria <= {row[1] for row in table.rows}
    assert "pseudonyms only" in "\n".join(texts(one))


def test_sources_stand_at_the_end_but_not_before_patients() -> None:
    assert paper("cutover-plan").sources[:2] == ("A:05", "B:05")
    assert paper("patients/poster").sources == ()


def test_nobody_sends_out_dates_that_cannot_be_kept() -> None:
    made = plan("full", date(2026, 12, 9))
    assert made.schedule.too_late is not None
    for kind in document_kinds():
        for path, one in kind.made_by(made, MADE_ON):
            first = one.blocks[0]
            assert isinstance(first, Note), path
            assert day_in_words(made.schedule.too_late.earliest) in first.text, path
    assert not any("Do not use yet" in text for _, _, one in papers() for text in texts(one))
