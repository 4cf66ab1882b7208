import pytest
from pydantic import ValidationError

from godwit.definitions.evidence.showing import Showing, Showings, read_showings
from godwit.definitions.guide.dmi import read_dmi
from godwit.records.canonical import ENTITIES


def every() -> tuple[Showing, ...]:
    return (*read_showings().requirements, *read_showings().hazards)


def test_only_requirements_that_were_read_have_a_row() -> None:
    status = {one.id: one.text_status for one in read_dmi().requirements}
    assert all(status[one.id] != "unseen" for one in read_showings().requirements)
    seen = {one for one, said in status.items() if said == "seen"}
    assert seen <= {one.id for one in read_showings().requirements}


def test_kinds_of_record_and_fields_exist() -> None:
    for one in every():
        for name in one.entities:
            assert name in ENTITIES, one.id
        known = {
            field
            for name in one.entities
            for field in (*ENTITIES[name].field_names, *ENTITIES[name].role_names)
        }
        assert set(one.fields) <= known, one.id


def test_what_is_left_is_a_sentence() -> None:
    for one in every():
        assert not one.left or (one.left[0].isupper() and one.left.endswith(".")), one.id


@pytest.mark.parametrize(
    "row",
    [
        {"id": "H01", "reach": "compared"},
        {"id": "H01", "reach": "part"},
        {"id": "H01", "reach": "person"},
        {"id": "H01", "reach": "none"},
        {"id": "H01", "reach": "person", "left": "Do it.", "entities": ["patient"]},
    ],
)
def test_a_row_that_does_not_say_how_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Showing.model_validate(row)


def test_an_unread_requirement_or_a_lost_hazard_is_refused() -> None:
    shipped = read_showings()
    unread = Showing(id="DMI05", reach="person", left="Do it.")
    with pytest.raises(ValidationError, match="nobody here has read it"):
        Showings(edition="x", requirements=(unread,), hazards=shipped.hazards)
    with pytest.raises(ValidationError, match="one row"):
        Showings(edition="x", requirements=shipped.requirements, hazards=shipped.hazards[1:])
