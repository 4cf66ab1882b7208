"""What formats cannot hold: every loss says so in its own examples, which are run in the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from godwit.definitions.errors import DefinitionError
from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES
from godwit.records.compare.scheme import role_columns
from godwit.records.compare.stage import load_people
from godwit.records.duck import Duck
from godwit.records.formats.losses import Example, Losses, ValueLoss, losses_in, read_losses

FORMATS = Path(__file__).parents[4] / "src" / "godwit" / "records" / "formats"
SYSTEMS = sorted(one.parent.name for one in FORMATS.glob("*/losses.yaml"))
ALL = [loss for system in SYSTEMS for loss in read_losses(system).values]
IDS = [loss.id for loss in ALL]


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    """An engine whose canonical tables are there and empty."""
    with Duck(tmp_path_factory.mktemp("losses")) as duck:
        duck.run("rooms", "CREATE SCHEMA canonical")
        for entity in ENTITIES.values():
            columns = ", ".join(f"{name} {kind}" for name, kind in canonical_columns(entity).items())
            duck.run("rooms", f"CREATE TABLE canonical.{entity.name} ({columns})")
        duck.run("rooms", "CREATE SCHEMA paired")
        load_people(duck, [(1, 11), (2, 12)])
        yield duck


def entities_of(loss: ValueLoss) -> set[str]:
    """The entities a loss is about."""
    said = {field.split(".", 1)[0]: field.split(".", 1)[1] for field in loss.fields}
    named = set(said) - {"*"}
    every = {one.name for one in ENTITIES.values() if said.get("*") in {*one.field_names, *one.role_names}}
    return named | (every if "*" in said else set())


def becomes(duck: Duck, loss: ValueLoss, entity: str, example: Example) -> Any:
    """What the engine makes of an example."""
    columns = canonical_columns(ENTITIES[entity])
    row = {name: example.row.get(name) for name in columns}
    given = ", ".join(f"?::{kind} AS {name}" for name, kind in columns.items())
    sql = loss.sql.replace("{value}", "c.loss_value").replace("{row}", "c")
    query = f"SELECT {sql} FROM (SELECT {given}, ?::VARCHAR AS loss_value) AS c"
    return duck.run("test", query, [*row.values(), example.value])[0][0]


@pytest.mark.parametrize("loss", ALL, ids=IDS)
def test_every_example_of_a_loss_holds(duck: Duck, loss: ValueLoss) -> None:
    for entity in sorted(entities_of(loss)):
        known = {*ENTITIES[entity].field_names, *role_columns(ENTITIES[entity])}
        for example in (one for one in loss.examples if set(one.row) <= known):
            assert becomes(duck, loss, entity, example) == example.becomes, (loss.id, entity, example)


@pytest.mark.parametrize("loss", ALL, ids=IDS)
def test_every_example_belongs_to_an_entity_of_the_loss(loss: ValueLoss) -> None:
    columns = [canonical_columns(ENTITIES[entity]) for entity in entities_of(loss)]
    assert all(any(set(one.row) <= set(known) for known in columns) for one in loss.examples)


@pytest.mark.parametrize("loss", ALL, ids=IDS)
def test_a_loss_changes_something_or_nothing_by_its_examples(loss: ValueLoss) -> None:
    """Each has an example; those that look at other records show there only what they leave alone."""
    assert loss.examples
    looks_elsewhere = "FROM canonical." in loss.sql
    is_long = loss.id == "emis_dosage_length"  # too long to be shown in a line
    assert looks_elsewhere or is_long or any(one.value != one.becomes for one in loss.examples)


def test_a_long_dosage_loses_its_end(duck: Duck) -> None:
    loss = next(loss for loss in ALL if loss.id == "emis_dosage_length")
    long = Example(value="x" * 401, becomes="x" * 400)
    assert becomes(duck, loss, "medication_issue", long) == long.becomes


@pytest.mark.parametrize(
    ("person", "who", "becomes"),
    [
        (11, "dr a", "dr a; dr b"),
        (12, "dr a", "dr a"),  # hers alone, though she is one of several in another clinic of that minute
        (12, "dr b", "dr b"),
        (13, "dr b", "dr a; dr b"),  # under the wrong patient: any clinic of that minute may be hers
        (13, "dr c", "dr c"),
    ],
)
def test_whose_an_appointment_is_follows_from_that_of_the_same_patient(
    duck: Duck, person: int, who: str, becomes: str
) -> None:
    loss = next(loss for loss in ALL if loss.id == "emis_clinic_of_several")
    start = "2027-03-04T15:30:00"
    usual = {"side": "source", "start": start}
    clinics = [{"person": 1, "performer": "dr a; dr b"}, {"person": 2, "performer": "dr a"}]
    columns = canonical_columns(ENTITIES["appointment"])
    duck.load("canonical.appointment", columns, [usual | one for one in clinics])
    sql = loss.sql.replace("{value}", "c.performer").replace("{row}", "c")
    row = f"SELECT 'target' AS side, '{start}' AS start, {person} AS person, '{who}' AS performer"
    found = duck.run("test", f"SELECT {sql} FROM ({row}) AS c")
    duck.run("test", "DELETE FROM canonical.appointment")
    assert found == [(becomes,)]


def test_ids_are_unique_and_begin_with_their_system() -> None:
    named = [
        (system, one)
        for system in SYSTEMS
        for one in (
            *(loss.id for loss in read_losses(system).values),
            *(loss.id for loss in read_losses(system).records),
        )
    ]
    assert [name for name, count in Counter(name for _, name in named).items() if count > 1] == []
    assert [name for system, name in named if not name.startswith(f"{system}_")] == []


def test_every_loss_has_words_and_a_source() -> None:
    for system in SYSTEMS:
        losses = read_losses(system)
        said = [(one.title, one.source) for one in losses.values]
        said += [(one.title, one.source) for one in losses.records]
        assert all(len(title) > 10 and source.startswith("format notes ") for title, source in said)


@pytest.mark.parametrize("system", SYSTEMS)
def test_conditions_of_record_losses_are_sql(duck: Duck, system: str) -> None:
    for loss in read_losses(system).records:
        when = loss.when.replace("{row}", "c")
        assert duck.run("test", f"SELECT count(*) FROM canonical.{loss.entity} AS c WHERE {when}") == [(0,)]


def test_a_loss_counts_against_the_systems_it_names() -> None:
    everywhere = _loss("everywhere", ())
    here = _loss("here", ("tpp",))
    losses = Losses(values=(everywhere, here))
    assert [one.id for one in losses.met("tpp").values] == ["everywhere", "here"]
    assert [one.id for one in losses.met("vision").values] == ["everywhere"]


def test_a_folder_without_losses_has_none(tmp_path: Path) -> None:
    assert losses_in(tmp_path) == Losses()


@pytest.mark.parametrize("field", ["observation.nothing", "nothing.code", "*.nothing"])
def test_a_field_that_no_entity_has_is_refused(tmp_path: Path, field: str) -> None:
    (tmp_path / "losses.yaml").write_text(
        f"""values:
  - {{id: a, title: t, source: s, fields: ["{field}"], as: "{{value}}", examples: []}}
""",
        encoding="utf-8",
    )
    with pytest.raises(LookupError, match="the model has no"):
        losses_in(tmp_path)


def test_a_word_that_losses_do_not_have_is_refused(tmp_path: Path) -> None:
    (tmp_path / "losses.yaml").write_text("vlaues: []\n", encoding="utf-8")
    with pytest.raises(DefinitionError):
        losses_in(tmp_path)


def _loss(name: str, against: tuple[str, ...]) -> ValueLoss:
    said = {"id": name, "title": name, "source": name, "fields": ("problem.text",), "examples": ()}
    return ValueLoss.model_validate({**said, "as": "{value}", "against": against})
