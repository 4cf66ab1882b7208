"""The path language: what each way of writing a path finds, and what it leaves."""

from typing import Any

import pytest

from godwit.records.formats.tree import (
    Step,
    delivered_key,
    first_text,
    leaves,
    opening,
    parse,
    select,
    spell,
)

RECORD: dict[str, Any] = {
    "name": [{"use": "official", "family": "Adams"}, {"use": "old", "family": "Brown"}, {"family": "Clark"}],
    "extension": [
        {"url": "https://example.org/Significance", "valueCode": "major"},
        {
            "url": "https://example.org/Outer",
            "extension": [{"url": "inner", "valueString": "one"}, {"url": "inner", "valueString": "two"}],
        },
    ],
    "id": [{"@root": "1.2.3"}, {"@root": "1.2.4", "@extension": "x"}],
    "participant": [{"type": [{"coding": [{"code": "REC"}]}], "who": "a"}, {"who": "b"}],
    "nested": [[{"text": "deep"}], [[{"text": "deeper"}]]],
    "status": "active",
    "_place": {"name": "context"},
    "+folded": {"note": "folded in"},
}


def found(path: str) -> list[Any]:
    return [node for _, node in select(RECORD, path)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("status", ["active"]),
        ("absent", []),
        ("status.deeper", []),
        ("name.family", ["Adams", "Brown", "Clark"]),
        ("name[use=official].family", ["Adams"]),
        ("name[use=offic].family", []),
        ("name[use!=official].family", ["Brown"]),
        ("name[!use].family", ["Clark"]),
        ("name[use~o].family", ["Adams", "Brown"]),
        ("status[use=official]", []),
        ("extension[url~Significance].valueCode", ["major"]),
        ("extension[url~significance].valueCode", []),
        ("extension[url~Outer].extension[url=inner].valueString", ["one", "two"]),
        ("id[@root=1.2.4].@extension", ["x"]),
        ("id[@extension~]", [{"@root": "1.2.4", "@extension": "x"}]),
        ("participant[type~REC].who", ["a"]),
        ("participant[!type].who", ["b"]),
        ("nested.text", ["deep", "deeper"]),
        ("_place.name", ["context"]),
        ("+folded.note", ["folded in"]),
        ("absent | status", ["active"]),
        ("name[use=official].family | name.family", ["Adams"]),
        ("name[use=maiden].family | name[!use].family | name.family", ["Clark"]),
    ],
)
def test_a_path_finds(path: str, expected: list[Any]) -> None:
    assert found(path) == expected


def test_addresses_hold_every_list_position() -> None:
    assert select(RECORD, "name[use=old].family") == [(("name", 1, "family"), "Brown")]
    assert [address for address, _ in select(RECORD, "nested.text")] == [
        ("nested", 0, 0, "text"),
        ("nested", 1, 0, 0, "text"),
    ]


def test_a_record_that_is_a_list_is_entered_too() -> None:
    assert select([{"a": "1"}, {"a": "2"}], "a") == [((0, "a"), "1"), ((1, "a"), "2")]


def test_an_empty_text_is_found_and_an_empty_list_is_not() -> None:
    assert select({"a": ""}, "a | b") == [(("a",), "")]
    assert select({"a": [], "b": "x"}, "a | b") == [(("b",), "x")]


@pytest.mark.parametrize(
    "path", ["", "a..b", ".a", "a.", "a[", "a]", "a[b", "a[b=c", "a[]", "a[b]", "a[b=c]d", "a | "]
)
def test_what_is_not_a_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(path)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("a[b=c=d]", Step("a", ("b", "=", "c=d"))),
        ("a[b!=c]", Step("a", ("b", "!=", "c"))),
        ("a[b~1.2]", Step("a", ("b", "~", "1.2"))),
        ("a[!b]", Step("a", ("b", "!", ""))),
    ],
)
def test_the_first_operator_splits_a_filter(text: str, step: Step) -> None:
    assert parse(text) == ((step,),)


def test_leaves_are_all_texts_but_context() -> None:
    tree = {"a": ["1", {"b": "2"}], "_c": "3", "+d": {"e": "4", "_f": "5"}, "g": None}
    assert list(leaves(tree)) == [(("a", 0), "1"), (("a", 1, "b"), "2"), (("+d", "e"), "4")]


def test_true_and_false_are_leaves_in_the_words_of_the_file() -> None:
    assert list(leaves({"a": True, "b": False})) == [(("a",), "true"), (("b",), "false")]


def test_an_address_is_spelt_without_positions() -> None:
    assert spell(("code", "coding", 0, "display")) == "code.coding.display"


def test_first_text_passes_over_branches() -> None:
    assert first_text({"a": [{"b": "1"}, "2", "3"]}, "a") == "2"
    assert first_text({"a": {"b": "1"}}, "a") is None


@pytest.mark.parametrize(
    ("delivered", "key"),
    [("name", "name"), ("_birthDate", ":_birthDate"), ("+note", ":+note"), (":x", "::x"), ("", "")],
)
def test_a_delivered_name_is_never_taken_for_context(delivered: str, key: str) -> None:
    assert delivered_key(delivered) == key
    assert list(leaves({key: "text"})) == [((key,), "text")]


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (b"{", b"{"),
        (b" \r\n\t<", b"<"),
        (b"\xef\xbb\xbf <", b"<"),
        ("<a/>".encode("utf-16"), b"<"),
        (" {".encode("utf-16"), b"{"),
        (b"\xff\xfe<", b""),
        (b"", b""),
        (b"  ", b""),
    ],
)
def test_the_opening_of_a_text(head: bytes, first: bytes) -> None:
    assert opening(head) == first
