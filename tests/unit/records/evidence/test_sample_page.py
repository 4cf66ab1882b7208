"""The private sample page: both sides of every record on one line, differences marked, nothing left unescaped."""

import re
from pathlib import Path

import pytest

from godwit.records.evidence.sample.gathering import gather_sample
from godwit.records.evidence.sample.page import render_sample
from godwit.records.sampling.drawing import SampleOrder
from tests.support.sampled import Practice, sampled

HOSTILE = "<script>alert('x')</script> & \"quoted\""
RULES = {"padded_time": "A midnight that only means that the time is unknown"}


def page(practice: Practice, work: Path, size: int = 9) -> str:
    with sampled(practice, work, SampleOrder(size)) as (duck, sample):
        gathered = gather_sample(duck, sample)
        facts = {"run": "compare-test", "sides": ("Old system", "New system")}
        return "".join(render_sample(gathered, facts, RULES, owner="Dr A. Example", keep_until="1 May 2027"))


def one_patient() -> Practice:
    practice = Practice()
    practice.patient(1, family="Sandpiper", given="Wilma", nhs_number="9990000018", birth_date="1961-05-04")
    return practice


def row_with(html: str, words: str) -> str:
    """The table row that holds some words."""
    rows = [row for row in html[html.index('id="records"') :].split("<tr ")[1:] if words in row]
    assert len(rows) == 1, f"{len(rows)} rows with {words}"
    return " ".join(rows[0].split())


def test_it_says_that_it_is_private_and_names_its_owner(tmp_path: Path) -> None:
    html = page(one_patient(), tmp_path / "work")
    assert "Private: holds patient data" in html
    assert "PRIVATE" in html[html.index("@page { @top-left") : html.index("</style>")]
    assert "Dr A. Example" in html
    assert "SANDPIPER, Wilma" in html
    assert "999 000 0018" in html
    assert "born 4 May 1961" in html


def test_a_record_that_is_the_same_is_told_once(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both("observation", 1, code_term='["Body weight"]', value="70.5", unit="kg", effective="2020-03-05",
                  code='["snomed|27113001"]')  # fmt: skip
    row = row_with(page(practice, tmp_path / "work"), "Body weight")
    assert row.startswith('class="same"')
    assert "5 Mar 2020" in row
    assert row.count("70.5 kg") == 1
    assert "SNOMED CT 27113001" in row
    assert "= Same" in row


def test_a_difference_is_marked_on_both_sides_by_word_and_sign(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both(
        "observation", 1, {"value": "705"}, code_term='["Body weight"]', value="70.5", effective="2020-03-05"
    )
    row = row_with(page(practice, tmp_path / "work"), "Body weight")
    assert row.startswith('class="different"')
    assert "≠ Different" in row
    assert "<del>" in row
    source, target = (re.sub("<[^>]+>", "", cell) for cell in row.split("<td>")[1:3])
    assert "≠ value: 70.5" in source
    assert "≠ value: 705" in target


def test_what_is_agreed_says_so_and_by_which_agreement(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both("observation", 1, {"value": "705"}, code_term='["Body weight"]', value="70.5")
    practice.both("problem", 1, {"status": "past", "end_date": "2021"}, code_term='["Gout"]', status="active")
    practice.only("source", "allergy", 1, agent="penicillin", onset="2001-02-03")
    practice.agreed = {"1": "A1", "2": "A2", "4": "A3"}
    html = page(practice, tmp_path / "work")
    weight, gout, allergy = (row_with(html, one) for one in ("Body weight", "Gout", "penicillin"))
    assert weight.startswith('class="agreed"')
    assert "✓ Agreed" in weight
    assert "<small>By A1</small>" in weight
    assert "✓ value (agreed): " in weight
    assert gout.startswith('class="different"')  # only one of its two differences is agreed
    assert "Agreed: A2" in gout
    assert gout.count("(agreed)") == 2  # of the source, of the target
    assert allergy.startswith('class="missing"')  # what is missing stays missing
    assert "Agreed: A3" in allergy
    assert re.search(r'<td class="num">2</td>', html)  # the index counts Gout and the allergy
    assert '<li class="agreed">✓ Agreed: 1</li>' in html


def test_a_value_lost_has_an_empty_side(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both("medication_authorisation", 1, {"dosage": None}, drug_term='["Senna"]', dosage="one at night",
                  start="2020-01-01")  # fmt: skip
    row = row_with(page(practice, tmp_path / "work"), "Senna")
    assert '≠ dosage: <span class="value">one at night' in row
    assert '≠ dosage: <span class="absent">no value' in row


@pytest.mark.parametrize(
    ("side", "words"), [("source", "− Not in the target"), ("target", "+ Not in the source")]
)
def test_a_record_of_one_side_says_so_on_the_other(tmp_path: Path, side: str, words: str) -> None:
    practice = one_patient()
    practice.only(side, "allergy", 1, agent="penicillin", onset="2001-02-03")
    row = row_with(page(practice, tmp_path / "work"), "penicillin")
    assert row.count(words) == 2
    assert "No matching record was found." in row


def test_what_a_rule_explains_is_shown_quietly_with_the_rule(tmp_path: Path) -> None:
    practice = one_patient()
    practice.explained("problem", 1, "padded_time", {"end_date": "2021-01-01T00:00:00"}, code_term='["Gout"]',
                       onset="2020-03-05", end_date="2020")  # fmt: skip
    row = row_with(page(practice, tmp_path / "work"), "Gout")
    assert row.startswith('class="alike"')
    assert "≈ Nearly the same" in row
    assert RULES["padded_time"] in row


def test_a_confidential_entry_is_masked_until_it_is_opened(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both(
        "observation", 1, code_term='["Counselling"]', confidentiality="confidential", effective="2020-01-01"
    )
    row = row_with(page(practice, tmp_path / "work"), "Counselling")
    assert row.index("Marked confidential. Open to read") < row.index("Counselling")
    assert row.count('<details class="mask">') == 2


def test_an_entry_that_lost_its_mark_is_masked_on_both_sides_and_says_so(tmp_path: Path) -> None:
    practice = one_patient()
    changed = {"confidentiality": None}
    practice.explained(
        "observation",
        1,
        "x",
        changed,
        code_term='["Counselling"]',
        confidentiality="R",
        effective="2020-01-01",
    )
    row = row_with(page(practice, tmp_path / "work"), "Counselling")
    assert row.startswith('class="alike"')
    assert ">Marked confidential" in row
    assert ">Not marked confidential" in row


def test_no_text_of_a_record_becomes_part_of_the_page(tmp_path: Path) -> None:
    practice = Practice()
    practice.patient(1, family=HOSTILE, given=HOSTILE, address=HOSTILE)
    practice.both("observation", 1, {"text": HOSTILE + "!"}, text=HOSTILE, code_term='["<b>Term</b>"]', unit=HOSTILE,
                  value="1", effective="<i>2020</i>", performer=HOSTILE)  # fmt: skip
    practice.only("source", "document", 1, title=HOSTILE, created="2020-01-01")
    html = page(practice, tmp_path / "work")
    assert "<script" not in html
    assert "<b>Term" not in html
    assert "<i>2020" not in html
    assert "&lt;script&gt;" in html


def test_the_journal_has_the_latest_first_and_a_consultation_before_its_entries(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both("observation", 1, code_term='["Cough"]', effective="2020-03-05")
    practice.both("consultation", 1, type_text="Surgery visit", start="2020-03-05T09:00:00")
    practice.both("observation", 1, code_term='["Fever"]', effective="2021-03-05")
    html = page(practice, tmp_path / "work")
    assert html.index("Fever") < html.index("Surgery visit") < html.index("Cough")


def test_past_and_current_are_told_apart(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both("medication_authorisation", 1, drug_term='["Senna"]', status="active", start="2020-01-01")
    practice.both("medication_authorisation", 1, drug_term='["Aspirin"]', status="ended", start="2021-01-01")
    html = page(practice, tmp_path / "work")
    places = [html.index(words) for words in ("Medicines, current", "Senna", "Medicines, past", "Aspirin")]
    assert places == sorted(places)


def test_a_patient_who_is_not_in_the_target_is_shown_with_an_empty_side(tmp_path: Path) -> None:
    practice = one_patient()
    practice.patient(2)
    practice.only("source", "patient", 3, family="Lapwing", given="Ann", birth_date="1950-01-01")
    practice.alone.add(3)
    html = page(practice, tmp_path / "work")
    body = html[html.index("LAPWING, Ann</h3>") :]
    assert "1 difference" in body[:200]


def test_names_and_numbers_of_the_index_agree_with_the_records(tmp_path: Path) -> None:
    practice = one_patient()
    practice.both(
        "observation", 1, {"value": "7"}, code_term='["Body weight"]', value="6", effective="2020-03-05"
    )
    practice.only("target", "recall", 1, code_term='["Review"]', due="2021-01-01")
    html = page(practice, tmp_path / "work")
    assert '<td class="num">2</td>' in html[: html.index('id="records"')]
    assert "<span>2 differences</span>" in html
