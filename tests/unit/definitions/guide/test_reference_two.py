"""Third parties, artefacts, the standard, hazards, gaps and words: whole, and honest about what was not seen."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from pydantic import ValidationError

from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.artefacts import Artefacts, read_artefacts
from godwit.definitions.guide.dmi import NOT_ASSESSED, DataMigrationStandard, Requirement, read_dmi
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.gaps import DesignConsequences, Gaps, read_design_consequences, read_gaps
from godwit.definitions.guide.hazards import Hazards, read_hazards
from godwit.definitions.guide.third_parties import (
    LinkLife,
    Notice,
    ThirdParties,
    ThirdParty,
    read_link_life,
    read_third_parties,
)
from godwit.definitions.guide.words import Words, read_words
from godwit.definitions.read import Definition, parse_text

PARTIES = {one.id: one for one in read_third_parties()}
ARTEFACTS = {one.id: one for one in read_artefacts()}
REQUIREMENTS = {one.id: one for one in read_dmi().requirements}
TASK = re.compile(r"T(0[1-9]|1[0-5])-\d\d")


def ids(prefix: str, most: int) -> list[str]:
    return [f"{prefix}-{number:02}" for number in range(1, most + 1)]


def text_of(name: str) -> str:
    return resources.files("godwit.definitions.guide").joinpath(name).read_text(encoding="utf-8")


def test_no_row_of_the_catalogue_is_missing() -> None:
    assert list(PARTIES) == ids("TPY", 39)
    assert list(ARTEFACTS) == ids("ART", 60)
    assert [one.id for one in read_hazards()] == ids("HZ", 12)
    assert [one.id for one in read_gaps().marked] == ids("GA", 30)
    assert [one.id for one in read_gaps().noticed] == ids("GB", 32)
    assert len(read_design_consequences()) == 10
    assert len(read_words()) == 97
    assert len(read_link_life().states) == 10
    assert len(read_dmi().dde_headings) == 12
    assert list(REQUIREMENTS) == [*(f"DMI{number:02}" for number in range(1, 28)), "DMI-unnumbered"]


def test_a_notice_period_stands_only_where_a_source_states_one() -> None:
    stated = {one.slug: str(one.notice.value) for one in PARTIES.values() if one.notice.value}
    assert stated == {"docman": "5d", "eps": "5w", "pcse": "2w"}


@pytest.mark.parametrize("notice", [{"value": "5d"}, {"source": ["A:01"]}])
def test_a_notice_period_without_its_source_is_refused(notice: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="neither"):
        Notice.model_validate(notice)


def test_the_links_that_go_off_and_on() -> None:
    linked = {one.slug for one in PARTIES.values() if one.link}
    assert {"docman", "pcse", "eps", "pathology_laboratories", "screening_services", "accurx"} <= linked
    assert not {"new_supplier", "buying_catalogue", "smartcards", "spine"} & linked


@pytest.mark.parametrize("party", PARTIES.values(), ids=lambda one: one.slug)
def test_every_party_has_tasks_and_something_that_happens(party: ThirdParty) -> None:
    stages = party.stages
    steps = (
        *stages.kickoff,
        *stages.pre_migration,
        *stages.cutover_planning,
        *stages.cutover,
        *stages.go_live,
    )
    assert steps
    assert all(TASK.fullmatch(task) for task in party.handled_by)


def test_what_the_guide_leaves_out_or_implies_about_a_party_is_marked() -> None:
    found = {
        (one.slug, step.status)
        for one in PARTIES.values()
        for steps in (one.stages.cutover_planning, one.stages.cutover, one.stages.go_live)
        for step in steps
        if step.status != "stated"
    }
    assert found == {
        ("inr_star", "inferred"),
        ("gp2gp", "gap"),
        ("summary_care_record", "gap"),
        ("buying_catalogue", "gap"),
    }


def test_the_life_of_a_link() -> None:
    life = read_link_life()
    assert (life.states[0].id, life.states[-1].id, life.status) == ("listed", "done", "proposed")
    assert [str(one) for one in life.reminders.before_change] == ["7d", "0d"]
    assert life.chase.after == Duration(5, "wd")


def test_a_link_that_ends_before_its_last_state_is_refused() -> None:
    broken = text_of("link_states.yaml").replace("moves_on: the notice is sent\n", "moves_on: null\n")
    with pytest.raises(DefinitionError, match="every state but the last"):
        parse_text(LinkLife, "link_states.yaml", broken)


def test_every_artefact_is_made_by_a_task_and_every_field_says_what_it_is_about() -> None:
    for one in ARTEFACTS.values():
        assert all(TASK.fullmatch(task) for task in one.made_by)
        assert all(field.about.strip() for field in one.fields)


@pytest.mark.parametrize(
    ("artefact", "stated", "proposed"),
    [
        ("ART-12", 0, 8),
        ("ART-21", 2, 6),
        ("ART-23", 12, 0),
        ("ART-26", 0, 10),
        ("ART-36", 0, 15),
        ("ART-45", 4, 2),
    ],
)
def test_fields_the_guide_does_not_name_are_marked(artefact: str, stated: int, proposed: int) -> None:
    found = [field.status for field in ARTEFACTS[artefact].fields]
    assert (found.count("stated"), found.count("proposed")) == (stated, proposed)


def test_how_much_of_the_standard_was_seen() -> None:
    found = [one.text_status for one in REQUIREMENTS.values() if one.id != "DMI-unnumbered"]
    assert [found.count(status) for status in ("seen", "subject_only", "unseen")] == [4, 3, 20]
    cited = [one.id for one in REQUIREMENTS.values() if one.cited_by_guide]
    assert cited == ["DMI01", "DMI02", "DMI06", "DMI07", "DMI26"]
    assert REQUIREMENTS["DMI-unnumbered"].level == "may"


def test_an_unseen_requirement_says_that_it_is_not_assessed_and_nothing_else() -> None:
    unseen = [one for one in REQUIREMENTS.values() if one.text_status == "unseen"]
    assert {one.told for one in unseen} == {NOT_ASSESSED}
    assert all(one == Requirement(id=one.id, text_status="unseen") for one in unseen)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            {"id": "DMI04", "text_status": "unseen", "text_paraphrase": "It asks for this."},
            "nothing may be said",
        ),
        (
            {"id": "DMI04", "text_status": "unseen", "level": "must", "level_status": "presumed"},
            "nothing may be said",
        ),
        ({"id": "DMI04", "text_status": "seen", "text_paraphrase": "It asks for this."}, "where it was read"),
        (
            {
                "id": "DMI03",
                "text_status": "seen",
                "text_paraphrase": "It.",
                "reference": "page",
                "level": "must",
            },
            "how it is known",
        ),
    ],
)
def test_a_requirement_that_claims_too_much_is_refused(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Requirement.model_validate(row)


def test_hazards_known_only_by_analogy_are_marked() -> None:
    assert [one.id for one in read_hazards() if one.by_analogy] == [
        f"HZ-{number:02}" for number in range(4, 10)
    ]


def test_a_gap_that_asks_for_nothing_is_closed() -> None:
    without = [one for one in read_gaps().marked if one.answer is None]
    assert [(one.id, one.answered_by, one.still_open) for one in without] == [
        ("GA-30", "nothing_to_answer", False)
    ]


def test_the_words_explain_themselves_with_words_that_are_there() -> None:
    words = {one.term: one for one in read_words()}
    assert "ICB" in words["CCG"].see
    assert "integrated care board" in words["ICB"].also_called


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("{term: Spine,", "{term: Workflow,"), "a name stands twice|no such term"),
        (("see: [ICB]", "see: [Nowhere]"), "no such term"),
    ],
)
def test_a_glossary_that_leads_astray_is_refused(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(DefinitionError, match=reason):
        parse_text(Words, "words.yaml", text_of("words.yaml").replace(*change, 1))


@pytest.mark.parametrize(
    ("model", "name", "change"),
    [
        (ThirdParties, "third_parties.yaml", ("TPY-02", "TPY-01")),
        (ThirdParties, "third_parties.yaml", ("slug: docman", "slug: spine")),
        (Artefacts, "artefacts.yaml", ("ART-02", "ART-01")),
        (Artefacts, "artefacts.yaml", ("name: strategic fit", "name: drivers")),
        (DataMigrationStandard, "dmi.yaml", ("id: DMI09", "id: DMI08")),
        (DataMigrationStandard, "dmi.yaml", ("number: 2,", "number: 3,")),
        (Hazards, "hazards.yaml", ("id: HZ-02", "id: HZ-01")),
        (Gaps, "gaps.yaml", ("id: GB-02", "id: GB-01")),
        (DesignConsequences, "design_consequences.yaml", ("number: 2,", "number: 1,")),
    ],
)
def test_a_row_that_stands_twice_is_refused(
    model: type[Definition], name: str, change: tuple[str, str]
) -> None:
    with pytest.raises(DefinitionError, match=r"twice|without a hole"):
        parse_text(model, name, text_of(name).replace(*change, 1))


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (ThirdParties, "third_parties.yaml"),
        (LinkLife, "link_states.yaml"),
        (Artefacts, "artefacts.yaml"),
        (DataMigrationStandard, "dmi.yaml"),
        (Hazards, "hazards.yaml"),
        (Gaps, "gaps.yaml"),
        (DesignConsequences, "design_consequences.yaml"),
        (Words, "words.yaml"),
    ],
)
def test_a_key_that_no_rule_knows_is_refused(model: type[Definition], name: str) -> None:
    with pytest.raises(DefinitionError, match="surprise"):
        parse_text(model, name, f"{text_of(name)}surprise: 1\n")
