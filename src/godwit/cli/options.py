"""Options and small answers that several commands share."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from godwit.records.bulk.loading import Opening
from godwit.records.evidence.run_folder import Keeper
from godwit.records.intake.decrypt import Keys

KEEP_DAYS: Final = 90
"""How long the private part of a run is kept unless said otherwise: a sign-off and its questions take weeks."""

UNLOCKED_BY: Final = "GODWIT_KEY_PASSPHRASE"
"""Environment variable with the pass phrase of the key; a pass phrase on a command line could be read by others."""

System = Annotated[
    str | None,
    typer.Option(
        help="The system, when its content does not show it: emis, tpp, vision, gp2gp or gpconnect."
    ),
]
Out = Annotated[Path, typer.Option(help="The run folder to make. It must not hold anything yet.")]
Owner = Annotated[str, typer.Option(help="Who answers for the private part of the run.")]
KeepFor = Annotated[int, typer.Option("--keep-days", min=1, help="Days the private part may be kept.")]
PracticeCode = Annotated[
    str | None, typer.Option("--practice", help="ODS code of the practice, where a delivery holds several.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", help=f"Private key for encrypted files; its pass phrase comes from {UNLOCKED_BY}."),
]


def keeper(owner: str, keep_days: int) -> Keeper:
    """The person named, else whoever is at the keyboard."""
    keep_until = datetime.now(UTC).date() + timedelta(days=keep_days)
    return Keeper(owner or _user(), keep_until.isoformat())


def opening(practice: str | None, key: Path | None) -> Opening:
    """What a delivery is opened with."""
    return Opening(practice, Keys(key, os.environ.get(UNLOCKED_BY)) if key else None)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user need not have a name
        return "not named"
