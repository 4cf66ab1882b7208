"""The lists that go with a plan as sheets: dates, notices, rules, gates, service levels, settings, days to avoid."""

from __future__ import annotations

from godwit.papers.plan_words import (
    ADVICE,
    CLOCK_STATES,
    MILESTONE_STATES,
    RULE_RESULTS,
    SEVERITIES,
    PlanWords,
    rivals_words,
    rule_words,
    sentence,
    setting_source,
    setting_words,
)
from godwit.papers.sheet import Sheet, SheetColumn
from godwit.papers.state_looks import STATE_LOOKS
from godwit.plan.making import Plan


def key_date_sheet(plan: Plan) -> Sheet:
    """The milestones with their days."""
    columns = (
        SheetColumn("Milestone", 10),
        SheetColumn("Name", 36),
        SheetColumn("Day", 18, "date"),
        SheetColumn("Earliest", 18, "date"),
        SheetColumn("Latest", 18, "date"),
        SheetColumn("State", 12, looks=STATE_LOOKS),
        SheetColumn("Reached on", 18, "date"),
        SheetColumn("Why this date", 60),
    )
    rows = tuple(
        (
            one.milestone.id,
            one.milestone.name,
            one.day,
            one.earliest,
            one.latest,
            MILESTONE_STATES[one.status],
            one.day if one.status == "reached" else None,
            sentence(one.because),
        )
        for one in plan.milestones
    )
    return Sheet("Key dates", columns, rows)


def notice_sheet(plan: Plan) -> Sheet:
    """Whom to tell by when, with room for the day on which they were told."""
    columns = (
        SheetColumn("Party", 9),
        SheetColumn("Who is told", 34),
        SheetColumn("Tell by", 18, "date"),
        SheetColumn("Told on", 18, "date"),
        SheetColumn("First reminder", 18, "date"),
        SheetColumn("Second reminder", 18, "date"),
        SheetColumn("Off on", 18, "date"),
        SheetColumn("On again", 18, "date"),
        SheetColumn("Notice", 14),
        SheetColumn("Too late by, days", 10, "number"),
        SheetColumn("Contact", 26),
        SheetColumn("Why this date", 44),
        SheetColumn("Source", 14),
    )
    rows = tuple(
        (
            one.party.id,
            f"{one.party.name}{f' ({one.own.product})' if one.own.product else ''}",
            one.tell_by,
            None,
            one.remind_on[0] if one.remind_on else None,
            one.remind_on[1] if len(one.remind_on) > 1 else None,
            one.off_on,
            one.on_on,
            one.period.words,
            one.late or None,
            one.own.contact or None,
            sentence(one.because),
            ", ".join(one.party.source),
        )
        for one in plan.notices
    )
    return Sheet("Notices", columns, rows, "Write the day under “Told on” when the party has been told.")


def rule_sheet(plan: Plan) -> Sheet:
    """Every rule with what it says of this plan and what to do."""
    columns = (
        SheetColumn("Rule", 8),
        SheetColumn("Name", 40),
        SheetColumn("Result", 15, looks=STATE_LOOKS),
        SheetColumn("Why", 60),
        SheetColumn("What to do", 46),
        SheetColumn("Weight", 16),
        SheetColumn("Gate", 8),
        SheetColumn("Source", 14),
    )
    rows = tuple(
        (
            one.id,
            one.name,
            rule_words(one.result, one.applies),
            sentence(one.because),
            one.advice,
            SEVERITIES[one.severity],
            one.gate,
            ", ".join(one.source),
        )
        for one in sorted(
            plan.rules, key=lambda one: (not one.applies, [*RULE_RESULTS].index(one.result), one.id)
        )
    )
    return Sheet("Rules", columns, rows, "Rules that are not kept come first, then those not known yet.")


def gate_sheet(plan: Plan, words: PlanWords) -> Sheet:
    """The gates, one row for each thing still missing."""
    columns = (
        SheetColumn("Gate", 8),
        SheetColumn("Name", 22),
        SheetColumn("State", 10, looks=STATE_LOOKS),
        SheetColumn("Still missing", 90),
        SheetColumn("Signed by", 34),
    )
    rows = tuple(
        (
            one.id,
            one.name,
            "Open" if one.open else "Shut",
            missing,
            words.roles(one.signed_by),
        )
        for one in plan.gates
        for missing in one.missing or (None,)
    )
    return Sheet(
        "Gates", columns, rows, "Nothing beyond a gate begins before everything it asks for is there."
    )


def service_level_sheet(plan: Plan) -> Sheet:
    """The clocks of the service levels."""
    columns = (
        SheetColumn("Level", 9),
        SheetColumn("Name", 44),
        SheetColumn("Limit", 18),
        SheetColumn("Clock starts", 18, "date"),
        SheetColumn("Ends on", 18, "date"),
        SheetColumn("Stopped on", 18, "date"),
        SheetColumn("State", 15, looks=STATE_LOOKS),
        SheetColumn("Why", 60),
        SheetColumn("Source", 14),
    )
    rows = tuple(
        (
            one.id,
            one.name,
            one.limit,
            one.starts,
            one.due,
            one.stopped,
            CLOCK_STATES[one.state],
            sentence(one.because),
            ", ".join(one.source),
        )
        for one in plan.slas
    )
    note = "Where editions give two limits for one service level, both are shown."
    return Sheet("Service levels", columns, rows, note)


def setting_sheet(plan: Plan) -> Sheet:
    """The figures in force, who chose them and what else they could be."""
    columns = (
        SheetColumn("Setting", 26),
        SheetColumn("What it is", 44),
        SheetColumn("In force", 30),
        SheetColumn("Chosen by", 22),
        SheetColumn("Why", 36),
        SheetColumn("Other values", 50),
        SheetColumn("Source", 16),
    )
    rows = tuple(
        (
            name,
            one.setting.title,
            setting_words(one.setting, one.value),
            one.chosen_by,
            sentence(one.because) or None,
            rivals_words(one) or None,
            setting_source(one) or None,
        )
        for name, one in plan.settings.items()
    )
    note = "A practice or its area can set each of these in its own file; the plan then follows."
    return Sheet("Settings", columns, rows, note)


def avoid_sheet(plan: Plan) -> Sheet:
    """The times of year to avoid or to know about."""
    columns = (
        SheetColumn("From", 18, "date"),
        SheetColumn("To", 18, "date"),
        SheetColumn("What", 34),
        SheetColumn("Advice", 14),
        SheetColumn("Why", 60),
        SheetColumn("How sure", 12),
        SheetColumn("Source", 16),
    )
    rows = tuple(
        (
            one.starts,
            one.ends,
            one.name,
            ADVICE[one.advice],
            sentence(one.because),
            one.status,
            ", ".join(one.source),
        )
        for one in plan.windows
    )
    return Sheet("Days to avoid", columns, rows)
