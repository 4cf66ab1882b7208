"""`godwit compare`: every record of two deliveries, into a sealed run folder."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.options import (
    KEEP_DAYS,
    KeepFor,
    KeyFile,
    Out,
    Owner,
    PracticeCode,
    System,
    keeper,
    opening,
)
from godwit.cli.progress import Bars
from godwit.cli.sheets import write_sheets
from godwit.cli.show import print_json, show_summary
from godwit.definitions.comparison.severities import ORDER
from godwit.records.asked import Asked
from godwit.records.document_files.reading import OPEN_AT_MOST, DocumentsAsked
from godwit.records.errors import WrongUse
from godwit.records.evidence.compare_run import run_compare
from godwit.records.evidence.run_folder import Keeper
from godwit.records.watch import Watch


class FailOn(StrEnum):
    """The least risk that gives exit code 1."""

    critical = "critical"
    high = "high"
    medium = "medium"
    low = "low"
    never = "never"


Previous = Annotated[
    Path | None, typer.Option(help="The run folder of the round before: what is fixed, still there, new?")
]
AgreedFile = Annotated[Path | None, typer.Option(help="The file of agreed differences.")]
Maps = Annotated[
    list[Path] | None, typer.Option("--map", help="A map between code systems (CSV). Repeatable.")
]
Clusters = Annotated[
    Path | None, typer.Option(help="The code lists of the registers (CSV), as loaded from TRUD.")
]
SampleSize = Annotated[
    int, typer.Option(min=0, max=400, help="Patients drawn at random, for the check by eye.")
]
Documents = Annotated[
    tuple[Path, Path] | None,
    typer.Option(
        metavar="SOURCE TARGET",
        help="Two folders with the files of documents, each with its index: compared, and opened.",
    ),
]
SourceIndex = Annotated[Path | None, typer.Option(help="The map of the source's index of documents (YAML).")]
TargetIndex = Annotated[Path | None, typer.Option(help="The map of the target's index of documents (YAML).")]
OpenAtMost = Annotated[int, typer.Option(min=0, help="How many different files are opened at most.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed draws the same patients.")]


def compare(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    source: Annotated[Path, typer.Argument(help="What the old system sent: a folder, a zip or one file.")],
    target: Annotated[Path, typer.Argument(help="What the new system shows: a folder, a zip or one file.")],
    out: Out,
    system: System = None,
    source_system: Annotated[str | None, typer.Option(help="The system of the source alone.")] = None,
    target_system: Annotated[str | None, typer.Option(help="The system of the target alone.")] = None,
    practice: PracticeCode = None,
    key: KeyFile = None,
    previous: Previous = None,
    agreed: AgreedFile = None,
    maps: Maps = None,
    clusters: Clusters = None,
    sample: SampleSize = 20,
    seed: Seed = 1,
    documents: Documents = None,
    source_index: SourceIndex = None,
    target_index: TargetIndex = None,
    open_at_most: OpenAtMost = OPEN_AT_MOST,
    today: Day = None,
    fail_on: Annotated[FailOn, typer.Option(help="Leave with exit code 1 from this risk on.")] = FailOn.never,
    owner: Owner = "",
    keep_days: KeepFor = KEEP_DAYS,
    as_json: Json = False,
) -> None:
    """Compare every record of two deliveries and seal the evidence in a run folder."""

    def work() -> Exit:
        asked = Asked(
            today_or(today),
            (source_system or system, target_system or system),
            opening(practice, key),
            tuple(maps or ()),
            clusters,
            agreed,
            previous,
            sample,
            seed,
            _documents(documents, (source_index, target_index), open_at_most),
        )
        summary = compared((source, target), asked, out, keeper(owner, keep_days), quiet=as_json)
        if as_json:
            print_json(summary)
        else:
            show_summary(summary, str(out))
        return _verdict(summary, fail_on)

    guarded(work, as_json)


def compared(paths: tuple[Path, Path], asked: Asked, out: Path, kept: Keeper, quiet: bool) -> dict[str, Any]:
    """Compare two deliveries into the run folder `out`, with progress unless `quiet`; the summary."""
    with Bars(quiet=quiet) as bars:
        return run_compare(paths, asked, out, Watch(lambda: datetime.now(UTC), bars), kept, write_sheets)


def _documents(
    folders: tuple[Path, Path] | None, maps: tuple[Path | None, Path | None], open_at_most: int
) -> DocumentsAsked | None:
    """Raises `WrongUse` for a map of an index without the folder it is in."""
    if folders is None and any(maps):
        raise WrongUse(
            "documents.map_alone", "a map of an index needs the folders too: --documents SOURCE TARGET"
        )
    return DocumentsAsked(folders, maps, open_at_most) if folders else None


def _verdict(summary: dict[str, Any], fail_on: FailOn) -> Exit:
    if fail_on is FailOn.never:
        return Exit.DONE
    grave = ORDER[: [str(one) for one in ORDER].index(fail_on.value) + 1]
    blind = summary["control"]["found"] < summary["control"]["planted"]
    checks = summary.get("documents", {}).get("checks", ())
    files = any(one["unexplained"] and one["severity"] in grave for one in checks)
    found = blind or files or any(cause["severity"] in grave for cause in summary["causes"])
    return Exit.FINDINGS if found else Exit.DONE
