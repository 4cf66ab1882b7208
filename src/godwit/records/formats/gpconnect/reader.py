"""From a bundle to canonical rows: what is a record, what belongs together, what only repeats other records.

Every resource of the bundle, every contained resource, every component of an observation and every registration of a
patient is a record with one fate. A drug entry and the statement of an authorisation are folded into the request
that uses them, the list of a consultation into its encounter, the only role of a person into the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from godwit.records.formats.converters import Nodes
from godwit.records.formats.gpconnect.bundle import (
    RESOURCE_TYPES,
    broken_rule,
    count_resources,
    open_bundle,
    too_deep,
)
from godwit.records.formats.mapping import Identity, Mapper
from godwit.records.formats.reading import (
    Reading,
    note_snapshot,
    report_duplicate_keys,
    report_strangers,
    settle_links,
    with_nhs_number,
)
from godwit.records.formats.tree import Address, Tree, first_text, opening, select
from godwit.records.model import Issue, Place, Reject, Row, SetAside
from godwit.values import PartialDate

NOT_CONTENT = ("resourceType", "id", "subject", "patient", "identifier")
"""Keys of a folded record that only say what and whose it is."""

WARNINGS = {
    "confidential-items": "items marked confidential were withheld by the sender",
    "data-in-transit": "a record transfer into the sending practice was not finished",
    "data-awaiting-filing": "items were waiting to be filed",
}
"""Warning codes on the lists of a bundle: such a bundle is not a complete record (format notes 6.7)."""


def looks_like_a_bundle(head: bytes) -> bool:
    """Whether the opening bytes are those of a JSON object."""
    return opening(head) == b"{"


def link_fhir(nodes: Nodes) -> tuple[list[tuple[str | None, str | None]], list[Address]]:
    """References: the key pointed at, or the words given instead of one."""
    found: list[tuple[str | None, str | None]] = []
    used: list[Address] = []
    for address, node in nodes:
        if not isinstance(node, dict):
            continue
        reference, display = node.get("reference"), node.get("display")
        if isinstance(reference, str):
            found.append((reference, None))
            used.append((*address, "reference"))
        elif isinstance(display, str):
            found.append((None, display))
            used.append((*address, "display"))
    return found, used


@dataclass(slots=True)
class _Record:
    """A resource with its place. `owner` is the key of the resource it is contained in, "" where it is in none."""

    number: int
    resource: dict[str, Tree]
    owner: str = ""

    @property
    def prefix(self) -> str:
        """What the kind of its place begins with."""
        return "contained." if self.owner else ""

    @property
    def type(self) -> str:
        """The resource type, or "" where it is not a word."""
        said = self.resource.get("resourceType")
        return said if isinstance(said, str) else ""

    @property
    def kind(self) -> str:
        """What the books call it: only words of the standard, because a made-up type could hold a name."""
        name = self.type if self.type in RESOURCE_TYPES else "unknown"
        return f"{self.prefix}{name}"

    @property
    def key(self) -> str | None:
        """How references point at it: `Type/id`, or `Type/id#id` where it is contained (`_own_references`)."""
        said = self.resource.get("id")
        if not isinstance(said, str):
            return None
        return f"{self.owner}#{said}" if self.owner else f"{self.type}/{said}"


class BundleReader:
    """Reads one bundle at a time; holds nothing between files."""

    def __init__(self, mapper: Mapper) -> None:
        self._mapper = mapper

    def read(self, data: bytes, file: int) -> Reading:
        """All records of one bundle. Raises `InputRefused` when the file is not a readable bundle."""
        place = f"file {file}"
        try:
            return _Pass(self._mapper, open_bundle(data, place), file, count_resources(data)).run()
        except RecursionError:
            raise too_deep(place) from None


class _Pass:
    """The work on one bundle."""

    def __init__(self, mapper: Mapper, bundle: dict[str, Tree], file: int, witnessed: int) -> None:
        self._mapper = mapper
        self._mapping = mapper.mapping
        self._bundle = bundle
        self._file = file
        self._parts = 0
        self.reading = Reading(version="STU3", witnessed=witnessed)
        self._records = list(self._open())
        self._by_key = {record.key: record for record in reversed(self._records) if record.key}

    def run(self) -> Reading:
        """Book every record, then settle links."""
        note_snapshot(
            self.reading, self._file, first_text(self._bundle, "meta.lastUpdated"), PartialDate.parse_iso
        )
        self._fold()
        for record in self._records:
            self._book(record)
        self.reading.witnessed += self._parts
        settle_links(self.reading)
        report_duplicate_keys(self.reading)
        report_strangers(self.reading)
        return self.reading

    def _open(self) -> Iterator[_Record]:
        self._stray(
            0, {key: item for key, item in self._bundle.items() if key not in ("resourceType", "entry")}
        )
        for number, entry in enumerate(self._bundle["entry"], start=1):
            rule = broken_rule(entry)
            if rule:
                self._quarantine(number, entry, rule)
                continue
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
                self._stray(number, {key: item for key, item in entry.items() if key != "resource"})
                yield from self._open_contained(number, resource)
                continue
            self.reading.add(
                Reject(Place(self._file, number, "entry"), "unclassified", "record.shape", "entry.resource")
            )
            is_counted = isinstance(resource, dict) and "resourceType" in resource
            self.reading.witnessed += not is_counted
            self._stray(number, entry, expected=int(is_counted))

    def _quarantine(self, number: int, entry: Tree, rule: str) -> None:
        """One reject for every resource of an entry that is broken as JSON; at least one."""
        found = _resources_within(entry)
        self.reading.witnessed += not found
        for _ in range(max(found, 1)):
            place = Place(self._file, number, "entry")
            self.reading.add(Reject(place, "unclassified", rule, "entry.resource"))

    def _open_contained(self, number: int, resource: dict[str, Tree]) -> Iterator[_Record]:
        whole = _Record(number, resource)
        contained = resource.pop("contained", [])
        self._stray(number, resource, expected=1)
        yield whole
        owner = whole.key or f"{whole.type}/@{number}"
        if contained:
            _own_references([resource, contained], owner)
        for one in contained if isinstance(contained, list) else [contained]:
            if isinstance(one, dict) and isinstance(one.get("resourceType"), str):
                self._stray(number, one, expected=1)
                yield _Record(number, one, owner)
                continue
            place = Place(self._file, number, "contained")
            self.reading.add(Reject(place, "unclassified", "record.shape", "contained"))
            is_counted = isinstance(one, dict) and "resourceType" in one
            self._parts += not is_counted
            self._stray(number, one, expected=int(is_counted))

    def _stray(self, number: int, node: Tree, expected: int = 0) -> None:
        """Account for resources that stand where none belongs, beyond the `expected`."""
        for _ in range(_resources_within(node) - expected):
            place = Place(self._file, number, "nested")
            self.reading.add(SetAside(place, "unclassified", "no_entity"))

    # What belongs together -------------------------------------------------------------------------------------

    def _fold(self) -> None:
        self._folded: set[int] = set()
        self._used_drugs: set[int] = set()
        for record in self._records:
            if record.type == "MedicationStatement":
                self._fold_statement(record)
            if record.type == "List" and self._level(record) == "consultation":
                self._fold_consultation_list(record)
        for record in self._records:
            if record.type != "Medication":  # a drug made of drugs would be folded without end
                self._fold_drug(record)
        self._fold_only_roles()

    def _fold_statement(self, record: _Record) -> None:
        plan = self._target(record.resource, "basedOn.reference")
        if len(select(record.resource, "basedOn")) != 1:
            return
        if plan is None or plan.type != "MedicationRequest" or "+statement" in plan.resource:
            return
        statement = _content(record.resource, "basedOn")
        if statement.get("medicationReference") == plan.resource.get("medicationReference"):
            statement.pop("medicationReference", None)
        plan.resource["+statement"] = statement
        self._folded.add(id(record))
        self._alias(record, plan)

    def _fold_consultation_list(self, record: _Record) -> None:
        encounter = self._target(record.resource, "encounter.reference")
        if encounter is None or encounter.type != "Encounter" or "+list" in encounter.resource:
            return
        encounter.resource["+list"] = _content(record.resource, "encounter")
        self._folded.add(id(record))
        self._alias(record, encounter)

    def _fold_drug(self, record: _Record) -> None:
        for holder in (record.resource, record.resource.get("+statement")):
            if not isinstance(holder, dict):
                continue
            reference = holder.get("medicationReference")
            if not isinstance(reference, dict):
                continue
            drug = self._target(reference, "reference")
            if drug is not None and drug.type == "Medication":
                holder["+medication"] = _content(drug.resource)
                rest = {key: item for key, item in reference.items() if key != "reference"}
                holder["medicationReference"] = rest
                self._used_drugs.add(id(drug))

    def _fold_only_roles(self) -> None:
        """A person with one role is one record; a person with several keeps them as records of their own."""
        roles: dict[int, list[_Record]] = {}
        people: dict[int, _Record] = {}
        for record in self._records:
            if record.type == "PractitionerRole":
                person = self._target(record.resource, "practitioner.reference")
                if person is not None and person.type == "Practitioner":
                    people[id(person)] = person
                    roles.setdefault(id(person), []).append(record)
        for number, held in roles.items():
            if len(held) == 1:
                people[number].resource["+role"] = _content(held[0].resource, "practitioner")
                self._folded.add(id(held[0]))
                self._alias(held[0], people[number])

    def _target(self, resource: Tree, path: str) -> _Record | None:
        reference = first_text(resource, path)
        return self._by_key.get(reference) if reference else None

    def _alias(self, record: _Record, holder: _Record) -> None:
        if record.key and holder.key:
            self.reading.aliases[record.key] = holder.key

    # One fate for every record ---------------------------------------------------------------------------------

    def _book(self, record: _Record) -> None:
        kind = self._kind(record)
        place = Place(self._file, record.number, record.kind)
        reason = self._reason_to_set_aside(record, kind)
        if reason:
            self.reading.add(SetAside(place, self._entity_of_set_aside(record, kind), reason, record.key))
            self._warn(record)
            return
        self._convert(kind or "", record, place)

    def _kind(self, record: _Record) -> str | None:
        if record.type == "MedicationRequest":
            return f"MedicationRequest.{'plan' if record.resource.get('intent') == 'plan' else 'order'}"
        return record.type if record.type in self._mapping.kinds else None

    def _reason_to_set_aside(self, record: _Record, kind: str | None) -> str | None:
        if id(record) in self._folded:
            return "folded"
        if record.type == "Medication":
            return "folded" if id(record) in self._used_drugs else "not_referenced"
        if record.type == "List" and self._level(record) is None:
            return "index"
        return None if kind else "no_entity"

    def _entity_of_set_aside(self, record: _Record, kind: str | None) -> str:
        if record.type == "Medication":
            return "medication_authorisation"
        if record.type == "List":
            return "consultation" if self._level(record) else "unclassified"
        return self._mapping.kinds[kind].entity if kind else "unclassified"

    def _level(self, record: _Record) -> str | None:
        levels = self._mapping.lists["levels"]
        codes = [node for _, node in select(record.resource, "code.coding.code") if isinstance(node, str)]
        return next((levels[code] for code in codes if code in levels), None)

    def _warn(self, record: _Record) -> None:
        for _, code in select(record.resource, "extension[url~ListWarningCode].valueCode"):
            if isinstance(code, str) and code in WARNINGS and WARNINGS[code] not in self.reading.warnings:
                self.reading.warnings.append(WARNINGS[code])

    def _convert(self, kind: str, record: _Record, place: Place) -> None:
        if record.type == "List":
            record.resource["_level"] = self._level(record)
        patient = first_text(record.resource, "subject.reference | patient.reference")
        if record.type == "Patient":
            patient = record.key
        identity = Identity(place, record.key, _source_id(record.resource), patient)
        row, issues = self._mapper.row(kind, record.resource, identity)
        if record.type == "Patient" and isinstance(row, Row):
            row, more = with_nhs_number(
                row, first_text(record.resource, "identifier[system~nhs-number].value")
            )
            issues += more
        self._store(row, issues)
        for path, part_kind in self._mapping.kinds[kind].parts.items():
            self._convert_parts(path, part_kind, record, identity)

    def _convert_parts(self, path: str, kind: str, record: _Record, whole: Identity) -> None:
        nodes = select(record.resource, path)
        for order, (_, part) in enumerate(nodes, start=1):
            self._parts += 1
            place = Place(self._file, record.number, record.prefix + kind)
            if not isinstance(part, dict):
                self.reading.add(Reject(place, self._mapping.kinds[kind].entity, "record.shape", path))
                continue
            key = f"{whole.key or whole.place.record}#{kind}.{order}"
            part["_parent"] = record.resource
            part["_parent_reference"] = {"reference": whole.key}
            source_id = f"{whole.source_id}#{order}" if whole.source_id else None
            self._store(*self._mapper.row(kind, part, Identity(place, key, source_id, whole.patient)))

    def _store(self, row: Row | Reject, issues: list[Issue]) -> None:
        self.reading.add(row)
        self.reading.issues += issues


def _resources_within(node: Tree) -> int:
    """How many objects of a tree say that they are a resource; each must be accounted for."""
    found = 0
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found += "resourceType" in one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def _own_references(node: Tree, owner: str) -> None:
    """Let references to contained resources (`#id`) say whose they are: every record has its own `#1`."""
    if isinstance(node, list):
        for item in node:
            _own_references(item, owner)
    elif isinstance(node, dict):
        reference = node.get("reference")
        if isinstance(reference, str) and reference.startswith("#"):
            node["reference"] = owner + reference
        for item in node.values():
            _own_references(item, owner)


def _content(resource: dict[str, Tree], *without: str) -> dict[str, Tree]:
    kept = {key: item for key, item in resource.items() if key not in (*NOT_CONTENT, *without)}
    meta = kept.get("meta")
    if isinstance(meta, dict):
        kept["meta"] = {key: item for key, item in meta.items() if key == "security"}
    return kept


def _source_id(resource: dict[str, Tree]) -> str | None:
    for _, identifier in select(resource, "identifier[value~]"):
        if isinstance(identifier, dict) and "nhs-number" not in str(identifier.get("system", "")):
            return f"{identifier.get('system', '')}|{identifier.get('value')}"
    return None
