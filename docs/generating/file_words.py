"""What each key of people's files and of plan.json means. A key without words stops the generator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from godwit.definitions.read import Definition
from godwit.plan.case import Area, Event, Facts, FixedDate, OwnTask, OwnValue, Party, Person, Practice

Keys = Mapping[str, tuple[str, str]]
"""Key to where it comes from (1: the first contract, +: added) and what it means."""

FILES: Final[Mapping[type[Definition], tuple[str, Mapping[str, str]]]] = {
    Practice: (
        "practice.yaml: one practice",
        {
            "practice": "its name",
            "ods_code": "its organisation code; with it, calendar entries keep their identity when the name changes",
            "list_size": "number of patients",
            "commissioner": "name of its ICB",
            "delivery_partner": "who delivers IT for it",
            "current_system": "the system it leaves",
            "new_system": "the system it goes to",
            "route": "how orders are placed: 2026 (Buying Catalogue), or the ways of 2020 or 2019",
            "answers": "the questions below, `true` or `false`; the usual answer holds for those left out",
            "people": "who fills a role: see *a person*",
            "third_parties": "those in use, see *a third party*; all usual ones if none is named",
            "calendar": "days that matter here, a list of *events*",
            "settings": "own values of [settings](settings.md), each a value or *an own value*",
            "tasks": "own changes to [tasks](tasks.md) by id: see *a changed task*",
        },
    ),
    Area: (
        "area.yaml: what an ICB sets for all its practices",
        {
            "area": "its name",
            "settings": "as in a practice file; a practice's own value goes before it",
            "tasks": "as in a practice file; a practice's own change goes before it",
            "calendar": "as in a practice file",
        },
    ),
    Facts: (
        "facts.yaml: what has happened",
        {
            "done": "tasks by id, with the day each was finished",
            "started": "tasks under way, with the day each was started",
            "dates": "days that somebody has set, by key date (`IDP`), milestone or task id: see *a set date*",
            "answers": "answers to [questions](facts.md) by name",
        },
    ),
    Person: ("A person", {"name": "name", "contact": "phone or e-mail at work"}),
    Party: (
        "A third party",
        {
            "product": "the product in use",
            "contact": "whom to tell",
            "notice": "the notice it asks for, such as `10d`; the link then goes off no earlier",
        },
    ),
    Event: (
        "An event",
        {
            "name": "what it is",
            "kind": "`closed` means that nobody works; the others are shown and counted against a date",
            "starts": "first day",
            "ends": "last day",
            "who": "whom it is about",
        },
    ),
    OwnValue: ("An own value", {"value": "the value", "because": "the reason, shown wherever the value is"}),
    OwnTask: (
        "A changed task",
        {
            "because": "the reason",
            "responsible": "roles that do it",
            "consulted": "roles that take part",
            "when": "its timing, a list of lines such as `by GL - 10wd` ([what each form means](timing.md))",
            "lasts": "how long it takes: `5wd`, or least, likely and most `[3wd, 5wd, 15wd]`, or `span`",
            "after": "the tasks it comes after: ids, or `{task, kind, lag, because}`",
            "condition": "questions of which one must be yes; an empty list for always",
            "days": "whether it may fall on a weekend",
            "aim": "as early as it can, or shortly before its last day",
        },
    ),
    FixedDate: (
        "A set date",
        {
            "day": "the day",
            "status": "confirmed dates are named when a move breaks them",
            "because": "who set it, and where it is written",
        },
    ),
}

PLAN: Final[Keys] = {
    "practice": ("1", "its name"),
    "ods_code": ("+", "its organisation code"),
    "go_live": ("1", "the go-live day of the plan"),
    "today": ("1", "the day the plan was made for"),
    "edition": ("1", "which reading of the guide"),
    "pace": ("+", "comfortable, usual or fastest"),
    "weeks": ("+", "weeks from the order to go-live; null where no order is in the plan"),
    "length": ("+", "the same in words, beside what is usual"),
    "feasible": ("1", "whether the go-live can be kept at this pace"),
    "earliest_go_live": ("1", "the first day that could be kept, from today and what is done"),
    "too_late": ("+", "null, or working_days missing, earliest_go_live, and the chain that makes it so"),
    "critical_chain": ("+", "what pushes the go-live, from the order on: task, name, start, due, because"),
    "clashes": ("+", "dates that somebody has set and that do not fit, in words"),
    "settings": ("1", "all settings, below"),
    "conditions": ("+", "questions answered with yes: slug, question"),
    "milestones": ("1", "below"),
    "tasks": ("1", "all tasks, those that do not apply too, below"),
    "notices": ("+", "third parties to tell, below"),
    "windows": ("1", "stretches to avoid or know about, below"),
    "rules": ("1", "all rules, below"),
    "gates": ("1", "below"),
    "slas": ("1", "clocks of the service levels, below"),
    "forecast": ("+", "below; null once live"),
    "revision": ("+", "how often this folder was made"),
    "fingerprint": ("+", "hash over all the rest: a plan.json that was edited is refused"),
    "inputs": ("+", "texts of practice, area and facts files, and the record of moves"),
}

NESTED: Final[Mapping[str, tuple[str, Keys]]] = {
    "settings": (
        "A setting",
        {
            "name": ("1", "name"),
            "title": ("+", "what it is"),
            "value": ("1", "the value in force"),
            "chosen_by": ("+", "the guide, Godwit's proposal, a pace, the area or the practice"),
            "because": ("+", "the reason"),
            "rivals": ("1", "other values found: value, source, note"),
            "source": ("1", "sources of the value in force; empty if it stands in no edition"),
            "conflict": ("+", "number of the conflict between editions, or null"),
        },
    ),
    "milestones": (
        "A milestone",
        {
            "id": ("1", "MS-01 to MS-30"),
            "name": ("1", "name"),
            "phase": ("+", "P01 to P15"),
            "date": ("1", "planned day, or the day it was reached"),
            "earliest": ("1", "earliest day"),
            "latest": ("1", "latest day at which go-live still holds"),
            "status": ("1", "planned, provisional, confirmed, reached or late"),
            "because": ("1", "which task reaches it, and why on that day"),
        },
    ),
    "tasks": (
        "A task",
        {
            "id": ("1", "such as T05-04"),
            "phase": ("1", "P01 to P15"),
            "name": ("1", "name"),
            "applies": ("1", "whether it applies to this practice; if not, it has no days"),
            "condition": ("1", "questions of which one must be yes; empty for always"),
            "responsible": ("1", "roles that do it"),
            "consulted": ("1", "roles that take part"),
            "start": ("1", "planned start"),
            "due": ("1", "planned finish, or the day it was done"),
            "earliest": ("+", "earliest finish"),
            "latest": ("+", "latest finish at which the plan still holds"),
            "deadline": ("+", "a limit that is shown and moves nothing"),
            "depends_on": ("1", "tasks it comes after"),
            "critical": ("1", "whether no working day is to spare"),
            "slack_days": ("1", "working days to spare; negative when too late"),
            "late": ("+", "whether it cannot be done in time"),
            "status": ("+", "planned, provisional, confirmed or done"),
            "rest_day": ("+", "whether it starts or ends on a day of rest"),
            "turns": ("+", "the days of a task that comes round"),
            "evidence": ("1", "ids of documents it makes"),
            "shows": ("+", "what shows that it is done, in words"),
            "because": ("1", "why it stands on these days, or does not apply"),
            "source": ("1", "source codes"),
            "setting": ("1", "the first setting its timing uses, or null"),
        },
    ),
    "notices": (
        "A third party to tell",
        {
            "party": ("+", "id"),
            "slug": ("+", "short name"),
            "name": ("+", "name"),
            "tell_by": ("+", "last day to tell it"),
            "remind_on": ("+", "days to remind it"),
            "off_on": ("+", "its link goes off"),
            "on_on": ("+", "its link comes back"),
            "period": ("+", "the notice counted with"),
            "late_days": ("+", "by how many days the notice comes too late"),
            "because": ("+", "whose figure it is"),
        },
    ),
    "windows": (
        "A window",
        {
            "name": ("1", "name"),
            "from": ("1", "first day"),
            "to": ("1", "last day"),
            "kind": ("1", "such as flu, qof, bank_holiday, leave"),
            "status": ("+", "stated, proposed, or estimate: the usual pattern"),
            "because": ("+", "why it matters"),
            "source": ("+", "sources"),
        },
    ),
    "rules": (
        "A rule",
        {
            "id": ("1", "R-01 to R-90"),
            "name": ("+", "name"),
            "result": ("1", "pass, fail or cannot_tell"),
            "because": ("1", "with the plan's own days; for cannot_tell, what is missing and whom to ask"),
            "severity": ("+", "B stops a gate, W warns, I informs"),
            "applies": ("+", "false where it passes because it is not about this practice"),
            "advice": ("+", "what to do"),
            "source": ("+", "source codes"),
        },
    ),
    "gates": (
        "A gate",
        {
            "id": ("1", "G1 to G8"),
            "name": ("1", "name"),
            "open": ("1", "whether nothing is missing"),
            "missing": ("1", "what is missing, in words"),
            "signed_by": ("+", "roles that sign"),
        },
    ),
    "slas": (
        "A clock of a service level",
        {
            "id": ("1", "SLA-01 to SLA-14; one row for each rival limit"),
            "name": ("+", "name"),
            "limit": ("+", "the limit"),
            "starts": ("1", "when it starts, planned or real"),
            "due": ("1", "last day in time"),
            "stopped": ("+", "the day it stopped, once it has"),
            "state": ("1", "not_started, running, met, breached or will_breach"),
            "because": ("1", "in words"),
            "source": ("+", "source codes"),
        },
    ),
}

FORECAST: Final[Keys] = {
    "runs": ("+", "how many times the plan was run with lengths drawn between least and most"),
    "seed": ("+", "the same seed gives the same answer"),
    "kept": ("+", "share of runs that keep the go-live"),
    "key_dates": ("+", "for ORD, KO, … GL: id, p50, p80, p95: days that 50, 80, 95 of 100 runs keep"),
    "milestones": ("+", "the same for MS-01 to MS-30"),
    "drivers": ("+", "what makes runs late: task, name, on_the_chain (share of late runs), extra_days"),
}

EFFECT: Final[Keys] = {
    "moved": ("+", "tasks: id, name, start_before, due_before, start, due, days, because"),
    "milestones": ("+", "milestones, the same keys"),
    "now_late": ("+", "tasks that were in time"),
    "in_time_again": ("+", "tasks that were late"),
    "confirm_again": ("+", "done tasks that told somebody a day that no longer holds: task, name, because"),
    "rules_broken": ("+", "rules that held before"),
    "rules_mended": ("+", "rules that failed before"),
    "feasible": ("+", "whether the go-live can still be kept"),
    "too_late": ("+", "as in the plan"),
}
