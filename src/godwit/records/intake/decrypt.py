"""Open files that a supplier encrypted for the practice (OpenPGP), with the key the practice gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pysequoia import PyDecryptor, Tsk, decrypt_file

from godwit.records.errors import InputRefused, WrongUse
from godwit.records.patience import patiently


@dataclass(frozen=True, slots=True)
class Keys:
    """The private key that files were encrypted for, and its pass phrase. Neither is ever shown or stored."""

    file: Path
    passphrase: str | None = field(default=None, repr=False)


def decrypt(path: Path, target: Path, keys: Keys | None, place: str) -> None:
    """Write what is in an encrypted file to `target`. Raises `WrongUse` for a key that cannot be used, `InputRefused`
    for a file that is for another key, damaged, or cut short; then nothing is left of `target`."""
    if keys is None:
        because = "the file is encrypted; give the private key with --key"
        raise InputRefused("pgp.no_key", because, place)
    opener = _opener(keys)
    try:
        patiently(lambda: decrypt_file(str(path), str(target), decryptor=opener), lambda: None)
    except (RuntimeError, OSError):
        target.unlink(missing_ok=True)
        because = "the file is not for this key, or it is damaged or cut short"
        raise InputRefused("pgp.unreadable", because, place) from None


def _opener(keys: Keys) -> PyDecryptor:
    try:
        return Tsk.from_bytes(keys.file.read_bytes()).decryptor(keys.passphrase)
    except OSError:
        raise WrongUse("key.unreadable", "the key file cannot be read") from None
    except RuntimeError:
        because = "the key file holds no private key, or its pass phrase (GODWIT_KEY_PASSPHRASE) is another"
        raise WrongUse("key.unusable", because) from None
