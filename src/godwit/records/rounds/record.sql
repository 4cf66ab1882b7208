-- What tells a record again in another run: the id its system gave it; else what it is about, and when.
-- Parts: entity, about, moment (expressions).
SELECT '{entity}' AS entity, side, row, person, coalesce(source_id, local_id) AS record, {about} AS about,
       gp_minute({moment}) AS moment
FROM canonical.{entity}
