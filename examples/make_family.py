"""Writes the example family: `python -m examples.make_family` from the root of the repository.

Takes a folder to write to; without one, `examples/family`. The same run gives the same bytes every time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples.family_maker import gp2gp, gpconnect
from examples.family_maker.differences import as_received, as_yaml
from examples.family_maker.family import FAMILY


def files() -> dict[str, bytes]:
    """Every file of the example by its name within the folder."""
    made = {"differences.yaml": as_yaml()}
    for patient in FAMILY:
        made[f"source/patient-{patient.number}.xml"] = gp2gp.message(patient)
        made[f"target/patient-{patient.number}.json"] = gpconnect.bundle(as_received(patient))
    return {name: text.encode("utf-8") for name, text in made.items()}


def write(folder: Path) -> None:
    """Write every file below `folder`, over what was there."""
    for name, content in files().items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("family"))
