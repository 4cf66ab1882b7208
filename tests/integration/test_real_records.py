"""The public test records, as two systems really wrote them. They stay where they are; see `tests/needs.py`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.records.canonical import ENTITIES
from godwit.records.comparing import Compared
from tests.support.comparing import compared, findings

PAIRS = ("PWTP2", "PWTP4", "PWTP6", "PWTP7_vis", "PWTP11")
SECOND_VIEWS = ("PWTP2", "PWTP4", "PWTP6", "PWTP7", "PWTP11")
WHOLE_RECORDS = ("9465693839", "9465698490", "9465699012", "9692136701", "example")
EXPLAINED = yaml.safe_load((Path(__file__).parent / "explained_pairs.yaml").read_text(encoding="utf-8"))

KINDS = """SELECT concat_ws('.', entity, coalesce(field, outcome), reason) AS kind, count(*) FROM finding.caused
           GROUP BY kind ORDER BY kind"""
"""Findings by what became of which field, before they are grouped further into causes."""


def pair(root: Path, name: str) -> tuple[Path, Path]:
    """The message an EMIS test practice sent, and the bundle the receiving adaptor made of it."""
    folder = root / "gp2gp-xml-to-gpconnect"
    return folder / "input" / f"{name}.xml", folder / "expected" / f"{name}-output.json"


def outcomes(one: Compared) -> dict[str, Counter[str]]:
    """Per entity how many records had which outcome."""
    return {
        name: Counter(
            {
                word: getattr(account, word)
                for word in ("identical", "equivalent", "different", "missing", "unexpected")
                if getattr(account, word)
            }
        )
        for name, account in one.books.items()
    }


@pytest.mark.parametrize("name", PAIRS)
def test_what_differs_between_a_message_and_its_bundle_is_explained(
    name: str, fixtures_root: Path, tmp_path: Path
) -> None:
    with compared(*pair(fixtures_root, name), tmp_path / "work") as one:
        counted = {str(kind): count for kind, count in one.duck.run("test", KINDS)}
    explained: dict[str, Any] = EXPLAINED["pairs"][name]
    assert counted == explained
    assert set(counted) <= set(EXPLAINED["explanations"]), "a cause without an explanation from the documents"


@pytest.mark.parametrize("name", PAIRS)
def test_pairing_needs_no_identifiers(name: str, fixtures_root: Path, tmp_path: Path) -> None:
    source, target = pair(fixtures_root, name)
    with compared(source, target, tmp_path / "with") as one:
        with_identifiers = {entity: sum(account.values()) for entity, account in outcomes(one).items()}
    bundle = json.loads(target.read_text(encoding="utf-8"))
    scrambled = tmp_path / "scrambled.json"
    scrambled.write_text(json.dumps(without_identifiers(bundle)), encoding="utf-8")
    with compared(source, scrambled, tmp_path / "without") as one:
        without = {entity: sum(account.values()) for entity, account in outcomes(one).items()}
        rungs = dict(one.duck.run("test", "SELECT rung, count(*) FROM paired.record GROUP BY ALL"))
    assert without == with_identifiers
    assert "carried" not in rungs


def without_identifiers(bundle: dict[str, Any]) -> dict[str, Any]:
    """The same bundle in which every resource has a number for an id and no identifier of its own."""
    numbers: dict[str, str] = {}
    for number, entry in enumerate(bundle["entry"], start=1):
        resource = entry["resource"]
        numbers[f"{resource['resourceType']}/{resource['id']}"] = f"{resource['resourceType']}/{number}"
        resource["id"] = str(number)
        if resource["resourceType"] not in ("Patient", "Practitioner", "Organization"):
            resource.pop("identifier", None)
    return dict(led_to(bundle, numbers))


def led_to(node: Any, numbers: dict[str, str]) -> Any:
    """The node with every reference renamed."""
    if isinstance(node, dict):
        return {
            key: numbers.get(item, item)
            if key == "reference" and isinstance(item, str)
            else led_to(item, numbers)
            for key, item in node.items()
        }
    return [led_to(item, numbers) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", SECOND_VIEWS)
def test_a_second_view_of_the_same_patient_balances_and_tells_new_changed_and_lost_apart(
    name: str, fixtures_root: Path, tmp_path: Path
) -> None:
    source = pair(fixtures_root, "PWTP7_vis" if name == "PWTP7" else name)[0]
    target = fixtures_root / "gpconnect-second-view" / f"{name}-emis-gpconnect.json"
    with compared(source, target, tmp_path / "work") as one:
        assert all(account.balances for account in one.books.values())
        found = Counter(finding.outcome for finding in findings(one))
        paired = one.duck.run("test", "SELECT count(*) FROM paired.record")[0][0]
        torn = one.duck.run("test", TORN_APART)
    assert min(found["different"], found["missing"], found["unexpected"]) > 0
    assert paired > found["missing"]
    assert torn == [], "a changed record was taken for one lost and one new"


TORN_APART = """
    SELECT l.entity, l.record, n.record FROM finding.unpaired AS l JOIN finding.unpaired AS n
    ON l.side = 'source' AND n.side = 'target' AND l.entity = n.entity AND l.scope = n.scope
    AND l.code = n.code AND left(l.moment, 10) = left(n.moment, 10)"""
"""Records left over on both sides although they are of one entity, with the same code and on the same day."""


@pytest.mark.parametrize("name", WHOLE_RECORDS)
def test_a_whole_record_against_itself_is_all_identical(
    name: str, fixtures_root: Path, tmp_path: Path
) -> None:
    bundle = fixtures_root / "gpconnect-structured-practice-migrator" / f"{name}.json"
    with compared(bundle, bundle, tmp_path / "work") as one:
        assert findings(one) == []
        assert {word for account in outcomes(one).values() for word in account} == {"identical"}


@pytest.mark.parametrize("folder", ["gpconnect-structured-practice-migrator", "gpconnect-second-view"])
def test_census_in_is_census_out(folder: str, fixtures_root: Path, tmp_path: Path) -> None:
    census = json.loads((fixtures_root / folder / "CENSUS.json").read_text(encoding="utf-8"))
    for number, (file, counts) in enumerate(census.items()):
        bundle = fixtures_root / folder / file
        with compared(bundle, bundle, tmp_path / f"work-{number}") as one:
            kinds: Counter[str] = Counter()
            for (kind, _fate), count in one.source.census.items():
                kinds[kind] += count
        resources = {kind: count for kind, count in kinds.items() if "." not in kind}
        assert resources == counts["resources"], file


def test_every_whole_record_together_is_one_delivery(fixtures_root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    for name in WHOLE_RECORDS:
        original = fixtures_root / "gpconnect-structured-practice-migrator" / f"{name}.json"
        (folder / f"{name}.json").write_bytes(original.read_bytes())
    with compared(folder, folder, tmp_path / "work") as one:
        assert one.persons == (len(WHOLE_RECORDS), len(WHOLE_RECORDS))
        assert len(one.people.pairs) == len(WHOLE_RECORDS)
        assert findings(one) == []
    assert set(one.books) == set(ENTITIES)
