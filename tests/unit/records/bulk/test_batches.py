"""Which files belong together and in which order they apply."""

from __future__ import annotations

import pytest

from godwit.records.bulk.batches import Arrival, Batch, ManifestLine, in_order, require_unbroken
from godwit.records.bulk.layout import load_layout
from godwit.records.bulk.state_rules import load_state_rules
from godwit.records.errors import InputRefused

SYSTEMS = {name: load_layout(f"godwit.records.formats.{name}") for name in ("emis", "tpp", "vision")}
ONE, TWO = "{0AD9D3F2-59A8-4C5A-9D5A-0B1C2D3E4F50}", "{1AD9D3F2-59A8-4C5A-9D5A-0B1C2D3E4F50}"


def emis(span: str, day: int, agreement: str = ONE, table: str = "Admin_Patient") -> str:
    return f"{span}_{table}_202601{day:02d}013000_{agreement}.csv"


def batches(
    system: str, *names: str, manifest: tuple[ManifestLine, ...] = ()
) -> list[tuple[list[int], bool | None]]:
    """Files of each batch by number, and whether it is a bulk."""
    found = ordered(system, *names, manifest=manifest)
    return [([part.file for part in one.parts], one.parts[0].whole) for one in found]


def ordered(system: str, *names: str, manifest: tuple[ManifestLine, ...] = ()) -> tuple[Batch, ...]:
    layout = SYSTEMS[system]
    arrivals = [Arrival(number, name, _table(system, name)) for number, name in enumerate(names, 1)]
    return in_order(arrivals, layout.file_name, "source", manifest)


def _table(system: str, name: str) -> str:
    known = SYSTEMS[system].tables
    return next(
        (one for one in known if f"_{one}_" in f"_{name}_" or name.endswith(f"/{one}.csv")), next(iter(known))
    )


def test_emis_order_is_by_time_then_processing_numbers() -> None:
    names = (emis("12-14", 3), emis("10", 1), emis("11", 2), emis("11", 2, table="Admin_Location"))
    assert batches("emis", *names) == [([2], True), ([4, 3], None), ([1], None)]


def test_emis_numbers_without_a_hole_and_with_one() -> None:
    def unbroken(*names: str) -> None:
        require_unbroken([one.marked(whole=False) for one in ordered("emis", *names)], "source")

    unbroken(emis("10-12", 1), emis("13", 2), emis("12-14", 3))
    with pytest.raises(InputRefused, match=r"1 of the supplier's processing numbers .*delta\.gap"):
        unbroken(emis("10-12", 1), emis("13", 2), emis("15", 3))


def test_a_hole_before_a_new_bulk_is_none() -> None:
    first, later = ordered("emis", emis("10", 1), emis("90", 9))
    require_unbroken([first, later.marked(whole=True)], "source")


def test_two_agreements_are_two_series() -> None:
    found = ordered("emis", emis("10", 1), emis("500", 2, TWO), emis("11", 3))
    assert [one.series for one in found] == [one.strip("{}").lower() for one in (ONE, TWO, ONE)]
    require_unbroken([one.marked(whole=False) for one in found], "source")


def test_vision_marks_bulk_and_delta_in_the_name() -> None:
    names = ("INCREMENTAL_A12345_journal_data_extract-2026-01-03-010000.csv",
             "FULL_A12345_journal_data_extract-2026-01-01-010000.csv")  # fmt: skip
    assert batches("vision", *names) == [([2], True), ([1], False)]
    with pytest.raises(InputRefused, match=r"delta\.no_bulk"):
        batches("vision", names[0])


def test_tpp_is_told_by_its_manifest() -> None:
    names = ("20260102_0100/SRPatient.csv", "20260101_0100/SRPatient.csv")
    lines = (
        ManifestLine("20260101_0100", "SRPatient", False, "", "20260101_0055"),
        ManifestLine("20260102_0100", "SRPatient.csv", True, "20260101_0055", "20260102_0055"),
    )
    assert batches("tpp", *names, manifest=lines) == [([2], True), ([1], False)]
    require_unbroken(ordered("tpp", *names, manifest=lines), "source")


def test_two_folders_of_which_nothing_tells_the_later_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"delta\.order_unknown") as refused:
        batches("tpp", "secret smith/SRPatient.csv", "other/SRPatient.csv")
    assert "smith" not in str(refused.value)


def test_files_without_any_mark_are_one_bulk() -> None:
    assert batches("tpp", "run/SRPatient.csv", "run/SRCode.csv") == [([2, 1], True)]


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_rule_about_state_names_what_the_layout_knows(name: str) -> None:
    layout, rules = SYSTEMS[name], load_state_rules(f"godwit.records.formats.{name}")
    named = [(rules.patients, column) for column in rules.gone_since]
    if rules.order and rules.entries:
        named.append((rules.entries, rules.order))
    if rules.sharing:
        named.append((rules.sharing.table, rules.sharing.practice))
    if rules.manifest:
        one = rules.manifest
        named += [(one.table, column) for column in (one.file, one.delta, one.since, one.until)]
    for table, column in named:
        assert column.casefold() in {each.casefold() for each in layout.tables[table].columns}, (
            table,
            column,
        )
    assert layout.tables[rules.patients].patient
    if rules.entries:
        assert layout.tables[rules.entries].patient
    for child, parent in rules.follows.items():
        assert set(layout.tables[parent].key) <= set(layout.tables[child].columns)
