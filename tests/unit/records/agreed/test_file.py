"""The file of agreed differences: only ever added to, and refused where it is not one."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.records.agreed.file import add, read_agreed, read_or_new
from godwit.records.errors import InputRefused
from tests.support.agreeing import TODAY, approved, proposed

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip() and len(text) < 500)


def entry(of: Any) -> dict[str, object]:
    said: dict[str, Any] = of.model_dump(mode="json", exclude_none=True)
    return said | {name: getattr(of, name) for name in ("day", "expires") if hasattr(of, name)}


def begun(folder: Path) -> Path:
    path = folder / "agreed.yaml"
    add(read_or_new(path), entry(proposed()))
    return path


def refused(path: Path) -> InputRefused:
    with pytest.raises(InputRefused) as error:
        read_agreed(path)
    return error.value


def test_a_proposal_and_its_approval_come_back_as_they_were_given(tmp_path: Path) -> None:
    path = begun(tmp_path)
    one = read_agreed(path).agreements["A1"].proposed
    assert one == proposed()
    add(read_agreed(path), entry(approved(one)))
    assert read_agreed(path).agreements["A1"].approved == approved(one)
    assert [name.name for name in tmp_path.iterdir()] == ["agreed.yaml"]


def test_what_people_wrote_beside_it_stays_letter_for_letter(tmp_path: Path) -> None:
    path = begun(tmp_path)
    before = (
        path.read_text("utf-8").replace("entries:\n", "entries:  # ours\n") + "\n  # talked over on Monday\n"
    )
    path.write_text(before, "utf-8")
    add(read_agreed(path), entry(approved(proposed())))
    assert path.read_text("utf-8").startswith(before.rstrip())


def test_an_indented_list_stays_one(tmp_path: Path) -> None:
    path = begun(tmp_path)
    head, _, entries = path.read_text("utf-8").partition("entries:\n")
    path.write_text(head + "entries:\n" + "".join(f"    {line}\n" for line in entries.splitlines()), "utf-8")
    add(read_agreed(path), entry(approved(proposed())))
    assert read_agreed(path).agreements["A1"].approved


def test_numbers_go_on(tmp_path: Path) -> None:
    path = begun(tmp_path)
    assert read_agreed(path).next_id == "A2"
    assert read_or_new(tmp_path / "other.yaml").next_id == "A1"


@given(why=WORDS)
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, why: str) -> None:
    path = tmp_path_factory.mktemp("words") / "agreed.yaml"
    add(read_or_new(path), entry(proposed()) | {"why": why})
    assert read_agreed(path).agreements["A1"].proposed.why == why.strip()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "definition.shape"),
        ("version: 1\n", "definition.shape"),
        ("version: 2\nentries: []\n", "definition.shape"),
        ("version: 1\nentries:\n- did: guessed\n", "definition.shape"),
        ("version: 1\nentries: [\n", "yaml.syntax"),
        ("version: 1\nversion: 1\nentries: []\n", "yaml.syntax"),
    ],
)
def test_what_is_no_such_file(tmp_path: Path, text: str, rule: str) -> None:
    path = tmp_path / "agreed.yaml"
    path.write_text(text, "utf-8")
    assert refused(path).rule == rule


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml").rule == "agreed.unreadable"
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    assert refused(tmp_path / "bytes.yaml").rule == "agreed.unreadable"


def test_a_scope_widened_after_the_approval_is_refused_and_named(tmp_path: Path) -> None:
    path = begun(tmp_path)
    add(read_agreed(path), entry(approved(proposed())))
    path.write_text(path.read_text("utf-8").replace("findings: 3", "findings: 3000"), "utf-8")
    error = refused(path)
    assert (error.rule, error.place) == ("agreed.changed", "agreed.yaml, A1")


def test_a_decision_that_may_not_be_leaves_the_file_alone(tmp_path: Path) -> None:
    path = begun(tmp_path)
    before = path.read_bytes()
    with pytest.raises(InputRefused):
        add(read_agreed(path), entry(approved(proposed(), by="Ann Lee")))
    assert path.read_bytes() == before


def test_what_is_wrong_with_a_decision_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as error:
        add(read_or_new(tmp_path / "agreed.yaml"), entry(proposed()) | {"role": "king"})
    assert error.value.because.startswith("role: no such role")
    assert not (tmp_path / "agreed.yaml").exists()


def test_two_who_write_at_once_do_not_lose_a_decision(tmp_path: Path) -> None:
    path = begun(tmp_path)
    stale = read_agreed(path)
    add(read_agreed(path), entry(proposed(id="A2")))
    with pytest.raises(InputRefused) as error:
        add(stale, entry(proposed(id="A2", why="mine")))
    assert error.value.rule == "agreed.busy"
    (tmp_path / ".agreed.yaml.new").write_text("")
    with pytest.raises(InputRefused) as error:
        add(read_agreed(path), entry(proposed(id="A3")))
    assert error.value.rule == "agreed.busy"
    assert sorted(read_agreed(path).agreements) == ["A1", "A2"]


def test_entries_that_something_follows_cannot_be_added_to(tmp_path: Path) -> None:
    path = begun(tmp_path)
    text = path.read_text("utf-8").replace("version: 1\n", "") + "version: 1\n"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused):
        add(read_agreed(path), entry(approved(proposed(), day=TODAY)))
    assert path.read_text("utf-8") == text
