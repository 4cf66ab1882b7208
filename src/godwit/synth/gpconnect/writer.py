"""Writes each patient as a GP Connect bundle, one resource to a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from godwit.synth.gpconnect import consultations, entries, frame, medicines
from godwit.synth.gpconnect.context import Context
from godwit.synth.gpconnect.fhir import NHS, Tree, instant
from godwit.synth.messages.layout import Filing, Layout
from godwit.synth.messages.losses import read_losses, suffered
from godwit.synth.model import (
    Allergy,
    Authorisation,
    Document,
    Immunisation,
    Issue,
    Item,
    Observation,
    Patient,
    Practice,
    Problem,
    Recall,
    Referral,
)
from godwit.synth.writing import Written

_SINGLE: dict[type[Item], Callable[[Context, Any], Tree]] = {
    Observation: entries.observation,
    Problem: entries.problem,
    Allergy: entries.allergy,
    Immunisation: entries.immunisation,
    Recall: entries.recall,
    Referral: entries.referral,
    Document: entries.document,
    Issue: medicines.issue,
}


class GpConnectWriter:
    """Writes a practice as one file for each patient, `patient-00001.json` and so on."""

    system = "gpconnect"
    encoding = "utf-8"

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self.losses: Mapping[str, str] = read_losses(__package__)

    def openings(self) -> Mapping[str, str]:
        """Nothing: without patients there are no files."""
        return {}

    def patient(self, patient: Patient) -> Written:
        """One bundle."""
        here = Context(Layout(self._practice, patient))
        written = Written()
        written.add(f"patient-{patient.id:05d}.json", _bundle(here))
        written.losses = here.losses + suffered(self._practice, patient, self.losses)
        return written


def _bundle(here: Context) -> str:
    record = [made for filing in here.layout.filings for made in _filed(here, filing)]
    resources = [
        frame.demographics(here),
        *frame.people_and_places(here),
        *medicines.products(here),
        *record,
        *frame.indexes(here, record),
    ]
    head = json.dumps(
        {
            "resourceType": "Bundle",
            "id": here.layout.id("bundle", here.patient.id),
            "meta": {
                "lastUpdated": instant(here.practice.snapshot),
                "profile": [f"{NHS}/StructureDefinition/GPConnect-StructuredRecord-Bundle-1"],
            },
            "type": "collection",
        }
    )
    lines = ",\n".join(
        f'{{"resource": {json.dumps(made, ensure_ascii=False, separators=(",", ":"))}}}' for made in resources
    )
    return f'{head[:-1]}, "entry": [\n{lines}\n]}}\n'


def _filed(here: Context, filing: Filing) -> Iterator[Tree]:
    if filing.consultation:
        yield from consultations.encounter(here, filing, filing.consultation)
    for item in filing.entries:
        yield from _entry(here, item)


def _entry(here: Context, item: Item) -> Iterator[Tree]:
    if isinstance(item, Authorisation):
        yield from medicines.authorisation(here, item)
    else:
        yield _SINGLE[type(item)](here, item)
    for member in here.layout.members.get(item.id, ()):
        yield from _entry(here, member)
