import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.papers.pack.archive import packed, unpacked
from godwit.records.errors import RunTampered

MEMBERS = {"b/two.json": b"{}\n", "a.txt": b"", "c.bin": bytes(range(256))}
NAMES = st.text("abc/._-1", min_size=1, max_size=20)


def refused(data: bytes) -> str:
    with pytest.raises(RunTampered) as error:
        unpacked(data)
    return error.value.rule


def other_zip(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return target.getvalue()


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=8))
def test_what_is_packed_comes_out_again(members: dict[str, bytes]) -> None:
    assert unpacked(packed(members)) == members


def test_the_order_of_the_members_makes_no_difference() -> None:
    assert packed(dict(reversed(MEMBERS.items()))) == packed(MEMBERS)


def test_the_bytes_stay_what_they_are() -> None:
    # Packs of years ago must still prove; a change of this hash breaks every one of them.
    digest = hashlib.sha256(packed(MEMBERS)).hexdigest()
    assert digest == "8710c19c2aa6bc51665902829fefe2e426a09e6df5d3de36960eb54e3f1aa563"


def test_other_programs_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(MEMBERS)


def test_no_byte_can_be_changed() -> None:
    data = packed(MEMBERS)
    for place in range(len(data)):
        for other in (data[place] ^ 1, data[place] ^ 0x80):
            refused(data[:place] + bytes([other]) + data[place + 1 :])


def test_nothing_can_be_put_before_between_or_behind() -> None:
    data = packed(MEMBERS)
    for place in (0, 1, 30, len(data) // 2, len(data) - 22, len(data)):
        refused(data[:place] + b"more" + data[place:])
    for length in range(len(data)):
        refused(data[:length])


def test_a_changed_member_is_named() -> None:
    data = packed(MEMBERS).replace(b"{}\n", b"[]\n")
    with pytest.raises(RunTampered) as error:
        unpacked(data)
    assert (error.value.rule, error.value.place) == ("pack.file_changed", "b/two.json")


def test_a_name_that_could_do_harm_is_not_shown() -> None:
    data = packed({"\x1b[31m": b"{}\n"}).replace(b"{}\n", b"[]\n")
    with pytest.raises(RunTampered) as error:
        unpacked(data)
    assert error.value.place is None


@pytest.mark.parametrize(
    "data",
    [
        other_zip(("a", b"1"), ("b", b"2")).replace(b"b", b"a"),
        other_zip(("b", b"1"), ("a", b"2")),
        other_zip(("../a", b"1")),
        other_zip(("/etc/a", b"1")),
        other_zip(("a/", b"")),
        other_zip(("ä", b"1")),
        other_zip(("a", b"1" * 999_999), method=zipfile.ZIP_DEFLATED),
        b"",
        b"PK\x03\x04",
        b"not a zip at all",
    ],
    ids=["twice", "order", "path", "root", "folder", "letters", "bomb", "empty", "cut", "text"],
)
def test_other_zips_are_no_packs(data: bytes) -> None:
    assert refused(data).startswith("pack.")


def test_a_size_that_lies_is_refused_before_it_is_read() -> None:
    data = bytearray(packed({"a": b"1"}))
    listed = data.rindex(b"PK\x01\x02")
    data[listed + 20 : listed + 28] = b"\xff\xff\xff\x7f" * 2
    assert refused(bytes(data)) == "pack.not_ours"
