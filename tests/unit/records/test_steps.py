"""Steps run after what they read, whatever the order in which they are given; knots are refused."""

from itertools import permutations
from pathlib import Path

import pytest

from godwit.records.duck import Duck
from godwit.records.steps import Step, in_order, run_steps, sql_text

ONE = Step("one", "SELECT 1 AS n")
TWO = Step("two", "SELECT n + 1 AS n FROM one", ("one",))
THREE = Step("three", "SELECT one.n + two.n AS n FROM one, two", ("one", "two"))


@pytest.mark.parametrize("given", list(permutations((ONE, TWO, THREE))))
def test_a_step_comes_after_what_it_reads(given: tuple[Step, ...]) -> None:
    assert in_order(given) == [ONE, TWO, THREE]


def test_tables_that_no_step_makes_are_taken_for_granted() -> None:
    assert in_order([Step("a", "", ("elsewhere",))]) == [Step("a", "", ("elsewhere",))]


@pytest.mark.parametrize(
    ("steps", "because"),
    [
        ([Step("a", "", ("b",)), Step("b", "", ("a",))], "need each other"),
        ([Step("a", "", ("a",))], "need each other"),
        ([Step("a", "1"), Step("a", "2")], "two steps make a"),
    ],
)
def test_a_knot_is_refused(steps: list[Step], because: str) -> None:
    with pytest.raises(ValueError, match=because):
        in_order(steps)


def test_steps_are_run_in_order_and_tell_what_they_made(tmp_path: Path) -> None:
    made: list[str] = []
    with Duck(tmp_path) as duck:
        run_steps(duck, [THREE, TWO, ONE], made.append)
        assert duck.run("test", "SELECT n FROM three") == [(3,)]
    assert made == ["one", "two", "three"]


def test_a_file_of_sql_is_filled_in(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("SELECT {what} FROM {table}", encoding="utf-8")
    assert sql_text(tmp_path, "a.sql", what="n", table="one") == "SELECT n FROM one"
    with pytest.raises(KeyError, match="table"):
        sql_text(tmp_path, "a.sql", what="n")
