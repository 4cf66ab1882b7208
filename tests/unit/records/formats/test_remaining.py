"""Nothing read is lost: every leaf of a record is used, covered by a used branch, a label of one, or in the extras."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.records.formats.converters import remaining
from godwit.records.formats.tree import Address, leaves, spell

LABELS = ("url", "@typeCode")

keys = st.sampled_from(["a", "b", "c", "url", "@typeCode", "#text", "_context", "+folded"])
texts = st.one_of(st.text(max_size=3), st.booleans(), st.none())
trees = st.dictionaries(
    keys,
    st.recursive(
        texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=12,
    ),
    max_size=4,
)


def addresses(node: Any, at: Address = ()) -> list[Address]:
    """Every address in a tree, branches too, context left out."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(node, dict):
        inner = [(key, item) for key, item in node.items() if not key.startswith("_")]
    elif isinstance(node, list):
        inner = list(enumerate(node))
    return [found for key, item in inner for found in ((*at, key), *addresses(item, (*at, key)))]


def is_within(address: Address, branch: Address) -> bool:
    return address[: len(branch)] == branch


def is_label_of_a_used_neighbour(address: Address, used: list[Address]) -> bool:
    beside = [one for one in used if len(one) >= len(address) and is_within(one, address[:-1])]
    return address[-1] in LABELS and len(address) > 1 and bool(beside)


@given(trees, st.data())
def test_every_leaf_is_in_exactly_one_place(tree: dict[str, Any], data: st.DataObject) -> None:
    everywhere = addresses(tree)
    used = data.draw(st.lists(st.sampled_from(everywhere), max_size=4)) if everywhere else []
    extras = remaining(tree, used, LABELS)
    expected: Counter[tuple[str, str]] = Counter()
    for address, leaf in leaves(tree):
        covered = any(is_within(address, one) for one in used)
        if not covered and not is_label_of_a_used_neighbour(address, used):
            expected[spell(address), leaf] += 1
    assert Counter((path, leaf) for path, found in extras.items() for leaf in found) == expected


@given(trees)
def test_where_nothing_is_used_everything_remains(tree: dict[str, Any]) -> None:
    extras = remaining(tree, [], LABELS)
    assert sum(map(len, extras.values())) == len(list(leaves(tree)))


@given(trees)
def test_where_all_is_used_nothing_remains(tree: dict[str, Any]) -> None:
    assert remaining(tree, [address for address, _ in leaves(tree)], LABELS) == {}


EXTENSION = {"ext": [{"url": "one", "value": "1", "other": "2"}, {"url": "two", "value": "3"}]}


ALL = {"ext.other": ("2",), "ext.url": ("one", "two"), "ext.value": ("1", "3")}


@pytest.mark.parametrize(
    ("name", "used", "extras"),
    [
        ("nothing used, names and values remain", [], ALL),
        (
            "a used value takes its label along",
            [("ext", 0, "value")],
            {"ext.other": ("2",), "ext.url": ("two",), "ext.value": ("3",)},
        ),
        ("a used branch takes all of it", [("ext", 0)], {"ext.url": ("two",), "ext.value": ("3",)}),
        ("a used list takes every item", [("ext",)], {}),
        ("an address that is not there takes nothing", [("ext", 7, "value")], ALL),
    ],
)
def test_what_remains(name: str, used: list[Address], extras: dict[str, tuple[str, ...]]) -> None:
    assert remaining(EXTENSION, used, LABELS) == extras, name


def test_a_label_at_the_root_is_content() -> None:
    assert remaining({"url": "x", "a": "y"}, [("a",)], LABELS) == {"url": ("x",)}
