"""`godwit run`: read a sealed run, prove that nothing in it was changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from godwit.cli.delta import show_delta
from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.key_files import read_public
from godwit.cli.listing import show_list
from godwit.cli.pack_show import show_proved
from godwit.cli.profiling import show_profile
from godwit.cli.show import print_json, show_summary
from godwit.papers.pack.proving import prove
from godwit.records.errors import WrongUse
from godwit.records.evidence.seal import verify

run_app = typer.Typer(
    no_args_is_help=True,
    help="Read a sealed run; prove that nothing in it was changed.",
    epilog="Example: godwit run verify run-1",
)


_SHOWN = {"delta": show_delta, "profile": show_profile, "list": show_list}
"""How runs of other kinds than a comparison are shown."""


@run_app.command("show", epilog="Example: godwit run show run-1")
def run_show(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    as_json: Json = False,
) -> None:
    """Show the books and the causes of a run, once it is proved untouched."""

    def work() -> Exit:
        verify(run)
        summary = _summary_of(run)
        if as_json:
            print_json(summary)
        else:
            _SHOWN.get(summary["kind"], show_summary)(summary, str(run))
        return Exit.DONE

    guarded(work, as_json)


@run_app.command("verify", epilog="Example: godwit run verify run-1")
def run_verify(
    run: Annotated[Path, typer.Argument(help="A run folder, or an evidence pack.")],
    key: Annotated[
        list[Path] | None,
        typer.Option(help="Public key of somebody who must have signed the pack. Repeatable."),
    ] = None,
    private: Annotated[
        Path | None, typer.Option(help="The private part of the pack: its zip, or the run folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove that nothing in a run or an evidence pack was changed, added or taken away since it was sealed."""

    def work() -> Exit:
        if run.is_file():
            show_proved(prove(run, [read_public(one) for one in key or ()], private), as_json)
            return Exit.DONE
        if run.is_dir() and (key or private):
            raise WrongUse(
                "verify.folder", "a run folder has no signatures; --key and --private are for a pack"
            )
        _verify_folder(run, as_json)
        return Exit.DONE

    guarded(work, as_json)


def _verify_folder(run: Path, as_json: bool) -> None:
    manifest = verify(run)
    files = len(manifest["outputs"])
    if as_json:
        print_json({"run": manifest["run"], "sealed": True, "files": files, "seal": manifest["seal"]})
    else:
        typer.echo(
            f"Untouched since it was sealed: {manifest['run']}, {files} files, seal {manifest['seal']}"
        )


def _summary_of(run: Path) -> dict[str, Any]:
    return dict(json.loads((run / "summary.json").read_text(encoding="utf-8")))
