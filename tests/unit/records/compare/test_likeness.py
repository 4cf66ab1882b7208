"""Which entries are alike where links are told by their meaning: the contact and the person are part of it."""

from pathlib import Path

from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES
from godwit.records.compare.pairing import Ladder
from godwit.records.compare.scheme import Scheme
from tests.support.staged import Fields, tables


def entries(work: Path, source: list[Fields], target: list[Fields]) -> list[tuple[int, int, str]]:
    """The pairs of entries whose links are told by their meaning, all of one patient."""
    entity = ENTITIES["observation"]
    columns = canonical_columns(entity)
    fills = {entity.name: frozenset((*entity.field_names, *entity.role_names))}
    with tables(work, entities=[]) as duck:
        for side, those in (("source", source), ("target", target)):
            rows = [{"side": side, "row": n, "person": 1, **one} for n, one in enumerate(those, start=1)]
            duck.load(f"canonical.{entity.name}", columns, rows)
        Ladder(duck, entity, Scheme((fills, fills), same_format=False, by_meaning=True)).climb()
        return duck.run("test", "SELECT source_row, target_row, rung FROM paired.observation ORDER BY ALL")


FAMILY_HISTORY = {
    "code": '["snomed|90560007"]',
    "code_term": '["Family history: gout"]',
    "kind": "family_history",
}
CHANGED = {"code": '["snomed|71186008"]', "code_term": '["Gout"]', "kind": "entry"}
FIRST = {
    "effective": "2021-10-08",
    "recorded": "2021-10-08",
    "performer": "dr a",
    "consultation": "2021-10-08",
}
SECOND = {"effective": "2013-01-24", "recorded": "2013-01-24", "performer": "dr b"}


def test_a_code_alone_is_not_alike_enough_where_day_contact_and_person_are_others(tmp_path: Path) -> None:
    """The code of the first was changed; the second came from another patient."""
    source = [FAMILY_HISTORY | FIRST]
    target = [FAMILY_HISTORY | SECOND, CHANGED | FIRST]
    assert entries(tmp_path, source, target) == [(1, 2, "entry")]


def test_the_same_contact_and_person_are_part_of_likeness(tmp_path: Path) -> None:
    source = [FAMILY_HISTORY | FIRST]
    redated = {"effective": "2021-10-12", "recorded": "2021-10-13"}
    target = [FAMILY_HISTORY | SECOND | {"performer": "dr a"}, FAMILY_HISTORY | FIRST | redated]
    assert entries(tmp_path, source, target) == [(1, 2, "likeness")]


def test_where_no_code_is_known_its_words_are_what_a_record_is_known_by(tmp_path: Path) -> None:
    """A practice's own code leads nowhere in another system; the time moved by an hour."""
    local = {
        "code_term": '["Triage outcome"]',
        "kind": "entry",
        "recorded": "2022-09-19",
        "performer": "dr a",
    }
    source = [local | {"effective": "2022-09-19T10:51"}]
    target = [local | {"effective": "2022-09-19T11:51"}]
    assert entries(tmp_path, source, target) == [(1, 1, "likeness")]


def test_words_beside_a_code_are_no_mark_of_their_own(tmp_path: Path) -> None:
    """What shares nothing but words, and has codes that are others, shares no mark."""
    same = {"code_term": '["Gout"]', "kind": "entry", "recorded": "2022-09-19", "performer": "dr a"}
    source = [same | {"code": '["read2|C34.."]', "effective": "2022-09-19"}]
    target = [same | {"code": '["snomed|90560007"]', "effective": "2022-09-21"}]
    assert entries(tmp_path, source, target) == []
