"""A bulk format: its layout, its conversions and its value maps, read from the folder of the format.

The folder is `godwit.records.formats.<name>`: `layout.yaml` or `layout/`, `format.yaml`, `values/*.yaml`,
`canonical/*.sql`, `set_aside.sql` and what `practices:` of the layout names. Losses are read by `formats.losses`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse, resource
from godwit.records.bulk.layout import Layout, load_layout


class Conversion(Definition):
    """One SELECT to a canonical entity, over the rows of `table` (the table whose rows it accounts for)."""

    sql: str
    entity: str
    table: str


class FormatFile(Definition):
    """`format.yaml`: reasons for setting aside in words, tables to prepare, the conversions, and the SELECT of what is
    set aside. `prepared/<name>.sql` becomes table `raw.<name>`, in the order listed: dictionaries and links that
    several conversions join."""

    reasons: dict[str, str] = Field(default_factory=dict)
    prepared: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    set_aside: str | None = None


class Values(Definition):
    """`values/<name>.yaml`: delivered word -> our word, as table `raw.value_<name>(delivered, ours)`."""

    edition: str | None = None
    title: str
    source: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class BulkFormat:
    """What Godwit knows about one system's bulk extract. `package` is where its SQL lies."""

    package: str
    layout: Layout
    format: FormatFile
    values: dict[str, Values]

    def sql(self, name: str) -> str:
        """A SQL text of the format, such as `canonical/observation.sql`."""
        return resource(self.package, name).read_text(encoding="utf-8")

    def entity_of(self, table: str) -> str:
        """The entity the rows of a table become, in the ledger; `unclassified` where several or none."""
        entities = {one.entity for one in self.format.conversions if one.table == table}
        return entities.pop() if len(entities) == 1 else "unclassified"


def load_format(name: str) -> BulkFormat:
    """The bulk format in `godwit.records.formats.<name>`. Raises `DefinitionError`."""
    return format_in(f"godwit.records.formats.{name}")


def format_in(package: str) -> BulkFormat:
    """The bulk format whose folder is `package`; files other than the layout may be absent."""
    head = resource(package, "format.yaml")
    folder = resource(package, "values")
    files = [one for one in folder.iterdir() if one.name.endswith(".yaml")] if folder.is_dir() else []
    layout = load_layout(package)
    format_ = parse(FormatFile, head) if head.is_file() else FormatFile()
    for one in format_.conversions:
        if one.table not in layout.tables:
            raise DefinitionError("format.yaml", "definition.shape", f"no table {one.table}")
    return BulkFormat(
        package,
        layout,
        format_,
        {one.name.removesuffix(".yaml"): parse(Values, one) for one in files},
    )
