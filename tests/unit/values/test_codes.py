"""What the tables of tests/spec do not say about ODS codes, SNOMED CT identifiers and Read keys."""

import pytest

from godwit.values import OdsCode, ReadV2Key, SnomedId, SnomedKind, ValueRefused, verhoeff

# The first rows of the product and permutation tables as they are published.
PUBLISHED_FLIP = (5, 9, 8, 7, 6, 0, 4, 3, 2, 1)
PUBLISHED_SECOND_STEP = (5, 8, 0, 3, 7, 9, 6, 1, 4, 2)
PUBLISHED_INVERSE = (0, 4, 3, 2, 1, 5, 6, 7, 8, 9)


def test_the_worked_out_tables_are_the_published_ones() -> None:
    assert verhoeff._PRODUCT[5] == PUBLISHED_FLIP
    assert verhoeff._PERMUTED[2] == PUBLISHED_SECOND_STEP
    assert verhoeff._INVERSE == PUBLISHED_INVERSE


def test_codes_print_as_their_text() -> None:
    texts = [str(OdsCode("Z99999")), str(SnomedId("123456001")), str(ReadV2Key("0111.", "00"))]
    assert texts == ["Z99999", "123456001", "0111.00"]


def test_an_ods_code_is_in_capitals_by_construction() -> None:
    with pytest.raises(ValueRefused, match=r"ods_code\.characters"):
        OdsCode("z99999")


@pytest.mark.parametrize(("digit", "kind"), list(zip("012", SnomedKind, strict=True)))
def test_a_made_up_identifier_has_the_kind_and_namespace_it_was_made_with(
    digit: str, kind: SnomedKind
) -> None:
    short, long = (SnomedId.with_check_digit(f"1234567{form}{digit}") for form in ("0", "99999991"))
    assert (short.kind, short.is_long, short.namespace) == (kind, False, None)
    assert (long.kind, long.is_long, long.namespace) == (kind, True, "9999999")


def test_an_identifier_cannot_be_made_from_other_characters() -> None:
    with pytest.raises(ValueRefused, match=r"snomed_id\.digits"):
        SnomedId.with_check_digit("12345６00")  # noqa: RUF001  # the point of the test
