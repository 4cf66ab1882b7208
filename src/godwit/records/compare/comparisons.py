"""The comparisons that equivalence rules may name: pure questions about two texts of one field, and their neighbours.

Each answers whether the two say the same although they are written differently. None looks at anything but its
arguments; which fields and formats a rule reaches, and what it must accept and refuse, is in the definitions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from godwit.definitions.comparison.units import read_units
from godwit.records.compare.difference import Comparison, Difference, Parameters, listed
from godwit.records.compare.dosage import same_direction

__all__ = ["BY_RECORDS", "BY_VALUES", "COMPARISONS", "Comparison", "Difference", "Parameters"]

_SECONDS = re.compile(r"(?P<minute>.{16}):(?P<second>\d\d)(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?")


def padded_time(difference: Difference, _: Parameters) -> bool:
    """The target adds `:00` seconds to a source that stops at minutes, zone and all else equal."""
    source, target = difference.source or "", difference.target
    return (
        len(source) > len("2010-02-10T08:3")
        and ":" not in source[16:17]
        and (target == f"{source[:16]}:00{source[16:]}")
    )


def fraction_cut(difference: Difference, _: Parameters) -> bool:
    """One side has fractions of a second that the other cannot hold; up to the whole second they are one moment."""
    source, target = (_SECONDS.fullmatch(text or "") for text in (difference.source, difference.target))
    if source is None or target is None or "." in (difference.source or ""):
        return False
    return source.groups() == target.groups()


def clock_time_alone(difference: Difference, _: Parameters) -> bool:
    """The source gives a clock time that the clocks showed twice, so it has no offset; the target gives one of the two.

    Only such times have no offset in canonical form; every other local time of the source has been given its own.
    """
    source, target = difference.source or "", difference.target or ""
    clock, zone = target[:19], target[19:]
    said = f"{source}:00" if len(source) == 16 else source
    return "T" in source and len(said) == 19 and clock == said and zone in ("Z", "+01:00")


def follows_the_code(difference: Difference, _: Parameters) -> bool:
    """The terms or words beside a code that itself differs: gone with the code, or grown with it and nothing lost.

    The change of the code is a difference of its own; this only keeps one change from being told three times. Codes
    that merely are written otherwise, because a format cannot hold them, are no such difference.
    """
    concept = difference.field.removesuffix("_term").removesuffix("_text")
    if concept not in listed(difference.source_row.get("#differs")):
        return False
    source_code, target_code = difference.source_row.get(concept), difference.target_row.get(concept)
    if source_code == target_code or difference.source is None:
        return False
    if difference.target is None:
        return target_code is None
    both_are_terms = difference.field.endswith("_term")
    return both_are_terms and listed(difference.source) < listed(difference.target)


def terms_added(difference: Difference, parameters: Parameters) -> bool:
    """Every term of the source is among the target's, and the codes beside them are the same on both sides.

    `codes`: the field that holds the codes; without it, the term field's own name less `_term`.
    """
    codes = parameters.get("codes") or difference.field.removesuffix("_term")
    same_codes = difference.source_row.get(codes) == difference.target_row.get(codes)
    source, target = listed(difference.source), listed(difference.target)
    return same_codes and bool(source) and source <= target


def words_are_the_term(difference: Difference, _: Parameters) -> bool:
    """The source recorded no words beside its code; the target shows the source's own term as the words."""
    terms = listed(difference.source_row.get(difference.field.removesuffix("_text") + "_term"))
    return difference.source is None and difference.target in terms


def same_unit(difference: Difference, _: Parameters) -> bool:
    """One unit in two spellings, as the list of units has them; never one unit converted into another."""
    units = read_units()
    one, other = (units.named(text or "") for text in (difference.source, difference.target))
    return one is not None and one == other


def same_dosage(difference: Difference, _: Parameters) -> bool:
    """One dosage in other words: both texts are understood to the last word and say the same.

    A number without a unit counts what the medicine's quantity is counted in, where only one text names a unit.
    """
    if difference.source is None or difference.target is None:
        return False
    units = (difference.source_row.get("quantity_unit"), difference.target_row.get("quantity_unit"))
    return same_direction(difference.source, difference.target, units)


def title_apart(difference: Difference, parameters: Parameters) -> bool:
    """The same people by name in the same order; one of the two sides gives a title that the other leaves out.

    `titles` are the words that are titles. A name needs a given name in full and a family name: initials are shared
    by too many.
    """
    titles = parameters["titles"].split()
    one, other = (_untitled(text, titles) for text in (difference.source, difference.target))
    if len(one) != len(other):
        return False
    alike = [_one_person(first, second) for first, second in zip(one, other, strict=True)]
    return difference.source != difference.target and bool(alike) and all(alike)


_Named = tuple[str | None, tuple[str, ...]]
"""A title, None without one, and the words of the name."""


def _one_person(one: _Named, other: _Named) -> bool:
    (title, name), (other_title, other_name) = one, other
    return name == other_name and (
        title == other_title or (None in (title, other_title) and _is_whole_name(name))
    )


def _untitled(text: str | None, titles: list[str]) -> list[_Named]:
    """Everybody named in a text."""
    people: list[_Named] = []
    for person in (text or "").split("; "):
        first, *rest = person.split() or [""]
        title = first.rstrip(".").lower()
        people.append((title, tuple(rest)) if title in titles else (None, (first, *rest)))
    return people


def _is_whole_name(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and len(words[0].rstrip(".")) > 1 and len(words[-1]) > 1


def same_concept_by_map(difference: Difference, _: Parameters) -> bool:
    """Codes of two terminologies that the loaded maps make one concept."""
    return difference.code_map.one_concept(listed(difference.source), listed(difference.target))


def degraded_already(difference: Difference, parameters: Parameters) -> bool:
    """The source could not code the entry either: its code for that in one terminology, the target's in another, and
    the words that say what it was are the same on both sides.

    Parameters: Read code -> SNOMED CT code.
    """
    known = {f"read2|{read}": f"snomed|{snomed}" for read, snomed in parameters.items()}
    one, other = (
        {known.get(code, code) for code in listed(text)} for text in (difference.source, difference.target)
    )
    words = [
        (row.get(f"{difference.field}_text"), row.get("text"))
        for row in (difference.source_row, difference.target_row)
    ]
    return (
        bool(one) and one == other and one <= set(known.values()) and words[0] == words[1] and any(words[0])
    )


def parts_spelt_out(difference: Difference, _: Parameters) -> bool:
    """The target's free text holds the source's qualifiers and relative written out, and is otherwise the source's.

    Each part of the source must be found, once; what is left must be the source's own free text.
    """
    rest = difference.target or ""
    parts = [*_qualifiers(difference.source_row.get("qualifiers")), *_relative(difference.source_row)]
    if not parts or difference.target is None:
        return False
    for forms in parts:
        form = next((one for one in forms if one in rest), None)
        if form is None:
            return False
        rest = rest.replace(form, "", 1)
    return _tidy(rest) == _tidy(difference.source or "")


def _qualifiers(qualifiers: str | None) -> Iterator[tuple[str, ...]]:
    """For each qualifier the ways it is written out, longest first."""
    for one in json.loads(qualifiers or "[]"):
        for name in one.get("name", []):
            core = f"Episodicity : code={name.get('@code')}, displayName={name.get('@displayName')}"
            original = "".join(text.get("#text", "") for text in name.get("originalText", []))
            with_words = f"{core}, originalText={original}"
            yield (f"{{{with_words}}}", f"{{{core}}}", with_words, core)


def _relative(row: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """The relative a family history is about, as it is written out."""
    words = [row.get("relation_text"), *listed(row.get("relation_term"))]
    forms = tuple(f"Subject: {word}" for word in words if word)
    if forms:
        yield forms


def status_words_added(difference: Difference, _: Parameters) -> bool:
    """The target's free text is the source's and, on a line of its own, the words of the problem's status.

    A further line may say that an unstated significance was taken for minor, where it was; the change of the
    significance itself stays a difference of its own field.
    """
    status = difference.source_row.get("status_text")
    lines = (difference.target or "").split("\n")
    defaulted = (difference.source_row.get("significance"), difference.target_row.get("significance"))
    if defaulted == ("unspecified", "minor") and "Defaulted to Minor" in lines:
        lines.remove("Defaulted to Minor")
    if not status or status not in lines:
        return False
    lines.remove(status)
    return "\n".join(lines) == (difference.source or "")


def priority_words_added(difference: Difference, _: Parameters) -> bool:
    """The target's free text opens with a line that repeats the source's words for the priority."""
    first, _line_end, rest = (difference.target or "").partition("\n")
    said = difference.source_row.get("priority_text")
    return said is not None and first == f"Priority: {said}" and rest == (difference.source or "")


def blanks_at_line_ends(difference: Difference, _: Parameters) -> bool:
    """The same text but for blanks or line ends after the last word of a line or of the text."""
    source, target = difference.source, difference.target
    if source is None or target is None:
        return False
    return [line.rstrip() for line in source.rstrip().splitlines()] == [
        line.rstrip() for line in target.rstrip().splitlines()
    ]


def nought_for_none(difference: Difference, parameters: Parameters) -> bool:
    """The source says 0 where the target says nothing, on a record whose `when` field has the value `equals`."""
    applies = difference.source_row.get(parameters["when"]) == parameters["equals"]
    return applies and difference.source == "0" and difference.target is None


def same_people(difference: Difference, _: Parameters) -> bool:
    """The links lead to other records, but everyone there is called the same, and nobody is nameless."""
    source, target = difference.source_row.get("#names"), difference.target_row.get("#names")
    names = listed(source)
    return bool(names) and "" not in names and None not in names and source == target


def other_order(difference: Difference, _: Parameters) -> bool:
    """The same records in another order."""
    ends = [difference.source_row.get("#ends"), difference.target_row.get("#ends")]
    lists = [sorted(json.loads(one)) for one in ends if one]
    return len(lists) == 2 and lists[0] == lists[1]


def absent_code_said(difference: Difference, _: Parameters) -> bool:
    """The source has no code; the target has only the HL7 word for "unknown"."""
    return difference.source is None and difference.target == '["null_flavour|UNK"]'


def _tidy(text: str) -> str:
    return " ".join(text.split())


COMPARISONS: dict[str, Comparison] = {
    one.__name__: one
    for one in (
        padded_time,
        fraction_cut,
        clock_time_alone,
        follows_the_code,
        terms_added,
        words_are_the_term,
        same_unit,
        same_dosage,
        title_apart,
        same_concept_by_map,
        degraded_already,
        parts_spelt_out,
        status_words_added,
        priority_words_added,
        blanks_at_line_ends,
        nought_for_none,
        same_people,
        other_order,
        absent_code_said,
    )
}
"""Every comparison by the name a rule uses in `by`."""

_ALONE = (
    padded_time,
    fraction_cut,
    clock_time_alone,
    same_unit,
    title_apart,
    same_concept_by_map,
    blanks_at_line_ends,
    absent_code_said,
)
BY_VALUES = frozenset(one.__name__ for one in (*_ALONE, same_dosage))
"""Comparisons that may be asked without the records: if they accept two values (with the code maps of the run), they
accept them beside any neighbours."""

BY_RECORDS = frozenset(COMPARISONS) - {one.__name__ for one in _ALONE}
"""Comparisons that look at neighbours, so that two values alone may not be enough for them to accept."""
