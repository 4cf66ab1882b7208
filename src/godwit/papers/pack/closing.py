"""The last chapters of a statement: what it was made with, how to check it, and where people sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from godwit.definitions.guide.checking_rules import read_checking_rules
from godwit.definitions.guide.roles import read_roles
from godwit.papers.pack.signatures import saying
from godwit.papers.pack.told import Facts, Told, over_all
from godwit.papers.pack.widths import fitted
from godwit.papers.paper import Block, Bullets, Heading, Note, PageBreak, Signature, Text
from godwit.records.evidence import books
from godwit.records.evidence.wording import SEVERITIES, count

SIGNED_HERE: Final = ("SO-02", "SO-03", "SO-04")
"""The sign-offs that a comparison is evidence for; the others are about other things."""


def made_with(told: Told) -> Iterator[Block]:
    """Versions and hashes of everything used."""
    yield Heading("Annex F: made with")
    index, plan = told.index, told.index.plan
    runs = [("Run, by Godwit", index.run), ("List run, by Godwit", index.listing)]
    rows = [
        *((name, one.godwit_version, one.seal) for name, one in runs if one),
        *((f"Plan, {one.file.name}", one.edition, one.file.sha256) for one in (plan,) if one),
        ("Files of the source", "", told_hash(told, "source")),
        ("Files of the target", "", told_hash(told, "target")),
        *((one.name, one.edition, one.sha256) for one in index.definitions),
        *_grouped(told.manifest["definitions"]),
    ]
    yield fitted(
        ("What", "Edition", "SHA-256"), ((what, edition, _in_two(sha)) for what, edition, sha in rows)
    )
    yield Text(
        "Each file and definition has its own hash in run/manifest.json; a hash over several is over their hashes."
    )


def _in_two(sha256: str) -> str:
    """A hash on two lines, so that it breaks at its half and not wherever the column ends."""
    half = len(sha256) // 2
    return f"{sha256[:half]}\n{sha256[half:]}"


def told_hash(told: Told, side: str) -> str:
    """One hash over the files of a side."""
    return over_all(one["sha256"] for one in told.manifest["inputs"] if one["side"] == side)


def _grouped(definitions: list[Facts]) -> Iterator[tuple[str, str, str]]:
    """The run's definitions: those of a format as one line, the others each on its own."""
    groups: dict[str, list[Facts]] = defaultdict(list)
    for one in definitions:
        groups[one["name"].partition("/")[0]].append(one)
    for name, found in groups.items():
        editions = ", ".join(sorted({one["edition"] for one in found if one["edition"]}))
        if len(found) == 1:
            yield found[0]["name"], editions, found[0]["sha256"]
        else:
            yield (
                f"{name}: {count(len(found), 'file')}",
                editions,
                over_all(one["sha256"] for one in found),
            )


def how_to_check(told: Told) -> Iterator[Block]:
    """What lies where, and how anybody proves that nothing was changed."""
    yield Heading("How to check this pack")
    yield Bullets(
        (
            "**godwit run verify PACK.zip** proves offline that no byte was changed, and says who signed.",
            "**godwit sign PACK.zip** adds a signature of a person without changing what was signed before.",
            "Add --key with the public key of somebody you know: a signature is worth what you know of its key.",
        )
    )
    if told.index.maker:
        yield Text(f"The maker's key: {told.index.maker}")
    else:
        yield Note(
            "warning",
            "This pack is not signed by who made it. Its seal shows changes, but not who sealed it.",
        )
    private = told.index.private
    yield Text(
        f"The private part (patient data) is not in this pack. {private.owner} answers for it and may keep it until "
        f"{private.keep_until}. Its files are named in pack.json by their hashes: {', '.join(sorted(private.files))}."
    )


def sign_off(told: Told) -> Iterator[Block]:
    """A page to sign: the words that are signed, and what is open when they are."""
    yield PageBreak()
    yield Heading("Sign-off")
    yield Text(
        f"{_open(told.summary)} Sign the one that this pack is for. A signature made with a key says the same words."
    )
    roles = {one.slug: one.name for one in read_roles().roles}
    for one in read_checking_rules().sign_offs:
        if one.id in SIGNED_HERE:
            who = ", ".join(roles[slug] for slug in one.signers)
            given = f", for: {', '.join(roles[slug] for slug in one.given_to)}" if one.given_to else ""
            yield Signature(f"{who}{given}", saying(one, told.index.seal))


def _open(summary: Facts) -> str:
    urgent = [one for one in books.ranked_causes(summary) if one["severity"] in SEVERITIES[:2]]
    still = [one for one in urgent if (one.get("agreed") or 0) < one["findings"]]
    if not still:
        return "No cause of critical or high risk is open."
    return f"**{count(len(still), 'cause')} of critical or high risk {'is' if len(still) == 1 else 'are'} open.**"
