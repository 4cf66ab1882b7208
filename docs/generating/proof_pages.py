"""Pages about the proof: what risk is given to what, what is counted on both sides, whom a sample must hold."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generating.tables import code, codes, table
from godwit.definitions.comparison import read_severities
from godwit.definitions.comparison.degradation import read_degraded_classes
from godwit.definitions.comparison.harm import read_harm
from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.comparison.high_risk_drugs import read_high_risk_drugs
from godwit.definitions.comparison.house_keeping import HouseKeeping, read_house_keeping
from godwit.definitions.comparison.risks import ANY, Risk, read_risks
from godwit.definitions.registers import read_registers
from godwit.definitions.registers.clusters import read_starter_clusters
from godwit.records.canonical import ENTITIES
from godwit.records.reconcile.measures import Measure, read_measures
from godwit.records.sampling.criteria import Criterion, read_criteria

RISKS_INTRO = """\
Before a clinician has looked; her judgement stands above it. The first rule under *By what the records say* that fits
gives the risk; where none does, the table does. Hazards are a start for a hazard log: nobody has approved them."""

COUNTS_INTRO = """\
Every count is a set of records or patients on either side, in what both formats can hold. *Exact*: nobody joins or
leaves. *Explained*: whoever does has a finding, an agreement, a known loss or a rule behind it. *Information*: shown,
no gate. Where not both formats hold what a count rests on it says “cannot be told”, and an empty one “nobody counted”;
neither is a pass. [How to read them](../how-to/read-a-report.md)."""

REGISTERS_INTRO = """\
Rules of a dated snapshot in our own words; they earn nothing and are no official register. Codes come from lists
(clusters): [load the official ones](../how-to/load-maps-and-code-lists.md). Starter lists reach made-up practices
only."""

CRITERIA_INTRO = """\
A sample holds a patient for each of these whom the source has, some for rare kinds of data, and then some at random.
Words are looked for in the terms of codes: they choose patients to read and are no register."""


def risks() -> Iterator[str]:
    """The clinical risk of every kind of finding, and what raises or lowers it."""
    yield from ("# Clinical risk of differences", "", RISKS_INTRO, "", "## By kind of record", "")
    yield from _severities()
    yield from ("", "## By what the records say", "")
    yield from table(
        ("Rule", "Risk", "Records", "Outcome, field, reason", "When", "Why", "Hazards"),
        (_risk(one) for one in read_risks().rules),
    )
    yield from ("", "## Medicines of high risk", "", "By whole words of the product's name.", "")
    yield from table(
        ("Group", "Words", "But not", "Why"),
        (
            (one.title, ", ".join(one.words), ", ".join(one.but_not), one.why)
            for one in read_high_risk_drugs()
        ),
    )
    yield from ("", "## Hazards", "")
    yield from table(
        ("Hazard", "What", "Harm", "In the guide"),
        ((one.id, one.hazard, one.harm, ", ".join(one.guide)) for one in read_comparison_hazards()),
    )
    yield from _harm()
    yield from (
        "",
        "## Entries that lost their code",
        "",
        "Codes that say no more than that, worst first.",
        "",
    )
    yield from table(
        ("Class", "Read", "SNOMED CT"),
        ((one.title, one.read2, one.snomed) for one in read_degraded_classes()),
    )
    yield from ("", "## What to do", "")
    yield from table(("Kind", "Do"), read_severities().actions.items())


def _severities() -> Iterator[str]:
    rows = [
        (
            ENTITIES[name].title,
            row.missing,
            row.unexpected,
            row.different,
            ", ".join(f"{field}: {risk}" for field, risk in row.fields.items()),
            row.why,
        )
        for name, row in read_severities().entities.items()
    ]
    yield from table(
        ("Entity", "Missing", "Unexpected", "Different", "Fields with a risk of their own", "Why"), rows
    )


def _risk(rule: Risk) -> tuple[str, ...]:
    records = "all" if ANY in rule.entities else ", ".join(ENTITIES[one].title for one in rule.entities)
    reached = "; ".join(", ".join(one) for one in (rule.outcomes, rule.fields, rule.reasons) if one)
    words = f"words: {', '.join(rule.words)}" if rule.words else ""
    when = "; ".join(one for one in (code(rule.when), words) if one)
    return code(rule.id), rule.severity, records, reached, when, rule.why, ", ".join(rule.hazards)


def _harm() -> Iterator[str]:
    harm = read_harm()
    yield from ("", "## Harm of an agreed difference", "")
    yield f"From {harm.clinical_from} a clinician is one of the two people; from {harm.never_from} nobody can accept."
    yield ""
    yield from table(
        ("Likelihood", *harm.severities),
        (
            (likelihood.replace("_", " "), *(str(harm.result(one, likelihood)) for one in harm.severities))
            for likelihood in harm.matrix
        ),
    )


def house_keeping() -> Iterator[str]:
    """The rules about records that systems make for themselves."""
    yield from ("", "## Records that systems make for their own house-keeping")
    for rule in read_house_keeping():
        reach = (
            f"{code(rule.id)} · {ENTITIES[rule.entity].title}, in the {rule.side} only · {codes(rule.codes)}"
        )
        yield from ("", f"### {rule.title}", "", reach, "", f"Source: {rule.source}.", "")
        yield from table(("", "Record"), _house_keeping_rows(rule))


def _house_keeping_rows(rule: HouseKeeping) -> Iterator[tuple[str, str]]:
    for word, examples in (("accepts", rule.accepts), ("refuses", rule.refuses)):
        for row in examples:
            yield word, ", ".join(f"{name}: {value}" for name, value in row.items())


def counts() -> Iterator[str]:
    """Every measure and register that both sides must agree on."""
    measures = read_measures()
    yield from ("# Counts that both sides must agree on", "", COUNTS_INTRO)
    for family, title in measures.families.items():
        rows = [_measure(one) for one in measures.measures if one.family == family]
        if rows:
            yield from ("", f"## {title}", "")
            yield from table(("Count", "Gate", "Counts", "Of", "Who", "Source"), rows)
    yield from ("", "## Registers and populations by code lists", "", REGISTERS_INTRO, "")
    starter = read_starter_clusters()
    yield from table(
        ("Register", "Rule", "Gate", "Code lists", "Source"),
        (
            (
                f"{one.title} ({code(one.id)})",
                one.rule,
                one.gate,
                ", ".join(f"{name} ({starter.state(name)})" for name in one.clusters) or ", ".join(one.of),
                one.source,
            )
            for one in read_registers()
        ),
    )


def _measure(one: Measure) -> tuple[str, ...]:
    who = "all" if one.when == "true" else code(one.when)
    told_apart = f", by {code(one.key)}" if one.key else ""
    title = ENTITIES[one.entity].title
    return f"{one.title} ({code(one.id)})", one.gate, one.counts, title, who + told_apart, one.source


def criteria() -> Iterator[str]:
    """The criteria library of samples."""
    library = read_criteria()
    yield from ("# Patients that a sample must hold", "", CRITERIA_INTRO)
    for group, title in library.groups.items():
        rows = [_criterion(one) for one in library.criteria if one.group == group]
        if rows:
            yield from ("", f"## {title}", "")
            yield from table(("Criterion", "Found by", "Look", "Source"), rows)
    yield from ("", "## What no extract tells", "")
    yield from table(
        ("What", "Instead", "Source"), ((one.title, one.instead, one.source) for one in library.not_told)
    )


def _criterion(one: Criterion) -> tuple[str, ...]:
    found = f"words: {code(one.words)}" if one.words else codes(one.needs) or "its records"
    return f"{one.title} ({code(one.id)})", found, one.look, one.source
