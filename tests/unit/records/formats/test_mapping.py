"""A mapping is refused at load when it names what does not exist, and turns a tree into a row as it says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.definitions.comparison import read_code_systems
from godwit.definitions.errors import DefinitionError
from godwit.records.canonical import ENTITIES
from godwit.records.formats import FORMATS
from godwit.records.formats.converters import COMMON, Setting, concept_fhir
from godwit.records.formats.gpconnect.reader import link_fhir
from godwit.records.formats.mapping import FieldSource, FormatMapping, Identity, KindMapping, Mapper, load
from godwit.records.formats.tree import parse
from godwit.records.model import Issue, Link, Place, Reject, Row
from godwit.values import PartialDate

CONVERTERS = {**COMMON, "concept": concept_fhir}
PLACE = Place(1, 2, "Recall")
KIND: dict[str, Any] = {
    "entity": "recall",
    "fields": {"code": {"concept": "code"}, "due": {"moment": "due"}, "text": {"text": "note.text"}},
    "constants": {"status": "active"},
    "links": {"performer": "by", "consultation": "context"},
    "parts": {"part": "Part"},
    "ignore": {"made.up": "made for the message"},
}
FILE: dict[str, Any] = {
    "edition": "made up",
    "system": "madeup",
    "title": "A made-up format",
    "reasons": {},
    "ignore": {"id": "made for the message"},
    "labels": ["url"],
    "common": {"confidentiality": {"text": "mark"}},
    "by_reader": {"recall": ["intent"]},
    "kinds": {"Recall": KIND, "Part": {"entity": "recall", "fields": {"text": {"text": "text"}}}},
}


def loaded(tmp_path: Path, kind: Mapping[str, Any] | None = None, **others: Any) -> FormatMapping:
    path = tmp_path / "mapping.yaml"
    kinds = {**FILE["kinds"], "Recall": {**KIND, **(kind or {})}}
    path.write_text(yaml.safe_dump({**FILE, "kinds": kinds, **others}, sort_keys=False), encoding="utf-8")
    return load(path, CONVERTERS)


# Loading ----------------------------------------------------------------------------------------------------------


def test_the_short_form_of_a_field_is_the_long_one() -> None:
    long = FieldSource(by="choice", at="status", values={"a": "b"})
    assert FieldSource.model_validate({"choice": "status", "values": {"a": "b"}}) == long
    assert FieldSource.model_validate({"by": "choice", "at": "status", "values": {"a": "b"}}) == long


@pytest.mark.parametrize(
    "field",
    [{}, {"moment": "a", "text": "b"}, {"values": {"a": "b"}}, {"by": "text"}, {"moment": ["a"]}, "due"],
)
def test_a_field_without_one_converter_and_one_path_is_refused(tmp_path: Path, field: Any) -> None:
    with pytest.raises(DefinitionError, match=r"mapping\.yaml.*definition\.shape"):
        loaded(tmp_path, {"fields": {"due": field}})


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ({"entity": "recal"}, "recal"),
        ({"fields": {"dew": {"moment": "due"}}}, "dew"),
        ({"constants": {"stature": "active"}}, "stature"),
        ({"links": {"perfomer": "by"}}, "perfomer"),
        ({"links": {"due": "by"}}, "due"),
        ({"fields": {"performer": {"text": "by"}}}, "performer"),
        ({"fields": {"due": {"date": "due"}}}, "date"),
        ({"parts": {"part": "Prat"}}, "Prat"),
        ({"fields": {"status": {"concept": "status"}}}, "status_term"),
    ],
)
def test_a_name_the_model_does_not_have_is_refused(tmp_path: Path, kind: dict[str, Any], named: str) -> None:
    with pytest.raises(LookupError, match=rf"madeup: Recall: .*{named}"):
        loaded(tmp_path, kind)


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ({"common": {"confidential": {"text": "mark"}}}, "confidential"),
        ({"common": {"confidentiality": {"txet": "mark"}}}, "txet"),
        ({"by_reader": {"recal": ["intent"]}}, "recal"),
        ({"by_reader": {"recall": ["intend"]}}, "intend"),
    ],
)
def test_a_name_outside_the_kinds_is_checked_too(tmp_path: Path, others: dict[str, Any], named: str) -> None:
    with pytest.raises(LookupError, match=rf"madeup: .*{named}"):
        loaded(tmp_path, **others)


def test_a_path_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"madeup: Recall: not a path"):
        loaded(tmp_path, {"fields": {"due": {"moment": "due["}}})


def test_a_key_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"definition\.shape"):
        loaded(tmp_path, colour="blue")


def test_what_a_format_fills(tmp_path: Path) -> None:
    assert loaded(tmp_path).fills("recall") == {
        "code", "code_term", "code_text", "due", "text",  # fields of either kind
        "status", "performer", "consultation",  # a constant and links
        "confidentiality", "intent",  # of every kind, and by the reader itself
    }  # fmt: skip
    assert loaded(tmp_path).fills("referral") == frozenset()


# Converting -------------------------------------------------------------------------------------------------------


def row_of(tmp_path: Path, tree: dict[str, Any]) -> tuple[Row | Reject, list[Issue]]:
    setting = Setting(PartialDate.parse_iso, read_code_systems())
    mapper = Mapper(loaded(tmp_path), {"concept": concept_fhir}, setting, link_fhir)
    return mapper.row("Recall", tree, Identity(PLACE, "Recall/1", "sys|1", "Patient/1"))


def test_a_tree_becomes_a_row(tmp_path: Path) -> None:
    tree = {
        "id": "1",
        "made": {"up": "x"},
        "code": {"coding": [{"code": "1", "userSelected": True}]},
        "due": "2020-06-01T08:00:00Z",
        "note": [{"text": "one", "author": "someone"}, {"text": "two"}],
        "by": {"reference": "Practitioner/1", "display": "Dr Made Up"},
        "context": {"display": "the morning surgery"},
        "part": [{"text": "in a part"}],
        "mark": "NOPAT",
        "spare": [{"url": "u", "value": "v"}],
    }
    row, issues = row_of(tmp_path, tree)
    assert isinstance(row, Row)
    assert issues == []
    assert row.fields == {
        "code": '["|1"]',
        "due": "2020-06-01T09:00:00+01:00",
        "text": "one\ntwo",
        "status": "active",
        "confidentiality": "NOPAT",
    }
    assert row.original == {"due": "2020-06-01T08:00:00Z"}
    assert row.links == (
        Link("performer", "Practitioner/1"),
        Link("consultation", None, "the morning surgery"),
    )
    assert row.extras == {
        "by.display": ("Dr Made Up",),
        "code.coding.userSelected": ("true",),
        "note.author": ("someone",),
        "spare.url": ("u",),
        "spare.value": ("v",),
    }
    assert (row.place, row.key, row.source_id, row.patient) == (PLACE, "Recall/1", "sys|1", "Patient/1")


def test_a_delivered_value_wins_over_a_constant(tmp_path: Path) -> None:
    path = tmp_path / "constant.yaml"
    kind = {"entity": "recall", "fields": {"status": {"choice": "status"}}, "constants": {"status": "active"}}
    path.write_text(yaml.safe_dump({**FILE, "kinds": {"Recall": kind}}), encoding="utf-8")
    setting = Setting(PartialDate.parse_iso, read_code_systems())
    mapper = Mapper(load(path, CONVERTERS), {}, setting, link_fhir)
    for tree, status in (({}, "active"), ({"status": "done"}, "done")):
        row, _ = mapper.row("Recall", tree, Identity(PLACE, None, None, None))
        assert isinstance(row, Row)
        assert row.fields["status"] == status


def test_the_same_link_twice_is_one_link(tmp_path: Path) -> None:
    row, _ = row_of(tmp_path, {"by": [{"reference": "Practitioner/1"}, {"reference": "Practitioner/1"}]})
    assert isinstance(row, Row)
    assert row.links == (Link("performer", "Practitioner/1"),)


def test_a_value_of_the_wrong_shape_is_a_rejection_that_names_the_path(tmp_path: Path) -> None:
    made = row_of(tmp_path, {"due": {"secret": "token"}})
    assert made == (Reject(PLACE, "recall", "value.shape", "due", "Recall/1"), [])


def test_an_unreadable_value_is_an_issue_of_the_record(tmp_path: Path) -> None:
    row, issues = row_of(tmp_path, {"due": "soon"})
    assert isinstance(row, Row)
    assert row.fields["due"] == "unreadable:soon"
    assert issues == [Issue(PLACE, "recall", "moment.unreadable", "due")]


# The shipped mappings ---------------------------------------------------------------------------------------------


def paths_of(mapping: FormatMapping, kind: KindMapping) -> list[str]:
    sources = [*kind.fields.values(), *mapping.common.values()]
    return [source.at for source in sources] + [
        *kind.links.values(),
        *kind.parts,
        *kind.ignore,
        *mapping.ignore,
    ]


@pytest.mark.parametrize(
    ("system", "kind"), [(name, kind) for name, one in FORMATS.items() for kind in one.mapping.kinds]
)
def test_every_path_of_a_shipped_mapping_can_be_read(system: str, kind: str) -> None:
    mapping = FORMATS[system].mapping
    for path in paths_of(mapping, mapping.kinds[kind]):
        assert parse(path), path


@pytest.mark.parametrize("system", FORMATS)
def test_everything_ignored_or_set_aside_has_a_reason(system: str) -> None:
    mapping = FORMATS[system].mapping
    assert all(reason.strip() for kind in mapping.kinds.values() for reason in kind.ignore.values())
    assert all(reason.strip() for reason in [*mapping.ignore.values(), *mapping.reasons.values()])


@pytest.mark.parametrize("system", FORMATS)
def test_a_shipped_mapping_is_called_by_its_system(system: str) -> None:
    assert FORMATS[system].system == FORMATS[system].mapping.system == system


# Fields and roles that no message fills; whole-practice extracts do, or will. Whoever adds one to the model or to a
# mapping sees this list change.
NOBODY_FILLS = {
    "allergy.agent", "appointment.booked", "appointment.confidentiality", "appointment.duration",
    "appointment.location", "appointment.organisation", "appointment.performer", "appointment.reason",
    "appointment.session", "appointment.start", "appointment.status", "appointment.type_text",
    "document.performer", "document.qualifiers", "medication_authorisation.problem",
    "observation.abnormal", "observation.end_date", "observation.episode", "observation.organisation",
    "observation.problem", "observation.recorder", "organisation.address", "patient.address",
    "patient.carer", "patient.email", "patient.home_phone", "patient.location", "patient.mobile_phone",
    "patient.postcode", "patient.test_patient", "practitioner.end_date", "practitioner.name",
    "practitioner.start", "registration.kind", "registration.organisation",
}  # fmt: skip


def test_what_no_message_fills_is_known() -> None:
    unfilled = {
        f"{entity.name}.{name}"
        for entity in ENTITIES.values()
        for name in (*entity.field_names, *entity.role_names)
        if not any(name in one.mapping.fills(entity.name) for one in FORMATS.values())
    }
    assert unfilled == NOBODY_FILLS
