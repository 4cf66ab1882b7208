"""Links told by what stands at their other end, and people and places that every patient's file brings anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.meaning import COPY, HELD, TOLD, tell_links, told_by_meaning
from godwit.records.compare.stage import columns_of, make_rooms
from godwit.records.duck import Duck
from godwit.records.formats.known import Known
from tests.support.staged import LINK, Fields


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """Empty tables of a side that was read patient by patient."""
    with Duck(tmp_path) as one:
        make_rooms(one)
        one.run("test", f"CREATE SCHEMA IF NOT EXISTS {HELD}")
        for entity in ENTITIES:
            one.load(f"{HELD}.{entity}", columns_of(entity), [])
        one.load(f"{HELD}.link", LINK, [])
        ledger = ("side", "entity", "file", "record", "kind", "reason", "detail")
        one.load("ledger.set_aside", dict.fromkeys(ledger, "VARCHAR"), [])
        yield one


def hold(duck: Duck, entity: str, row: int, **fields: str | int | None) -> None:
    usual: Fields = {
        "side": "target",
        "row": row,
        "file": 1,
        "record": row,
        "record_kind": entity,
        "person": 1,
    }
    duck.load(f"{HELD}.{entity}", columns_of(entity), [{**usual, **fields}])


def lead(duck: Duck, row: int, role: str, *ends: int | str) -> None:
    duck.load(f"{HELD}.link", LINK, [
        {"side": "target", "row": row, "role": role, "ordinal": n,
         "target": end if isinstance(end, int) else None, "words": end if isinstance(end, str) else None}
        for n, end in enumerate(ends)
    ])  # fmt: skip


def told(duck: Duck, entity: str, column: str, row: int) -> str | None:
    tell_links(duck)
    found: str | None = duck.run("test", f"SELECT {column} FROM {TOLD}.{entity} WHERE row = {row}")[0][0]
    return found


def test_a_person_is_told_by_name(duck: Duck) -> None:
    hold(duck, "practitioner", 1, title="Dr", given="Sarah", family="ADAMS")
    hold(duck, "observation", 2)
    lead(duck, 2, "performer", 1)
    assert told(duck, "observation", "performer", 2) == "dr sarah adams"


def test_an_organisation_is_told_by_its_code_and_a_place_by_its_name(duck: Duck) -> None:
    hold(duck, "organisation", 1, kind="organisation", ods_code="Z99999", name="Tern Lane Surgery")
    hold(duck, "organisation", 2, kind="place", name="Branch  Surgery")
    hold(duck, "consultation", 3)
    lead(duck, 3, "organisation", 1)
    lead(duck, 3, "location", 2)
    assert told(duck, "consultation", "concat_ws('|', organisation, location)", 3) == "Z99999|branch surgery"


def test_a_consultation_is_told_by_its_start_and_a_group_by_its_term(duck: Duck) -> None:
    hold(duck, "consultation", 1, start="2020-03-05T09:15:00")
    hold(duck, "observation", 2, code_term='["Full blood count"]')
    hold(duck, "observation", 3)
    lead(duck, 3, "consultation", 1)
    lead(duck, 3, "parent", 2)
    both = told(duck, "observation", "concat_ws('|', consultation, parent)", 3)
    assert both == "2020-03-05T09:15:00|Full blood count"


def test_an_issue_names_its_course_by_drug_and_start(duck: Duck) -> None:
    hold(duck, "medication_authorisation", 1, drug_term='["Aspirin 75mg tablets"]', start="2020-03-05")
    hold(duck, "medication_issue", 2)
    lead(duck, 2, "authorisation", 1)
    assert told(duck, "medication_issue", "authorisation", 2) == "Aspirin 75mg tablets @ 2020-03-05"


def test_a_course_that_could_not_be_coded_is_told_by_its_words(duck: Duck) -> None:
    degraded = {"drug": '["snomed|196421000000109"]', "drug_term": '["Transfer-degraded medication entry"]'}
    hold(duck, "medication_authorisation", 1, **degraded, drug_text="Special cream", start="2020")
    hold(duck, "medication_issue", 2)
    lead(duck, 2, "authorisation", 1)
    assert told(duck, "medication_issue", "authorisation", 2) == "Special cream @ 2020"


def test_a_problem_is_told_at_its_entries_though_the_link_stands_at_the_problem(duck: Duck) -> None:
    hold(duck, "problem", 1, code_term='["Asthma"]', onset="2010")
    hold(duck, "observation", 2)
    lead(duck, 1, "linked", 2)
    assert told(duck, "observation", "problem", 2) == "Asthma @ 2010"


def test_words_stand_for_a_link_that_leads_nowhere(duck: Duck) -> None:
    hold(duck, "immunisation", 1)
    lead(duck, 1, "manufacturer", "Ternway  Ltd")
    assert told(duck, "immunisation", "manufacturer", 1) == "ternway ltd"


def test_several_ends_are_told_in_order(duck: Duck) -> None:
    hold(duck, "practitioner", 1, family="Adams")
    hold(duck, "practitioner", 2, family="Brown")
    hold(duck, "consultation", 3)
    lead(duck, 3, "participant", 2, 1)
    assert told(duck, "consultation", "participant", 3) == "brown; adams"


def test_the_same_person_in_another_file_is_set_aside_and_counted(duck: Duck) -> None:
    hold(duck, "practitioner", 1, kind="person", family="Adams")
    hold(duck, "practitioner", 2, kind="person", family="Adams", file=2, person=2)
    hold(duck, "practitioner", 3, kind="person", family="Brown")
    tell_links(duck)
    kept = duck.run("test", f"SELECT row, person FROM {TOLD}.practitioner ORDER BY row")
    assert kept == [(1, 0), (3, 0)]
    aside = duck.run("test", "SELECT entity, record, reason FROM ledger.set_aside")
    assert [(entity, int(record), reason) for entity, record, reason in aside] == [("practitioner", 2, COPY)]


def test_a_patients_own_records_are_never_copies(duck: Duck) -> None:
    hold(duck, "recall", 1, text="same")
    hold(duck, "recall", 2, text="same")
    tell_links(duck)
    assert duck.run("test", f"SELECT row, person FROM {TOLD}.recall ORDER BY row") == [(1, 1), (2, 1)]


def test_a_format_that_links_at_the_problem_fills_the_link_at_the_entries() -> None:
    some = {name: frozenset[str]() for name in ENTITIES}
    fills = {**some, "problem": frozenset({"linked"}), "observation": frozenset({"code"})}
    known = told_by_meaning(Known("gpconnect", "GP Connect", {"index": "a list"}, fills))
    assert known.fills["observation"] == {"code", "problem"}
    assert known.fills["medication_authorisation"] == frozenset()
    assert set(known.reasons) == {"index", COPY}
