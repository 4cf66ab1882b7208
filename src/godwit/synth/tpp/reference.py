"""The files of a SystmOne extract that are not about one patient: staff, rotas, lists and dictionaries."""

from __future__ import annotations

from datetime import datetime

from godwit.synth.cells import row
from godwit.synth.model import Code, Organisation, Practice, Site, Staff
from godwit.synth.tpp.columns import COLUMNS, REFERENCE
from godwit.synth.tpp.desk import ctv3_of, day, stamp
from godwit.synth.tpp.lists import LISTS, mapping_ids, options, vaccines

Cells = dict[str, str | None]


def reference_files(practice: Practice) -> dict[str, str]:
    """Every file with its header and, where it is not about patients, its rows."""
    rows: dict[str, list[Cells]] = {
        "SRManifest": manifest(practice.snapshot, None),
        "SRMapping": _mapping(),
        "SRMappingGroup": [
            {"RowIdentifier": str(number), "MappingGroup": name} for number, name in enumerate(LISTS, start=1)
        ],
        "SRConfiguredListOption": [
            {"RowIdentifier": str(number), "ConfiguredList": name, "ConfiguredListOption": word}
            for number, name, word in options(practice)
        ],
        "SROrganisation": [_organisation(one) for one in (practice.organisation, *practice.others)],
        "SROrganisationBranch": [_branch(practice, one) for one in practice.sites],
        "SRStaffMember": _people(practice.staff),
        "SRStaffMemberProfile": [_profile(practice, one) for one in practice.staff],
        "SRRota": _rotas(practice),
        "SRRotaSlot": _rota_slots(practice),
        "SRCtv3": [_dictionary(practice, one, "Ctv3Text", one.term) for one in practice.codes],
        "SRCtv3ToSnomed": [
            _dictionary(practice, one, "SnomedCode", one.snomed) for one in practice.codes if one.snomed
        ],
        "SRMedicationReadCodeDetails": _products(practice),
        "SRImmunisationContent": [
            {"RowIdentifier": str(number), "Name": name, "Content": content}
            for (name, content), number in vaccines().items()
        ],
    }
    return {
        name: header(name) + "".join(line(name, cells) for cells in rows.get(name, ())) for name in COLUMNS
    }


def header(table: str) -> str:
    """The first line of a file."""
    return row(COLUMNS[table])


def line(table: str, cells: Cells) -> str:
    """A line from cells by name; letters that Windows-1252 does not have become question marks."""
    known: Cells = {"RemovedData": "0", **cells}
    return row(known.get(name) for name in COLUMNS[table]).encode("cp1252", "replace").decode("cp1252")


def manifest(until: datetime, since: datetime | None) -> list[Cells]:
    """The rows of the manifest; `since` makes every file that is not reference data a delta."""
    rows: list[Cells] = []
    for table in COLUMNS:
        if table != "SRManifest":
            fixed = table in REFERENCE
            delta = since is not None and not fixed
            rows.append(
                {
                    "FileName": table,
                    "IsDelta": "Y" if delta else "N",
                    "IsReference": "Y" if fixed else "N",
                    "DateExtractFrom": f"{since:%Y%m%d_%H%M}" if since is not None and delta else None,
                    "DateExtractTo": f"{until:%Y%m%d_%H%M}",
                }
            )
    return rows


def _mapping() -> list[Cells]:
    return [
        {"RowIdentifier": str(number), "IdMappingGroup": str(group), "Mapping": word}
        for group, words in enumerate(mapping_ids(LISTS).values(), start=1)
        for word, number in words.items()
    ]


def house_and_road(street: str) -> tuple[str, str]:
    """The number of a house, if it has one, and the road."""
    first, _, rest = street.partition(" ")
    return (first, rest) if first[:1].isdigit() and rest else ("", street)


def _organisation(one: Organisation) -> Cells:
    street, town, county, postcode = one.address
    number, road = house_and_road(street)
    return {
        "RowIdentifier": str(one.id), "Name": one.name, "ID": one.ods, "HouseNumber": number, "NameOfRoad": road,
        "NameOfTown": town, "NameOfCounty": county, "FullPostCode": postcode, "Telephone": one.phone,
        "MadeObsolete": "FALSE",
    }  # fmt: skip


def _branch(practice: Practice, one: Site) -> Cells:
    street, town, county, postcode = one.address
    number, road = house_and_road(street)
    ods = practice.organisation.ods
    return {
        "RowIdentifier": str(one.id), "IDOrganisationVisibleTo": ods, "ID": str(one.id), "BranchName": one.name,
        "HouseNumber": number, "RoadName": road, "Town": town, "County": county, "PostCode": postcode,
        "BranchObsolete": "FALSE", "IDOrganisation": ods,
    }  # fmt: skip


def _people(staff: tuple[Staff, ...]) -> list[Cells]:
    """One row per human being, whatever the number of roles."""
    first: dict[int, Staff] = {}
    for one in staff:
        first.setdefault(one.person, one)
    return [
        {
            "RowIdentifier": str(one.person), "StaffName": f"{one.title} {one.given} {one.family}".strip(),
            "StaffUserName": one.username, "NationalIdType": "GMC" if one.gmc else None, "IDNational": one.gmc,
            "Obsolete": "FALSE",
        }
        for one in first.values()
    ]  # fmt: skip


def _profile(practice: Practice, one: Staff) -> Cells:
    return {
        "RowIdentifier": str(one.id), "DateProfileCreated": day(one.starts), "IdProfileCreatedBy": "-1",
        "IDStaffMemberProfileRole": "-1", "StaffRole": one.role, "DateEmploymentStart": day(one.starts),
        "DateEmploymentEnd": day(one.ends), "IDStaffMember": str(one.person),
        "IDOrganisation": practice.organisation.ods, "GmpID": one.gmp,
    }  # fmt: skip


def _rotas(practice: Practice) -> list[Cells]:
    places = {site.id: site.name for site in practice.sites}
    return [
        {
            "RowIdentifier": str(one.id), "IDOrganisationVisibleTo": practice.organisation.ods,
            "DateCreation": stamp(one.starts), "IDProfileCreatedBy": "-1", "Name": one.name, "RotaType": "Surgery",
            "Location": places[one.site], "IDProfileOwner": str(next(iter(one.clinicians), -1)),
            "DateStart": stamp(one.starts), "AllowOverBooking": "FALSE", "IDAppointmentRoom": "-1",
            "IDBranch": str(one.site),
        }
        for one in practice.sessions
    ]  # fmt: skip


def _rota_slots(practice: Practice) -> list[Cells]:
    return [
        {
            "RowIdentifier": str(one.id), "IDOrganisationVisibleTo": practice.organisation.ods, "IDRota": str(one.id),
            "RotaSlotType": "Slot", "Duration": "10", "Quantity": str((one.ends - one.starts).seconds // 600),
            "BlockedSlot": "FALSE", "BookableCAndB": "FALSE", "Position": "0",
        }
        for one in practice.sessions
    ]  # fmt: skip


def _dictionary(practice: Practice, code: Code, column: str, value: str | None) -> Cells:
    ods = practice.organisation.ods
    return {
        "RowIdentifier": str(code.id),
        "IDOrganisationVisibleTo": ods,
        "Ctv3Code": ctv3_of(code),
        column: value,
    }


def _products(practice: Practice) -> list[Cells]:
    """What the numbers of drug allergies mean: the agent in words, one row for each product family."""
    agents = {code.multilex: code.agent for code in practice.codes if code.multilex is not None}
    return [
        {
            "RowIdentifier": str(number),
            "IDMultiLexProduct": str(multilex),
            "DrugReadCode": None,
            "DrugReadCodeDesc": agent,
        }
        for number, (multilex, agent) in enumerate(agents.items(), start=1)
    ]
