"""Read every file of a delivery with the format its content shows, hash it, and quarantine what cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from godwit.records.errors import InputRefused, WrongUse
from godwit.records.formats import FORMATS
from godwit.records.formats.reading import Format, Reading
from godwit.records.intake.delivery import DeliveredFile, Delivery
from godwit.records.intake.names import public_name
from godwit.records.model import Place, Reject

_LONG_WORD = 6
_PRIVATE_FIELDS = ("family", "given", "nhs_number")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as read: its hash, its format (None where it was quarantined), its name fit for Zone A, its records."""

    file: DeliveredFile
    sha256: str
    format: Format | None
    public_name: str
    reading: Reading


def read_delivery(delivery: Delivery, side: str, system: str | None = None) -> Iterator[ReadFile]:
    """Every file in order. A file that cannot be read is quarantined and counted, unless it is the only one or none
    can be read: then `InputRefused` is raised. `system` names a format instead of looking at the content."""
    chosen = _chosen(system)
    first_refusal: InputRefused | None = None
    readable = 0
    for file in delivery:
        try:
            one = _read(file, side, chosen, len(delivery.files))
            readable += 1
        except InputRefused as refused:
            if len(delivery.files) == 1:
                raise
            first_refusal = first_refusal or refused
            one = _quarantined(file, refused)
        yield one
    if first_refusal and not readable:
        raise first_refusal


def detect(head: bytes, formats: Mapping[str, Format] = FORMATS) -> Format | None:
    """The format whose mark the opening bytes show."""
    return next((one for one in formats.values() if one.recognise(head)), None)


def _chosen(system: str | None) -> Format | None:
    if system is None:
        return None
    if system not in FORMATS:
        raise WrongUse("system.unknown", f"no such system; known are {', '.join(sorted(FORMATS))}")
    return FORMATS[system]


def _read(file: DeliveredFile, side: str, chosen: Format | None, files: int) -> ReadFile:
    place = f"{side} file {file.number} of {files}"
    data = file.read()
    format_ = chosen or detect(data[:4096])
    if not data.strip():
        raise InputRefused("file.empty", "the file is empty", place)
    if format_ is None:
        raise InputRefused("file.unrecognised", "the content is of no format that Godwit reads", place)
    try:
        reading = format_.read(data, file.number)
    except InputRefused as refused:
        raise InputRefused(refused.rule, refused.because, place) from None
    digest = hashlib.sha256(data).hexdigest()
    return ReadFile(
        file, digest, format_, public_name(file.name, file.number, _private_words(reading)), reading
    )


def _quarantined(file: DeliveredFile, refused: InputRefused) -> ReadFile:
    reading = Reading(witnessed=1, readable=False)
    reading.add(Reject(Place(file.number, 0, "file"), "unclassified", refused.rule, "file"))
    try:
        digest = hashlib.sha256(file.read()).hexdigest()
    except InputRefused:
        digest = ""
    return ReadFile(file, digest, None, file.public, reading)


def _private_words(reading: Reading) -> set[str]:
    """Words of the patients in a file that its name must not repeat: names and numbers, and anything long they say."""
    words: set[str] = set()
    for row in reading.rows:
        if row.entity == "patient":
            words |= {row.fields[name] for name in _PRIVATE_FIELDS if name in row.fields}
            words |= {
                word
                for texts in (row.fields.values(), row.original.values(), *row.extras.values())
                for text in texts
                for word in text.split()
                if len(word) >= _LONG_WORD
            }
    return words
