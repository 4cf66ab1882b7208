"""Writes a plan folder: what people wrote, the record, and every file made from them."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from godwit.cli.plan_folder import AREA, FACTS, OWN, PLAN, PRACTICE, RECORD, PlanInputs, Record, fingerprint
from godwit.cli.planning import placed_refusals, plan_maker
from godwit.cli.progress import Bars
from godwit.definitions.guide.facts_file import facts_starter
from godwit.papers.calendar import ics_bytes
from godwit.papers.documents.documents import plan_documents
from godwit.papers.pdf import pdf_bytes
from godwit.papers.plan_calendar import plan_calendar
from godwit.papers.plan_json import forecast_json, plan_json
from godwit.papers.plan_page import plan_page
from godwit.papers.plan_xlsx import plan_workbook
from godwit.papers.sheet import xlsx_bytes
from godwit.papers.wall_paper import wall_sheet_paper
from godwit.papers.wall_sheet import wall_sheet_html
from godwit.plan.making import Plan
from godwit.plan.paces import Paces
from godwit.plan.risk import Forecast, forecast
from godwit.records.errors import MachineRefused

Files = Iterator[tuple[str, bytes]]

RUNS: Final = 500
"""Runs of the forecast that every plan carries; `godwit plan risk` makes as many as wanted."""


def write_folder(
    inputs: PlanInputs, folder: Path, plan: Plan, before: Plan | None, quiet: bool
) -> tuple[str, ...]:
    """Write everything, all or nothing: files are made beside the folder and moved in at the end, the record last.

    What people wrote or put there themselves is left alone. A made file that somebody has changed is kept under
    another name; those names are returned. Raises `FileRefused` where another pace cannot be planned at all, and
    `MachineRefused` where the disk does not take it.
    """
    record = inputs.record.model_copy(update={"revision": inputs.record.revision + 1})
    place = folder.resolve()
    beside: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        draft = beside / "plan"
        draft.mkdir()
        with Bars(quiet=quiet) as bars:
            made = {
                name: _written(draft, name, content)
                for title, files in _parts(PlanInputs(inputs.texts, record), plan, before)
                for name, content in _begun(bars, title, files)
            }
        for name, content in _said(PlanInputs(inputs.texts, record.model_copy(update={"made": made}))):
            _written(draft, name, content)
        return _move_in(draft, place, inputs.record)
    except OSError as error:
        because = f"the plan could not be written: {error.strerror}"
        raise MachineRefused("plan.write", because, folder.name) from None
    finally:
        if beside is not None and beside.exists():
            shutil.rmtree(beside)


def _begun(bars: Bars, title: str, files: Callable[[], Files]) -> Files:
    bars.begin(title)
    yield from files()


def _written(draft: Path, name: str, content: bytes) -> str:
    """Write one file. Returns its fingerprint."""
    path = draft / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _parts(inputs: PlanInputs, plan: Plan, before: Plan | None) -> list[tuple[str, Callable[[], Files]]]:
    made_on, weighed = plan.schedule.today, _weighed(inputs, plan)
    return [
        ("Writing the plan", lambda: _plan_files(inputs, plan, before, *weighed)),
        ("Writing the wall sheets", lambda: _wall(plan)),
        ("Writing the documents", lambda: plan_documents(plan, made_on)),
    ]


def _said(inputs: PlanInputs) -> Files:
    texts = inputs.texts
    yield PRACTICE, texts.practice.encode()
    if texts.area is not None:
        yield AREA, texts.area.encode()
    yield FACTS, (texts.facts or facts_starter(plan_maker().guide)).encode()
    yield RECORD, (inputs.record.model_dump_json(indent=2) + "\n").encode()


def _plan_files(
    inputs: PlanInputs, plan: Plan, before: Plan | None, odds: Forecast | None, paces: Paces | None
) -> Files:
    made_on = plan.schedule.today
    whole: dict[str, Any] = {
        **plan_json(plan),
        "forecast": forecast_json(odds) if odds else None,
        "revision": inputs.record.revision,
        "inputs": inputs.as_json(),
    }
    whole["fingerprint"] = fingerprint(whole)
    yield PLAN, (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    yield "plan.xlsx", xlsx_bytes(plan_workbook(plan, made_on))
    made_at = datetime.combine(made_on, datetime.min.time(), UTC)
    yield "plan.ics", ics_bytes(plan_calendar(plan, made_at, inputs.record.revision, before))
    yield "plan.html", plan_page(plan, made_on, odds, inputs.record.moves, paces).encode()


def _wall(plan: Plan) -> Files:
    """Two pages for each role: a page for the browser, and the same as PDF."""
    today = plan.schedule.today
    week = plan_maker().calendar.add_working_days(today, 0)  # at a weekend, the week that comes
    roles = dict.fromkeys(role for one in plan.schedule.tasks.values() for role in one.task.responsible)
    for role in roles:
        name = f"wall/{role.replace('_', '-')}"
        yield f"{name}.html", wall_sheet_html(plan, role, week, today).encode()
        yield f"{name}.pdf", pdf_bytes(wall_sheet_paper(plan, role, week, today))


def _weighed(inputs: PlanInputs, plan: Plan) -> tuple[Forecast | None, Paces | None]:
    """A forecast and every pace, where there is still something to weigh. Raises `FileRefused`."""
    if plan.schedule.anchors["GL"].status == "done":
        return None, None
    maker = plan_maker()
    with placed_refusals(inputs.texts, plan.case):
        problem = maker.scheduler.problem(plan.case, plan.schedule.pace)
        odds = forecast(problem, RUNS, milestones=plan.guide.milestones)
        return odds, Paces.of(maker, plan.case)


def _move_in(draft: Path, folder: Path, old: Record) -> tuple[str, ...]:
    """Put the files of `draft` into `folder`, plan.json first and the record last. Returns what was kept aside.

    So a folder whose plan.json is ahead of its record is one in which this was stopped half way; see `is_half_written`.
    """
    if not folder.exists():
        draft.replace(folder)
        return ()
    files = sorted((one for one in draft.rglob("*") if one.is_file()), key=_turn)
    names = {path.relative_to(draft).as_posix() for path in files}
    kept = tuple(
        _kept_aside(folder, name, old) for name, mark in old.made.items() if _changed(folder, name, mark)
    )
    for path in files:
        place = folder / path.relative_to(draft)
        if place.name in OWN and place.parent == folder and place.exists():
            continue  # people's own: nothing but they may write it
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    for name in old.made.keys() - names:  # such as the letter to somebody who is not used any more
        (folder / name).unlink(missing_ok=True)
    return kept


def _turn(path: Path) -> int:
    return {PLAN: 0, RECORD: 2}.get(path.name, 1)


def _changed(folder: Path, name: str, mark: str) -> bool:
    place = folder / name
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() != mark


def _kept_aside(folder: Path, name: str, old: Record) -> str:
    place = folder / name
    aside = place.with_name(f"{place.stem}-yours-{old.revision}{place.suffix}")
    place.replace(aside)
    return aside.relative_to(folder).as_posix()
