"""The folder of one plan: what people wrote, what happened, and what Godwit makes of it.

`practice.yaml`, `area.yaml` and `facts.yaml` are people's own; `record.json` holds the go-live, moves and finished
tasks. All other files are made from these four and can be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import Field

from godwit.cli.file_refused import FileRefused
from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.guide import Guide
from godwit.definitions.read import Definition, line_of, parse_text
from godwit.plan.case import Area, Day, Facts, FixedDate, Practice
from godwit.plan.naming import settled, settled_tasks
from godwit.plan.overlays import OverlayRefused
from godwit.plan.own_facts import named_dates, refuse_happenings
from godwit.plan.scheduler import Case
from godwit.plan.settings import Pace

Model = TypeVar("Model", bound=Definition)

RECORD: Final = "record.json"
PRACTICE, AREA, FACTS = "practice.yaml", "area.yaml", "facts.yaml"
OWN: Final = (PRACTICE, AREA, FACTS)
PLAN: Final = "plan.json"


class Move(Definition):
    """One move that was written: what, from when to when, why, and how things stood before it."""

    at: Day
    by: str = ""
    name: str
    moved_from: Day
    moved_to: Day
    reason: str
    go_live_before: Day
    dates_before: dict[str, FixedDate] = Field(default_factory=dict)
    pace_before: Pace | None = None
    order_before: Day | None = None


class Record(Definition):
    """What the commands have noted. `revision` counts how often the plan was made.

    `made` holds the sha256 of every file made from the plan, so that one that somebody changed is not written over.
    """

    go_live: Day
    pace: Pace | None = None
    order_on: Day | None = None
    revision: int = 0
    dates: dict[str, FixedDate] = Field(default_factory=dict)
    done: dict[str, Day] = Field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    undone: tuple[Move, ...] = ()
    made: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Texts:
    """What people wrote, with the names that errors call the files by."""

    practice: str
    area: str | None = None
    facts: str | None = None
    names: Mapping[str, str] = field(
        default_factory=lambda: {"practice": PRACTICE, "area": AREA, "facts": FACTS}
    )


@dataclass(frozen=True)
class PlanInputs:
    """Everything a plan is made from."""

    texts: Texts
    record: Record

    def case(self, guide: Guide, today: date) -> Case:
        """The case as of `today`. Raises `FileRefused`."""
        names, texts, record = self.texts.names, self.texts, self.record
        practice = _parsed(Practice, names["practice"], texts.practice)
        area = _parsed(Area, names["area"], texts.area) if texts.area is not None else None
        try:
            practice = settled(practice, guide)
            if area:
                area = area.model_copy(update={"tasks": settled_tasks(area.tasks, guide)})
            facts = self.own_facts(guide)
            refuse_happenings(facts, guide, today, record.go_live)
        except OverlayRefused as error:
            raise refused(error, texts) from None
        facts = facts.model_copy(
            update={"done": {**facts.done, **record.done}, "dates": {**facts.dates, **record.dates}}
        )
        live_on = [day for task, day in facts.done.items() if task in _go_live_tasks(guide)]
        go_live = live_on[0] if live_on else record.go_live  # what has happened stands above what was planned
        return Case(practice, go_live, today, facts, area, record.pace, record.order_on)

    def own_facts(self, guide: Guide) -> Facts:
        """What the facts' file alone says, dates under the guide's names. Raises `FileRefused`, `OverlayRefused`."""
        text = self.texts.facts
        facts = _parsed(Facts, self.texts.names["facts"], text) if text and is_written(text) else Facts()
        return facts.model_copy(update={"dates": named_dates(facts.dates, guide)})

    def as_json(self) -> dict[str, Any]:
        """For `plan.json`, so that the file alone can be checked again."""
        return {
            "practice": self.texts.practice,
            "area": self.texts.area,
            "facts": self.texts.facts,
            "record": self.record.model_dump(mode="json", exclude={"made"}),
        }

    @classmethod
    def from_json(cls, inputs: Mapping[str, Any], name: str) -> PlanInputs:
        """The inverse of `as_json`. Raises `FileRefused`."""
        try:
            record = Record.model_validate_json(json.dumps(inputs["record"]))
            said = [inputs[one] for one in ("practice", "area", "facts")]
            if not all(one is None or isinstance(one, str) for one in said):
                raise TypeError("a file's text is no text")
            return cls(Texts(*said), record)
        except (KeyError, TypeError, ValueError):
            raise FileRefused(
                name, "plan.inputs", "this is no plan that Godwit made: it lacks its inputs"
            ) from None


def refused(error: OverlayRefused, texts: Texts) -> FileRefused:
    """An overlay's error with the file and line it speaks of."""
    text = {"practice": texts.practice, "area": texts.area, "facts": texts.facts}[error.whose] or ""
    return FileRefused(texts.names[error.whose], error.rule, error.because, line=line_of(text, error.path))


def is_written(text: str) -> bool:
    """Whether a file says anything besides comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _go_live_tasks(guide: Guide) -> tuple[str, ...]:
    return next(one.of for one in guide.anchors if one.id == "GL")


def read_inputs(path: Path) -> PlanInputs:
    """The inputs of a plan folder, or of a `plan.json` alone. Raises `FileRefused`."""
    if path.is_file():
        made = _json(path)
        inputs = PlanInputs.from_json(made.get("inputs") or {}, path.name)
        if made.get("fingerprint") != fingerprint(made):
            because = "this plan was changed by hand; write changes into practice.yaml or facts.yaml instead"
            raise FileRefused(path.name, "plan.changed", because)
        return inputs
    if not (path / RECORD).is_file():
        raise FileRefused(
            path.name, "plan.folder", f"this is no plan folder: it has no {RECORD}; see godwit plan make"
        )
    text = read_text(path / RECORD)
    try:
        record = Record.model_validate_json(text)
    except ValueError:
        raise FileRefused(
            RECORD, "plan.record", "this file was changed by hand and cannot be read any more"
        ) from None
    return PlanInputs(
        Texts(read_text(path / PRACTICE), _optional(path / AREA), _optional(path / FACTS)), record
    )


def fingerprint(plan: Mapping[str, Any]) -> str:
    """What tells whether a plan.json still says what Godwit wrote, however it is laid out."""
    said = {name: value for name, value in plan.items() if name != "fingerprint"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def last_made(folder: Path) -> tuple[PlanInputs, date]:
    """What the plan in a folder was last made from, and for which day. Raises `FileRefused` if it is not whole."""
    inputs, today = read_inputs(folder / PLAN), str(_json(folder / PLAN).get("today"))
    try:
        return inputs, date.fromisoformat(today)
    except ValueError:
        raise FileRefused(PLAN, "plan.today", "it does not say for which day it was made") from None


def is_half_written(folder: Path) -> bool:
    """Whether an update was stopped half way, so that the papers in the folder are of two plans."""
    if not folder.is_dir():
        return False
    try:
        made, _today = last_made(folder)
    except FileRefused:
        return True
    return made.record.revision != read_inputs(folder).record.revision


def read_text(path: Path) -> str:
    """A person's file. Raises `FileRefused` where it is missing or no UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileRefused(path.name, "file.missing", "there is no such file") from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError):
        raise FileRefused(path.name, "file.text", "this cannot be read as a text file in UTF-8") from None


def with_move(inputs: PlanInputs, case: Case, move: Move, own: Mapping[str, FixedDate]) -> PlanInputs:
    """The inputs after a move that leads to `case`. `own` are the dates of the facts' file, which a move overrides."""
    record = inputs.record
    dates = {one: day for one, day in case.facts.dates.items() if own.get(one) != day}
    # A date moved back to where it would be by itself needs no note, unless the file would pull it away again.
    freed = FixedDate(day=move.moved_to, because=move.reason)
    dates |= {one: freed for one in own if one not in case.facts.dates}
    changed = record.model_copy(
        update={
            "go_live": case.go_live,
            "pace": case.pace,
            "order_on": case.order_on,
            "dates": dates,
            "moves": (*record.moves, move),
        }
    )
    return replace(inputs, record=changed)


def without_last_move(inputs: PlanInputs) -> tuple[PlanInputs, Move]:
    """The inputs as before the last move. Raises `FileRefused` where nothing was moved."""
    if not inputs.record.moves:
        raise FileRefused(RECORD, "plan.undo", "nothing has been moved, so there is nothing to take back")
    last = inputs.record.moves[-1]
    update = {
        "go_live": last.go_live_before,
        "dates": last.dates_before,
        "pace": last.pace_before,
        "order_on": last.order_before,
        "moves": inputs.record.moves[:-1],
        "undone": (*inputs.record.undone, last),
    }
    return replace(inputs, record=inputs.record.model_copy(update=update)), last


def _parsed(model: type[Model], name: str, text: str) -> Model:
    try:
        return parse_text(model, name, text)
    except DefinitionError as error:
        raise FileRefused(error.file, error.rule, error.because, error.row, error.line) from None


def _optional(path: Path) -> str | None:
    return read_text(path) if path.exists() else None


def _json(path: Path) -> dict[str, Any]:
    try:
        made = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise FileRefused(path.name, "json.syntax", "this is not JSON", line=error.lineno) from None
    return made if isinstance(made, dict) else {}
