"""What a list of dosage words may not say."""

import pytest

from godwit.definitions.comparison.dosage_words import DosageWords, read_dosage_words
from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import parse_text

GOOD = """\
edition: x
sources: {a: somewhere}
numbers: {one: "1"}
ranges: [to]
times: {once: "1"}
fillers: [take]
units: [tablet]
single: {daily: 1 a day}
facts:
  - {slot: frequency, says: daily, source: a, words: [daily]}
"""


def test_the_shipped_words_can_be_read() -> None:
    assert read_dosage_words().facts


@pytest.mark.parametrize(
    ("was", "becomes", "because"),
    [
        ("words: [daily]", "words: [daily, take]", "two meanings: take"),
        ("words: [daily]", "words: [daily, daily]", "two meanings: daily"),
        ("source: a,", "source: b,", "no such source: b"),
        ("units: [tablet]", "units: [tabloid]", "no such unit: tabloid"),
        ("units: [tablet]", "units: [tabs]", "no such unit: tabs"),
    ],
)
def test_words_that_do_not_hang_together_are_refused(was: str, becomes: str, because: str) -> None:
    parse_text(DosageWords, "dosage.yaml", GOOD)
    with pytest.raises(DefinitionError, match=because):
        parse_text(DosageWords, "dosage.yaml", GOOD.replace(was, becomes))


def test_numbers_are_figures_and_single_ones_are_said_by_some_words() -> None:
    words = read_dosage_words()
    assert all(float(number) > 0 for number in (*words.numbers.values(), *words.times.values()))
    said = {(fact.slot, fact.says) for fact in words.facts}
    assert {("frequency", often) for often in words.single} <= said
