"""Profile one extract so that the result is whole or not there: the ranked clean-up list in a sealed run folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from godwit.definitions.read import resource
from godwit.records.bulk.alone import SIDE, told_of_the_delivery
from godwit.records.bulk.converting import open_canonical
from godwit.records.bulk.loading import Extract, Loaded, Opening, load_bulk, open_bulk
from godwit.records.compare.stage import make_rooms
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.evidence.list_sheets import SheetWriter
from godwit.records.evidence.run_folder import Keeper, definition_entry, format_entries, input_entry
from godwit.records.evidence.unsealed import unsealed_run
from godwit.records.profile import checks
from godwit.records.profile.looking import Looked, look, sql
from godwit.records.profile.overview import overview
from godwit.records.profile.page import render_profile
from godwit.records.profile.sheets import cleanup_sheets, patient_sheets
from godwit.records.profile.summary import summarise_profile
from godwit.records.watch import Watch


@dataclass(frozen=True, slots=True)
class Delivery:
    """What to profile: where it lies, its system where the person named one, and how to open it."""

    path: Path
    system: str | None = None
    opening: Opening = Opening()  # noqa: RUF009 - frozen


def run_profile(
    delivery: Delivery, out: Path, watch: Watch, keeper: Keeper, write_sheets: SheetWriter
) -> dict[str, Any]:
    """What to put right in an extract, in the sealed run folder `out`; returns the summary.

    Raises `WrongUse` when `out` is taken, `InputRefused` or `MachineRefused`; in each case, and when interrupted, no
    folder of that name is left.
    """
    with unsealed_run("profile", out, [delivery.path], watch, keeper) as run:
        extract, loaded = _loaded(run.duck, delivery, watch)
        looked, parts = _looked(run.duck, loaded, watch)
        with watch.step("write the list"):
            number = run.id_of(one.sha256 for one in loaded.files)
            summary = summarise_profile(number, extract, loaded, looked, parts, watch.timings)
            private = patient_sheets(run.duck, summary, keeper)
            run.keep_sheets("cleanup.xlsx", "Clean-up list", cleanup_sheets(summary), write_sheets)
            run.keep_sheets("patients.xlsx", "Patients to look at", private, write_sheets)
            run.keep_rows("records.parquet", sql("list_records"))
            inputs = (input_entry(one, "extract") for one in loaded.files)
            run.close(summary, run.manifest(number, inputs, _definitions(loaded)), render_profile)
    return summary


@told_of_the_delivery()
def _loaded(duck: Duck, delivery: Delivery, watch: Watch) -> tuple[Extract, Loaded]:
    extract = open_bulk(delivery.path, SIDE, delivery.system, duck.work, delivery.opening)
    if extract is None:
        because = "this is no bulk extract of a system that Godwit reads"
        raise InputRefused("delivery.not_an_extract", because, "delivery")
    make_rooms(duck)
    with watch.step("read the extract", extract.parts):
        loaded = load_bulk(duck, SIDE, extract, delivery.opening, watch.progress.advance)
        open_canonical(duck, {SIDE: loaded.canonical})
    return extract, loaded


def _looked(duck: Duck, loaded: Loaded, watch: Watch) -> tuple[Looked, dict[str, Any]]:
    """Dates are judged as of the day the extract was taken; where nothing tells that day, as of today."""
    taken = loaded.staged.taken_at
    day = date.fromisoformat(taken[:10]) if taken else watch.now().date()
    with watch.step("look for what to put right"):
        looked = look(duck, loaded, day, watch.progress.advance)
    with watch.step("count what is there"):
        return looked, overview(duck, loaded)


def _definitions(loaded: Loaded) -> Iterator[dict[str, str]]:
    """The checks with their SQL, which is of their edition, and the format."""
    package, edition = __package__ or "", checks.read_checks().edition
    yield definition_entry(f"profile/{checks.FILE}", resource(package, checks.FILE))
    for one in sorted(resource(package, "sql").iterdir(), key=lambda file: file.name):
        yield {**definition_entry(f"profile/{one.name}", one), "edition": edition}
    yield from format_entries(loaded.canonical.known)
