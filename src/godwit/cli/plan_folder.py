"""The folder of one plan: what people wrote, what happened, and what Godwit makes of it.

`practice.yaml`, `area.yaml` and `facts.yaml` are people's own; `record.json` holds the go-live, moves and finished
tasks. All other files are made from these four and can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import Field

from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.guide import Guide
from godwit.definitions.read import Definition, line_of, parse_text
from godwit.plan.case import Area, Day, Facts, FixedDate, Practice
from godwit.plan.naming import settled
from godwit.plan.overlays import OverlayRefused
from godwit.plan.scheduler import Case
from godwit.plan.settings import Pace

Model = TypeVar("Model", bound=Definition)

RECORD: Final = "record.json"
PRACTICE, AREA, FACTS = "practice.yaml", "area.yaml", "facts.yaml"


class FileRefused(DefinitionError):
    """A file or option that a person wrote cannot be used: it names the file, the line and the rule."""

    @property
    def where(self) -> str:
        """The file and, where known, the line."""
        return f"{self.file}, line {self.line}" if self.line else self.file

    @property
    def said(self) -> str:
        """What is wrong, without the place."""
        return self.because


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


class Record(Definition):
    """What the commands have noted. `revision` counts how often the plan was made."""

    go_live: Day
    pace: Pace | None = None
    revision: int = 0
    dates: dict[str, FixedDate] = Field(default_factory=dict)
    done: dict[str, Day] = Field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    undone: tuple[Move, ...] = ()


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
        area = _parsed(Area, names["area"], texts.area) if texts.area else None
        facts = (
            _parsed(Facts, names["facts"], texts.facts) if texts.facts and texts.facts.strip() else Facts()
        )
        facts = facts.model_copy(
            update={"done": {**facts.done, **record.done}, "dates": {**facts.dates, **record.dates}}
        )
        try:
            practice = settled(practice, guide)
        except OverlayRefused as error:
            raise refused(error, texts) from None
        return Case(practice, record.go_live, today, facts, area, record.pace)

    def as_json(self) -> dict[str, Any]:
        """For `plan.json`, so that the file alone can be checked again."""
        return {
            "practice": self.texts.practice,
            "area": self.texts.area,
            "facts": self.texts.facts,
            "record": self.record.model_dump(mode="json"),
        }

    @classmethod
    def from_json(cls, inputs: Mapping[str, Any], name: str) -> PlanInputs:
        """The inverse of `as_json`. Raises `FileRefused`."""
        try:
            record = Record.model_validate_json(json.dumps(inputs["record"]))
            return cls(Texts(inputs["practice"], inputs["area"], inputs["facts"]), record)
        except (KeyError, TypeError, ValueError):
            raise FileRefused(
                name, "plan.inputs", "this is no plan that Godwit made: it lacks its inputs"
            ) from None


def refused(error: OverlayRefused, texts: Texts) -> FileRefused:
    """An overlay's error with the file and line it speaks of."""
    text = texts.practice if error.whose == "practice" else texts.area or ""
    return FileRefused(texts.names[error.whose], error.rule, error.because, line=line_of(text, error.path))


def read_inputs(path: Path) -> PlanInputs:
    """The inputs of a plan folder, or of a `plan.json` alone. Raises `FileRefused`."""
    if path.is_file():
        return PlanInputs.from_json(_json(path).get("inputs") or {}, path.name)
    if not (path / RECORD).is_file():
        raise FileRefused(
            path.name, "plan.folder", f"this is no plan folder: it has no {RECORD}; see godwit plan make"
        )
    try:
        record = Record.model_validate_json((path / RECORD).read_text(encoding="utf-8"))
    except ValueError:
        raise FileRefused(
            RECORD, "plan.record", "this file was changed by hand and cannot be read any more"
        ) from None
    return PlanInputs(
        Texts(read_text(path / PRACTICE), _optional(path / AREA), _optional(path / FACTS)), record
    )


def read_text(path: Path) -> str:
    """A person's file. Raises `FileRefused` where it is missing or no UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileRefused(path.name, "file.missing", "there is no such file") from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError):
        raise FileRefused(path.name, "file.text", "this cannot be read as a text file in UTF-8") from None


def with_move(inputs: PlanInputs, case: Case, move: Move) -> PlanInputs:
    """The inputs after a move that leads to `case`."""
    record = inputs.record
    dates = {
        one: day for one, day in case.facts.dates.items() if one in record.dates or one not in _dates(inputs)
    }
    changed = record.model_copy(
        update={"go_live": case.go_live, "dates": dates, "moves": (*record.moves, move)}
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
        "moves": inputs.record.moves[:-1],
        "undone": (*inputs.record.undone, last),
    }
    return replace(inputs, record=inputs.record.model_copy(update=update)), last


def _dates(inputs: PlanInputs) -> Mapping[str, FixedDate]:
    facts = inputs.texts.facts
    return _parsed(Facts, FACTS, facts).dates if facts and facts.strip() else {}


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
