"""Ed25519 keys: who signs a pack. PEM files that any other program can use (`openssl pkey`, `openssl pkeyutl`)."""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from godwit.records.errors import WrongUse

LEAST_PASSPHRASE: Final = 12
"""Characters a pass phrase needs: a key file that is copied must be slow to guess."""


def new_key() -> Ed25519PrivateKey:
    """A new key, from the randomness of the machine."""
    return Ed25519PrivateKey.generate()


def locked_pem(key: Ed25519PrivateKey, passphrase: str) -> bytes:
    """A private key locked with a pass phrase (PKCS 8). Raises `WrongUse` for a short pass phrase."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WrongUse(
            "key.passphrase_short", f"the pass phrase needs at least {LEAST_PASSPHRASE} characters"
        )
    locked = BestAvailableEncryption(passphrase.encode("utf-8"))
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def is_locked(pem: bytes) -> bool:
    """Whether a private key needs a pass phrase."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in pem


def private_key(pem: bytes, passphrase: str | None) -> Ed25519PrivateKey:
    """The private key in a PEM file; a pass phrase is used only where it is locked.

    Raises `WrongUse`, whose words hold nothing of the file.
    """
    try:
        key = load_pem_private_key(pem, (passphrase or "").encode("utf-8") if is_locked(pem) else None)
    except (TypeError, ValueError, UnsupportedAlgorithm):
        raise WrongUse(
            "key.unreadable", "this is no private key, or the pass phrase is another one"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongUse("key.kind", "the key is of another kind; packs are signed with Ed25519")
    return key


def public_key(pem: bytes) -> Ed25519PublicKey:
    """The public key in a PEM file. Raises `WrongUse`."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise WrongUse("key.unreadable", "this is no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise WrongUse("key.kind", "the key is of another kind; packs are signed with Ed25519")
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The public key as it lies beside a signature."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """What a key is known by: SHA-256 of its DER form, as hex; read it out on the telephone to be sure of a key."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def holds(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether the signature was made with this key over exactly these bytes."""
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
