"""A file's name is shown only when nothing in it can be a patient's number or name."""

import pytest

from godwit.records.intake.names import public_name

SHOWN = None


@pytest.mark.parametrize(
    ("name", "words", "shown"),
    [
        ("record.json", [], SHOWN),
        ("folder/record-0001.json", [], SHOWN),
        ("part-1234.xml", [], SHOWN),
        ("12345.xml", [], "file-00007.xml (name withheld)"),
        ("9990000018.json", [], "file-00007.json (name withheld)"),
        ("999 000 0018.json", [], "file-00007.json (name withheld)"),
        ("999-000-0018.json", [], "file-00007.json (name withheld)"),
        ("999_000_0018.json", [], "file-00007.json (name withheld)"),
        ("9990000018/record.json", [], "file-00007.json (name withheld)"),
        ("ADAMS-ann.JSON", ["Adams"], "file-00007.json (name withheld)"),
        ("madams.json", ["Adams"], "file-00007.json (name withheld)"),
        ("record.adams", ["Adams"], "file-00007 (name withheld)"),
        ("STRASSE.xml", ["Straße"], "file-00007.xml (name withheld)"),
        ("record.json", ["Adams", "Ann"], SHOWN),
        ("record.json", ["A", ""], SHOWN),
        ("12345.adams", [], "file-00007 (name withheld)"),
        ("SMITH_jose.xml", ["José Smith-Hall"], "file-00007.xml (name withheld)"),
        ("12345", [], "file-00007 (name withheld)"),
    ],
)
def test_a_name_is_shown_or_withheld(name: str, words: list[str], shown: str | None) -> None:
    assert public_name(name, 7, words) == (name if shown is SHOWN else shown)
