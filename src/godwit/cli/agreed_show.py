"""Agreed differences as people read them on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import typer

from godwit.definitions.comparison.harm import read_harm
from godwit.records.agreed.agreement import Agreement, Scope
from godwit.records.agreed.pattern import alike_words
from godwit.records.evidence.wording import count, place, sentence

_EFFECT = {
    "proposed": "has no effect until another person approves it",
    "approved": "holds",
    "expired": "no longer holds: its day has gone by",
    "withdrawn": "no longer holds",
}
_NOT_SHOWN: dict[str, Any] = {
    "did": True,
    "id": True,
    "scope": {"changes": {"__all__": {"marks"}}},
}
_OUTCOMES = {"missing": "missing in the target", "unexpected": "only in the target"}


def agreement_json(one: Agreement, today: date) -> dict[str, Any]:
    """An agreement with its state on a day, and everything that was decided about it."""
    return {
        "id": one.id,
        "state": one.state(today),
        "title": scope_words(one.proposed.scope),
        **{
            name: decision.model_dump(mode="json", exclude=_NOT_SHOWN) if decision else None
            for name, decision in (
                ("proposed", one.proposed),
                ("approved", one.approved),
                ("withdrawn", one.withdrawn),
            )
        },
    }


def scope_words(scope: Scope) -> str:
    """`Observations, code: changed`; our words only."""
    first, *more = scope.changes
    said = _OUTCOMES.get(first.outcome, first.reason.replace("_", " "))
    with_it = f", and {count(len(more), 'change')} with it" if more else ""
    return f"{place(first.entity, first.field)}: {said}{with_it}"


def show_agreement(one: Agreement, today: date, file: str) -> None:
    """One agreement after a decision, and what comes next."""
    state = one.state(today)
    typer.echo(f"{one.id} {state}: {scope_words(one.proposed.scope)}; it {_EFFECT[state]}.")
    typer.echo(_told_by(one))
    typer.echo(_weighed(one))
    if state == "proposed":
        typer.echo(_next(one, file))


def _next(one: Agreement, file: str) -> str:
    """What has to come before a proposal holds, if it ever can."""
    harm, proposed = read_harm(), one.proposed
    if proposed.harm.result >= harm.never_from:
        return (
            f"Nobody can approve it: harm of {proposed.harm.result} out of 5 has to be removed or made smaller. "
            f'Withdraw it: godwit agreed withdraw {file} {one.id} --why "…" --by "…" --role …'
        )
    clinical = proposed.role not in harm.clinical_roles and (
        proposed.harm.result >= harm.clinical_from or proposed.counted.risk in harm.clinical_risks
    )
    who = f" ({' or '.join(harm.clinical_roles)})" if clinical else ""
    return (
        f'Next: another person in another role{who}: godwit agreed approve {file} {one.id} --by "…" --role …'
    )


def agreed_lines(uses: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What became of agreements in a run, from `agreed` of its summary: each a line with its style."""
    told = tuple(uses)
    holding = [one for one in told if one["use"] == "holds"]
    if holding:
        findings = count(sum(one["findings"] for one in holding), "finding")
        yield f"{count(len(holding), 'agreed difference')} in force, for {findings}.", "bold"
    for one in told:
        there = count(one["findings"], "finding")
        if one["use"] == "outside":
            approved = (
                f"{one['approved_findings']:,} on {count(one['approved_patients'], 'patient')} were approved"
            )
            on = count(one["patients"], "patient")
            yield f"{one['agreement']} holds for none: {there} on {on}, {approved}.", "bold red"
        elif one["use"] == "expired" and one["findings"]:
            yield f"{one['agreement']} ended on {one['expires']}: {there} still there.", "bold red"
        elif one["use"] == "proposed":
            yield f"{one['agreement']} is only proposed: {there} would be agreed.", "bold"


def _told_by(one: Agreement) -> str:
    first = one.proposed.scope.first
    return f"Cause {one.proposed.scope.cause}; {alike_words(first.alike, len(first.marks))}."


def _weighed(one: Agreement) -> str:
    proposed, counted = one.proposed, one.proposed.counted
    return (
        f"{count(counted.findings, 'finding')} on {count(counted.patients, 'patient')} in {counted.run}; "
        f"harm {proposed.harm.result} of 5; until {proposed.expires}."
    )


def show_agreements(agreements: Iterable[Agreement], today: date) -> None:
    """All agreements in the order of their proposals."""
    known = tuple(agreements)
    for one in known:
        typer.echo(f"{one.id:4} {one.state(today):9} {scope_words(one.proposed.scope)}")
        typer.echo(f"{'':15}{_told_by(one)}")
        typer.echo(f"{'':15}{_weighed(one)}")
        typer.echo(f"{'':15}{_people(one)}")
    if not known:
        typer.echo("Nothing was proposed yet.")


def _people(one: Agreement) -> str:
    roles = read_harm().roles
    decisions = (one.proposed, one.approved, one.withdrawn)
    told = (f"{who.did} by {who.by} ({roles[who.role]}) on {who.day}" for who in decisions if who)
    return sentence("; ".join(told))
