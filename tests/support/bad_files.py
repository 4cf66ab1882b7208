"""Files with something wrong in them, each under a sentence that says what, with what Godwit must say about it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.support import messages as made
from tests.support.messages import as_json, as_xml, bundle, composition, message, narrative, statement

PRIVATE = (
    "Sandpiper",
    "Wilma",
    *made.NUMBERS,
    "1961",
    "19610504",
    "27113001",
    "Body weight",
    made.identifier("o1"),
)
"""Values of the made-up record; none of them may be in any output."""


@dataclass(frozen=True)
class Kept:
    """A file that is read on: how often a rule stands in which ledger (`rejected`, `issue` or `set_aside`)."""

    data: bytes
    fate: str
    rule: str
    count: int = 1


def _with(old: bytes, new: bytes) -> bytes:
    """A bundle with a second observation `o2` in which a stretch of bytes is another."""
    data = made.good_bundle(made.observation("o2", comment="zz"))
    assert data.count(old) >= 1, "the stretch is not there"
    head, _, tail = data.rpartition(old)
    return head + new + tail


def _xml(*statements: str, before: str = "") -> bytes:
    return as_xml(message(composition(*statements), before=before))


BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE a [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>"

ODD_TEXT = "\U0001f9d1\u200d\u2695\ufe0f \u05d0\u05d1\u202e x\u0000y\u2028"

REFUSED: dict[str, tuple[bytes, str]] = {
    "XML that breaks off in a tag": (made.good_message()[:700], "xml.syntax"),
    "XML that breaks off in its last character": (made.good_message()[:-1], "xml.syntax"),
    "JSON that breaks off": (made.good_bundle()[:400], "json.syntax"),
    "JSON that breaks off in its last character": (made.good_bundle()[:-1], "json.syntax"),
    "JSON with something behind its end": (made.good_bundle() + b"{}", "json.syntax"),
    "XML with something behind its end": (made.good_message() + b"<a/>", "xml.syntax"),
    "an XML message of another kind": (as_xml(message(root="RCMR_IN010000UK05")), "root.not_an_extract"),
    "XML that is no message": (b"<html><body>Sandpiper</body></html>", "root.not_an_extract"),
    "a message without a namespace": (
        made.good_message().replace(b' xmlns="urn:hl7-org:v3"', b""),
        "root.not_an_extract",
    ),
    "JSON that is no bundle": (as_json(made.patient()), "root.not_a_bundle"),
    "a JSON list": (as_json([made.patient()]), "file.unrecognised"),
    "a bundle without entries": (as_json({"resourceType": "Bundle"}), "bundle.no_entries"),
    "a bundle whose entries are words": (as_json({**bundle(), "entry": "Sandpiper"}), "bundle.no_entries"),
    "a bundle that names its type twice": (
        b'{"resourceType": "Bundle", "resourceType": "Bundle", "entry": []}',
        "json.key_twice",
    ),
    "a bundle with NaN beside its entries": (
        b'{"resourceType": "Bundle", "total": NaN, "entry": []}',
        "json.not_a_number",
    ),
    "JSON nested a hundred thousand deep": (_with(b'"zz"', b"[" * 100_000 + b"]" * 100_000), "json.depth"),
    "XML nested a hundred thousand deep": (_xml(narrative("<a>" * 100_000 + "</a>" * 100_000)), "xml.limit"),
    "XML with a text of eleven million letters": (_xml(narrative("x" * 11_000_000)), "xml.limit"),
    "UTF-16 JSON": (json.dumps(bundle()).encode("utf-16"), "json.encoding"),
    "Latin-1 JSON": (_with(b'"zz"', '"Zoë"'.encode("latin-1")), "json.encoding"),
    "JSON with half of a character": (_with(b'"zz"', b'"\\ud800"'), "json.encoding"),
    "Latin-1 XML that says it is UTF-8": (
        as_xml(message(composition(narrative("Zoë"))), "latin-1", "utf-8"),
        "xml.encoding",
    ),
    "XML in an encoding nobody knows": (as_xml(message(), "utf-8", "x-curlew"), "xml.encoding"),
    "XML with a NUL byte": (made.good_message().replace(b"Body", b"B\x00dy"), "xml.encoding"),
    "XML with a written NUL": (made.good_message().replace(b"Body", b"B&#0;dy"), "xml.encoding"),
    "JSON with a raw control character": (_with(b'"zz"', b'"a\x01b"'), "json.syntax"),
    "an entity bomb in a text": (_xml(narrative("&j;"), before=BOMB), "xml.doctype"),
    "an entity bomb in an attribute": (_xml(statement(value="&j;"), before=BOMB), "xml.doctype"),
    "an entity bomb in UTF-16": (
        as_xml(message(composition(statement(value="&j;")), before=BOMB), "utf-16"),
        "xml.doctype",
    ),
    "an entity from outside": (_xml(narrative("&j;"), before=OUTSIDE), "xml.doctype"),
    "an entity nobody declared": (_xml(narrative("&j;")), "xml.syntax"),
    "a document type after five thousand bytes of remarks": (
        as_xml(message(before=f"<!--{'x' * 5000}--> <?a b?>\n<!DOCTYPE a>")),
        "xml.doctype",
    ),
    "a message with two extracts": (as_xml(made.envelope(made.extract() * 2)), "root.extract_twice"),
    "an extract in an extract": (as_xml(message(made.extract())), "root.extract_twice"),
    "an empty file": (b"", "file.empty"),
    "a file of blanks": (b" \r\n\t\n", "file.empty"),
    "a page of words": (b"Dear Dr Sandpiper", "file.unrecognised"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00Sandpiper", "file.unrecognised"),
}
"""Files that cannot be read as a whole, with the rule."""

_LOOP = [made.observation(name, related=[{"type": "has-member", "target": {"reference": f"Observation/{other}"}}])
         for name, other in (("a", "b"), ("b", "a"), ("c", "c"))]  # fmt: skip

KEPT_JSON: dict[str, Kept] = {
    "a date of 31 February": Kept(
        made.good_bundle(made.observation("o2", "2026-02-31")), "issue", "moment.unreadable"
    ),
    "a date of month 13": Kept(
        made.good_bundle(made.observation("o2", "2026-13-01")), "issue", "moment.unreadable"
    ),
    "an hour 25": Kept(
        made.good_bundle(made.observation("o2", "2026-01-01T25:00:00Z")), "issue", "moment.unreadable"
    ),
    "a moment after the last year": Kept(
        made.good_bundle(made.observation("o2", "9999-12-31T23:59:59-12:00")), "issue", "moment.unreadable"
    ),
    "a moment that is an object": Kept(
        made.good_bundle(made.observation("o2", effectiveDateTime={"a": 1})), "rejected", "value.shape"
    ),
    "a number of a million digits": Kept(_with(b"72.5", b"1e999999"), "issue", "number.unreadable"),
    "a number of five thousand digits": Kept(_with(b"72.5", b"9" * 5000), "issue", "number.unreadable"),
    "a value of NaN": Kept(_with(b"72.5", b"NaN"), "rejected", "json.not_a_number"),
    "a value of minus infinity": Kept(_with(b"72.5", b"-Infinity"), "rejected", "json.not_a_number"),
    "a key that stands twice": Kept(_with(b'"zz"', b'"zz", "id": "o3"'), "rejected", "json.key_twice"),
    "resources under a key that stands twice": Kept(
        _with(b'"zz"', b'{"resourceType": "A"}, "comment": {"resourceType": "B"}'),
        "rejected",
        "json.key_twice",
        3,
    ),
    "a record nested seven hundred deep": Kept(
        _with(b'"zz"', b"[" * 700 + b"]" * 700), "rejected", "json.depth"
    ),
    "an object where a text belongs": Kept(_with(b'"zz"', b'{"a": {"b": 1}}'), "rejected", "value.shape"),
    "a coding that is a word": Kept(
        made.good_bundle(made.observation("o2", code={"coding": ["Sandpiper"]})), "rejected", "value.shape"
    ),
    "entries that are nothing": Kept(
        as_json({**bundle(), "entry": [{"resource": made.patient()}, None, 5, "x", [], {}]}),
        "rejected",
        "record.shape",
        5,
    ),
    "an entry without a resource": Kept(
        as_json({**bundle(), "entry": [*bundle()["entry"], {"fullUrl": "x"}]}), "rejected", "record.shape"
    ),
    "a resource that is a list": Kept(
        as_json(bundle(made.patient(), [made.observation()])), "rejected", "record.shape"
    ),
    "a resource type that is an object": Kept(
        made.good_bundle({"resourceType": {"a": "Sandpiper"}}), "rejected", "record.shape"
    ),
    "a resource type that is nothing": Kept(
        made.good_bundle({"resourceType": None}), "rejected", "record.shape"
    ),
    "contained resources that are words": Kept(
        made.good_bundle(made.observation("o2", contained=["x", None])), "rejected", "record.shape", 2
    ),
    "contained resources that are one object": Kept(
        made.good_bundle(made.observation("o2", contained={"id": "x"})), "rejected", "record.shape"
    ),
    "a contained resource in a contained resource": Kept(
        made.good_bundle(
            made.observation(
                "o2", contained=[{"resourceType": "Flag", "contained": [{"resourceType": "Flag"}]}]
            )
        ),
        "set_aside",
        "contained.Flag, nested",
        2,
    ),
    "a component that is a word": Kept(
        made.good_bundle(made.observation("o2", component=["x"])), "rejected", "record.shape"
    ),
    "an unknown resource type": Kept(
        made.good_bundle({"resourceType": "Sandpiper", "id": "x"}), "set_aside", "unknown"
    ),
    "a bundle in an entry": Kept(made.good_bundle(bundle()), "set_aside", "Bundle, nested", 3),
    "an outcome beside a resource": Kept(
        as_json(
            {
                **bundle(),
                "entry": [
                    *bundle()["entry"],
                    {
                        "resource": made.observation("o2"),
                        "response": {"outcome": {"resourceType": "OperationOutcome"}},
                    },
                ],
            }
        ),
        "set_aside",
        "nested",
    ),
    "an id twice": Kept(made.good_bundle(made.observation("o1")), "issue", "key.duplicate"),
    "a reference to nothing": Kept(
        made.good_bundle(made.observation("o2", context={"reference": "Encounter/none"})),
        "issue",
        "link.dangling",
    ),
    "references in a circle": Kept(made.good_bundle(*_LOOP), "issue", "", 0),
    "a record of another patient": Kept(
        made.good_bundle(made.observation("o2", subject={"reference": "Patient/stranger"})),
        "issue",
        "patient.not_in_file",
    ),
    "a drug entry made of itself": Kept(
        made.good_bundle(
            {"resourceType": "Medication", "id": "d", "medicationReference": {"reference": "Medication/d"}}
        ),
        "set_aside",
        "Medication",
    ),
    "two thousand drug entries in a chain": Kept(
        made.good_bundle(
            *(
                {
                    "resourceType": "Medication",
                    "id": f"d{n}",
                    "medicationReference": {"reference": f"Medication/d{n - 1}"},
                }
                for n in range(2000)
            )
        ),
        "set_aside",
        "Medication",
        2000,
    ),
    "a drug reference that is a list": Kept(
        made.good_bundle(
            {
                "resourceType": "MedicationRequest",
                "id": "m",
                "intent": "plan",
                "medicationReference": [{"reference": "Medication/d"}],
            },
            {"resourceType": "Medication", "id": "d"},
        ),
        "set_aside",
        "Medication",
    ),
    "an NHS number with a wrong check digit": Kept(
        made.good_bundle(number="9990000019"), "issue", "nhs_number.check_digit"
    ),
    "an NHS number of words": Kept(made.good_bundle(number="unknown"), "issue", "nhs_number.digits"),
    "no NHS number": Kept(
        as_json(bundle(made.patient(identifier=[]), made.observation())), "issue", "nhs_number.absent"
    ),
    "a snapshot time that is a name": Kept(
        as_json(bundle(meta={"lastUpdated": "Sandpiper"})), "issue", "moment.unreadable"
    ),
    "empty texts": Kept(
        made.good_bundle(made.observation("o2", "", comment="", id="")), "issue", "moment.unreadable"
    ),
    "a byte order mark": Kept(b"\xef\xbb\xbf" + made.good_bundle(), "issue", "", 0),
    "emoji, right-to-left text and a NUL": Kept(
        made.good_bundle(made.observation("o2", comment=ODD_TEXT)),
        "issue",
        "",
        0,
    ),
    "a text of three million letters": Kept(
        made.good_bundle(made.observation("o2", comment="x" * 3_000_000)), "issue", "", 0
    ),
}
"""Bundles with a bad item, which is counted while the rest of the record is read."""

KEPT_XML: dict[str, Kept] = {
    "a statement on 31 February": Kept(_xml(statement(when="20260231")), "issue", "moment.unreadable"),
    "a statement in month 13": Kept(_xml(statement(when="20261301")), "issue", "moment.unreadable"),
    "a statement at 25 o'clock": Kept(_xml(statement(when="2026010125")), "issue", "moment.unreadable"),
    "a value that is no number": Kept(_xml(statement(value="1,234.5")), "issue", "number.unreadable"),
    "a statement of an unknown kind": Kept(
        _xml(statement(), "<component><Sandpiper/></component>"), "set_aside", "unknown"
    ),
    "a statement of another namespace": Kept(
        _xml(statement(), '<x:component xmlns:x="urn:x"><x:Sandpiper/></x:component>'), "set_aside", "unknown"
    ),
    "an identifier twice": Kept(_xml(statement(), statement()), "issue", "key.duplicate"),
    "a circle of groups": Kept(
        _xml(statement(inside=statement("o2", inside=statement("o3")))), "issue", "", 0
    ),
    "a message in UTF-16": Kept(as_xml(message(), "utf-16"), "issue", "", 0),
    "a message in Latin-1 that says so": Kept(
        as_xml(message(composition(narrative("Zoë"))), "iso-8859-1"), "issue", "", 0
    ),
    "a message with a byte order mark": Kept(b"\xef\xbb\xbf" + made.good_message(), "issue", "", 0),
    "remarks and instructions inside a text": Kept(_xml(narrative("a<!-- b -->c<?d e?>f")), "issue", "", 0),
    "a document type in a text": Kept(
        _xml(narrative("<![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]>")), "issue", "", 0
    ),
    "an inclusion of another file": Kept(
        _xml(
            narrative('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>')
        ),
        "issue",
        "",
        0,
    ),
    "a snapshot time of words": Kept(
        as_xml(made.envelope(made.extract(when="Sandpiper"))), "issue", "moment.unreadable"
    ),
    "no person's details": Kept(
        as_xml(message(who="<recordTarget><patient/></recordTarget>")), "issue", "nhs_number.absent"
    ),
}
"""Messages with a bad item, which is counted while the rest of the record is read."""

KEPT = {**KEPT_JSON, **KEPT_XML}
