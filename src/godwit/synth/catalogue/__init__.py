"""What made-up practices choose from: codes, drugs, conditions, names and texts, as data files beside this one.

Terms are ordinary English. Every identifier is made up: SNOMED CT and dm+d ids lie in a made-up namespace
(`godwit.synth.identifiers`), Read-like codes begin with the right branch and go on with a serial number of our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from godwit.definitions.read import Definition, parse, resource
from godwit.synth.identifiers import concept_id, description_id
from godwit.synth.model import Code, CodeKind, Drug

CODE_FILES = ("findings", "values", "immunisations", "allergies", "acts")
_SERIAL = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_CTV3_OWN = {"finding", "procedure", "test"}
"""Kinds of which every third has a code that only CTV3 knows, as real lists do."""
_LOCAL_FROM = 900
_ITEM_CODE, _ITEM_TERM, _ITEM_DRUG = 10_000, 30_000, 50_000
_MULTILEX_FROM = 7_000


class Scale(Definition):
    """What a value looks like: its unit, the normal range, the range that is seen, and decimals."""

    unit: str
    normal: tuple[float, float] | None = None
    seen: tuple[float, float]
    decimals: int = 0
    limit: Literal["<", ">"] | None = None  # the end beyond which the laboratory gives no number


class CodeRow(Definition):
    """One code of a data file; the key of the row is its name here."""

    term: str
    branch: str = ""  # the beginning of its Read-like code; none for a local code
    sibling: str | None = None
    degree: Literal["drug", "other"] | None = None
    agent: str | None = None
    scale: Scale | None = None
    members: tuple[str, ...] = ()  # of a battery


class Section(Definition):
    """Codes of one kind."""

    kind: CodeKind
    codes: dict[str, CodeRow]


class CodeFile(Definition):
    """A file of codes."""

    sections: tuple[Section, ...]


class DrugRow(Definition):
    """One product. `doses` and `quantities` are chosen from; `days` is how long a quantity lasts."""

    name: str
    bnf: str
    unit: str
    form: str
    strength: str
    doses: tuple[str, ...]
    quantities: tuple[str, ...]
    days: int = 28
    high_risk: bool = False
    in_dmd: bool = True


class DrugFile(Definition):
    """The products, by name."""

    drugs: dict[str, DrugRow]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Codes and drugs as the model has them, with the way from a name to each."""

    codes: tuple[Code, ...]
    drugs: tuple[Drug, ...]
    ids: Mapping[str, int]
    drug_ids: Mapping[str, int]
    rows: Mapping[str, CodeRow]
    drug_rows: Mapping[str, DrugRow]

    def kind(self, kind: CodeKind) -> tuple[str, ...]:
        """The names of all codes of a kind, in the order of the files."""
        return tuple(name for name, number in self.ids.items() if self.codes[number - 1].kind == kind)


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with Godwit. Raises `DefinitionError` for a file that is not right."""
    sections = [
        one for name in CODE_FILES for one in parse(CodeFile, resource(__name__, f"{name}.yaml")).sections
    ]
    kinds = {name: section.kind for section in sections for name in section.codes}
    rows = {name: row for section in sections for name, row in section.codes.items()}
    drugs = parse(DrugFile, resource(__name__, "drugs.yaml")).drugs
    ids = {name: number for number, name in enumerate(rows, start=1)}
    reads = _reads(rows)
    return Catalogue(
        codes=tuple(_code(name, rows[name], kinds[name], ids, reads[name]) for name in rows),
        drugs=tuple(_drug(number, row) for number, row in enumerate(drugs.values(), start=1)),
        ids=ids,
        drug_ids={name: number for number, name in enumerate(drugs, start=1)},
        rows=rows,
        drug_rows=drugs,
    )


def _reads(rows: Mapping[str, CodeRow]) -> dict[str, str | None]:
    """A Read-like code of five characters for each code with a branch: the branch, then a serial sign."""
    used: Counter[str] = Counter()
    reads: dict[str, str | None] = {}
    for name, row in rows.items():
        if not row.branch:
            reads[name] = None
            continue
        reads[name] = (row.branch + _SERIAL[used[row.branch]]).ljust(5, ".")
        used[row.branch] += 1
    return reads


def _code(name: str, row: CodeRow, kind: CodeKind, ids: Mapping[str, int], read: str | None) -> Code:
    number = ids[name]
    is_local = read is None
    own = kind in _CTV3_OWN and number % 3 == 0
    return Code(
        id=number,
        term=row.term,
        kind=kind,
        snomed=None if is_local else concept_id(_ITEM_CODE + number),
        description=None if is_local else description_id(_ITEM_TERM + number),
        read2=read,
        ctv3=f"Xa{_SERIAL[number // 50]}{_SERIAL[number % 50]}{_SERIAL[number % 7]}"
        if own and read
        else read,
        local=f"LOC{_LOCAL_FROM + number}" if is_local else None,
        sibling=ids[row.sibling] if row.sibling else None,
        degree=row.degree,
        agent=row.agent,
        multilex=_MULTILEX_FROM + number if row.degree == "drug" else None,
    )


def _drug(number: int, row: DrugRow) -> Drug:
    return Drug(
        id=number,
        name=row.name,
        dmd=concept_id(_ITEM_DRUG + number) if row.in_dmd else None,
        multilex=number + 100,
        bnf=row.bnf,
        unit=row.unit,
        form=row.form,
        strength=row.strength,
        high_risk=row.high_risk,
    )
