"""Code lists of a user: a CSV file of cluster or reference set and code, held against what is shipped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from godwit.definitions.registers import Clusters, read_starter_clusters
from godwit.definitions.registers.clusters import refset_names
from godwit.records.errors import InputRefused

_GROUP = ("cluster", "cluster_id", "refset", "refset_id", "refsetid")
_CODE = ("code", "conceptid", "concept_id", "snomed", "referencedcomponentid")
_SHORTEST_SCTID = 6


def read_clusters(path: Path) -> Clusters:
    """The shipped starter lists with those of the file in their place.

    The file has a header with a column for the cluster or the number of its reference set, and one for the code: SNOMED
    CT, or a Read code of five characters. Raises `InputRefused`: no such columns, or a row without one of the two.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_starter_clusters().with_lists(_lists(csv.reader(file), path.name))
    except OSError:
        raise InputRefused(
            "clusters.unreadable", "the file of code lists cannot be opened", path.name
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise InputRefused(
            "clusters.unreadable", "the file of code lists is no CSV text", path.name
        ) from None


def _lists(lines: Iterable[list[str]], name: str) -> Mapping[str, frozenset[str]]:
    rows = iter(lines)
    header = [cell.strip().lower() for cell in next(rows, [])]
    group = next((header.index(one) for one in _GROUP if one in header), None)
    code = next((header.index(one) for one in _CODE if one in header), None)
    if group is None or code is None:
        because = "the first line needs a column cluster (or refset) and a column code"
        raise InputRefused("clusters.columns", because, name)
    found: dict[str, set[str]] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(group, code) or not row[group].strip() or not row[code].strip():
            raise InputRefused(
                "clusters.row", "a line lacks its cluster or its code", f"{name}, line {number}"
            )
        cluster = row[group].strip()
        found.setdefault(refset_names().get(cluster, cluster), set()).update(_as_codes(row[code].strip()))
    return {cluster: frozenset(codes) for cluster, codes in found.items()}


def _as_codes(code: str) -> tuple[str, ...]:
    if code.isdigit() and len(code) >= _SHORTEST_SCTID:
        return (f"snomed|{code}",)
    return f"read2|{code[:5]}", f"ctv3|{code[:5]}"
