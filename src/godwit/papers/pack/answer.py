"""The first chapters of a statement: the answer, what was compared, and the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from godwit.papers.pack.told import Facts, Told, figures, over_all
from godwit.papers.paper import Block, Column, Field, Fields, Heading, Note, PageBreak, Table, Text
from godwit.records.evidence import books
from godwit.records.evidence.control_tables import missed
from godwit.records.evidence.wording import (
    SEVERITIES,
    count,
    kind_of_record,
    moment,
    number,
    percent,
    size,
    system,
)


def opening(told: Told) -> Iterator[Block]:
    """Who and when, before the answer."""
    index, plan = told.index, told.index.plan
    signed = "signed by its maker, see the last page" if index.maker else "not signed by who made it"
    yield Fields(
        (
            Field("Practice", plan.practice if plan else None),
            *((Field("Go-live in the plan", plan.go_live),) if plan else ()),
            Field("Run", f"{index.run.run}, {moment(index.run.ended_at)}"),
            Field("Pack made", f"{moment(index.made_at)} with Godwit {index.godwit_version}, {signed}"),
        )
    )
    yield Text(f"**Seal of this pack**\n{index.seal}")


def answer(told: Told) -> Iterator[Block]:
    """The answer in one paragraph, and what it does not mean."""
    yield Heading("The answer")
    if faults := books.faults(told.summary):
        yield Note(
            "warning", f"The books do not balance. Sign nothing on the strength of this run. {faults[0]}"
        )
        return
    if lost := missed(told.summary):
        yield Note(
            "warning",
            f"This run overlooks faults: it did not find {number(lost)} of those it planted in a copy of its own "
            "records. Sign nothing on the strength of it.",
        )
        return
    yield Text(f"**{headline(told.summary)}**")
    yield Text(f"{_accounted(told.summary)} {_agreeing(told.summary)} {_open(told.summary)}")
    yield Note(
        "advice",
        "This statement says what was found. It decides nothing: whether the data may be used is for the people who "
        "sign. It claims no conformity with any standard.",
    )


def headline(summary: Facts) -> str:
    """The question of the title, answered as far as the run goes."""
    total = books.outcomes(summary)
    if not books.on_side(summary, "source", "converted"):
        return "Nothing was compared: no record of the source could be."
    if total["missing"]:
        return f"No: {count(total['missing'], 'record')} of the source did not arrive, or not so as to be recognised."
    if total["different"] or total["unexpected"]:
        return "Every record that was compared arrived, but not all of them say the same."
    return "Yes, as far as records were compared, and each says the same."


def _accounted(summary: Facts) -> str:
    source, target = (number(books.on_side(summary, side, "read")) for side in books.SIDES)
    return (
        f"Every record is accounted for: each of the {source} read from the source and the {target} read from the "
        "target was compared, set aside with a reason, or listed as unreadable."
    )


def _agreeing(summary: Facts) -> str:
    converted = books.on_side(summary, "source", "converted")
    if not converted:
        return "**No record of the source was compared.**"
    total = {name: number(found) for name, found in books.outcomes(summary).items()}
    alike = f"{number(books.agree(summary))} (**{percent(books.agree(summary), converted)}**)"
    return (
        f"Of the {number(converted)} source records compared, {alike} say the same in the target: "
        f"{total['identical']} identical, {total['equivalent']} equivalent by a named rule, {total['agreed']} agreed "
        f"by named people. {total['different']} differ, {total['missing']} are missing, and the target has "
        f"{total['unexpected']} that the source does not have."
    )


def _open(summary: Facts) -> str:
    causes = summary["causes"]
    if not causes:
        return "No difference is without an explanation."
    by_risk = Counter(one["severity"] for one in causes)
    risks = ", ".join(f"{by_risk[one]} {one}" for one in SEVERITIES if by_risk[one])
    touched = summary["patients"].get("affected")
    patients = f" They touch {count(touched, 'patient')}." if touched is not None else ""
    return f"What differs comes from {count(len(causes), 'cause')}, by clinical risk: **{risks}**.{patients}"


def compared(told: Told) -> Iterator[Block]:
    """The two sides: systems, versions, times, sizes, hashes."""
    yield Heading("What was compared")
    sides = [_side(told, side) for side in books.SIDES]
    names = list(sides[0])
    rows = tuple((name, *(one[name] for one in sides)) for name in names)
    yield Table((Column("", 1.1), Column("Source", 2), Column("Target", 2)), rows)
    for side in books.SIDES:
        for warning in told.summary[side]["warnings"]:
            yield Note("warning", f"{side.capitalize()}: {warning}")
    one = told.summary["patients"]
    assumed = f", {number(one['assumed'])} of them only because each side has one" if one["assumed"] else ""
    yield Text(
        f"{count(one['paired'], 'patient')} recognised on both sides{assumed}; {number(one['only_source'])} only in "
        f"the source, {number(one['only_target'])} only in the target."
    )


def _side(told: Told, side: str) -> dict[str, str]:
    facts = told.summary[side]
    inputs = [one for one in told.manifest["inputs"] if one["side"] == side]
    times = sorted({str(one["taken_at"]) for one in inputs if one.get("taken_at")})
    taken = " to ".join(dict.fromkeys((_time(times[0]), _time(times[-1])))) if times else ""
    return {
        "System": system(facts),
        "Version": ", ".join(facts.get("versions", ())) or "not stated in the files",
        "Taken": taken or "not stated in the files",
        "Delivered": f"{count(facts['files'], 'file')}, {size(facts['bytes'])}",
        "Patients": number(facts["patients"]),
        "Hash over the files": over_all(one["sha256"] for one in inputs),
    }


def _time(text: str) -> str:
    """A day or instant for people; bulk extracts give theirs as fourteen digits. What is neither is shown as it is."""
    iso = f"{text[:8]}T{text[8:]}" if text.isdigit() else text
    try:
        return moment(iso) if len(text) > 10 else text
    except ValueError:
        return text


def the_books(told: Told) -> Iterator[Block]:
    """Both equations of both sides, a line for each kind of record."""
    yield PageBreak()
    yield Heading("Annex A: the books")
    if not books.faults(told.summary):
        yield Text(
            "**Read = unreadable + set aside + converted.** Source: **converted = identical + equivalent + agreed + "
            "different + missing**; target: with extra in place of missing. Every line adds up; each sum was worked "
            "out again for this page, with those of the files and of the reasons behind what was set aside or "
            "unreadable."
        )
    for side in books.SIDES:
        yield Heading(side.capitalize(), 2)
        yield from _side_of_books(told, side)
    if nothing := books.nothing_delivered(told.summary):
        names = ", ".join(kind_of_record(one).lower() for one in nothing)
        yield Note("warning", f"Neither side delivered a single record of these kinds: {names}.")


MOST_COLUMNS: Final = 7
"""How many columns of figures up to 9,999,999 fit beside each other."""


def _side_of_books(told: Told, side: str) -> Iterator[Block]:
    """One table where the columns that hold anything fit beside each other, else one for each equation."""
    reading = {one.entity: one for one in books.reading(told.summary, side) if not one.is_zero}
    comparing = {one.entity: one for one in books.comparing(told.summary, side)}
    first = ("Read", *(one.replace("_", " ").capitalize() for one in ("unreadable", *books.READING[1:])))
    then = tuple("Extra" if one == "unexpected" else one.capitalize() for one in books.COMPARING[side])
    rows = [(kind_of_record(name), one, comparing[name].parts) for name, one in reading.items()]
    whole = [(name, (one.total, *one.parts, *parts)) for name, one, parts in rows]
    if sum(any(column) for column in zip(*(values for _, values in whole), strict=True)) <= MOST_COLUMNS:
        yield from figures("Kind of record", (*first, *then), whole)
        return
    yield from figures("Kind of record", first, [(name, (one.total, *one.parts)) for name, one, _ in rows])
    yield from figures(
        "Kind of record", ("Converted", *then), [(name, (one.parts[-1], *parts)) for name, one, parts in rows]
    )
