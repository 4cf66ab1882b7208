"""The entries of a GP2GP message, one function for each kind, with what the schema asks for in the order it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from godwit.synth.gp2gp.context import Context
from godwit.synth.gp2gp.hl7 import (
    COMPLETE,
    OIDS,
    annotation,
    cell,
    coded,
    is_number,
    second,
    snomed,
    stamp,
    timed,
    times,
    within,
    words,
)
from godwit.synth.gp2gp.medicines import authorisation, issue
from godwit.synth.messages.codes import RELATIVES, Coded, Concept, concept
from godwit.synth.model import (
    Allergy,
    Authorisation,
    Document,
    Immunisation,
    Issue,
    Item,
    Observation,
    Problem,
    Recall,
    Referral,
)

ALLERGY_HEADINGS = {
    True: Concept((("read2", "14L..00"), ("snomed", "416098002")), "H/O: drug allergy"),
    False: Concept((("read2", "SN53.00"), ("snomed", "106190000")), "Allergy, unspecified"),
}
STATUSES: dict[bool, Coded] = {
    True: ("394774009", "Active problem"),
    False: ("394775005", "Inactive problem"),
}
SIGNIFICANCES: dict[bool, Coded] = {
    True: ("386134007", "Significant"),
    False: ("371928007", "Not significant"),
}
PRIORITIES: dict[str, Coded] = {
    "Routine": ("394848005", "Normal"),
    "Urgent": ("394849002", "High"),
    "2 Week Wait": ("394849002", "High"),
    "Soon": ("416774000", "Soon"),
}
BOUNDS = {"<": ("high", "false"), "<=": ("high", "true"), ">": ("low", "false"), ">=": ("low", "true")}


def statements(here: Context, item: Item) -> list[str]:
    """The statements for one item."""
    return _MAKERS[type(item)](here, item)


def compound(here: Context, item: Item, kind: str, code: str, held: str, suffix: str = "") -> str:
    """Statements held together under a code: a topic, a heading or a group of results."""
    return (
        f'<CompoundStatement classCode="{kind}" moodCode="EVN">{here.id(item, suffix)}{code}{COMPLETE}'
        f"{times(item.when)}{here.mark(item)}{held}</CompoundStatement>"
    )


def narrative(here: Context, item: Item, text: str, suffix: str = "", reference: str = "") -> str:
    """Free text, and the document it is the title of."""
    return (
        f'<NarrativeStatement classCode="OBS" moodCode="EVN">{here.id(item, suffix)}<text>{words(text)}</text>'
        f"{COMPLETE}{timed('availabilityTime', stamp(item.when))}{here.mark(item)}{here.performer(item)}"
        f"{reference}</NarrativeStatement>"
    )


def _entered(here: Context, item: Item, code: str, found: str = "", after: str = "") -> str:
    """A code at a time: what was found, what is said about it, what comes after that, and who did it."""
    time = times(item.when, getattr(item, "ends", None))
    return (
        f'<ObservationStatement classCode="OBS" moodCode="EVN">{here.id(item)}{code}{COMPLETE}{time}'
        f"{here.mark(item)}{found}{annotation(item.text)}{after}{here.performer(item)}</ObservationStatement>"
    )


def _observation(here: Context, entry: Observation) -> list[str]:
    code = coded("code", concept(here.practice.code(entry.code)))
    members = here.layout.members.get(entry.id)
    if members:
        held = "".join(within(made) for member in members for made in statements(here, member))
        return [compound(here, entry, "BATTERY", code, held)]
    return [_entered(here, entry, code, _found(here, entry) + _relative(entry), _range(entry))]


def _found(here: Context, entry: Observation) -> str:
    """What was found: a number, a number that is a bound, or words."""
    if not entry.value:
        return ""
    unit = entry.unit or ""
    value = cell(entry.value)
    if not is_number(entry.value):
        here.losses["gp2gp_number"] += 1
        return f'<value xsi:type="ST">{words(f"{entry.value} {unit}".strip())}</value>'
    original = f"<originalText>{words(unit)}</originalText>"
    inner = f'<translation value="{value}">{original}</translation>' if unit else ""
    one = 'unit="1"' if unit else ""
    if not entry.comparator:
        return f'<value xsi:type="PQ" value="{value}" {one}>{inner}</value>'
    side, inclusive = BOUNDS[entry.comparator]
    bound = f'<{side} value="{value}" {one} inclusive="{inclusive}">{inner}</{side}>'
    return f'<value xsi:type="IVL_PQ">{bound}</value>'


def _relative(entry: Observation) -> str:
    relative = RELATIVES.get((entry.relative or "").lower())
    if not relative:
        return ""
    who = snomed("code", relative)
    return f'<subject typeCode="SBJ"><personalRelationship classCode="PRS">{who}</personalRelationship></subject>'


def _range(entry: Observation) -> str:
    bounds = "".join(
        f'<{side} value="{cell(text)}"/>'
        for side, text in (("low", entry.low), ("high", entry.high))
        if text and is_number(text)
    )
    if not bounds:
        return ""
    return (
        '<referenceRange typeCode="REFV"><referenceInterpretationRange classCode="OBS" moodCode="EVN.CRT">'
        f"<value>{bounds}</value></referenceInterpretationRange></referenceRange>"
    )


def _allergy(here: Context, entry: Allergy) -> list[str]:
    """An allergy: a coded statement under the heading that makes it one."""
    code = here.practice.code(entry.code)
    held = within(_entered(here, entry, coded("code", concept(code))))
    heading = coded("code", ALLERGY_HEADINGS[code.degree == "drug"])
    return [compound(here, entry, "CATEGORY", heading, held, "/heading")]


def _immunisation(here: Context, entry: Immunisation) -> list[str]:
    """A vaccination given, as its code; one refused as words, because its code would say that it was given."""
    code = concept(here.practice.code(entry.code))
    if entry.given:
        return [_entered(here, entry, coded("code", code))]
    said = (f"Not given: {code.words or code.term}", entry.reason, entry.text)
    return [narrative(here, entry, ". ".join(part for part in said if part))]


def _document(here: Context, entry: Document) -> list[str]:
    """The title of a document, and where the document itself is."""
    code = coded("code", concept(here.practice.code(entry.code)))
    file = f'<reference value="file://localhost/{cell(entry.file_name)}"/>'
    outside = (
        f'<reference typeCode="REFR"><referredToExternalDocument classCode="DOC" moodCode="EVN">'
        f'{here.id(entry, "/file")}{code}<text mediaType="{cell(entry.mime)}">{file}</text>'
        "</referredToExternalDocument></reference>"
    )
    return [narrative(here, entry, entry.title, reference=outside)]


def _problem(here: Context, entry: Problem) -> list[str]:
    """A problem: links to the statement that names it and to those that belong to it."""
    named = here.layout.named.get(entry.entry)
    if named is None:
        here.losses["gp2gp_problem_without_entry"] += 1
        return []
    state, weight = STATUSES[entry.active], SIGNIFICANCES[entry.major]
    name = f'<name code="{weight[0]}" codeSystem="{OIDS["snomed"]}" displayName="{weight[1]}"/>'
    qualified = (
        f'<originalText>{state[1]}, {weight[1]}</originalText><qualifier inverted="false">{name}</qualifier>'
    )
    linked = "".join(
        f'<component typeCode="COMP">{here.pointer(one)}</component>'
        for one in here.layout.linked.get(entry.id, ())
    )
    high = stamp(entry.ends)
    span = timed("low", stamp(entry.when)) + (f'<high value="{high}"/>' if high else "")
    return [
        (
            f'<LinkSet classCode="OBS" moodCode="EVN">{here.id(entry)}{snomed("code", state, qualified)}{COMPLETE}'
            f"<effectiveTime>{span}</effectiveTime>{timed('availabilityTime', second(entry.entered))}"
            f'{here.mark(entry)}{linked}<conditionNamed typeCode="NAME" inversionInd="true">'
            f"{here.pointer(named, 'namedStatementRef')}</conditionNamed>{here.performer(entry)}</LinkSet>"
        )
    ]


def _recall(here: Context, entry: Recall) -> list[str]:
    """A diary entry."""
    code = coded("code", concept(here.practice.code(entry.code)))
    text = f"<text>{words(entry.text)}</text>" if entry.text else ""
    return [
        (
            f'<PlanStatement classCode="OBS" moodCode="INT">{here.id(entry)}{code}{text}{COMPLETE}'
            f"<effectiveTime>{timed('center', stamp(entry.when))}</effectiveTime>"
            f"{timed('availabilityTime', second(entry.entered))}{here.mark(entry)}{here.performer(entry)}"
            "</PlanStatement>"
        )
    ]


def _referral(here: Context, entry: Referral) -> list[str]:
    """A referral."""
    code = coded("code", concept(here.practice.code(entry.code)))
    text = f"<text>{words(entry.text)}</text>" if entry.text else ""
    to = here.layout.id("organisation", entry.to)
    recipient = f'<agentRef classCode="AGNT"><id root="{to}"/></agentRef>'
    return [
        (
            f'<RequestStatement classCode="OBS" moodCode="RQO">{here.id(entry)}{code}{text}{COMPLETE}'
            f"{times(entry.when)}{snomed('priorityCode', PRIORITIES[entry.urgency])}{here.mark(entry)}"
            f'<responsibleParty typeCode="RESP">{recipient}</responsibleParty>{here.performer(entry)}'
            "</RequestStatement>"
        )
    ]


_MAKERS: dict[type[Item], Callable[[Context, Any], list[str]]] = {
    Observation: _observation,
    Allergy: _allergy,
    Immunisation: _immunisation,
    Authorisation: authorisation,
    Issue: issue,
    Referral: _referral,
    Recall: _recall,
    Document: _document,
    Problem: _problem,
}
