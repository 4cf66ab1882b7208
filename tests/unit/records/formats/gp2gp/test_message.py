"""Opening a message: what is refused by which rule, without a word of the file, and what counts as a record."""

import pytest
from lxml import etree

from godwit.records.errors import InputRefused
from godwit.records.formats.gp2gp.message import (
    count_records,
    holds_records,
    is_record,
    looks_like_xml,
    open_extract,
    to_tree,
)
from tests.support.extracts import component, composition, extract, observed

GOOD = extract(composition("A", observed("B")))


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("xml.doctype", b"<!DOCTYPE canary><a/>"),
        ("xml.doctype", b"<!DOCTYPE a [<!ENTITY canary SYSTEM 'file:///etc/hostname'>]><a>&canary;</a>"),
        ("xml.doctype", "<!DOCTYPE canary><a/>".encode("utf-16")),
        ("xml.doctype", b" " * 5000 + b"<!DOCTYPE canary><a/>"),
        ("xml.encoding", b'<?xml version="1.0" encoding="UTF-8"?><a>canary \xff</a>'),
        ("xml.syntax", b"<a><canary>"),
        ("xml.syntax", b"<a>&canary;</a>"),
        ("xml.encoding", b"<a>canary\x00</a>"),
        ("xml.syntax", b"<canary " + b"<b>" * 10),
        ("xml.limit", b"<b>" * 1000 + b"canary"),
        ("root.not_an_extract", b"<canary/>"),
        ("root.not_an_extract", b'<RCMR_IN030000UK06 xmlns="urn:hl7-org:v3"><canary/></RCMR_IN030000UK06>'),
        ("root.not_an_extract", b"<RCMR_IN030000UK06><EhrExtract>canary</EhrExtract></RCMR_IN030000UK06>"),
        ("root.not_an_extract", GOOD.replace(b"RCMR_IN030000UK06", b"RCMR_IN010000UK05")),
    ],
)
def test_a_file_is_refused_by_rule_and_not_quoted(rule: str, data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        open_extract(data, "file 3")
    assert (caught.value.rule, caught.value.place) == (rule, "file 3")
    assert "canary" not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize("interaction", ["RCMR_IN030000UK06", "RCMR_IN030000UK07"])
def test_the_two_interactions_that_carry_an_extract(interaction: str) -> None:
    version, element = open_extract(extract(interaction=interaction), "file 1")
    assert (version, etree.QName(element).localname) == (interaction, "EhrExtract")


@pytest.mark.parametrize(
    ("head", "yes"),
    [
        (b"<a/>", True),
        (b"\xef\xbb\xbf\r\n <a/>", True),
        ("<a/>".encode("utf-16"), True),
        (b"{", False),
        (b"", False),
        (b"a<", False),
    ],
)
def test_an_opening_bracket_looks_like_xml(head: bytes, yes: bool) -> None:
    assert looks_like_xml(head) is yes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_a_file_names_is_the_one_it_is_read_in(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + extract(patient="<n>Zoë</n>").decode()
    _, element = open_extract(text.encode(encoding), "file 1")
    assert element.findtext(".//{*}n") == "Zoë"


def test_the_second_count_is_of_records_by_name_and_parent_only() -> None:
    inner = "<component/><component><statementRef/></component><patient/><x><Agent/></x>"
    assert count_records(GOOD) == 3, "the patient, a composition, an entry"
    assert count_records(extract(f"<ehrComposition>{inner}</ehrComposition>")) == 4


def element(text: str) -> etree._Element:
    return etree.fromstring(f'<top xmlns="urn:hl7-org:v3" xmlns:x="urn:x">{text}</top>')[0]


def test_an_element_is_a_tree_without_the_records_in_it() -> None:
    tree = to_tree(element(f'<a x:b="1"><c>one</c><c/>{component("<Entry>secret</Entry>")}<patient/></a>'))
    assert tree == {"@b": "1", "c": [{"#text": "one"}, {}]}


def test_the_type_of_a_value_is_an_attribute_like_others() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    assert to_tree(element(f'<value {xsi} xsi:type="PQ" value="1"/>')) == {"@type": "PQ", "@value": "1"}


def test_text_around_children_is_kept_and_blanks_are_not() -> None:
    assert to_tree(element("<a> one <b/> two <b/> </a>")) == {"#text": " one  two ", "b": [{}, {}]}
    assert to_tree(element("<a> \n <b/> \n </a>")) == {"b": [{}]}


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("<component><ObservationStatement/></component>", False, True),
        ("<component><statementRef/></component>", False, False),
        ("<component/>", False, False),
        ("<patient/>", True, True),
        ("<Agent/>", True, True),
        ("<other><ObservationStatement/></other>", False, False),
    ],
)
def test_what_is_a_record_and_what_only_wraps_one(text: str, record: bool, holds: bool) -> None:
    assert (is_record(element(text)), holds_records(element(text))) == (record, holds)
