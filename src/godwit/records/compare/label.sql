-- A short name for every row, for showing where a link leads; `name` is who or what it is where the record says so.
-- Parts: entity, title, name (expression).
SELECT side, row, '{title} record ' || record || ' of file ' || file AS label, {name} AS name FROM canonical.{entity}
