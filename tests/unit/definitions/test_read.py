"""A definition is read into a typed object, or refused with its file, its line where known, and the rule."""

from hashlib import sha256 as sha
from pathlib import Path

import pytest

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse, parse_text, resource, sha256


class Thing(Definition):
    """A made-up definition."""

    name: str
    parts: dict[str, int]


GOOD = "name: a\nparts:\n  one: 1\n"


def test_a_good_file_is_read_and_frozen(tmp_path: Path) -> None:
    path = tmp_path / "thing.yaml"
    path.write_text(GOOD, encoding="utf-8")
    thing = parse(Thing, path)
    assert thing == Thing(name="a", parts={"one": 1})
    assert sha256(path) == sha(GOOD.encode()).hexdigest()
    with pytest.raises(ValueError, match="frozen"):
        thing.name = "b"


@pytest.mark.parametrize(
    ("rule", "said", "text"),
    [
        ("yaml.syntax", "line 4", GOOD + "  one: 2\n"),
        ("yaml.syntax", "line 4", GOOD + "name: again\n"),
        ("yaml.syntax", "line 3", "name: a\nparts: [\n"),
        ("yaml.syntax", "line 1", "name: !!python/name:os.system x\n"),
        ("yaml.syntax", "line 1", "{[1, 2]: a}"),
        ("yaml.syntax", "thing.yaml", "name: \x07"),
        ("yaml.syntax", "thing.yaml", "name: &a [*a"),
        ("definition.shape", "name", "parts: {one: 1}"),
        ("definition.shape", "parts.one", GOOD.replace("1", "many")),
        ("definition.shape", "colour", GOOD + "colour: blue\n"),
        ("definition.shape", "thing.yaml", ""),
        ("definition.shape", "thing.yaml", "- a\n- b\n"),
        ("yaml.syntax", "thing.yaml", GOOD + "---\n" + GOOD),
    ],
)
def test_a_fault_is_named_with_its_place(rule: str, said: str, text: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_text(Thing, "thing.yaml", text)
    assert caught.value.rule == rule
    assert (caught.value.file, said in str(caught.value)) == ("thing.yaml", True)


def test_the_same_key_may_stand_in_two_places() -> None:
    assert parse_text(Thing, "a.yaml", "name: name\nparts: {name: 1}").parts == {"name": 1}


def test_a_resource_lies_beside_its_code() -> None:
    assert resource("godwit.definitions.comparison", "severities.yaml").is_file()
