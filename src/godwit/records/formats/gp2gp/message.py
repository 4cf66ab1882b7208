"""Open the bytes of a GP2GP message safely: no entities, no document type, no network, no surprise in an error."""

from __future__ import annotations

import io

from lxml import etree

from godwit.records.errors import InputRefused
from godwit.records.formats.tree import Tree

NAMESPACE = "{urn:hl7-org:v3}"
ROOTS = ("RCMR_IN030000UK06", "RCMR_IN030000UK07")
"""The interactions that carry an extract (format notes 6.1)."""

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_SINGLE_RECORDS = ("patient", "Agent", "locatedEntity")
_NOT_RECORDS = ("statementRef", "ehrFolder")


def looks_like_xml(head: bytes) -> bool:
    """Whether the opening bytes are those of an XML document, in any of the encodings XML allows without notice."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or head[:2] in (b"\xff\xfe", b"\xfe\xff")


def open_extract(data: bytes, place: str) -> tuple[str, etree._Element]:
    """The interaction and its EhrExtract element. Raises `InputRefused`; messages give a line, never content."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise InputRefused(
            "xml.doctype", "the XML declares a document type or entities, which no record may", place
        )
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        wrong_bytes = error.code in (etree.ErrorTypes.ERR_INVALID_CHAR, etree.ErrorTypes.ERR_INVALID_ENCODING)
        rule, because = ("xml.encoding", "its bytes are not in the encoding it names")
        if not wrong_bytes:
            rule, because = ("xml.syntax", "the XML breaks off or is malformed")
        raise InputRefused(rule, f"{because} (line {error.lineno or 1})", place) from None
    if root.getroottree().docinfo.doctype:
        raise InputRefused("xml.doctype", "the XML declares a document type, which no record may", place)
    extract = root.find(f".//{NAMESPACE}EhrExtract")
    if local(root) not in ROOTS or extract is None:
        raise InputRefused("root.not_an_extract", "the file is XML but not a GP2GP EhrExtract message", place)
    return local(root), extract


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
        "@type" if name == _TYPE else f"@{etree.QName(name).localname}": str(value)
        for name, value in element.attrib.items()
    }
    if element.text and element.text.strip():
        tree["#text"] = element.text
    for child in element:
        if holds_records(child):
            continue
        tree.setdefault(local(child), []).append(to_tree(child))
        if child.tail and child.tail.strip():
            tree["#text"] = tree.get("#text", "") + child.tail
    return tree


def holds_records(element: etree._Element) -> bool:
    """Whether an element is a record or only wraps one."""
    if local(element) == "component":
        return any(is_record(child) for child in element)
    return is_record(element)
