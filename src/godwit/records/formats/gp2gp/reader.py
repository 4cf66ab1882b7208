"""From an EhrExtract to canonical rows: walk the compositions, keep each statement's context, give each one fate.

What a statement means depends on where it stands: under an allergy heading it is an allergy, in a battery it is part
of a group, in a composition that is no consultation its headings only hold things together. The lists that decide
are in `mapping.yaml`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from godwit.records.formats.converters import Nodes, canonical_json
from godwit.records.formats.gp2gp.message import (
    count_records,
    is_record,
    kind_of,
    local,
    open_extract,
    to_tree,
)
from godwit.records.formats.mapping import Identity, Mapper
from godwit.records.formats.reading import (
    Reading,
    note_snapshot,
    report_duplicate_keys,
    settle_links,
    with_nhs_number,
)
from godwit.records.formats.tree import Address, Tree, first_text, select
from godwit.records.model import Place, Row, SetAside
from godwit.values import PartialDate

NOT_ENTRIES = ("locatedEntity", "EhrEmpty", "LinkSet")
"""Records that stand in a composition without being an entry of it: a place, a remark that it is empty, a problem."""

READ_V2 = "2.16.840.1.113883.2.1.6.2"


def link_hl7(nodes: Nodes) -> tuple[list[tuple[str | None, str | None]], list[Address]]:
    """Identifiers of statements and agents; they are compared without regard to case."""
    texts = [(address, node) for address, node in nodes if isinstance(node, str)]
    return [(node.upper(), None) for _, node in texts], [address for address, _ in texts]


@dataclass(frozen=True, slots=True)
class _Context:
    """Where the walk is: the composition's tree, its key if it is a consultation, the group, the allergy heading."""

    composition: Tree = field(default_factory=dict)
    consultation: str | None = None
    group: str | None = None
    allergy: str | None = None
    statement: Tree = None


class ExtractReader:
    """Reads one message at a time; holds nothing between files."""

    def __init__(self, mapper: Mapper) -> None:
        self._mapper = mapper

    def read(self, data: bytes, file: int) -> Reading:
        """All records of one message. Raises `InputRefused` when the file is not a readable extract."""
        version, extract = open_extract(data, f"file {file}")
        work = _Pass(self._mapper, extract, file)
        work.reading.version = version
        work.reading.witnessed = count_records(data)
        return work.run()


class _Pass:
    """The work on one message."""

    def __init__(self, mapper: Mapper, extract: etree._Element, file: int) -> None:
        self._mapper = mapper
        self._lists = mapper.mapping.lists
        self._extract = extract
        self._file = file
        self._number = 0
        self._placed: set[str] = set()
        self._authorised: set[str] = set()
        self._named: dict[str, Tree] = {}
        self._stops: dict[str, Tree] = {}
        self.reading = Reading()

    def run(self) -> Reading:
        """Book every record in document order, then settle links."""
        said = first_text(to_tree(self._extract), "availabilityTime.@value")
        note_snapshot(self.reading, self._file, said, PartialDate.parse_hl7)
        self._look_ahead()
        for element in self._records_below(self._extract):
            self._visit(element, _Context())
        settle_links(self.reading)
        report_duplicate_keys(self.reading)
        return self.reading

    def _look_ahead(self) -> None:
        for element in self._extract.iter():
            if local(element) == "ehrSupplyDiscontinue":
                tree = to_tree(element)
                for stopped in _ids(tree, "reversalOf.priorMedicationRef.id.@root"):
                    self._stops.setdefault(stopped, tree)
            elif is_record(element):
                key = _key(to_tree(element))
                if key:
                    self._named.setdefault(key, to_tree(element))
                if key and local(element) == "ehrSupplyAuthorise":
                    self._authorised.add(key)

    def _records_below(self, element: etree._Element) -> Iterator[etree._Element]:
        """The nearest records inside an element, in document order."""
        for child in element:
            if is_record(child):
                yield child
            else:
                yield from self._records_below(child)

    # The walk --------------------------------------------------------------------------------------------------

    def _visit(self, element: etree._Element, context: _Context) -> None:
        self._number += 1
        tree = to_tree(element)
        place = Place(self._file, self._number, kind_of(element))
        inside = self._context_within(element, tree, context)
        kind = self._kind(element, tree, context)
        reason = self._reason(element)
        if kind == "locatedEntity":
            kind, reason = self._first_time(tree)
        if kind:
            self._convert(kind, element, tree, place, inside if kind == "ehrComposition" else context)
        else:
            self.reading.add(SetAside(place, self._entity(element), reason, _key(tree)))
        for child in self._records_below(element):
            self._visit(child, inside)

    def _kind(self, element: etree._Element, tree: Tree, context: _Context) -> str | None:
        """The kind of mapping for an element, or None where it becomes no row."""
        match local(element):
            case "ehrComposition":
                return "ehrComposition" if self._is_consultation(tree) else None
            case "CompoundStatement":
                return self._kind_of_compound(element, tree, context)
            case "NarrativeStatement":
                document = select(tree, "reference.referredToExternalDocument")
                return "NarrativeStatement.document" if document else "NarrativeStatement"
            case "ObservationStatement":
                return self._kind_of_observation(tree, context)
            case "Agent":
                return "Agent" if select(tree, "agentPerson") else "Agent.organisation"
            case name:
                return name if name in self._mapper.mapping.kinds else None

    def _kind_of_compound(self, element: etree._Element, tree: Tree, context: _Context) -> str | None:
        if element.get("classCode") not in ("TOPIC", "CATEGORY"):
            return "CompoundStatement.group"
        is_section = context.consultation is not None and self._allergy_heading(tree) is None
        return "CompoundStatement.section" if is_section else None

    def _kind_of_observation(self, tree: Tree, context: _Context) -> str:
        if self._allergy_category(tree, context):
            return "allergy"
        codes = [
            node for _, node in select(tree, f"code[@codeSystem={READ_V2}].@code") if isinstance(node, str)
        ]
        codes += [
            node
            for _, node in select(tree, f"code.translation[@codeSystem={READ_V2}].@code")
            if isinstance(node, str)
        ]
        given = any(code.startswith(tuple(self._lists["vaccination_branches"])) for code in codes)
        return "immunisation" if given else "ObservationStatement"

    def _reason(self, element: etree._Element) -> str:
        match local(element):
            case "ehrComposition" | "CompoundStatement":
                return "container"
            case "MedicationStatement" | "ehrSupplyDiscontinue":
                return "folded" if self._is_held(element) else "unplaced"
            case _:
                return "no_entity"

    def _is_held(self, element: etree._Element) -> bool:
        """Whether some row holds what a supply, a discontinuation or the statement around them says."""
        match local(element):
            case "ehrSupplyAuthorise" | "ehrSupplyPrescribe":
                return True
            case "ehrSupplyDiscontinue":
                tree = to_tree(element)
                stopped = self._authorised.intersection(_ids(tree, "reversalOf.priorMedicationRef.id.@root"))
                return any(self._stops[key] == tree for key in stopped)
            case "MedicationStatement":
                return any(self._is_held(child) for child in self._records_below(element))
            case _:
                return False

    def _entity(self, element: etree._Element) -> str:
        match local(element):
            case "ehrComposition":
                return "consultation"
            case "CompoundStatement":
                return "consultation_section"
            case "MedicationStatement" | "ehrSupplyDiscontinue":
                return "medication_authorisation"
            case "locatedEntity":
                return "organisation"
            case _:
                return "unclassified"

    def _context_within(self, element: etree._Element, tree: Tree, context: _Context) -> _Context:
        match local(element):
            case "ehrComposition":
                consultation = _key(tree) if self._is_consultation(tree) else None
                return _Context(composition=tree, consultation=consultation)
            case "CompoundStatement":
                if element.get("classCode") in ("TOPIC", "CATEGORY"):
                    return replace(context, allergy=self._allergy_heading(tree) or context.allergy)
                return replace(context, group=_key(tree))
            case "MedicationStatement":
                return replace(context, statement=tree)
            case _:
                return context

    # Questions a place in the message answers ------------------------------------------------------------------

    def _is_consultation(self, tree: Tree) -> bool:
        return first_text(tree, "code.@code") not in self._lists["not_consultations"]

    def _allergy_heading(self, tree: Tree) -> str | None:
        return self._lists["allergy_headings"].get(first_text(tree, "code.@code") or "")

    def _allergy_category(self, tree: Tree, context: _Context) -> str | None:
        codes = [node for _, node in select(tree, "code.@code") + select(tree, "code.translation.@code")]
        by_code = (self._lists["allergy_codes"].get(str(code)) for code in codes)
        return context.allergy or next((category for category in by_code if category), None)

    def _first_time(self, tree: Tree) -> tuple[str | None, str]:
        key = self._place_key(tree)
        if key in self._placed:
            return None, "repeat"
        self._placed.add(key)
        return "locatedEntity", ""

    def _place_key(self, tree: Tree) -> str:
        """Places have no identifier; the same words are the same place, in this message and in any other."""
        return f"PLACE {hashlib.sha256(canonical_json(tree).encode()).hexdigest()[:16].upper()}"

    # Rows ------------------------------------------------------------------------------------------------------

    def _convert(
        self, kind: str, element: etree._Element, tree: Tree, place: Place, context: _Context
    ) -> None:
        self._add_context(kind, element, tree, context)
        key = self._place_key(to_tree(element)) if kind == "locatedEntity" else _key(tree)
        source_id = None if kind in ("locatedEntity", "patient") else _key(tree)
        row, issues = self._mapper.row(kind, tree, Identity(place, key, source_id, None))
        if kind == "patient" and isinstance(row, Row):
            row, more = with_nhs_number(row, first_text(tree, "id.@extension"))
            issues += more
        self.reading.add(row)
        self.reading.issues += issues
        if context.statement is not None and kind.startswith("ehrSupply"):
            self._alias(_key(context.statement), key)

    def _add_context(self, kind: str, element: etree._Element, tree: Tree, context: _Context) -> None:
        tree["_composition"] = context.composition
        tree["_consultation"] = context.consultation or []
        tree["_group"] = context.group or []
        if kind in ("ehrComposition", "CompoundStatement.section"):
            tree["_items"] = list(self._item_keys(element))
            tree["_level"] = "topic" if element.get("classCode") == "TOPIC" else "heading"
        if kind == "ehrComposition":
            tree["_location"] = [
                self._place_key(to_tree(one)) for one in element.iterfind(".//{*}locatedEntity")
            ]
        if kind in ("CompoundStatement.group", "ObservationStatement"):
            _add_comparator(tree)
        if kind == "CompoundStatement.group":
            tree["_members"] = [
                key for child in self._records_below(element) if (key := _key(to_tree(child)))
            ]
        if kind == "allergy":
            tree["_category"] = self._allergy_category(tree, context)
        if kind == "LinkSet":
            named = _ids(tree, "conditionNamed.namedStatementRef.id.@root")
            tree["_named"] = self._named.get(named[0], {}) if named else {}
        if kind.startswith("ehrSupply"):
            tree["+statement"] = context.statement or {}
        if kind == "ehrSupplyAuthorise":
            self._add_supply_context(tree)

    def _add_supply_context(self, tree: Tree) -> None:
        allowed = first_text(tree, "repeatNumber.@value")
        if allowed is not None:
            tree["_type"] = "acute" if allowed.strip() == "0" else "repeat"
        stop = self._stops.get(_key(tree) or "")
        if stop:
            tree["+stop"] = stop
        tree["_status"] = "stopped" if stop else first_text(tree, "statusCode.@code") or []

    def _item_keys(self, element: etree._Element) -> Iterator[str]:
        for child in self._records_below(element):
            tree = to_tree(child)
            if local(child) in NOT_ENTRIES or _only_stops(child):
                continue
            is_compound = local(child) == "CompoundStatement"
            is_heading = is_compound and child.get("classCode") in ("TOPIC", "CATEGORY")
            if not (is_heading and self._allergy_heading(tree)) and (key := _key(tree)):
                yield key
            if is_compound and not (is_heading and not self._allergy_heading(tree)):
                yield from self._item_keys(child)

    def _alias(self, key: str | None, target: str | None) -> None:
        if key and target:
            self.reading.aliases.setdefault(key, target)


def _add_comparator(tree: Tree) -> None:
    """A value given as an interval with one bound gets its comparator; one with two bounds is no single value."""
    for _, value in select(tree, "value[@type=IVL_PQ]"):
        bounds = [name for name in ("high", "low") if name in value]
        if len(bounds) != 1:
            value["@type"] = "IVL_PQ with two bounds"
            continue
        sign = {"high": "<", "low": ">"}[bounds[0]]
        inclusive = first_text(value, f"{bounds[0]}.@inclusive") == "true"
        tree["_comparator"] = f"{sign}=" if inclusive else sign


def _only_stops(element: etree._Element) -> bool:
    """Whether a medication statement holds nothing but the end of a course, which is part of what it ends."""
    supplies = [local(one) for one in element.iterfind("{*}component/*")]
    return local(element) == "MedicationStatement" and set(supplies) == {"ehrSupplyDiscontinue"}


def _ids(tree: Tree, path: str) -> list[str]:
    return [node.upper() for _, node in select(tree, path) if isinstance(node, str)]


def _key(tree: Tree) -> str | None:
    """The identifier other statements use for it: the first `id` that is an identifier and not a numbering scheme."""
    for _, one in select(tree, "id"):
        if isinstance(one, dict) and "@extension" not in one and isinstance(one.get("@root"), str):
            return str(one["@root"]).upper()
    return None
