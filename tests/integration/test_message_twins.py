"""One made-up practice as GP2GP messages and as GP Connect records: they differ only where the message is poorer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.twins import Found, Twin, found_in, make_twin, twins_compared

DIRECTORY = (
    "The made-up message names staff and places by name, prescriber number and organisation code alone"
)
VACCINES = "A message does not say which entries are vaccinations; a receiver knows them by their codes"
WORDS = "The message keeps such words elsewhere, or not at all; GP Connect has them as text"
ENTERED = "An entry of a consultation has the time of entry of the consultation"

EXPLAINED: dict[str, str] = {
    "allergy.recorded.changed": ENTERED,
    "document.recorded.changed": ENTERED,
    "immunisation.recorded.changed": ENTERED,
    "observation.recorded.changed": ENTERED,
    "medication_authorisation.recorded.changed": ENTERED,
    "medication_authorisation.recorder.changed": "It has the author of the consultation too",
    "medication_issue.recorder.changed": "It has the author of the consultation too",
    "allergy.recorder.changed": "It has the author of the consultation too",
    "observation.performer.gained": "An entry without a clinician takes that of its consultation",
    "observation.performer.lost": "An entry without a clinician takes that of its consultation",
    "allergy.status.changed": "That an allergy has ended is told by its end date alone",
    "medication_authorisation.type.changed": "Repeat dispensing is told as a repeat",
    "observation.body_site.gained": "The made-up message does not tell the side of the body",
    "observation.body_site_term.gained": "The made-up message does not tell the side of the body",
    "observation.interpretation.gained": "The made-up message does not tell that a result was marked abnormal",
    "observation.interpretation_term.gained": "The made-up message does not tell that a result was marked abnormal",
    "observation.text.gained": WORDS,
    "observation.text.changed": WORDS,
    "problem.text.gained": WORDS,
    "problem.text.changed": WORDS,
    "problem.onset.lost": "A problem without a day takes the day of its statement",
    "patient.confidentiality.gained": "A message has no mark for a whole record",
    "practitioner.identifiers.changed": DIRECTORY,
    "practitioner.identifiers.gained": DIRECTORY,
    "practitioner.role.gained": DIRECTORY,
    "practitioner.role_term.gained": DIRECTORY,
    "organisation.addresses.gained": DIRECTORY,
    "organisation.contacts.gained": DIRECTORY,
    "registration.unexpected.no_place": "Registrations are not in the message",
    "observation.missing.kind_changed_immunisation": VACCINES,
    "immunisation.unexpected.kind_changed_observation": VACCINES,
    "observation.missing.no_counterpart": VACCINES,
    "immunisation.unexpected.no_counterpart": VACCINES,
}
"""By cause: why the made-up message and record differ there. Whatever is not named here must not be found."""

NOT_RECOGNISED = "patient_not_paired"
"""Why everything of a patient without an NHS number is found: the message has nothing else to know a person by."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Twin, list[Found], int]]:
    """The findings of the pair, and how many patients have no NHS number."""
    work: Path = tmp_path_factory.mktemp("messages")
    twin = make_twin(("gp2gp", "gpconnect"), work / "made", (30, 0.06), seed=41)
    with twins_compared(twin, work / "work") as one:
        nobody = one.duck.run(
            "test", "SELECT count(*) FROM canonical.patient WHERE side = 'target' AND nhs_number IS NULL"
        )
        yield twin, found_in(one), int(nobody[0][0])


def test_the_two_messages_differ_only_where_one_is_poorer(found: tuple[Twin, list[Found], int]) -> None:
    _, findings, _ = found
    causes = {cause(one) for one in findings if one.reason != NOT_RECOGNISED}
    assert causes - set(EXPLAINED) == set()
    assert len(causes) > 10


def test_only_patients_without_a_number_are_not_recognised(found: tuple[Twin, list[Found], int]) -> None:
    _, findings, nobody = found
    lone = [one for one in findings if one.entity == "patient" and one.reason == NOT_RECOGNISED]
    assert len(lone) == 2 * nobody


def test_entries_taken_for_vaccinations_are_as_many_on_both_sides(
    found: tuple[Twin, list[Found], int],
) -> None:
    _, findings, _ = found
    kinds = [one.entity for one in findings if EXPLAINED.get(cause(one)) == VACCINES]
    assert kinds.count("observation") == kinds.count("immunisation")


def cause(one: Found) -> str:
    """What findings are gathered by."""
    return ".".join((one.entity, one.field or one.outcome, one.reason))
