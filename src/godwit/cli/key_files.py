"""Key files and pass phrases: read and written so that nobody else can have them, and never shown."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from godwit.cli.options import UNLOCKED_BY
from godwit.papers.pack.keys import is_locked, private_key, public_key
from godwit.records.errors import MachineRefused, WrongUse

PUBLIC: Final = ".pub"
"""Ending of the public key beside a private one."""

MOST_BYTES: Final = 1 << 16
"""A key or pass phrase file is far smaller; a larger one is another file given by mistake."""

UNFINISHED: Final = ".unfinished"

PassFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        help=f"File with the pass phrase of the key; else {UNLOCKED_BY} is used, else it is asked for.",
    ),
]
KeyPath = Annotated[
    Path | None, typer.Option("--key", help="Sign with this private key, of godwit key make.")
]


def read_private(path: Path, passphrase_file: Path | None) -> Ed25519PrivateKey:
    """The private key in a file that others cannot read. Raises `WrongUse`, `MachineRefused`."""
    pem = _read(path)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WrongUse(
            "key.open", "other people of this machine can read the private key; use chmod 600", path.name
        )
    return private_key(
        pem, _passphrase(passphrase_file, "Pass phrase of the key: ") if is_locked(pem) else None
    )


def read_public(path: Path) -> Ed25519PublicKey:
    """The public key in a file. Raises `WrongUse`, `MachineRefused`."""
    return public_key(_read(path))


def new_passphrase(passphrase_file: Path | None) -> str:
    """The pass phrase for a new key; asked for twice where a person types it. Raises `WrongUse`."""
    first = _passphrase(passphrase_file, "Pass phrase for the new key: ")
    if not passphrase_file and UNLOCKED_BY not in os.environ and first != _asked("The same again: "):
        raise WrongUse("key.passphrase", "the two pass phrases are not the same")
    return first


def _passphrase(passphrase_file: Path | None, question: str) -> str:
    if passphrase_file:
        try:
            return _read(passphrase_file).decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise WrongUse("key.passphrase", "the pass phrase is no text", passphrase_file.name) from None
    return os.environ.get(UNLOCKED_BY) or _asked(question)


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise WrongUse("key.passphrase", f"no pass phrase: use --passphrase-file or {UNLOCKED_BY}")
    try:
        return getpass.getpass(question)
    except EOFError:
        raise WrongUse("key.passphrase", "no pass phrase was typed") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        because = f"the file could not be read ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.read", because, path.name) from None
    if len(data) > MOST_BYTES:
        raise WrongUse("key.unreadable", "the file is larger than any key", path.name)
    return data


@contextmanager
def write_new(out: Path, private: bool = False, over: bool = False) -> Iterator[Path]:
    """A file to write that takes the name `out` if all goes well and is gone otherwise.

    `private`: only its owner may read it, from the first byte on. `over`: it takes the place of the one that is there.
    """
    target = out.with_name(out.name + UNFINISHED)
    if out.exists() and not over:
        raise WrongUse("file.taken", "there is a file of that name already; choose another", out.name)
    try:
        target.unlink(missing_ok=True)
        target.touch(mode=0o600 if private else 0o644, exist_ok=False)
        yield target
        target.replace(out)
    except OSError as error:
        because = f"the file could not be written ({error.strerror or 'unknown reason'})"
        raise MachineRefused("machine.write", because, out.name) from None
    finally:
        target.unlink(missing_ok=True)
