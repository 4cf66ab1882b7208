"""The guide's reference tables: whole, with every figure kept, and each row leaning only on what exists."""

import re

import pytest
from pydantic import BaseModel

from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.conditions import read_conditions
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.edition_words import read_edition_words
from godwit.definitions.guide.lead_times import LeadTimes, read_lead_times
from godwit.definitions.guide.raci import read_raci
from godwit.definitions.guide.readiness import read_readiness
from godwit.definitions.guide.roles import read_regional, read_roles
from godwit.definitions.guide.settings import Setting, read_days_of_year, read_settings
from godwit.definitions.guide.slas import Sla, read_slas
from godwit.definitions.guide.sources import read_sources
from godwit.definitions.read import parse_text

SETTINGS = {one.name: one for one in read_settings().settings}
ROLES = {one.slug for one in read_roles().roles}
ORDERED_ROLES = (
    "project_manager practice_manager lead_gp practice_staff clinicians registrations_clerk prescribing_lead "
    "change_champions commissioner delivery_partner trainers data_quality_team business_change_lead it_lead "
    "new_supplier current_supplier third_party_suppliers pcse senders ig_team migration_agent ccio patient_group "
    "database_administrator local_board"
)
DEFAULTS = {
    "total_length_least": "12w",
    "total_length_most": "16w",
    "extract_notice": "15wd",
    "extract_notice_comfortable": "25wd",
    "cutover": "3d",
    "cutover_alarm": "14d",
    "legacy_access": "90d",
    "links_off": "2d",
    "screening_hold": "2d",
    "breather_slots": "10wd",
    "trained_people": "2",
    "cutover_meeting": "28d",
    "rounds_most": "5",
    "data_quality_review": "20wd",
    "log_off": "always",
    "flu_season": "09-01..12-31",
    "qof_window": "03-01..04-15",
}


# ---------------------------------------------------------------- durations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("15wd", "15 working days"),
        ("1wd", "1 working day"),
        ("2w", "2 weeks"),
        ("3m", "3 months"),
        ("0d", "0 days"),
    ],
)
def test_a_duration_is_read_and_written_and_said(text: str, words: str) -> None:
    assert str(Duration.parse(text)) == text
    assert Duration.parse(text).words == words


@pytest.mark.parametrize("text", ["", "15", "wd", "-1d", "1.5w", "2 w", "1y", "15WD"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a length of time"):
        Duration.parse(text)


def test_a_duration_is_never_negative() -> None:
    with pytest.raises(ValueError, match="not negative"):
        Duration(-1, "d")


def test_a_definition_writes_a_duration_as_it_reads_it() -> None:
    class Held(BaseModel):
        value: Duration

    assert Held.model_validate({"value": "15wd"}).model_dump() == {"value": "15wd"}


# ---------------------------------------------------------------- settings


def test_every_conflict_of_the_editions_is_a_setting() -> None:
    assert {one.conflict for one in SETTINGS.values() if one.conflict} == set(range(1, 23))


def test_a_conflict_keeps_its_rivals() -> None:
    single = {one.name for one in SETTINGS.values() if one.conflict and not one.rivals}
    assert single == {"total_length_least", "total_length_most", "cutover_alarm", "screening_hold"}


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_defaults(name: str, default: str) -> None:
    assert SETTINGS[name].default == SETTINGS[name].chosen.value == default


def test_the_rivals_of_the_extract_notice_and_the_old_access_are_there() -> None:
    assert [one.value for one in SETTINGS["extract_notice"].rivals] == ["25wd", "5wd"]
    assert [one.value for one in SETTINGS["legacy_access"].rivals] == ["45d", "3m"]


def test_what_one_edition_says_against_itself_is_a_setting_too() -> None:
    for name in (
        "registrations_done_before",
        "end_signature",
        "data_quality_review",
        "recheck",
        "flu_season",
    ):
        assert SETTINGS[name].rivals


def _setting(**fields: object) -> Setting:
    row = {
        "name": "some",
        "title": "Some",
        "about": "",
        "kind": "count",
        "default": "1",
        "status": "proposed",
    }
    return Setting.model_validate({**row, "values": [{"value": "1", "source": ["A"]}], **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"default": "2"}, "none of the values"),
        ({"kind": "duration"}, "a length of time"),
        ({"kind": "yes_no"}, "yes or no"),
        ({"kind": "day_of_year_range"}, "a season"),
        ({"kind": "choice"}, "needs a note"),
        ({"values": [{"value": "1"}]}, "needs its source"),
        ({"values": [{"value": "1", "source": ["A"]}] * 2}, "stands twice"),
        ({"default": "x", "values": [{"value": "x", "source": ["A"]}]}, "whole number"),
    ],
)
def test_an_unsound_setting_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        _setting(**fields)


def test_a_practice_may_set_any_length_but_only_a_listed_choice() -> None:
    SETTINGS["cutover"].check("4d")
    with pytest.raises(ValueError, match="is one of always, check_first"):
        SETTINGS["log_off"].check("never")


def test_a_season_may_cross_the_new_year_and_holds_real_days() -> None:
    assert read_days_of_year("09-01..03-31") == ((9, 1), (3, 31))
    with pytest.raises(ValueError, match="no day of the year"):
        read_days_of_year("02-30..04-15")


# ---------------------------------------------------------------- service levels and lead times


def test_all_service_levels_are_there_and_bind_known_roles() -> None:
    slas = read_slas().slas
    assert [one.id for one in slas] == [f"SLA-{number:02}" for number in range(1, 15)]
    assert all(set(one.bound) <= ROLES for one in slas)
    assert [one.id for one in slas if one.for_practice] == ["SLA-04", "SLA-05", "SLA-08", "SLA-13"]


def test_the_limits_of_the_service_levels() -> None:
    first = [str(one.limits[0].value) if one.limits else one.limit_count for one in read_slas().slas]
    assert first == ["5wd", "5wd", "10wd", "1w", "6w", "2d", "2wd", "5wd", 5, "6w", "3d", "5d", "2w", "2wd"]
    assert [str(one.value) for one in read_slas().slas[1].limits] == ["5wd", "15wd"]


def test_a_service_level_has_a_clock_or_a_count() -> None:
    row = read_slas().slas[0].model_dump()
    for spoilt in ({"stops_at": ()}, {"limit_count": 5}, {"limits": (), "starts_at": (), "stops_at": ()}):
        with pytest.raises(ValueError, match="a clock with both ends and a limit, or a count"):
            Sla.model_validate({**row, **spoilt})


def test_all_lead_times_are_there_and_feed_settings_that_exist() -> None:
    rows = read_lead_times().lead_times
    assert [one.id for one in rows] == [f"LT-{number:02}" for number in range(1, 31)]
    assert {name for one in rows for name in one.settings} <= set(SETTINGS)


def test_every_figure_of_a_lead_time_is_kept_as_a_number() -> None:
    for row in read_lead_times().lead_times:
        written = {int(number) for number in re.findall(r"\d+", row.figure)}
        kept = {one.count for one in row.values} | set(row.counts)
        assert written <= kept | {1}, row.id
        assert kept - {1} <= written, row.id


# ---------------------------------------------------------------- people, questions, words, sources


def test_all_roles_are_there_in_their_order() -> None:
    assert " ".join(one.slug for one in read_roles().roles) == ORDERED_ROLES
    assert [one.id for one in read_roles().roles] == [f"RL-{number:02}" for number in range(1, 26)]


def test_raci_is_fifteen_phases_by_thirteen_parties() -> None:
    raci = read_raci()
    assert [row.phase for row in raci.rows] == [f"P{number:02}" for number in range(1, 16)]
    assert len(raci.columns) == 13
    assert {slug for one in raci.columns for slug in one.roles} <= ROLES


@pytest.mark.parametrize(
    ("phase", "column", "letters", "status", "words"),
    [
        ("P02", "commissioner", ("A", "R"), "stated", ""),
        ("P02", "new_supplier", ("R",), "stated", "accept"),
        ("P01", "practice_staff", ("I",), "inferred", ""),
        ("P12", "third_party_suppliers", (), "stated", "off"),
        ("P13", "current_supplier", ("R",), "stated", "read only"),
        ("P06", "pcse_and_senders", (), "stated", ""),
    ],
)
def test_a_cell_keeps_its_letters_status_and_words(
    phase: str, column: str, letters: tuple[str, ...], status: str, words: str
) -> None:
    cell = read_raci().of(phase, column)
    assert (cell.letters, cell.status, cell.words) == (letters, status, words)


def test_readiness_has_fifteen_rows_and_the_thirteen_streams() -> None:
    table = read_readiness()
    assert [one.id for one in table.rows] == [f"RQ-{number:02}" for number in range(1, 16)]
    assert len(table.rows[11].questions) == 13 + 1
    assert {slug for roles in table.parties.values() for slug in roles} <= ROLES


def test_eight_things_vary_by_area() -> None:
    rows = read_regional().regional
    assert len(rows) == 8
    assert {slug for one in rows for slug in one.usually} <= ROLES


def test_conditions_have_the_codes_of_the_catalogue() -> None:
    conditions = read_conditions().conditions
    assert len(conditions) == 45
    codes = " ".join(sorted(one.code for one in conditions if one.code))
    assert codes == "BR DISP DOC EC EPS ERD EXT FEE HWGAP IM1 INR MESH PFS PHASE3 REMOTE SMS"


def test_an_answer_replaces_the_default_and_leans_on_the_other() -> None:
    conditions = read_conditions()
    assert "dispensing" not in conditions.holding({})
    assert "dispensing" in conditions.holding({"dispensing": True})
    assert "paper_scripts" in conditions.holding({"paper_scripts": True})
    assert "paper_scripts" not in conditions.holding(
        {"paper_scripts": True, "electronic_prescriptions": False}
    )
    with pytest.raises(KeyError):
        conditions.holding({"flying": True})


def test_the_vocabulary_map_is_whole() -> None:
    assert len(read_edition_words().words) == 10


def test_every_source_code_of_these_tables_is_explained() -> None:
    sourced = [
        *(value.source for one in SETTINGS.values() for value in one.values),
        *(one.source for one in read_slas().slas),
        *(limit.source for one in read_slas().slas for limit in one.limits),
        *(one.source for one in read_lead_times().lead_times),
        *(one.source for one in read_conditions().conditions),
        read_regional().source,
        read_readiness().source,
    ]
    explain = read_sources().explain
    assert [code for source in sourced for code in source if explain(code) is None] == []


def test_sources_explain_parts_and_refuse_what_they_do_not_know() -> None:
    sources = read_sources()
    assert [one.code for one in sources.sources] == [
        "all",
        "S0",
        "S1",
        "S2",
        "S3",
        "S4",
        "A",
        "B",
        "H",
        "N",
        "X",
    ]
    assert str(sources.explain("A:05")).endswith("cutover planning")
    assert sources.explain("A:ST-CCG")
    assert sources.explain("X:GPG 8c")
    assert [sources.explain(code) for code in ("Q", "A:", "A:77", "S9", "SLA-01")] == [None] * 5


# ---------------------------------------------------------------- errors name the file and the rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{edition: x, lead_times: [], extra: 1}", "extra: this key is not known here"),
        ("{edition: x, lead_times: [{id: LT-01, figure: f, meaning: m}]}", "needs its source"),
        (
            "{edition: x, lead_times: [&a {id: LT-01, figure: f, meaning: m, source: [A]}, *a]}",
            "LT-01 stands twice",
        ),
    ],
)
def test_a_spoilt_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=re.escape(said)):
        parse_text(LeadTimes, "lead_times.yaml", text)
