-- One line per person and side for one entity: how many records, the first and the last day. Records for which the other
-- format has no place are left out. Parts: entity, day (expression over c).
INSERT INTO reconcile.trace
SELECT p.who, '{entity}', c.side, count(*), min({day}), max({day})
FROM canonical.{entity} AS c
JOIN reconcile.person AS p ON p.side = c.side AND p.person = c.person
{unheld}
GROUP BY p.who, c.side
