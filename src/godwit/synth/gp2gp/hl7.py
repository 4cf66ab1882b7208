"""The small pieces of an HL7 version 3 message, as text: codes, times, pointers, notes.

The record is put together as text and not as a tree, because a practice has millions of statements.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from godwit.synth.messages.codes import Coded, Concept
from godwit.synth.model import When

OIDS = {"snomed": "2.16.840.1.113883.2.1.3.2.4.15", "read2": "2.16.840.1.113883.2.1.6.2"}
"""Code systems as GP2GP names them."""

COMPLETE = '<statusCode code="COMPLETE"/>'
CONFIDENTIAL = (
    '<confidentialityCode code="NOPAT" codeSystem="2.16.840.1.113883.4.642.3.47" displayName="no disclosure to '
    "patient, family or caregivers without attending provider's authorization\"/>"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMS = {"Y": "%Y", "YM": "%Y%m", "YMD": "%Y%m%d", "YMDT": "%Y%m%d%H%M"}


def words(text: str) -> str:
    """Text between tags: what XML reserves is spelt out, what XML forbids is left out."""
    plain = _FORBIDDEN.sub("", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def cell(text: str) -> str:
    """Text in an attribute."""
    return words(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def coded(tag: str, idea: Concept) -> str:
    """A coded value: the main code, the author's words, the other codes."""
    main, *others = [f'code="{code}" codeSystem="{OIDS[system]}" displayName="{cell(idea.term)}"'
                     for system, code in idea.codes]  # fmt: skip
    inner = f"<originalText>{words(idea.words)}</originalText>" if idea.words else ""
    inner += "".join(f"<translation {other}/>" for other in others)
    return f"<{tag} {main}>{inner}</{tag}>" if inner else f"<{tag} {main}/>"


def snomed(tag: str, idea: Coded, inner: str = "") -> str:
    """A coded value of one national code, with what stands in it."""
    return (
        f'<{tag} code="{idea[0]}" codeSystem="{OIDS["snomed"]}" displayName="{cell(idea[1])}">{inner}</{tag}>'
    )


def is_number(text: str) -> bool:
    """Whether a text is a plain decimal number."""
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def stamp(when: When | None) -> str | None:
    """A moment as precise as it is known, in English clock time; None for none."""
    if when is None or when.at is None or when.precision == "U":
        return None
    return when.at.strftime(_FORMS[when.precision])


def second(at: datetime) -> str:
    """A moment to the second."""
    return at.strftime("%Y%m%d%H%M%S")


def day(at: date) -> str:
    """A day."""
    return at.strftime("%Y%m%d")


def timed(tag: str, value: str | None) -> str:
    """An element that holds a moment; one that is not known says so."""
    return f'<{tag} value="{value}"/>' if value else f'<{tag} nullFlavor="UNK"/>'


def times(when: When | None, ends: When | None = None) -> str:
    """The time of a statement, where EMIS puts it; what has ended says from when to when it was so."""
    start, end = stamp(when), stamp(ends)
    span = timed("low", start) + f'<high value="{end}"/>' if end else '<center nullFlavor="NI"/>'
    return f"<effectiveTime>{span}</effectiveTime>{timed('availabilityTime', start)}"


def agent(identity: str | None) -> str:
    """A pointer into the directory; nobody where nobody is named."""
    root = f'root="{identity}"' if identity else 'nullFlavor="UNK"'
    return f'<agentRef classCode="AGNT"><id {root}/></agentRef>'


def component(content: str) -> str:
    """What holds every record in the message."""
    return f'<component typeCode="COMP">{content}</component>'


def within(content: str) -> str:
    """What holds a record inside another."""
    return f'<component typeCode="COMP" contextConductionInd="true">{content}</component>'


def annotation(text: str | None) -> str:
    """The free text of a coded statement."""
    if not text:
        return ""
    return (
        '<pertinentInformation typeCode="PERT"><sequenceNumber value="+1"/><pertinentAnnotation classCode="OBS" '
        f'moodCode="EVN"><text>{words(text)}</text></pertinentAnnotation></pertinentInformation>'
    )
