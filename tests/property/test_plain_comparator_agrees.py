"""A slow, plain comparator and the fast one give the same answer, whatever the records are like.

`GODWIT_EXAMPLES` sets how many made-up practices each test tries; the default keeps the suite short, a thousand takes
some five minutes on one core.
"""

import pytest
from hypothesis import given

from tests.property.comparing import disagreements, many
from tests.property.generated_copies import Case, cases

pytestmark = pytest.mark.timeout(1800)  # a failure is made small before it is shown, and that takes its time


@many
@given(cases(same_format=True))
def test_both_comparators_agree_within_one_format(case: Case) -> None:
    assert disagreements(case) == {}


@many
@given(cases(same_format=False))
def test_both_comparators_agree_between_two_formats(case: Case) -> None:
    assert disagreements(case) == {}
