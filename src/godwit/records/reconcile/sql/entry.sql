-- Entries with a code of some cluster. Parts: entity, column, day, value (expressions over c), when (condition over c).
INSERT INTO reconcile.entry
SELECT c.side, p.who, '{entity}', c.row, l.cluster, coalesce(CASE WHEN gp_is_moment({day}) THEN left({day}, 10) END, ''), {value}
FROM canonical.{entity} AS c
JOIN reconcile.listed AS l ON l.entity = '{entity}' AND l.code = c.{column}
JOIN reconcile.person AS p ON p.side = c.side AND p.person = c.person
WHERE {when}
