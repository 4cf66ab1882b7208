"""Rounds in run folders: the run before is read from its own, and what this one found is kept for the next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from godwit.records.duck import Duck
from godwit.records.errors import InputRefused
from godwit.records.evidence.seal import exact_json, verify
from godwit.records.rounds.comparing_rounds import MEMORY_SQL, compare_rounds
from godwit.records.rounds.round import MEMORY, Previous, RoundFacts
from godwit.records.rounds.telling import rounds_row

Facts = Mapping[str, Any]


def open_previous(folder: Path) -> Previous:
    """The run in `folder`, proved untouched.

    Raises `RunTampered` where it was touched, and `InputRefused` where it is no comparison or remembers no rounds.
    """
    manifest = verify(folder)
    if manifest.get("kind") != "compare":
        because = "the earlier run is not a comparison, so it cannot have been a round of checking"
        raise InputRefused("round.not_a_comparison", because, folder.name)
    summary: Facts = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    if "rounds" not in summary or MEMORY not in manifest["outputs"]:
        because = (
            "the earlier run was made by a Godwit that kept no memory of rounds; compare its files again"
        )
        raise InputRefused("round.no_memory", because, folder.name)
    rounds = summary["rounds"]
    return Previous(
        folder,
        manifest["run"],
        manifest["seal"],
        rounds["round"],
        round_facts(manifest, (summary["source"]["system"], summary["target"]["system"])),
        {one["cause"]: one["title"] for one in (*rounds["causes"], *summary["causes"]) if one["title"]},
        rounds["history"],
    )


def remember_round(
    duck: Duck, folder: Path, manifest: Facts, summary: Facts, previous: Previous | None
) -> dict[str, Any]:
    """Hold a run against the one before, write what the next one needs into `folder`, and return what the summary says
    of it. Neither manifest nor summary need be finished: inputs, rules, systems and causes are read of them.

    Raises `InputRefused` where the earlier run cannot have been the round before this one.
    """
    systems = (summary["source"]["system"], summary["target"]["system"])
    rounds = compare_rounds(duck, round_facts(manifest, systems), previous)
    duck.write_parquet(MEMORY, MEMORY_SQL).replace(folder / MEMORY)
    return rounds_row(rounds, summary["run"], {one["cause"]: one["title"] for one in summary["causes"]})


def round_facts(manifest: Facts, systems: tuple[str, str]) -> RoundFacts:
    """What a run is known by, from its manifest, sealed or not yet."""
    rules = {"version": manifest["godwit_version"], "definitions": list(manifest["definitions"])}
    return RoundFacts(
        systems,
        datetime.fromisoformat(manifest["started_at"]),
        tuple((one["side"], one["sha256"]) for one in manifest["inputs"]),
        hashlib.sha256(exact_json(rules).encode()).hexdigest(),
    )
