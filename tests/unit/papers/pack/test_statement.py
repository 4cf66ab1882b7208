"""What a statement says of runs with and without each part, as a page and as a PDF alike."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from godwit.definitions.evidence.showing import Showing, read_showings
from godwit.papers.pack import matrix
from godwit.papers.pack.archive import unpacked
from godwit.papers.pack.gathering import Sources
from godwit.papers.pack.limits import ABSENT
from godwit.papers.pack.making import Making, make_pack
from godwit.papers.pack.told import aligned
from godwit.papers.pack.widths import fitted
from godwit.papers.pdf_parts import CELL
from tests.support import summaries
from tests.support.packs import NOW, key_of, list_summary, sealed_run

Facts = dict[str, Any]
FORBIDDEN = re.compile(r"\b(compliant|complies|conforms|certified|guaranteed|NHS approved)\b", re.IGNORECASE)

BEHIND = [
    {"kind": "finding", "cause": "x", "because": "x", "leaves": 1, "joins": 0, "patients": 1},
    {"kind": "unexplained", "cause": None, "because": "x", "leaves": 1, "joins": 0, "patients": 1},
]
MEASURES = [
    {"measure": "allergies", "title": "Patients with an allergy", "state": "passed", "source": 12, "target": 12,
     "leaves": 0, "joins": 0, "behind": []},
    {"measure": "repeats", "title": "Active repeats", "state": "failed", "source": 812, "target": 810, "leaves": 2,
     "joins": 0, "behind": BEHIND},
]  # fmt: skip
REGISTERS = [
    {"title": "Asthma", "state": "explained", "source": 700, "target": 698, "leaves": 3, "joins": 1,
     "behind": BEHIND[:1], "clusters": [{"cluster": "AST_COD", "state": "starter"}]},
    {"title": "Epilepsy", "state": "passed", "source": 80, "target": 80, "leaves": 0, "joins": 0, "behind": [],
     "clusters": []},
]  # fmt: skip
AGREED = {
    "agreement": "A1", "use": "holds", "entity": "observation", "outcome": "different", "field": "text", "harm": 2,
    "proposed": {"role": "practice_manager", "on": "2026-11-02"}, "approved": {"role": "lead_gp", "on": "2026-11-03"},
    "expires": "2027-01-31", "approved_findings": 640, "approved_patients": 12, "findings": 512, "patients": 11,
}  # fmt: skip
CONTROL = {
    "patients": 40, "records": 9_000, "planted": 60, "found": 60, "at_field": 59, "others": 0, "missed": [],
    "kinds": [{"kind": "missing", "planted": 30, "found": 30, "at_field": 30},
              {"kind": "changed", "planted": 30, "found": 30, "at_field": 29}],
    "beyond": [{"entity": "allergy", "kind": "changed", "field": "severity", "losses": ["x"]}],
}  # fmt: skip
ROUNDS = {
    "round": 5, "limit": 5, "previous": "compare-4", "counts": {"fixed": 31, "still": 7, "new": 2, "regressed": 1},
}  # fmt: skip
SAMPLE = {
    "seed": 7, "size": 2, "patients": [{"patient": "P01"}, {"patient": "P02"}, {"patient": "P03"}],
    "power": {"population": 11_396, "sample": 2, "chances": [{"rate": 0.01, "touched": 114, "seen": 0.0199}]},
}  # fmt: skip
DEGRADATION = [
    {"class": "drug", "title": "Medication", "new": 3, "inherited": 12, "recoded": 1, "not_arrived": 0, "unpaired": 0},
]  # fmt: skip
DOCUMENTS = {
    "compared": 1_310, "same": 1_308, "unexplained": 2,
    "sides": {"source": {"files": 1_311, "opened": 1_311}, "target": {"files": 1_310, "opened": 1_000}},
    "checks": [{"title": "Under another patient", "severity": "critical", "state": "failed", "source": 2, "target": 2,
                "patients": 2, "unexplained": 2},
               {"title": "Missing in the target", "severity": "high", "state": "passed", "source": 0, "target": 0,
                "patients": 0, "unexplained": 0}],
}  # fmt: skip
PARTS: Facts = {
    "documents": DOCUMENTS,
    "reconciliations": {"measures": MEASURES, "unexplained": 1}, "registers": REGISTERS,
    "agreed": [AGREED], "control": CONTROL, "rounds": ROUNDS,
    "sample": SAMPLE, "degradation": DEGRADATION,
}  # fmt: skip


def whole(**changes: Any) -> Facts:
    """A summary that has every part."""
    return {**deepcopy(summaries.practice()), **deepcopy(PARTS), **changes}


def prints(summary: Facts, place: Path, **sources: Path) -> tuple[str, str]:
    """The statement's words as the page and as the PDF show them, blanks made alike."""
    _, data = make_pack(Sources(sealed_run(place / "run", summary), **sources), Making(NOW, key_of(1)))
    members = unpacked(data)
    page = html.document_fromstring(members["statement.html"].decode())
    text = " ".join(str(one) for one in page.xpath("//main//text()"))
    pdf = "\n".join(one.extract_text() for one in PdfReader(BytesIO(members["statement.pdf"])).pages)
    return plain(text), plain(pdf)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    place = tmp_path_factory.mktemp("whole")
    listing = sealed_run(place / "list", list_summary(), kind="list")
    return prints(whole(), place, listing=listing)


SAID = (
    "No: 1,031 records of the source did not arrive",
    "3 critical, 3 high, 2 medium, 1 low",
    "Allergy not found in the target",
    "And 1 cause of low risk, with 118 findings",
    "Round 5 of 5. Findings since compare-4: 31 put right, 7 still there, 2 new, 1 back again.",
    "for escalation",
    "Did not pass Source Target Only source Only target No cause known Active repeats 812 810 2 0 1",
    "Of 2 measures, 1 passed, 0 differ with a cause behind every difference, 1 did not pass",
    "2 registers, 1 of them with patients who join or leave. Behind them are 1 starter code list, not official ones.",
    "1 of them, with a cause behind every difference, stand in annex E.",
    "Annex E: counts that differ with a cause",
    "Register Source Target Only source Only target No cause known Asthma 700 698 3 1 0",
    "report A, 3 patients in the system, not on the list; B, 6 on the list, not in the system; C, 14 on both",
    "3 patients drawn for people to compare on two screens, 2 of them at random (seed 7)",
    "1.0% 114 patients 2.0%",
    "1,308 of 1,310 documents of the source have the same file, byte by byte, under the same patient; 2 questions",
    "Opened by a program: 1,311 of 1,311 and 1,000 of 1,310 files",
    "Under another patient critical 2 2 2 2",
    "60 known faults were planted in a copy of the records of 40 patients of this very run",
    "512 on 11 patients 640 on 12 patients 2 Practice manager and Lead GP 2027-01-31 in force",
    "Medication 3 12 0 1",
    "6 causes of critical or high risk are open.",
    "Text not seen",
    "Read = unreadable + set aside + converted.",
)


@pytest.mark.parametrize("words", SAID)
def test_page_and_pdf_say_it_alike(both: tuple[str, str], words: str) -> None:
    page, pdf = both
    assert words in page
    assert words.replace(" ", "") in pdf.replace(" ", "")


def test_nothing_claims_more_than_was_seen(both: tuple[str, str]) -> None:
    for text in both:
        assert not FORBIDDEN.search(text)
        assert "no claim that any requirement is met" in text
        assert "It claims no conformity with any standard" in text


def test_every_part_that_was_not_made_is_said(tmp_path: Path) -> None:
    page, pdf = prints({**summaries.practice(), "registers": []}, tmp_path)
    assert "Not part of this run:" in page
    for _, words in ABSENT:
        assert words in page
        assert words.replace(" ", "") in pdf.replace(" ", "")
    assert "nobody has held it against the systems here" in page


def test_what_is_there_is_not_said_to_be_absent(both: tuple[str, str]) -> None:
    assert "Not part of this run:" not in both[0]


def test_every_page_bears_the_seal(tmp_path: Path) -> None:
    index, data = make_pack(Sources(sealed_run(tmp_path / "run")), Making(NOW))
    pages = PdfReader(BytesIO(unpacked(data)["statement.pdf"])).pages
    assert len(pages) > 3
    assert all(index.seal in one.extract_text().replace("\n", "") for one in pages)


def test_runs_without_anything_to_tell_have_a_statement(tmp_path: Path) -> None:
    for number, (summary, words) in enumerate(
        (
            (summaries.clean(), "Yes, as far as records were compared, and each says the same."),
            (summaries.empty(), "Nothing was compared"),
            (summaries.unbalanced(), "The books do not balance. Sign nothing"),
        )
    ):
        assert words in prints(summary, tmp_path / str(number))[0]


def test_hundreds_of_causes_with_long_words_fit(tmp_path: Path) -> None:
    page, _ = prints({**summaries.crowded(), **PARTS}, tmp_path)
    assert "more, in report.html" in page


def test_awkward_texts_stay_texts(tmp_path: Path) -> None:
    summary = summaries.practice()
    summary["causes"][0]["title"] = "<script>alert(1)</script> & **bold** ﷽"
    page, pdf = prints(summary, tmp_path)
    assert "<script>alert(1)</script> & bold ﷽" in page
    assert "<script>alert(1)</script> & bold" in pdf


def test_a_missed_plant_is_a_warning(tmp_path: Path) -> None:
    page, _ = prints(whole(control={**CONTROL, "found": 59}), tmp_path)
    assert "This run cannot show that nothing differs." in page


def test_an_agreed_cause_is_not_open(tmp_path: Path) -> None:
    summary = summaries.practice()
    summary["causes"] = [{**one, "agreed": one["findings"]} for one in summary["causes"]]
    summary["causes"][0]["agreed"] = 2
    page, _ = prints(summary, tmp_path)
    assert "2 agreed, the rest open" in page
    assert "1 cause of critical or high risk is open." in page


def test_a_hash_on_two_lines_leaves_the_columns_beside_it_their_room() -> None:
    table = fitted(
        ("What", "Edition", "SHA-256"), [("equivalences_any.yaml", "2026-11", f"{'a' * 32}\n{'b' * 32}")]
    )
    for column, word in zip(table.columns, table.rows[0], strict=True):
        assert column.width > stringWidth(word.split("\n")[0], CELL.fontName, CELL.fontSize)


def test_figures_stand_under_each_other() -> None:
    assert aligned([1, 22, 1_000]) == ("\u00a0" * 7 + "1", "\u00a0" * 5 + "22", "1,000")
    assert aligned([]) == ()


# What a run shows of a hazard -----------------------------------------------------------------------------------

ALLERGY = Showing(id="H02", reach="compared", entities=("allergy",), fields=("code", "agent"))


def status(one: Showing, **changes: Any) -> tuple[str, str]:
    return matrix.status_of({**summaries.practice(), **changes}, one)


def left_out(*fields: str) -> list[Facts]:
    return [{"entity": "allergy", "field": name, "title": name} for name in fields]


def test_what_was_compared_is_shown_with_its_findings() -> None:
    assert status(ALLERGY) == (matrix.SHOWN, "6 findings of 1 cause, open.")
    assert status(ALLERGY, causes=[]) == (matrix.SHOWN, "Compared; no finding.")


def test_the_hazards_that_causes_name_count_before_kinds_of_record() -> None:
    causes = [{**one, "hazards": ["H09"]} for one in summaries.practice()["causes"]]
    assert status(ALLERGY, causes=causes)[1] == "Compared; no finding."
    causes[4]["hazards"] = ["H02", "H16"]
    causes[4]["agreed"] = 800
    assert status(ALLERGY, causes=causes)[1] == "812 findings of 1 cause, 800 of them agreed."


def test_what_was_not_compared_is_not_shown() -> None:
    said, why = status(ALLERGY, not_compared=left_out("code", "agent"))
    assert said == matrix.NOT_SHOWN
    assert "Not compared" in why
    assert status(ALLERGY, not_compared=left_out("agent"))[0] == matrix.IN_PART


def test_what_nobody_delivered_is_not_shown() -> None:
    appointments = Showing(id="DMI07", reach="compared", entities=("appointment",))
    assert status(appointments) == (matrix.NOT_SHOWN, "Appointments: nothing was compared.")
    two = Showing(id="DMI07", reach="compared", entities=("appointment", "recall"))
    assert status(two)[0] == matrix.IN_PART


def test_a_part_shows_only_where_it_was_made() -> None:
    one = Showing(id="DMI07", reach="part", parts=("degradation",))
    assert status(one)[0] == matrix.NOT_SHOWN
    assert status(one, degradation=[])[0] == matrix.SHOWN
    files = Showing(id="DMI07", reach="part", parts=("documents",))
    assert status(files) == (matrix.NOT_SHOWN, "Not part of this run.")
    assert "2 questions about files" in status(files, documents=DOCUMENTS)[1]


def test_only_people_can_show_the_rest() -> None:
    reaches = {one.id: one.reach for one in read_showings().hazards}
    assert {one for one, reach in reaches.items() if reach == "person"} >= {"H05", "H06", "H22", "H26", "H27"}
    for one in read_showings().hazards:
        if one.reach == "person":
            assert status(one) == (matrix.PERSON, "")
