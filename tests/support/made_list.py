"""A registration list of a made-up EMIS practice, with differences planted in it and the answers to each."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, str]
HEADERS = ("NHS Number", "Surname", "Forenames", "Title", "Date of Birth", "Sex", "Address 1", "Address 2", "Address 3",
           "Address 4", "Postcode", "Registration date", "Usual GP", "Practice code", "Removal date",
           "Removal reason", "FP69")  # fmt: skip
OTHERS = ("9991234500", "9991234519", "9991234527")
"""Good numbers that nobody of the practice has."""


@dataclass(frozen=True)
class Known:
    """A patient of the practice: the number that reading gives, the list's row, and how the system has the patient."""

    number: int
    row: Row
    state: str
    start: str
    ended: str


@dataclass
class Answers:
    """What must be found. `lines` tell the report and reason of a line of the list, `patients` those of report A,
    `fields` what differs on a line, `review` the pairs that wait, `rejects` the lines that are no patient."""

    list_day: str
    lines: dict[int, tuple[str, str]] = field(default_factory=dict)
    patients: dict[int, tuple[str, str]] = field(default_factory=dict)
    fields: dict[int, dict[str, str]] = field(default_factory=dict)
    review: set[tuple[int, int, str]] = field(default_factory=set)
    rejects: dict[int, str] = field(default_factory=dict)


def _clear(column: str) -> Callable[[Row], None]:
    return lambda row: row.update({column: ""})


def _put(**cells: str) -> Callable[[Row], None]:
    return lambda row: row.update({name.replace("_", " "): text for name, text in cells.items()})


def _other_day(row: Row) -> None:
    day, rest = row["Date of Birth"].split("/", 1)
    row["Date of Birth"] = f"{'02' if day != '02' else '03'}/{rest}"


def _other_sex(row: Row) -> None:
    row["Sex"] = "M" if row["Sex"] == "F" else "F"


def _mistyped_number(row: Row) -> None:
    number = row["NHS Number"]
    row["NHS Number"] = number[:9] + str((int(number[9]) + 1) % 10)


def _shouted(row: Row) -> None:
    row |= {"Surname": f" {row['Surname'].upper()}", "Forenames": row["Forenames"].upper()}


def _first_forename(row: Row) -> None:
    row["Forenames"] = row["Forenames"].split()[0]


def _joined_postcode(row: Row) -> None:
    row["Postcode"] = row["Postcode"].replace(" ", "").lower()


def _unsure(row: Row) -> None:
    """No number, and a year of birth one off: alike, and not enough."""
    day, month, year = row["Date of Birth"].split("/")
    row |= {"NHS Number": "", "Date of Birth": f"{day}/{month}/{year[:3]}{(int(year[3]) + 1) % 10}"}


BY_NUMBER, BY_BARE_NUMBER, BY_FACTS = "number_and_birth", "number", "demographics"

CHANGES: tuple[tuple[Callable[[Row], None], str, Mapping[str, str]], ...] = (
    (_put(Surname="Zeitlin"), BY_NUMBER, {"family": "different"}),
    (_put(Forenames="Quentin Ulric"), BY_NUMBER, {"given": "different"}),
    (_other_sex, BY_NUMBER, {"sex": "different"}),
    (_put(Title="Professor"), BY_NUMBER, {"title": "different"}),
    (_put(Address_1="99 Nowhere Street", Postcode="ZY9 9ZY"), BY_NUMBER,
     {"address": "different", "postcode": "different"}),
    (_put(Registration_date="01/02/1903"), BY_NUMBER, {"start": "different"}),
    (_put(Usual_GP="Dr Nobody Else"), BY_NUMBER, {"usual_gp": "different"}),
    (_other_day, BY_BARE_NUMBER, {"birth_date": "different"}),
    (_put(Date_of_Birth="31/02/1950"), BY_BARE_NUMBER, {"birth_date": "different"}),
    (_put(NHS_Number=OTHERS[0]), BY_FACTS, {"nhs_number": "different"}),
    (_clear("NHS Number"), BY_FACTS, {"nhs_number": "system_only"}),
    (_mistyped_number, BY_FACTS, {"nhs_number": "different"}),
    (_shouted, BY_NUMBER, {"family": "form", "given": "form"}),
    (_joined_postcode, BY_NUMBER, {"postcode": "form"}),
    (_first_forename, BY_NUMBER, {"given": "less"}),
    (_clear("Address 4"), BY_NUMBER, {"address": "less"}),
)  # fmt: skip
"""A change of a row, the tier by which the patient is still recognised, and what then differs."""


def patients(source: Path) -> list[Known]:
    """The patients of an EMIS extract, in the order of its file."""
    staff = {
        one["UserInRoleGuid"]: " ".join(one[name] for name in ("Title", "GivenName", "Surname"))
        for one in _rows(source, "Admin_UserInRole")
    }
    return [_known(number, one, staff) for number, one in enumerate(_rows(source, "Admin_Patient"), start=1)]


def _rows(source: Path, table: str) -> Iterator[Row]:
    (path,) = source.glob(f"*_{table}_*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _known(number: int, one: Row, staff: Mapping[str, str]) -> Known:
    cells = (one["NhsNumber"], one["Surname"], f"{one['GivenName']} {one['MiddleNames']}".strip(), one["Title"],
             _english(one["DateOfBirth"]), one["Sex"], f"{one['HouseNameFlatNumber']} {one['NumberAndStreet']}".strip(),
             one["Village"], one["Town"], one["County"], one["Postcode"], _english(one["DateOfRegistration"]),
             staff.get(one["UsualGpUserInRoleGuid"], ""), "Z99999", "", "", "")  # fmt: skip
    ended = one["DateOfDeath"] or one["DateofDeactivation"]
    return Known(
        number, dict(zip(HEADERS, cells, strict=True)), _state(one), one["DateOfRegistration"], ended
    )


def _state(one: Row) -> str:
    if one["DummyType"] == "true":
        return "test"
    if one["DateOfDeath"] or one["DateofDeactivation"]:
        return "dead" if one["DateOfDeath"] else "left"
    kinds = {"Regular": "current", "Temporary": "temporary", "Private": "private",
             "Immediately Necessary": "immediately_necessary"}  # fmt: skip
    return kinds.get(one["PatientTypeDescription"], "other")


def _english(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}" if day else ""


class _Making:
    """The lines of the list, and the answers, as they grow."""

    def __init__(self, source: Path) -> None:
        known = patients(source)
        starts = sorted(one.start for one in known if one.state == "current")
        self.answers = Answers(starts[-3])
        self.lines: list[str | Row] = []
        self.known = known
        self.used: set[int] = set()
        self.free = [
            one for one in known if one.state == "current" and one.start < starts[-3] and _plain(one)
        ]

    def add(self, line: str | Row) -> int:
        """Put a line on the list; returns its number. The header is line 1."""
        self.lines.append(line)
        return len(self.lines) + 1

    def next(self) -> Known:
        """A patient to whom nothing was done yet."""
        return self.use(0)

    def use(self, place: int) -> Known:
        """The free patient at a place, who is then free no more."""
        one = self.free.pop(place)
        self.used.add(one.number)
        return one


def _plain(one: Known) -> bool:
    row = one.row
    return (
        bool(row["NHS Number"]) and " " in row["Forenames"] and bool(row["Address 4"]) and bool(row["Title"])
    )


def make_list(source: Path, path: Path) -> Answers:
    """Write a list of the practice in `source` to `path`, with differences; returns what must be found."""
    making = _Making(source)
    for plant in (_changed, _only_system, _only_list, _in_doubt, _not_read):
        plant(making)
    for one in making.known:
        if one.state == "current" and one.number not in making.used:
            tier = BY_NUMBER if one.row["NHS Number"] else BY_FACTS
            making.answers.lines[making.add(one.row)] = ("same", tier)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(HEADERS)
        for line in making.lines:
            if isinstance(line, str):
                file.write(f"{line}\r\n")
            else:
                csv.writer(file).writerow([line[name] for name in HEADERS])
    return making.answers


def _changed(making: _Making) -> None:
    for change, tier, fields in CHANGES:
        row = dict(making.next().row)
        change(row)
        line = making.add(row)
        real = any(outcome in ("different", "system_only") for outcome in fields.values())
        making.answers.lines[line] = ("C" if real else "form", tier)
        making.answers.fields[line] = dict(fields)


def _only_system(making: _Making) -> None:
    """Three who are not on the list, two who are as removed, and all who joined since."""
    found = making.answers.patients
    found |= {making.next().number: ("A", "absent") for _ in range(3)}
    for _ in range(2):
        one = making.next()
        line = making.add({**one.row, "Removal date": "01/02/2020", "Removal reason": "R"})
        found[one.number] = ("A", "closed")
        making.answers.lines[line] = ("closed", "")
    late = {
        one.number for one in making.known if one.state == "current" and one.start >= making.answers.list_day
    }
    found |= dict.fromkeys(late, ("A", "joined_since"))
    making.used |= late


def _only_list(making: _Making) -> None:
    """Two whom nobody knows, and everybody whom the system knows otherwise than as registered."""
    for number, name in zip(OTHERS[1:], ("Xylander", "Yttrium"), strict=True):
        row = {**making.known[0].row, "NHS Number": number, "Surname": name, "Forenames": name[::-1],
               "Date of Birth": "29/02/1904", "Postcode": "ZY8 8ZY", "FP69": "Y"}  # fmt: skip
        making.answers.lines[making.add(row)] = ("B", "absent")
    for one in making.known:
        if one.state != "current" and one.row["NHS Number"]:
            since = one.state in ("left", "dead") and one.ended >= making.answers.list_day
            making.answers.lines[making.add(one.row)] = ("B", f"{one.state}_since" if since else one.state)


def _in_doubt(making: _Making) -> None:
    """One alike, one twice, and two whose numbers are changed round."""
    review = making.answers.review
    one = making.next()
    row = dict(one.row)
    _unsure(row)
    review.add((making.add(row), one.number, "alike"))
    one = making.next()
    review |= {(making.add(one.row), one.number, "several") for _ in range(2)}
    one = making.next()
    place = next(place for place, other in enumerate(making.free) if _strangers(one, other))
    other = making.use(place)
    left = making.add({**one.row, "NHS Number": other.row["NHS Number"]})
    right = making.add({**other.row, "NHS Number": one.row["NHS Number"]})
    review |= {(left, other.number, "facts"), (right, one.number, "facts")}
    review |= {(left, one.number, "alike"), (right, other.number, "alike")}


def _strangers(one: Known, other: Known) -> bool:
    """Whether nothing but chance could make the two look alike."""
    return all(one.row[name] != other.row[name] for name in ("Surname", "Postcode", "Sex", "Date of Birth"))


def _not_read(making: _Making) -> None:
    rejects = making.answers.rejects
    rejects[making.add("too,few")] = "list.width"
    rejects[making.add('"open' + "," * (len(HEADERS) - 1))] = "list.quotes"
    rejects[making.add("," * (len(HEADERS) - 1) + "Y")] = "list.nobody"
