"""The page of docs/generated/detection.md: what was planted, what was found, and how sure one can be of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from godwit.synth.faults import FAULT_CLASSES
from godwit.synth.places import make_practice
from godwit.synth.writers import SYSTEMS, writer_of
from tests.benchmarks.detecting import (
    CLEAN,
    FAULTY,
    FIELD,
    HIDDEN,
    MISSED,
    RECORD,
    SHARE,
    SYSTEMATIC,
    SYSTEMATIC_FAULTS,
    Fate,
    Measured,
)
from tests.benchmarks.expected import Expected, read_expected
from tests.benchmarks.page import machine, table

MOST_LINES = 50
MOST_FALSE = 1.0
"""False findings that clean twins may have, in 10,000 records."""
_Z = 1.96
_WANTED = 0.999

INTRO = """# How well planted faults are found

Made-up practices are written in the shapes of two suppliers, once without faults and once with faults planted in the
second; both are compared, and the findings are held against the key. An **answer** is one thing a comparison should
find: one record of one patient, and its field. It is *visible* where both shapes can show it. It is found *at the
field* when a finding names the right patient, the right record and the right field; *at the record* when there is a
finding about the right record of the right patient, but not at the field (the record was too much changed to be
recognised, and stands as one missing and one unexpected, say); else it is missed. Percentages are of visible answers,
with Wilson's 95% interval. What one of the formats has no place for is told apart in every run and is no finding here.
*Grave enough* is an answer whose fault was given at least the severity that its harm deserves
(`tests/benchmarks/detection.yaml`, where the safety-critical kinds are named). Records are those of both sides.
"""


@dataclass(frozen=True)
class Tally:
    """Answers of some kinds counted."""

    visible: int
    field: int
    record: int
    missed: int
    grave: int

    @property
    def rate(self) -> str:
        """The share found at the field, with its interval."""
        return rated(self.field, self.visible)


def tally(fates: Iterable[Fate], expected: Expected) -> Tally:
    """What became of visible answers."""
    seen = [one for one in fates if one.how != HIDDEN]
    counts = Counter(one.how for one in seen)
    grave = sum(expected.classes[one.fault].is_enough(one.severity) for one in seen)
    return Tally(len(seen), counts[FIELD], counts[RECORD], counts[MISSED], grave)


def interval(found: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95%."""
    if not of:
        return 0.0, 1.0
    share, spread = found / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    width = _Z * sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return max(0.0, middle - width), min(1.0, middle + width)


def rated(found: int, of: int) -> str:
    """A share in per cent with its interval; a share that is not whole never reads as 100%."""
    if not of:
        return ""
    low, high = interval(found, of)
    share = "100%" if found == of else f"{min(found / of, 0.9999):.2%}"
    return f"{share} ({low:.2%} to {high:.2%})"


def page(found: Sequence[Measured], command: str) -> str:
    """The whole page."""
    expected = read_expected()
    parts = [INTRO, f"Measured with `{command}`.\n\n{machine()}\n", *_in_short(found, expected)]
    parts += [*_by_class(found, expected), *_by_run(found), *_systematic(found), *_missed(found)]
    return "\n".join([*parts, *_hidden(found, expected)])


def faulty(found: Sequence[Measured]) -> list[Fate]:
    """What became of the answers of the runs with faults of every kind."""
    return [fate for one in found if one.setting.kind == FAULTY for fate in one.fates]


def _in_short(found: Sequence[Measured], expected: Expected) -> Iterator[str]:
    fates = faulty(found)
    safety = tally((one for one in fates if expected.classes[one.fault].safety), expected)
    every = tally(fates, expected)
    yield "## In short\n"
    head = ("Faults", "Visible answers", "Found at the field", "At the record", "Missed", "Grave enough")
    rows = (("safety-critical", safety), ("all", every))
    yield table(head, ([name, *_cells(one)] for name, one in rows))
    yield _supports(safety)
    clean = [one for one in found if one.setting.kind == CLEAN]
    records, false = sum(one.records for one in clean), sum(one.findings for one in clean)
    beyond = sum(len(one.beyond) for one in found if one.setting.kind == FAULTY)
    beside = sum(one.records for one in found if one.setting.kind == FAULTY)
    yield (
        f"Clean twins: {false:,} findings in {records:,} records, {_per(false, records)} in 10,000 (at most "
        f"{MOST_FALSE:.0f}). Twins with faults: {beyond:,} findings that no fault explains in {beside:,} records, "
        f"{_per(beyond, beside)} in 10,000. Lines before a clinician: at most {max(one.lines for one in found)} "
        f"(allowed: {MOST_LINES}).\n"
    )


def _supports(safety: Tally) -> str:
    low = interval(safety.field, safety.visible)[0]
    needed = round(_Z * _Z * _WANTED / (1 - _WANTED) / 10) * 10
    claim = (
        f"This is enough to say that at least {_WANTED:.1%} are found."
        if low >= _WANTED
        else f"This does not support a claim of {_WANTED:.1%}: it takes {needed:,} visible answers, none missed."
    )
    return (
        f"{safety.field:,} of {safety.visible:,} visible answers of safety-critical kinds were put to the right "
        f"patient, record and field, and {safety.field + safety.record:,} to the right patient and record. With this "
        f"number the share that is found at the field lies above {low:.2%} (95% interval). {claim} It holds for "
        "these kinds of fault in made-up records, and for nothing else.\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    """A table in Markdown, so many columns of words before the figures."""
    first, _, *lines = table(head, rows).splitlines()
    rule = " | ".join("---" if number < left else "---:" for number in range(len(head)))
    return "\n".join((first, f"| {rule} |", *lines)) + "\n"


def _per(count: int, records: int) -> str:
    return f"{count / records * 10_000:.2f}" if records else "none"


def _cells(one: Tally) -> list[str]:
    counts = (f"{one.record:,}", f"{one.missed:,}", f"{one.grave / one.visible:.1%}" if one.visible else "")
    return [f"{one.visible:,}", one.rate, *counts]


def _by_class(found: Sequence[Measured], expected: Expected) -> Iterator[str]:
    fates = faulty(found)
    yield "## By kind of fault\n"
    rows = []
    for name, one in FAULT_CLASSES.items():
        own = [fate for fate in fates if fate.fault == name]
        counted = tally(own, expected)
        given = Counter(fate.severity or "none" for fate in own if fate.how != HIDDEN)
        severities = ", ".join(f"{count} {severity}" for severity, count in given.most_common())
        kind = expected.classes[name]
        words = (f"{one.title} (`{name}`)", "yes" if kind.safety else "", kind.least, severities)
        rows.append([*words, f"{len(own):,}", *_cells(counted)])
    head = ("Fault", "Safety-critical", "At least", "Given", "Answers planted", "Visible")
    yield _table((*head, "Found at the field", "At the record", "Missed", "Grave enough"), rows, 4)


def _by_run(found: Sequence[Measured]) -> Iterator[str]:
    yield "## By pair of formats\n"
    head = (
        "Pair",
        "Patients",
        "Seed",
        "Twin",
        "Records",
        "Findings",
        "Beyond the key",
        "Lines",
        "Not planted",
        "Seconds",
    )
    yield table(
        head,
        (
            [
                " → ".join(one.setting.pair),
                f"{one.setting.patients:,}",
                str(one.setting.seed),
                one.setting.kind,
                f"{one.records:,}",
                f"{one.findings:,}",
                f"{len(one.beyond):,}",
                str(one.lines),
                f"{sum(one.not_planted.values()):,}",
                f"{one.seconds:.0f}",
            ]
            for one in found
        ),
    )
    said = Counter(words for one in found for words in one.beyond)
    if said:
        yield (
            "Findings that no fault explains: "
            + ", ".join(f"{words} ({count})" for words, count in said.most_common(20))
            + ".\n"
        )


def _systematic(found: Sequence[Measured]) -> Iterator[str]:
    runs = [one for one in found if one.setting.kind == SYSTEMATIC]
    if not runs:
        return
    yield f"## The same fault in {SHARE:.0%} of the patients\n"
    rows = []
    for run in runs:
        for name in SYSTEMATIC_FAULTS:
            own = [one for one in run.fates if one.fault == name and one.how != HIDDEN]
            at_field = sum(one.how == FIELD for one in own)
            lines = {cause for one in own for cause in one.causes}
            pair = " → ".join(run.setting.pair)
            rows.append(
                [pair, name, f"{len(own):,}", rated(at_field, len(own)), str(len(lines)), str(run.lines)]
            )
    head = ("Pair", "Fault", "Visible", "Found at the field", "Lines it makes", "Lines of the run")
    yield _table(head, rows, 2)


def _missed(found: Sequence[Measured]) -> Iterator[str]:
    """By kind and pair: what was not found at the field, and what was found instead."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for run in found:
        for one in run.fates:
            if one.how in (RECORD, MISSED):
                instead = "; ".join(one.instead) or "nothing"
                counts[one.fault, " → ".join(run.setting.pair), instead] += 1
    yield "## Not found at the field, by name\n"
    if not counts:
        yield "Nothing.\n"
        return
    rows = [[fault, pair, instead, f"{count:,}"] for (fault, pair, instead), count in sorted(counts.items())]
    yield _table(("Fault", "Pair", "Found about the record", "Answers"), rows, 3)


@cache
def _losses(shape: str) -> Mapping[str, str]:
    """What a shape loses, by name, in words with the name."""
    if shape not in SYSTEMS:
        return {}
    losses = writer_of(shape, make_practice(1, 1, 0.1)).losses
    return {name: f"{title} (`{name}`)" for name, title in losses.items()}


def _hidden(found: Sequence[Measured], expected: Expected) -> Iterator[str]:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for run in found:
        for one in run.fates:
            for shape in one.shapes:
                why = expected.why_hidden(one.fault, one.entity, shape) or "nobody has said why"
                why = _losses(shape).get(why, why)
                counts[one.fault, one.entity.replace("_", " "), shape, why] += 1
    yield (
        "## What one of the formats cannot show\n\nNo comparison of the two can find these. The names are those of the "
        "losses that `losses.json` beside a made-up practice counts.\n"
    )
    rows = [
        [fault, kind, shape, why, f"{count:,}"] for (fault, kind, shape, why), count in sorted(counts.items())
    ]
    yield _table(("Fault", "Kind of record", "Format", "Why", "Answers"), rows, 4)
