"""The templates as shipped, and what their checker says of wrong ones."""

import re
from typing import Any

import pytest

from godwit.definitions.guide.documents import (
    DocumentTemplate,
    NoticeAsks,
    read_documents,
    read_notice_asks,
)
from godwit.definitions.guide.guide import read_guide
from godwit.papers.documents.checking import complaints, complaints_about_asks
from godwit.papers.documents.desk import Desk
from godwit.papers.documents.rows import LISTS, ONLY_FOR
from godwit.papers.documents.writing import written
from godwit.papers.paper import PaperRefused
from tests.unit.papers.documents.filled import MADE_ON, names, papers, plan, texts

GUIDE = read_guide()
BY_SOMEBODY_ELSE = {"ART-02", "ART-03", "ART-23", "ART-24", "ART-32", "ART-44", "ART-60"}
"""Contracts, orders, suppliers' own papers, files and web forms: nothing for us to print."""


def template(*blocks: dict[str, Any], **rest: Any) -> DocumentTemplate:
    content = {
        "slug": "trial",
        "name": "Trial",
        "title": "Trial",
        "for_role": "lead_gp",
        "phase": "P01",
        **rest,
    }
    return DocumentTemplate.model_validate({**content, "blocks": blocks or ({"text": "x"},)})


@pytest.mark.parametrize("one", read_documents(), ids=lambda one: one.slug)
def test_shipped_templates_can_be_filled_in(one: DocumentTemplate) -> None:
    assert complaints(one, GUIDE) == ()


def test_what_notices_ask_can_be_filled_in() -> None:
    assert complaints_about_asks(read_notice_asks(), GUIDE) == ()
    linked = {one.slug for one in GUIDE.third_parties if one.link}
    assert set(read_notice_asks().parties) == linked


def test_slugs_and_folders_are_one_of_a_kind() -> None:
    found = [one.folder if one.each else f"{one.folder}/{one.slug}" for one in read_documents()]
    assert len(set(found)) == len(found)


def test_every_artefact_that_is_ours_to_print_has_its_document() -> None:
    held = {artefact for one in read_documents() for artefact in one.artefacts}
    assert {one.id for one in GUIDE.artefacts} - held == BY_SOMEBODY_ELSE


def test_every_field_of_every_artefact_has_its_place() -> None:
    fields = {one.id: one.fields for one in GUIDE.artefacts}
    missing = []
    seen: set[str] = set()
    for one, path, paper in papers():
        said = " ".join(texts(paper)).casefold()
        seen.update(one.artefacts)
        for field in (field for artefact in one.artefacts for field in fields[artefact]):
            own_word = one.covers.get(field.name)
            there = own_word.casefold() in said if own_word else field.name.casefold() in names(paper)
            if not there:
                missing.append(f"{path}: {field.name}")
    assert missing == []
    assert seen == {one.id for one in GUIDE.artefacts} - BY_SOMEBODY_ELSE


def test_proposed_fields_are_named_as_such() -> None:
    for one, path, paper in papers():
        proposed = [
            field.name
            for artefact in GUIDE.artefacts
            if artefact.id in one.artefacts
            for field in artefact.fields
            if field.status == "proposed"
        ]
        remarks = [text for text in texts(paper) if text.startswith("Proposed by Godwit")]
        assert len(remarks) == bool(proposed), path
        assert all(name in remarks[0] for name in proposed), path


@pytest.mark.parametrize("name", sorted(LISTS))
def test_lists_hold_what_they_say(name: str) -> None:
    desk = Desk(plan(), MADE_ON)
    if name in ONLY_FOR:
        desk = desk.about(plan().notices[0])
    rows = list(LISTS[name].rows(desk))
    assert rows
    assert all(tuple(row) == LISTS[name].names for row in rows)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"text": "Dear {nobody}"}, "nothing is called {nobody}"),
        ({"text": "{who.king}"}, "nothing is called {who.king}"),
        ({"text": "{setting.moon}"}, "nothing is called {setting.moon}"),
        ({"text": "{T99-01}"}, "nothing is called {T99-01}"),
        ({"text": "{GL.start}"}, "nothing is called {GL.start}"),
        ({"text": "{party}"}, "nothing is called {party}"),
        ({"text": "{GL"}, "a brace is left over"),
        ({"fields": [{"label": "A", "value": "{nobody}"}]}, "nothing is called {nobody}"),
        ({"table": {"columns": ["A"], "rows": [["{nobody}"]]}}, "nothing is called {nobody}"),
        ({"table": {"columns": ["A"], "rows": [["a", "b"]]}}, "a row of 2 cells"),
        ({"table": {"columns": ["A"], "rows": "moons"}}, "no list is called moons"),
        (
            {"table": {"columns": [{"title": "A", "show": "moon"}], "rows": "tasks"}},
            "tasks has nothing called moon",
        ),
        ({"table": {"columns": ["A"], "rows": "asks"}}, "the list asks needs a notice at hand"),
        ({"table": {"columns_of": "ART-99"}}, "no artefact ART-99"),
        ({"each": {"of": "tasks", "say": "{moon}"}}, "tasks has nothing called moon"),
        ({"fields_of": {"artefact": "ART-99"}}, "no artefact ART-99"),
        ({"sign": {"role": "king", "statement": "So."}}, "no role king"),
    ],
)
def test_the_checker_finds(block: dict[str, Any], said: str) -> None:
    found = complaints(template(block), GUIDE)
    assert any(one.startswith(f"trial: {said}") for one in found), found


def test_the_checker_finds_wrong_heads() -> None:
    found = complaints(template(artefacts=["ART-99"], source=["Q9"], for_role="king"), GUIDE)
    assert found == ("trial: no artefact ART-99", "trial: no role king", "trial: no source Q9")
    asks = NoticeAsks(everybody=("{moon}",), parties={"moon": ("x",)})
    assert complaints_about_asks(asks, GUIDE) == ("no third party is called moon", "nothing is called {moon}")


@pytest.mark.parametrize(
    "block",
    [
        {"text": "{nobody}"},
        {"table": {"columns": ["A"], "rows": "moons"}},
        {"table": {"columns": [{"title": "A", "show": "moon"}], "rows": "tasks"}},
        {"each": {"of": "tasks", "say": "{moon}"}},
    ],
)
def test_a_wrong_template_is_refused_when_it_is_filled_in(block: dict[str, Any]) -> None:
    with pytest.raises(PaperRefused):
        written(template(block), Desk(plan(), MADE_ON))


def test_a_document_is_about_a_notice_or_a_stream_or_neither() -> None:
    with pytest.raises(TypeError):
        _ = Desk(plan(), MADE_ON).notice
    with pytest.raises(TypeError):
        _ = Desk(plan(), MADE_ON).stream


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"blocks": [{"text": "a", "heading": "b"}]}, "one kind"),
        ({"blocks": [{}]}, "one kind"),
        ({"each": "notices"}, "needs a folder"),
        ({"applies": ["moonlight"]}, "no condition"),
        ({"blocks": [{"text": "a", "applies": ["moonlight"]}]}, "no condition"),
        ({"blocks": [{"table": {"blank": 3}}]}, "needs columns"),
    ],
)
def test_the_shape_of_a_template_is_checked(content: dict[str, Any], said: str) -> None:
    whole = {
        "slug": "trial",
        "name": "T",
        "title": "T",
        "for_role": "lead_gp",
        "phase": "P01",
        "blocks": [{"text": "x"}],
    }
    with pytest.raises(ValueError, match=said):
        DocumentTemplate.model_validate({**whole, **content})


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(groups - silent, 1)


def test_what_patients_read_is_plain_enough_for_a_child_of_eleven() -> None:
    for one, path, paper in papers():
        if not one.for_patients:
            continue
        # A heading or point without a full stop is a sentence too; a date counts as one word.
        body = ". ".join(texts(paper))
        body = re.sub(r"\w+day \d+ \w+ \d{4}", "today", body)
        sentences = [part for part in re.split(r"[.?!:]+", body) if re.search(r"[a-z]", part)]
        words = re.findall(r"[A-Za-z']+", body)
        grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        assert grade <= 6, f"{path}: {grade:.1f}"
        assert "language" in body, path
        assert re.search("large print|format", body), path
