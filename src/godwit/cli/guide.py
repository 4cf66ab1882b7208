"""`godwit guide`: the guide to read, as a folder of plain pages."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.show import print_json
from godwit.definitions.guide.guide import EDITION, read_guide
from godwit.papers.site.building import site_files
from godwit.records.errors import MachineRefused, WrongUse

guide_app = typer.Typer(
    no_args_is_help=True,
    help="Read the migration guide: phases, tasks, roles and advice.",
    epilog="Example: godwit guide build --out guide",
)


class NamesOf(StrEnum):
    """Which names bodies have."""

    icb = "icb"
    ccg = "ccg"


@guide_app.command("build", epilog="Example: godwit guide build --out guide")
def guide_build(
    out: Annotated[Path, typer.Option(help="The folder to make. An older guide in it is replaced.")],
    names: Annotated[
        NamesOf, typer.Option(help="Names of bodies: icb as today, ccg as in 2019.")
    ] = NamesOf.icb,
    as_json: Json = False,
) -> None:
    """Make a small site of the guide that opens in any browser, without a network."""

    def work() -> Exit:
        files = dict(site_files(read_guide(), datetime.now(UTC).date(), names.value))
        _write(out, files)
        if as_json:
            print_json({"guide": EDITION, "names": names.value, "files": len(files), "start": "index.html"})
        else:
            typer.echo(f"{len(files)} files. Open {out / 'index.html'} in a browser.")
        return Exit.DONE

    guarded(work, as_json)


def _write(out: Path, files: dict[str, bytes]) -> None:
    """Only into a new or empty folder, or over an older guide: nothing of anybody else's is touched."""
    if out.exists() and not out.is_dir():
        raise WrongUse("guide.folder", "this is a file; name a folder", str(out))
    strangers = [one.name for one in out.iterdir() if one.name not in files] if out.is_dir() else []
    if strangers:
        raise WrongUse("guide.folder", "the folder holds files that are not part of the guide", str(out))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise MachineRefused(
            "guide.write", f"the guide could not be written: {error.strerror}", str(out)
        ) from None
