import pickle

from godwit.values import RULES, ValueRefused
from godwit.values.errors import WHAT


def test_every_family_of_rules_says_what_it_is_about() -> None:
    assert {rule.partition(".")[0] for rule in RULES} == set(WHAT)


def test_the_message_is_the_kind_the_rule_and_what_it_asks() -> None:
    refused = ValueRefused("nhs_number.length")
    assert refused.what == "NHS number"
    assert str(refused) == "NHS number refused by nhs_number.length: exactly ten digits"


def test_a_refusal_travels_between_processes() -> None:
    refused = pickle.loads(pickle.dumps(ValueRefused("ods_code.length")))  # noqa: S301  # our own bytes
    assert str(refused) == str(ValueRefused("ods_code.length"))
