"""Signatures on a pack: one by who made it, and any number by people who say what they have seen.

The maker signs the exact bytes of `pack.json`. A person signs a small statement of their own (who, in which role,
what it means, when) that names `pack.json` by its hash, and the signature before it: so nothing that was signed ever
changes, and no earlier signature can be taken away without a later one showing it. Every signature has its public
key beside it and can be checked with other tools: `openssl pkeyutl -verify -rawin`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field, ValidationError

from godwit.definitions.guide.checking_rules import SignOff, read_checking_rules
from godwit.definitions.guide.roles import read_roles
from godwit.definitions.read import Definition
from godwit.papers.pack.index import INDEX, Hash, Index
from godwit.papers.pack.keys import fingerprint, holds, public_key, public_pem
from godwit.records.errors import RunTampered, WrongUse
from godwit.records.evidence.seal import exact_json

SIGNATURE, KEY = ".sig", ".pub"
FOLDER: Final = "signatures/"
LONGEST_NAME: Final = 120
_NUMBERED: Final = re.compile(r"signatures/(\d{3})\.json")


class Signer(NamedTuple):
    """Who signs: a name, a role of the guide, and the sign-off that it is (SO-02, say)."""

    name: str
    role: str
    meaning: str


class Said(Definition):
    """What a person signs."""

    contract: Literal[1] = 1
    pack: str
    pack_sha256: str = Hash
    seal: str = Hash
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    role: str = Field(min_length=1, max_length=LONGEST_NAME)
    meaning: str
    says: str
    signed_at: str
    fingerprint: str = Hash
    after: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")

    def exact(self) -> bytes:
        """The bytes that are signed."""
        return exact_json(self.model_dump(mode="json")).encode("utf-8")


def signed_by_maker(index: bytes, key: Ed25519PrivateKey) -> dict[str, bytes]:
    """The maker's signature over `pack.json`, and the public key."""
    return _signed(INDEX, index, key)


def maker_of(members: Mapping[str, bytes], index: Index) -> str | None:
    """The fingerprint of the maker's key, once its signature is proved. Raises `RunTampered`."""
    given = INDEX + SIGNATURE in members
    if given != (index.maker is not None):
        because = "the signature of who made the pack was taken away or put in"
        raise RunTampered("signature.maker", because, INDEX + SIGNATURE)
    return _proved(members, INDEX, index.maker) if index.maker else None


def with_signature(
    members: Mapping[str, bytes], index: Index, signer: Signer, key: Ed25519PrivateKey, now: datetime
) -> dict[str, bytes]:
    """The members and one more signature. `members` are proved. Raises `WrongUse` where this may not be signed so."""
    sign_off = _sign_off(signer)
    earlier = people(members, index)
    own = fingerprint(key.public_key())
    for one in earlier:
        if one.fingerprint == own and one.name != signer.name:
            raise WrongUse("sign.other_name", "this key has signed the pack under another name")
        if one.fingerprint == own and one.meaning == signer.meaning:
            raise WrongUse("sign.twice", f"this key has signed {signer.meaning} on this pack already")
    said = Said(
        pack=index.pack,
        pack_sha256=_sha256(members[INDEX]),
        seal=index.seal,
        **signer._asdict(),
        says=saying(sign_off, index.seal),
        signed_at=now.isoformat(timespec="seconds"),
        fingerprint=own,
        after=_sha256(earlier[-1].exact()) if earlier else None,
    )
    name = f"{FOLDER}{len(earlier) + 1:03}.json"
    return {**members, name: said.exact(), **_signed(name, said.exact(), key)}


def saying(sign_off: SignOff, seal: str) -> str:
    """The words that a signature stands under, on paper and in a file alike."""
    return (
        f"{sign_off.id}, {sign_off.name}. I have seen the statement of this pack, whose seal is {seal}, and what it "
        f"says is open, not compared and not shown. {sign_off_meaning(sign_off)}"
    )


def sign_off_meaning(sign_off: SignOff) -> str:
    """What a sign-off means, also where the guide only points at another one."""
    named = {one.id: one for one in read_checking_rules().sign_offs}
    pointed = re.fullmatch(r"As (SO-\d\d)\.", sign_off.meaning)
    return named[pointed[1]].meaning if pointed else sign_off.meaning


def _sign_off(signer: Signer) -> SignOff:
    """The sign-off that is meant, if this role gives it. Raises `WrongUse`."""
    if not (0 < len(signer.name.strip()) <= LONGEST_NAME and signer.name.isprintable()):
        raise WrongUse("sign.name", f"a name has 1 to {LONGEST_NAME} letters")
    known = {one.id: one for one in read_checking_rules().sign_offs}
    if signer.meaning not in known:
        raise WrongUse("sign.meaning", f"no such sign-off; known are {', '.join(known)}")
    names = {one.slug: one.name for one in read_roles().roles}
    found = known[signer.meaning]
    if signer.role not in (*found.signers, *found.given_to):
        allowed = ", ".join(f"{slug} ({names[slug]})" for slug in (*found.signers, *found.given_to))
        raise WrongUse("sign.role", f"{found.id} is signed by: {allowed}")
    return found


def signed_names(members: Iterable[str]) -> list[str]:
    """The members that people signed, in order."""
    return sorted(name for name in members if _NUMBERED.fullmatch(name))


def people(members: Mapping[str, bytes], index: Index) -> tuple[Said, ...]:
    """What people signed, in order, each signature proved. Raises `RunTampered` naming the file."""
    return tuple(_people(members, index))


def _people(members: Mapping[str, bytes], index: Index) -> Iterator[Said]:
    before: str | None = None
    for number, name in enumerate(signed_names(members), 1):
        if name != f"{FOLDER}{number:03}.json":
            raise RunTampered("signature.missing", "a signature before this one was taken away", name)
        said = _said(members[name], name)
        _proved(members, name, said.fingerprint)
        if (said.pack, said.seal, said.pack_sha256) != (index.pack, index.seal, _sha256(members[INDEX])):
            raise RunTampered("signature.other_pack", "this signature was given to another pack", name)
        if said.after != before:
            raise RunTampered(
                "signature.order", "the signatures before this one are not those it followed", name
            )
        before = _sha256(members[name])
        yield said


def _said(data: bytes, place: str) -> Said:
    try:
        said = Said.model_validate(json.loads(data.decode("utf-8")))
        fine = said.exact() == data and all(
            one.isprintable() for one in (said.name, said.role, said.meaning, said.says, said.signed_at)
        )
    except (ValueError, RecursionError, ValidationError):
        fine = False
    if not fine:
        raise RunTampered("signature.unreadable", "what was signed cannot be read", place)
    return said


def _signed(name: str, data: bytes, key: Ed25519PrivateKey) -> dict[str, bytes]:
    return {name + SIGNATURE: key.sign(data), name + KEY: public_pem(key.public_key())}


def _proved(members: Mapping[str, bytes], name: str, expected: str) -> str:
    """The fingerprint of the key beside a signed member, if the signature is by it and it is the expected one."""
    if not {name + SIGNATURE, name + KEY} <= members.keys():
        raise RunTampered("signature.missing", "the signature or its public key was taken away", name)
    try:
        key = public_key(members[name + KEY])
    except WrongUse:
        raise RunTampered(
            "signature.key", "the public key beside a signature cannot be read", name + KEY
        ) from None
    if fingerprint(key) != expected or public_pem(key) != members[name + KEY]:
        raise RunTampered("signature.key", "the public key beside a signature was changed", name + KEY)
    if not holds(key, members[name + SIGNATURE], members[name]):
        raise RunTampered(
            "signature.wrong", "the signature does not fit what it stands beside", name + SIGNATURE
        )
    return expected


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
