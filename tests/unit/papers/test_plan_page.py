"""The plan as a page, read back as a document."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from godwit.papers.page_tables import page_table, rows_where
from godwit.papers.page_templates import css_text, script, script_hash
from godwit.papers.plan_page import plan_page
from godwit.papers.sheet import Sheet, SheetColumn
from godwit.plan.making import Plan
from godwit.plan.paces import Paces
from godwit.plan.risk import forecast
from tests.support import whole_plans

PLANS = {"fresh": whole_plans.fresh, "too late": whole_plans.too_late, "under way": whole_plans.under_way}


def page(plan: Plan, **more: Any) -> Any:
    return html.fromstring(plan_page(plan, whole_plans.MADE_ON, **more))


def words(found: Any) -> str:
    return " ".join(found.text_content().split())


@pytest.mark.parametrize("name", PLANS)
def test_every_task_rule_gate_notice_clock_and_setting_is_on_the_page(name: str) -> None:
    plan = PLANS[name]()
    text = words(page(plan))
    said = [
        *(f"{one.task.id} {one.task.name}" for one in plan.schedule.tasks.values()),
        *(one.because for one in plan.schedule.tasks.values()),
        *(one.name for one in plan.rules),
        *(missing for gate in plan.gates for missing in gate.missing),
        *(one.party.name for one in plan.notices),
        *(one.limit for one in plan.slas),
        *(one.setting.title for one in plan.settings.values()),
        *(one.milestone.name for one in plan.milestones),
    ]
    assert [one for one in said if " ".join(one.split()) not in text] == []


@pytest.mark.parametrize("name", PLANS)
def test_ids_are_unique_and_every_link_leads_somewhere(name: str) -> None:
    found = page(PLANS[name](), moves=whole_plans.MOVES)
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one.removeprefix("#") for one in found.xpath("//a/@href")} <= set(ids)
    assert set(" ".join(found.xpath("//@aria-labelledby")).split()) <= set(ids)


def test_nothing_is_asked_of_the_network() -> None:
    found = page(whole_plans.fresh())
    assert found.xpath("//@src") == []
    assert found.xpath("//link/@href") == ["data:,"]
    assert "http" not in "".join(found.xpath("//style/text()"))


def test_only_our_own_script_may_run() -> None:
    found = page(whole_plans.under_way())
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (told,) = found.xpath("//script/text()")
    assert f"'{script_hash(told)}'" in policy
    assert told == script("plan.js")


def test_a_name_is_never_a_tag() -> None:
    found = page(whole_plans.under_way(), moves=whole_plans.MOVES)
    assert whole_plans.TRICKY in words(found.xpath("//h1")[0])
    assert found.xpath("//b") == []
    assert len(found.xpath("//script")) == 1


def test_a_date_that_cannot_be_kept_says_why_and_what_can() -> None:
    late = whole_plans.too_late().schedule.too_late
    assert late is not None
    answer = words(page(whole_plans.too_late()).xpath("//section[contains(@class, 'answer')]")[0])
    assert "cannot be kept" in answer
    assert all(link.task in answer for link in late.chain)


def test_moves_and_a_forecast_have_their_sections() -> None:
    plan = whole_plans.fresh()
    bare = page(plan)
    assert not bare.xpath("//*[@id='history' or @id='forecast']")
    case = plan.case
    odds = forecast(
        whole_plans.maker().scheduler.problem(case, plan.schedule.pace), 20, 1, plan.guide.milestones
    )
    full = page(plan, forecast=odds, moves=whole_plans.MOVES)
    history = words(full.xpath("//section[h2/@id='history']")[0])
    assert "Initial data production" in history
    assert "The supplier has no slot <b>" in history
    assert f"{round(odds.kept * 100)}%" in words(full.xpath("//section[h2/@id='forecast']")[0])


def test_every_picture_has_a_title_a_description_and_a_table_beside_it() -> None:
    found = page(whole_plans.fresh())
    pictures = found.xpath("//*[local-name()='svg' and @role='img']")
    assert len(pictures) >= 16
    for one in pictures:
        assert one.xpath("./*[local-name()='title']")
        assert one.xpath("./*[local-name()='desc']")
    assert len(found.xpath("//details[contains(@class, 'phase')]//table")) == 15


def test_the_same_plan_gives_the_same_page() -> None:
    plan = whole_plans.under_way()
    assert plan_page(plan, whole_plans.MADE_ON) == plan_page(plan, whole_plans.MADE_ON)


def test_a_sheet_becomes_a_table() -> None:
    columns = (
        SheetColumn("Day", 9, "date"),
        SheetColumn("State", 9, looks={"Late": "bad"}),
        SheetColumn("N", 9, "number"),
    )
    sheet = Sheet("S", columns, ((date(2027, 5, 3), "Late", 2), (None, "Done", None)))
    table = page_table(sheet, "Some days", "State", "Day")
    assert table.columns == ("State", "Day")
    assert [cell.text for cell in table.rows[0]] == ["Late", "Mon 3 May 2027"]
    assert [cell.look for cell in table.rows[0]] == ["bad", None]
    assert [cell.text for cell in table.rows[1]] == ["Done", ""]
    assert len(page_table(rows_where(sheet, "State", ["Done"]), "Done").rows) == 1


def test_css_text_holds_nothing_that_ends_a_string() -> None:
    assert css_text('a"b') == "a\\22 b"


def test_the_paces_stand_side_by_side_with_what_they_break_and_where_the_days_go() -> None:
    plan = whole_plans.fresh()
    found = Paces.of(whole_plans.maker(), plan.case)
    section = page(plan, paces=found).xpath("//section[@aria-labelledby='paces']")[0]
    paces, days = section.xpath(".//table")
    rows = [words(one) for one in paces.xpath(".//tbody/tr")]
    starts = ("Comfortable this plan", "Usual", "Fastest")
    assert all(row.startswith(start) for row, start in zip(rows, starts, strict=True))
    assert ["SLA-10 Checking and transformation are finished" in one for one in rows] == [True, True, False]
    assert rows[2].endswith("Nothing")
    tasks = [words(one).split()[0] for one in days.xpath(".//tbody/tr/th")]
    assert tasks == [one.task for one in found.differing]


def test_a_limit_that_the_guide_itself_cannot_keep_is_not_laid_at_the_practices_door() -> None:
    text = words(page(whole_plans.fresh()))
    assert "cannot be met by the guide’s own steps; that is not your doing." in text
    assert "planned after its own limit" not in text
    assert text.count("The guide is at odds with itself.") == 1
