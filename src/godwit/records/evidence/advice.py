"""The short answer at the top of the report: a verdict, the figures that carry it, and what to do next.

It claims no more than the run shows: "accounted for" is said only when every equation adds up, "no difference"
only of what was compared, and nothing at all of a run that compared nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from godwit.records.evidence import books
from godwit.records.evidence.control_tables import missed
from godwit.records.evidence.document_files_tables import open_files
from godwit.records.evidence.wording import count, kind_of_record, number, part_of_record, percent


@dataclass(frozen=True, slots=True)
class Verdict:
    """A headline with one explaining sentence. `tone` (stop, act, look, clear) only colours it."""

    tone: str
    headline: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the first screen: its name, the number, and what stands behind it."""

    name: str
    value: str
    note: str


ACCOUNTED = (
    "Accounted for means that each record read is in exactly one place: compared, set aside with a reason, "
    "or listed as unreadable. It does not mean that every record arrived."
)


def empty_sides(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Sides without a single converted record."""
    return tuple(side for side in books.SIDES if not books.on_side(summary, side, "converted"))


def verdict(summary: Mapping[str, Any]) -> Verdict:
    """What this run shows, in one headline."""
    if books.faults(summary):
        return Verdict(
            "stop",
            "The books do not balance. Do not rely on this run.",
            "At least one record may have been lost, or counted twice, between reading and comparing.",
        )
    empty = empty_sides(summary)
    if empty:
        return Verdict(
            "stop",
            f"Nothing was compared: no record was converted from the {' or the '.join(empty)}.",
            "This run shows nothing about whether records arrived.",
        )
    if missed(summary):
        return Verdict("stop", "This run overlooks faults. Do not rely on it.", _blind(summary["control"]))
    tone, found = _with_files(summary, *_findings(summary))
    return Verdict(tone, f"Every record is accounted for. {found}", ACCOUNTED)


def _blind(control: Mapping[str, Any]) -> str:
    return (
        f"It planted {count(control['planted'], 'fault')} in a copy of its own records and found "
        f"{number(control['found'])} of them, so it may have overlooked real faults of the same kinds."
    )


def _findings(summary: Mapping[str, Any]) -> tuple[str, str]:
    urgent = books.urgent_causes(summary)
    rejected = sum(books.on_side(summary, side, "rejected") for side in books.SIDES)
    unread = f"{count(rejected, 'record')} could not be read" if rejected else ""
    if urgent:
        needs = "cause of difference needs" if len(urgent) == 1 else "causes of difference need"
        return "act", f"{number(len(urgent))} {needs} a clinical decision{', and ' * bool(unread)}{unread}."
    if summary["causes"]:
        return "look", f"No difference found is of critical or high risk{', but ' * bool(unread)}{unread}."
    return (
        "look" if rejected else "clear"
    ), f"No unexplained difference in what was compared{', but ' * bool(unread)}{unread}."


def _with_files(summary: Mapping[str, Any], tone: str, found: str) -> tuple[str, str]:
    """The same with what only the files of documents tell."""
    grave, all_of_them = open_files(summary)
    if not all_of_them:
        return tone, found
    risk = f", {number(grave)} of critical or high risk" if grave else ""
    words = f"{found} Document files: {count(all_of_them, 'question')} to be cleared up{risk}."
    return ("act" if grave else "look" if tone == "clear" else tone), words


def figures(summary: Mapping[str, Any]) -> tuple[Figure, ...]:
    """The numbers of the first screen."""
    total = books.outcomes(summary)
    yes = "No" if books.faults(summary) else "Yes"
    unread = sum(books.on_side(summary, side, "rejected") for side in books.SIDES)
    aside = sum(books.on_side(summary, side, "set_aside") for side in books.SIDES)
    source, target = (books.on_side(summary, side, "read") for side in books.SIDES)
    read = f"read: {number(source)} source, {number(target)} target"
    return (
        Figure("All records accounted for", yes if source or target else "Nothing read", read),
        Figure("Records that agree", number(books.agree(summary)), _agreement(summary)),
        Figure("Different", number(total["different"]), "on both sides, not saying the same"),
        Figure("Missing", number(total["missing"]), "in the source, not found in the target"),
        Figure("Unexpected", number(total["unexpected"]), "in the target, not found in the source"),
        Figure(
            "Without a line of their own",
            number(unread + aside),
            f"{number(aside)} set aside with a reason, {number(unread)} unreadable",
        ),
        _patients(summary),
        _touched(summary),
    )


def _agreement(summary: Mapping[str, Any]) -> str:
    converted = books.on_side(summary, "source", "converted")
    if not converted:
        return "no source record was compared"
    agreed = books.outcomes(summary)["agreed"]
    by_hand = f", {number(agreed)} of them by agreement" if agreed else ""
    return f"{percent(books.agree(summary), converted)} of source records compared{by_hand}"


def _patients(summary: Mapping[str, Any]) -> Figure:
    one = summary["patients"]
    alone = (
        f"{number(one['only_source'])} only in the source, {number(one['only_target'])} only in the target"
    )
    return Figure("Patients on both sides", number(one["paired"]), alone)


def _touched(summary: Mapping[str, Any]) -> Figure:
    """Patients with a finding. A patient may be under several causes, so their sum would count twice."""
    name = "Patients with a difference"
    affected = summary["patients"].get("affected")
    if affected is not None:
        return Figure(name, number(affected), "with at least one finding, of any risk")
    counts = [cause["patients"] for cause in summary["causes"]]
    one = summary["patients"]
    everybody = one["source"] + one["target"] - one["paired"]
    if len(counts) < 2 or max(counts) >= everybody:
        return Figure(name, number(max(counts, default=0)), "with at least one finding, of any risk")
    return Figure(name, f"{number(max(counts))} or more", "in the widest cause; causes may share patients")


def example(cause: Mapping[str, Any]) -> str:
    """One finding of a cause in words of form: what is on which side, without any value."""
    one = (
        "one patient"
        if cause["entity"] == "patient"
        else f"one record under {kind_of_record(cause['entity'])}"
    )
    shared = "".join(f" ({words})" for words in cause.get("pattern", ())[:1] if "private page" not in words)
    if cause["field"] == "patient":
        return "one record that is in one patient's record in the source and in another's in the target"
    if cause["outcome"] == "missing":
        return f"{one}, in the source and not in the target{shared}"
    if cause["outcome"] == "unexpected":
        return f"{one}, in the target and not in the source{shared}"
    what = part_of_record(cause["entity"], cause["field"]) or "a part"
    return f"{one} whose {what} is not the same on both sides{shared}"


def touched(summary: Mapping[str, Any]) -> str:
    """How many patients have a finding, as a sentence; empty where the run did not count them."""
    patients = summary["patients"]
    affected, urgent = patients.get("affected"), patients.get("urgent")
    if not affected:
        return ""
    of_all = f"{count(affected, 'patient')} of {number(max(patients['source'], patients['target']))}"
    words = f"{of_all} {'has' if affected == 1 else 'have'} a difference of some kind"
    return (
        f"{words}; {number(urgent) if urgent else 'none'} of them one of critical or high risk."
        if urgent is not None
        else f"{words}."
    )


_SEND = "Send report.html and summary.json (they hold no patient data) to whoever supports Godwit for you."


def next_steps(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """What to do now, in order."""
    return tuple(_steps(summary))


def _steps(summary: Mapping[str, Any]) -> Iterator[str]:
    if books.faults(summary):
        yield "Sign nothing on the strength of this run, and keep the run folder as it is."
        yield _SEND
        return
    if empty_sides(summary):
        yield "Check that the right files were given for each side, then compare again."
        return
    if missed(summary):
        yield "Sign nothing on the strength of this run. Read below which faults it did not find."
        yield _SEND
        return
    yield from _people_steps(summary)
    urgent = len(books.urgent_causes(summary))
    lesser = len(summary["causes"]) - urgent
    if urgent:
        yield (
            f"A named clinician decides on the {count(urgent, 'cause')} of critical or high risk, most severe "
            "first. The records behind each are in records.html, which is private."
        )
    if open_files(summary)[1]:
        yield "Clear up what was found about the files of documents; documents.xlsx, which is private, names each."
    if lesser:
        settle = "Then settle" if urgent else "Settle"
        yield f"{settle} the {count(lesser, 'cause')} of medium or low risk, one decision for each cause."
    yield "Read what was not compared, and decide how to check it another way."
    yield "Before anyone signs, prove that the run is unchanged: see How to check the seal."


def _people_steps(summary: Mapping[str, Any]) -> Iterator[str]:
    patients = summary["patients"]
    rejected = sum(books.on_side(summary, side, "rejected") for side in books.SIDES)
    if patients["only_source"]:
        lost = count(patients["only_source"], "patient")
        yield f"Find out why {lost} of the source could not be found in the target."
    if patients["assumed"]:
        assumed = count(patients["assumed"], "patient")
        yield f"Confirm by hand who is who for {assumed} whose pairing was assumed."
    if rejected:
        yield f"Ask the suppliers about the {count(rejected, 'record')} that could not be read."
