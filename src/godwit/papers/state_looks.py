"""How the words that say a state look in a sheet. The word always stands there too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from godwit.papers.sheet import Look

STATE_LOOKS: Final[Mapping[str, Look]] = {
    "Done": "good",
    "Reached": "good",
    "Met": "good",
    "Kept": "good",
    "Open": "good",
    "Confirmed": "good",
    "Late": "bad",
    "Missed": "bad",
    "Not kept": "bad",
    "Will be missed": "watch",
    "Shut": "watch",
    "Not known yet": "watch",
    "Does not apply": "quiet",
    "Provisional": "quiet",
}
