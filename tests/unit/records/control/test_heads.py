"""The beginning of a file: whole records only, and byte for byte what it was but for what is changed."""

from pathlib import Path

import pytest

from godwit.records.control.heads import cells_of, head_of, with_cells

TEXT = b'a,b\r\n1,"two\nlines, ""quoted"""\r\n\r\n2,\xe9\r\n3,last'


def test_a_head_has_whole_records_and_no_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT)
    whole = [b"a,b\r\n", b'1,"two\nlines, ""quoted"""\r\n', b"2,\xe9\r\n", b"3,last"]
    assert head_of(path, 1000) == whole
    assert head_of(path, len(TEXT)) == whole
    for most in range(1, len(TEXT)):
        found = head_of(path, most)
        assert found == whole[: len(found)]
        assert len(b"".join(found)) <= most


@pytest.mark.parametrize(
    ("record", "changed"),
    [
        (b'"1","x"\r\n', b'"1","not, ""x"""\r\n'),
        (b"\xe9,x\n", b'\xe9,"not, ""x"""\n'),
        (b'"","x"', b'"","not, ""x"""'),
    ],
)
def test_a_cell_is_changed_and_nothing_else(record: bytes, changed: bytes) -> None:
    assert with_cells(record, {1: 'not, "x"'}) == changed
    assert with_cells(record, {}) == record
    assert cells_of(changed)[1] == 'not, "x"'
