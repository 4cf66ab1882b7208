"""Made-up summaries, manifests and findings, shaped as a run folder holds them. No real practice, no real patient."""

from collections.abc import Iterator
from typing import Any

from godwit.records.evidence.records_page import FindingRow

Facts = dict[str, Any]

# entity: (identical, equivalent, agreed, different, missing, unexpected, set aside, rejected)
PRACTICE = {
    "patient": (11_212, 160, 0, 21, 3, 1, 4, 0),
    "registration": (11_390, 0, 0, 6, 3, 1, 0, 0),
    "consultation": (402_118, 20_340, 0, 118, 12, 4, 0, 2),
    "consultation_section": (611_872, 8_121, 0, 77, 12, 0, 9_310, 0),
    "observation": (2_204_118, 160_338, 240, 4_017, 812, 96, 18_204, 41),
    "problem": (61_402, 3_119, 0, 64, 9, 2, 0, 0),
    "allergy": (9_870, 402, 0, 31, 6, 11, 0, 1),
    "immunisation": (96_314, 1_022, 0, 19, 4, 0, 0, 0),
    "medication_authorisation": (88_140, 21_339, 0, 1_204, 41, 12, 0, 0),
    "medication_issue": (713_204, 30_998, 0, 402, 66, 0, 0, 3),
    "referral": (21_404, 311, 0, 12, 1, 0, 0, 0),
    "recall": (14_204, 0, 0, 3, 40, 0, 0, 0),
    "document": (140_311, 0, 0, 7, 22, 0, 118, 0),
    "appointment": (0, 0, 0, 0, 0, 0, 0, 0),
    "practitioner": (212, 14, 0, 2, 0, 1, 0, 0),
    "organisation": (640, 21, 0, 0, 0, 3, 0, 0),
    "unclassified": (0, 0, 0, 0, 0, 0, 2_118, 0),
}

# title, entity, field, outcome, severity, findings, patients, meaning, action
CAUSES = (
    ("Allergy not found in the target", "allergy", None, "missing", "critical", 6, 6,
     "A clinician prescribing from the target would not be warned.",
     "Enter each allergy in the target, then ask the supplier why it was left behind."),
    ("Result has another value", "observation", "value", "different", "critical", 14, 13,
     "The number on the two sides is not the same.",
     "Compare each with the laboratory report. Do not go live until the supplier has explained them."),
    ("Problem not found in the target", "problem", None, "missing", "critical", 9, 8,
     "The problem list steers prescribing, recall and registers.", "Ask the supplier to load the problems again."),
    ("Dosage is worded differently", "medication_authorisation", "dosage", "different", "high", 1_204, 988,
     "The instruction on the label could change.",
     "The lead GP reads twenty of these and decides whether the new wording is safe."),
    ("Result not found in the target", "observation", None, "missing", "high", 812, 402,
     "A result that was there is not there now.", "Ask the supplier for the missing results, with this list."),
    ("Unit was changed", "observation", "unit", "different", "high", 220, 201,
     "A number means something else in another unit.", "Check each kind of test once with the laboratory."),
    ("Free text was cut", "observation", "text", "different", "medium", 3_783, 1_902,
     "The end of a long note is gone.", "Ask the supplier whether the notes are kept in full elsewhere."),
    ("Recall not found in the target", "recall", None, "missing", "medium", 40, 40,
     "The patient may not be called.", "Enter the recalls in the target."),
    ("Entered by another person", "consultation", "recorder", "different", "low", 118, 96,
     "The name of the person who typed the entry differs.", "Accept, or ask for the staff list to be mapped again."),
)  # fmt: skip

CAUSE_COLUMNS = (
    "title", "entity", "field", "outcome", "severity", "findings", "patients", "meaning", "action",
)  # fmt: skip


def entity(*counts: int) -> Facts:
    """One kind of record whose books balance on both sides."""
    identical, equivalent, agreed, different, missing, unexpected, aside, rejected = counts
    both = identical + equivalent + agreed + different
    outcomes = dict(zip(
        ("identical", "equivalent", "agreed", "different", "missing", "unexpected"), counts, strict=False
    ))  # fmt: skip
    return {
        "source": books(both + missing, aside, rejected),
        "target": books(both + unexpected, 0, 0),
        **outcomes,
    }


def books(converted: int, aside: int, rejected: int) -> Facts:
    read = converted + aside + rejected
    return {"read": read, "rejected": rejected, "set_aside": aside, "converted": converted}


def cause(number: int, *values: Any) -> Facts:
    return {"cause": f"cause-{number}", **dict(zip(CAUSE_COLUMNS, values, strict=True))}


def file(side: str, name: str, converted: int, rejected: int = 0) -> Facts:
    return {
        "side": side,
        "name": name,
        "system": {"source": "emis", "target": "tpp"}[side],
        **books(converted, 0, rejected),
    }


def side(system: str, layout: str, patients: int, warnings: tuple[str, ...] = ()) -> Facts:
    facts = {"system": system, "format": layout, "files": 2, "bytes": 3_312_004_118}
    return {**facts, "patients": patients, "warnings": list(warnings)}


def practice() -> Facts:
    """A practice of eleven thousand patients with a few things wrong in the target."""
    return {
        "run": "2026-11-21-rehearsal-2",
        "kind": "compare",
        "source": side("emis", "EMIS Web extract", 11_396, ("The delivery has no file of appointments.",)),
        "target": side("tpp", "SystmOne extract", 11_394),
        "patients": {
            "source": 11_396, "target": 11_394, "paired": 11_393, "assumed": 2, "only_source": 3, "only_target": 1,
        },
        "entities": {name: entity(*counts) for name, counts in PRACTICE.items()},
        "balanced": True,
        "causes": [cause(number, *values) for number, values in enumerate(CAUSES, 1)],
        "registers": [],
        "timings": {"read_source": 41.24, "read_target": 38.9, "pair": 12.2, "compare": 75.6},
        **smaller_parts(),
    }  # fmt: skip


def smaller_parts() -> Facts:
    """The lists of the made-up practice that are about how the work was done."""
    return {
        "files": [
            file("source", "CareRecord_Observation.csv", 2_369_525, 41),
            file("source", "Prescribing_DrugRecord.csv", 110_724),
            file("target", "SRCode.csv", 2_368_809),
        ],
        "set_aside": [
            {"side": "source", "entity": "observation", "reason": "test_patient",
             "title": "Belongs to a test patient", "records": 18_204},
            {"side": "source", "entity": "consultation_section", "reason": "empty_heading",
             "title": "A heading without anything under it", "records": 9_310},
            {"side": "source", "entity": "unclassified", "reason": "index_list",
             "title": "A list that only points at records counted elsewhere", "records": 2_118},
            {"side": "source", "entity": "document", "reason": "no_content",
             "title": "A document whose file was never kept", "records": 118},
            {"side": "source", "entity": "patient", "reason": "test_patient",
             "title": "A test patient", "records": 4},
        ],
        "rejected": [
            {"side": "source", "entity": "observation", "rule": "row.columns",
             "title": "The row has more columns than its header", "records": 41},
            {"side": "source", "entity": "medication_issue", "rule": "date.impossible",
             "title": "The date of issue cannot be read", "records": 3},
            {"side": "source", "entity": "consultation", "rule": "row.columns",
             "title": "The row has more columns than its header", "records": 2},
            {"side": "source", "entity": "allergy", "rule": "text.encoding",
             "title": "The text is in no known encoding", "records": 1},
        ],
        "issues": [
            {"side": "source", "rule": "link.dangling", "title": "Points at a record that is not there", "count": 17},
        ],
        "pairing": [
            {"entity": "observation", "rung": "carried_id", "title": "the source's own identifier, carried over",
             "pairs": 2_301_442},
            {"entity": "observation", "rung": "key", "title": "the same code, date, value and text", "pairs": 67_271},
            {"entity": "allergy", "rung": "key", "title": "the same code and onset", "pairs": 10_303},
        ],
        "equivalences": [
            {"rule": "seconds", "title": "Seconds that were never recorded are shown as noughts",
             "source": "The target's standard asks for seconds whenever there is a time",
             "entity": name, "field": "start", "times": times}
            for name, times in (("consultation", 20_340), ("medication_issue", 30_998), ("observation", 9_001),
                                ("problem", 3_119))
        ] + [
            {"rule": "term", "title": "The same code with the term of a newer edition",
             "source": "Terms of one SNOMED CT concept may be reworded between editions",
             "entity": "observation", "field": "code_term", "times": 160_338},
        ],
        "not_compared": [
            {"entity": "document", "field": "path", "title": "The files behind the documents were not delivered"},
            {"entity": "practitioner", "field": "contacts", "title": "The target does not hold them"},
        ],
    }  # fmt: skip


def told() -> Facts:
    """The same practice with everything a cause may say: hazards, what its findings share, an example, parts."""
    summary = practice()
    more: tuple[Facts, ...] = (
        {"hazards": ["H02"], "example": 0, "pattern": ["all of code SNOMED CT 91936005, Allergy to penicillin"]},
        {"hazards": ["H09"], "example": 101, "pattern": ["10 times as large in the target each time"],
         "also": ["unit"], "risks": [{"risk": "result_value", "title": "", "severity": "critical", "findings": 14}]},
        {"hazards": ["H17", "H07"], "example": 200,
         "risks": [{"risk": "active_problem", "title": "active problem", "severity": "critical", "findings": 5},
                   {"risk": "past_problem", "title": "past problem", "severity": "high", "findings": 4}]},
    )  # fmt: skip
    for one, facts in zip(summary["causes"], more, strict=False):
        one.update(facts)
    parts = [{"title": f"Part {number}", "findings": 20, "patients": 9} for number in range(1, 6)]
    summary["causes"][-1] |= {"outcome": "various", "field": None, "parts": parts, "hazards": []}
    summary["patients"] |= {"affected": 3_412, "urgent": 812}
    counts = {"inherited": 3, "new": 2, "recoded": 1, "not_arrived": 0, "unpaired": 0}
    rates = {"inherited_per_1000": 0.02, "new_per_1000": 0.01}
    summary["degradation"] = [{"class": "drug_allergy", "title": "Allergies to a drug", **counts, **rates}]
    summary["control"] = control()
    return summary


def control(missed: int = 0) -> Facts:
    """A control that planted 296 faults in a copy of the practice, and overlooked so many of them."""
    kinds = [{"kind": "lost", "planted": 40, "found": 40, "at_field": 40},
             {"kind": "changed", "planted": 256, "found": 256 - missed, "at_field": 250 - missed}]  # fmt: skip
    places = [{"entity": "allergy", "kind": "changed", "field": "code"}] * missed
    sums = {"patients": 40, "records": 9_000, "planted": 296, "found": 296 - missed, "at_field": 290 - missed}
    return {**sums, "others": 0, "kinds": kinds, "missed": places, "beyond": []}


def empty() -> Facts:
    """A run in which neither side delivered a single record."""
    nothing = {name: entity(0, 0, 0, 0, 0, 0, 0, 0) for name in PRACTICE}
    lists: Facts = {name: [] for name in smaller_parts()}
    patients = dict.fromkeys(practice()["patients"], 0)
    return {**practice(), **lists, "entities": nothing, "patients": patients, "causes": [], "timings": {}}


def clean() -> Facts:
    """A run in which everything compared is the same."""
    same = {name: entity(one[0], one[1], 0, 0, 0, 0, 0, 0) for name, one in PRACTICE.items()}
    lists: Facts = {name: [] for name in smaller_parts()}
    patients = {
        **dict.fromkeys(practice()["patients"], 0),
        "source": 11_372,
        "target": 11_372,
        "paired": 11_372,
    }
    return {**practice(), **lists, "entities": same, "patients": patients, "causes": []}


def crowded() -> Facts:
    """Three hundred causes with long words, millions of records, and more files than fit on a page."""
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
    many = [
        cause(number, f"{long} {number}", *values[1:])
        for number in range(300)
        for values in [CAUSES[number % 9]]
    ]
    files = [file("source", f"{long}_{number}.xml", 1_290) for number in range(900)]
    grown = {name: entity(*(count * 1_000 for count in counts)) for name, counts in PRACTICE.items()}
    reasons = {
        name: [{**one, "records": one["records"] * 1_000} for one in practice()[name]]
        for name in ("set_aside", "rejected")
    }
    return {**practice(), **reasons, "causes": many, "files": files, "entities": grown}


def unbalanced() -> Facts:
    """A run that lost an allergy on the way."""
    summary = practice()
    summary["entities"]["allergy"]["identical"] -= 1
    return summary


def manifest() -> Facts:
    """A manifest as it is when the report is made: without outputs and without a seal."""
    return {
        "run": "2026-11-21-rehearsal-2",
        "kind": "compare",
        "godwit_version": "0.1.0",
        "started_at": "2026-11-21T09:26:41+00:00",
        "ended_at": "2026-11-21T09:30:02+00:00",
        "inputs": [
            {"name": "CareRecord_Observation.csv", "side": "source", "bytes": 812_004_118, "sha256": "3f" * 32,
             "system": "emis", "version": "6", "records": 2_387_770},
            {"name": "SRCode.csv", "side": "target", "bytes": 640_118, "sha256": "a9" * 32,
             "system": "tpp", "version": "94", "records": 2_368_809},
        ],
        "definitions": [{"name": "comparison/equivalences.yaml", "edition": "2026-11", "sha256": "c4" * 32}],
        "outputs": {},
    }  # fmt: skip


def finding(number: int, cause: Facts, **changes: Any) -> FindingRow:
    """One made-up finding under `cause`."""
    values: Facts = {
        "finding": f"f{number}", "cause": cause["cause"], "entity": cause["entity"], "outcome": cause["outcome"],
        "field": cause["field"], "severity": cause["severity"], "patient_key": f"p{number}",
        "nhs_number": f"9990000{number:03}", "source_file": "CareRecord_Observation.csv",
        "source_record": 1_000 + number, "source_id": f"s-{number}", "target_file": "SRCode.csv",
        "target_record": 2_000 + number, "target_id": f"t-{number}",
        "source_value": "Take one tablet twice a day", "target_value": "Take one tablet once a day",
        "reason": "No rule explains the difference",
    }  # fmt: skip
    if cause["outcome"] == "missing":
        values |= {"target_file": None, "target_record": None, "target_id": None, "target_value": None}
    return FindingRow(**(values | changes))


def findings(each: int = 3) -> Iterator[FindingRow]:
    """A few findings under every cause of the made-up practice."""
    for place, one in enumerate(practice()["causes"]):
        for number in range(min(each, one["findings"])):
            yield finding(100 * place + number, one)
