"""Write the pages of `docs/generated` from the definitions, the mappings, the spec tables and the commands themselves.

Pages of the guide, of files that people write and of formats are in `docs/generating`.

Run by `python3 dev.py docs`; `tests/house/test_generated_docs.py` fails when a page is not what this makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typer
import yaml

from docs.generating.check_pages import clean_up_checks, faults, losses, sql_functions
from docs.generating.file_pages import plan_file, practice_file, rule_language
from docs.generating.format_pages import formats, layout, other_tables, set_aside
from docs.generating.guide_pages import facts, guide_rules, settings, tasks
from docs.generating.proof_pages import counts, criteria, house_keeping, risks
from docs.generating.tables import cell, table
from godwit.cli.app import app
from godwit.definitions.comparison import read_equivalences
from godwit.definitions.comparison.equivalences import Example
from godwit.records.rule_words import RULE_WORDS

BESIDE = {"#differs": "fields that differ"}
"""Our own words for what an example says of its record beside the fields."""

EXIT_CODES = (
    "0 done · 1 findings or broken rules at or above --fail-on · 2 wrong usage · 3 input refused · "
    "4 the books do not balance · 5 a defect of Godwit · "
    "6 the machine refused (disk, memory, permission) · 130 interrupted"
)

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "generated"


def said(value: str | None) -> str:
    """A canonical text as an example shows it."""
    return "(nothing)" if value is None else f"`{value}`".replace("\n", " ⏎ ")


def equivalences() -> Iterator[str]:
    """Every rule with its source, its reach, what it accepts and what it refuses."""
    yield "# Equivalence rules"
    yield ""
    yield "A difference that one of these explains is not a finding; each use is counted in the run."
    yield "Every example is a test."
    for rule in read_equivalences():
        reach = ", ".join(f"`{one}`" for one in rule.fields)
        between = ", ".join(f"{one} → {two}" for one, two in rule.between) or "any two formats"
        yield from (
            "",
            f"## {rule.title}",
            "",
            f"`{rule.id}` · {reach} · {between}",
            "",
            f"Source: {rule.source}.",
            "",
        )
        rows = [("accepts", *example(one)) for one in rule.accepts] + [
            ("refuses", *example(one)) for one in rule.refuses
        ]
        head = ("", "Source", "Target", "Beside it in the source", "in the target", "By the map")
        kept = len(head) if any(row[-1] for row in rows) else len(head) - 1
        yield from table(head[:kept], (row[:kept] for row in rows))
    yield from house_keeping()


def example(one: Example) -> tuple[str, ...]:
    """The cells of one example."""
    beside = [
        ", ".join(f"{BESIDE.get(key, key)}: {value}" for key, value in row.items())
        for row in (one.source_row, one.target_row)
    ]
    mapped = ", ".join(f"{code} → {target}" for code, target in one.map.items())
    return said(one.source), said(one.target), *beside, mapped


def rules_in_words() -> Iterator[str]:
    """Rules that inputs and records can break."""
    yield from ("# Rules in words", "", "What an error, a reject or an issue means.", "")
    yield from table(
        ("Rule", "Meaning"), ((f"`{rule}`", words) for rule, words in sorted(RULE_WORDS.items()))
    )


def values() -> Iterator[str]:
    """The spec tables of the shared values."""
    yield from ("# Values by example", "", "Every row is a test.")
    spec: dict[str, Any] = yaml.safe_load((ROOT / "tests/spec/values.yaml").read_text(encoding="utf-8"))
    for one in spec.values():
        yield from ("", f"## {one['title']}", "", f"Source: {one['source']}", "")
        yield from table(one["columns"], one["rows"])


def timing() -> Iterator[str]:
    """What each form of timing rule means, by its spec table."""
    yield from ("# Timing rules by example", "", "Every row is a test, its answer worked out by hand.")
    yield from (
        "T09-01 is the task asked about, T08-01 the one beside it; a bare day is a day that is set.",
        "",
    )
    spec: dict[str, Any] = yaml.safe_load((ROOT / "tests/spec/timing_rules.yaml").read_text(encoding="utf-8"))
    yield f"Settings: {', '.join(f'`{name}` {value}' for name, value in spec['settings'].items())}."
    yield ""
    answers = ("start", "due", "latest_start", "latest", "deadline", "turns", "beside_due")
    for around in dict.fromkeys(one["around"] for one in spec["rows"]):
        rows = [one for one in spec["rows"] if one["around"] == around]
        yield from (f"## {around}", "")
        yield from table(
            ("Timing", "Given", "Answer", "Why"),
            ((rule_said(one), given_said(one), fields_said(one, answers), one["why"]) for one in rows),
        )
        yield ""


def rule_said(row: dict[str, Any]) -> str:
    """The fields of a task as its definition writes them."""
    return "; ".join(f"{name}: {flat(value)}" for name, value in row["says"].items())


def given_said(row: dict[str, Any]) -> str:
    """The days that are set, the pace, and the task beside."""
    said = [fields_said(row["given"], row["given"]), fields_said(row, ["pace"])]
    if row.get("beside"):
        said.append("T08-01 " + "; ".join(f"{name}: {flat(value)}" for name, value in row["beside"].items()))
    return "; ".join(one for one in said if one)


def fields_said(row: dict[str, Any], names: Iterable[str]) -> str:
    """Names and values, those that are there."""
    return "; ".join(f"{name.replace('_', ' ')} {flat(row[name])}" for name in names if name in row)


def flat(value: Any) -> str:
    """A value of a YAML file on one line."""
    if isinstance(value, dict):
        return " ".join(f"{name}: {flat(one)}" for name, one in value.items() if name != "because")
    return ", ".join(flat(one) for one in value) if isinstance(value, list) else str(value)


def commands() -> Iterator[str]:
    """Every command with its arguments, options and example."""
    yield from ("# Commands", "", f"Exit codes: {EXIT_CODES}.")
    group = typer.main.get_command(app)
    for name, command in _leaves("godwit", group):
        yield from ("", f"## {name}", "", (command.help or "").strip(), "")
        rows = [(spelling(one), getattr(one, "help", "") or "") for one in command.params]
        yield from table(("Argument or option", "Meaning"), rows)
        if command.epilog:
            yield from ("", command.epilog)


def spelling(parameter: Any) -> str:
    """How an argument or option is typed."""
    if parameter.param_type_name == "option":
        return ", ".join(f"`{one}`" for one in parameter.opts)
    return f"`{parameter.name.upper()}`"


def _leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if not below:
        yield name, command
        return
    for word, one in below.items():
        yield from _leaves(f"{name} {word}", one)


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "equivalences.md": equivalences,
    "risks.md": risks,
    "counts.md": counts,
    "sample-criteria.md": criteria,
    "formats.md": formats,
    "layout-emis.md": partial(layout, "emis"),
    "layout-tpp.md": partial(layout, "tpp"),
    "layout-tpp-other.md": partial(other_tables, "tpp"),
    "layout-vision.md": partial(layout, "vision"),
    "set-aside.md": set_aside,
    "losses.md": losses,
    "clean-up-checks.md": clean_up_checks,
    "faults.md": faults,
    "sql-functions.md": sql_functions,
    "rules.md": rules_in_words,
    "values.md": values,
    "timing.md": timing,
    "settings.md": settings,
    "tasks.md": tasks,
    "guide-rules.md": guide_rules,
    "rule-language.md": rule_language,
    "facts.md": facts,
    "practice-file.md": practice_file,
    "plan-json.md": plan_file,
    "commands.md": commands,
}

MEASURED = frozenset({"benchmarks.md", "detection.md"})
"""Pages that a measurement writes (`tests/benchmarks`): they hold figures of one machine and are not made here."""


def page(name: str) -> str:
    """The text of one generated page."""
    made_by = "<!-- Made by `python3 dev.py docs`; do not edit. -->"
    return "\n".join([made_by, *PAGES[name]()]).rstrip() + "\n"


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(page(name), encoding="utf-8")


__all__ = ["FOLDER", "MEASURED", "PAGES", "cell", "main", "page"]

if __name__ == "__main__":
    main()
