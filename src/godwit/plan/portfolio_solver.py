"""Chooses a go-live for every practice of a portfolio with a solver: the only module that knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from godwit.plan.loads import Resource
from godwit.plan.portfolio_options import Market, Option
from godwit.plan.spread import Outcome, Spread, spread_of

try:
    from ortools.sat.python import cp_model
except ImportError:  # the extra is not installed; whoever asks for a spread is told so
    cp_model = None  # type: ignore[assignment]

DEFAULT_EFFORT: Final = 20.0
_SEED: Final = 1


class SolverMissing(RuntimeError):
    """The solver is not installed."""

    def __str__(self) -> str:
        return "spreading a portfolio needs the solver; install it with: pip install godwit[portfolio]"


def refuse_without_solver() -> None:
    """Raises `SolverMissing` where it is not installed."""
    if cp_model is None:
        raise SolverMissing


def spread_out(market: Market, effort: float = DEFAULT_EFFORT) -> Spread:
    """A day for each practice within every capacity, at the least cost; if there is none, with the least overflow.

    `effort` limits the search in the solver's own measure, about seconds, which counts steps and not the clock: the
    same portfolio always gives the same spread. Raises `SolverMissing`, and `EffortSpent` if nothing was found.
    """
    refuse_without_solver()
    outcome, chosen = _choose(market, effort, may_overflow=False)
    if outcome == "infeasible":
        _, chosen = _choose(market, effort, may_overflow=True)
    return spread_of(market, outcome, chosen)


class EffortSpent(RuntimeError):
    """The search ended before it found any spread; a greater effort may find one."""

    def __str__(self) -> str:
        return "no spread was found within the effort allowed; allow more"


def _choose(market: Market, effort: float, *, may_overflow: bool) -> tuple[Outcome, dict[str, Option]]:
    model = cp_model.CpModel()
    picks = _picks(model, market)
    overflow = _hold_capacities(model, market, picks, may_overflow=may_overflow)
    cost = sum(option.cost * pick for of in picks.values() for option, pick in of)
    # One unit too many weighs more than any cost, so the overflow is the smallest there is.
    weight = 1 + sum(max(option.cost for option, _ in of) for of in picks.values())
    model.minimize(cost + weight * sum(overflow))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return "infeasible", {}
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise EffortSpent
    chosen = {
        name: next(option for option, pick in of if solver.boolean_value(pick)) for name, of in picks.items()
    }
    return ("optimal" if status == cp_model.OPTIMAL else "feasible"), chosen


def _picks(model: Any, market: Market) -> dict[str, list[tuple[Option, Any]]]:
    """For each practice its options, each with whether it is taken; exactly one is."""
    made: dict[str, list[tuple[Option, Any]]] = {}
    for choices in market.choices:
        if choices.options:
            name = choices.wish.name
            made[name] = [
                (option, model.new_bool_var(f"{name} {option.day}")) for option in choices.options.values()
            ]
            model.add_exactly_one(pick for _, pick in made[name])
    return made


def _hold_capacities(
    model: Any, market: Market, picks: Mapping[str, list[tuple[Option, Any]]], *, may_overflow: bool
) -> list[Any]:
    """No resource is used beyond what there is. Returns what each may be over by, if it may."""
    terms: dict[Resource, list[Any]] = {}
    most: dict[Resource, int] = {}
    for of in picks.values():
        for option, pick in of:
            for resource, amount in option.needs.items():
                terms.setdefault(resource, []).append(amount * pick)
                most[resource] = most.get(resource, 0) + amount
    over = []
    for resource in sorted(terms):
        capacity = market.capacities[resource]
        if most[resource] <= capacity:
            continue
        extra: Any = 0
        if may_overflow:
            extra = model.new_int_var(0, most[resource], f"over {resource}")
            over.append(extra)
        model.add(sum(terms[resource]) <= capacity + extra)
    return over
