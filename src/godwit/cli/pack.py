"""`godwit pack`, `godwit sign`, `godwit key`: one file that a sign-off can point to, and who stands by it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.everywhere import Json
from godwit.cli.exits import Exit, guarded
from godwit.cli.key_files import PUBLIC, KeyPath, PassFile, new_passphrase, read_private, write_new
from godwit.cli.pack_show import show_key, show_pack, show_signed
from godwit.papers.pack.archive import packed, write_private
from godwit.papers.pack.gathering import Sources, open_run
from godwit.papers.pack.index import Held
from godwit.papers.pack.keys import fingerprint, locked_pem, new_key, public_pem
from godwit.papers.pack.making import Making, make_pack
from godwit.papers.pack.proving import prove
from godwit.papers.pack.signatures import Signer, with_signature
from godwit.records.evidence.seal import file_sha256

key_app = typer.Typer(
    no_args_is_help=True,
    help="Make the key that a person signs with.",
    epilog="Example: godwit key make --out my-key.pem",
)


@key_app.callback()
def key() -> None:
    """Make the key that a person signs with."""


@key_app.command("make", epilog="Example: godwit key make --out my-key.pem")
def key_make(
    out: Annotated[Path, typer.Option(help="The private key to make; the public key is put beside it.")],
    passphrase_file: PassFile = None,
    as_json: Json = False,
) -> None:
    """Make a key to sign with: a private key that only you may have, and a public one to give to others."""

    def work() -> Exit:
        public = out.with_name(out.name + PUBLIC)
        made = new_key()
        pem = locked_pem(made, new_passphrase(passphrase_file))
        with write_new(out, private=True) as private_file, write_new(public) as public_file:
            private_file.write_bytes(pem)
            public_file.write_bytes(public_pem(made.public_key()))
        show_key(out, public, fingerprint(made.public_key()), as_json)
        return Exit.DONE

    guarded(work, as_json)


def pack(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    run: Annotated[Path, typer.Argument(help="The sealed run folder of a comparison.")],
    out: Annotated[
        Path, typer.Option(help="The pack to make, a zip. There must be no file of that name yet.")
    ],
    plan: Annotated[
        Path | None, typer.Option(help="Plan folder: names the practice, go-live and gates.")
    ] = None,
    listing: Annotated[Path | None, typer.Option("--list", help="Sealed run folder of godwit list.")] = None,
    agreed: Annotated[Path | None, typer.Option(help="The practice's file of agreed differences.")] = None,
    with_private: Annotated[
        Path | None, typer.Option(help="Also put the private files (patient data) into this zip.")
    ] = None,
    key: KeyPath = None,
    passphrase_file: PassFile = None,
    as_json: Json = False,
) -> None:
    """Make the evidence pack of a run: one file without patient data that a sign-off can point to."""

    def work() -> Exit:
        signer = read_private(key, passphrase_file) if key else None
        with write_new(out) as target:
            package = _private_zip(run, with_private) if with_private else None
            try:
                made = Making(datetime.now(UTC), signer, package)
                index, data = make_pack(Sources(run, listing, plan, agreed), made)
                target.write_bytes(data)
            except BaseException:
                if with_private:
                    with_private.unlink(missing_ok=True)
                raise
        show_pack(index, out, file_sha256(out), as_json)
        return Exit.DONE

    guarded(work, as_json)


def _private_zip(run: Path, out: Path) -> Held:
    """The private files of a proved run as a zip that only its owner may read."""
    names = open_run(run, "compare").private().files
    with write_new(out, private=True) as target, target.open("wb") as file:
        write_private({name: run / name for name in names}, file)
    return Held(bytes=out.stat().st_size, sha256=file_sha256(out))


def sign(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    pack: Annotated[Path, typer.Argument(help="An evidence pack.")],
    key: Annotated[Path, typer.Option(help="Your private key, made by godwit key make.")],
    name: Annotated[str, typer.Option(help="Your name.")],
    role: Annotated[str, typer.Option(help="Your role, such as lead_gp or practice_manager.")],
    meaning: Annotated[str, typer.Option(help="The sign-off that you give: SO-01 to SO-06.")],
    passphrase_file: PassFile = None,
    as_json: Json = False,
) -> None:
    """Add your signature to a pack, once it is proved untouched. What was signed before is not changed."""

    def work() -> Exit:
        proved = prove(pack)
        signer = read_private(key, passphrase_file)
        who = Signer(name.strip(), role, meaning)
        members = with_signature(proved.members, proved.index, who, signer, datetime.now(UTC))
        with write_new(pack, over=True) as target:
            target.write_bytes(packed(members))
        show_signed(prove(pack).people[-1], as_json)
        return Exit.DONE

    guarded(work, as_json)
