"""Which products are of high risk, in Python and in SQL alike."""

from pathlib import Path

import pytest

from godwit.definitions.comparison.high_risk_drugs import read_high_risk_drugs
from godwit.records.duck import Duck
from godwit.synth.catalogue import catalogue

PRODUCTS = [
    ("Lithium carbonate 400mg modified-release tablets", "lithium"),
    ("Methotrexate 2.5mg tablets", "methotrexate"),
    ("WARFARIN 1mg tablets", "warfarin"),
    ("Insulin glargine 100units/ml solution for injection 3ml pre-filled pens", "insulin"),
    ("Insulin pen needles 4mm/32gauge", None),
    ("Co-codamol 30mg/500mg tablets", "opioid"),
    ("Codeine 15mg/5ml linctus", None),
    ("Tacrolimus 0.1% ointment", None),
    ("Tacrolimus 1mg capsules", "immunosuppressant"),
    ("Hydrocortisone 1% cream", None),
    ("Hydrocortisone 10mg tablets", "steroid"),
    ("Paracetamol 500mg tablets", None),
    ("Heparinoid 0.3% cream", None),
    ("Aminophyllinexyz 1mg", None),
]


@pytest.mark.parametrize(("name", "group"), PRODUCTS)
def test_a_product_is_of_a_group_or_of_none(name: str, group: str | None) -> None:
    assert next((one.id for one in read_high_risk_drugs() if one.holds(name)), None) == group


def test_sql_says_the_same(tmp_path: Path) -> None:
    with Duck(tmp_path) as duck:
        duck.load("product", {"name": "VARCHAR"}, [{"name": name} for name, _ in PRODUCTS] + [{"name": None}])
        for group in read_high_risk_drugs():
            found = {
                name for (name,) in duck.run("test", f"SELECT name FROM product WHERE {group.sql('name')}")
            }
            assert found == {name for name, _ in PRODUCTS if group.holds(name)}, group.id


def test_every_product_of_made_up_practices_that_can_kill_is_found() -> None:
    deadly = {row.name for row in catalogue().drug_rows.values() if row.high_risk}
    assert {name for name in deadly if not any(one.holds(name) for one in read_high_risk_drugs())} == set()
