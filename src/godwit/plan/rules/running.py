"""All rules of the guide against one plan: pass, fail, or cannot tell, each with its because."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from godwit.definitions.guide.rule import Rule, RuleSeverity
from godwit.plan.rules.expression import Language, compile_expression
from godwit.plan.rules.saying import Sentence, compile_sentence
from godwit.plan.rules.truth import Look, Run, Unknown
from godwit.plan.scene import Scene

Result = Literal["pass", "fail", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule says of one plan. `advice` is what to do; `gate` is the gate that the rule can keep shut."""

    id: str
    result: Result
    because: str
    severity: RuleSeverity
    name: str
    advice: str
    source: tuple[str, ...]
    gate: str | None = None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule whose expressions are compiled: made once, run on any number of plans."""

    rule: Rule
    check: Run
    when: Run
    pass_says: Sentence
    fail_says: Sentence


def ready_rules(rules: Iterable[Rule], language: Language) -> tuple[ReadyRule, ...]:
    """Compile the rules. Raises `ExpressionRefused`, which shows the expression, for the first that is wrong."""
    return tuple(
        ReadyRule(
            rule=rule,
            check=compile_expression(rule.check, language, "yes_no").run,
            when=compile_expression(rule.when or "True", language, "yes_no").run,
            pass_says=compile_sentence(rule.pass_says, language),
            fail_says=compile_sentence(rule.fail_says, language),
        )
        for rule in rules
    )


def run_rules(rules: Iterable[ReadyRule], scene: Scene) -> tuple[RuleResult, ...]:
    """What every rule says of the scene, in the order given."""
    look = Look(scene)
    return tuple(_run(ready, look) for ready in rules)


def _run(ready: ReadyRule, look: Look) -> RuleResult:
    rule = ready.rule
    here = not rule.conditions or not look.scene.conditions.isdisjoint(rule.conditions)
    applies = ready.when(look) if here else False
    if applies is False:
        return _result(rule, "pass", f"does not apply: {rule.not_here}", applies=False)
    holds = applies if isinstance(applies, Unknown) else ready.check(look)
    if isinstance(holds, Unknown):
        return _result(rule, "cannot_tell", "; ".join(holds.reasons))
    return (
        _result(rule, "pass", ready.pass_says(look))
        if holds
        else _result(rule, "fail", ready.fail_says(look))
    )


def _result(rule: Rule, result: Result, because: str, applies: bool = True) -> RuleResult:
    return RuleResult(
        id=rule.id,
        result=result,
        because=because,
        severity=rule.severity,
        name=rule.name,
        advice=rule.advice,
        source=rule.source,
        gate=rule.gate,
        applies=applies,
    )
