"""Records that systems make for their own house-keeping: found among the unpaired, each by one rule."""

from pathlib import Path

import pytest

from godwit.definitions.comparison.house_keeping import read_house_keeping
from godwit.records.compare.harmless import condition, find_harmless
from godwit.records.duck import Duck
from tests.support.staged import put, tables

(FRAME,) = read_house_keeping()
BARE = {"type": '["snomed|196401000000100"]', "start": "2010-02-10"}


def harmless(
    duck: Duck, formats: tuple[str, str] = ("gp2gp", "gpconnect")
) -> list[tuple[str, str, int, str]]:
    find_harmless(duck, read_house_keeping(), formats)
    return duck.run("test", "SELECT * FROM finding.harmless ORDER BY row")


def alone(duck: Duck, *rows: tuple[str, int]) -> None:
    listed = ", ".join(f"('consultation', '{side}', {row}, 1)" for side, row in rows)
    duck.run("test", f"CREATE TABLE finding.lone AS FROM (VALUES {listed}) AS v (entity, side, row, scope)")


def test_only_unpaired_records_of_the_right_side_are_found(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        put(duck, "source", "consultation", BARE)
        put(duck, "target", "consultation", BARE, BARE, {**BARE, "duration": "10"})
        alone(duck, ("source", 1), ("target", 2), ("target", 3))
        assert harmless(duck) == [("target", "consultation", 2, FRAME.id)]


def test_a_rule_between_two_formats_leaves_others_alone(tmp_path: Path) -> None:
    rule = FRAME.model_copy(update={"between": (("gp2gp", "gpconnect"),)})
    assert rule.reaches("gp2gp", "gpconnect")
    assert not rule.reaches("gpconnect", "gp2gp")
    with tables(tmp_path) as duck:
        put(duck, "target", "consultation", BARE)
        alone(duck, ("target", 1))
        find_harmless(duck, (rule,), ("emis", "tpp"))
        assert duck.run("test", "SELECT * FROM finding.harmless") == []


def test_the_first_rule_counts(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        put(duck, "target", "consultation", BARE)
        alone(duck, ("target", 1))
        find_harmless(duck, (FRAME, FRAME.model_copy(update={"id": "later"})), ("a", "b"))
        assert duck.run("test", "SELECT rule FROM finding.harmless") == [(FRAME.id,)]


@pytest.mark.parametrize("change", [{"may_have": ("colour",)}, {"field": "start_date"}])
def test_a_rule_about_an_unknown_field_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(LookupError, match="frame_of_loose_entries: consultation has no"):
        condition(FRAME.model_copy(update=change))
