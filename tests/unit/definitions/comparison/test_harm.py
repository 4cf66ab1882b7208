"""The harm matrix says what the notes say, and is whole."""

from itertools import pairwise

from godwit.definitions.comparison.harm import read_harm


def test_the_corners_and_the_middle() -> None:
    harm = read_harm()
    assert harm.result("minor", "very_low") == 1
    assert harm.result("catastrophic", "very_high") == 5
    assert harm.result("minor", "very_high") == 3
    assert harm.result("catastrophic", "very_low") == 3
    assert harm.result("considerable", "medium") == 3


def test_harm_never_falls_as_severity_or_likelihood_rises() -> None:
    harm = read_harm()
    for likelihood in harm.likelihoods:
        line = [harm.result(severity, likelihood) for severity in harm.severities]
        assert line == sorted(line)
    for less, more in pairwise(harm.likelihoods):
        assert all(harm.result(one, less) <= harm.result(one, more) for one in harm.severities)


def test_the_safety_officer_is_a_role_that_decides() -> None:
    assert "clinical_safety_officer" in read_harm().roles
    assert "lead_gp" in read_harm().approving_roles
