"""A check that cannot fail proves nothing: break one line of the fast comparator's SQL, and the check must say so."""

import shutil
from pathlib import Path

import pytest

from godwit.records import duck
from godwit.records.compare import differing, findings, likeness, pairing
from godwit.records.model import Link, Place, Row
from tests.property.comparing import compare_plain, disagreements
from tests.property.fast_comparator import compare_fast
from tests.property.generated_copies import Case
from tests.property.generated_records import GUIDS, somebody

BROKEN = {
    "fields of another record": ("field_difference.sql", "t.row = p.target_row", "t.row = p.source_row"),
    "fields of half of the pairs": (
        "field_difference.sql",
        "WHERE {which}",
        "WHERE {which} AND source_row > 6",
    ),
    "lost links are not seen": ("link_difference.sql", "source_ends IS DISTINCT FROM", "source_ends <>"),
    "order where there is none": ("link_difference.sql", "ELSE far_end END", "ELSE ordinal::VARCHAR END"),
    "links to lost records": ("link_difference.sql", "n <= CASE", "n < CASE"),
    "links that stand alone": ("link_end.sql", "THEN 'alone'", "THEN 'words:alone'"),
    "identifiers used twice": ("rung_unique.sql", "s.n = 1 AND t.n = 1", "true"),
    "duplicates in another order": ("rung_ordinal.sql", "k ORDER BY row)", "k ORDER BY row DESC)"),
    "records paired twice": ("rung_free.sql", "_row = c.row", "_row = -c.row"),
    "patients mixed up": ("likeness_candidate.sql", "s.scope = t.scope AND", "true AND"),
    "half is not enough": ("likeness_candidate.sql", "points * 2 >=", "points * 2 >"),
    "different called equivalent": ("outcome.sql", "(WHERE rule IS NULL)", "(WHERE rule = 'none')"),
    "missing or not": ("lone.sql", "q.source_row = r.row", "q.target_row = r.row"),
    "moved within a patient": ("rung_moved.sql", "source.scope IS DISTINCT FROM", "source.scope ="),
    "one of two that are equal moved": ("rung_moved.sql", "AND source.n = 1 AND target.n = 1", ""),
    "moved told as nothing": ("moved_difference.sql", "p.rung = 'moved'", "false"),
    "equal ones told as lost": ("duplicate.sql", "WHERE NOT alone", "WHERE alone"),
    "another kind by another minute": ("unpaired.sql", "o.entered = l.entered", "o.entered <> l.entered"),
    "findings told twice": ("finding.sql", "AND v.field = d.field", ""),
    "seconds nobody recorded": ("prelude.sql", "left(moment, 16)", "left(moment, 19)"),
    "one code of two": ("prelude.sql", "list_has_any", "list_has_all"),
}
"""What goes wrong: file, text, broken text."""

FOLDER = Path(pairing.SQL)
BOTH = '["read2|G30..","snomed|22298006"]'
OTHER = '["read2|C10..","snomed|22298006"]'


def row(
    number: int, entity: str = "observation", patient: int = 1, guid: int | None = None, **fields: str
) -> Row:
    """A record without links; `guid` gives it an identifier that both sides know."""
    identifier = f"system|{GUIDS[guid]}" if guid is not None else None
    place = Place(1, number, "Kind")
    return Row(place, entity, f"Kind/{number}", identifier, fields, patient=f"Patient/{patient}")


def linked(one: Row, *links: tuple[str, int]) -> Row:
    """The record with links to the records of these numbers."""
    ends = tuple(Link(role, f"Kind/{number}") for role, number in links)
    return Row(one.place, one.entity, one.key, one.source_id, one.fields, ends, patient=one.patient)


SOURCE = [
    somebody(1, 1, 1),
    somebody(2, 1, 2),
    row(3, "practitioner", guid=3, family="Wader"),
    row(4, "practitioner", guid=4, family="Knot"),
    row(5, "practitioner", guid=5, family="Stint"),
    linked(row(6, guid=6, text="goes", unit="kg"), ("performer", 3)),
    linked(row(7, guid=7, text="stays"), ("members", 3), ("members", 4)),
    linked(row(8, guid=8, text="loses its clinician"), ("performer", 5)),
    row(9, "problem", guid=9, text="one of two under one identifier"),
    row(10, "problem", guid=9, text="the other of two"),
    row(11, "recall", text="twice here, once there"),
    row(12, "recall", text="twice here, once there"),
    row(13, "allergy", code='["snomed|1"]', onset="2001", text="first patient only"),
    row(14, "referral", code='["snomed|2"]', authored="2002", priority="routine"),
    row(15, "immunisation", code='["snomed|3"]', effective="2003-02-01T08:30:10Z", text="x"),
    row(16, "document", type=BOTH, created="2004", title="x", content_type="a"),
    row(17, "allergy", guid=17, text="on both sides"),
    row(31, "problem", code='["snomed|4"]', onset="2005-01-02", recorded="2005-01-02T09:00Z"),
    row(32, "problem", code='["snomed|5"]', onset="2005-01-02", text="goes to another"),
    row(33, "recall", code='["snomed|6"]', due="2006-01-02", authored="2005-01-02T09:00Z", text="twice"),
    row(34, "recall", code='["snomed|6"]', due="2006-01-02", authored="2005-01-02T09:00Z", text="twice"),
    row(35, code='["snomed|7"]', effective="2007-01-02", recorded="2007-01-02T09:00Z", text="a"),
    row(36, "allergy", agent="penicillin", onset="2008-01-02", recorded="2008-01-02T09:00Z"),
    row(37, "allergy", patient=2, agent="nuts"),
]
TARGET = [
    somebody(1, 1, 1),
    somebody(2, 1, 2),
    row(4, "practitioner", guid=4, family="Knot"),
    row(3, "practitioner", guid=3, family="Wader"),
    row(6, guid=6),
    linked(row(7, guid=7, text="stays"), ("members", 4), ("members", 3)),
    linked(row(8, guid=8, text="loses its clinician"), ("performer", 5)),
    row(10, "problem", guid=9, text="the other of two"),
    row(9, "problem", guid=9, text="one of two under one identifier"),
    row(21, "recall", text="twice here, once there"),
    row(23, "allergy", patient=2, code='["snomed|1"]', onset="2001", text="second patient only"),
    row(24, "referral", code='["snomed|2"]', authored="2012", priority="urgent"),
    row(25, "immunisation", code='["snomed|3"]', effective="2003-02-01T08:30:20Z", text="y"),
    row(26, "document", type=OTHER, created="2004", title="y", content_type="b"),
    row(17, "allergy", guid=17, text="on both sides"),
    row(41, "problem", patient=2, code='["snomed|4"]', onset="2005-01-02", recorded="2005-01-02T09:00Z"),
    row(42, "problem", patient=2, code='["snomed|5"]', onset="2005-01-02", text="goes to another"),
    row(43, "recall", 2, code='["snomed|6"]', due="2006-01-02", authored="2005-01-02T09:00Z", text="twice"),
    row(45, code='["snomed|8"]', effective="2007-01-02", recorded="2007-01-02T09:00Z", text="b"),
    row(46, effective="2008-01-02", recorded="2008-01-02T09:00Z", text="Allergy to Penicillin"),
    row(47, "allergy", agent="eggs"),
]
CASE = Case(SOURCE, TARGET)


def test_unbroken_they_agree() -> None:
    assert disagreements(CASE) == {}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_step_is_seen(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text, broken = BROKEN[what]
    for file in (*FOLDER.glob("*.sql"), duck.PRELUDE):
        shutil.copy(file, tmp_path)
    whole = (tmp_path / name).read_text(encoding="utf-8")
    assert text in whole, "the step has changed; break it in another way"
    (tmp_path / name).write_text(whole.replace(text, broken), encoding="utf-8")
    for module in (pairing, likeness, differing, findings):
        monkeypatch.setattr(module, "SQL", tmp_path)
    monkeypatch.setattr(duck, "PRELUDE", tmp_path / duck.PRELUDE.name)
    assert disagreements(CASE)


LEFT_OUT = {"_carried": "carried", "_whole_keys": "key", "_entry": "entry", "_moved": "moved"}
"""Where a rung is made, and its name."""


@pytest.mark.parametrize("made_by", LEFT_OUT)
def test_a_rung_left_out_is_seen(made_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing.Ladder, made_by, lambda *_, **__: iter(()))
    fast, plain = compare_fast(CASE), compare_plain(CASE)
    rung = LEFT_OUT[made_by]
    assert rung in {pair[3] for pair in plain.pairs}
    assert rung not in {pair[3] for pair in fast.pairs}
    assert fast.pairs != plain.pairs


def test_likeness_left_out_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness.Likeness, "climb", lambda _: None)
    assert disagreements(CASE)
