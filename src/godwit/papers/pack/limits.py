"""What a run does not show: what was not compared, what formats cannot hold, what Godwit never looks at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from godwit.papers.pack.told import Told, aligned, limited, part
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Bullets, Heading, Text
from godwit.records.evidence.wording import count, kind_of_record, part_of_record, side

MOST_REASONS: Final = 4

KNOWN_LIMITS: Final = (
    "Whether a screen displays what its system sent in the files.",
    "Searches, templates and alerts at work; links to hospitals, laboratories, pharmacies and the Spine.",
    "Tasks, messages and other work under way, and anything entered after the files were made.",
    "Whether what the source holds was right in the first place.",
    "Whether a difference that a rule explains is harmless for each patient; the rules are in report.html.",
)
"""What no run shows, whatever it finds."""


ABSENT: Final[tuple[tuple[str, str], ...]] = (
    ("agreed", "Agreed differences: none counts as agreed."),
    ("rounds", "Rounds: this run was not held against an earlier one."),
    (
        "degradation",
        "Old and new loss of codes told apart: entries that lost their code are among the causes.",
    ),
    ("reconciliations", "Reconciliations of lists, medicines, recalls and documents."),
    ("documents", "The files of documents: neither their content nor whether they open."),
    ("registers", "Disease registers patient by patient."),
    ("sample", "A sample for people to compare on two screens."),
    ("control", "A positive control: nothing here shows that the comparison would have seen a fault."),
)
"""What is said of a part that was not made."""


def limits(told: Told) -> Iterator[Block]:
    """What this pack does not show."""
    yield Heading("What this does not show")
    absent = [words for name, words in ABSENT if part(told.summary, name) is None]
    if not told.listing:
        absent.append("The registration list: nobody has held it against the systems here.")
    if absent:
        yield Text("**Not part of this run:**")
        yield Bullets(tuple(absent))
    yield Text("**No comparison of files shows:**")
    yield Bullets(KNOWN_LIMITS)
    if told.summary["not_compared"]:
        fields = count(len(told.summary["not_compared"]), "field was", "fields were")
        yield Text(
            f"{fields} not compared because only one of the two formats has a place for them: see annex B."
        )


def details(told: Told) -> Iterator[Block]:
    """Fields that were not compared, losses, and what was set aside or unreadable."""
    yield Heading("Annex B: not compared, lost, set aside")
    yield from _left_out(told)
    yield from _counted("What a format cannot hold", "Loss", _lost(told))
    for name, heading in (("set_aside", "Read and set aside"), ("rejected", "Could not be read")):
        found = [(f"{side(one['side'])}: {one['title']}", one["records"]) for one in told.summary[name]]
        yield from _counted(heading, "Reason", found)


def _left_out(told: Told) -> Iterator[Block]:
    fields: dict[str, list[str]] = defaultdict(list)
    for one in told.summary["not_compared"]:
        fields[one["entity"]].append(part_of_record(one["entity"], one["field"]) or "the whole record")
    if not fields:
        yield Text("Every field that either side fills in was compared.")
        return
    rows = tuple((kind_of_record(name), ", ".join(found)) for name, found in fields.items())
    yield Text(
        "One side fills these in and the other format has no place for them. Check what matters another way."
    )
    yield fitted(("Kind of record", "Not compared"), rows)


def _lost(told: Told) -> list[tuple[str, int]]:
    records: Counter[str] = Counter()
    for one in told.summary.get("losses", ()):
        records[one["title"]] += one["records"]
    return list(records.items())


def _counted(heading: str, what: str, found: list[tuple[str, int]]) -> Iterator[Block]:
    """The most frequent reasons with their records; nothing where there is none."""
    if not found:
        return
    ordered = sorted(found, key=lambda one: (-one[1], one[0]))
    counts = aligned([records for _, records in ordered])
    rows = tuple((title, records) for (title, _), records in zip(ordered, counts, strict=True))
    yield Heading(heading, 2)
    yield from limited(fitted((what, "Records"), rows), MOST_REASONS, "report.html")
