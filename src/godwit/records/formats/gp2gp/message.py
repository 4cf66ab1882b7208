"""Open the bytes of a GP2GP message safely: no entities, no document type, no network, no surprise in an error."""

from __future__ import annotations

import io
import re

from lxml import etree

from godwit.records.errors import InputRefused
from godwit.records.formats.tree import Tree, delivered_key, opening

NAMESPACE = "{urn:hl7-org:v3}"
ROOTS = ("RCMR_IN030000UK06", "RCMR_IN030000UK07")
"""The interactions that carry an extract (format notes 6.1)."""

KINDS = (
    "Agent", "CompoundStatement", "EhrEmpty", "LinkSet", "MedicationStatement", "NarrativeStatement",
    "ObservationStatement", "PlanStatement", "RegistrationStatement", "RequestStatement", "ehrComposition",
    "ehrSupplyAuthorise", "ehrSupplyDiscontinue", "ehrSupplyDispense", "ehrSupplyPrescribe",
    "locatedEntity", "patient",
)  # fmt: skip
"""Every kind of record of the message; no other word is repeated outside the private files."""

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_SINGLE_RECORDS = ("patient", "Agent", "locatedEntity")
_NOT_RECORDS = ("statementRef", "ehrFolder")


def looks_like_xml(head: bytes) -> bool:
    """Whether the opening bytes are those of an XML document, in any of the encodings XML allows without notice."""
    return opening(head) == b"<"


def open_extract(data: bytes, place: str) -> tuple[str, etree._Element]:
    """The interaction and its EhrExtract element. Raises `InputRefused`; messages give a line, never content."""
    if declares_a_type(data):
        raise InputRefused("xml.doctype", _DOCTYPE, place)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        rule, because = _WRONG.get(error.code, ("xml.syntax", "the XML breaks off or is malformed"))
        raise InputRefused(rule, f"{because} (line {error.lineno or 1})", place) from None
    if root.getroottree().docinfo.doctype:
        raise InputRefused("xml.doctype", _DOCTYPE, place)
    extract = root.find(f".//{NAMESPACE}EhrExtract")
    if local(root) not in ROOTS or extract is None:
        raise InputRefused("root.not_an_extract", "the file is XML but not a GP2GP EhrExtract message", place)
    if sum(1 for _ in root.iter("{*}EhrExtract")) > 1:
        because = "the message holds more than one extract: which patient is meant is unclear"
        raise InputRefused("root.extract_twice", because, place)
    return local(root), extract


_BLANK = re.compile(rb"\s*")
_DOCTYPE = "the XML declares a document type, which no record may"
_BAD_BYTES = ("xml.encoding", "its bytes are not in the encoding it names")
_WRONG: dict[int, tuple[str, str]] = {
    etree.ErrorTypes.ERR_INVALID_CHAR: _BAD_BYTES,
    etree.ErrorTypes.ERR_INVALID_ENCODING: _BAD_BYTES,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: _BAD_BYTES,
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: (
        "xml.limit",
        "the XML is nested deeper or has a longer text than any record",
    ),
}
"""What the parser's numbers mean; every other number is a syntax error."""


def declares_a_type(data: bytes) -> bool:
    """Whether a document type stands before the root element, where alone it may; words inside a text do not count."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    at = len(b"\xef\xbb\xbf") if data.startswith(b"\xef\xbb\xbf") else 0
    while at >= 0:
        blank = _BLANK.match(data, at)
        at = blank.end() if blank else at
        if data.startswith(b"<?", at):
            at = _after(data, b"?>", at)
        elif data.startswith(b"<!--", at):
            at = _after(data, b"-->", at)
        else:
            return data.startswith(b"<!DOCTYPE", at)
    return False


def _after(data: bytes, end: bytes, at: int) -> int:
    found = data.find(end, at)
    return found + len(end) if found >= 0 else -1


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def kind_of(element: etree._Element) -> str:
    """What the books call a record: only words of the message schemas, because a made-up name could be a person's."""
    return local(element) if local(element) in KINDS else "unknown"


def is_record(element: etree._Element) -> bool:
    """Whether an element is a record: what a component holds, a patient, a person in the directory, a place."""
    parent = element.getparent()
    if parent is not None and local(parent) == "component":
        return local(element) not in _NOT_RECORDS
    return local(element) in _SINGLE_RECORDS


def count_records(data: bytes) -> int:
    """Second witness: record elements met while streaming over the bytes, by name and parent name only."""
    found = 0
    path: list[str] = []
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if event == "start":
            in_component = bool(path) and path[-1] == "component"
            inside_extract = "EhrExtract" in path
            found += inside_extract and (
                name not in _NOT_RECORDS if in_component else name in _SINGLE_RECORDS
            )
            path.append(name)
        else:
            path.pop()
            element.clear()
    return found


def to_tree(element: etree._Element) -> dict[str, Tree]:
    """An element as a tree without the records inside it: attributes `@name`, text `#text`, children in lists."""
    tree: dict[str, Tree] = {
        _attribute_key(element, str(name)): str(value) for name, value in element.attrib.items()
    }
    if element.text and element.text.strip():
        tree["#text"] = element.text
    for child in element:
        if not holds_records(child):
            tree.setdefault(delivered_key(local(child)), []).append(to_tree(child))
        if child.tail and child.tail.strip():
            tree["#text"] = tree.get("#text", "") + child.tail
    return tree


def _attribute_key(element: etree._Element, name: str) -> str:
    """`@name`; the whole name where the element has another attribute of that local name, so that none is lost."""
    if name == _TYPE:
        return "@type"
    plain = etree.QName(name).localname
    same = sum(etree.QName(str(other)).localname == plain for other in element.attrib)
    return f"@{plain}" if same == 1 else f"@{{{etree.QName(name).namespace or ''}}}{plain}"


def holds_records(element: etree._Element) -> bool:
    """Whether an element is a record or only wraps one."""
    if local(element) == "component":
        return any(is_record(child) for child in element)
    return is_record(element)
