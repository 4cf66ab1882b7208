"""A layout that contradicts itself is refused when it is read."""

from typing import Any

import pytest

from godwit.definitions.errors import DefinitionError
from godwit.records.bulk.bulk_format import format_in
from godwit.records.bulk.layout import LayoutPart, Table, checked, load_layout, merged
from tests.support.bulk_scene import TABLES, layout

TABLE: dict[str, Any] = {
    "title": "T",
    "key": ["a"],
    "layouts": {"1, 2": ["a", "B"]},
    "columns": {"a": {"type": "text"}, "b": {"type": "text"}},
}


def refusal(table: dict[str, Any]) -> str:
    with pytest.raises(DefinitionError) as error:
        layout({"T": {**TABLE, **table}})
    return str(error.value)


def test_versions_that_are_equal_share_a_line() -> None:
    table = Table.model_validate(TABLE)
    assert dict(table.versions()) == {"1": ("a", "B"), "2": ("a", "B")}
    assert table.spelling() == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"columns": {"a": {"type": "text"}}}, "no type is given for ['B']"),
        ({"key": ["c"]}, "no type is given for ['c']"),
        ({"practice": "c"}, "no type is given for ['c']"),
        ({"layouts": {"1, 1": ["a"]}}, "a version stands twice"),
        ({"layouts": {"1": ["a"], "1 ": ["a"]}}, "a version stands twice"),
        ({"layouts": {"1": ["a", "A"]}}, "version 1 has a column twice"),
        ({"layouts": {"1": ["b"]}}, "key column a is not in version 1"),
        (
            {"columns": {"a": {"type": "text"}, "b": {"type": "text"}, "B": {"type": "text"}}},
            "differ only in capital",
        ),
        ({"columns": {**TABLE["columns"], "File": {"type": "text"}}}, "a name of staging's own"),
        ({"canonical": "none"}, "say because of what"),
        ({"references": [{"column": "b", "to": "U", "at": "a"}]}, "refers to U.a"),
        ({"references": [{"column": "b", "to": "T", "at": "x"}]}, "refers to T.x"),
        ({"columns": {**TABLE["columns"], "c": {"type": "word"}}}, "guid"),
        ({"colour": "red"}, "not permitted"),
    ],
)
def test_contradictions_are_refused(wrong: dict[str, Any], said: str) -> None:
    assert said in refusal(wrong)


def test_tables_that_differ_only_in_capitals_and_unknown_free_text_are_refused() -> None:
    with pytest.raises(DefinitionError, match="two tables differ"):
        layout({"T": TABLE, "t": TABLE})
    with pytest.raises(DefinitionError, match=r"free_text names T\.z"):
        checked({**dict(layout({"T": TABLE})), "free_text": ["T.z"]})


def test_several_files_make_one_layout() -> None:
    head = LayoutPart.model_validate(
        {"edition": "1", "system": "s", "title": "S", "grammar": {}, "file_name": "x", "tables": {"T": TABLE}}
    )
    more = LayoutPart.model_validate({"tables": {"U": TABLE}})
    assert set(merged([head, more]).tables) == {"T", "U"}
    with pytest.raises(DefinitionError, match="table T is given in two files"):
        merged([head, LayoutPart.model_validate({"tables": {"T": TABLE}})])
    with pytest.raises(DefinitionError, match="edition is given in two files"):
        merged([head, LayoutPart.model_validate({"edition": "2"})])
    with pytest.raises(DefinitionError, match="edition"):
        merged([more])


@pytest.mark.parametrize("system", ["emis", "tpp", "vision"])
def test_every_bulk_format_of_ours_is_sound(system: str) -> None:
    whole = format_in(f"godwit.records.formats.{system}")
    assert whole.layout == load_layout(f"godwit.records.formats.{system}")
    assert whole.layout.system == system
    assert whole.entity_of("no such table") == "unclassified"


def test_the_layout_of_the_tests_is_sound() -> None:
    assert set(layout(TABLES).tables) == {"Entry", "Person"}
