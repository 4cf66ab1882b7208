"""Pages about what goes into a plan and what comes out: people's files, the rule language, `plan.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from docs.generating.file_words import EFFECT, FILES, FORECAST, NESTED, PLAN, Keys
from docs.generating.tables import code, codes, table
from godwit.cli.plan_folder import PlanInputs, Record, Texts
from godwit.cli.planning import made_plan, plan_maker
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.read import Definition
from godwit.papers.plan_json import effect_json, forecast_json, plan_json
from godwit.plan.moving import effect_of
from godwit.plan.risk import forecast
from godwit.plan.rules.functions import FUNCTIONS, WINDOW_KINDS
from godwit.plan.rules.truth import Unknown, Value, all_of, any_of

TODAY, FIRST, SECOND = date(2026, 11, 23), date(2027, 6, 18), date(2027, 6, 25)
"""The days of the plan whose keys the page lists."""

FILES_INTRO = """\
YAML files that people write. Every key has a default but those marked *needed*. An unknown key is an error that
names the file and the line. Days are written `2027-03-01`; lengths `10d` days, `15wd` working days, `4w` weeks,
`3m` months."""

LANGUAGE_INTRO = """\
The check of a rule is one expression, such as `MEETING <= FDP - 28d`. Allowed: `and or not`, `a if b else c`,
`< <= > >= == !=`, `+ -` (days with lengths, counts with counts), `*` (counts), the names and functions below,
numbers, texts in quotes, `True`, `False`. Nothing else. It is checked when the guide is read."""

UNKNOWN_INTRO = """\
A missing answer is neither yes nor no. It spreads through everything that needs it, and the rule then says
*cannot tell* and whom to ask. One thing that decides the whole is enough, whatever else is not known:"""

PLAN_INTRO = """\
What other programs may rely on: names here stay; more may be added. Days are ISO texts or null. Ids are those
of the guide. *1* marks the keys of the first contract, *+* those added since. The commands print the same shapes
under `--json`. A `plan.json` alone can be shown and checked again: it holds its `inputs`."""


# ---------------------------------------------------------------- people's files


def practice_file() -> Iterator[str]:
    """Every key of practice, area and facts files, and every name that may stand in them."""
    guide = read_guide()
    yield from ("# Practice, area and facts files", "")
    yield FILES_INTRO
    for model, (title, words) in FILES.items():
        yield from ("", f"## {title}", "")
        yield from table(("Key", "Needed", "One of", "Meaning"), _keys_of(model, words))
    yield from ("", "## Questions under `answers` in a practice file", "")
    yield from table(
        ("Name", "Question", "Usual", "Because", "Only with"),
        (
            (code(one.slug), one.question, "yes" if one.default else "no", one.why, code(one.only_if))
            for one in guide.conditions.conditions
            if not one.slug.startswith("route_")
        ),
    )
    yield from ("", "## Roles under `people`", "", "Full names and former names work too.", "")
    yield from table(
        ("Name", "Role", "Also called"),
        ((code(one.slug), one.name, ", ".join(one.also_called)) for one in guide.roles.roles),
    )
    yield from (
        "",
        "## Third parties under `third_parties`",
        "",
        "Full names and product names work too.",
        "",
    )
    yield from table(
        ("Name", "Third party", "Also called", "Notice stated in the guide"),
        (
            (
                code(one.slug),
                one.name,
                ", ".join(one.also_called),
                one.notice.value.words if one.notice.value else "none",
            )
            for one in guide.third_parties
        ),
    )


def _keys_of(model: type[Definition], words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    known = model.model_fields
    if set(known) != set(words):
        raise KeyError(f"{model.__name__}: words and keys differ in {sorted(set(known) ^ set(words))}")
    for name, field in known.items():
        choices = _choices(field.annotation)
        yield code(name), "yes" if field.is_required() else "", codes(choices), words[name]


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(one) for one in get_args(annotation))
    return tuple(choice for one in get_args(annotation) for choice in _choices(one))


# ---------------------------------------------------------------- the rule language


def rule_language() -> Iterator[str]:
    """The words of the language in which the guide's rules are written."""
    guide = read_guide()
    yield from ("# The rule language", "")
    yield LANGUAGE_INTRO
    yield from ("", "## Names", "")
    points = len(guide.anchors)
    yield "`today` · every [setting](settings.md) · every [question](facts.md) · lengths such as `28d 15wd 4w 1m`"
    yield f"· {points} key dates:"
    yield ""
    yield from table(
        ("Name", "Means", "Is the start of"),
        ((code(one.id), one.name, " or else ".join(one.of)) for one in guide.anchors),
    )
    yield from (
        "",
        "## Functions",
        "",
        "A *test* is an expression in quotes over the columns of the list before it.",
        "",
    )
    yield from table(
        ("Function", "Gives", "What"),
        (
            (code(f"{name}({', '.join(one.takes)})"), one.gives.replace("_", " or "), one.about)
            for name, one in FUNCTIONS.items()
        ),
    )
    yield from ("", f"Kinds of windows: {codes(sorted(WINDOW_KINDS))}.")
    yield from ("", "## What is not known", "")
    yield UNKNOWN_INTRO
    yield ""
    yield from table(("a", "b", "`a and b`", "`a or b`"), _three_valued())


def _three_valued() -> Iterator[tuple[str, ...]]:
    values: tuple[Value, ...] = (True, False, Unknown(("?",)))
    for left in values:
        for right in values:
            yield tuple(_word(one) for one in (left, right, all_of((left, right)), any_of((left, right))))


def _word(value: Value) -> str:
    return "not known" if isinstance(value, Unknown) else "yes" if value else "no"


# ---------------------------------------------------------------- plan.json


def plan_file() -> Iterator[str]:
    """Every key of plan.json and of what `move` and `risk` print, checked against a plan made here."""
    plan, later = (_plan(day) for day in (FIRST, SECOND))
    odds = forecast_json(forecast(plan_maker().scheduler.problem(plan.case, plan.schedule.pace), 20, 1))
    whole = {**plan_json(plan), "forecast": odds, "revision": 1, "inputs": {}, "fingerprint": ""}
    yield from ("# plan.json", "")
    yield PLAN_INTRO
    yield from ("", "## The plan", "")
    yield from _json_table(PLAN, whole)
    for name, (title, keys) in NESTED.items():
        yield from ("", f"## {title}", "")
        yield from _json_table(keys, _first(whole[name]))
    yield from ("", "## `forecast`, and `godwit plan risk --json`", "")
    yield from _json_table(FORECAST, odds)
    yield from ("", "## What `godwit plan move --json` says besides `milestone`, `to` and `written`", "")
    yield from _json_table(EFFECT, effect_json(effect_of(plan, later)))


def _plan(go_live: date) -> Any:
    return made_plan(PlanInputs(Texts("practice: An example\n"), Record(go_live=go_live)), TODAY)


def _first(rows: Any) -> Mapping[str, Any]:
    """The keys of all rows together: what does not apply has fewer."""
    return {key: value for row in rows for key, value in row.items()}


def _json_table(keys: Keys, made: Mapping[str, Any]) -> Iterator[str]:
    if set(keys) != set(made):
        raise KeyError(f"words and keys differ in {sorted(set(keys) ^ set(made))}")
    yield from table(("Key", "", "Meaning"), ((code(key), keys[key][0], keys[key][1]) for key in made))
