"""`godwit agreed`: accept a difference by name: one person proposes, another approves, either may withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.agreed_show import agreement_json, show_agreement, show_agreements
from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.show import print_json
from godwit.definitions.comparison.harm import read_harm
from godwit.records.agreed.file import AgreedFile, add, read_agreed, read_or_new
from godwit.records.errors import InputRefused, WrongUse
from godwit.records.evidence.sealed_cause import sealed_cause

agreed_app = typer.Typer(
    no_args_is_help=True,
    help="Accept a difference by name: one person proposes it, another approves, either may withdraw.",
    epilog="Example: godwit agreed list agreed.yaml",
)

SEVERITIES = "minor, significant, considerable, major or catastrophic"
LIKELIHOODS = "very_low, low, medium, high or very_high"
"""The words of the harm matrix, so that help is given without reading it."""

File = Annotated[Path, typer.Argument(help="The practice's file of agreed differences.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The agreement, such as A1.")]
By = Annotated[str, typer.Option(help="Who decides: first and last name.")]
Role = Annotated[str, typer.Option(help="In which role, such as lead_gp or practice_manager.")]
Why = Annotated[str, typer.Option(help="The reason, in words; no patient's details.")]


@agreed_app.command(
    epilog="Example: godwit agreed propose run-1 observation.code_term.changed --file agreed.yaml "
    '--why "terms of an older release" --severity minor --likelihood low --hazard H07 '
    '--expires 2027-06-30 --by "Ann Lee" --role practice_manager'
)
def propose(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    run: Annotated[Path, typer.Argument(help="A sealed run folder.")],
    cause: Annotated[
        str, typer.Argument(help="The cause to accept, by its id: beneath its title in the report.")
    ],
    file: Annotated[Path, typer.Option(help="The practice's file of agreed differences; made if absent.")],
    why: Why,
    severity: Annotated[str, typer.Option(help=f"{SEVERITIES}.")],
    likelihood: Annotated[str, typer.Option(help=f"{LIKELIHOODS}.")],
    hazard: Annotated[
        list[str], typer.Option(help="A hazard of the hazard log, such as H04; may be repeated.")
    ],
    expires: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it holds.")],
    by: By,
    role: Role,
    tolerance: Annotated[
        int, typer.Option(min=0, help="Per cent beyond the count of the run that are accepted as well.")
    ] = 0,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Propose to accept one cause of a sealed run. A proposal has no effect until another person approves it."""

    def work() -> Exit:
        found = sealed_cause(run, cause)
        known = read_or_new(file)
        entry: dict[str, object] = {
            **_decision("proposed", known.next_id, by, role, today_or(today)),
            "scope": dict(found.scope),
            "why": why,
            "harm": {
                "severity": severity,
                "likelihood": likelihood,
                "hazards": hazard,
                "result": _result(severity, likelihood),
            },
            "counted": dict(found.counted),
            "tolerance": tolerance,
            "expires": expires.date(),
        }
        _tell(add(known, entry), known.next_id, today_or(today), as_json)
        return Exit.DONE

    guarded(work, as_json)


@agreed_app.command(epilog='Example: godwit agreed approve agreed.yaml A1 --by "Dr Sam Roe" --role lead_gp')
def approve(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    file: File,
    id_: Id,
    by: By,
    role: Role,
    comment: Annotated[str, typer.Option(help="A remark; no patient's details.")] = "",
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Approve what another person has proposed. From then on it holds, within its count and until its day."""

    def work() -> Exit:
        known, id_up = read_agreed(file), id_.upper()
        entry = _decision("approved", id_up, by, role, today_or(today))
        entry |= {"comment": comment} if comment else {}
        if id_up not in known.agreements:
            raise InputRefused("agreed.unknown", "nothing of that id was proposed", f"{file.name}, {id_up}")
        entry["proposal"] = known.agreements[id_up].proposed.fingerprint
        _tell(add(known, entry), id_up, today_or(today), as_json)
        return Exit.DONE

    guarded(work, as_json)


@agreed_app.command(
    epilog='Example: godwit agreed withdraw agreed.yaml A1 --why "mended" --by "Dr Sam Roe" --role lead_gp'
)
def withdraw(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    file: File,
    id_: Id,
    why: Why,
    by: By,
    role: Role,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Withdraw an agreement or a proposal: from now on its findings are open again. It stays on the record."""

    def work() -> Exit:
        known, id_up = read_agreed(file), id_.upper()
        entry = _decision("withdrawn", id_up, by, role, today_or(today)) | {"why": why}
        _tell(add(known, entry), id_up, today_or(today), as_json)
        return Exit.DONE

    guarded(work, as_json)


@agreed_app.command("list", epilog="Example: godwit agreed list agreed.yaml")
def list_(file: File, today: Day = None, as_json: Json = False) -> None:
    """List every agreement: where it stands today, what it is about, who decided, and until when it holds."""

    def work() -> Exit:
        known, on = read_agreed(file), today_or(today)
        if as_json:
            print_json({"agreed": [agreement_json(one, on) for one in known.agreements.values()]})
        else:
            show_agreements(known.agreements.values(), on)
        return Exit.DONE

    guarded(work, as_json)


def _decision(did: str, id_: str, by: str, role: str, day: date) -> dict[str, object]:
    return {"did": did, "id": id_, "by": by, "role": role, "day": day}


def _result(severity: str, likelihood: str) -> int:
    """The figure of the matrix. Raises `WrongUse` naming the words it knows."""
    harm = read_harm()
    _require_one_of("--severity", severity, harm.severities)
    _require_one_of("--likelihood", likelihood, harm.likelihoods)
    return harm.result(severity, likelihood)


def _require_one_of(option: str, word: str, known: Mapping[str, str]) -> None:
    if word not in known:
        meant = "; ".join(f"{one}: {said}" for one, said in known.items())
        raise WrongUse("agreed.word", f"not a word for this. {meant}", option)


def _tell(file: AgreedFile, id_: str, today: date, as_json: bool) -> None:
    one = file.agreements[id_]
    if as_json:
        print_json(agreement_json(one, today))
    else:
        show_agreement(one, today, file.path.name)
