"""`list.xlsx`: reports A, B and C and the review list, to work through. Private: these are patients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from godwit.records.evidence.list_sheets import Cell, ListColumn, ListSheet
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.wording import nhs_number
from godwit.records.listing.differing import OUTCOMES, REAL
from godwit.records.listing.entry import WHERE, Entry, Where
from godwit.records.listing.fields import read_fields
from godwit.records.listing.holding import Compared, Held, Report
from godwit.records.listing.list_file import RegistrationList
from godwit.records.listing.matching import DOUBTS, Doubt
from godwit.records.listing.regions import OneSided
from godwit.records.listing.scoring import weigh
from godwit.records.listing.wording import ONLY_LIST, ONLY_SYSTEM, STATES, Said, region_title
from godwit.records.model import UNREADABLE
from godwit.records.rule_words import in_words

_WHO = (
    ListColumn("NHS number", 14),
    ListColumn("Family name", 18),
    ListColumn("Forenames", 18),
    ListColumn("Date of birth", 12),
    ListColumn("Sex", 9),
    ListColumn("Postcode", 11),
)
_WHO_FIELDS = ("nhs_number", "family", "given", "birth_date", "sex", "postcode")
_YOURS = (ListColumn("Decided", 22), ListColumn("By", 14), ListColumn("On", 12, "date"))
_LINE, _PATIENT = ListColumn("Line of the list", 9, "number"), ListColumn("Number in extract", 10, "number")
_EVIDENCE = {"same": "same", "near": "nearly the same", "differs": "differs"}


def list_sheets(listed: RegistrationList, held: Held, keeper: Keeper) -> list[ListSheet]:
    """Every sheet: the review first, for nothing else is sure before it; then A, B and C of each system."""
    private = f"{keeper.note} Nothing was corrected for you."
    sheets = [sheet for report in held.reports for sheet in _report_sheets(report, private)]
    if "target" in held.rows:
        sheets.append(_regions(held, private))
    return [*sheets, *_list_alone(listed, held, private)]


def _report_sheets(report: Report, private: str) -> Iterator[ListSheet]:
    against, where = report.against, report.against.where
    yield _review(where, against.review, private)
    note = f"Report A: registered in the {where} system, not on the list. {private}"
    yield ListSheet(f"A {where}", note, _ONE_SIDED, tuple(_one_sided(against.only_system, ONLY_SYSTEM)))
    note = f"Report B: on the list, not registered in the {where} system. {private}"
    yield ListSheet(f"B {where}", note, _ONE_SIDED, tuple(_one_sided(against.only_list, ONLY_LIST)))
    for name, about, outcomes in (
        ("C", "Report C: on both, and something differs", REAL),
        ("Form", "On both, and only the form differs or one says less", ("less", "form")),
    ):
        rows = tuple(_differences(report.compared, outcomes))
        yield ListSheet(f"{name} {where}", f"{about} ({where} system). {private}", _DIFFERENT, rows)


_ONE_SIDED = (
    *_WHO, ListColumn("Why", 34), ListColumn("Known elsewhere as", 22), ListColumn("Registered from", 12),
    ListColumn("Until", 12), ListColumn("Reason of removal", 16), ListColumn("What to do", 44), _LINE, _PATIENT,
    *_YOURS,
)  # fmt: skip


def _one_sided(found: Iterable[OneSided], words: Mapping[str, Said]) -> Iterator[tuple[Cell, ...]]:
    for one in sorted(found, key=lambda each: (list(words).index(each.reason), each.entry.number)):
        said, other = words[one.reason], one.other
        facts = {**(other.facts if other else {}), **one.entry.facts}
        on_list, patient = (one.entry, other) if one.entry.where == "list" else (other, one.entry)
        yield (
            *_who(one.entry), said.title, _state(other), facts.get("start"), facts.get("end_date"),
            facts.get("removal_reason"), said.do, on_list.number if on_list else None,
            patient.number if patient else None, None, None, None,
        )  # fmt: skip


def _state(other: Entry | None) -> str | None:
    if other is None:
        return None
    return "removed from the list" if other.where == "list" else STATES[other.state]


_DIFFERENT = (
    *_WHO, ListColumn("What", 24), ListColumn("The list says", 34), ListColumn("The system says", 34),
    ListColumn("How they differ", 34), _LINE, _PATIENT, *_YOURS,
)  # fmt: skip


def _differences(compared: Iterable[Compared], outcomes: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    fields = [one.id for one in read_fields().fields]
    found = [(one, each) for one in compared for each in one.differences if each.outcome in outcomes]
    for one, each in sorted(
        found, key=lambda both: (fields.index(both[1].field), both[0].pair.on_list.number)
    ):
        yield (
            *_who(one.pair.in_system), read_fields().of(each.field).title, _shown(each.on_list),
            _shown(each.in_system), OUTCOMES[each.outcome], one.pair.on_list.number, one.pair.in_system.number,
            None, None, None,
        )  # fmt: skip


_SIDE_BY_SIDE = ("nhs_number", "family", "given", "birth_date", "sex", "postcode", "address")


def _review(where: Where, doubts: Sequence[Doubt], private: str) -> ListSheet:
    """The two rows side by side, field by field, the likeliest first."""
    titles = [read_fields().of(name).title for name in _SIDE_BY_SIDE]
    columns = (
        ListColumn("Score", 7, "number"), ListColumn("Why a person must decide", 34), ListColumn("Evidence", 34),
        *(ListColumn(f"{side}: {title}", 18) for title in titles for side in ("List", "System")), _LINE, _PATIENT,
        ListColumn("Same patient?", 12), *_YOURS[1:],
    )  # fmt: skip
    rows = sorted((_doubt(one) for one in doubts), key=lambda row: (-int(row[0] or 0), int(row[-5] or 0)))
    note = f"To be decided by a person: is it one patient? The score is at most 100. {private}"
    return ListSheet(f"Review {where}", note, columns, tuple(rows))


def _doubt(one: Doubt) -> tuple[Cell, ...]:
    weighed = weigh(one.left, one.right)
    evidence = ", ".join(
        f"{read_fields().of(name).title}: {_EVIDENCE[told]}" for name, told in weighed.evidence.items()
    )
    values = (_shown(each.facts.get(name)) for name in _SIDE_BY_SIDE for each in (one.left, one.right))
    return (
        weighed.score,
        DOUBTS[one.why],
        evidence,
        *values,
        one.left.number,
        one.right.number,
        None,
        None,
        None,
    )


def _regions(held: Held, private: str) -> ListSheet:
    """Everybody who is not everywhere: on the list, in the source, in the target."""
    columns = (
        *_WHO,
        ListColumn("Where", 60),
        *(ListColumn(place.capitalize(), 9, "number") for place in WHERE),
        *_YOURS,
    )
    rows = tuple(
        (*_who(next(iter(one.values()))), region_title(region, WHERE), *_numbers(one), None, None, None)
        for region, people in held.regions.items()
        if len(region) < len(WHERE)
        for one in people
    )
    note = f"Not everywhere: line of the list and numbers in the extracts. {private}"
    return ListSheet("Three ways", note, columns, rows)


def _numbers(one: Mapping[Where, Entry]) -> list[int | None]:
    return [one[place].number if place in one else None for place in WHERE]


def _list_alone(listed: RegistrationList, held: Held, private: str) -> Iterator[ListSheet]:
    flagged = tuple((*_who(one), one.number, None, None, None)
                    for one in held.counting["list"] if one.facts.get("fp69") == "yes")  # fmt: skip
    if flagged:
        note = f"Open FP69: the patient may have moved. Flags do not migrate: process them first. {private}"
        yield ListSheet("FP69", note, (*_WHO, _LINE, *_YOURS), flagged)
    fates = [
        ("could not be read", listed.rejects),
        ("set aside", listed.set_aside),
        ("odd, kept as written", listed.odd),
    ]
    rows = tuple((one.line, in_words(one.rule), what) for what, found in fates for one in found)
    if rows:
        columns = (_LINE, ListColumn("What", 60), ListColumn("What became of it", 24))
        yield ListSheet("Lines", f"Lines of the list that want a look. {private}", columns, rows)


def _who(one: Entry) -> tuple[str | None, ...]:
    return tuple(_shown(one.facts.get(name), number=name == "nhs_number") for name in _WHO_FIELDS)


def _shown(text: str | None, number: bool = False) -> str | None:
    if text is None:
        return None
    if text.startswith(UNREADABLE):
        return f"{text.removeprefix(UNREADABLE)} (not readable)"
    return nhs_number(text) if number else text
