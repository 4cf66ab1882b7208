"""Make a pack: gather what it stands on, seal its index, write the statement, sign, and put all into one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from godwit import __version__
from godwit.definitions.evidence.showing import FILE as SHOWING
from godwit.definitions.read import resource
from godwit.papers.pack.archive import packed
from godwit.papers.pack.gathering import OpenRun, Sources, beside, open_run, plan_facts
from godwit.papers.pack.index import HTML, INDEX, PDF, Held, Index, UsedDefinition, held
from godwit.papers.pack.keys import fingerprint
from godwit.papers.pack.page import page
from godwit.papers.pack.signatures import signed_by_maker
from godwit.papers.pack.statement import statement
from godwit.papers.pack.told import Told
from godwit.papers.pdf import pdf_bytes
from godwit.records.evidence.run_folder import definition_entry

RUN, LISTING = "run/", "list/"

USED: Final = (
    ("godwit.definitions.guide", "dmi.yaml"),
    ("godwit.definitions.comparison", "hazards.yaml"),
    ("godwit.definitions.guide", "checking_rules.yaml"),
    ("godwit.definitions.evidence", SHOWING),
)
"""Definitions that the statement is made with, beside those of the run itself."""


@dataclass(frozen=True, slots=True)
class Making:
    """When a pack is made, by whose key (none: unsigned), and the zip of its private part where one was made."""

    now: datetime
    key: Ed25519PrivateKey | None = None
    package: Held | None = None


def make_pack(sources: Sources, how: Making) -> tuple[Index, bytes]:
    """The index and the bytes of a pack. Raises `RunTampered`, `WrongUse`, `MachineRefused`."""
    run = open_run(sources.run, "compare")
    listing = open_run(sources.listing, "list") if sources.listing else None
    evidence = dict(_evidence(run, listing))
    started = Index(
        pack=f"pack-{run.manifest['run']}",
        godwit_version=__version__,
        made_at=how.now.isoformat(timespec="seconds"),
        run=run.sealed(),
        listing=listing.sealed() if listing else None,
        plan=plan_facts(sources.plan) if sources.plan else None,
        agreed=beside(sources.agreed) if sources.agreed else None,
        definitions=tuple(_definitions()),
        evidence={name: held(data) for name, data in evidence.items()},
        private=run.private().model_copy(update={"package": how.package}),
        maker=fingerprint(how.key.public_key()) if how.key else None,
    ).sealed()
    told = Told(started, run, listing)
    statements = statements_of(told)
    index = started.model_copy(update={"statement": {name: held(data) for name, data in statements.items()}})
    members = {**evidence, **statements, INDEX: index.exact()}
    if how.key:
        members |= signed_by_maker(index.exact(), how.key)
    return index, packed(members)


def statements_of(told: Told) -> Mapping[str, bytes]:
    """The statement as a page and as a PDF, of the same content."""
    paper = statement(told)
    return {HTML: page(paper).encode("utf-8"), PDF: pdf_bytes(paper)}


def _evidence(run: OpenRun, listing: OpenRun | None) -> Iterator[tuple[str, bytes]]:
    for folder, one in ((RUN, run), (LISTING, listing)):
        if one:
            yield from ((folder + name, data) for name, data in one.files.items())


def _definitions() -> Iterator[UsedDefinition]:
    for package, name in USED:
        yield UsedDefinition.model_validate(definition_entry(name, resource(package, name)))
