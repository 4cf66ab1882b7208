"""Options that nearly every command has. They bring nothing along, so that no command waits for another's engine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to plan from; today if not given.")
]


def today_or(day: datetime | None) -> date:
    """The day given, else today."""
    return day.date() if day else datetime.now(UTC).astimezone().date()
