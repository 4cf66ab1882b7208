"""Writes a plan folder: what people wrote, the record, and every file made from them."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from godwit.cli.plan_folder import AREA, FACTS, PRACTICE, RECORD, PlanInputs
from godwit.cli.planning import plan_maker
from godwit.cli.progress import Bars
from godwit.definitions.guide.facts_file import facts_starter
from godwit.papers.calendar import ics_bytes
from godwit.papers.documents.documents import plan_documents
from godwit.papers.plan_calendar import plan_calendar
from godwit.papers.plan_json import forecast_json, plan_json
from godwit.papers.plan_page import plan_page
from godwit.papers.plan_xlsx import plan_workbook
from godwit.papers.sheet import xlsx_bytes
from godwit.papers.wall_sheet import wall_sheet_html
from godwit.plan.making import Plan
from godwit.plan.risk import Forecast, forecast

Files = Iterator[tuple[str, bytes]]

RUNS: Final = 500
"""Runs of the forecast that every plan carries; `godwit plan risk` makes as many as wanted."""


def write_folder(inputs: PlanInputs, folder: Path, plan: Plan, before: Plan | None, quiet: bool) -> None:
    """Write everything, all or nothing: files are made beside the folder and moved in at the end, the record last."""
    record = inputs.record.model_copy(update={"revision": inputs.record.revision + 1})
    kept = PlanInputs(inputs.texts, record)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with Bars(quiet=quiet) as bars:
            for title, files in _parts(kept, plan, before):
                bars.begin(title)
                for name, content in files():
                    path = draft / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
        _move_in(draft, folder)
    finally:
        if draft.exists():
            shutil.rmtree(draft)


def _parts(inputs: PlanInputs, plan: Plan, before: Plan | None) -> list[tuple[str, Callable[[], Files]]]:
    made_on, odds = plan.schedule.today, _odds(plan)
    return [
        ("Writing what was said", lambda: _said(inputs)),
        ("Writing the plan", lambda: _plan_files(inputs, plan, before, odds)),
        ("Writing the wall sheets", lambda: _wall(plan)),
        ("Writing the documents", lambda: plan_documents(plan, made_on)),
    ]


def _said(inputs: PlanInputs) -> Files:
    texts = inputs.texts
    yield PRACTICE, texts.practice.encode()
    if texts.area:
        yield AREA, texts.area.encode()
    yield FACTS, (texts.facts or facts_starter(plan_maker().guide)).encode()
    yield RECORD, (inputs.record.model_dump_json(indent=2) + "\n").encode()


def _plan_files(inputs: PlanInputs, plan: Plan, before: Plan | None, odds: Forecast | None) -> Files:
    made_on = plan.schedule.today
    whole = {
        **plan_json(plan),
        "forecast": forecast_json(odds) if odds else None,
        "revision": inputs.record.revision,
        "inputs": inputs.as_json(),
    }
    yield "plan.json", (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    yield "plan.xlsx", xlsx_bytes(plan_workbook(plan, made_on))
    made_at = datetime.combine(made_on, datetime.min.time(), UTC)
    yield "plan.ics", ics_bytes(plan_calendar(plan, made_at, inputs.record.revision, before))
    yield "plan.html", plan_page(plan, made_on, odds, inputs.record.moves).encode()


def _wall(plan: Plan) -> Files:
    roles = dict.fromkeys(role for one in plan.schedule.tasks.values() for role in one.task.responsible)
    for role in roles:
        sheet = wall_sheet_html(plan, role, plan.schedule.today, plan.schedule.today)
        yield f"wall/{role.replace('_', '-')}.html", sheet.encode()


def _odds(plan: Plan) -> Forecast | None:
    """A forecast, where there is still something to forecast."""
    if plan.schedule.anchors["GL"].status == "done":
        return None
    return forecast(plan_maker().scheduler.problem(plan.case, plan.schedule.pace), RUNS)


def _move_in(draft: Path, folder: Path) -> None:
    if not folder.exists():
        draft.replace(folder)
        return
    files = sorted((one for one in draft.rglob("*") if one.is_file()), key=lambda one: one.name == RECORD)
    for path in files:
        place = folder / path.relative_to(draft)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
