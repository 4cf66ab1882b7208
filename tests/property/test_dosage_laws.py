"""However a dosage is written it says the same, and another number, unit or word of frequency never does."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from godwit.definitions.comparison.dosage_words import read_dosage_words
from godwit.definitions.comparison.units import FILE, _File, read_units
from godwit.definitions.read import parse, resource
from godwit.records.compare.dosage import read_direction, same_direction

WORDS = read_dosage_words()
UNITS = parse(_File, resource("godwit.definitions.comparison", FILE)).units
SPELT = {
    name: [one for one in UNITS[name].spellings if read_units().part(one.lower()) == name]
    for name in WORDS.units
}
FIGURES = {
    "1": ["1", "one", "ONE", "One", "1.0"],
    "2": ["2", "two"],
    "5": ["5", "FIVE"],
    "0.5": ["0.5", "½", "half"],
}
OFTEN = {
    "1": ["once a day", "ONCE daily", "1 times a day"],
    "2": ["bd", "BD", "b.d.", "twice a day", "TWICE daily", "2 times a day", "two times daily"],
    "3": ["tds", "t.d.s.", "three times a day", "3 times daily"],
    "4": ["qds", "four times a day"],
    "night": ["at night", "nocte", "every night"],
    "morning": ["in the morning", "mane"],
    "week": ["once a week", "ONCE weekly"],
    "four hours": ["every four hours", "4 hourly", "every 4 hours"],
    "six hours": ["every six hours", "6 hourly"],
    "most": ["up to four times a day", "up to 4 times daily"],
}
NEED = {"": [""], "prn": ["when required", "prn", "P.R.N.", "if needed"]}


@dataclass(frozen=True)
class Said:
    """What a direction says, by keys of the tables above."""

    amount: str
    unit: str
    often: str
    need: str


said = st.builds(
    Said,
    st.sampled_from(sorted(FIGURES)),
    st.sampled_from(sorted(SPELT)),
    st.sampled_from(sorted(OFTEN)),
    st.sampled_from(sorted(NEED)),
)


@st.composite
def written(draw: st.DrawFn, one: Said) -> str:
    """One of the ways to write it."""
    start = draw(st.sampled_from(["", "Take ", "take "]))
    figure, unit = draw(st.sampled_from(FIGURES[one.amount])), draw(st.sampled_from(SPELT[one.unit]))
    often, need = draw(st.sampled_from(OFTEN[one.often])), draw(st.sampled_from(NEED[one.need]))
    stop = draw(st.sampled_from(["", "."])) if not (need or often).endswith(".") else ""
    return f"{start}{figure} {unit} {often} {need}".strip() + stop


@given(st.data(), said)
def test_however_it_is_written_it_says_the_same(data: st.DataObject, one: Said) -> None:
    first, second = data.draw(written(one)), data.draw(written(one))
    assert same_direction(first, second)


@given(st.data(), said, said)
def test_anything_else_never_says_the_same(data: st.DataObject, one: Said, other: Said) -> None:
    field = data.draw(st.sampled_from(["amount", "unit", "often", "need"]))
    changed = replace(one, **{field: getattr(other, field)})
    if changed != one:
        assert not same_direction(data.draw(written(one)), data.draw(written(changed)))


@given(st.data(), said, st.sampled_from(["not", "then", "x", "max", "and", "avoid", "2nd", "?", ";", "£"]))
def test_a_word_nobody_knows_makes_the_whole_unknown(data: st.DataObject, one: Said, strange: str) -> None:
    words = data.draw(written(one)).split()
    place = data.draw(st.integers(0, len(words)))
    assert read_direction(" ".join([*words[:place], strange, *words[place:]])) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    direction = read_direction(text)
    assert direction is None or direction


@given(
    st.lists(
        st.sampled_from(sorted({w for f in WORDS.facts for p in f.words for w in p.split() if w != "#"})),
        max_size=6,
    )
)
def test_words_of_the_list_in_any_order_say_each_thing_once(words: list[str]) -> None:
    direction = read_direction(" ".join(words))
    assert direction is None or "never_of" not in direction
