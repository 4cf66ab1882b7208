"""Opening a bundle: what is refused by which rule, without a word of the file, and what the second count finds."""

import json
from typing import Any

import pytest

from godwit.records.errors import InputRefused
from godwit.records.formats.gpconnect.bundle import count_resources, open_bundle
from godwit.records.formats.gpconnect.reader import looks_like_a_bundle

CANARY = "canary"


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("json.encoding", b'{"canary": "\xff"}'),
        ("json.encoding", '{"canary": "x"}'.encode("utf-16")),
        ("json.encoding", b'{"resourceType": "Bundle", "entry": [], "canary": "\\ud800"}'),
        ("json.encoding", b'{"resourceType": "Bundle", "entry": [{"\\udc00canary": []}]}'),
        ("json.syntax", b'{"canary": '),
        ("json.syntax", b'{"canary": 1} {"canary": 2}'),
        ("json.syntax", b"{canary}"),
        ("json.depth", b'{"canary":' + b"[" * 200_000),
        ("json.not_a_number", b'{"canary": NaN}'),
        ("json.not_a_number", b'{"canary": -Infinity}'),
        ("json.key_twice", b'{"canary": 1, "canary": 2}'),
        ("root.not_a_bundle", b'{"resourceType": "canary"}'),
        ("root.not_a_bundle", b'[{"resourceType": "Bundle", "x": "canary"}]'),
        ("root.not_a_bundle", b'"canary"'),
        ("bundle.no_entries", b'{"resourceType": "Bundle", "x": "canary"}'),
        ("bundle.no_entries", b'{"resourceType": "Bundle", "entry": {"x": "canary"}}'),
    ],
)
def test_a_file_is_refused_by_rule_and_not_quoted(rule: str, data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        open_bundle(data, "file 3")
    assert (caught.value.rule, caught.value.place) == (rule, "file 3")
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_a_syntax_error_says_where() -> None:
    with pytest.raises(InputRefused, match=r"line 2, column 9"):
        open_bundle(b'{"a": 1,\n "b": 2 3}', "file 1")


@pytest.mark.parametrize("number", ["72.50", "1e999999", "12345678901234567890.123456789", "-0", "1.0"])
def test_numbers_keep_the_text_that_was_delivered(number: str) -> None:
    data = f'{{"resourceType": "Bundle", "entry": [], "value": {number}}}'.encode()
    assert open_bundle(data, "file 1")["value"] == number


ODD = {
    "pair": '"\\ud83d\\ude00"',
    "said": '"\\\\ud800"',
    "nul": '"\\u0000"',
    "one": '"😀"',
    "last": '"\\uFFFF"',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_characters_are_read_as_they_are(text: str) -> None:
    data = f'{{"resourceType": "Bundle", "entry": [], "value": {text}}}'.encode()
    assert open_bundle(data, "file 1")["value"] == json.loads(text)


def test_a_byte_order_mark_does_no_harm() -> None:
    data = b'\xef\xbb\xbf{"resourceType": "Bundle", "entry": []}'
    assert open_bundle(data, "file 1")["entry"] == []
    assert looks_like_a_bundle(data)


@pytest.mark.parametrize(
    ("head", "yes"),
    [(b"{", True), (b" \r\n\t{", True), (b"[", False), (b"<a/>", False), (b"", False), (b'"{', False)],
)
def test_an_object_looks_like_a_bundle(head: bytes, yes: bool) -> None:
    assert looks_like_a_bundle(head) is yes


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        ([], 0),
        ([{"resource": {"resourceType": "A"}}], 1),
        ([{"resource": {"resourceType": "A", "contained": [{"resourceType": "B"}]}}], 2),
        ([{"resource": {"resourceType": "A", "x": [{"y": {"resourceType": "B"}}]}}], 2),
        ([{"resource": {"resourceType": {"resourceType": "A"}}}], 2),
        ([{"resource": {"type": "resourceType"}}], 0),
    ],
)
def test_the_second_count_is_of_everything_that_says_it_is_a_resource(entries: list[Any], count: int) -> None:
    assert count_resources(json.dumps({"resourceType": "Bundle", "entry": entries}).encode()) == count
