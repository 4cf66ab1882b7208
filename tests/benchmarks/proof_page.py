"""The part of the page of benchmarks about whole comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from tests.benchmarks.page import growth, machine, table
from tests.benchmarks.proof_measured import Measured, PeerFigures

MOST_T, MOST_SECONDS, MOST_MIB, LEAST_RATIO = 12, 600, 6 * 1024, 5
"""What a comparison may take: in T; of 13,000 patients; and how many times as long datacompy is to take."""
PEERS = {
    "datacompy-pandas": "datacompy, on pandas",
    "datacompy-polars": "datacompy, on Polars",
    "polars-join": "Polars: full outer join",
    "duckdb-join": "Godwit's engine: full outer join",
}
REST = "start, evidence written and sealed"
JOBS = """\
All start from the same canonical tables in Parquet files: those columns that both formats can hold, all records of
both sides, one table after another on all cores. Seconds include reading the tables, not the start of a program.

- **Godwit** is given no key. It pairs records by carried ids, content and likeness, also with those of another
  patient, and tells duplicates by count; compares fields and links by what both formats can hold of them; asks the
  rules of equivalence; gives every finding its severity, and the file and record it comes from on both sides. Its
  steps: {steps}.
- **The others** are given the easier job: a carried key, the pairs that Godwit found. They pair nothing, know no rule,
  and list every value that is written differently, which for two formats is mostly form.
  **datacompy** joins the two frames, compares every column and makes its report; a **full outer join**, in Polars
  and in Godwit's engine (DuckDB), keeps rows with a difference or without a partner and lists key, column, both values.
  The last is no part of Godwit: it tells what the engine needs for the same job, and so what knowing more costs.
"""


def page(found: Sequence[Measured]) -> str:
    """The part: how it was measured, whole comparisons, their steps, the peers."""
    parts = [f"# Benchmarks of the proof\n\n{_how(found)}\n\n{machine()}\n", _whole(found), _steps(found)]
    return "\n".join([*parts, _peers(found)])


def _how(found: Sequence[Measured]) -> str:
    runs = sorted({len(one.whole) for one in found})
    return (
        "Measured with `python3 dev.py bench FOLDER --proof --page`: made-up practices in the shape of EMIS and their "
        "twins without faults in that of SystmOne. Seconds are wall time, "
        f"{'of one run' if runs == [1] else f'the median of {runs[-1]} runs'}; files in the page cache; memory is the "
        "most that a program held, looked at 20 times a second. T is the engine's typed read of both sides' files, "
        "doing nothing else."
    )


def _whole(found: Sequence[Measured]) -> str:
    head = [
        "Patients",
        "Records read",
        "T, s",
        "Compared, s",
        "in T",
        "Processor, in T's",
        "µs a record",
        "Peak MiB",
        "Findings",
    ]
    rows = (
        [
            f"{one.patients:,}", f"{one.records:,}", f"{one.bare:.1f}", f"{one.took:.1f}",
            f"{one.took / one.bare:.1f}", f"{one.processor_ratio:.1f}", f"{1e6 * one.took / one.records:.1f}",
            f"{one.peak:,.0f}", f"{one.findings:,}",
        ]
        for one in found
    )  # fmt: skip
    asked = (
        f"From files to sealed run, as `godwit compare` does it. Asked for: at most {MOST_T} T; with 13,000 patients "
        f"at most {MOST_SECONDS} s and {MOST_MIB:,} MiB on two cores; cost in proportion to the records."
    )
    return "\n".join(["## Whole comparisons\n", f"{asked}\n", table(head, rows), *_grown(found)])


def _grown(found: Sequence[Measured]) -> Iterator[str]:
    if len({one.records for one in found}) < 2:
        return
    costs: dict[str, Callable[[Measured], float]] = {
        "T": lambda one: one.bare,
        "the whole comparison": lambda one: one.took,
        "from canonical tables to findings": lambda one: one.matching,
    }
    told = ", ".join(
        f"{name} {growth([(one.records, cost(one)) for one in found]):.2f}" for name, cost in costs.items()
    )
    yield f"Growth, the exponent of the records over all sizes (1 is in proportion): {told}.\n"


def _steps(found: Sequence[Measured]) -> str:
    titles = list(dict.fromkeys(title for one in found for title in (*one.memory, *one.steps)))
    head = ["Step", *(f"{one.patients:,} patients, s" for one in found), "Share of the last", "Peak MiB"]
    rows = [[title, *(_of(one, title) for one in found), *_last(found[-1], title)] for title in titles]
    rest = [one.took - sum(median(took) for took in one.steps.values()) for one in found]
    rows.append([REST, *(f"{one:.1f}" for one in rest), f"{rest[-1] / found[-1].took:.0%}", ""])
    return "\n".join(["## Where the time goes\n", table(head, rows)])


def _of(one: Measured, title: str) -> str:
    return f"{median(one.steps[title]):.1f}" if title in one.steps else ""


def _last(last: Measured, title: str) -> tuple[str, str]:
    share = f"{median(last.steps[title]) / last.took:.0%}" if title in last.steps else ""
    return share, f"{last.memory[title]:,.0f}" if title in last.memory else ""


def _peers(found: Sequence[Measured]) -> str:
    steps = ", ".join(found[-1].shared)
    parts = ["## Beside other programs, on the same tables\n", JOBS.format(steps=steps)]
    head = [
        "Program",
        "Seconds",
        "Godwit's times",
        "Processor, s",
        "Godwit's times",
        "Peak MiB",
        "Tables",
        "What it tells",
    ]
    for one in found:
        parts.append(f"### {one.patients:,} patients: {one.rows:,} canonical records\n")
        own = [
            "Godwit",
            f"{one.matching:.1f}",
            "1.0",
            f"{one.matching_used:.1f}",
            "1.0",
            f"{one.matching_peak:,.0f}",
            f"{one.tables}",
        ]
        peers = (_peer(one, name, figures) for name, figures in one.peers.items())
        parts.append(table(head, [[*own, f"{one.findings:,} findings"], *peers]))
    parts.append(_verdict(found))
    return "\n".join(parts)


def _peer(one: Measured, name: str, peer: PeerFigures) -> list[str]:
    ratios = one.ratios(name)
    took = (
        [f"{peer.took:.1f}", times(ratios[0]), f"{peer.used:.1f}", times(ratios[1])] if ratios else [""] * 4
    )
    return [
        PEERS[name],
        *took,
        f"{peer.peak:,.0f}",
        f"{peer.tables} of {one.tables}" if peer.ended else f"{peer.tables}",
        peer.ended or f"{peer.values:,} values written differently",
    ]


def times(ratio: float) -> str:
    """A ratio as it is printed."""
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _verdict(found: Sequence[Measured]) -> str:
    """The ratio of each program at the largest size that it managed."""
    told = []
    for name, title in PEERS.items():
        ratios = [(one, both) for one in found if name in one.peers and (both := one.ratios(name))]
        if not ratios:
            tried = any(name in one.peers for one in found)
            told.append(f"- {title}: {'ended early at every size' if tried else 'not measured'}")
            continue
        one, (clock, processor) = ratios[-1]
        told.append(
            f"- {title}: {times(clock)} times as long as Godwit at {one.patients:,} patients, "
            f"{times(processor)} times the processors' seconds"
        )
    asked = f"Asked for: datacompy is to take at least {LEAST_RATIO} times as long. At the largest size each managed:"
    return "\n".join([f"{asked}\n", *told]) + "\n"
