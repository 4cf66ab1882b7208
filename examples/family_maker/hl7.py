"""The small pieces of an HL7 version 3 message: elements, codes, times, pointers."""

from __future__ import annotations

from xml.etree import ElementTree

from examples.family_maker.model import Concept
from examples.family_maker.writing import OIDS, identifier

Element = ElementTree.Element


def element(tag: str, *content: Element | str | None, **attributes: str) -> Element:
    """An element with its text and children; what is None is left out. `xsi_type` is the attribute `xsi:type`."""
    made = Element(tag, {name.replace("xsi_type", "xsi:type"): value for name, value in attributes.items()})
    for part in content:
        if isinstance(part, str):
            made.text = part
        elif part is not None:
            made.append(part)
    return made


def act(tag: str, kind: str, mood: str, *content: Element | None) -> Element:
    """An element for something done, planned or asked for."""
    return element(tag, *content, classCode=kind, moodCode=mood)


def component(content: Element, **attributes: str) -> Element:
    """What holds every record in the message."""
    return element("component", content, typeCode="COMP", **attributes)


def coded(tag: str, idea: Concept) -> Element:
    """A coded value: the main code, the author's words, the other codes."""
    (system, code), *others = idea.codes
    words = element("originalText", idea.words) if idea.words else None
    more = [element("translation", **code_attributes(*other, idea.term)) for other in others]
    return element(tag, words, *more, **code_attributes(system, code, idea.term))


def code_attributes(system: str, code: str, term: str) -> dict[str, str]:
    """A code as attributes."""
    return {"code": code, "codeSystem": OIDS[system], "displayName": term}


def agent(key: str) -> Element:
    """A pointer into the directory."""
    return element("agentRef", element("id", root=identifier(key)), classCode="AGNT")
