import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from godwit.papers.pack.keys import (
    fingerprint,
    holds,
    is_locked,
    locked_pem,
    new_key,
    private_key,
    public_key,
    public_pem,
)
from godwit.records.errors import WrongUse
from tests.support.packs import key_of

PHRASE = "a long pass phrase"


def test_a_key_comes_back_with_its_pass_phrase() -> None:
    pem = locked_pem(key_of(1), PHRASE)
    assert is_locked(pem)
    again = private_key(pem, PHRASE).public_key()
    assert fingerprint(again) == fingerprint(key_of(1).public_key())


def test_every_key_is_another() -> None:
    assert fingerprint(new_key().public_key()) != fingerprint(new_key().public_key())


def test_a_public_key_comes_back() -> None:
    key = key_of(1).public_key()
    assert public_pem(public_key(public_pem(key))) == public_pem(key)


def test_the_fingerprint_is_what_other_tools_show() -> None:
    # openssl pkey -pubin -outform DER | sha256sum
    assert (
        fingerprint(key_of(1).public_key())
        == "fd110d301d2f077de1414b8f99f441b1403fab207b2052fbd2c065e4ee8e7dc2"
    )


def test_a_key_without_a_lock_is_read_too() -> None:
    pem = key_of(1).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert not is_locked(pem)
    assert fingerprint(private_key(pem, PHRASE).public_key()) == fingerprint(key_of(1).public_key())


@pytest.mark.parametrize("phrase", ["", "short"])
def test_a_short_pass_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(WrongUse) as error:
        locked_pem(key_of(1), phrase)
    assert error.value.rule == "key.passphrase_short"


@pytest.mark.parametrize("phrase", [None, "", "another pass phrase"])
def test_a_wrong_pass_phrase_opens_nothing_and_is_not_repeated(phrase: str | None) -> None:
    with pytest.raises(WrongUse) as error:
        private_key(locked_pem(key_of(1), PHRASE), phrase)
    assert error.value.rule == "key.unreadable"
    assert "another pass phrase" not in str(error.value)


@pytest.mark.parametrize(
    "data", [b"", b"text", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n", b"\xff\x00"]
)
def test_what_is_no_key_is_refused(data: bytes) -> None:
    for read in (public_key, lambda pem: private_key(pem, PHRASE)):
        with pytest.raises(WrongUse) as error:
            read(data)
        assert error.value.rule == "key.unreadable"


def test_keys_of_another_kind_are_refused() -> None:
    other = generate_private_key(65537, 2048)
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for read, data in ((public_key, public), (lambda one: private_key(one, None), pem)):
        with pytest.raises(WrongUse) as error:
            read(data)
        assert error.value.rule == "key.kind"


def test_a_signature_holds_for_its_bytes_and_key_only() -> None:
    signature = key_of(1).sign(b"text")
    assert holds(key_of(1).public_key(), signature, b"text")
    assert not holds(key_of(1).public_key(), signature, b"Text")
    assert not holds(key_of(2).public_key(), signature, b"text")
    assert not holds(key_of(1).public_key(), signature[:-1], b"text")
