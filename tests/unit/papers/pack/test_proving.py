"""What somebody could do to a pack, and that none of it passes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from godwit.papers.pack.archive import packed, unpacked, write_private
from godwit.papers.pack.gathering import Sources
from godwit.papers.pack.index import HTML, INDEX, PDF, STATEMENTS, Held, held, read_index
from godwit.papers.pack.keys import public_pem
from godwit.papers.pack.making import Making, make_pack
from godwit.papers.pack.proving import made_again, prove
from godwit.papers.pack.signatures import Signer, with_signature
from godwit.records.errors import RunTampered, WrongUse
from godwit.records.evidence.seal import exact_json, file_sha256, seal_of
from tests.support import summaries
from tests.support.packs import (
    NOW,
    PRIVATE,
    Members,
    key_of,
    list_summary,
    made,
    resealed,
    rewritten,
    sealed_run,
)

GP = Signer("Dr A. Example", "lead_gp", "SO-02")
MANAGER = Signer("B. Example", "practice_manager", "SO-03")
MAKER, ONE, TWO, STRANGER = map(key_of, (1, 2, 3, 4))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed_run(tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture(scope="module")
def signed(run: Path) -> Members:
    """A pack with everything: made by a maker, signed by two people, with a list run."""
    listing = sealed_run(run.parent / "list", list_summary(), kind="list")
    index, data = make_pack(Sources(run, listing), Making(NOW, MAKER))
    members = unpacked(data)
    for signer, key in ((GP, ONE), (MANAGER, TWO)):
        members = with_signature(members, index, signer, key, NOW)
    return members


def refusal(members: Members, place: Path, *keys: object) -> tuple[str, str | None]:
    with pytest.raises(RunTampered) as error:
        prove(rewritten(members, place / "pack.zip"), keys)  # type: ignore[arg-type]
    return error.value.rule, error.value.place


# It goes well --------------------------------------------------------------------------------------------------


def test_a_whole_pack_is_proved(signed: Members, tmp_path: Path) -> None:
    proved = prove(rewritten(signed, tmp_path / "p.zip"), [ONE.public_key()])
    assert proved.index.run.run == summaries.practice()["run"]
    assert proved.listing
    assert proved.maker == proved.index.maker
    assert [(one.name, one.meaning, one.fingerprint in proved.known) for one in proved.people] == [
        ("Dr A. Example", "SO-02", True),
        ("B. Example", "SO-03", False),
    ]


def test_an_unsigned_pack_is_proved_and_says_so(run: Path, tmp_path: Path) -> None:
    index, data = made(run)
    (tmp_path / "p.zip").write_bytes(data)
    proved = prove(tmp_path / "p.zip")
    assert (proved.maker, proved.people, index.maker) == (None, (), None)
    assert b"not signed by who made it" in unpacked(data)["statement.html"]


def test_the_same_run_and_time_give_the_same_bytes(run: Path) -> None:
    assert made(run, MAKER)[1] == made(run, MAKER)[1]


def test_a_signature_changes_nothing_that_was_there(run: Path, tmp_path: Path) -> None:
    index, data = made(run, MAKER)
    before = unpacked(data)
    after = with_signature(before, index, GP, ONE, NOW)
    assert before.items() <= after.items()
    assert set(after) - set(before) == {f"signatures/001.json{end}" for end in ("", ".sig", ".pub")}
    assert prove(rewritten(after, tmp_path / "p.zip")).index == index


def test_a_statement_that_says_something_else_does_not_come_out_again(run: Path, tmp_path: Path) -> None:
    # Nobody signed this pack, so whoever changes it can name the changed files by their right hashes.
    index, data = made(run)
    members = unpacked(data)
    (tmp_path / "p.zip").write_bytes(data)
    assert made_again(prove(tmp_path / "p.zip")) == STATEMENTS
    page = members[HTML].replace(b"did not arrive", b"all arrived")
    assert page != members[HTML]
    changed = index.model_copy(update={"statement": {**index.statement, HTML: held(page)}})
    forged = rewritten({**members, HTML: page, INDEX: changed.exact()}, tmp_path / "p.zip")
    assert made_again(prove(forged)) == (PDF,)


# Something was changed -----------------------------------------------------------------------------------------


def test_one_byte_of_any_file_is_noticed(signed: Members, tmp_path: Path) -> None:
    for name, data in signed.items():
        for at in (0, len(data) // 2, len(data) - 1):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            refusal({**signed, name: changed}, tmp_path)


def test_every_file_is_missed(signed: Members, tmp_path: Path) -> None:
    last = {f"signatures/002.json{ending}" for ending in ("", ".sig", ".pub")}
    for name in signed:
        refusal({one: data for one, data in signed.items() if one != name}, tmp_path)
    # The one thing nobody can see is that the latest signature is gone; its key tells.
    without = {one: data for one, data in signed.items() if one not in last}
    assert len(prove(rewritten(without, tmp_path / "p.zip")).people) == 1
    assert refusal(without, tmp_path, TWO.public_key())[0] == "signature.not_by_key"


@pytest.mark.parametrize(
    "name", ["more.txt", "run/more.json", "signatures/x.json", "signatures/003.sig", "../a"]
)
def test_a_file_more_is_noticed(signed: Members, tmp_path: Path, name: str) -> None:
    assert refusal({**signed, name: b"{}"}, tmp_path)[0] in ("pack.file_added", "signature.missing")


def without_a_word(members: Members) -> Members:
    return {**members, "statement.html": members["statement.html"].replace(b"Dosage", b"Spelling")}


def other_summary(members: Members) -> Members:
    summary = exact_json({**summaries.clean(), "kind": "compare"}).encode()
    return resealed(members, "run/summary.json", summary)


def manifest_for_other_summary(members: Members) -> Members:
    changed = other_summary(members)
    manifest = json.loads(changed["run/manifest.json"])
    manifest["outputs"]["summary.json"] = json.loads(changed[INDEX])["evidence"]["run/summary.json"]["sha256"]
    return {**changed, "run/manifest.json": exact_json(manifest).encode()}


def signatures_exchanged(members: Members) -> Members:
    first, second = "signatures/001.json", "signatures/002.json"
    pairs = {first + end: second + end for end in ("", ".sig", ".pub")}
    return {
        **members,
        **{a: members[b] for a, b in pairs.items()},
        **{b: members[a] for a, b in pairs.items()},
    }


def only_sig_exchanged(members: Members) -> Members:
    first, second = "signatures/001.json.sig", "signatures/002.json.sig"
    return {**members, first: members[second], second: members[first]}


def first_signature_gone(members: Members) -> Members:
    kept = {name: data for name, data in members.items() if not name.startswith("signatures/001")}
    return {name.replace("002", "001"): data for name, data in kept.items()}


def name_changed(members: Members) -> Members:
    name = "signatures/001.json"
    return {**members, name: members[name].replace(b"Dr A.", b"Dr B.")}


def signed_again_by_a_stranger(members: Members) -> Members:
    name = "signatures/001.json"
    return {
        **members,
        f"{name}.sig": STRANGER.sign(members[name]),
        f"{name}.pub": public_pem(STRANGER.public_key()),
    }


def maker_taken_away(members: Members) -> Members:
    return {name: data for name, data in members.items() if not name.startswith("pack.json.")}


def key_with_a_remark(members: Members) -> Members:
    return {**members, "pack.json.pub": b"known to all\n" + members["pack.json.pub"]}


FORGERIES: dict[Callable[[Members], Members], tuple[str, str | None]] = {
    without_a_word: ("pack.file_changed", "statement.html"),
    other_summary: ("seal.file_changed", "run/summary.json"),
    manifest_for_other_summary: ("pack.file_changed", "run/manifest.json"),
    signatures_exchanged: ("signature.order", "signatures/001.json"),
    only_sig_exchanged: ("signature.wrong", "signatures/001.json.sig"),
    first_signature_gone: ("signature.order", "signatures/001.json"),
    name_changed: ("signature.wrong", "signatures/001.json.sig"),
    signed_again_by_a_stranger: ("signature.key", "signatures/001.json.pub"),
    maker_taken_away: ("signature.maker", "pack.json.sig"),
    key_with_a_remark: ("signature.key", "pack.json.pub"),
}


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda one: one.__name__)
def test_a_careful_change_is_noticed_too(
    signed: Members, tmp_path: Path, forge: Callable[[Members], Members]
) -> None:
    assert refusal(forge(signed), tmp_path) == FORGERIES[forge]


def test_a_signature_of_another_pack_is_noticed(signed: Members, tmp_path: Path) -> None:
    other = sealed_run(tmp_path / "other", {**summaries.clean(), "run": "other-run"})
    index, data = made(other)
    elsewhere = with_signature(unpacked(data), index, GP, ONE, NOW)
    moved = {name: elsewhere[name] for name in elsewhere if name.startswith("signatures/")}
    assert refusal({**signed, **moved}, tmp_path) == ("signature.other_pack", "signatures/001.json")


def test_another_pack_of_the_same_run_needs_its_own_signatures(
    run: Path, signed: Members, tmp_path: Path
) -> None:
    _, data = make_pack(Sources(run), Making(NOW.replace(hour=13)))
    moved = {name: signed[name] for name in signed if name.startswith("signatures/")}
    assert refusal({**unpacked(data), **moved}, tmp_path)[0] == "signature.other_pack"


def test_a_key_that_nobody_signed_with_is_said(signed: Members, tmp_path: Path) -> None:
    assert refusal(signed, tmp_path, STRANGER.public_key())[0] == "signature.not_by_key"


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    assert refusal({"a.txt": b"1"}, tmp_path) == ("pack.absent", INDEX)
    assert refusal({INDEX: b"[" * 100_000}, tmp_path) == ("pack.index", INDEX)
    assert refusal({INDEX: b"\xff"}, tmp_path) == ("pack.index", INDEX)


@pytest.mark.parametrize(
    "change",
    [
        {"run": 1}, {"outputs": {}}, {"outputs": []}, {"private_part": None}, {"run": "\x1b[2J"},
        {"kind": "delta"}, {"inputs": {}},
    ],
)  # fmt: skip
def test_a_run_that_is_sealed_and_not_built_like_one(
    signed: Members, tmp_path: Path, change: dict[str, object]
) -> None:
    manifest = {**json.loads(signed["run/manifest.json"]), **change}
    manifest["seal"] = seal_of(manifest)
    data = exact_json(manifest).encode()
    assert refusal(resealed(signed, "run/manifest.json", data), tmp_path)[0] in (
        "seal.broken",
        "pack.other_run",
        "seal.file_changed",
    )


def test_spaces_in_the_index_are_noticed(signed: Members, tmp_path: Path) -> None:
    assert refusal({**signed, INDEX: signed[INDEX] + b"\n"}, tmp_path) == ("pack.index", INDEX)


def test_a_broken_run_makes_no_pack(tmp_path: Path) -> None:
    run = sealed_run(tmp_path / "run")
    (run / "summary.json").write_text("{}\n", encoding="utf-8")
    with pytest.raises(RunTampered) as error:
        made(run)
    assert error.value.rule == "seal.file_changed"


def test_a_run_of_another_kind_makes_no_pack(tmp_path: Path) -> None:
    run = sealed_run(tmp_path / "run", kind="delta")
    with pytest.raises(WrongUse) as error:
        made(run)
    assert error.value.rule == "pack.kind"


# The private part ----------------------------------------------------------------------------------------------


def with_private_zip(run: Path, place: Path) -> Path:
    with (place / "private.zip").open("wb") as file:
        write_private({name: run / name for name in PRIVATE}, file)
    private = place / "private.zip"
    package = Held(bytes=private.stat().st_size, sha256=file_sha256(private))
    (place / "p.zip").write_bytes(make_pack(Sources(run), Making(NOW, None, package))[1])
    return private


def test_the_private_part_is_proved_as_zip_and_as_folder(run: Path, tmp_path: Path) -> None:
    private = with_private_zip(run, tmp_path)
    for place in (private, run):
        assert prove(tmp_path / "p.zip", private=place).private


def test_the_private_part_is_not_in_the_pack(run: Path) -> None:
    _, data = made(run)
    assert b"private findings" not in data
    index = read_index(unpacked(data)[INDEX])
    assert index.private.files == {name: file_sha256(run / name) for name in PRIVATE}


def test_another_private_part_is_noticed(run: Path, tmp_path: Path) -> None:
    private = with_private_zip(run, tmp_path)
    private.write_bytes(private.read_bytes() + b"\n")
    other = sealed_run(tmp_path / "other", {**summaries.clean(), "run": "other-run"})
    for place, rule in (
        (private, "private.changed"),
        (other, "private.changed"),
        (tmp_path / "x", "private.absent"),
    ):
        with pytest.raises(RunTampered) as error:
            prove(tmp_path / "p.zip", private=place)
        assert error.value.rule == rule


def test_a_zip_of_other_private_files_is_noticed(run: Path, tmp_path: Path) -> None:
    # Whoever makes a pack can name any zip in it; what is in the zip must still be the private files of the run.
    false = tmp_path / "false.zip"
    false.write_bytes(packed(dict.fromkeys(PRIVATE, b"other")))
    package = Held(bytes=false.stat().st_size, sha256=file_sha256(false))
    (tmp_path / "p.zip").write_bytes(make_pack(Sources(run), Making(NOW, None, package))[1])
    with pytest.raises(RunTampered) as error:
        prove(tmp_path / "p.zip", private=false)
    assert error.value.rule == "private.changed"


# Who may sign what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signer", "rule"),
    [
        (Signer("", "lead_gp", "SO-02"), "sign.name"),
        (Signer("A\nB", "lead_gp", "SO-02"), "sign.name"),
        (Signer("A" * 121, "lead_gp", "SO-02"), "sign.name"),
        (Signer("A", "lead_gp", "SO-99"), "sign.meaning"),
        (Signer("A", "practice_manager", "SO-02"), "sign.role"),
        (Signer("A", "nobody", "SO-02"), "sign.role"),
        (GP, "sign.twice"),
        (Signer("Another", "practice_manager", "SO-04"), "sign.other_name"),
    ],
)
def test_what_may_not_be_signed(signed: Members, signer: Signer, rule: str) -> None:
    with pytest.raises(WrongUse) as error:
        with_signature(signed, read_index(signed[INDEX]), signer, ONE, NOW)
    assert error.value.rule == rule


def test_one_person_may_give_two_sign_offs(signed: Members, tmp_path: Path) -> None:
    more = with_signature(signed, read_index(signed[INDEX]), MANAGER._replace(meaning="SO-04"), TWO, NOW)
    assert [one.meaning for one in prove(rewritten(more, tmp_path / "p.zip")).people] == [
        "SO-02",
        "SO-03",
        "SO-04",
    ]


def test_what_is_signed_says_the_seal_and_the_meaning(signed: Members) -> None:
    said = json.loads(signed["signatures/002.json"])
    index = read_index(signed[INDEX])
    assert index.seal in said["says"]
    assert "satisf" in said["says"], "SO-03 points at SO-02, so it says what that one means"
    assert said["after"]
